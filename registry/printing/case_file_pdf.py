"""A case file as one PDF: the cover, the list of documents, what is kept of each, and pages of attached files."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

import pypdfium2

from registry.domain.dates import print_short_date
from registry.domain.file_errors import FileUnreadable
from registry.domain.file_metadata import AttachedFile, DocumentMetadata, FileMetadata
from registry.domain.tables import Table, writable
from registry.pdfium import PDFIUM
from registry.printing.paper import PORTRAIT
from registry.printing.pdf import pdf
from registry.printing.pdf_table import write_pdf

_A_PART = 100
"""Documents that are set at once."""
_URGENCIES = ("", "Khẩn", "Thượng khẩn", "Hỏa tốc")


def write_case_file(file: IO[bytes], about: FileMetadata, parent: str, contents: Table,
                    documents: Iterable[DocumentMetadata], copy_pages: Callable[[Path, Path], None],
                    on_progress: Callable[[int], None] | None = None) -> None:
    """Write a case file; the pages of attached PDF files follow, each document's behind the other's.

    ``copy_pages`` makes a clean copy of a foreign PDF, in a process that may break, or raises ``FileUnreadable``.
    ``on_progress`` is told how many documents and attached files are in.
    """
    tell = on_progress or (lambda _done: None)
    done = 0
    listed = io.BytesIO()
    write_pdf(listed, contents, cover=_cover(about, parent), paper=PORTRAIT)
    attached: list[tuple[DocumentMetadata, AttachedFile]] = []
    with PDFIUM:
        book = pypdfium2.PdfDocument.new()
    try:
        _append(book, listed.getvalue())
        for part in _parts(documents):
            _append(book, _metadata(about, part))
            done += len(part)
            tell(done)
            attached += [(one, each) for one in part for each in one.files if each.path is not None]
        with tempfile.TemporaryDirectory() as folder:
            for one, each in attached:
                _attach(book, one, each, copy_pages, Path(folder) / "pages.pdf")
                done += 1
                tell(done)
        with PDFIUM:
            book.save(file)
    finally:
        with PDFIUM:
            book.close()


def _attach(book: pypdfium2.PdfDocument, one: DocumentMetadata, each: AttachedFile,
            copy_pages: Callable[[Path, Path], None], clean: Path) -> None:
    try:
        if each.path is not None:
            copy_pages(each.path, clean)
            _append(book, clean)
    except FileUnreadable:
        # Locked by a password, damaged, or gone: its place says so, the other files stand.
        _append(book, pdf("case_file_missing.typ", {"name": writable(each.name), "document": _name(one)}))


def _append(book: pypdfium2.PdfDocument, pages: bytes | Path) -> None:
    with PDFIUM:
        source = pypdfium2.PdfDocument(pages)
        try:
            book.import_pages(source)
        finally:
            source.close()


def _cover(about: FileMetadata, parent: str) -> bytes:
    until = f" đến ngày {print_short_date(about.ended_on)}" if about.ended_on else ""
    facts = [("Số, ký hiệu hồ sơ", about.code), ("Năm", str(about.year)), ("Thời hạn bảo quản", about.retention),
             ("Người lập hồ sơ", about.creator), ("Chế độ sử dụng", about.rights),
             ("Số văn bản", str(about.documents)), ("Số trang", str(about.pages) if about.pages else ""),
             ("Ghi chú", "; ".join(part for part in (
                 about.description, f"{about.hidden} văn bản không hiển thị" if about.hidden else "") if part))]
    return pdf("case_file.typ", {
        "parent": parent, "agency": about.office, "heading": about.heading, "title": about.title,
        "span": f"Từ ngày {print_short_date(about.started_on)}{until}",
        "facts": [[label, writable(value)] for label, value in facts if value]})


def _parts(documents: Iterable[DocumentMetadata]) -> Iterator[list[DocumentMetadata]]:
    rest = iter(documents)
    while part := list(islice(rest, _A_PART)):
        yield part


def _metadata(about: FileMetadata, part: Sequence[DocumentMetadata]) -> bytes:
    return pdf("case_file_documents.typ", {
        "head": f"Hồ sơ {about.code} năm {about.year}", "documents": [_shown(one) for one in part]})


def _name(one: DocumentMetadata) -> str:
    name = " ".join(part for part in (one.kind, f"số {one.number}" if one.number else "") if part)
    on = f" ngày {print_short_date(one.issued_on)}" if one.issued_on else ""
    return f"{one.ordinal}. {name or 'Văn bản'}{on}"


def _shown(one: DocumentMetadata) -> dict[str, object]:
    facts: Sequence[tuple[str, str | int | date | None]] = (
        ("Tác giả", one.issuer), ("Người ký", ", ".join(part for part in (one.signer_name, one.signer_position) if part)),
        ("Ngày đến", one.received_on), ("Số đến", one.arrival_number), ("Chuyển cho", one.handed_to),
        ("Nơi nhận", one.recipients), ("Mức độ khẩn", _URGENCIES[one.urgency]), ("Số trang", one.pages),
        ("Số lượng bản", one.copies), ("Hạn trả lời, giải quyết", one.due_on), ("Ngôn ngữ", one.language),
        ("Ghi chú", one.notes), ("Tệp đính kèm", "; ".join(
            each.name if each.path else f"{each.name} (không in kèm)" for each in one.files)))
    return {"name": _name(one), "subject": one.subject, "facts": [
        [label, print_short_date(value) if isinstance(value, date) else writable(str(value))]
        for label, value in facts if value not in (None, "")]}
