"""The pages of work programmes: planned, pasted, carried over, issued."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.domain.work_programme import PlanPeriod
from registry.models import Document, PlannedDocument
from registry.services import planned_changes
from registry.services.planned_changes import NewPlanned
from tests.conftest import NOON
from tests.factories import CLERK


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


@pytest.fixture
def planned(office):
    return planned_changes.create(office.db, [NewPlanned(
        period=PlanPeriod(2021, "Q2"), subject="cải cách hành chính năm 2022", kind_id=office.kinds["KH"],
        issuer_id=office.committee, directive_id=office.register(number="21/QĐ-UBND", kind_id=office.kinds["QĐ"]))],
        actor=CLERK, at=NOON)[0]


def rows(office):
    with reading(office.db) as session:
        return session.execute(select(PlannedDocument.subject, PlannedDocument.state, PlannedDocument.period,
                                      PlannedDocument.document_id).order_by(PlannedDocument.id)).all()


def test_an_empty_programme_leads_to_pasting_one(clerk):
    page = clerk.get("/programme").text
    assert "Chưa có văn bản dự kiến nào" in page
    assert "/programme/paste" in page


def test_a_planned_document_is_entered_and_shown(office, clerk):
    answer = clerk.post("/programme/new", data={
        "year": "2021", "part": "Q3", "kind_id": str(office.kinds["KH"]), "subject": "phòng, chống thiên tai",
        "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "issuer_id": str(office.committee), "due_on": "15/8/2021"})
    page = clerk.get(answer.headers["Location"]).text
    assert "Kế hoạch phòng, chống thiên tai" in page
    assert "Quý III năm 2021" in page
    assert "15/8/2021" in page


@pytest.mark.parametrize(("typed", "told"), [
    pytest.param({"subject": ""}, "Cần điền mục này", id="nothing to issue"),
    pytest.param({"due_on": "01/01/2021"}, "không thể trước ngày", id="due before the period"),
    pytest.param({"directive": "99/KH-UBND"}, "Chưa có văn bản này trong sổ", id="a directive that is not there"),
    pytest.param({"issuer": "Cơ quan lạ"}, "Chưa có cơ quan này", id="an issuer that no list knows"),
    pytest.param({"part": "Q9"}, "Không có lựa chọn này", id="no such period"),
    pytest.param({"subject": "Độ mật: TỐI MẬT"}, "dấu chỉ độ mật", id="a secret"),
])
def test_a_refused_form_says_why_and_keeps_what_was_typed(office, clerk, typed, told):
    answer = clerk.post("/programme/new", data={"year": "2021", "part": "Q3", "subject": "phòng chống", "note": "giữ lại", **typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert "giữ lại" in answer.text
    assert rows(office) == []


def test_a_pasted_list_is_shown_before_it_is_entered(office, clerk):
    given = {"year": "2021", "part": "H2", "text": "Xây dựng Kế hoạch cải cách hành chính năm 2022; Dự toán thu, chi năm 2022"}
    seen = clerk.post("/programme/paste", data={**given, "answer": "read"}).text
    assert "Đã hiểu là 2 văn bản" in seen
    assert rows(office) == []
    answer = clerk.post("/programme/paste", data={**given, "answer": "save"})
    assert answer.headers["Location"] == "/programme?period=2021-H2"
    assert [row.subject for row in rows(office)] == ["cải cách hành chính năm 2022", "Dự toán thu, chi năm 2022"]


def test_a_line_that_is_due_before_the_period_is_marked_and_named(office, clerk):
    given = {"year": "2021", "part": "H2", "text": "Kế hoạch một\t01/9/2021\nKế hoạch hai\t01/3/2021"}
    assert clerk.post("/programme/paste", data={**given, "answer": "read"}).text.count("trước đầu kỳ") == 1
    assert "Dòng 2: Ngày 01/3/2021" in clerk.post("/programme/paste", data={**given, "answer": "save"}).text
    assert rows(office) == []


def test_issuing_fills_the_form_and_links_the_two(office, clerk, planned):
    form = clerk.get(f"/documents/new?planned_id={planned}").text
    assert "Ban hành từ chương trình công tác" in form
    assert "cải cách hành chính năm 2022</textarea>" in form
    assert 'value="21/QĐ-UBND"' in form
    answer = clerk.post("/documents/new", data={
        "direction": "outgoing", "planned_id": str(planned), "kind_id": str(office.kinds["KH"]), "number": "400/KH-UBND",
        "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "issuer_id": str(office.committee), "issued_on": "22/6/2021",
        "subject": "cải cách hành chính năm 2022", "urgency": "0"})
    with reading(office.db) as session:
        document_id = session.scalar(select(Document.id).where(Document.number == "400/KH-UBND"))
    assert answer.headers["Location"] == f"/documents/{document_id}"
    assert rows(office)[0].document_id == document_id
    assert "ban hành theo chương trình" in clerk.get(f"/documents/{document_id}").text


def test_a_plan_issued_meanwhile_lets_the_document_be_registered_without_it(office, clerk, planned):
    given = {"direction": "outgoing", "planned_id": str(planned), "kind_id": str(office.kinds["KH"]), "number": "400/KH-UBND",
             "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "issuer_id": str(office.committee), "issued_on": "22/6/2021",
             "subject": "cải cách hành chính năm 2022", "urgency": "0"}
    office.register(number="325/KH-UBND", planned_id=planned)
    refused = clerk.post("/documents/new", data=given)
    assert refused.status_code == 422
    assert "đã ban hành" in refused.text
    kept = re.search(r'name="planned_id"[^>]*value="([^"]*)"', refused.text)[1]
    assert clerk.post("/documents/new", data={**given, "planned_id": kept}).status_code == 302


def test_a_plan_is_carried_over_from_its_page(office, clerk, planned):
    refused = clerk.post(f"/programme/{planned}/carry", data={"version": "1", "year": "2021", "part": "Q3", "reason": ""})
    assert refused.status_code == 422
    assert "Cần nêu lý do" in refused.text
    clerk.post(f"/programme/{planned}/carry", data={"version": "1", "year": "2021", "part": "Q3", "reason": "chờ ý kiến"})
    assert [(row.state, row.period) for row in rows(office)] == [("carried", "2021-Q2"), ("planned", "2021-Q3")]
    page = clerk.get(f"/programme/{planned}").text
    assert "Chuyển sang" in page
    assert "chờ ý kiến" in page


def test_several_are_dropped_after_one_question(office, clerk, planned):
    other = planned_changes.create(office.db, [NewPlanned(period=PlanPeriod(2021, "Q2"), subject="tổng kết")], actor=CLERK, at=NOON)[0]
    ask = clerk.post("/programme/bulk", data={"action": "drop", "id": [str(planned), str(other)]})
    assert "Bỏ khỏi chương trình: 2 văn bản" in ask.text
    assert {row.state for row in rows(office)} == {"planned"}
    answer = clerk.post("/programme/bulk", data={
        "action": "drop", "id": [str(planned), str(other)], "confirmed": "1", "year": "2021", "part": "Q3", "reason": "trùng"})
    assert answer.status_code == 302
    assert {row.state for row in rows(office)} == {"dropped"}


def test_the_list_leads_to_what_is_overdue(office, clerk):
    planned_changes.create(office.db, [NewPlanned(
        period=PlanPeriod(2021, "Q2"), subject="cải cách hành chính", due_on=date(2021, 6, 1))], actor=CLERK, at=NOON)
    assert "quá hạn 1" in clerk.get("/programme").text
    assert "cải cách hành chính" in clerk.get("/programme?standing=overdue").text
    assert "Không có văn bản dự kiến nào khớp" in clerk.get("/programme?standing=overdue&unit_id=77&period=x").text


def test_the_list_is_taken_as_the_screen_shows_it(office, clerk, planned):
    planned_changes.create(office.db, [NewPlanned(period=PlanPeriod(2021, "Q3"), subject="=1+1 quý sau")], actor=CLERK, at=NOON)
    address = html.unescape(re.search(r'href="([^"]*export\?period=2021-Q3[^"]*xlsx)"', clerk.get("/programme?period=2021-Q3").text)[1])
    sheet = load_workbook(io.BytesIO(clerk.get(address).data)).active
    cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert cells[0] == ["Chương trình công tác: Quý III năm 2021"]
    assert cells[-1][2] == "=1+1 quý sau"
    assert clerk.get(address.replace("xlsx", "csv")).data.startswith(b"\xef\xbb\xbf")


def test_a_reader_sees_the_programme_and_changes_nothing(office, client_as, planned):
    reader = client_as(Role.READER)
    page = reader.get(f"/programme/{planned}").text
    assert "cải cách hành chính năm 2022" in page
    assert "<form method=\"post\" action=\"/programme" not in page
    assert reader.post(f"/programme/{planned}/drop", data={"version": "1", "reason": "x"}).status_code == 403
    assert date(2021, 6, 30).strftime("%d/%-m/%Y") in page


def test_the_excel_file_says_what_the_list_says(office, clerk):
    planned_changes.create(office.db, [NewPlanned(
        period=PlanPeriod(2021, "Q2"), subject="=1+1 là tiêu đề, không phải công thức", kind_id=office.kinds["KH"],
        issuer_id=office.committee)], actor=CLERK, at=NOON)
    sheet = load_workbook(BytesIO(clerk.get("/programme/export?format=xlsx").data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert any(row[:3] == ("STT", "Thời hạn", "Tên văn bản") for row in rows)
    assert rows[-1][2] == "Kế hoạch =1+1 là tiêu đề, không phải công thức"
