"""The form (mẫu) on which reports are printed with Word: the one shipped, or the office's own in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import PurePath

from registry.db import Sessions, reading
from registry.domain.errors import NotFound
from registry.domain.report_document import (
    ReportChart,
    ReportDocument,
    ReportHead,
    ReportParagraph,
    ReportPart,
)
from registry.domain.tables import Column, Table
from registry.models import OfficeForm, User
from registry.printing import charts
from registry.printing.report_form import SHIPPED
from registry.printing.report_trial import try_form
from registry.printing.report_word import report_docx
from registry.services import audit
from registry.services.actors import Actor
from search_index.text import one_line

_NAME = "report"


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The office's own form, as the administrator's page shows it."""

    file_name: str
    size: int
    uploaded_at: datetime
    uploaded_by: str


def own(db: Sessions) -> OwnForm | None:
    """Return what is known of the office's own form; None where the shipped one is in use."""
    with reading(db) as session:
        row = session.get(OfficeForm, _NAME)
        if row is None:
            return None
        person = session.get(User, row.uploaded_by_id) if row.uploaded_by_id else None
        return OwnForm(row.file_name, len(row.content), row.uploaded_at, person.full_name if person else "")


def content(db: Sessions) -> bytes:
    """Return the form in use, as a Word file."""
    with reading(db) as session:
        row = session.get(OfficeForm, _NAME)
        return row.content if row else shipped()


@lru_cache(maxsize=1)
def shipped() -> bytes:
    """Return the form that comes with the program."""
    return SHIPPED.read_bytes()


def replace(db: Sessions, file_name: str, file: bytes, *, actor: Actor, at: datetime) -> None:
    """Take ``file`` as the office's form, once a report of sample figures has been printed on it.

    Raises:
        BadReportForm: it is no Word file, or the sample could not be printed on it; the form in use stays.
    """
    try_form(sample(at.date()), file)
    with db.begin() as session:
        row = session.get(OfficeForm, _NAME)
        before = row.file_name if row else None
        if row is None:
            row = OfficeForm(name=_NAME)
            session.add(row)
        row.file_name = one_line(PurePath(file_name.replace("\\", "/")).name)[:200] or "report.docx"
        row.content, row.uploaded_at, row.uploaded_by_id = file, at, actor.id
        audit.record(session, actor, at, "update", "report_form", label=row.file_name,
                     changes={"file": [before, row.file_name]})


def reset(db: Sessions, *, actor: Actor, at: datetime) -> None:
    """Go back to the shipped form.

    Raises:
        NotFound: it is in use already.
    """
    with db.begin() as session:
        row = session.get(OfficeForm, _NAME)
        if row is None:
            raise NotFound("report_form", _NAME)
        session.delete(row)
        audit.record(session, actor, at, "delete", "report_form", label=row.file_name,
                     changes={"file": [row.file_name, None]})


def preview(db: Sessions, *, today: date) -> bytes:
    """Return a report of sample figures on the form in use."""
    return report_docx(sample(today), content(db))


def sample(today: date) -> ReportDocument:
    """Return a report of made-up figures that uses all that a form may ask for."""
    table = Table("Bảng mẫu", (Column("TT", 6, "center"), Column("Nội dung", 40), Column("Số lượng", 12, "right")),
                  ((1, "Quyết định", 2), (2, "Kế hoạch & báo cáo <mẫu>", 11)))
    picture = charts.columns(["01/2021", "02/2021"], [("Đến", [3, 5]), ("Đi", [2, 4])], nothing="")
    return ReportDocument(
        "Tên cơ quan", "Cơ quan chủ quản", "Địa danh",
        ReportHead("Kết quả công tác sáu tháng đầu năm (mẫu)", "15/BC-MAU", today, "Cơ quan chủ quản\nLưu: VT",
                   "KT. Thủ trưởng", "Phó Thủ trưởng", "Nguyễn Văn A"),
        (ReportPart("PHẦN MẪU THỨ NHẤT", (ReportParagraph("Đoạn văn tự tính."), ReportParagraph("Đoạn đã sửa.", True)),
                    (table,), (ReportChart("Biểu đồ mẫu", picture),)),
         ReportPart("PHẦN MẪU THỨ HAI", (ReportParagraph("Một đoạn văn khác."),))), mark_edited=True)
