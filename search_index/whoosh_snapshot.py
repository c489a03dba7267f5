"""One generation of the Whoosh index: its segments as one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.postings import Postings
from search_index.whoosh_format import ORDER_LENGTH
from search_index.whoosh_reading import sketch_bit
from search_index.whoosh_segment import Segment

_CACHE_BYTES = 64 * 1024 * 1024
_ORDER_CHUNK = 4_000_000
_NOTHING = np.zeros(0, dtype=np.int64)


class Cache:
    """Decoded posting lists, the least used dropped first; bounded in bytes; shared by threads."""

    def __init__(self, limit: int = _CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._lists: OrderedDict[tuple[str, str, bytes], tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def postings(self, segment: Segment, name: str, term: bytes) -> tuple[NDArray[np.int64], NDArray[Any] | None] | None:
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


class Snapshot(Postings):
    """One generation of the index: what a search reads from beginning to end."""

    def __init__(self, generation: int, segments: Sequence[Segment], cache: Cache) -> None:
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
        self._heads: dict[str, set[bytes]] = {}
        self._sketches: NDArray[np.uint8] | None = None
        self._lock = threading.Lock()

    @property
    def is_whole(self) -> bool:
        """Whether no file was cut short since it was opened."""
        return all(segment.is_whole for segment in self.segments)

    def postings(self, name: str, term: str) -> tuple[NDArray[np.int64], NDArray[Any] | None]:
        key = term.encode()
        ids, counts = [], []
        for at in self._having(name, key):
            base, found = self.bases[at], self._cache.postings(self.segments[at], name, key)
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
        return sum(entry.documents for at in self._having(name, key) if (entry := self.segments[at].entry(name, key)))

    def _having(self, name: str, term: bytes) -> list[int]:
        """Return which segments have the term, and some that may or may not: a look at one bit of each."""
        if not self.segments:
            return []
        with self._lock:
            if name not in self._heads:
                self._heads[name] = {segment.heads[name] for segment in self.segments if name in segment.heads}
            if self._sketches is None:
                self._sketches = np.stack([segment.sketch for segment in self.segments], axis=1)
            heads, sketches = self._heads[name], self._sketches
        may = np.zeros(len(self.segments), dtype=np.uint8)
        for head in heads:
            byte, bit = sketch_bit(head + term)
            may |= sketches[byte] & bit
        return np.flatnonzero(may).tolist()

    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        found: dict[str, int] = {}
        for segment in self.segments:
            for term, count in islice(segment.terms(name, prefix.encode()), most):
                found[term] = found.get(term, 0) + count
        return sorted(found.items())[:most]

    def values(self, name: str) -> list[str]:
        """Return the values of a coded field."""
        return self.codes(name)[1]

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
        return self.numeric(ORDER_LENGTH)

    def in_order(self, places: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.int64]]]:
        for base, segment in zip(self.bases, self.segments, strict=False):
            inside = places[(places >= base) & (places < base + segment.count)] - base
            if not len(inside):
                continue
            starts = segment.order_starts()
            sizes = np.cumsum(starts[inside + 1] - starts[inside])
            begin = 0
            while begin < len(inside):
                done = int(sizes[begin - 1]) if begin else 0
                end = max(begin + 1, int(np.searchsorted(sizes, done + _ORDER_CHUNK, side="right")))
                chunk = inside[begin:end]
                text = segment.in_order(starts[chunk], starts[chunk + 1])
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
