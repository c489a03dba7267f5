"""The cover of a register book (bìa sổ), as PDF and as the first page of a Word file."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt

from registry.domain.register_forms import Cover
from registry.domain.tables import writable
from registry.printing.pdf import pdf


def cover_pdf(cover: Cover) -> bytes:
    """Return the cover as one page, A4 landscape."""
    return pdf("cover.typ", {
        "parent": cover.parent, "agency": cover.agency, "title": cover.title, "book": cover.book,
        "lines": cover.lines})


def cover_docx(document: Any, cover: Cover) -> None:
    """Add the cover and a page break to a python-docx document."""
    _line(document, cover.parent.upper(), 14)
    _line(document, cover.agency.upper(), 14, bold=True)
    _line(document, cover.title.upper(), 26, bold=True, before=110)
    if cover.book:
        _line(document, f"({cover.book})", 15, italic=True, before=6)
    for place, line in enumerate(cover.lines):
        _line(document, line, 14, before=12 if place else 90)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _line(document: Any, text: str, size: int, *, bold: bool = False, italic: bool = False, before: int = 0) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(writable(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
