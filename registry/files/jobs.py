"""The jobs of the reading process: a request's fields in, an answer's fields out. Imports each parser when it is needed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from registry.files.kinds import FileKind
from registry.files.values import FileText, Limits

Request = dict[str, Any]
Progress = Callable[[int, int], None]


def read(path: Path, request: Request, limits: Limits, _progress: Progress) -> dict[str, Any]:
    """Return the text that stands in the file."""
    return asdict(_reader(request["kind"])(path, limits))


def render(path: Path, request: Request, limits: Limits, _progress: Progress) -> dict[str, Any]:
    """Return a page as a picture."""
    from registry.files import scans

    picture = scans.page_picture(path, request["kind"], request["page"], request["dpi"], limits)
    return {"png": base64.b64encode(scans.as_png(picture)).decode("ascii")}


def ocr(path: Path, request: Request, limits: Limits, progress: Progress) -> dict[str, Any]:
    """Return the text of the file, pages without text read off their picture."""
    from registry.files import scanned_text

    if request["kind"] == FileKind.PDF:
        return asdict(scanned_text.read_pdf(path, limits, progress))
    if request["kind"] == FileKind.IMAGE:
        return asdict(scanned_text.read_image(path, limits, progress))
    return read(path, request, limits, progress)


def signatures(path: Path, request: Request, _limits: Limits, _progress: Progress) -> dict[str, Any]:
    """Return the verdict on each signature of a PDF."""
    from registry.files.pdf_signatures import check_pdf

    found = check_pdf(path, roots=[base64.b64decode(root) for root in request["roots"]],
                      at=datetime.fromisoformat(request["at"]))
    return {"verdicts": [one.as_json() for one in found]}


def copy_pages(path: Path, request: Request, limits: Limits, _progress: Progress) -> dict[str, Any]:
    """Write the pages of a PDF, their stamps made part of them, and nothing else of it, as a new one."""
    import pypdfium2

    from registry.files.pdf_text import open_pdf, page_with_stamps

    book, source = pypdfium2.PdfDocument.new(), open_pdf(path, limits)
    for index in range(len(source)):
        page_with_stamps(source, index).close()
    book.import_pages(source)
    book.save(request["to"])
    return {}


def _reader(kind: str) -> Callable[[Path, Limits], FileText]:
    if kind == FileKind.PDF:
        from registry.files.pdf_text import read_pdf

        return read_pdf
    if kind == FileKind.DOCX:
        from registry.files.docx_text import read_docx

        return read_docx
    if kind == FileKind.DOC:
        from registry.files.old_word import read_old_word

        return read_old_word
    if kind == FileKind.XLSX:
        from registry.files.xlsx_text import read_xlsx

        return read_xlsx
    if kind == FileKind.XML:
        from registry.files.xml_text import read_xml

        return read_xml
    from registry.files.scans import count_pages

    return lambda path, limits: FileText("", count_pages(path, limits), "text", needs_ocr=True, notes=("image_pages",))
