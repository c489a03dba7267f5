"""Importing rows: each to an outcome, on both databases."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from registry.db import Sessions, reading
from registry.domain.importing_columns import guess
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import AuditEvent, Citation, Document, DocumentText, Organisation
from registry.services import audit, import_rows, importing, lookup
from registry.services.actors import at_the_machine
from registry.services.document_lists import DocumentFilter, find_documents
from registry.services.documents import get_document
from registry.services.import_files import open_source
from registry.services.import_report import ImportReport
from tests.conftest import NOON
from tests.domain.test_import_columns import CELLS
from tests.factories import CLERK

ROW = {"id": "x-1", "number": "15/QĐ-UBND", "type": "Quyết định", "date": "2021-03-05",
       "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "title": "Về việc giao chỉ tiêu"}


def imported(db: Sessions, folder: Path, rows: list[dict], **options) -> ImportReport:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with open_source(path) as source:
        return importing.run(db, source, mapping=guess(source.columns), actor=at_the_machine(Role.CLERK), at=NOON,
                             **options)


def documents(db: Sessions) -> list[Document]:
    with reading(db) as session:
        return list(session.scalars(select(Document).order_by(Document.id)))


def test_the_whole_row_is_kept(office, db, tmp_path):
    report = imported(db, tmp_path, [dict(ROW, body="Điều 1.\nGiao chỉ tiêu.", color="đỏ")])
    assert (report.registered, report.refused, report.warned) == (1, 0, 0)
    (document,) = documents(db)
    assert (document.number, document.direction, str(document.issued_on)) == ("15/QĐ-UBND", "incoming", "2021-03-05")
    assert document.notes == "color: đỏ"
    with reading(db) as session:
        assert session.get_one(DocumentText, document.id).text == "Điều 1.\nGiao chỉ tiêu."
    assert audit.verify(db).whole


def test_the_same_rows_again_update_nothing(office, db, tmp_path):
    imported(db, tmp_path, [ROW])
    report = imported(db, tmp_path, [dict(ROW, title="Sửa trích yếu")])
    assert (report.registered, report.already) == (0, 1)
    assert documents(db)[0].subject == "Về việc giao chỉ tiêu"


def test_rows_without_id_are_found_again(office, db, tmp_path):
    row = {name: value for name, value in ROW.items() if name != "id"}
    imported(db, tmp_path, [row])
    report = imported(db, tmp_path, [row, dict(row, number="16/QĐ-UBND")])
    assert (report.registered, report.already) == (1, 1)


def test_the_id_of_another_document_is_refused(office, db, tmp_path):
    imported(db, tmp_path, [ROW])
    report = imported(db, tmp_path, [dict(ROW, number="77/KH-UBND", title="Kế hoạch khác hẳn")])
    assert report.refused == 1


def test_a_number_twice_in_the_file_is_kept_twice_with_the_reason(office, db, tmp_path):
    report = imported(db, tmp_path, [ROW, dict(ROW, id="x-2", title="Trùng số")])
    assert (report.registered, report.warned) == (2, 1)
    assert documents(db)[1].duplicate_reason == import_rows.TWICE_IN_FILE


def test_an_unknown_issuer_is_made_once_for_review(office, db, tmp_path):
    rows = [dict(ROW, id=f"x-{n}", number=f"{n}/QĐ-UBND", issuer="Ban Quản lý chợ Đồng Xuân") for n in range(1, 4)]
    report = imported(db, tmp_path, rows)
    assert report.new_issuers == ["Ban Quản lý chợ Đồng Xuân"]
    with reading(db) as session:
        assert session.scalar(select(func.count()).where(Organisation.needs_review)) == 1


def test_an_issuer_of_a_refused_row_is_not_left_behind(office, db, tmp_path):
    late = dict(ROW, issuer="Ban Quản lý chợ Đồng Xuân", date="2090-01-01")
    report = imported(db, tmp_path, [late, dict(ROW, id="x-2", issuer="Ban Quản lý chợ Đồng Xuân")])
    assert (report.registered, report.refused) == (1, 1)
    assert report.new_issuers == ["Ban Quản lý chợ Đồng Xuân"]


def test_a_secret_row_leaves_an_event_without_its_content(office, db, tmp_path):
    report = imported(db, tmp_path, [dict(ROW, title="Phương án bí ẩn", body="TỐI MẬT\nPhương án bí ẩn")])
    assert report.refused == 1
    assert "bí ẩn" not in repr(report)
    assert documents(db) == []
    with reading(db) as session:
        events = session.scalars(select(AuditEvent)).all()
    assert "refuse_secret" in {event.action for event in events}
    assert not any("bí ẩn" in f"{event.label} {event.changes}" for event in events)


def test_what_cannot_be_read_is_kept_as_text_and_told(office, db, tmp_path):
    report = imported(db, tmp_path, [dict(ROW, number="số 15 của xã", type="Giấy lạ", date="Quý II/2021")])
    assert (report.registered, report.warned) == (1, 1)
    (document,) = documents(db)
    assert document.number == "số 15 của xã"
    assert "type: Giấy lạ" in document.notes
    assert "date: Quý II/2021" in document.notes


def test_what_the_office_itself_issued_is_outgoing(office, db, tmp_path):
    from registry.services import settings as office_settings

    imported(db, tmp_path, [ROW])
    own = documents(db)[0].issuer_id
    office_settings.change(db, actor=at_the_machine(Role.ADMINISTRATOR), at=NOON, organisation_id=own)
    imported(db, tmp_path, [dict(ROW, id="x-2", number="16/QĐ-UBND")])
    assert documents(db)[1].direction == "outgoing"


def test_a_dry_run_tells_the_same_and_keeps_nothing(office, db, tmp_path):
    rows = [dict(ROW, id=f"x-{n}", number=f"{n}/QĐ-UBND") for n in range(1, 450)]
    tried = imported(db, tmp_path, rows, dry_run=True)
    assert documents(db) == []
    done = imported(db, tmp_path, rows)
    assert (tried.registered, tried.refused) == (done.registered, done.refused) == (449, 0)


@settings(max_examples=25)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "number", "type", "date", "issuer", "title", "body", "Số bản",
                                                 "Ngày đến", "Độ mật", "Lĩnh vực", "Màu"]), CELLS, min_size=1),
                min_size=1, max_size=4))
def test_every_row_has_an_outcome_whatever_its_cells(office, db, tmp_path, rows):
    report = imported(db, tmp_path, rows)
    assert report.rows == len(rows) == report.registered + report.already + report.refused
    assert report.fault is None


def test_an_own_document_with_an_unreadable_date_is_kept_and_the_date_shown(office, tmp_path):
    path = tmp_path / "so.csv"
    path.write_text("Số ký hiệu,Ngày văn bản,Cơ quan ban hành,Trích yếu\n"
                    "15/KH-UBND,31/02/2021,Ủy ban nhân dân tỉnh Hà Nam,Kế hoạch thử\n", encoding="utf-8")
    with open_source(path) as source:
        report = importing.run(office.db, source, mapping=guess(source.columns), actor=CLERK, at=NOON,
                               direction=Direction.OUTGOING)
    assert report.refused == 0
    (row,) = find_documents(office.db, DocumentFilter(), actor=CLERK).rows
    assert (row.number, row.issued_on) == ("15/KH-UBND", None)
    assert "31/02/2021" in get_document(office.db, row.id, actor=CLERK).notes


def test_a_numeral_of_a_workbook_keeps_the_zeros_that_its_cell_shows(office, tmp_path):
    book = openpyxl.Workbook()
    for row in (["Số", "Ký hiệu", "Ngày văn bản", "Trích yếu"], [12, "QĐ-UBND", "05/03/2021", "giao chỉ tiêu"],
                ["013", "QĐ-UBND", "05/03/2021", "giao đất"], [14, "QĐ-UBND", "05/03/2021", "giao rừng"]):
        book.active.append(row)
    book.active["A2"].number_format = "000"
    book.save(tmp_path / "so.xlsx")
    with open_source(tmp_path / "so.xlsx") as source:
        importing.run(office.db, source, mapping=guess(source.columns), actor=CLERK, at=NOON)
    assert [document.number for document in documents(office.db)] == ["012/QĐ-UBND", "013/QĐ-UBND", "14/QĐ-UBND"]
    assert [row.number for row in lookup.find_by_number(office.db, "12/QĐ-UBND", actor=CLERK)] == ["012/QĐ-UBND"]


OLD_TABLE = ("Sè ký hiÖu;Ngµy v¨n b¶n;C¬ quan ban hµnh;TrÝch yÕu\n"
             "15/Q§-UBND;05/03/2021;Së Y tÕ;vÒ viÖc phßng, chèng dÞch n\u00adíc\n")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_table_in_tcvn3_is_kept_in_unicode_and_told(office, tmp_path, encoding):
    path = tmp_path / "so.csv"
    path.write_bytes((OLD_TABLE + "16/KH-UBND;06/03/2021;UBND;ke hoach\n").encode(encoding))
    with open_source(path) as source:
        report = importing.run(office.db, source, mapping=guess(source.columns), actor=CLERK, at=NOON)
    assert (report.registered, report.warned, report.converted) == (2, 0, {"tcvn3": 1})
    found = {row.number: row for row in find_documents(office.db, DocumentFilter(), actor=CLERK).rows}
    assert (found["15/QĐ-UBND"].subject, found["15/QĐ-UBND"].issuer) == ("về việc phòng, chống dịch nước", "Sở Y tế")


def test_a_table_in_vietnamese_windows_code_stays_what_it_is(office, tmp_path):
    path = tmp_path / "so.csv"
    text = unicodedata.normalize("NFD", "Số ký hiệu;Trích yếu\n15/KH-UBND;về việc phòng chống dịch\n")
    for bare, roof in (("a\u0302", "â"), ("e\u0302", "ê"), ("o\u0302", "ô"), ("e\u0323\u0302", "ê\u0323")):
        text = text.replace(bare, roof)
    path.write_bytes(text.encode("cp1258"))
    with open_source(path) as source:
        report = importing.run(office.db, source, mapping=guess(source.columns), actor=CLERK, at=NOON)
    assert (report.remark, report.converted) == ("cp1258", {})
    assert [row.subject for row in find_documents(office.db, DocumentFilter(), actor=CLERK).rows] == [
        "về việc phòng chống dịch"]


def test_a_secrecy_mark_in_an_old_encoding_is_seen(office, db, tmp_path):
    report = imported(db, tmp_path, [dict(ROW, body="TUYÖT MËT\n\nkÕ ho¹ch phßng thñ cña tØnh")])
    assert (report.registered, report.refused) == (0, 1)


def test_what_long_texts_cite_is_linked_as_well(office, db, tmp_path):
    directive = "Thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ."
    filling = "Các đơn vị tổ chức thực hiện.\n" * 2000
    rows = [{"id": f"r{at}", "number": f"{at}/KH-UBND", "date": "2021-05-04", "title": "Kế hoạch",
             "issuer": "UBND tỉnh Hà Nam", "body": body}
            for at, body in ((1, directive), (2, filling + directive))]
    told = []
    imported(db, tmp_path, rows, on_progress=lambda report: told.append(report.rows))
    with reading(db) as session:
        links = session.scalars(select(Citation).order_by(Citation.citing_id)).all()
    assert len(links) == 2
    assert links[0].cited_id == links[1].cited_id
    assert links[1].start == len(filling) + len("Thực hiện ")
    assert told == [2, 2]  # the second time when the long text was read


def test_without_links_nothing_is_read(office, db, tmp_path):
    rows = [{"id": "r1", "number": "1/KH-UBND", "date": "2021-05-04", "title": "Kế hoạch",
             "body": "Căn cứ Quyết định số 21/QĐ-TTg ngày 06/01/2021. " * 1000}]
    imported(db, tmp_path, rows, links=False)
    with reading(db) as session:
        assert session.scalar(select(Citation.id)) is None
