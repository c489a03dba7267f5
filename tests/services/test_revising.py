"""Documents taken out to a spreadsheet, edited, and brought back."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain import errors, import_errors
from registry.domain.importing_columns import guess
from registry.domain.values import Direction, Urgency
from registry.models import AuditEvent, Document
from registry.printing.sheet import write_csv, write_xlsx
from registry.services import document_life, documents, importing, revising, units
from registry.services.document_lists import DocumentFilter
from registry.services.document_rows import Reference
from registry.services.import_files import open_source
from registry.services.units import UnitData
from tests.conftest import NOON
from tests.factories import CLERK, READER


class Sheet:
    """A list taken out to a file, and the hand that edits it."""

    def __init__(self, office, path):
        self.office = office
        self.path = path
        with path.open("w+b") as file:
            made = revising.table(office.db, DocumentFilter(), actor=CLERK, sort="registered", descending=False)
            (write_csv if path.suffix == ".csv" else write_xlsx)(file, made)

    def edit(self, number, **cells):
        """Change cells of the row with this number, by heading (underscores for spaces)."""
        book = openpyxl.load_workbook(self.path)
        sheet = book.active
        head = next(row for row in sheet.iter_rows() if row[0].value == "Số, ký hiệu")
        places = {cell.value: cell.column for cell in head}
        row = next(row[0].row for row in sheet.iter_rows(min_row=head[0].row + 1) if row[0].value == number)
        for heading, value in cells.items():
            sheet.cell(row, places[heading.replace("_", " ")]).value = value
        book.save(self.path)

    def bring_back(self, *, actor=CLERK, dry_run=False):
        with open_source(self.path) as source:
            return revising.run(self.office.db, source, actor=actor, at=NOON, dry_run=dry_run)


@pytest.fixture
def plan(office):
    return office.register(signer_name="Lê Văn B", copies=12, sent_on=date(2021, 2, 5), notes="=SUM(1)\ndòng hai",
                           recipients="UBND các huyện\n- Lưu: VT", text="Căn cứ Luật",
                           references=(Reference(number="749/QĐ-TTg", issued_on=date(2020, 6, 3), relation="implements"),))


@pytest.fixture
def order(office):
    return office.register(direction=Direction.INCOMING, number="05/CT-TTg", kind_id=office.kinds["CT"],
                           issuer_id=office.bodies["thu-tuong"], issued_on=date(2021, 6, 1),
                           received_on=date(2021, 6, 3), subject="đẩy mạnh chuyển đổi số")


def stored(office, document_id):
    with reading(office.db) as session:
        return session.get_one(Document, document_id)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_file_brought_back_as_it_was_changes_nothing(office, plan, order, tmp_path, suffix):
    report = Sheet(office, tmp_path / f"a{suffix}").bring_back()
    assert (report.rows, report.changed, report.refused, report.same, report.told) == (2, 0, 0, 2, [])
    assert stored(office, plan).version == 1


def test_what_was_edited_is_shown_first_and_written_then(office, plan, order, tmp_path):
    sheet = Sheet(office, tmp_path / "a.xlsx")
    sheet.edit("325/KH-UBND", Số_lượng_bản=15, Hạn_trả_lời="30/6/2021", Mức_độ_khẩn="hỏa tốc", Ghi_chú=None,
               Trích_yếu="thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2021")
    seen = sheet.bring_back(dry_run=True)
    [row] = seen.told
    assert {one.heading: (one.before, one.after) for one in row.differences} == {
        "Trích yếu": ("ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
                      "thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2021"),
        "Mức độ khẩn": ("Thường", "Hỏa tốc"), "Số lượng bản": ("12", "15"), "Hạn trả lời": ("", "30/6/2021"),
        "Ghi chú": ("=SUM(1)\ndòng hai", "")}
    assert stored(office, plan).copies == 12

    written = sheet.bring_back()
    assert (written.changed, written.same) == (1, 1)
    after = stored(office, plan)
    assert (after.copies, after.reply_due_on, after.urgency, after.notes, after.version) == (
        15, date(2021, 6, 30), Urgency.EXPRESS, "", 2)
    assert (after.number, after.signer_name) == ("325/KH-UBND", "Lê Văn B")
    cited = {one.number for one in documents.get_document(office.db, plan, actor=CLERK).cites}
    assert cited == {"749/QĐ-TTg", "21/QĐ-TTg"}
    with reading(office.db) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "update")).one()
        assert event.changes["copies"] == [12, 15]


def test_a_document_edited_in_a_sheet_counts_for_the_unit_that_it_names_then(office, plan, tmp_path):
    unit = units.save_unit(office.db, None, UnitData("Phòng Văn thư"), actor=CLERK, at=NOON)
    sheet = Sheet(office, tmp_path / "danh-sach.xlsx")
    sheet.edit("325/KH-UBND", **{"Đơn vị, người nhận bản lưu": "Phòng Văn thư"})
    assert sheet.bring_back().changed == 1
    with reading(office.db) as session:
        assert session.get(Document, plan).unit_id == unit


def test_a_document_that_changed_meanwhile_is_a_conflict_and_stays(office, plan, tmp_path):
    sheet = Sheet(office, tmp_path / "a.xlsx")
    document_life.cancel(office.db, plan, 1, "nhầm", actor=CLERK, at=NOON)
    sheet.edit("325/KH-UBND", Số_lượng_bản=15)
    [row] = sheet.bring_back().told
    assert isinstance(row.error, import_errors.ChangedSinceExport)
    assert stored(office, plan).copies == 12


def test_a_second_run_of_the_same_file_finds_everything_written(office, plan, tmp_path):
    sheet = Sheet(office, tmp_path / "a.xlsx")
    sheet.edit("325/KH-UBND", Số_lượng_bản=15)
    sheet.bring_back()
    assert (sheet.bring_back().changed, sheet.bring_back().refused) == (0, 0)


@pytest.mark.parametrize(("cells", "fault", "column"), [
    pytest.param({"Ngày_gửi": "31/02/2021"}, errors.BadDate, "Ngày gửi", id="no such day"),
    pytest.param({"Ngày_gửi": "01/01/2021"}, errors.DatesOutOfOrder, "Ngày gửi", id="sent before it was issued"),
    pytest.param({"Số_lượng_bản": "mười"}, import_errors.BadCell, "Số lượng bản", id="no count"),
    pytest.param({"Lĩnh_vực": "không có"}, import_errors.BadCell, "Lĩnh vực", id="no such field"),
    pytest.param({"Trích_yếu": None}, errors.MissingValue, "Trích yếu", id="no subject"),
    pytest.param({"Trích_yếu": "x" * 5001}, errors.TooLong, "Trích yếu", id="too long"),
    pytest.param({"Phiên_bản": None}, import_errors.BadCell, "", id="no version"),
    pytest.param({"Mã_văn_bản": 999}, errors.NotFound, "Mã văn bản", id="no such document"),
    pytest.param({"Số,_ký_hiệu": "326/KH-UBND"}, import_errors.RowOfAnother, "", id="rows mixed up by sorting"),
    pytest.param({"Ghi_chú": "TUYỆT MẬT"}, errors.SecretDocument, "", id="a secrecy mark"),
])
def test_a_row_that_cannot_be_written_is_named_and_the_others_are_written(office, plan, order, tmp_path, cells, fault, column):
    sheet = Sheet(office, tmp_path / "a.xlsx")
    sheet.edit("05/CT-TTg", Chuyển_cho="Phòng Tổng hợp")
    sheet.edit("325/KH-UBND", **cells)
    report = sheet.bring_back()
    assert (report.changed, report.refused) == (1, 1)
    refused = next(row for row in report.told if row.error)
    assert isinstance(refused.error, fault)
    assert refused.column == column
    assert stored(office, order).handed_to == "Phòng Tổng hợp"
    assert stored(office, plan).version == 1


def test_a_row_twice_in_the_file_counts_once(office, plan, tmp_path):
    sheet = Sheet(office, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(sheet.path)
    book.active.append([cell.value for cell in list(book.active.iter_rows())[-1]])
    book.save(sheet.path)
    report = sheet.bring_back()
    assert (report.rows, report.refused) == (2, 1)
    assert isinstance(report.told[0].error, import_errors.RepeatedRow)


def test_a_list_to_be_edited_is_never_imported_as_new_documents(office, plan, tmp_path):
    sheet = Sheet(office, tmp_path / "a.xlsx")
    with open_source(sheet.path) as source, pytest.raises(import_errors.BadImportFile, match="taken_out"):
        importing.run(office.db, source, mapping=guess(source.columns), actor=CLERK, at=NOON)


def test_restricted_documents_stay_with_those_who_may_see_them(office, tmp_path):
    office.register(restricted=True)
    sheet = Sheet(office, tmp_path / "a.xlsx")
    sheet.edit("325/KH-UBND", Số_lượng_bản=15)
    [row] = sheet.bring_back(actor=READER).told
    assert isinstance(row.error, errors.NotFound)
    assert not row.document
