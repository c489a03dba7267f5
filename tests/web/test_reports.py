"""Pages of reports: the period in the address, files, drafts, and the administrator's own form."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pypdfium2
import pytest

from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.printing.report_form import SHIPPED
from registry.services import audit, settings
from tests.conftest import NOON
from tests.factories import CLERK
from tests.printing.test_reports import texts, with_body

JUNE = "kind=month&year=2021&number=6"
PAGES = ("issued", "directives", "tasks", "volumes")


@pytest.fixture
def plans(office):
    settings.change(office.db, actor=CLERK, at=NOON, office_name="Sở Thông tin và Truyền thông tỉnh Hà Nam",
                    parent_name="Ủy ban nhân dân tỉnh Hà Nam", place="Hà Nam")
    office.register(number="12/KH-UBND", issued_on=date(2021, 6, 2), subject="tập huấn #1 [x]")
    office.register(number="13/KH-UBND", issued_on=date(2021, 6, 9), subject="kiểm tra")
    office.register(direction=Direction.INCOMING, number="14/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 6, 1),
                    received_on=date(2021, 6, 3), handed_on=date(2021, 6, 4), subject="tình hình")
    return office


def test_a_report_shows_the_paragraph_the_table_and_the_period(plans, client_as):
    page = client_as(Role.LEADER).get(f"/reports/issued?{JUNE}").text
    assert ("đã tham mưu với UBND tỉnh ban hành: Kế hoạch số 12/KH-UBND ngày 02/6/2021 về tập huấn #1 [x]. Kế hoạch số "
            "13/KH-UBND ngày 09/6/2021 về kiểm tra.") in page
    assert "tháng 6 năm 2021 (01/6/2021 – 30/6/2021); so với tháng 5 năm 2021" in page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.OFFICIAL])
def test_each_report_opens_for_those_who_report_and_keeps_the_period_in_its_links(plans, client_as, name, role):
    answer = client_as(role).get(f"/reports/{name}?{JUNE}")
    assert answer.status_code == 200
    for other in PAGES:
        assert f"/reports/{other}?kind=month&amp;year=2021&amp;number=6" in answer.text


@pytest.mark.parametrize("role", [Role.READER, Role.ADMINISTRATOR])
def test_reports_are_closed_to_the_others(plans, client_as, role):
    assert client_as(role).get("/reports/issued").status_code == 403


@pytest.mark.parametrize(("query", "said"), [
    ("", "sáu tháng đầu năm 2021"), ("kind=nonsense", "sáu tháng đầu năm 2021"),
    ("kind=quarter&year=2021&number=2", "quý II năm 2021"), ("kind=nine_months&year=2020", "chín tháng đầu năm 2020"),
    ("kind=days&since=5/2/2021&until=15/3/2021", "từ ngày 05/02/2021 đến ngày 15/3/2021"),
    ("kind=first_half&year=2021&counting=cut_off", "(15/12/2020 – 14/6/2021)"),
    ("kind=year&year=2021&against=year", "so với năm 2020"),
])
def test_the_period_stands_in_the_address(plans, client_as, query, said):
    assert said in client_as(Role.CLERK).get(f"/reports/volumes?{query}").text


@pytest.mark.parametrize(("query", "said"), [
    ("kind=days&since=31/2/2021&until=1/3/2021", "Không đọc được ngày “31/2/2021”"),
    ("kind=days&since=1/3/2021", "Hãy chọn cả từ ngày và đến ngày"),
    ("kind=days&since=2/3/2021&until=1/3/2021", "Đến ngày phải sau từ ngày"),
    ("kind=year&year=99999", "Năm phải từ"), ("kind=year&year=", "Năm phải từ"),
    ("kind=month&year=2021&number=13", "Chỉ có từ 1 đến 12"), ("issuer=kh%C3%B4ng+c%C3%B3&kind=year&year=2021", "Không có cơ quan nào như"),
])
def test_a_period_that_cannot_be_read_is_said_and_the_page_still_comes(plans, client_as, query, said):
    answer = client_as(Role.CLERK).get(f"/reports/issued?{query}")
    assert (answer.status_code, said in answer.text) == (200, True)


@pytest.mark.parametrize("path", ["/reports/chart/nothing.svg", "/reports/issued.exe", "/reports/nothing.pdf", "/reports/draft.exe"])
def test_what_there_is_not_is_not_found(plans, client_as, path):
    assert client_as(Role.CLERK).get(path).status_code == 404


@pytest.mark.parametrize("name", ["kinds", "units", "months"])
def test_charts_are_pictures(plans, client_as, name):
    answer = client_as(Role.CLERK).get(f"/reports/chart/{name}.svg?{JUNE}")
    assert (answer.mimetype, answer.data[:4]) == ("image/svg+xml", b"<svg")


def test_a_report_goes_to_word_pdf_and_excel_and_the_trail_keeps_who_took_it(plans, client_as):
    person = client_as(Role.LEADER)
    said = "Kế hoạch số 12/KH-UBND ngày 02/6/2021 về tập huấn #1 [x]."
    assert said in " ".join(texts(person.get(f"/reports/issued.docx?{JUNE}").data))
    pages = pypdfium2.PdfDocument(person.get(f"/reports/issued.pdf?{JUNE}").data)
    assert said in " ".join(pages[0].get_textpage().get_text_range().split())
    pages.close()
    book = openpyxl.load_workbook(io.BytesIO(person.get(f"/reports/issued.xlsx?{JUNE}").data))
    assert book.sheetnames == ["Lời văn", "Danh mục văn bản đã ban hành, t", "Số văn bản ban hành theo loại"]
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert any("12/KH-UBND" in row and "tập huấn #1 [x]" in row for row in rows)
    events = audit.find_events(plans.db, audit.EventFilter(action="export", object_type="report")).rows
    assert [event.changes["kind"] for event in events] == ["xlsx", "pdf", "docx"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_every_report_can_be_taken_also_of_a_period_without_anything(plans, client_as, name, form):
    answer = client_as(Role.CLERK).get(f"/reports/{name}.{form}?kind=year&year=1990")
    assert answer.status_code == 200
    assert answer.data[:4] == (b"%PDF" if form == "pdf" else b"PK\x03\x04")


def _fields(page: str) -> dict[str, str]:
    """What the form of the page would send: its hidden marks and its text boxes."""
    import html
    import re

    found = {name: html.unescape(value) for name, value in re.findall(r'name="(mark:[^"]+)" value="([^"]*)"', page)}
    found |= {name: html.unescape(text).lstrip("\n") for name, text in re.findall(
        r'<textarea[^>]* name="((?:text|new):[^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)}
    version = re.search(r'<input[^>]* name="version"[^>]*>', page)[0]
    return found | {"version": re.search(r'value="(\d+)"', version)[1], "subject": "Báo cáo tháng", "tables": "y",
                    "recipients": "UBND tỉnh"}


DRAFT = f"/reports/draft?{JUNE}"


def _key(fields: dict[str, str]) -> str:
    return next(name for name in fields if name.startswith("text:issued."))


def test_a_draft_keeps_what_was_worded_and_marks_it(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    key = _key(fields)
    sent = fields | {key: "Sở đã tham mưu hai kế hoạch.", "new:tasks": "Tiếp tục cải cách hành chính.", "mark_edited": "y"}
    assert person.post(DRAFT, data=sent).status_code == 302
    page = person.get(DRAFT).text
    assert "Sở đã tham mưu hai kế hoạch." in page
    assert page.count('<span class="tag warn">đã sửa') == 1
    assert page.count('<span class="tag">tự viết') == 1
    assert page.count('<span class="tag good">tự tính') == 2  # both on volumes; there is no work, and no task
    found = texts(person.get(f"/reports/draft.docx?{JUNE}").data)
    assert "[sửa] Sở đã tham mưu hai kế hoạch." in found
    assert "[sửa] Tiếp tục cải cách hành chính." in found
    assert not any("đã tham mưu với UBND tỉnh" in line for line in found)


def test_a_draft_says_when_the_figures_have_moved_and_gives_them_back_on_demand(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    key = _key(fields)
    person.post(DRAFT, data=fields | {key: "Lời của tôi."})
    assert "số liệu đã đổi từ khi sửa" not in person.get(DRAFT).text
    plans.register(number="15/KH-UBND", issued_on=date(2021, 6, 10), subject="văn bản mới")
    page = person.get(DRAFT).text
    assert "số liệu đã đổi từ khi sửa" in page
    assert "Lời của tôi." in page
    assert "15/KH-UBND" in page, "what the figures give now stands beside it"
    fields = _fields(page)
    person.post(DRAFT, data=fields | {"action": f"again {key.removeprefix('text:')}"})
    page = person.get(DRAFT).text
    assert "Lời của tôi." not in page
    assert "về văn bản mới." in _fields(page)[key]


def test_a_paragraph_left_alone_follows_the_figures_even_while_the_page_was_open(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    plans.register(number="15/KH-UBND", issued_on=date(2021, 6, 10), subject="văn bản mới")
    person.post(DRAFT, data=fields)
    page = person.get(DRAFT).text
    assert "về văn bản mới." in _fields(page)[_key(fields)]
    assert '<span class="tag warn">đã sửa' not in page


def test_a_draft_of_two_windows_is_not_overwritten_and_nothing_typed_is_lost(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    key = _key(fields)
    person.post(DRAFT, data=fields | {key: "Cửa sổ thứ nhất."})
    answer = person.post(DRAFT, data=fields | {key: "Cửa sổ thứ hai."})
    assert answer.status_code == 422
    assert "Cửa sổ thứ hai." in answer.text
    assert "Cửa sổ thứ nhất." in person.get(DRAFT).text


def test_a_draft_with_a_secrecy_mark_is_refused_and_not_kept(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    answer = person.post(DRAFT, data=fields | {_key(fields): "TỐI MẬT\nNội dung"})
    assert (answer.status_code, "bí mật nhà nước" in answer.text) == (422, True)
    assert "Chưa lưu dự thảo" in person.get(DRAFT).text
    assert audit.find_events(plans.db, audit.EventFilter(action="refuse_secret")).rows


def test_a_draft_is_its_writers_own_and_can_be_dropped(plans, client_as):
    clerk, leader = client_as(Role.CLERK), client_as(Role.LEADER)
    fields = _fields(clerk.get(DRAFT).text)
    clerk.post(DRAFT, data=fields | {_key(fields): "Lời của văn thư."})
    assert "Lời của văn thư." not in leader.get(DRAFT).text
    assert clerk.post(f"/reports/draft/drop?{JUNE}").status_code == 302
    assert "Lời của văn thư." not in clerk.get(DRAFT).text
    assert clerk.post(f"/reports/draft/drop?{JUNE}").status_code == 404


def test_a_part_that_is_left_out_and_taken_in_again_keeps_what_was_worded_in_it(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    key = _key(fields)
    person.post(DRAFT, data=fields | {key: "Lời của tôi.", "new:issued": "Đoạn của tôi."})
    fields = _fields(person.get(DRAFT).text)
    person.post(DRAFT, data=fields | {key: "Lời sau cùng.", "section": "volumes"})
    page = person.get(DRAFT).text
    assert "Lời sau cùng." not in page
    person.post(DRAFT, data=_fields(page) | {"section": ["issued", "volumes"]})
    page = person.get(DRAFT).text
    assert "Lời sau cùng." in page, "what was typed while the part was left out counts as well"
    assert "Đoạn của tôi." in page
    fields = _fields(page)
    own = next(name for name, text in fields.items() if text == "Đoạn của tôi.")
    person.post(DRAFT, data=fields | {own: ""})
    assert "Đoạn của tôi." not in person.get(DRAFT).text


def test_the_list_of_drafts_leads_to_each_of_them_also_to_that_of_one_issuer(plans, client_as):
    import html
    import re

    person = client_as(Role.CLERK)
    address = f"{DRAFT}&issuer=Ủy ban nhân dân tỉnh Hà Nam&issuer_id={plans.committee}"
    fields = _fields(person.get(address).text)
    person.post(address, data=fields | {_key(fields): "Lời về một cơ quan."})
    page = person.get("/reports/draft?kind=month&year=2021&number=5").text
    link = html.unescape(re.search(r'<li><a href="(/reports/draft[^"]+)"', page)[1])
    assert "Lời về một cơ quan." in person.get(link).text


def test_a_new_draft_starts_with_who_signed_the_last_one(plans, client_as):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    person.post(DRAFT, data=fields | {"position": "Giám đốc", "signer": "Nguyễn Văn A", "section": "issued"})
    page = person.get("/reports/draft?kind=month&year=2021&number=5").text
    assert 'value="Nguyễn Văn A"' in page
    assert "NHIỆM VỤ TRỌNG TÂM" not in page
    assert "Báo cáo tháng" in page, "the other draft is offered"


@pytest.mark.parametrize("data", [
    {"issued_on": "31/2/2021"}, {"subject": "x" * 600}, {"version": "x"}, {"text:issued.issuer-1": "x" * 300_000},
    {"new:nonsense": "x", "version": "9"}], ids=["no such day", "too long a line", "no version", "too long a text", "another version"])
def test_a_draft_that_cannot_be_kept_comes_back_with_the_reason(plans, client_as, data):
    person = client_as(Role.CLERK)
    fields = _fields(person.get(DRAFT).text)
    if "text:issued.issuer-1" in data:
        data = {_key(fields): "x" * 300_000}
    answer = person.post(DRAFT, data=fields | data)
    assert answer.status_code == 422
    assert "Chưa lưu" in answer.text


def _upload(person, file: bytes, name: str = "mau.docx"):
    return person.post("/report-form", data={"file": (io.BytesIO(file), name)}, content_type="multipart/form-data")


def test_the_office_can_print_on_a_form_of_its_own_and_go_back(plans, client_as):
    administrator, clerk = client_as(Role.ADMINISTRATOR), client_as(Role.CLERK)
    own = with_body(lambda body: body.replace("BÁO CÁO", "BÁO CÁO CỦA SỞ"))
    assert _upload(administrator, own).status_code == 302
    assert "mau.docx" in administrator.get("/report-form").text
    assert administrator.get("/report-form/current.docx").data == own
    assert "BÁO CÁO CỦA SỞ" in texts(clerk.get(f"/reports/issued.docx?{JUNE}").data)
    assert docx.Document(io.BytesIO(administrator.get("/report-form/sample.docx").data))
    assert administrator.post("/report-form/reset").status_code == 302
    assert administrator.get("/report-form/current.docx").data == SHIPPED.read_bytes()
    assert administrator.post("/report-form/reset").status_code == 404


@pytest.mark.parametrize(("file", "said"), [
    (b"not a file of Word", "không phải tệp Word"),
    (with_body(lambda body: body.replace("{{ subject }}", "{{ chu_de }}")), "chỗ điền mà báo cáo không có"),
    (with_body(lambda body: body.replace("{{ subject }}", "{{ subject.__class__ }}")), "Không in thử được"),
], ids=["no Word", "unknown field", "reaches into Python"])
def test_a_bad_form_is_refused_with_the_reason_and_the_one_in_use_stays(plans, client_as, file, said):
    administrator = client_as(Role.ADMINISTRATOR)
    answer = _upload(administrator, file)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert administrator.get("/report-form/current.docx").data == SHIPPED.read_bytes()


def test_a_form_must_be_chosen(plans, client_as):
    answer = client_as(Role.ADMINISTRATOR).post("/report-form", data={})
    assert (answer.status_code, "Hãy chọn tệp mẫu." in answer.text) == (422, True)
