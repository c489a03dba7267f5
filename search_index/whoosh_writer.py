"""Writing a segment of the Whoosh index, from documents or from other segments, posting list by posting list."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import (
    W3Segment,
)
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from search_index import analysis
from search_index import schema as s
from search_index.whoosh_format import NUMBERS, ORDER, ORDER_LENGTH, Codec, Terms
from search_index.whoosh_segment import Segment


class Writer(SegmentWriter):  # type: ignore[misc]
    """Collects posting lists in memory, term by term; one writer fills one segment."""

    def __init__(self, index: FileIndex, **options: Any) -> None:
        super().__init__(index, codec=Codec(), **options)
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
        self.perdocwriter.add_column_value(ORDER_LENGTH, self.schema[ORDER_LENGTH].column_type, len(codes))
        self.perdocwriter.add_column_value(ORDER, self.schema[ORDER].column_type, codes.tobytes())

    def _add_counts(self, name: str, number: int, words: dict[str, int]) -> None:
        terms = self.lists.setdefault(name, {})
        for word, count in words.items():
            _add_one(terms, word.encode(), number, count)

    def _add_marks(self, name: str, number: int, marks: Iterable[str]) -> None:
        terms = self.lists.setdefault(name, {})
        for mark in marks:
            _add_one(terms, mark.encode(), number, None)

    def add_segment(self, segment: Segment) -> None:
        """Merge a segment: whole lists at a time, without its deleted documents."""
        live = segment.live()
        all_live = bool(live.all())
        places = np.cumsum(live, dtype=np.int64) - 1 + self.docnum
        for name, term, entry in segment.all_terms():
            terms = self.lists.setdefault(name, {})
            if entry.documents == 1 and all_live and entry.first < segment.count:  # so it is with most: worth a short way
                _add_one(terms, term, int(places[entry.first]), int(entry.weight) if name in s.WORD_FIELDS else None)
                self.postings += 1
                continue
            ids, counts = segment.read(entry)
            if not all_live:
                kept = live[ids]
                ids = ids[kept]
                counts = counts[kept] if counts is not None else None
            if not len(ids):
                continue
            if name in s.WORD_FIELDS and counts is None:
                counts = np.ones(len(ids), dtype=np.uint32)
            if term not in terms:
                terms[term] = array("I"), array("I") if counts is not None else None
            target_ids, target_counts = terms[term]
            target_ids.frombytes(places[ids].astype(np.uint32).tobytes())
            if target_counts is not None and counts is not None:
                target_counts.frombytes(counts.astype(np.uint32).tobytes())
            self.postings += len(ids)
        self._merge_columns(segment, np.flatnonzero(live))

    def _merge_columns(self, segment: Segment, kept: NDArray[Any]) -> None:
        lengths = {name: segment.lengths(name)[kept].tolist() for name in s.WORD_FIELDS}
        numbers = {name: segment.numeric(name)[kept].tolist() for name in NUMBERS}
        del numbers[ORDER_LENGTH]
        starts = segment.order_starts()
        writer = self.perdocwriter
        for row, place in enumerate(kept.tolist()):
            writer.start_doc(self.docnum)
            for name in s.WORD_FIELDS:
                if length := int(lengths[name][row]):
                    writer.add_field(name, None, None, length)
            for name in numbers:
                writer.add_column_value(name, self.schema[name].column_type, numbers[name][row])
            self._add_order(segment.in_order(starts[place : place + 1], starts[place + 1 : place + 2]))
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
        self.storage.sync()
        self._finish()
        return segment


def _order(document: s.DocumentTerms) -> NDArray[np.uint16]:
    """Return the word codes of a document, a line break before every line."""
    line_break = np.full(1, analysis.LINE_BREAK, dtype=np.uint16)
    parts = [part for line in (*document.heads, document.text) for part in (line_break, analysis.word_codes(line))]
    return np.concatenate(parts).astype("<u2", copy=False)


def _add_one(terms: Terms, key: bytes, number: int, count: int | None) -> None:
    found = terms.get(key)
    if found is None:
        terms[key] = array("I", (number,)), None if count is None else array("I", (count,))
        return
    found[0].append(number)
    if count is not None:
        found[1].append(count)  # type: ignore[union-attr]
