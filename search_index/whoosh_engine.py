"""Whoosh's files, schema, lock and writer in a lean layout; the only module that imports Whoosh.

Lean: no stored text, no positions (the words in order are a column of codes); small numbers as columns. Posting lists are written and read a
block at a time as whole arrays: Whoosh's own searcher reads the same files (a test holds both
equal). That touches private attributes of ``W3Codec``, hence the exact pin of the dependency.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import threading
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields
from whoosh.codec.whoosh3 import (
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3FieldWriter,
    W3Segment,
    W3TermInfo,
    _lenfield,
)
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import SegmentReader
from whoosh.system import pack_int, pack_ushort, unpack_ushort
from whoosh.util.numeric import byte_to_length
from whoosh.writing import SegmentWriter

from search_index import analysis
from search_index import schema as s
from search_index.errors import IndexBusy, IndexDamaged
from search_index.evaluate import Allowed, Evaluation, Outcome, Postings, page
from search_index.plan import Plan

NAME = "MAIN"
_BLOCK = 8192
_FEW = 160  # below, a tuple of small numbers is shorter and faster than an array
_CACHE_BYTES = 96 * 1024 * 1024
_NUMBERS = {"id": ("q", ">i8"), "day": ("i", ">i4"), "year": ("i", ">i4"), "ordinal": ("i", ">i4"), "order_length": ("i", ">i4")}
# The words of each document in order, and how many: what phrases are looked up in.
_ORDER, _ORDER_LENGTH = "order", "order_length"
_ORDER_CHUNK = 4_000_000
_LENGTHS = np.array([byte_to_length(value) for value in range(256)], dtype=np.float32)
# A save merges nothing until the small segments become a burden; `tidy` merges them in a quiet moment.
_SMALL_DOCUMENTS = 500
_TIDY_SEGMENTS, _MOST_SMALL = 6, 48


class _OwnTemporary(FileStorage):  # type: ignore[misc]
    """A folder whose temporary files are apart from those of other processes writing there."""

    def temp_storage(self, name: str | None = None) -> Any:
        return super().temp_storage(f"{name}.{os.getpid()}")


Terms = dict[bytes, tuple["array[int]", "array[int] | None"]]


def whoosh_schema() -> fields.Schema:
    """Return the Whoosh schema: IDs without stored values, and numeric columns."""
    result = fields.Schema()
    for name in s.WORD_FIELDS:
        kind = fields.ID()
        kind.scorable = True
        result.add(name, kind)
    for name in (*s.EXISTENCE_FIELDS, *s.CODED_FIELDS, s.ACCESS):
        result.add(name, fields.ID())
    for name, (code, _) in _NUMBERS.items():
        result.add(name, fields.COLUMN(columns.NumericColumn(code)))
    result.add(_ORDER, fields.COLUMN(columns.VarBytesColumn()))
    return result


class _Codec(W3Codec):  # type: ignore[misc]
    """W3Codec whose field writer takes whole posting lists."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK, compression=1)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_lists(self, schema: fields.Schema, pool: dict[str, Terms]) -> None:
        """Write every term of every field, in the order that the term file asks for."""
        for name in sorted(pool):
            self.start_field(name, schema[name])
            prefix = pack_ushort(self._fieldid)
            terms = pool[name]
            for term in sorted(terms):
                info = self._write_list(*terms[term])
                self._tindex.add(prefix + term, info.to_bytes())
            self.finish_field()

    def _write_list(self, ids: array[int], counts: array[int] | None) -> W3TermInfo:
        out = self._postfile
        start = out.tell()
        out.write(WHOOSH3_HEADER_MAGIC)
        total = len(ids)
        info = W3TermInfo()
        most = 1.0
        for begin in range(0, total, _BLOCK):
            block = ids[begin : begin + _BLOCK]
            block_counts = counts[begin : begin + _BLOCK] if counts is not None else None
            block_most = float(max(block_counts)) if block_counts else 1.0
            most = max(most, block_most)
            data = pickle.dumps((_lean_ids(block), _lean_counts(block_counts, block_most), None), 4)
            compressed = 0
            if len(data) >= 200:
                shorter = zlib.compress(data, 1)
                if len(shorter) < len(data):
                    data, compressed = shorter, 1
            head = pickle.dumps((len(block), block[-1], block_most, compressed, 0, 0), 4)
            length = len(head) + len(data)
            out.write(pack_int(-length if begin + _BLOCK >= total else length))
            out.write(head)
            out.write(data)
        info._weight = float(sum(counts)) if counts is not None else float(total)
        info._df = total
        info._minlength = 0
        info._maxlength = 0
        info._maxweight = most
        info._minid, info._maxid = ids[0], ids[-1]
        info.set_extent(start, out.tell() - start)
        return info


