"""Importing a file on the pages: columns, preview, what came of it."""

from __future__ import annotations

import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from registry.db import reading
from registry.domain.roles import Role
from registry.models import AuditEvent, Document
from registry.services import import_uploads, importing
from tests.web.conftest import Person


def workbook() -> bytes:
    """A register as offices keep it: a merged title, two header rows, column numbers, messy cells."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "SỔ CÔNG VĂN ĐẾN NĂM 2021"
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["TT", "Văn bản", None, "Tên loại và trích yếu nội dung", "Cơ quan ban hành", "Ghi chú"])
    sheet.merge_cells("B3:C3")
    sheet.append([None, "Số, ký hiệu", "Ngày, tháng", None, None, None])
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"])
    sheet.append([1, "Công văn số 194/TTr-CAT-QLHC ngày 16/10/2020", None, "V/v cấp căn cước", "Công an tỉnh Hà Nam", ""])
    sheet.append([2, "15/QĐ-UBND", date(2021, 1, 5), "Quyết định giao chỉ tiêu", "UBND tỉnh Hà Nam", "gấp"])
    sheet.append([3, "16/QĐ-UBND", "31/02/2021", "Quyết định về bồi thường", "UBND tỉnh Hà Nam", ""])
    sheet.append([4, "17/QĐ-UBND", "5/3/2099", "=cmd|' /C calc'!A1", "UBND tỉnh Hà Nam", ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def clerk(office, client_as) -> Person:
    """A clerk's browser in an office with the shipped lists."""
    return client_as(Role.CLERK)


