"""Which segments of the Whoosh index are merged, and how: beside the writers as a rule, so that no save waits for it."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from search_index.whoosh_format import NAME
from search_index.whoosh_segment import Segment
from search_index.whoosh_storage import WriterStorage
from search_index.whoosh_writer import Writer

_FEWEST = 8  # fewer pieces are not worth a merge
_LARGEST = 20_000  # documents of one segment: what a merge takes in memory and time stays bounded
# Where nobody tidies, a commit does so by itself when so many segments of so few documents have piled up:
# so many bytes of them at a time, some fifty milliseconds.
_SMALL_DOCUMENTS, _MOST_SMALL, _MOST_BYTES = 500, 128, 400_000
MERGE_LOCK = f"{NAME}_MERGELOCK"
_APART = "merging-"


def worth_merging(segments: Sequence[Any]) -> list[Any]:
    """Return the segments to merge now, none for nothing to do.

    The smallest ones, and each larger one that those before it together equal: so every document is written anew only
    as often as its segment doubles, and the segments stay few. Or else one that consists of deleted documents mostly.
    """
    chosen: list[Any] = []
    total = 0
    for segment in sorted(segments, key=_living):
        size = _living(segment)
        if total + size > _LARGEST or (len(chosen) >= _FEWEST and size > total):
            break
        if size > max(total, _FEWEST):
            chosen, total = [], 0  # too few before it: they wait, it may begin a run of its own
        chosen.append(segment)
        total += size
    if len(chosen) >= _FEWEST:
        return chosen
    return [segment for segment in segments if segment.deleted_count() > max(_living(segment), _FEWEST)][:1]


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def merge_apart(folder: Path, schema: Schema, segments: Sequence[Any]) -> tuple[Path, Any]:
    """Merge segments into one in a folder inside ``folder``; return that folder and the new segment.

    Beside a running writer, whose commits remove every file that they do not know. Whoever calls holds the lock for
    merging, so what a killed merge left is removed.
    """
    for left in folder.glob(f"{_APART}*"):
        shutil.rmtree(left, ignore_errors=True)
    inside = Path(tempfile.mkdtemp(prefix=_APART, dir=folder))
    TOC.create(FileStorage(str(inside)), schema, NAME)
    writer = Writer(FileIndex(WriterStorage(inside), indexname=NAME), _lk=False)
    try:
        _add(writer, folder, segments)
        return inside, writer.finish_segment()
    except BaseException:
        abandon(writer)
        shutil.rmtree(inside, ignore_errors=True)
        raise


def pass_on_deletions(merged: Any, before: Sequence[Any], now: Sequence[Any]) -> None:
    """Delete in ``merged`` what was deleted while it was made: ``now`` are the segments ``before`` as they are now.

    One that is None is gone: its documents were all deleted, or another merge put them elsewhere.
    """
    base = 0
    for old, new in zip(before, now, strict=True):
        gone = set(old.deleted_docs())
        living = np.ones(old.doc_count_all(), dtype=bool)
        living[list(gone)] = False
        places = np.cumsum(living) - 1 + base
        gone_now = range(old.doc_count_all()) if new is None else new.deleted_docs()
        for place in set(gone_now) - gone:
            merged.delete_document(int(places[place]))
        base += int(living.sum())


def merge_nothing(_writer: Writer, segments: list[Any]) -> list[Any]:
    """Keep every segment that has a living document; how Whoosh's ``commit`` is told so."""
    return [segment for segment in segments if _living(segment)]


def merge_all(writer: Writer, segments: list[Any]) -> list[Any]:
    """Merge everything."""
    _add(writer, Path(writer.storage.folder), segments)
    return []


def merge_tail(writer: Writer, segments: list[Any]) -> list[Any]:
    """Merge a few of the smallest segments where they have become a burden and nobody is at it.

    So few that the save does not take noticeably longer. More stay than should where that is not enough:
    searches are slower then, but right, and the next tidying mends it.
    """
    small = [segment for segment in segments if segment.doc_count_all() < _SMALL_DOCUMENTS]
    lock = writer.storage.lock(MERGE_LOCK)
    if len(small) < _MOST_SMALL or not lock.acquire(blocking=False):
        return merge_nothing(writer, segments)
    try:
        folder = Path(writer.storage.folder)
        few = _few(folder, small)
        _add(writer, folder, few)
        return [segment for segment in merge_nothing(writer, segments) if segment not in few]
    finally:
        lock.release()


def _few(folder: Path, segments: Sequence[Any]) -> list[Any]:
    """Return the smallest of the segments, as many as a save may merge; none where that is but one."""
    sizes = {segment: (folder / segment.make_filename(segment.COMPOUND_EXT)).stat().st_size for segment in segments}
    few: list[Any] = []
    room = _MOST_BYTES
    for segment in sorted(segments, key=sizes.__getitem__):
        room -= sizes[segment]
        if room < 0:
            break
        few.append(segment)
    return few if len(few) > 1 else []


def _add(writer: Writer, folder: Path, segments: Sequence[Any]) -> None:
    for segment in segments:
        writer.add_segment(Segment(folder, writer.schema, segment))


def abandon(writer: Writer) -> None:
    """Give up a writer whose commit failed: the lock and the files are released, the old state stays."""
    if not writer.is_closed:
        with contextlib.suppress(Exception):
            writer.cancel()
    writer.storage.close_all()
