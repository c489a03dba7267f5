"""The lean layout of Whoosh's files: schema, codec, and posting lists a block at a time.

Lean: no stored text, no positions (the words in order are a column of codes); small numbers as
columns. Posting lists are written and read as whole arrays: Whoosh's own searcher reads the same
files (a test holds both equal). That, like the ``whoosh_*`` modules beside this one, touches private
attributes of ``W3Codec``, of the segment writer and of the compound file, hence the exact pin of the
dependency. Nothing but these modules imports Whoosh.

A trap: the table of contents is a pickle that names ``Codec`` by its module. An index made before the
class was moved cannot be opened; raise ``SCHEMA_VERSION`` with it, so that it counts as outdated.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields
from whoosh.codec.whoosh3 import (
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3FieldWriter,
)
from whoosh.system import pack_int, pack_ushort

from search_index import schema as s

NAME = "MAIN"
_BLOCK = 8192
_FEW = 160  # below, a tuple of small numbers is shorter and faster than an array
# The words of each document in order, and how many: what phrases are looked up in.
ORDER, ORDER_LENGTH = "order", "order_length"
NUMBERS = {"id": ("q", ">i8"), "day": ("i", ">i4"), "year": ("i", ">i4"), "ordinal": ("i", ">i4"), ORDER_LENGTH: ("i", ">i4")}
# What the term file says of a list: inlined, sum of counts, documents, shortest, longest, largest count, first, last, where.
ENTRY = struct.Struct("!BfIBBfIIqi")
_KEY_AND_VALUE = struct.Struct("!ii")
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
    for name, (code, _) in NUMBERS.items():
        result.add(name, fields.COLUMN(columns.NumericColumn(code)))
    result.add(ORDER, fields.COLUMN(columns.VarBytesColumn()))
    return result


class Codec(W3Codec):  # type: ignore[misc]
    """W3Codec whose field writer takes whole posting lists."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK, compression=1)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_lists(self, schema: fields.Schema, pool: dict[str, Terms]) -> None:
        """Write every term of every field, in the order that the term file asks for."""
        self._place = self._postfile.tell()
        for name in sorted(pool):
            self.start_field(name, schema[name])
            prefix = pack_ushort(self._fieldid)
            terms = pool[name]
            self._add_terms((prefix + term, self._write_list(*terms[term])) for term in sorted(terms))
            self.finish_field()

    def _add_terms(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        """Do what ``OrderedHashWriter.add`` does for each, in a third of the time."""
        index = self._tindex
        place, write = index.tell(), index.dbfile.write
        for key, value in pairs:
            hashed = index.hashfn(key)
            index.index.append(place)
            index.buckets[hashed & 255].append((hashed, place))
            line = _KEY_AND_VALUE.pack(len(key), len(value)) + key + value
            write(line)
            place += len(line)

    def _write_list(self, ids: array[int], counts: array[int] | None) -> bytes:
        """Write a posting list; return what the term file says of it, as ``W3TermInfo`` would."""
        if len(ids) == 1:
            count = counts[0] if counts is not None else 1
            data, weight, most = _list_of_one(ids[0], count), count, float(count)
        else:
            data, most = _list(ids, counts)
            weight = sum(counts) if counts is not None else len(ids)
        self._postfile.write(data)
        begin, self._place = self._place, self._place + len(data)
        return ENTRY.pack(0, weight, len(ids), 0, 0, most, ids[0], ids[-1], begin, len(data))


@lru_cache(maxsize=4096)  # most words of a small segment are written alike
def _list_of_one(ident: int, count: int) -> bytes:
    return _list(array("I", (ident,)), array("I", (count,)))[0]


def _list(ids: array[int], counts: array[int] | None) -> tuple[bytes, float]:
    """Return the bytes of a posting list, and the largest count."""
    total = len(ids)
    parts = [WHOOSH3_HEADER_MAGIC]
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
        parts += (pack_int(-length if begin + _BLOCK >= total else length), head, data)
    return b"".join(parts), most


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
