"""Planning, filing and the first page in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role

pytestmark = pytest.mark.browser


def test_a_clerk_plans_a_document_and_issues_it(office, page_as):
    page = page_as(Role.CLERK)
    page.goto("/programme/paste")
    page.get_by_label("Danh sách văn bản").fill("Xây dựng Kế hoạch cải cách hành chính năm 2022; Báo cáo tổng kết")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Đã hiểu là 2 văn bản")).to_be_visible()
    page.get_by_role("button", name="Thêm 2 văn bản").click()
    page.get_by_role("link", name="Kế hoạch cải cách hành chính năm 2022").click()
    page.get_by_role("link", name="Ban hành", exact=True).click()
    issuer = page.get_by_label("Cơ quan ban hành")
    issuer.fill("ubnd ha nam")
    page.locator(".suggestions li").first.click()
    page.get_by_label("Số, ký hiệu", exact=True).fill("400/KH-UBND")
    page.get_by_role("button", name="Lưu và vào sổ").click()
    page.wait_for_url(re.compile(r"/documents/\d+$"))
    page.get_by_role("link", name="Kế hoạch cải cách hành chính năm 2022").click()
    expect(page.get_by_text("Đã ban hành", exact=True)).to_be_visible()


def test_a_clerk_files_documents_from_the_list(office, page_as):
    office.register()
    office.register(number="326/KH-UBND")
    page = page_as(Role.CLERK)
    page.goto("/documents")
    for box in page.get_by_role("checkbox", name=re.compile("Chọn: ")).all():
        box.check()
    page.get_by_role("button", name="Đưa các văn bản đã chọn vào hồ sơ…").click()
    page.get_by_role("button", name="Mở hồ sơ mới cho các văn bản này").click()
    page.get_by_label("Số, ký hiệu hồ sơ").fill("01.CNTT")
    page.get_by_label("Thời hạn bảo quản").select_option("Vĩnh viễn")
    page.get_by_label("Tiêu đề hồ sơ").fill("Ứng dụng công nghệ thông tin")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/case-files/\d+$"))
    rows = page.locator("table.documents tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("td.number").first).to_have_text("325/KH-UBND")
    expect(rows.nth(1).locator("td.number").first).to_have_text("326/KH-UBND")
    page.get_by_role("button", name="Xuống: 325/KH-UBND").click()
    expect(rows.first.locator("td.number").first).to_have_text("326/KH-UBND")
    page.once("dialog", lambda dialog: dialog.accept())
    rows.first.get_by_role("button", name="Đưa ra").click()
    page.get_by_text("Đã đưa văn bản ra khỏi hồ sơ").wait_for()
    expect(rows).to_have_count(1)


def test_a_document_is_found_by_words_and_put_into_the_file(office, page_as):
    office.register()
    page = page_as(Role.CLERK)
    page.goto("/case-files/new")
    page.get_by_label("Số, ký hiệu hồ sơ").fill("01.CNTT")
    page.get_by_label("Thời hạn bảo quản").select_option("20 năm")
    page.get_by_label("Tiêu đề hồ sơ").fill("Ứng dụng công nghệ thông tin")
    page.keyboard.press("Control+Enter")
    page.get_by_label("Văn bản", exact=True).fill("hoạt động của cơ quan nhà nước")
    page.locator(".suggestions li").first.click()
    page.get_by_role("button", name="Đưa vào hồ sơ").click()
    expect(page.locator("table.documents").get_by_role("link", name="325/KH-UBND")).to_be_visible()
    page.get_by_text("Kết thúc hồ sơ").click()
    page.get_by_label("Ngày kết thúc công việc").fill("22/6/2021")
    page.get_by_role("button", name="Kết thúc", exact=True).click()
    expect(page.get_by_text("22/6/2022 Thứ Tư")).to_be_visible()


@pytest.mark.parametrize(("role", "width"), [(Role.CLERK, 390), (Role.LEADER, 1366), (Role.ADMINISTRATOR, 390)])
def test_the_first_page_fits_the_screen(office, page_as, role, width):
    page = page_as(role, width=width)
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
