"""The pages of obligations: from the deadline in a text to the overview."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import Document, Occurrence, Unit, User
from registry.services import obligations
from registry.services.document_rows import Reference
from registry.services.obligations import NewObligation
from tests.conftest import NOON
from tests.factories import CLERK

TEXT = ("Phòng Tổng hợp gửi báo cáo kết quả trước ngày 30/6/2021.\n"
        "Phòng Nội chính hoàn thành việc rà soát trong tháng 7 năm 2021.")


@pytest.fixture
def unit(office):
    with office.db.begin() as session:
        row = Unit(name="Phòng Tổng hợp", name_key="phong tong hop")
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def directive(office, unit):
    return office.register(direction=Direction.INCOMING, number="55/KH-UBND", received_on=NOON.date(),
                           issued_on=date(2021, 6, 10), text=TEXT)


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


@pytest.fixture
def owed(office, directive, unit):
    obligations.create(office.db, NewObligation(
        document_id=directive, task="Gửi báo cáo kết quả", unit_id=unit, printed_on=date(2021, 6, 30), before=True),
        actor=CLERK, at=NOON)
    with reading(office.db) as session:
        return session.scalar(select(Occurrence.id))


def version(office, occurrence_id):
    with reading(office.db) as session:
        return str(session.get_one(Occurrence, occurrence_id).version)


def official_of(office, client_as, unit_id):
    person = client_as(Role.OFFICIAL)
    with office.db.begin() as session:
        user = session.scalars(select(User).where(User.role == "official")).first()
        user.unit_id = unit_id
    return person


def test_deadlines_of_the_text_are_proposed_corrected_and_confirmed(clerk, directive):
    page = clerk.get(f"/documents/{directive}").text
    assert "Toàn văn có 2 thời hạn chưa xem" in page
    address = f"/obligations/of/{directive}/deadlines"
    page = clerk.get(address).text
    assert "<mark>trước ngày 30/6/2021</mark>" in page
    assert "Hạn rơi vào ngày nghỉ" in page  # 31/7/2021 is a Saturday
    keys = re.findall(r'name="key" value="([^"]+)"', page)
    first = keys[0].partition(" ")[2]
    refused = clerk.post(address, data={
        "key": keys, "chosen": first, "answer": "confirm", "n0-task": "", "n0-printed_on": "30/6/2021"})
    assert refused.status_code == 422
    assert "Hãy sửa những chỗ được đánh dấu" in refused.text
    done = clerk.post(address, data={
        "key": keys, "chosen": first, "answer": "confirm", "n0-task": "Gửi báo cáo của phòng",
        "n0-printed_on": "30/6/2021", "n0-before": "y"})
    assert done.status_code == 302
    page = clerk.get(f"/documents/{directive}").text
    assert "Gửi báo cáo của phòng" in page
    assert "29/6/2021" in page
    assert "Toàn văn có 1 thời hạn chưa xem" in page
    second = keys[1].partition(" ")[2]
    clerk.post(address, data={"key": keys[1:], "chosen": second, "answer": "dismiss"})
    assert "Không còn thời hạn nào" in clerk.get(address).text


def test_whoever_has_just_registered_a_text_is_led_to_its_deadlines(clerk, directive):
    page = clerk.get(f"/documents/new?direction=incoming&done={directive}").text
    assert "Toàn văn có 2 thời hạn: xem và ghi nhận" in page
    assert f'href="/obligations/of/{directive}/deadlines"' in page


def test_nothing_chosen_is_said(clerk, directive):
    assert "Hãy đánh dấu" in clerk.post(f"/obligations/of/{directive}/deadlines", data={"answer": "confirm"}).text


def test_an_obligation_is_entered_by_hand_and_recurs(clerk, directive, unit):
    address = f"/obligations/of/{directive}/new"
    refused = clerk.post(address, data={"task": "", "unit_id": str(unit), "due_time": "25:99"})
    assert refused.status_code == 422
    assert "Giờ viết như 17:00" in refused.text
    assert clerk.post(address, data={
        "task": "Báo cáo tháng", "unit_id": str(unit), "user_id": "", "repeats": "MONTHLY", "month_day": "15",
        "cycle": "", "from_on": "1/6/2021"}).status_code == 302
    page = clerk.get("/obligations?scope=all").text
    assert page.count("Báo cáo tháng") >= 2
    assert "định kỳ" in page
    first = re.search(r'href="(/obligations/\d+)"', page)[1]
    assert "hằng tháng, ngày 15" in clerk.get(first).text


def test_who_owes_it_reports_and_the_clerk_confirms(office, client_as, clerk, owed, unit):
    person = official_of(office, client_as, unit)
    assert "Gửi báo cáo kết quả" in person.get("/obligations?scope=unit").text
    answer = office.register(number="09/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 6, 18))
    wrong = person.post(f"/obligations/{owed}/complete", data={
        "version": version(office, owed), "document": "99/BC-UBND", "note": "", "done_on": ""})
    assert wrong.status_code == 422
    assert "Chưa có văn bản này trong sổ" in wrong.text
    assert 'value="99/BC-UBND"' in wrong.text
    done = person.post(f"/obligations/{owed}/complete", data={
        "version": version(office, owed), "document": "9/BC-UBND", "note": "", "done_on": ""})
    assert done.status_code == 302
    assert "Chờ xác nhận" in person.get(f"/obligations/{owed}").text
    assert person.post(f"/obligations/{owed}/confirm", data={}).status_code == 403
    assert "1 báo cáo chờ xác nhận" in clerk.get("/obligations/overview").text
    clerk.post(f"/obligations/{owed}/confirm", data={"version": version(office, owed), "answer": "confirm"})
    page = clerk.get(f"/obligations/{owed}").text
    assert "Hoàn thành đúng hạn" in page
    assert f'/documents/{answer}"' in page


def test_what_others_owe_is_not_shown(office, client_as, owed):
    stranger = client_as(Role.OFFICIAL)
    assert stranger.get(f"/obligations/{owed}").status_code == 404
    assert "Gửi báo cáo kết quả" not in stranger.get("/obligations?scope=all").text
    assert client_as(Role.READER).get("/obligations").status_code == 403


def test_an_extension_is_asked_for_and_decided_on_the_page(office, client_as, owed, unit):
    person, leader = official_of(office, client_as, unit), client_as(Role.LEADER)
    early = person.post(f"/obligations/{owed}/extension", data={
        "version": version(office, owed), "new_due_on": "1/6/2021", "reason": "x"})
    assert "Ngày đề nghị phải sau hạn hiện tại" in early.text
    person.post(f"/obligations/{owed}/extension", data={
        "version": version(office, owed), "new_due_on": "15/7/2021", "reason": "chờ số liệu"})
    assert "1 đề nghị gia hạn" in leader.get("/obligations/overview").text
    assert "Gửi báo cáo kết quả" in leader.get("/obligations?scope=all&need=extension").text
    page = leader.get(f"/obligations/{owed}").text
    asked = re.search(r'name="extension_id" value="(\d+)"', page)[1]
    assert "Không đồng ý" in page
    assert leader.post(f"/obligations/{owed}/decide", data={
        "extension_id": asked, "answer": "refuse", "reason": ""}).status_code == 422
    leader.post(f"/obligations/{owed}/decide", data={"extension_id": asked, "answer": "approve", "reason": ""})
    page = person.get(f"/obligations/{owed}").text
    assert "15/7/2021" in page
    assert "Đồng ý" in page


def test_several_are_handed_over_after_one_more_question(office, clerk, client_as, owed):
    with office.db.begin() as session:
        other = Unit(name="Phòng Nội chính", name_key="phong noi chinh")
        session.add(other)
        session.flush()
        other_id = other.id
    page = clerk.post("/obligations/bulk", data={"action": "transfer", "id": str(owed)}).text
    assert "Chuyển giao: 1 nhiệm vụ" in page
    nobody = clerk.post("/obligations/bulk", data={
        "action": "transfer", "id": str(owed), "confirmed": "1", "reason": "", "user_id": "", "unit_id": ""})
    assert "Hãy chọn người hoặc đơn vị nhận" in nobody.text
    clerk.post("/obligations/bulk", data={
        "action": "transfer", "id": str(owed), "confirmed": "1", "reason": "", "user_id": "",
        "unit_id": str(other_id)})
    assert "Phòng Nội chính" in clerk.get(f"/obligations/{owed}").text


def test_the_month_shows_what_falls_due_and_days_off(clerk, owed):
    page = clerk.get("/obligations/calendar?year=2021&month=6&scope=all").text
    assert "Lịch nhiệm vụ tháng 6/2021" in page
    assert re.search(r'<td class="[^"]*"[^>]*>\s*<span class="day">29</span>.*?Gửi báo cáo kết quả', page, re.DOTALL)
    assert clerk.get("/obligations/calendar?year=x&month=77").status_code == 200
    assert "Tháng này không có nhiệm vụ" in clerk.get("/obligations/calendar?year=2022&month=1&scope=all").text
    neighbour = clerk.get("/obligations/calendar?year=2021&month=7&scope=all").text
    assert "Gửi báo cáo kết quả" in neighbour, "the last days of June stand in the first week of July"
    assert "Tháng này không có nhiệm vụ" in neighbour


def test_the_overview_draws_and_exports(clerk, owed):
    page = clerk.get("/obligations/overview").text
    assert "Phòng Tổng hợp" in page
    chart = clerk.get("/obligations/overview.svg")
    assert chart.mimetype == "image/svg+xml"
    assert "Phòng Tổng hợp" in chart.text
    assert "<script" not in chart.text
    assert clerk.get("/obligations/export?scope=all").data.startswith(b"PK")


def test_a_document_that_answers_offers_to_fulfil(office, clerk, directive, owed):
    answer = office.register(number="77/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 6, 20),
                             references=(Reference(document_id=directive, relation="reports_on"),))
    page = clerk.get(f"/documents/{answer}").text
    assert "Có thể hoàn thành nhiệm vụ" in page
    clerk.post(f"/obligations/{owed}/complete", data={
        "version": version(office, owed), "document_id": str(answer), "document": "", "note": ""})
    assert "Hoàn thành đúng hạn" in clerk.get(f"/obligations/{owed}").text


def test_a_directive_with_open_obligations_names_the_documents_that_answer(office, clerk, directive, owed):
    assert "Đã có văn bản triển khai" not in clerk.get(f"/documents/{directive}").text
    answer = office.register(number="77/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 6, 20),
                             references=(Reference(document_id=directive, relation="reports_on"),))
    assert "Đã có văn bản triển khai" in clerk.get(f"/documents/{directive}").text
    obligations.complete(office.db, owed, 1, document_id=answer, actor=CLERK, at=NOON)
    assert "Đã có văn bản triển khai" not in clerk.get(f"/documents/{directive}").text


def test_a_late_obligation_shows_beside_the_navigation(office, client_as, owed, unit):
    person = official_of(office, client_as, unit)
    with office.db.begin() as session:
        row = session.get_one(Occurrence, owed)
        row.due_on = date(2021, 6, 1)
        row.user_id = session.scalar(select(User.id).where(User.role == "official"))
    assert re.search(r'<span class="count"[^>]*>1</span>', person.get("/documents").text)


def test_the_task_and_the_partners_are_edited_on_a_page(office, clerk, client_as, owed, unit):
    page = clerk.get(f"/obligations/{owed}/edit").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    assert clerk.post(f"/obligations/{owed}/edit", data={"task": " ", "version": version}).status_code == 422
    answer = clerk.post(f"/obligations/{owed}/edit", data={
        "task": "Gửi báo cáo đã bổ sung", "version": version, "partner_units": [str(unit)]})
    assert answer.location == f"/obligations/{owed}"
    page = clerk.get(answer.location).text
    assert "Gửi báo cáo đã bổ sung" in page
    assert "<dt>Phối hợp</dt><dd>Phòng Tổng hợp</dd>" in page
    stale = clerk.post(f"/obligations/{owed}/edit", data={"task": "khác", "version": version})
    assert stale.status_code == 422
    assert client_as(Role.OFFICIAL).get(f"/obligations/{owed}/edit").status_code in {302, 403}


def test_a_report_in_the_text_is_confirmed_with_its_cycle(office, clerk, unit):
    document = office.register(
        direction=Direction.INCOMING, number="56/KH-UBND", received_on=NOON.date(), issued_on=date(2021, 6, 10),
        text="Các đơn vị gửi báo cáo trước ngày 17 hằng tháng.")
    address = f"/obligations/of/{document}/deadlines"
    key = re.search(r'name="key" value="([^"]+)"', clerk.get(address).text)[1]
    place, _space, chosen = key.partition(" ")
    clerk.post(address, data={"answer": "confirm", "key": key, "chosen": chosen, f"{place}-task": "Gửi báo cáo",
                              f"{place}-unit_id": str(unit), f"{place}-cycle": "month"})
    with reading(office.db) as session:
        first = session.scalars(select(Occurrence).order_by(Occurrence.due_on)).first()
    assert (first.cut_off_on, first.due_on) == (date(2021, 7, 14), date(2021, 7, 16))


def test_the_history_is_read_in_words_and_only_who_owes_says_received(office, client_as, clerk, owed, unit):
    clerk.post(f"/obligations/{owed}/due", data={
        "version": version(office, owed), "due_on": "5/7/2021", "reason": "họp hoãn"})
    page = clerk.get(f"/obligations/{owed}").text
    assert "29/6/2021 → 05/7/2021" in page
    assert "Tôi đã nhận" not in page
    assert clerk.post(f"/obligations/{owed}/received").status_code == 422
    person = official_of(office, client_as, unit)
    assert "Tôi đã nhận" in person.get(f"/obligations/{owed}").text
    person.post(f"/obligations/{owed}/received")
    assert "Tôi đã nhận" not in person.get(f"/obligations/{owed}").text


def test_the_overview_is_taken_to_excel_and_a_closed_request_is_not_asked_about(office, client_as, clerk, owed, unit):
    person = official_of(office, client_as, unit)
    person.post(f"/obligations/{owed}/extension", data={
        "version": version(office, owed), "new_due_on": "9/7/2021", "reason": "chờ số liệu"})
    assert "1 đề nghị gia hạn" in client_as(Role.LEADER).get("/obligations/overview").text
    clerk.post(f"/obligations/{owed}/complete", data={
        "version": version(office, owed), "document": "", "document_id": "", "done_on": "", "note": "đã gửi thư"})
    leader = client_as(Role.LEADER)
    assert "đề nghị gia hạn" not in leader.get("/obligations/overview").text
    assert 'value="approve"' not in leader.get(f"/obligations/{owed}").text
    file = leader.get("/obligations/overview/export")
    sheet = load_workbook(BytesIO(file.data)).active
    assert [tuple(row) for row in sheet.iter_rows(min_row=5, values_only=True)] == [
        ("Phòng Tổng hợp", 1, 1, 0, 0, 0), ("Cả cơ quan", 1, 1, 0, 0, 0)]
    assert clerk.get("/obligations/overview/export").status_code == 200
    assert person.get("/obligations/overview/export").status_code in {302, 403}


def test_a_full_day_of_the_calendar_leads_to_its_list(office, clerk, directive, unit):
    for at in range(8):
        obligations.create(office.db, NewObligation(
            document_id=directive, task=f"Việc {at}", unit_id=unit, printed_on=date(2021, 6, 25)), actor=CLERK, at=NOON)
    page = clerk.get("/obligations/calendar").text
    address = re.search(r'href="([^"]+)">và 2 nhiệm vụ khác', page)[1].replace("&amp;", "&")
    listed = clerk.get(address).text
    assert "8 nhiệm vụ, hạn 25/6/2021" in listed
    assert clerk.get("/obligations?on=mai").status_code == 200


def test_the_list_is_narrowed_to_one_document_and_sorted_in_its_address(office, clerk, directive, owed):
    other = office.register(direction=Direction.INCOMING, number="56/KH-UBND", received_on=NOON.date(),
                            issued_on=date(2021, 6, 11))
    obligations.create(office.db, NewObligation(document_id=other, task="An toàn thông tin"), actor=CLERK, at=NOON)
    page = clerk.get("/obligations?document=56/kh-ubnd").text
    assert "An toàn thông tin" in page
    assert "Gửi báo cáo kết quả" not in page
    assert f'name="document_id" value="{other}"' in page
    assert "Không có văn bản nào mang số “99/KH-UBND”" in clerk.get("/obligations?document=99/KH-UBND").text
    assert "Gửi báo cáo kết quả" in clerk.get(f"/obligations?document=&document_id={other}").text  # emptied by hand
    by_task = clerk.get("/obligations?sort=task").text
    assert by_task.index("An toàn thông tin") < by_task.index("Gửi báo cáo kết quả")
    assert re.search(r'<th scope="col" aria-sort="ascending"><a href="[^"]*sort=-task', by_task)
    backwards = clerk.get("/obligations?sort=-task").text
    assert backwards.index("Gửi báo cáo kết quả") < backwards.index("An toàn thông tin")
    sheet = load_workbook(BytesIO(clerk.get("/obligations/export?format=xlsx&scope=all&sort=-task").data)).active
    head, *rows = list(sheet.iter_rows(values_only=True))[-3:]
    assert head[2:5] == ("Thời hạn", "Nhiệm vụ", "Văn bản giao"), "in the order of the screen"
    assert [row[3] for row in rows] == ["Gửi báo cáo kết quả", "An toàn thông tin"]


def test_a_document_with_open_obligations_is_cancelled_with_a_word_about_them(clerk, directive, owed):
    asked = clerk.get(f"/documents/{directive}/cancel").text
    assert "1 nhiệm vụ chưa xong" in asked
    assert "Gửi báo cáo kết quả" in asked
    refused = clerk.post(f"/documents/{directive}/cancel", data={"version": "1", "reason": "ban hành nhầm", "open_work": ""})
    assert refused.status_code == 422
    assert "hãy chọn hủy cùng văn bản hay giữ lại" in refused.text
    done = clerk.post(f"/documents/{directive}/cancel", follow_redirects=True, data={
        "version": "1", "reason": "ban hành nhầm", "open_work": "cancel"})
    assert "Đã hủy văn bản cùng 1 nhiệm vụ" in done.text
    assert "Thêm nhiệm vụ" not in done.text
    assert "hủy cùng văn bản giao việc: ban hành nhầm" in clerk.get(f"/obligations/{owed}").text
    assert "1 nhiệm vụ của văn bản đã hủy không tự mở lại" in clerk.get(f"/documents/{directive}/restore").text


def test_a_very_long_text_says_that_its_deadlines_are_found_on_their_own_page(office, clerk):
    long = office.register(direction=Direction.INCOMING, number="57/KH-UBND", received_on=NOON.date(),
                           issued_on=date(2021, 6, 11), text="Căn cứ tình hình thực tế của địa phương; " * 5000 + TEXT)
    assert "Toàn văn dài nên thời hạn chưa được tìm ở đây" in clerk.get(f"/documents/{long}").text
    assert "trước ngày 30/6/2021" in clerk.get(f"/obligations/of/{long}/deadlines").text


def test_open_work_of_a_cancelled_document_is_found_and_decided_in_one_go(office, clerk, client_as, directive, owed):
    with office.db.begin() as session:
        session.get_one(Document, directive).status = "cancelled"
    assert "need=cancelled_document" in clerk.get("/").text
    assert "Văn bản đã hủy mà còn 1 nhiệm vụ mở" in clerk.get(f"/documents/{directive}").text
    listed = clerk.get("/obligations?scope=all&need=cancelled_document").text
    assert "văn bản đã hủy</span>" in listed
    assert "Giữ lại dù văn bản đã hủy" in listed
    asked = {"action": "keep", "id": str(owed), "confirmed": "1"}
    assert "Cần nêu lý do" in clerk.post("/obligations/bulk", data={**asked, "reason": ""}).text
    here = "/obligations?scope=all&need=cancelled_document"
    done = clerk.post("/obligations/bulk", data={**asked, "reason": "chuyển sang kế hoạch mới", "back": here})
    assert done.headers["Location"] == here
    elsewhere = clerk.post("/obligations/bulk", data={"action": "", "back": "//example.vn/obligations?"})
    assert elsewhere.headers["Location"] == "/obligations"
    assert "0 nhiệm vụ" in clerk.get("/obligations?scope=all&need=cancelled_document").text
    assert "giữ lại dù văn bản giao việc đã hủy: chuyển sang kế hoạch mới" in clerk.get(f"/obligations/{owed}").text
    clerk.post("/obligations/bulk", data={**asked, "action": "cancel", "reason": "thôi làm"})
    assert "0 nhiệm vụ" in clerk.get("/obligations?scope=all").text


def test_work_that_nobody_would_be_told_of_is_found(office, clerk, client_as, owed, unit):
    assert "1 nhiệm vụ" in clerk.get("/obligations?scope=all&need=somebody").text
    official_of(office, client_as, unit)
    assert "0 nhiệm vụ" in clerk.get("/obligations?scope=all&need=somebody").text


def test_a_refused_change_of_state_comes_back_as_it_was_chosen(office, clerk, owed):
    refused = clerk.post(f"/obligations/{owed}/state", data={
        "version": version(office, owed), "state": "cancelled", "reason": ""})
    assert refused.status_code == 422
    assert '<option value="cancelled" selected>' in refused.text


def test_a_date_that_was_moved_says_so_and_a_day_off_is_marked(office, clerk, owed):
    assert "văn bản ghi trước 30/6/2021" in clerk.get(f"/obligations/{owed}").text
    clerk.post(f"/obligations/{owed}/due", data={
        "version": version(office, owed), "due_on": "17/7/2021", "due_time": "", "reason": "CV 12"})
    page = clerk.get(f"/obligations/{owed}").text
    assert "đã đổi; văn bản ghi 30/6/2021" in page
    assert "ngày nghỉ" in page, "17/7/2021 is a Saturday"


def test_work_is_offered_to_those_who_may_open_it(client_as, clerk, directive):
    client_as(Role.READER)
    client_as(Role.OFFICIAL)
    page = clerk.get(f"/obligations/of/{directive}/new").text
    people = re.search(r'<select[^>]* name="user_id".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r"Người (\w+)", people) == ["clerk", "official"]
