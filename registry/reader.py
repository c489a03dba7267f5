"""The threads that read files in the background: text layers by two, scans by one, archives by the first that is free.

``serve`` and ``worker`` run them; a process that serves pages only does not. What a file does to its reader
stays in the reading process; a fault here is logged and the next look tries again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from config import Config
from registry.db import Sessions
from registry.files.store import FileStore
from registry.services import file_reading, intake_receiving
from registry.services.file_uploads import FileRules

log = logging.getLogger(__name__)

_PAUSE = 1.0  # seconds between two looks at what waits
_PAUSE_AFTER_FAULT = 10.0
_TEXT_THREADS = 2  # as many as there are reading processes
_TOGETHER = 4  # text layers that are claimed and recorded in one transaction


class FileReader:
    """Reads what waits until stopped."""

    def __init__(self, db: Sessions, config: Config, *, holder: str, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._store = FileStore(config.files_folder)
        self._rules = FileRules.of(config)
        self._holder = holder
        self._clock = clock
        self._stop_asked = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(work, f"{holder}/{name}"), name=name, daemon=True)
                         for name, work in (
                             *((f"file-text-{n}", self._read_text) for n in range(_TEXT_THREADS)),
                             ("file-ocr", self._read_scan), ("file-unpack", self._unpack))]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask the threads to end. A scan that is under way is read again from its start by the next process."""
        self._stop_asked.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def _run(self, work: Callable[[str], bool], holder: str) -> None:
        while not self._stop_asked.is_set():
            try:
                if not work(holder):
                    self._stop_asked.wait(_PAUSE)
            except Exception:  # the thread is the end of the line: the file is taken up again after its lease
                log.exception("files could not be read; trying again")
                self._stop_asked.wait(_PAUSE_AFTER_FAULT)

    def _read_text(self, holder: str) -> bool:
        return file_reading.read_waiting(
            self._db, self._store, ocr=False, holder=holder, clock=self._clock, most=_TOGETHER) > 0

    def _read_scan(self, holder: str) -> bool:
        return file_reading.read_waiting(self._db, self._store, ocr=True, holder=holder, clock=self._clock) > 0

    def _unpack(self, holder: str) -> bool:
        return intake_receiving.unpack_next(self._db, self._store, self._rules, holder=holder, clock=self._clock)
