"""A clerk's day in a real browser: register by keyboard alone, find, change, cancel, restore."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from registry.domain.roles import Role
from registry.services import document_lists
from registry.services.document_lists import DocumentFilter
from tests.factories import CLERK

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(page_as) -> Page:
    return page_as(Role.CLERK)


def numbers(office):
    return [row.number for row in document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK).rows]


def test_a_document_is_registered_by_keyboard_alone(page, office):
    keys = page.keyboard
    page.goto("/documents/new")
    expect(page.locator("#kind_id")).to_be_focused()  # nothing to press before the first field
    keys.press("Shift+Tab")
    keys.press("ArrowDown")
    expect(page.locator("#book_id option:checked")).to_have_text("Sổ kế hoạch")
    keys.press("Tab")
    expect(page.locator("#kind_id")).to_be_focused()
    keys.press("k")
    expect(page.locator("#kind_id option:checked")).to_have_text("Kế hoạch")
    keys.press("Tab")
    expect(page.locator("#issuer")).to_be_focused()
    keys.type("ubnd ha nam")
    listbox = page.get_by_role("listbox").filter(visible=True)
    expect(listbox.get_by_role("option").first).to_contain_text("Ủy ban nhân dân tỉnh Hà Nam")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#issuer")).to_have_value("Ủy ban nhân dân tỉnh Hà Nam")
    expect(listbox).to_have_count(0)
    expect(page.locator("#next-number")).to_have_text("01/KH-UBND")
    for _ in range(5):
        keys.press("Tab")
    expect(page.locator("#subject")).to_be_focused()
    keys.type("ứng dụng công nghệ thông tin năm 2021")
    keys.press("Control+Enter")

    expect(page.locator(".registered")).to_contain_text("01/KH-UBND")
    assert numbers(office) == ["01/KH-UBND"]
    # The next of the series: what they have in common is kept, the rest is empty.
    expect(page.locator("#issuer")).to_have_value("Ủy ban nhân dân tỉnh Hà Nam")
    expect(page.locator("#kind_id option:checked")).to_have_text("Kế hoạch")
    expect(page.locator("#subject")).to_have_value("")
    expect(page.locator("#subject")).to_be_focused()
    expect(page.locator("#next-number")).to_have_text("02/KH-UBND")
    page.locator("#subject").fill("phòng, chống thiên tai")
    page.locator("#signer_name").press("Enter")
    expect(page.locator(".registered")).to_contain_text("02/KH-UBND")


def test_going_back_to_a_form_finds_number_and_date_as_they_were_typed(page, office):
    page.goto("/documents/new")
    page.locator("#number").fill("325/KH-UBND")
    page.locator("#issued_on").fill("04/02/2021")
    page.locator("#subject").fill("ứng dụng công nghệ thông tin")
    page.get_by_role("link", name="Sổ", exact=True).click()
    page.wait_for_url("**/books")
    page.go_back()
    expect(page.locator("#subject")).to_have_value("ứng dụng công nghệ thông tin")
    expect(page.locator("#number")).to_have_value("325/KH-UBND")
    expect(page.locator("#issued_on")).to_have_value("04/02/2021")


def test_the_book_is_proposed_until_the_clerk_says_that_there_is_none(page, office):
    page.goto("/documents/new")
    page.locator("#number").fill("1/KH-UBND")
    page.locator("#issuer").fill("ubnd ha nam")
    page.get_by_role("listbox").filter(visible=True).get_by_role("option").first.click()
    expect(page.locator("#kind_id option:checked")).to_have_text("Kế hoạch")
    expect(page.locator("#book_id option:checked")).to_have_text("Sổ kế hoạch")
    page.locator("#book_id").select_option("")
    page.locator("#subject").press("Control+Enter")  # refused: there is no subject
    expect(page.locator("[data-focus]")).to_be_focused()
    with page.expect_response("**/advice.json*"):
        page.locator("#subject").fill("ứng dụng công nghệ thông tin")
    expect(page.locator("#book_id")).to_have_value("")


def test_a_date_typed_short_is_written_out_with_its_weekday(page, office):
    page.goto("/documents/new")
    for typed in ("04022021", "4/2/21"):
        page.locator("#issued_on").fill(typed)
        page.locator("#number").focus()
        expect(page.locator("#issued_on")).to_have_value("04/02/2021")
    expect(page.locator("output[for=issued_on]")).to_have_text("Thứ Năm")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page, office):
    page.goto("/documents/new")
    issuer = page.locator("#issuer")
    issuer.press_sequentially("so noi vu")
    expect(page.locator(".suggestions li:visible").first).to_be_visible()
    issuer.press("Escape")
    expect(page.locator(".suggestions li:visible")).to_have_count(0)
    expect(issuer).to_have_value("so noi vu")
    expect(issuer).to_be_focused()


def test_a_duplicate_shows_while_typing_and_is_refused_until_a_reason_is_given(page, office):
    held = office.register()
    page.goto("/documents/new")
    page.locator("#kind_id").select_option(label="Kế hoạch")
    page.locator("#issuer").press_sequentially("ubnd tinh ha nam")
    page.locator(".suggestions li:visible").first.click()
    page.locator("#number").fill("325/kh-ubnd")
    page.locator("#issued_on").fill("04/02/2021")
    expect(page.locator("output.weekday").first).to_have_text("Thứ Năm")
    expect(page.locator("#advice a")).to_have_attribute("href", f"/documents/{held}")
    page.locator("#subject").fill("một kế hoạch khác")
    page.get_by_role("button", name="Lưu và vào sổ").click()

    expect(page.get_by_role("alert").first).to_contain_text("Chưa lưu")
    expect(page.locator("#subject")).to_have_value("một kế hoạch khác")
    assert len(numbers(office)) == 1
    page.get_by_label("Lý do vẫn đăng ký").fill("hai kế hoạch cùng số do văn phòng cấp nhầm")
    page.get_by_role("button", name="Lưu và vào sổ").click()
    expect(page.locator(".registered")).to_contain_text("325/KH-UBND")
    assert numbers(office) == ["325/KH-UBND", "325/KH-UBND"]


def test_a_number_is_found_from_any_page(page, office):
    held = office.register()
    office.register(number="326/KH-UBND", request_id="b")
    page.goto("/books")
    page.locator("body").press("/")
    expect(page.locator("#lookup")).to_be_focused()
    page.keyboard.type("325/kh-ubnd")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/documents/{held}$"))


def test_the_look_up_box_suggests_while_one_types(page, office):
    office.register()
    other = office.register(number="326/KH-UBND", request_id="b")
    page.goto("/documents")
    page.locator("body").press("/")
    page.keyboard.type("kh-ubnd 32")
    expect(page.locator(".suggestions li:visible")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".suggestions li[aria-selected=true]")).to_contain_text("326/KH-UBND")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/documents/{other}$"))


def test_a_document_is_edited_cancelled_and_restored(page, office):
    held = office.register()
    page.goto(f"/documents/{held}")
    page.get_by_role("link", name="Sửa").click()
    page.locator("#subject").fill("trích yếu đã sửa")
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.locator(".document-subject")).to_have_text("trích yếu đã sửa")
    page.get_by_text("Lịch sử", exact=False).click()
    expect(page.locator(".history")).to_contain_text("→ trích yếu đã sửa")

    page.get_by_role("link", name="Hủy văn bản").click()
    page.get_by_label("Lý do").fill("ban hành nhầm")
    page.get_by_role("button", name="Hủy").click()
    expect(page.locator(".tag.bad")).to_have_text("Đã hủy")

    page.get_by_role("link", name="Khôi phục").click()
    page.get_by_label("Lý do").fill("vẫn có hiệu lực")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator(".tag.bad")).to_have_count(0)
    expect(page.locator(".history")).to_contain_text("vẫn có hiệu lực")


def test_the_list_narrows_to_an_issuer_with_its_predecessors(page, office):
    office.register()
    page.goto("/documents")
    page.locator("#f-issuer").press_sequentially("ubnd tinh ninh binh")
    page.locator(".suggestions li:visible").filter(has_text="Ủy ban nhân dân tỉnh Ninh Bình (từ").first.click()
    page.get_by_role("button", name="Lọc").click()
    expect(page).to_have_url(re.compile("issuer_id=\\d+"))
    expect(page.get_by_role("link", name="325/KH-UBND")).to_be_visible()


@pytest.mark.parametrize("path", ["/documents", "/documents/new", "/documents/new?direction=incoming", "/documents/1",
                                  "/documents/1/edit", "/books", "/books/1?year=2021"])
def test_nothing_is_wider_than_a_phone(page_as, office, path):
    office.register(number="", symbol="KH-UBND", book_id=office.books["KH"])
    page = page_as(Role.CLERK, width=390, height=844)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
