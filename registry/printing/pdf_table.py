"""Long tables as PDF: set in parts, so that memory stays flat, and joined so that every page is full."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import IO, Any

import pypdfium2

from registry.domain.tables import Cell, Table, cell_text
from registry.pdfium import PDFIUM
from registry.printing.paper import LANDSCAPE, Paper
from registry.printing.pdf import compiled, compiler, forget

_ROWS = 400
"""Rows that are set at once: more cost memory, fewer cost time and repeat the fonts more often."""
_MILLIMETRES_A_LETTER = 1.9
_LINES_A_PAGE = 25
"""A row that may be longer is allowed to split over pages."""


def write_pdf(file: IO[bytes], table: Table, *, cover: bytes = b"", paper: Paper = LANDSCAPE,
              on_progress: Callable[[int], None] | None = None) -> None:
    """Write ``table`` into ``file``, behind the pages of ``cover``; pages of the table are numbered from 1.

    ``on_progress`` is told how many rows are set.
    """
    typesetter = compiler("table.typ")
    with PDFIUM:
        book = pypdfium2.PdfDocument.new()
    try:
        if cover:
            _append(book, cover, None)
        page, done, kept = 1, 0, list[Sequence[Cell]]()
        rows = iter(table.rows)
        while True:
            part = kept + list(islice(rows, _ROWS - len(kept)))
            more = _peek(rows) if len(part) == _ROWS else ()
            made = compiled(typesetter, _data(table, paper, part, page), tags=False)
            tail = json.loads(typesetter.query("<tail>", field="value", one=True))
            pages, first = tail["pages"], tail["row"]
            if more and first:
                pages, kept = pages - 1, part[first:]
            else:
                kept = []
            _append(book, made, pages)
            forget()
            page, done = page + pages, done + len(part) - len(kept)
            if on_progress:
                on_progress(done)
            if not more:
                break
            kept.extend(more)
        with PDFIUM:
            book.save(file)
    finally:
        with PDFIUM:
            book.close()


def _peek(rows: Iterator[Sequence[Cell]]) -> tuple[Sequence[Cell], ...]:
    return tuple(islice(rows, 1))


def _data(table: Table, paper: Paper, rows: Sequence[Sequence[Cell]], first: int) -> dict[str, Any]:
    widths = table.shares(paper.room)
    texts = [[cell_text(cell) for cell in row] for row in rows]
    return {
        "page": [paper.width, paper.height], "left": paper.left, "right": paper.right, "size": paper.size,
        "title": table.title, "told": list(table.told), "numbered": table.numbered, "first": first,
        "headings": [column.heading for column in table.columns], "widths": widths,
        "aligns": [column.align for column in table.columns],
        "rows": [{"cells": row, "long": _may_be_long(row, widths)} for row in texts],
    }


def _may_be_long(row: Sequence[str], widths: Sequence[float]) -> bool:
    return any(text.count("\n") + len(text) * _MILLIMETRES_A_LETTER / width > _LINES_A_PAGE
               for text, width in zip(row, widths, strict=True))


def _append(book: pypdfium2.PdfDocument, pages: bytes, count: int | None) -> None:
    """Append the first ``count`` of ``pages``, or all."""
    with PDFIUM:
        source = pypdfium2.PdfDocument(pages)
        try:
            book.import_pages(source, list(range(count)) if count is not None else None)
        finally:
            source.close()
