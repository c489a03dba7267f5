"""The way of a directive: its deadline is proposed, confirmed, fulfilled by a document, and counted."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import Unit
from registry.services import obligations
from registry.services.obligations import NewObligation
from tests.conftest import NOON
from tests.factories import CLERK

PHONE = {"width": 375, "height": 720}


@pytest.fixture
def directive(office):
    with office.db.begin() as session:
        session.add(Unit(name="Phòng Tổng hợp", name_key="phong tong hop"))
    office.register(number="9/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 6, 18),
                    subject="kết quả thực hiện")
    return office.register(
        direction=Direction.INCOMING, number="55/KH-UBND", received_on=NOON.date(), issued_on=date(2021, 6, 10),
        text="Phòng Tổng hợp gửi báo cáo kết quả trước ngày 30/6/2021.")


def test_from_the_words_of_a_directive_to_the_overview(page_as, directive):
    page = page_as(Role.CLERK)
    page.goto(f"/documents/{directive}")
    page.get_by_role("link", name="Xem và ghi nhận").click()
    expect(page.locator("mark")).to_have_text("trước ngày 30/6/2021")
    page.get_by_role("button", name="Ghi nhận các dòng").click()
    page.goto("/obligations")
    expect(page.locator("table.rows")).to_contain_text("29/6/2021")
    page.locator("table.rows tbody a").first.click()
    page.locator("summary", has_text="Báo hoàn thành").click()
    page.get_by_label("Văn bản hoàn thành").fill("9/BC-UBND")
    page.get_by_label("Văn bản hoàn thành").press("Escape")
    page.get_by_role("button", name="Báo hoàn thành").click()
    expect(page.locator(".tags")).to_contain_text("Hoàn thành đúng hạn")
    page.goto("/obligations/overview")
    row = page.locator("tbody tr", has_text="Phòng Tổng hợp")
    expect(row.locator("td")).to_have_text(["Phòng Tổng hợp", "1", "1", "0", "0", "0"])
    assert page.locator("img.chart").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")


def test_a_list_is_narrowed_by_suggestion_sorted_by_heading_and_its_document_cancelled(page_as, office, directive):
    for task in ("Rà soát thủ tục", "An toàn thông tin"):
        obligations.create(office.db, NewObligation(document_id=directive, task=task, printed_on=date(2021, 6, 30)),
                           actor=CLERK, at=NOON)
    page = page_as(Role.CLERK)
    page.goto("/obligations")
    page.get_by_label("Văn bản giao").press_sequentially("55")
    page.locator(".suggestions li").first.click()
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("status")).to_contain_text("2 nhiệm vụ, do văn bản 55/KH-UBND")
    page.locator("thead").get_by_role("link", name="Nhiệm vụ").click()
    expect(page.locator("tbody tr").first).to_contain_text("An toàn thông tin")
    page.locator("thead").get_by_role("link", name="Nhiệm vụ").click()
    expect(page.locator("tbody tr").first).to_contain_text("Rà soát thủ tục")
    page.goto(f"/documents/{directive}/cancel")
    page.get_by_label("Xử lý các nhiệm vụ này").select_option("Hủy cùng văn bản")
    page.get_by_label("Lý do").fill("ban hành nhầm")
    page.get_by_role("button", name="Hủy văn bản").click()
    expect(page.get_by_text("Đã hủy văn bản cùng 2 nhiệm vụ")).to_be_visible()
    page.goto("/obligations")
    expect(page.get_by_role("status")).to_contain_text("0 nhiệm vụ")


@pytest.mark.parametrize("path", ["/", "/obligations?scope=all", "/documents/{directive}/cancel", "/obligations/calendar", "/obligations/overview",
                                  "/obligations/of/{directive}/deadlines"])
def test_pages_of_obligations_fit_a_phone(page_as, directive, path):
    page = page_as(Role.CLERK, **PHONE)
    page.goto(path.replace("{directive}", str(directive)))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{path} is {wide} px wide"
