"""The thread that keeps this machine's search index in step with the database.

Every process that serves pages may run one: the index's own lock lets one of them write, and the
others find nothing to do. A missing, damaged or older index is built anew in the background, while
search by number and over subjects goes on in the database.
"""

from __future__ import annotations

import errno
import logging
import threading
from concurrent.futures import BrokenExecutor
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from registry.db import Sessions
from registry.services import indexing
from search_index.errors import IndexBusy, IndexProblem
from search_index.index import Engine, SearchIndex
from search_index.tidying import Tidier

log = logging.getLogger(__name__)

PAUSE = 0.3  # seconds between two looks at the change log: a saved document is found within a second
_PAUSE_AFTER_FAULT = 10.0
_BUILDERS = 2  # processes beside the server's own, which goes on answering meanwhile


def _reason(fault: Exception) -> str:
    no_room = isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return f"there is no room on the disk ({fault})" if no_room else str(fault)


class Follower(threading.Thread):
    """Follows the change log until stopped; a fault is logged and tried again, never the end of it."""

    def __init__(self, db: Sessions, folder: Path, engine: Engine) -> None:
        super().__init__(name="search-index", daemon=True)
        self._db = db
        self._folder = folder
        self._engine = engine
        self._stop_asked = threading.Event()
        self._tidier = Tidier()

    def stop(self) -> None:
        """Ask the thread to end, and wait for the commit under way."""
        self._stop_asked.set()
        self.join(timeout=30)

    def run(self) -> None:
        """Follow until stopped."""
        index: SearchIndex | None = None
        while not self._stop_asked.is_set():
            try:
                index = index or self._open()
                busy = indexing.follow(self._db, index) > 0
                self._tidier.look(index)
            except IndexBusy:
                index, busy = None, False  # another process builds or writes it: looked at again after the pause
            except IndexProblem as problem:
                log.warning("the search index cannot be used (%s); it will be opened or built anew", problem)
                index, busy = None, False
            except (OSError, SQLAlchemyError, BrokenExecutor) as fault:
                # A full disk, a database away, a builder killed for its memory: the old index goes on being searched.
                reason = _reason(fault)
                log.exception("the search index in %s could not be brought up to date: %s; trying again", self._folder, reason)
                self._stop_asked.wait(_PAUSE_AFTER_FAULT)
                continue
            if not busy:
                self._stop_asked.wait(PAUSE)
        self._tidier.stop()
        if index is not None:
            index.release()

    def _open(self) -> SearchIndex:
        try:
            index = indexing.open_for(self._db, self._folder)
            if index.engine == self._engine:
                return index
            log.info("building the search index anew for %s", self._engine)
        except IndexProblem as problem:
            log.info("building the search index anew: %s", problem)
        try:
            indexing.build(self._db, self._folder, self._engine, processes=_BUILDERS)
        except IndexBusy:
            log.info("another process is building it; looking again in %.0f s", _PAUSE_AFTER_FAULT)
            self._stop_asked.wait(_PAUSE_AFTER_FAULT)
            raise
        return indexing.open_for(self._db, self._folder)
