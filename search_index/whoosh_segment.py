"""One segment of the Whoosh index opened for reading, its lists and columns as whole arrays."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields
from whoosh.codec.whoosh3 import (
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3Segment,
    _lenfield,
)
from whoosh.reading import SegmentReader
from whoosh.system import pack_ushort
from whoosh.util.numeric import byte_to_length

from search_index.errors import IndexDamaged
from search_index.whoosh_format import (
    NUMBERS,
    ORDER,
    ORDER_LENGTH,
)
from search_index.whoosh_reading import Entry, ReadingStorage, TermFile

_LENGTHS = np.array([byte_to_length(value) for value in range(256)], dtype=np.float32)


class Segment:
    """One segment opened for reading: immutable, apart from which of its documents are deleted."""

    def __init__(self, folder: Path, schema: fields.Schema, segment: W3Segment) -> None:
        storage = ReadingStorage(folder)
        self.reader = SegmentReader(storage, schema, segment)
        self.count: int = self.reader.doc_count_all()
        self.segid: str = segment.segment_id()
        self._file = storage.opened
        self._terms = TermFile(self.reader._terms._tindex)
        self._postings = self.reader._terms._postfile
        self.sketch = self._terms.sketch()
        self.heads = {name: pack_ushort(number) for name, number in self.reader._terms._fieldmap.items()}
        self._numeric: dict[str, NDArray[Any]] = {}
        self._lengths: dict[str, NDArray[np.float32]] = {}
        self._codes: dict[str, tuple[NDArray[np.int32], list[str]]] = {}

    @property
    def is_whole(self) -> bool:
        """Whether the file is as long as it was when it was opened."""
        return self._file.is_whole

    def live(self) -> NDArray[np.bool_]:
        """Return which documents are not deleted."""
        mask = np.ones(self.count, dtype=bool)
        gone = list(self.reader.segment().deleted_docs())
        mask[gone] = False
        return mask

    def entry(self, name: str, term: bytes) -> Entry | None:
        """Return what the term file says of a term, or None."""
        head = self.heads.get(name)
        return None if head is None else self._terms.find(head + term)

    def read(self, entry: Entry) -> tuple[NDArray[np.int64], NDArray[Any] | None]:
        """Return the documents and, where they are not all one, the counts of a posting list.

        Raises:
            IndexDamaged: the bytes on disk make no posting list.
        """
        if entry.documents == 1 and entry.first < self.count:  # the entry says it all: so it is with every word of a small segment
            return np.array([entry.first]), None if entry.weight == 1 else np.array([int(entry.weight)])
        data = self._postings.get(entry.offset, entry.length)
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
        entry = self.entry(name, term)
        return None if entry is None else self.read(entry)

    def all_terms(self) -> Iterator[tuple[str, bytes, Entry]]:
        """Yield every term of every field in the order of the file."""
        names = {head: name for name, head in self.heads.items()}
        for key, entry in self._terms.entries():
            yield names[key[:2]], key[2:], entry

    def terms(self, name: str, prefix: bytes = b"") -> Iterator[tuple[str, int]]:
        """Yield the terms of one field that begin so, with the number of their documents."""
        if name not in self.heads:
            return
        start = self.heads[name] + prefix
        for key, entry in self._terms.entries(start):
            if not key.startswith(start):
                return
            yield key[2:].decode("utf-8", "replace"), entry.documents

    def numeric(self, name: str) -> NDArray[Any]:
        """Return a numeric column as one array."""
        if name not in self._numeric:
            self._numeric[name] = self._column(name, NUMBERS[name][1]).astype(np.int64)
        return self._numeric[name]

    def lengths(self, name: str) -> NDArray[np.float32]:
        """Return the length in words of one field of each document."""
        if name not in self._lengths:
            self._lengths[name] = _LENGTHS[self._column(_lenfield(name), "u1")]
        return self._lengths[name]

    def order_starts(self) -> NDArray[np.int64]:
        """Return which of all words in order is the first of each document, and how many there are."""
        return np.concatenate(([0], np.cumsum(self.numeric(ORDER_LENGTH))))

    def in_order(self, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return the words in order from each of ``begins`` to each of ``ends`` (ascending), put together.

        Raises:
            IndexDamaged: they are not all there.
        """
        words = np.empty(int((ends - begins).sum()), dtype="<u2")
        if not len(words):
            return words
        column = self.reader._perdoc._storage.open_file(W3Codec.column_filename(self.reader.segment(), ORDER))
        target, done = words.data.cast("B"), 0
        apart = np.flatnonzero(begins[1:] != ends[:-1])  # what lies side by side is read at once
        for first, last in zip(begins[[0, *(apart + 1)]].tolist(), ends[[*apart, -1]].tolist(), strict=True):
            size = (last - first) * 2
            column.read_into(first * 2, target[done : done + size])
            done += size
        return words

    def _column(self, name: str, code: str) -> NDArray[Any]:
        result = np.zeros(self.count, dtype=code)
        perdoc = self.reader._perdoc
        if perdoc.has_column(name):
            file, begin, length = perdoc._get_column_file(name)
            values = np.frombuffer(file.get(begin, length), dtype=code)
            result[: len(values)] = values[: self.count]
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


def same_files(known: Segment, entry: W3Segment) -> Segment:
    """Return the opened segment with the deletions of ``entry``: the files need no second opening."""
    if set(known.reader.segment().deleted_docs()) == set(entry.deleted_docs()):
        return known
    fresh = Segment.__new__(Segment)
    fresh.__dict__.update(known.__dict__)
    reader = SegmentReader.__new__(SegmentReader)
    reader.__dict__.update(known.reader.__dict__)
    reader._segment = entry
    fresh.reader = reader
    return fresh
