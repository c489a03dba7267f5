"""Rebuilding the index beside the living one, with several processes, resumable, swapped in at the end.

    with start_rebuild(folder, "whoosh", position=position, processes=2) as rebuild:
        for batch in rows_in_order_of_id(after=rebuild.done):
            rebuild.put(batch)                     # IndexedDocuments, ids ascending
        rebuild.finish()

Left in between (killed, or by an error), the next :func:`start_rebuild` goes on behind ``done``, and
the index is complete up to the change-log position that the first one began at. One process at a
time rebuilds; whoever comes meanwhile is told so.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any

from search_index.errors import IndexBusy, IndexProblem
from search_index.index import Engine, Files, _read_about, engine_files, living_name, make_current, new_files
from search_index.schema import DocumentTerms, IndexedDocument, analyse
from search_index.whoosh_storage import file_lock

_PREFIX = "next"
_BEGAN_AT = "position.txt"
_LOCK = "rebuild.lock"
# One commit for so many characters of text: what a kill costs, and what memory holds.
_ROUND_CHARACTERS = 20_000_000
_ROUND_DOCUMENTS = 25_000


class Rebuild:
    """A rebuild under way; ``done`` is the greatest document id already in it (-1: none)."""

    def __init__(self, folder: Path, engine: Engine, inside: Path, position: int, processes: int, lock: Any) -> None:
        self._folder = folder
        self._lock = lock
        self.position = position
        self._engine = engine
        self._inside = inside
        self._files: Files = engine_files(inside, engine)
        self.done = self._files.position()[1]
        self._batch: list[IndexedDocument] = []
        self._characters = 0
        self._processes = max(1, processes)
        self._pool: ProcessPoolExecutor | None = None

    @property
    def waiting(self) -> int:
        """How many documents were given that are not committed yet: a kill would cost them."""
        return len(self._batch)

    def put(self, documents: Iterable[IndexedDocument]) -> None:
        """Add documents; their ids must ascend from call to call.

        Raises:
            OSError: the disk is full; the living index is not touched.
        """
        for document in documents:
            self._batch.append(document)
            self._characters += len(document.body) + 300
            if self._characters >= _ROUND_CHARACTERS or len(self._batch) >= _ROUND_DOCUMENTS:
                self._commit_round()

    def finish(self, *, merge: bool = True) -> None:
        """Make this the living index, complete up to the change-log ``position`` that the rebuild began at."""
        self._commit_round()
        if self._engine == "whoosh" and merge and self._pool is not None:
            self._workers().submit(_merge, self._inside, self.position).result()  # takes memory, and gives it back
        else:
            self._files.write((), set(), self.position, optimise=merge)
        self._stop()
        make_current(self._folder, self._inside)
        self._close()

    def cancel(self) -> None:
        """Throw the unfinished index away."""
        self._stop()
        shutil.rmtree(self._inside, ignore_errors=True)
        self._close()

    def _commit_round(self) -> None:
        if not self._batch:
            return
        batch, self._batch, self._characters = self._batch, [], 0
        done = batch[-1].id
        if self._engine == "whoosh":
            self._write_segments(batch, done)
        else:
            self._files.write(self._analysed(batch), set(), None, done=done)
        self.done = done

    def _write_segments(self, batch: list[IndexedDocument], done: int) -> None:
        shares = [batch[at :: self._processes] for at in range(self._processes)] if self._processes > 1 else [batch]
        if len(batch) < 200 or len(shares) == 1:
            segments = [_segment(self._inside, batch)]
        else:
            waiting: list[Future[Any]] = [self._workers().submit(_segment, self._inside, share) for share in shares]
            segments = [future.result() for future in waiting]
        self._files.adopt([one for one in segments if one is not None], None, done)  # type: ignore[attr-defined]

    def _analysed(self, batch: list[IndexedDocument]) -> Iterator[DocumentTerms]:
        if self._processes == 1 or len(batch) < 200:
            yield from map(analyse, batch)
        else:
            yield from self._workers().map(analyse, batch, chunksize=50)

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
        return self._pool

    def _close(self) -> None:
        self._stop()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _stop(self) -> None:
        self._files.release()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Rebuild:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()


def start_rebuild(
    folder: Path, engine: Engine = "whoosh", *, position: int, processes: int = 1, fresh: bool = False
) -> Rebuild:
    """Begin a rebuild in ``folder``, or go on with one that was left; ``fresh`` begins anew.

    ``position`` is where the change log stands now, read before the first document is.

    Raises:
        IndexBusy: another process is rebuilding here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = file_lock(folder / _LOCK)
    if not lock.acquire():
        raise IndexBusy("another process is building the index")
    try:
        inside, began_at = _unfinished(folder, engine, fresh) or (new_files(folder, engine, _PREFIX), None)
        if began_at is None:
            began_at = position
            (inside / _BEGAN_AT).write_text(str(position), "ascii")
        return Rebuild(folder, engine, inside, began_at, processes, lock)
    except BaseException:
        lock.release()
        raise


def _unfinished(folder: Path, engine: Engine, fresh: bool) -> tuple[Path, int] | None:
    """Return a rebuild that was left and the position it began at; throw away those that cannot be gone on with."""
    living = living_name(folder)
    for inside in sorted(folder.glob(f"{_PREFIX}-*")):
        if inside.name == living:
            continue  # an earlier rebuild, finished: searched until this one is
        if not fresh:
            try:
                if _read_about(inside)["engine"] == engine:
                    return inside, int((inside / _BEGAN_AT).read_text("ascii"))
            except (IndexProblem, OSError, ValueError):
                pass  # what cannot be gone on with is thrown away
        shutil.rmtree(inside, ignore_errors=True)
    return None


def _segment(inside: Path, documents: Sequence[IndexedDocument]) -> Any:
    """Write one segment in a process of its own and return its entry."""
    from search_index.whoosh_engine import WhooshFiles

    return WhooshFiles(inside).write_segment(map(analyse, documents))


def _merge(inside: Path, position: int) -> None:
    """Merge everything in a process of its own."""
    engine_files(inside, "whoosh").write((), set(), position, optimise=True)
