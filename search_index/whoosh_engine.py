"""The default engine: an index of Whoosh's in one folder, opened for searching and written in batches."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.util.filelock import try_for

from search_index import schema as s
from search_index.disk import version
from search_index.errors import IndexBusy, IndexDamaged
from search_index.evaluate import Evaluation
from search_index.paging import page
from search_index.plan import Plan
from search_index.postings import Allowed, Outcome
from search_index.whoosh_format import NAME, whoosh_schema
from search_index.whoosh_merging import (
    MERGE_LOCK,
    abandon,
    merge_all,
    merge_apart,
    merge_nothing,
    merge_tail,
    pass_on_deletions,
    worth_merging,
)
from search_index.whoosh_segment import Segment, same_files
from search_index.whoosh_snapshot import Cache, Snapshot
from search_index.whoosh_storage import WriterStorage
from search_index.whoosh_writer import Writer

_SHARED: WeakValueDictionary[tuple[str, str, tuple[int, int, int]], Segment] = WeakValueDictionary()
_SHARED_LOCK = threading.Lock()
_MOMENT = 1.0  # seconds


class _Found:
    """An evaluation, as the index asks for it."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    @property
    def approximate(self) -> bool:
        return self._evaluation.approximate

    def reject(self, ids: Sequence[int]) -> None:
        reader = self._evaluation.reader
        self._evaluation.matches &= ~np.isin(reader.numeric("id"), np.array(ids, dtype=np.int64))

    def page(self, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]) -> Outcome:
        return page(self._evaluation, sort=sort, descending=descending, offset=offset, limit=limit, facets=facets)


