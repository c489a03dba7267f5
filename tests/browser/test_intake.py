"""Registering from pasted text in a real browser: pasted, a doubtful field corrected, confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DATA = Path(__file__).resolve().parent.parent / "data"
ARTICLE = (DATA / "intake_article.txt").read_text(encoding="utf-8")
PLAN = (DATA / "intake_plan.txt").read_text(encoding="utf-8")


def test_a_pasted_plan_is_read_corrected_and_registered_by_keyboard(page_as):
    page = page_as(Role.CLERK)
    page.goto("/documents/new")
    page.get_by_role("link", name="Điền sẵn từ tệp hoặc văn bản").click()
    expect(page.locator("#text")).to_be_focused()
    page.locator("#text").fill(PLAN.replace("Trần Xuân Dưỡng", "Tran Xuan Duong"))
    page.keyboard.press("Control+Enter")

    expect(page.locator("#number")).to_have_value("681/KH-UBND")
    page.locator("#number").focus()
    expect(page.locator("mark.current")).to_contain_text("681/KH-UBND")
    page.locator("#subject").focus()
    expect(page.locator("mark.current").first).to_contain_text("Triển khai thực hiện")
    page.locator("#signer_name").fill("Trần Xuân Dưỡng")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/documents/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("681/KH-UBND")
    expect(page.locator("main")).to_contain_text("Trần Xuân Dưỡng")
    cited = page.locator("main").get_by_role("link", name="21/QĐ-TTg")
    expect(cited.first).to_be_visible()


def test_the_documents_of_an_article_are_registered_together_and_a_faulty_one_waits(page_as):
    page = page_as(Role.CLERK)
    page.goto("/intake")
    page.locator("#text").fill(ARTICLE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".card-row")).to_have_count(4)
    number = page.locator("#row1-number")
    number.focus()
    expect(page.locator("mark.current").last).to_contain_text("346/KH-UBND")
    number.fill("kế hoạch")
    page.get_by_role("button", name="Đăng ký tất cả đã chọn").click()

    expect(page.locator(".card-row.done")).to_have_count(3)
    expect(page.get_by_role("alert").first).to_contain_text("1 văn bản chưa đăng ký được")
    number.fill("346/KH-UBND")
    page.locator("#card-1").get_by_role("button", name="Đăng ký văn bản này").click()
    expect(page.locator(".card-row.done")).to_have_count(4)


def test_on_a_phone_nothing_runs_over_the_edge(page_as):
    page = page_as(Role.CLERK, width=390, height=844)
    for text in (PLAN, ARTICLE):
        page.goto("/intake")
        page.locator("#text").fill(text)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".marked")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
