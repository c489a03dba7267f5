"""The picture of a chain in a real browser."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role
from registry.services.document_rows import Reference

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def plan(office):
    plan = office.register(number="10/KH-UBND", references=(
        Reference(number="749/QĐ-TTg", issued_on=date(2020, 6, 3), kind_id=office.kinds["QĐ"], relation="implements"),))
    for n in range(20, 60):
        office.register(number=f"{n}/UBND-VX", kind_id=office.kinds["CV"],
                        references=(Reference(document_id=plan, relation="guides"),))
    return plan


def test_a_click_on_a_box_opens_the_document(page_as, plan):
    page = page_as(Role.LEADER)
    page.goto(f"/documents/{plan}/chain")
    picture = page.get_by_role("region", name="Sơ đồ chuỗi văn bản")
    picture.get_by_role("link", name="20/UBND-VX").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("20/UBND-VX")


def test_the_keyboard_reaches_the_boxes_and_the_lists_fold(page_as, plan):
    page = page_as(Role.LEADER)
    page.goto(f"/documents/{plan}/chain")
    box = page.get_by_role("region", name="Sơ đồ chuỗi văn bản").get_by_role("link", name="749/QĐ-TTg")
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != f"/documents/{plan}/chain" and not url.endswith("/chain"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("749/QĐ-TTg")
    page.goto(page.url + "/chain")
    expect(page.locator("ul.chain").get_by_role("link", name="20/UBND-VX")).to_be_visible()
    page.locator("ul.chain summary").first.click()
    expect(page.locator("ul.chain").get_by_role("link", name="20/UBND-VX")).to_be_hidden()


def test_on_a_phone_the_picture_scrolls_and_the_page_does_not(page_as, plan):
    page = page_as(Role.LEADER, width=390, height=800)
    page.goto(f"/documents/{plan}/chain")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    inside = page.evaluate("""() => {
        const place = document.querySelector(".chain-picture").getBoundingClientRect();
        const own = document.querySelector(".chain-picture [aria-current]").getBoundingClientRect();
        return own.left >= place.left && own.right <= place.right && own.top >= place.top && own.bottom <= place.bottom;
    }""")
    assert inside, "the document that the chain is about is what one sees first"
