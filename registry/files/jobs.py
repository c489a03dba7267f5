"""The jobs of the reading process: a request's fields in, an answer's fields out. Imports each parser when it is needed."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from registry.domain import page_layout
from registry.domain.errors import FileFault, FileUnreadable
from registry.files.values import FileText, Limits

Request = dict[str, Any]
Progress = Callable[[int, int], None]


def read(path: Path, request: Request, limits: Limits, _progress: Progress) -> dict[str, Any]:
    """Return the text that stands in the file."""
    return asdict(_reader(request["kind"])(path, limits))


def render(path: Path, request: Request, limits: Limits, _progress: Progress) -> dict[str, Any]:
    """Return a page as a picture."""
    from registry.files import pictures

    picture = pictures.page_picture(path, request["kind"], request["page"], request["dpi"], limits)
    return {"png": base64.b64encode(pictures.as_png(picture)).decode("ascii")}


def _reader(kind: str) -> Callable[[Path, Limits], FileText]:
    if kind == "pdf":
        return read_pdf
    if kind == "docx":
        from registry.files.docx_text import read_docx

        return read_docx
    raise FileUnreadable(FileFault.UNSUPPORTED)


def read_pdf(path: Path, limits: Limits) -> FileText:
    """Return the text layer of a PDF."""
    from registry.files import pdf_text

    with pdf_text.open_pdf(path, limits) as document:
        pages = list(pdf_text.read_pages(document, limits))
    words = page_layout.without_running_heads([page.words if page else [] for page in pages])
    text = "\f".join(unicodedata.normalize("NFC", page_layout.page_text(page)) for page in words)
    needs_ocr = any(page and page.is_picture for page in pages)
    notes = ["image_pages"] * needs_ocr + ["pages_unreadable"] * (None in pages)
    notes += ["legacy_font"] * any(page and page.legacy for page in pages)
    return FileText(text, len(pages), "text", needs_ocr, tuple(notes))
