"""Case files as they leave the register: the lists of the decree's forms, one file as PDF and as XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import IO, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.case_files import retention_text
from registry.domain.dates import print_date, print_short_date
from registry.domain.file_metadata import AttachedFile, DocumentMetadata, FileMetadata
from registry.domain.tables import Cell, Column, Table
from registry.files.kinds import FileKind
from registry.files.reading import copy_pages
from registry.files.store import FileStore
from registry.models import Attachment, BookEntry, CaseFileDocument, Document, Kind, Organisation, StoredFile
from registry.services import case_files, exporting, settings
from registry.services.actors import Actor
from registry.services.case_files import CaseFileFilter, CaseFileRow, Order, numbered
from registry.services.documents import visible

_A_BATCH = 200
_FILES_AT_ONCE = 20_000
_MOST_ATTACHED = 200 * 1024 * 1024
"""Bytes of attached PDF files whose pages go into one PDF: it is made in memory."""
CONTENTS = (
    Column("STT", 6, "center"), Column("Số, ký hiệu văn bản", 18), Column("Ngày tháng năm văn bản", 13, "center"),
    Column("Tên loại và trích yếu nội dung văn bản", 50), Column("Tác giả văn bản", 24),
    Column("Tờ số/ Trang số", 10, "center"), Column("Ghi chú", 16))
"""Mục lục văn bản, tài liệu: Nghị định 30/2020/NĐ-CP, Phụ lục V, mẫu IV."""
HAND_OVER = (
    Column("Số TT", 6, "center"), Column("Số, ký hiệu hồ sơ", 16), Column("Tiêu đề hồ sơ", 56),
    Column("Thời gian tài liệu", 22, "center"), Column("Thời hạn bảo quản", 14, "center"),
    Column("Số tờ/ Số trang", 10, "center"), Column("Ghi chú", 20))
"""Mục lục hồ sơ, tài liệu nộp lưu: Phụ lục V, mẫu III."""
CATALOGUE = (
    Column("Số và ký hiệu hồ sơ", 16), Column("Tên đề mục và tiêu đề hồ sơ", 64),
    Column("Thời hạn bảo quản", 14, "center"), Column("Người lập hồ sơ", 28), Column("Ghi chú", 20))
"""Danh mục hồ sơ: Phụ lục V, mẫu II."""


def contents(db: Sessions, case_file_id: int, *, actor: Actor, order: Order = "position") -> Table:
    """Return the list of documents in a file (mục lục văn bản, tài liệu trong hồ sơ).

    Raises:
        NotFound: there is no such file that ``actor`` may see.
    """
    one = case_files.get_case_file(db, case_file_id, actor=actor)
    page = case_files.find_entries(db, case_file_id, actor=actor, limit=1)
    told = [f"Số, ký hiệu hồ sơ: {one.code}", one.title, f"Năm {one.year}"]
    if page.hidden:
        told.append(f"{page.hidden} văn bản không hiển thị")
    return Table("MỤC LỤC VĂN BẢN, TÀI LIỆU", CONTENTS, _contents_rows(db, one.id, actor, order), told, numbered=True)


def _contents_rows(db: Sessions, case_file_id: int, actor: Actor, order: Order) -> Iterator[Sequence[Cell]]:
    after, places = None, count(1)
    while True:
        page = case_files.find_entries(db, case_file_id, actor=actor, order=order, after=after, limit=_A_BATCH)
        for entry in page.rows:
            row = entry.document
            yield (next(places), row.number, row.issued_on, f"{row.kind} {row.subject}" if row.kind else row.subject,
                   row.issuer, entry.sheets, entry.note)
        after = page.after
        if after is None:
            return


def catalogue(db: Sessions, wanted: CaseFileFilter, *, actor: Actor, today: date) -> Table:
    """Return the list of files (danh mục hồ sơ) under their headings, as it is issued at the start of a year."""
    rows = _files(db, wanted, actor, today)
    for_ever = sum(row.retention_years is None for row in rows)
    told = [f"Năm {wanted.year}"] if wanted.year else []
    told.append(f"Danh mục hồ sơ này có {len(rows)} hồ sơ, bao gồm: {for_ever} hồ sơ bảo quản vĩnh viễn; "
                f"{len(rows) - for_ever} hồ sơ bảo quản có thời hạn.")
    return Table("DANH MỤC HỒ SƠ", CATALOGUE, list(_catalogue_rows(rows)), told, numbered=True)


def _catalogue_rows(rows: Sequence[CaseFileRow]) -> Iterator[Sequence[Cell]]:
    heading, place = "", 0
    for row in sorted(rows, key=lambda row: (row.year, not row.heading, row.heading, case_files.code_key(row.code))):
        if row.heading != heading:
            heading, place = row.heading, place + 1
            if heading:
                yield ("", f"{_roman(place)}. {heading.upper()}", "", "", "")
        yield (row.code, row.title, retention_text(row.retention_years),
               ", ".join(part for part in (row.user, row.unit) if part), row.description[:500])


def _roman(number: int) -> str:
    told = ""
    for value, sign in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        told += sign * (number // value)
        number %= value
    return told


def hand_over_list(db: Sessions, wanted: CaseFileFilter, *, actor: Actor, today: date) -> Table:
    """Return the list of files for the archive (mục lục hồ sơ, tài liệu nộp lưu)."""
    rows = _files(db, wanted, actor, today)
    pages = _pages_of(db, [row.id for row in rows])
    told = ([f"Năm {wanted.year}"] if wanted.year else []) + [f"Mục lục này gồm: {len(rows)} hồ sơ (đơn vị bảo quản)."]
    return Table("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", HAND_OVER, [
        (place, row.code, row.title, span(row), retention_text(row.retention_years), pages.get(row.id),
         f"đã nộp lưu ngày {print_short_date(row.handed_over_on)}" if row.handed_over_on else "")
        for place, row in enumerate(rows, 1)], told, numbered=True)


def span(row: CaseFileRow) -> str:
    """Print from when to when a file runs."""
    until = print_short_date(row.ended_on) if row.ended_on else "…"
    return f"{print_short_date(row.started_on)} - {until}"


def _files(db: Sessions, wanted: CaseFileFilter, actor: Actor, today: date) -> list[CaseFileRow]:
    found: list[CaseFileRow] = []
    after = None
    while True:
        page = case_files.find_case_files(db, wanted, actor=actor, today=today, after=after, limit=_FILES_AT_ONCE)
        found += page.rows
        after = page.after
        if after is None:
            return found


def _pages_of(db: Sessions, ids: Sequence[int]) -> dict[int, int]:
    """Return the pages of the files all of whose documents' pages are known."""
    found: dict[int, int] = {}
    with reading(db) as session:
        for start in range(0, len(ids), _A_BATCH):
            rows = session.execute(
                select(CaseFileDocument.case_file_id, func.sum(Document.pages).label("pages"))
                .join(Document, Document.id == CaseFileDocument.document_id)
                .where(CaseFileDocument.case_file_id.in_(ids[start:start + _A_BATCH]))
                .group_by(CaseFileDocument.case_file_id).having(func.count() == func.count(Document.pages)))
            found |= {row.case_file_id: int(row.pages) for row in rows}
    return found


