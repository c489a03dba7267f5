"""Reports as files: Word on the office's form, PDF, Excel; straight from the figures or as a person worded them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from registry.db import Sessions, reading
from registry.domain.report_document import ReportDocument, ReportHead, ReportParagraph, ReportPart
from registry.domain.tables import Column, Table
from registry.printing.report_pdf import report_pdf
from registry.printing.report_word import report_docx
from registry.printing.sheet import write_sheets
from registry.services import audit, report_forms, settings
from registry.services.actors import Actor
from registry.services.report_drafts import DraftPage, get_draft, usual_head
from registry.services.report_request import ReportRequest
from registry.services.report_sections import ReportKey, sections


class Format(StrEnum):
    """What kind of file."""

    WORD = "docx"
    PDF = "pdf"
    EXCEL = "xlsx"


TITLES = {
    ReportKey.ISSUED: "Văn bản đã ban hành, tham mưu ban hành {}",
    ReportKey.DIRECTIVES: "Tình hình thực hiện văn bản chỉ đạo {}",
    ReportKey.VOLUMES: "Tình hình tiếp nhận, phát hành văn bản {}",
    ReportKey.TASKS: "Nhiệm vụ tiếp theo sau {}",
}


def export(db: Sessions, request: ReportRequest, key: ReportKey, form: Format, *, actor: Actor,
           now: datetime) -> bytes:
    """Return one report as a file, as computed; the audit trail keeps who took it."""
    parts = tuple(
        ReportPart(one.heading, tuple(ReportParagraph(each.text) for each in one.paragraphs), one.tables, one.charts)
        for one in sections(db, request, [key], actor=actor, now=now))
    document = _document(db, usual_head(db, TITLES[key].format(request.span.name), actor=actor), parts)
    return _written(db, document, form, actor, now, request)


def export_draft(db: Sessions, request: ReportRequest, form: Format, *, actor: Actor, now: datetime) -> bytes:
    """Return the person's draft as a file, or the report as computed where they have none."""
    page = get_draft(db, request, actor=actor, now=now)
    return _written(db, _document(db, page.head.as_printed(), _parts(page), page.head.mark_edited), form, actor, now,
                    request)


def _parts(page: DraftPage) -> tuple[ReportPart, ...]:
    return tuple(
        ReportPart(one.section.heading,
                   tuple(ReportParagraph(block.text, block.edited) for block in one.blocks if block.text.strip()),
                   one.section.tables if page.head.tables else (), one.section.charts if page.head.tables else ())
        for one in page.sections)


def _document(db: Sessions, head: ReportHead, parts: tuple[ReportPart, ...], mark_edited: bool = False) -> ReportDocument:
    with reading(db) as session:
        office = settings.load(session)
    return ReportDocument(office.office_name, office.parent_name, office.place, head, parts, mark_edited)


def _written(db: Sessions, document: ReportDocument, form: Format, actor: Actor, at: datetime,
             request: ReportRequest) -> bytes:
    if form is Format.WORD:
        made = report_docx(document, report_forms.content(db))
    elif form is Format.PDF:
        made = report_pdf(document)
    else:
        made = _workbook(document)
    with db.begin() as session:
        audit.record(session, actor, at, "export", "report", label=document.head.subject,
                     changes={"from_on": request.span.start, "to_on": request.span.end, "kind": form.value})
    return made


def _workbook(document: ReportDocument) -> bytes:
    texts = Table("Lời văn", (Column("Phần", 34), Column("Đoạn văn", 110), Column("Nguồn", 14)), [
        (part.heading, one.text, "Đã sửa" if one.edited else "Tự tính")
        for part in document.parts for one in part.paragraphs], told=(document.head.subject,))
    file = io.BytesIO()
    write_sheets(file, [*_filled([texts]), *(table for part in document.parts for table in part.tables)] or [texts])
    return file.getvalue()


def _filled(tables: Iterable[Table]) -> list[Table]:
    return [table for table in tables if table.rows]