def _lean_ids(ids: array[int]) -> Any:
    if len(ids) < _FEW:
        before = 0
        steps = []
        for value in ids:
            steps.append(value - before)
            before = value
        return tuple(steps)
    return _smallest(np.diff(np.frombuffer(ids, dtype=np.uint32), prepend=np.uint32(0)))


def _lean_counts(counts: array[int] | None, most: float) -> Any:
    if counts is None or most == 1.0:
        return None
    return tuple(counts) if len(counts) < _FEW else _smallest(np.frombuffer(counts, dtype=np.uint32))


def _smallest(values: NDArray[Any]) -> NDArray[Any]:
    largest = int(values.max())
    return values.astype(np.uint8 if largest < 256 else np.uint16 if largest < 65536 else np.uint32)


class _Writer(SegmentWriter):  # type: ignore[misc]
    """Collects posting lists in memory, term by term; one writer fills one segment."""

    def __init__(self, index: FileIndex, **options: Any) -> None:
        super().__init__(index, codec=_Codec(), **options)
        self.lists: dict[str, Terms] = {}
        self.postings = 0

    def add_terms(self, document: s.DocumentTerms) -> None:
        """Add one analysed document."""
        number = self.docnum
        writer = self.perdocwriter
        writer.start_doc(number)
        for name, words in document.words.items():
            if words:
                self._add_counts(name, number, words)
                writer.add_field(name, None, None, sum(words.values()))
        for name, marks in document.marks.items():
            self._add_marks(name, number, marks)
        for name, text in document.coded.items():
            self._add_marks(name, number, (text,))
        self._add_marks(s.ACCESS, number, document.access)
        for name, value in document.numeric.items():
            writer.add_column_value(name, self.schema[name].column_type, value)
        self._add_order(_order(document))
        writer.finish_doc()
        self.postings += document.postings
        self._added = True
        self.docnum += 1

    def _add_order(self, codes: NDArray[np.uint16]) -> None:
        self.perdocwriter.add_column_value(_ORDER_LENGTH, self.schema[_ORDER_LENGTH].column_type, len(codes))
        self.perdocwriter.add_column_value(_ORDER, self.schema[_ORDER].column_type, codes.tobytes())

    def _add_counts(self, name: str, number: int, words: dict[str, int]) -> None:
        terms = self.lists.setdefault(name, {})
        for word, count in words.items():
            key = word.encode()
            found = terms.get(key)
            if found is None:
                terms[key] = array("I", (number,)), array("I", (count,))
            else:
                found[0].append(number)
                found[1].append(count)  # type: ignore[union-attr]

    def _add_marks(self, name: str, number: int, marks: Iterable[str]) -> None:
        terms = self.lists.setdefault(name, {})
        for mark in marks:
            key = mark.encode()
            found = terms.get(key)
            if found is None:
                terms[key] = array("I", (number,)), None
            else:
                found[0].append(number)

    def add_reader(self, reader: SegmentReader) -> None:
        """Merge a segment: whole lists at a time, without its deleted documents."""
        segment = _Segment.of_reader(reader)
        live = segment.live()
        places = np.cumsum(live, dtype=np.int64) - 1 + self.docnum
        for term_field, term, info in segment.all_terms():
            if term_field not in self.schema:
                continue
            ids, counts = segment.read(info)
            if not live.all():
                kept = live[ids]
                ids = ids[kept]
                counts = counts[kept] if counts is not None else None
            if not len(ids):
                continue
            is_counted = term_field in s.WORD_FIELDS
            if is_counted and counts is None:
                counts = np.ones(len(ids), dtype=np.uint32)
            terms = self.lists.setdefault(term_field, {})
            if term not in terms:
                terms[term] = array("I"), array("I") if is_counted else None
            target_ids, target_counts = terms[term]
            target_ids.frombytes(places[ids].astype(np.uint32).tobytes())
            if target_counts is not None and counts is not None:
                target_counts.frombytes(counts.astype(np.uint32).tobytes())
            self.postings += len(ids)
        self._merge_columns(segment, np.flatnonzero(live))

    def _merge_columns(self, segment: _Segment, kept: NDArray[Any]) -> None:
        lengths = {name: segment.lengths(name)[kept].tolist() for name in s.WORD_FIELDS}
        numbers = {name: segment.numeric(name)[kept].tolist() for name in _NUMBERS}
        del numbers[_ORDER_LENGTH]
        order, starts = segment.order(), segment.order_starts()
        writer = self.perdocwriter
        for row, place in enumerate(kept.tolist()):
            writer.start_doc(self.docnum)
            for name in s.WORD_FIELDS:
                if length := int(lengths[name][row]):
                    writer.add_field(name, None, None, length)
            for name in numbers:
                writer.add_column_value(name, self.schema[name].column_type, numbers[name][row])
            self._add_order(order[starts[place] : starts[place + 1]])
            writer.finish_doc()
            self.docnum += 1
        self._added = self._added or len(kept) > 0

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        self.fieldwriter.add_lists(self.schema, self.lists)
        self.lists = {}
        self.fieldwriter.close()

    def finish_segment(self) -> W3Segment:
        """Write the segment's files and return it, without naming it in a table of contents."""
        segment = self._finalize_segment()
        self._finish()
        return segment