def metadata(db: Sessions, case_file_id: int, *, actor: Actor) -> tuple[FileMetadata, str]:
    """Return what is kept of a file, and the name of the office's superior body.

    Raises:
        NotFound: there is no such file that ``actor`` may see.
    """
    with reading(db) as session:
        row = case_files.row_in(session, case_file_id, actor)
        office = settings.load(session)
        own = session.get(Organisation, office.organisation_id) if office.organisation_id is not None else None
        inside = (select(func.count().label("many"), func.sum(Document.pages).label("pages"))
                  .select_from(CaseFileDocument).join(Document, Document.id == CaseFileDocument.document_id)
                  .where(CaseFileDocument.case_file_id == case_file_id))
        seen = session.execute(inside.where(visible(actor))).one()
    return FileMetadata(
        organ_id=own.interchange_code if own else "", office=office.office_name, year=row.year, code=row.code,
        heading=row.heading, title=row.title, retention=retention_text(row.retention_years),
        rights="Hạn chế" if row.restricted else "Không hạn chế",
        creator=", ".join(part for part in (row.user, row.unit) if part), language=row.language,
        started_on=row.started_on, ended_on=row.ended_on, documents=seen.many, pages=int(seen.pages or 0),
        hidden=row.documents - seen.many, description=row.description), office.parent_name


def documents_in_time(db: Sessions, case_file_id: int, *, actor: Actor,
                      store: FileStore | None = None) -> Iterator[DocumentMetadata]:
    """Yield the documents of a file in order of time, as far as ``actor`` may see them.

    With ``store`` their attached PDF files say where they lie, as long as there is room for their pages.
    """
    last, places, room = 0, count(1), _MOST_ATTACHED
    while True:
        with reading(db) as session:
            found = _next(session, case_file_id, last, actor)
            attached = _attached(session, [row.Document.id for row in found])
        for row in found:
            files = []
            for name, sha256, size, kind in attached.get(row.Document.id, ()):
                fits = store is not None and kind == FileKind.PDF and size <= room
                files.append(AttachedFile(name, store.path(sha256) if fits and store is not None else None))
                room -= size if fits else 0
            yield replace(_metadata(row, next(places)), files=tuple(files))
        if len(found) < _A_BATCH:
            return
        last = found[-1].ordinal