class WhooshFiles:
    """The index files in one folder: reading snapshots and writing batches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = FileStorage(str(folder))
        self._cache = Cache()
        self._open: dict[str, Segment] = {}
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> WhooshFiles:
        """Make an empty index in an empty folder."""
        TOC.create(FileStorage(str(folder)), whoosh_schema(), NAME)
        _write_position(folder, 0, 0, -1)
        return cls(folder)

    def generation(self) -> int:
        """Return the newest generation on disk, -1 for none."""
        return int(TOC._latest_generation(self._storage, NAME))

    def snapshot(self) -> Snapshot:
        """Return the newest generation opened.

        Raises:
            IndexDamaged: its files are missing or unreadable, or one is shorter than when it was opened.
        """
        with self._lock:
            for attempt in range(5):
                generation = self.generation()
                try:
                    if self._snapshot is None or self._snapshot.generation != generation:
                        self._snapshot = self._load(generation)
                except FileNotFoundError as error:
                    # A newer commit may have removed the files between two looks: look again.
                    if attempt == 4 or self.generation() == generation:
                        raise IndexDamaged(f"a file of the index is missing: {error}") from error
                    continue
                except (OSError, ValueError, KeyError, EOFError, AssertionError, AttributeError, ImportError,
                        TypeError, MemoryError, OverflowError, pickle.UnpicklingError, WhooshIndexError) as error:
                    raise IndexDamaged(f"the index cannot be read: {error!r}") from error
                if not self._snapshot.is_whole:
                    raise IndexDamaged("a file of the index was cut short")
                return self._snapshot
            raise IndexDamaged("the index changes faster than it can be read")

    def _load(self, generation: int) -> Snapshot:
        if generation < 0:
            raise IndexDamaged("the folder holds no index")
        toc = TOC.read(self._storage, NAME, gen=generation)
        for entry in toc.segments:
            known = self._open.get(entry.segment_id())
            # Kept even where the next one is gone already: the next look then is faster than saves in a burst.
            self._open[entry.segment_id()] = self._opened(toc.schema, entry) if known is None else same_files(known, entry)
        self._open = {entry.segment_id(): self._open[entry.segment_id()] for entry in toc.segments}
        return Snapshot(generation, list(self._open.values()), self._cache)

    def _opened(self, schema: Any, entry: Any) -> Segment:
        """Open a segment, unless another index of this process has: the follower and the pages share what they read."""
        try:
            key = str(self.folder.resolve()), entry.segment_id(), version(self.folder / entry.make_filename(entry.COMPOUND_EXT))
        except OSError:  # gone, as opening it says
            return Segment(self.folder, schema, entry)
        with _SHARED_LOCK:
            known = _SHARED.get(key)
            if known is None:
                known = _SHARED[key] = Segment(self.folder, schema, entry)
        return same_files(known, entry)

    def lexicon(self) -> Snapshot:
        """Return the newest generation, to look words up in."""
        return self.snapshot()

    def count(self) -> int:
        """Return the number of living documents."""
        return self.snapshot().live_count

    def ids(self) -> list[int]:
        """Return the ids of all living documents."""
        snapshot = self.snapshot()
        return snapshot.numeric("id")[snapshot.live].tolist()  # type: ignore[no-any-return]

    def find(self, plan: Plan, allowed: Allowed) -> _Found:
        """Evaluate a plan on the generation that :meth:`lexicon` last opened."""
        return _Found(Evaluation(self._snapshot or self.snapshot(), plan, allowed))

    def position(self) -> tuple[int, int]:
        """Return the change-log position and the last rebuilt id stored with the newest commit."""
        return _read_position(self.folder, self.generation())

    def write(
        self, documents: Iterable[s.DocumentTerms], gone: set[int], position: int | None, *,
        done: int | None = None, optimise: bool = False, wait: float = 0.0,
    ) -> None:
        """Commit one batch: ``documents`` replace what stood under their ids, ``gone`` are removed.

        Raises:
            IndexBusy: another writer holds the lock after ``wait`` seconds.
            OSError: the disk is full or failing; the old state stays.
        """
        writer = self._writer(wait)
        try:
            folded = {document.id: document for document in documents}
            self._delete(writer, gone | folded.keys())
            for document in folded.values():
                writer.add_terms(document)
            self._commit(writer, position, done, optimise)
        except BaseException:
            abandon(writer)
            raise

    def adopt(self, segments: Sequence[Any], position: int | None, done: int | None, *, wait: float = 0.0) -> None:
        """Commit segments that other processes wrote into this folder."""
        writer = self._writer(wait)
        try:
            writer.segments.extend(segments)
            self._commit(writer, position, done, optimise=False, how=merge_nothing)
        except BaseException:
            abandon(writer)
            raise

    def tidy(self, *, wait: float = 0.0) -> bool:
        """Merge segments where that is worth it; return whether it was. Others may write meanwhile, but for a moment."""
        lock = self._storage.lock(MERGE_LOCK)
        if not try_for(lock.acquire, timeout=min(wait, _MOMENT), delay=0.02):
            return False  # another process is at it; a save would not be for so long
        try:
            chosen = self._worth_merging()
            if not chosen:
                return False
            try:
                inside, merged = merge_apart(self.folder, whoosh_schema(), chosen)
            except FileNotFoundError:
                if {segment.segment_id() for segment in chosen} <= self._segment_ids():
                    raise
                return False  # a save has merged one of them before it was opened here
            try:
                return self._exchange(chosen, merged, inside, wait)
            finally:
                shutil.rmtree(inside, ignore_errors=True)
        finally:
            lock.release()

    def untidy(self) -> int:
        """Return how many segments :meth:`tidy` would merge."""
        return len(self._worth_merging())

    def _segment_ids(self) -> set[str]:
        return {segment.segid for segment in self.snapshot().segments}

    def _worth_merging(self) -> list[Any]:
        return worth_merging([segment.reader.segment() for segment in self.snapshot().segments])

    def _exchange(self, chosen: Sequence[Any], merged: Any, inside: Path, wait: float) -> bool:
        """Commit ``merged`` in the place of ``chosen``, unless none of those is there any more."""
        writer = self._writer(wait)
        try:
            now = {segment.segment_id(): segment for segment in writer.segments}
            pass_on_deletions(merged, chosen, [now.pop(segment.segment_id(), None) for segment in chosen])
            if merged.deleted_count() == merged.doc_count_all():
                abandon(writer)
                return False
            name = merged.make_filename(merged.COMPOUND_EXT)
            (inside / name).replace(self.folder / name)
            writer.segments = [*now.values(), merged]
            self._commit(writer, None, None, optimise=False, how=merge_nothing)
        except BaseException:
            abandon(writer)
            raise
        return True

    def release(self) -> None:
        """Nothing to do: the lock is held for a commit only."""

    def write_segment(self, documents: Iterable[s.DocumentTerms]) -> Any:
        """Write a segment without lock or commit; for :meth:`adopt`."""
        writer = Writer(FileIndex(WriterStorage(self.folder, apart=True), indexname=NAME), _lk=False)
        for document in documents:
            writer.add_terms(document)
        return writer.finish_segment() if writer.docnum else abandon(writer)

    def _writer(self, wait: float) -> Writer:
        try:
            return Writer(FileIndex(WriterStorage(self.folder), indexname=NAME), timeout=wait, delay=0.05)
        except (LockError, FileNotFoundError) as error:
            # Whoosh reads the table of contents before it asks for the lock; a commit of another
            # process may take that file away in between.
            raise IndexBusy("another process writes to the index") from error

    def _delete(self, writer: Writer, ids: set[int]) -> None:
        if not ids or not writer.segments:
            return
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        opened = {segment.segid: segment for segment in self.snapshot().segments}
        for entry in writer.segments:
            for place in np.flatnonzero(np.isin(opened[entry.segment_id()].numeric("id"), wanted)).tolist():
                entry.delete_document(place)

    def _commit(self, writer: Writer, position: int | None, done: int | None, optimise: bool, how: Any = None) -> None:
        old_position, old_done = _read_position(self.folder, writer.generation - 1)
        # The position is on disk before the table of contents that makes its generation the newest one.
        _write_position(self.folder, writer.generation, old_position if position is None else position,
                        old_done if done is None else done)
        if optimise:
            writer.commit(mergetype=merge_all)
        else:
            writer.commit(mergetype=how or merge_tail)
        _clean_positions(self.folder, writer.generation)


def _position_file(folder: Path, generation: int) -> Path:
    return folder / f"position-{generation}"


def _write_position(folder: Path, generation: int, position: int, done: int) -> None:
    with _position_file(folder, generation).open("w", encoding="ascii") as file:
        file.write(f"{position} {done}\n")
        file.flush()
        os.fsync(file.fileno())


def _read_position(folder: Path, generation: int) -> tuple[int, int]:
    try:
        position, done = _position_file(folder, generation).read_text("ascii").split()
        return int(position), int(done)
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"the index does not say how far it reaches: {error}") from error


def _clean_positions(folder: Path, generation: int) -> None:
    names = sorted(folder.glob("position-*"), key=lambda path: path.name)
    for path in names:
        number = path.name.partition("-")[2]
        if number.isdecimal() and int(number) < generation - 1:
            with contextlib.suppress(OSError):
                path.unlink()
