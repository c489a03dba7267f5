"""The pages of case files: opened, filled from a list, closed, handed over, taken as files."""

from __future__ import annotations

import io
from datetime import date

import pytest
from lxml import etree
from openpyxl import load_workbook

from registry.domain.roles import Role
from registry.services import case_file_changes, case_files
from registry.services.case_file_changes import NewCaseFile
from registry.web.case_files import exports
from tests.conftest import NOON
from tests.factories import CLERK


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


@pytest.fixture
def opened(office):
    return case_file_changes.create(office.db, NewCaseFile(
        year=2021, code="01.CNTT", title="Ứng dụng công nghệ thông tin", retention_years=20, started_on=date(2020, 1, 4)),
        actor=CLERK, at=NOON)


def row(office, case_file_id):
    return case_files.get_case_file(office.db, case_file_id, actor=CLERK)


def test_a_file_is_opened_with_the_documents_chosen_before(office, clerk):
    one, other = office.register(), office.register(number="326/KH-UBND")
    page = clerk.get(f"/case-files/choose?id={one}&id={other}").text
    assert "Đưa 2 văn bản vào hồ sơ" in page
    answer = clerk.post("/case-files/new", data={
        "id": [str(one), str(other)], "code": "01.CNTT", "year": "2021", "title": "Ứng dụng CNTT", "retention": "ever",
        "started_on": "04/01/2021", "language": "Tiếng Việt"})
    page = clerk.get(answer.headers["Location"]).text
    assert "Vĩnh viễn" in page
    assert page.index("325/KH-UBND") < page.index("326/KH-UBND")


@pytest.mark.parametrize(("typed", "told"), [
    pytest.param({"retention": ""}, "Cần điền mục này", id="no retention"),
    pytest.param({"retention": "7"}, "Không có lựa chọn này", id="a retention that is not offered"),
    pytest.param({"started_on": "01/01/2022"}, "chưa đến", id="begins in the future"),
    pytest.param({"code": "01. cntt"}, "đã có hồ sơ mang số", id="a code that is taken"),
])
def test_a_refused_form_says_why(office, clerk, opened, typed, told):
    answer = clerk.post("/case-files/new", data={
        "code": "02.CNTT", "year": "2021", "title": "Ứng dụng CNTT", "retention": "20", "started_on": "04/01/2021", **typed})
    assert answer.status_code == 422
    assert told in answer.text


def test_documents_of_a_list_go_into_a_file_by_what_is_typed(office, clerk, opened):
    document = office.register()
    assert f'name="id" value="{document}"' in clerk.get("/documents").text
    given = {"confirmed": "1", "id": str(document)}
    refused = clerk.post("/case-files/choose", data={**given, "case_file": "khác"})
    assert refused.status_code == 422
    assert "Không có hồ sơ đang lập nào như vậy" in refused.text
    assert clerk.get("/case-files/suggest.json?q=01 cong nghe").json[0]["id"] == opened
    answer = clerk.post("/case-files/choose", data={**given, "case_file": "ung dung cong nghe"})
    assert answer.headers["Location"] == f"/case-files/{opened}"
    assert "01.CNTT (2021)" in clerk.get(f"/documents/{document}").text


def test_a_document_is_added_moved_and_taken_out_on_the_page(office, clerk, opened):
    first, second = office.register(), office.register(number="326/KH-UBND")
    for number in ("325/KH-UBND", "326/KH-UBND"):
        clerk.post(f"/case-files/{opened}/add", data={"document": number})
    refused = clerk.post(f"/case-files/{opened}/add", data={"document": "325/KH-UBND"})
    assert "có trong hồ sơ rồi" in refused.text
    clerk.post(f"/case-files/{opened}/documents/{second}", data={"answer": "up"})
    page = clerk.get(f"/case-files/{opened}").text
    assert page.index("326/KH-UBND") < page.index("325/KH-UBND")
    clerk.post(f"/case-files/{opened}/documents/{first}", data={"answer": "remove"})
    assert row(office, opened).documents == 1


def test_closing_asks_for_the_end_and_tells_when_it_is_due(office, clerk, opened):
    refused = clerk.post(f"/case-files/{opened}/close", data={"version": "1", "ended_on": ""})
    assert refused.status_code == 422
    assert "Cần điền mục này" in refused.text
    clerk.post(f"/case-files/{opened}/close", data={"version": "1", "ended_on": "10/7/2020"})
    assert "đến hạn nộp lưu 10/7/2021" in clerk.get(f"/case-files/{opened}").text
    assert "01.CNTT" in clerk.get("/case-files?due=1").text


def test_several_files_are_handed_over_after_one_question(office, clerk, opened):
    case_file_changes.close(office.db, opened, 1, date(2020, 7, 1), actor=CLERK, at=NOON)
    assert "Ghi nhận nộp lưu 1 hồ sơ" in clerk.post("/case-files/hand-over", data={"id": str(opened)}).text
    assert row(office, opened).handed_over_on is None
    answer = clerk.post("/case-files/hand-over", data={
        "id": str(opened), "confirmed": "1", "handed_over_on": "21/6/2021", "note": "BB 02"})
    assert answer.status_code == 302
    assert row(office, opened).handed_over_on == date(2021, 6, 21)


def test_lists_and_the_file_are_taken_in_each_format(office, clerk, opened):
    case_file_changes.add_documents(office.db, opened, [office.register()], actor=CLERK, at=NOON)
    for address in ("/case-files/catalogue?year=2021&format=xlsx", "/case-files/for-archive?format=xlsx",
                    f"/case-files/{opened}/contents?format=xlsx"):
        answer = clerk.get(address)
        assert answer.headers["Content-Disposition"].endswith('.xlsx"')
        assert "MỤC" in load_workbook(io.BytesIO(answer.data)).active["A1"].value
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert clerk.get(f"/case-files/{opened}/contents?format={ending}").data.startswith(start)
    assert clerk.get(f"/case-files/{opened}/file.pdf").data.startswith(b"%PDF")
    assert etree.fromstring(clerk.get(f"/case-files/{opened}/file.xml").data).findtext("DocTotal") == "1"
    assert clerk.get(f"/case-files/{opened}/file.exe").status_code == 404


def test_an_official_opens_files_for_themselves_and_sees_no_buttons_on_others(office, client_as, opened):
    official = client_as(Role.OFFICIAL)
    page = official.get(f"/case-files/{opened}").text
    assert "Kết thúc hồ sơ" not in page
    assert official.post(f"/case-files/{opened}/close", data={"version": "1", "ended_on": "10/7/2020"}).status_code == 422
    form = official.get("/case-files/new").text
    assert 'selected value="' in form  # the person is chosen already


def test_a_large_case_file_is_made_as_pdf_behind_a_page(office, client_as, opened, monkeypatch):
    monkeypatch.setattr(exports, "_MOST_DOCUMENTS_AT_ONCE", 1)
    clerk = client_as(Role.CLERK)
    case_file_changes.add_documents(office.db, opened, [office.register(), office.register(number="2/KH-UBND")],
                                    actor=CLERK, at=NOON)
    sent = clerk.get(f"/case-files/{opened}/file.pdf")
    assert "đã sẵn sàng" in clerk.get(sent.location).text
    assert clerk.get(f"{sent.location}/file").data.startswith(b"%PDF")
