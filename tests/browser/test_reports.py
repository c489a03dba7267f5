"""Making the six-month report: choose the period, word a paragraph, take it to Word."""

from __future__ import annotations

import re
from datetime import date

import docx
import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role
from registry.services import settings
from tests.conftest import NOON
from tests.factories import CLERK

PHONE = {"width": 375, "height": 720}
FIRST_HALF = "kind=first_half&year=2021&number=1"


@pytest.fixture
def half_year(office):
    settings.change(office.db, actor=CLERK, at=NOON, office_name="Sở Thông tin và Truyền thông tỉnh Hà Nam",
                    parent_name="Ủy ban nhân dân tỉnh Hà Nam", place="Hà Nam")
    office.register(number="325/KH-UBND", issued_on=date(2021, 2, 4), subject="ứng dụng CNTT")
    office.register(number="530/KH-UBND", issued_on=date(2021, 3, 8), subject="tập huấn")
    return office


def test_from_the_period_to_the_worded_report_in_word(page_as, half_year):
    page = page_as(Role.CLERK)
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_label("Kỳ", exact=True).select_option("quarter")
    page.get_by_label("Tháng, quý").fill("1")
    expect(page.get_by_label("Từ ngày")).to_be_hidden()
    page.get_by_label("Kỳ", exact=True).select_option("first_half")
    expect(page.get_by_label("Tháng, quý")).to_be_hidden()
    page.get_by_label("Năm", exact=True).fill("2021")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("#paragraph-1")).to_have_text(
        "Sở Thông tin và Truyền thông đã tham mưu với UBND tỉnh ban hành: Kế hoạch số 325/KH-UBND ngày 04/02/2021 về "
        "ứng dụng CNTT. Kế hoạch số 530/KH-UBND ngày 08/3/2021 về tập huấn.")
    assert page.locator("img.chart").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")

    page.get_by_role("link", name="Soạn báo cáo").click()
    page.get_by_label("Người ký", exact=True).fill("Nguyễn Văn A")
    page.locator("textarea[name^='text:issued.']").fill("Sở đã tham mưu hai kế hoạch.")
    page.get_by_label("In dấu [sửa] trước đoạn đã sửa").check()
    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.locator(".block.edited .tag.warn")).to_have_text("đã sửa")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    file = docx.Document(download.value.path())
    said = [paragraph.text for paragraph in file.paragraphs]
    assert "[sửa] Sở đã tham mưu hai kế hoạch." in said
    assert "Kết quả công tác sáu tháng đầu năm 2021 và nhiệm vụ sáu tháng cuối năm 2021" in said

    page.locator(".block.edited summary").click()
    page.get_by_role("button", name="Lấy lại đoạn tự tính").click()
    expect(page.locator("textarea[name^='text:issued.']")).to_have_value(
        re.compile("đã tham mưu với UBND tỉnh ban hành: Kế hoạch số 325/KH-UBND"))


@pytest.mark.parametrize("path", ["issued", "directives", "tasks", "volumes", "draft"])
def test_pages_of_reports_fit_a_phone(page_as, half_year, path):
    page = page_as(Role.CLERK, **PHONE)
    page.goto(f"/reports/{path}?{FIRST_HALF}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{path} is {wide} px wide"