def _next(session: Session, case_file_id: int, last: int, actor: Actor) -> Sequence[Any]:
    inside = numbered(case_file_id, "time")
    return session.execute(
        select(Document, inside.c.ordinal, Kind.name.label("kind"), Organisation.name.label("issuer"),
               BookEntry.ordinal.label("entry"), BookEntry.suffix)
        .join(inside, inside.c.document_id == Document.id).outerjoin(Kind, Kind.id == Document.kind_id)
        .outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .outerjoin(BookEntry, BookEntry.document_id == Document.id)
        .where(visible(actor), inside.c.ordinal > last).order_by(inside.c.ordinal).limit(_A_BATCH)).all()


def _attached(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, str, int, str]]]:
    """Return ``(name, hash, size, kind)`` of the current files of documents, the main one first."""
    found: dict[int, list[tuple[str, str, int, str]]] = {}
    for row in session.execute(
            select(Attachment.document_id, Attachment.name, StoredFile.sha256, StoredFile.size, StoredFile.kind)
            .join(StoredFile, StoredFile.id == Attachment.file_id)
            .where(Attachment.document_id.in_(ids), Attachment.replaced_by_id.is_(None), Attachment.removed_at.is_(None))
            .order_by(Attachment.role.desc(), Attachment.position, Attachment.id)):
        found.setdefault(row.document_id, []).append((row.name, row.sha256, row.size, row.kind))
    return found


@dataclass(frozen=True, slots=True)
class Weight:
    """How much goes into a file's PDF: documents, and files whose pages are attached."""

    documents: int
    files: int


def weight(db: Sessions, case_file_id: int, *, actor: Actor) -> Weight:
    """Return how much goes into the PDF of a file; attached files for which there is no room are counted, too."""
    with reading(db) as session:
        inside = (select(Document.id).join(CaseFileDocument, CaseFileDocument.document_id == Document.id)
                  .where(CaseFileDocument.case_file_id == case_file_id, visible(actor)))
        attached = (select(func.count()).select_from(Attachment).join(StoredFile, StoredFile.id == Attachment.file_id)
                    .where(Attachment.document_id.in_(inside), Attachment.replaced_by_id.is_(None),
                           Attachment.removed_at.is_(None), StoredFile.kind == FileKind.PDF.value))
        return Weight(session.scalar(select(func.count()).select_from(inside.subquery())) or 0,
                      session.scalar(attached) or 0)


def _metadata(found: Any, place: int) -> DocumentMetadata:
    one: Document = found.Document
    return DocumentMetadata(
        id=one.id, ordinal=place, direction=one.direction, kind=found.kind or "", number=one.number or "",
        issued_on=one.issued_on, issuer=found.issuer or "", subject=one.subject, language=one.language or "Tiếng Việt",
        pages=one.pages, notes=one.notes, received_on=one.received_on,
        arrival_number=f"{found.entry:02d}{found.suffix}" if found.entry is not None and one.direction == "incoming" else "",
        signer_position=one.signer_position, signer_name=one.signer_name, recipients=one.recipients,
        handed_to=one.handed_to, urgency=one.urgency, copies=one.copies, due_on=one.reply_due_on)


def write_xml(db: Sessions, file: IO[bytes], case_file_id: int, *, actor: Actor, at: datetime) -> None:
    """Write one file as XML, its documents in order of time; the audit trail keeps who took it.

    Raises:
        NotFound: there is no such file that ``actor`` may see.
    """
    from registry.printing import case_file_xml

    about, _parent = metadata(db, case_file_id, actor=actor)
    _record(db, case_file_id, about, actor, at)
    case_file_xml.write_xml(file, about, documents_in_time(db, case_file_id, actor=actor))


def write_pdf(db: Sessions, file: IO[bytes], case_file_id: int, *, store: FileStore, actor: Actor,
              at: datetime, on_progress: Callable[[int], None] | None = None) -> None:
    """Write one file as PDF, in order of time: cover, list, what is kept of each document, attached PDF files.

    ``on_progress`` is told how many documents and files are in, see ``weight``. For the rest see ``write_xml``.
    """
    from registry.printing.case_file_pdf import write_case_file

    about, parent = metadata(db, case_file_id, actor=actor)
    _record(db, case_file_id, about, actor, at)
    listed = contents(db, case_file_id, actor=actor, order="time")
    listed = replace(listed, told=[*listed.told, f"In {print_date(at.date())}"])
    write_case_file(file, about, parent, listed, documents_in_time(db, case_file_id, actor=actor, store=store),
                    copy_pages, on_progress)


def _record(db: Sessions, case_file_id: int, about: FileMetadata, actor: Actor, at: datetime) -> None:
    exporting.record(db, exporting.Taken("case_file", case_file_id, f"{about.code} ({about.year})"), actor=actor, at=at)