def _order(document: s.DocumentTerms) -> NDArray[np.uint16]:
    """Return the word codes of a document, a line break before every line."""
    line_break = np.full(1, analysis.LINE_BREAK, dtype=np.uint16)
    parts = [part for line in (*document.heads, document.text) for part in (line_break, analysis.word_codes(line))]
    return np.concatenate(parts).astype("<u2", copy=False)


class _Segment:
    """One segment opened for reading: immutable, apart from which of its documents are deleted."""

    def __init__(self, storage: FileStorage, schema: fields.Schema, segment: W3Segment) -> None:
        self._init(SegmentReader(storage, schema, segment))

    @classmethod
    def of_reader(cls, reader: SegmentReader) -> _Segment:
        """Wrap a reader that somebody else opened."""
        self = cls.__new__(cls)
        self._init(reader)
        return self

    def _init(self, reader: SegmentReader) -> None:
        self.reader = reader
        self.count: int = reader.doc_count_all()
        self.segid: str = reader.segment().segment_id()
        self._terms = reader._terms
        self._fields: dict[str, int] = dict(self._terms._fieldmap)
        self._numeric: dict[str, NDArray[Any]] = {}
        self._lengths: dict[str, NDArray[np.float32]] = {}
        self._codes: dict[str, tuple[NDArray[np.int32], list[str]]] = {}

    def live(self) -> NDArray[np.bool_]:
        """Return which documents are not deleted."""
        mask = np.ones(self.count, dtype=bool)
        gone = list(self.reader.segment().deleted_docs())
        mask[gone] = False
        return mask

    def info(self, name: str, term: bytes) -> W3TermInfo | None:
        """Return the entry of the term file, or None."""
        number = self._fields.get(name)
        if number is None:
            return None
        try:
            return W3TermInfo.from_bytes(self._terms._tindex[pack_ushort(number) + term])
        except KeyError:
            return None

    def read(self, info: W3TermInfo) -> tuple[NDArray[np.int64], NDArray[Any] | None]:
        """Return the documents and, where they are not all one, the counts of a posting list.

        Raises:
            IndexDamaged: the bytes on disk make no posting list.
        """
        offset, length = info.extent()
        size = length[0] if isinstance(length, tuple) else length
        data = self._terms._postfile.get(offset, size)
        if data[:4] != WHOOSH3_HEADER_MAGIC:
            raise IndexDamaged("a posting list does not start as one")
        id_parts, count_parts, counted = [], [], False
        stream = io.BytesIO(data)
        begin, last = 4, False
        try:
            while not last:
                block_length = int.from_bytes(data[begin : begin + 4], "big", signed=True)
                last = block_length < 0
                stream.seek(begin + 4)
                head = pickle.load(stream)  # noqa: S301 - our own files, in a folder of mode 0700
                end = begin + 4 + abs(block_length)
                body = data[stream.tell() : end]
                ids, counts, _ = pickle.loads(  # noqa: S301
                    zlib.decompress(body) if head[3] else body
                )
                id_parts.append(np.cumsum(np.asarray(ids, dtype=np.int64)))
                counted = counted or counts is not None
                count_parts.append(np.ones(len(ids), dtype=np.uint8) if counts is None else np.asarray(counts))
                begin = end
        except (pickle.UnpicklingError, zlib.error, ValueError, TypeError, EOFError, IndexError, KeyError,
                AttributeError, ImportError, OverflowError) as error:
            raise IndexDamaged(f"a posting list cannot be read: {error}") from error
        found = id_parts[0] if len(id_parts) == 1 else np.concatenate(id_parts)
        if len(found) and (found[-1] >= self.count or found[0] < 0):
            raise IndexDamaged("a posting list names a document that is not there")
        if not counted:
            return found, None
        return found, count_parts[0] if len(count_parts) == 1 else np.concatenate(count_parts)

    def postings(self, name: str, term: bytes) -> tuple[NDArray[np.int64], NDArray[Any] | None] | None:
        """Return the posting list of a term, or None when it has none."""
        info = self.info(name, term)
        return None if info is None else self.read(info)

    def all_terms(self) -> Iterator[tuple[str, bytes, W3TermInfo]]:
        """Yield every term of every field in the order of the file."""
        names = {number: name for name, number in self._fields.items()}
        for key, value in self._terms._tindex.items():
            yield names[unpack_ushort(key[:2])[0]], key[2:], W3TermInfo.from_bytes(value)

    def terms(self, name: str, prefix: bytes = b"") -> Iterator[tuple[str, int]]:
        """Yield the terms of one field that begin so, with the number of their documents."""
        number = self._fields.get(name)
        if number is None:
            return
        head = pack_ushort(number)
        start = head + prefix
        for key, value in self._terms._tindex.items_from(start):
            if not key.startswith(start):
                return
            yield key[2:].decode("utf-8", "replace"), int.from_bytes(value[5:9], "big")

    def numeric(self, name: str) -> NDArray[Any]:
        """Return a numeric column as one array."""
        if name not in self._numeric:
            self._numeric[name] = self._column(name, _NUMBERS[name][1]).astype(np.int64)
        return self._numeric[name]

    def lengths(self, name: str) -> NDArray[np.float32]:
        """Return the length in words of one field of each document."""
        if name not in self._lengths:
            self._lengths[name] = _LENGTHS[self._column(_lenfield(name), "u1")]
        return self._lengths[name]

    def order_starts(self) -> NDArray[np.int64]:
        """Return where in :meth:`order` each document begins, and where the last one ends."""
        return np.concatenate(([0], np.cumsum(self.numeric(_ORDER_LENGTH))))

    def order(self) -> NDArray[np.uint16]:
        """Return the words of all documents in order, without reading them from disk yet.

        Raises:
            IndexDamaged: the column is too short.
        """
        name, count = W3Codec.column_filename(self.reader.segment(), _ORDER), int(self.order_starts()[-1])
        storage = self.reader._perdoc._storage
        if not storage.file_exists(name):
            return np.zeros(0, dtype=np.uint16)
        if storage.file_length(name) < count * 2:
            raise IndexDamaged("the words in order are not all there")
        # Not by open_file: it copies the column into memory. The segment's one file, mapped, lies over the folder.
        one_file = getattr(storage, "a", None)
        if isinstance(one_file, CompoundStorage) and one_file._source is not None:
            return np.frombuffer(one_file._source, dtype="<u2", count=count, offset=one_file.range(name)[0])
        return np.frombuffer(storage.open_file(name).get(0, count * 2), dtype="<u2")

    def _column(self, name: str, code: str) -> NDArray[Any]:
        result = np.zeros(self.count, dtype=code)
        perdoc = self.reader._perdoc
        if perdoc.has_column(name):
            file, begin, length = perdoc._get_column_file(name)
            values = np.frombuffer(file.get(begin, length), dtype=code)
            result[: len(values)] = values[: self.count]
            with contextlib.suppress(BufferError):
                file.close()
        return result

    def codes(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        """Return for each document the place of its value in the list of values, -1 for none."""
        if name not in self._codes:
            codes = np.full(self.count, -1, dtype=np.int32)
            values: list[str] = []
            for value, _ in self.terms(name):
                found = self.postings(name, value.encode())
                if found is not None:
                    codes[found[0]] = len(values)
                    values.append(value)
            self._codes[name] = codes, values
        return self._codes[name]


class Snapshot(Postings):
    """One generation of the index: what a search reads from beginning to end."""

    def __init__(self, generation: int, segments: Sequence[_Segment], cache: _Cache) -> None:
        self.generation = generation
        self.segments = segments
        self._cache = cache
        self.bases = [0]
        for segment in segments:
            self.bases.append(self.bases[-1] + segment.count)
        self.size = self.bases[-1]
        parts = [segment.live() for segment in segments]
        self.live = np.concatenate(parts) if parts else np.zeros(0, dtype=bool)
        self.live_count = int(self.live.sum())
        self._columns: dict[str, NDArray[Any]] = {}
        self._coded: dict[str, tuple[NDArray[np.int32], list[str]]] = {}
        self._averages: dict[str, float] = {}
        self._lock = threading.Lock()

    def postings(self, name: str, term: str) -> tuple[NDArray[np.int64], NDArray[Any] | None]:
        key = term.encode()
        ids, counts = [], []
        for base, segment in zip(self.bases, self.segments, strict=False):
            found = self._cache.postings(segment, name, key)
            if found is not None:
                ids.append(found[0] + base if base else found[0])
                counts.append(found[1])
        if not ids:
            return _NOTHING, None
        if len(ids) == 1:
            return ids[0], counts[0]
        if all(part is None for part in counts):
            return np.concatenate(ids), None
        filled = [np.ones(len(i), np.uint8) if c is None else c for i, c in zip(ids, counts, strict=True)]
        return np.concatenate(ids), np.concatenate(filled)

    def frequency(self, name: str, term: str) -> int:
        key = term.encode()
        return sum(info.doc_frequency() for segment in self.segments if (info := segment.info(name, key)))

    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        found: dict[str, int] = {}
        for segment in self.segments:
            for term, count in islice(segment.terms(name, prefix.encode()), most):
                found[term] = found.get(term, 0) + count
        return sorted(found.items())[:most]

    def numeric(self, name: str) -> NDArray[Any]:
        with self._lock:
            if name not in self._columns:
                parts = [segment.numeric(name) for segment in self.segments]
                self._columns[name] = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
            return self._columns[name]

    def lengths(self, name: str) -> NDArray[np.float32]:
        with self._lock:
            key = f"length of {name}"
            if key not in self._columns:
                parts = [segment.lengths(name) for segment in self.segments]
                self._columns[key] = np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
            return self._columns[key]

    def order_lengths(self) -> NDArray[np.int64]:
        return self.numeric(_ORDER_LENGTH)

    def in_order(self, places: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.int64]]]:
        for base, segment in zip(self.bases, self.segments, strict=False):
            inside = places[(places >= base) & (places < base + segment.count)] - base
            if not len(inside):
                continue
            order, starts = segment.order(), segment.order_starts()
            sizes = np.cumsum(starts[inside + 1] - starts[inside])
            begin = 0
            while begin < len(inside):
                done = int(sizes[begin - 1]) if begin else 0
                end = max(begin + 1, int(np.searchsorted(sizes, done + _ORDER_CHUNK, side="right")))
                chunk = inside[begin:end]
                froms, tos = starts[chunk].tolist(), starts[chunk + 1].tolist()
                text = np.concatenate([order[a:b] for a, b in zip(froms, tos, strict=True)])
                yield chunk + base, text, np.concatenate(([0], sizes[begin : end - 1] - done))
                begin = end

    def average_length(self, name: str) -> float:
        if name not in self._averages:
            total = sum(segment.reader.segment()._fieldlengths.get(name, 0) for segment in self.segments)
            self._averages[name] = (total / self.size) if self.size and total else 1.0
        return self._averages[name]

    def codes(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        with self._lock:
            if name not in self._coded:
                values: dict[str, int] = {}
                parts = []
                for segment in self.segments:
                    codes, local = segment.codes(name)
                    table = np.array([values.setdefault(v, len(values)) for v in local] + [-1], dtype=np.int32)
                    parts.append(table[codes])
                merged = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
                self._coded[name] = merged, list(values)
            return self._coded[name]


_NOTHING = np.zeros(0, dtype=np.int64)


class _Cache:
    """Decoded posting lists, the least used dropped first; bounded in bytes; shared by threads."""

    def __init__(self, limit: int = _CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._lists: OrderedDict[tuple[str, str, bytes], tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def postings(self, segment: _Segment, name: str, term: bytes) -> tuple[NDArray[np.int64], NDArray[Any] | None] | None:
        key = (segment.segid, name, term)
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key][0]  # type: ignore[no-any-return]
            found = segment.postings(name, term)
            weight = 200 if found is None else 300 + found[0].nbytes + (found[1].nbytes if found[1] is not None else 0)
            self._lists[key] = found, weight
            self._size += weight
            while self._size > self._limit:
                self._size -= self._lists.popitem(last=False)[1][1]
            return found


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
        self._cache = _Cache()
        self._open: dict[str, _Segment] = {}
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
            IndexDamaged: its files are missing or unreadable.
        """
        with self._lock:
            for attempt in range(5):
                generation = self.generation()
                if self._snapshot is not None and self._snapshot.generation == generation:
                    return self._snapshot
                try:
                    self._snapshot = self._load(generation)
                except FileNotFoundError as error:
                    # A newer commit may have removed the files between two looks: look again.
                    if attempt == 4 or self.generation() == generation:
                        raise IndexDamaged(f"a file of the index is missing: {error}") from error
                    continue
                except (OSError, ValueError, KeyError, EOFError, AssertionError, AttributeError, ImportError,
                        TypeError, MemoryError, OverflowError, pickle.UnpicklingError, WhooshIndexError) as error:
                    raise IndexDamaged(f"the index cannot be read: {error!r}") from error
                return self._snapshot
            raise IndexDamaged("the index changes faster than it can be read")

    def _load(self, generation: int) -> Snapshot:
        if generation < 0:
            raise IndexDamaged("the folder holds no index")
        toc = TOC.read(self._storage, NAME, gen=generation)
        opened = {}
        segments = []
        for entry in toc.segments:
            known = self._open.get(entry.segment_id())
            segment = _Segment(self._storage, toc.schema, entry) if known is None else known
            if known is not None:
                segment = _same_files(known, entry)
            opened[segment.segid] = segment
            segments.append(segment)
        self._open = opened
        return Snapshot(generation, segments, self._cache)

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

    def values(self, name: str) -> list[str]:
        """Return the values of a coded field."""
        return self.snapshot().codes(name)[1]

    def find(self, plan: Plan, allowed: Allowed) -> _Found:
        """Evaluate a plan on the newest generation."""
        return _Found(Evaluation(self.snapshot(), plan, allowed))

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
            _abandon(writer)
            raise

    def adopt(self, segments: Sequence[Any], position: int | None, done: int | None, *, wait: float = 0.0) -> None:
        """Commit segments that other processes wrote into this folder."""
        writer = self._writer(wait)
        try:
            writer.segments.extend(segments)
            self._commit(writer, position, done, optimise=False, how=_merge_nothing)
        except BaseException:
            _abandon(writer)
            raise

    def tidy(self, *, wait: float = 0.0) -> bool:
        """Merge the small segments, when there are several; return whether there were."""
        writer = self._writer(wait)
        try:
            if len(_small(writer.segments)) < _TIDY_SEGMENTS:
                writer.cancel()
                return False
            self._commit(writer, None, None, optimise=False, how=_merge_small)
        except BaseException:
            _abandon(writer)
            raise
        return True

    def release(self) -> None:
        """Nothing to do: the lock is held for a commit only."""

    def write_segment(self, documents: Iterable[s.DocumentTerms]) -> Any:
        """Write a segment without lock or commit; for :meth:`adopt`."""
        writer = _Writer(FileIndex(_OwnTemporary(str(self.folder)), indexname=NAME), _lk=False)
        for document in documents:
            writer.add_terms(document)
        return writer.finish_segment() if writer.docnum else _abandon(writer)

    def _writer(self, wait: float) -> _Writer:
        try:
            return _Writer(FileIndex(self._storage, indexname=NAME), timeout=wait, delay=0.05)
        except (LockError, FileNotFoundError) as error:
            # Whoosh reads the table of contents before it asks for the lock; a commit of another
            # process may take that file away in between.
            raise IndexBusy("another process writes to the index") from error

    def _delete(self, writer: _Writer, ids: set[int]) -> None:
        if not ids or not writer.segments:
            return
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        opened = {segment.segid: segment for segment in self.snapshot().segments}
        for entry in writer.segments:
            for place in np.flatnonzero(np.isin(opened[entry.segment_id()].numeric("id"), wanted)).tolist():
                entry.delete_document(place)

    def _commit(self, writer: _Writer, position: int | None, done: int | None, optimise: bool, how: Any = None) -> None:
        old_position, old_done = _read_position(self.folder, writer.generation - 1)
        # The position is on disk before the table of contents that makes its generation the newest one.
        _write_position(self.folder, writer.generation, old_position if position is None else position,
                        old_done if done is None else done)
        if optimise:
            writer.commit(mergetype=_merge_all)
        else:
            writer.commit(mergetype=how or _merge_tail)
        _clean_positions(self.folder, writer.generation)


def _same_files(known: _Segment, entry: W3Segment) -> _Segment:
    """Return the opened segment with the deletions of ``entry``: the files need no second opening."""
    if set(known.reader.segment().deleted_docs()) == set(entry.deleted_docs()):
        return known
    fresh = _Segment.__new__(_Segment)
    fresh.__dict__.update(known.__dict__)
    reader = SegmentReader.__new__(SegmentReader)
    reader.__dict__.update(known.reader.__dict__)
    reader._segment = entry
    fresh.reader = reader
    return fresh


def _merge_nothing(_writer: _Writer, segments: list[Any]) -> list[Any]:
    return [segment for segment in segments if segment.doc_count_all() > segment.deleted_count()]


def _merge_all(writer: _Writer, segments: list[Any]) -> list[Any]:
    return _merge(writer, segments, segments)


def _merge_tail(writer: _Writer, segments: list[Any]) -> list[Any]:
    small = _small(segments)
    return _merge(writer, segments, small) if len(small) >= _MOST_SMALL else _merge_nothing(writer, segments)


def _merge_small(writer: _Writer, segments: list[Any]) -> list[Any]:
    return _merge(writer, segments, _small(segments))


def _small(segments: list[Any]) -> list[Any]:
    return [segment for segment in segments if segment.doc_count_all() < _SMALL_DOCUMENTS]


def _merge(writer: _Writer, segments: list[Any], chosen: list[Any]) -> list[Any]:
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        with contextlib.suppress(BufferError):
            reader.close()
    return [segment for segment in segments if segment not in chosen]


def _abandon(writer: _Writer) -> None:
    """Give up a writer whose commit failed: the lock and the files are released, the old state stays."""
    if not writer.is_closed:
        with contextlib.suppress(Exception):
            writer.cancel()
    for file in (writer.fieldwriter._postfile, writer.fieldwriter._tindex.dbfile, writer.perdocwriter._cols._temp):
        with contextlib.suppress(OSError, ValueError):
            file.close()  # on a full disk the last bytes fail again


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


