"""Tidying the index in a process of its own: it costs the server neither time nor memory, and may be killed."""

from __future__ import annotations

import logging
import os
import signal
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from search_index.errors import IndexProblem
from search_index.index import SearchIndex, open_index

log = logging.getLogger(__name__)

# Seconds between two starts: one is worth it for some saves together, but so many pieces wait for none.
_PAUSE, _PAUSE_IN_A_CROWD, _PAUSE_AFTER_FAULT = 15.0, 3.0, 300.0
_CROWD = 24
_WAIT = 30.0  # for the moment between two commits of the follower
_NICENESS = 10


class Tidier:
    """Starts the process where it is needed, one at a time."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._started_at = float("-inf")
        self._failed = False

    def look(self, index: SearchIndex) -> None:
        """Let the pieces of ``index`` be merged where there are many; come back at once."""
        if self._process is not None:
            if self._process.is_alive():
                return
            self._failed = bool(self._process.exitcode)
            if self._failed:
                log.warning("tidying the search index failed (exit code %s); it is tried again later", self._process.exitcode)
            self._process = None
        pieces = index.untidy
        pause = _PAUSE_AFTER_FAULT if self._failed else _PAUSE_IN_A_CROWD if pieces >= _CROWD else _PAUSE
        if pieces and time.monotonic() >= self._started_at + pause:
            self._started_at = time.monotonic()
            self._process = get_context("spawn").Process(target=tidy, args=(index.folder,), daemon=True)
            self._process.start()

    def stop(self) -> None:
        """End the process, whatever it is at: the old pieces stay."""
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._process = None


def tidy(folder: Path) -> None:
    """Tidy the living index of ``folder`` until nothing is left to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends this process
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        index = open_index(folder)
        while index.tidy(wait=_WAIT):
            pass
    except IndexProblem as problem:
        log.warning("the search index was not tidied: %s", problem)  # the follower sees the same and acts