def send(person: Person, content: bytes, name: str) -> str:
    """Send a file and return the address of its columns."""
    answer = person.post("/imports", data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def count(db) -> int:
    with reading(db) as session:
        return session.scalar(select(func.count()).select_from(Document)) or 0


def test_the_preview_is_the_real_run_and_keeps_nothing(clerk, db):
    before = count(db)
    page = clerk.get(send(clerk, workbook(), "sổ đến.xlsx")).text
    assert "194/TTr-CAT-QLHC" in page
    assert "16/10/2020" in page
    assert "Không có ngày “31/02/2021” trong lịch" in page
    assert "chưa đến" in page
    assert "<td>17/QĐ-UBND</td>" in page  # a refused row says which one it is
    assert count(db) == before


def test_a_file_is_imported_told_and_deleted(clerk, db, tmp_path):
    before = count(db)
    address = send(clerk, workbook(), "sổ đến.xlsx")
    done = clerk.post(f"{address}/run", data={})
    page = clerk.get(done.location).text
    assert "4 dòng: 3 đã đăng ký" in page
    assert count(db) == before + 3
    assert [path.suffix for path in (tmp_path / "imports").iterdir()] == [".result"]
    with reading(db) as session:
        assert session.scalar(select(func.count()).where(AuditEvent.action == "import")) == 1
    table = clerk.get(re.search(r'href="([^"]+refused\.csv)"', page)[1])
    assert "chưa đến" in table.text
    assert clerk.post(f"{address}/run", data={}).status_code == 404
    assert "<td>15/QĐ-UBND</td>" in clerk.get(send(clerk, workbook(), "sổ đến.xlsx")).text  # there already: which one


def test_a_corrected_column_is_read_as_corrected(clerk):
    content = "Số, ký hiệu;Ngày;Việc\n15/QĐ-UBND;5/1/2021;Giao chỉ tiêu\n".encode()
    address = send(clerk, content, "so.csv")
    assert "Dòng không có trích yếu" in clerk.get(address).text
    page = clerk.post(address, data={"column-2": "subject", "direction": "incoming"}).text
    assert "Dòng không có trích yếu" not in page
    assert "Giao chỉ tiêu" in page


def test_a_table_in_vni_is_shown_in_unicode_and_told(clerk):
    address = send(clerk, "Soá kyù hieäu;Trích yeáu noäi dung\n15/QÑ-UBND;veà vieäc giao chæ tieâu\n".encode(), "so.csv")
    preview = clerk.get(address).text
    assert "1 dòng đã chuyển từ mã VNI sang Unicode" in preview
    assert "về việc giao chỉ tiêu" in preview
    assert "15/QĐ-UBND" in preview
    assert "đã chuyển từ mã VNI" in clerk.get(clerk.post(f"{address}/run", data={}).location).text


def test_formulas_in_refused_values_stay_text(clerk):
    content = f"number,date,title,id\n15/QD-UBND,2021-01-05,viec,={'1+' * 60}1\n".encode()
    address = send(clerk, content, "so.csv")
    clerk.post(f"{address}/run", data={})
    assert ",'=1+1+" in clerk.get(f"{address}/refused.csv").text


def test_another_persons_file_is_not_there(clerk, client_as):
    address = send(clerk, workbook(), "so.xlsx")
    administrator = client_as(Role.ADMINISTRATOR)
    for path in (address, f"{address}/result", f"{address}/refused.csv"):
        assert administrator.get(path).status_code in {403, 404}
    assert clerk.get(address).status_code == 200


@pytest.mark.parametrize(("name", "content"), [
    ("x.exe", b"MZ"), ("x.xlsx", b"PK\x03\x04 no"), ("x.csv", b""), ("x.jsonl.gz", b"\x1f\x8bno"),
    ("phương án (TỐI MẬT).csv", b"number,title\n1,2\n"), ("../../x.csv", b"\x00\x00"), ("", b""),
], ids=["program", "broken workbook", "empty", "broken gzip", "secret name", "path", "no file"])
def test_a_file_that_cannot_be_imported_is_refused_with_a_sentence(clerk, name, content, tmp_path: Path):
    answer = clerk.post("/imports", data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    if answer.status_code == 302:
        answer = clerk.get(answer.location)
    assert answer.status_code == 422
    assert "alert-danger" in answer.text
    assert not list((tmp_path / "imports").glob("*")) if (tmp_path / "imports").exists() else True


def test_nothing_of_a_secret_row_is_shown_or_kept(clerk, tmp_path):
    content = "number,date,title,Độ mật\n15/QĐ-UBND,2021-01-05,Phương án bí ẩn,Mật\n".encode()
    address = send(clerk, content, "so.csv")
    assert "bí ẩn" not in clerk.get(address).text
    page = clerk.get(clerk.post(f"{address}/run", data={}).location).text
    assert "1 bị từ chối" in page
    assert "bí ẩn" not in page
    for path in (tmp_path / "imports").iterdir():
        assert "bí ẩn" not in path.read_text(encoding="utf-8")


def test_the_page_tells_how_far_an_import_is_and_when_it_was_cut_off(clerk, tmp_path):
    token = send(clerk, workbook(), "sổ đến.xlsx").rsplit("/", 1)[1]
    user_id = int(next((tmp_path / "imports").glob("*.data")).name.split("-")[0])
    import_uploads.save_progress(tmp_path, user_id, token, 1200)
    page = clerk.get(f"/imports/{token}/result").text
    assert "Đã xong 1.200 dòng" in page
    assert 'http-equiv="refresh"' in page
    os.utime(tmp_path / "imports" / f"{user_id}-{token}.progress", (0, 0))
    page = clerk.get(f"/imports/{token}/result").text
    assert "bị ngắt sau 1.200 dòng" in page
    assert 'http-equiv="refresh"' not in page


def test_a_fault_of_the_program_is_told_on_the_page_and_kept_in_the_log(clerk, monkeypatch, caplog):
    def broken(*_args, **_facts):
        raise ZeroDivisionError

    address = send(clerk, workbook(), "sổ đến.xlsx")
    monkeypatch.setattr(importing, "run", broken)
    page = clerk.get(clerk.post(f"{address}/run", data={}).location).text
    reference = re.search(r"mã tra cứu (\w+)", page)[1]
    assert reference in caplog.text
    assert "ZeroDivisionError" in caplog.text
