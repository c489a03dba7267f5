"""The links of a document as its page shows them, and the buttons that correct them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.services import document_life, documents
from registry.services.registration import change_document
from tests.conftest import NOON
from tests.factories import CLERK

DIRECTIVE = "Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ"


@pytest.fixture
def clerk(client_as, office):
    return client_as(Role.CLERK)


def cites(office, document_id):
    page = documents.get_document(office.db, document_id, actor=CLERK)
    return [(one.number, one.relation) for one in page.cites]


def links(office, document_id):
    return documents.get_document(office.db, document_id, actor=CLERK).cites


def reread(office, document_id, text):
    page = documents.get_document(office.db, document_id, actor=CLERK)
    change_document(office.db, document_id, page.version, office.new_document(text=text + " "), actor=CLERK, at=NOON)
    page = documents.get_document(office.db, document_id, actor=CLERK)
    change_document(office.db, document_id, page.version, office.new_document(text=text, notes="đọc lại"),
                    actor=CLERK, at=NOON)


def decision(office, number, issued_on, **changes):
    return office.register(number=number, kind_id=office.kinds["QĐ"], issued_on=issued_on, subject="quy chế", **changes)


def test_the_page_shows_the_relation_the_words_and_their_place(clerk, office):
    page = clerk.get(f"/documents/{office.register(text=f'Thực hiện {DIRECTIVE}.')}").text
    assert "triển khai thực hiện" in page
    assert f"<q>{DIRECTIVE}</q>" in page
    assert "ký tự 11–" in page


def test_a_removed_link_does_not_come_back_when_the_text_is_read_again(clerk, office):
    text = f"Thực hiện {DIRECTIVE}."
    plan = office.register(text=text)
    (link,) = links(office, plan)
    assert "đọc lại toàn văn cũng không thêm lại" in clerk.post(
        f"/documents/{plan}/links/{link.citation_id}/remove", follow_redirects=True).text
    reread(office, plan, text)
    assert cites(office, plan) == []


def test_a_corrected_relation_stays_when_the_text_is_read_again(clerk, office):
    text = f"Thực hiện {DIRECTIVE}."
    plan = office.register(text=text)
    (link,) = links(office, plan)
    clerk.post(f"/documents/{plan}/links/{link.citation_id}/relation", data={"relation": "based_on"})
    reread(office, plan, text)
    assert cites(office, plan) == [("21/QĐ-TTg", "based_on")]


def test_a_confirmed_link_stays_when_the_text_says_it_no_longer(clerk, office):
    plan = office.register(text=f"Thực hiện {DIRECTIVE}.")
    (link,) = links(office, plan)
    clerk.post(f"/documents/{plan}/links/{link.citation_id}/confirm")
    reread(office, plan, "Không viện dẫn gì.")
    assert cites(office, plan) == [("21/QĐ-TTg", "implements")]


def test_a_link_is_added_by_hand(clerk, office):
    plan = office.register()
    clerk.post(f"/documents/{plan}/links", data={
        "ref_relation": "urges", "ref_number": "12/CT-TTg ngày 05/01/2021", "ref_id": ""})
    assert cites(office, plan) == [("12/CT-TTg", "urges")]


def test_what_cannot_be_read_is_told(clerk, office):
    plan = office.register()
    shown = clerk.post(f"/documents/{plan}/links", data={"ref_relation": "urges", "ref_number": "abc", "ref_id": ""},
                       follow_redirects=True).text
    assert "alert-danger" in shown
    assert 'name="ref_number" value="abc"' in shown  # typed once is enough


@pytest.fixture
def undecided(office):
    """Two plans of one number and day, and a document whose text may mean either."""
    first, second = (office.register(
        number="12/2020/KH-UBND", issued_on=date(2020, 3, 1), issuer_id=office.bodies[body], confirmed=True)
        for body in ("ubnd-ha-nam", "ubnd-ninh-binh"))
    text = "Theo Kế hoạch số 12/2020/KH-UBND ngày 01/3/2020 của UBND tỉnh."
    citing = decision(office, "30/QĐ-TTg", date(2021, 1, 6), direction=Direction.INCOMING,
                      issuer_id=office.bodies["thu-tuong"], text=text)
    return first, second, citing


def test_a_waiting_citation_is_decided_from_the_list_of_the_office(clerk, office, undecided):
    _, second, citing = undecided
    shown = clerk.get("/citations/waiting").text
    (address,) = set(re.findall(r"/citations/waiting/\d+", shown))
    done = clerk.post(address, data={"choice": second, "from": "list"}, follow_redirects=True).text
    assert "Không có viện dẫn nào chờ xác định" in done
    assert [one.document_id for one in links(office, citing)] == [second]
    assert "đã được xác định" in clerk.post(address, data={"choice": second}, follow_redirects=True).text


@pytest.mark.parametrize(("choice", "directions"), [("external", ["external"]), ("dismiss", [])])
def test_none_of_the_candidates(clerk, office, undecided, choice, directions):
    _, _, citing = undecided
    (address,) = set(re.findall(r"/citations/waiting/\d+", clerk.get(f"/documents/{citing}").text))
    clerk.post(address, data={"choice": choice})
    assert [one.direction for one in links(office, citing)] == directions
    assert "Chờ xác định" not in clerk.get(f"/documents/{citing}").text


def test_a_replaced_document_says_so_until_a_person_removes_it(clerk, office):
    old = decision(office, "12/2018/QĐ-UBND", date(2018, 4, 3))
    decision(office, "15/2021/QĐ-UBND", date(2021, 2, 4), text=(
        "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 12/2018/QĐ-UBND ngày 03/4/2018 của UBND tỉnh Hà Nam."))
    shown = clerk.get(f"/documents/{old}").text
    assert "Hết hiệu lực từ 04/02/2021" in shown
    (mark,) = set(re.findall(rf"/documents/{old}/validity/(\d+)/remove", shown))
    clerk.post(f"/documents/{old}/validity/{mark}/confirm")
    assert "đã xác nhận" in clerk.get(f"/documents/{old}").text
    clerk.post(f"/documents/{old}/validity/{mark}/remove")
    assert "Hết hiệu lực từ" not in clerk.get(f"/documents/{old}").text


def test_a_cancelled_document_ends_nothing(clerk, office):
    old = decision(office, "12/2018/QĐ-UBND", date(2018, 4, 3))
    new = decision(office, "15/2021/QĐ-UBND", date(2021, 2, 4), text=(
        "Quyết định này thay thế Quyết định số 12/2018/QĐ-UBND ngày 03/4/2018 của UBND tỉnh Hà Nam."))
    document_life.cancel(office.db, new, 1, "ban hành nhầm", actor=CLERK, at=NOON)
    assert "Hết hiệu lực" not in clerk.get(f"/documents/{old}").text


def test_a_part_that_is_repealed_leaves_the_rest_in_force(clerk, office):
    old = decision(office, "12/2018/QĐ-UBND", date(2018, 4, 3))
    decision(office, "15/2021/QĐ-UBND", date(2021, 2, 4), text=(
        "Bãi bỏ khoản 2 Điều 1 Quyết định số 12/2018/QĐ-UBND ngày 03/4/2018 của UBND tỉnh Hà Nam."))
    shown = clerk.get(f"/documents/{old}").text
    assert "hết hiệu lực một phần" in shown
    assert "Hết hiệu lực từ" not in shown


@pytest.mark.parametrize(("from_on", "told"), [
    ("01/01/2020", "đã hết hiệu lực từ 01/01/2020, khi văn bản này được ban hành"),
    ("01/06/2021", "hết hiệu lực từ 01/6/2021, sau khi văn bản này được ban hành"),
])
def test_a_document_that_rests_on_what_has_ended_warns(clerk, office, from_on, told):
    old = decision(office, "12/2018/QĐ-UBND", date(2018, 4, 3))
    plan = office.register(text="Căn cứ Quyết định số 12/2018/QĐ-UBND ngày 03/4/2018 của UBND tỉnh Hà Nam.")
    assert "hết hiệu lực từ" not in clerk.get(f"/documents/{plan}").text
    clerk.post(f"/documents/{old}/validity", data={"effect": "repealed", "from_on": from_on, "note": "theo công bố"})
    assert told in clerk.get(f"/documents/{plan}").text
    assert "Hết hiệu lực từ" not in clerk.get(f"/documents/{plan}").text


def test_marking_by_hand_needs_a_reason(clerk, office):
    old = decision(office, "12/2018/QĐ-UBND", date(2018, 4, 3))
    shown = clerk.post(f"/documents/{old}/validity", data={"effect": "repealed", "note": ""}, follow_redirects=True).text
    assert "alert-danger" in shown


def test_who_may_not_register_changes_no_link(client_as, office):
    plan = office.register(text=f"Thực hiện {DIRECTIVE}.")
    (link,) = links(office, plan)
    reader = client_as(Role.READER)
    assert reader.post(f"/documents/{plan}/links/{link.citation_id}/remove").status_code == 403
    assert "Sửa viện dẫn" not in reader.get(f"/documents/{plan}").text
