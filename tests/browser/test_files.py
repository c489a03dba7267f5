"""Files in a real browser: dropped, read, registered; a batch confirmed; shown in the browser's viewer."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registry.domain.roles import Role
from registry.files.store import FileStore
from registry.services import file_reading, intake_receiving
from registry.services.file_uploads import FileRules
from tests.conftest import NOON
from tests.made_files import annex_docx, plan_pdf, scan_pdf, zip_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def drop(page: Page, zone: str, *files: tuple[str, bytes]) -> None:
    """Drop files onto a zone as a person does with the mouse."""
    data = page.evaluate_handle(
        """files => {
          const data = new DataTransfer();
          for (const [name, content] of files) {
            const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
            data.items.add(new File([bytes], name));
          }
          return data;
        }""", [[name, base64.b64encode(content).decode()] for name, content in files])
    page.dispatch_event(zone, "drop", {"dataTransfer": data})


def read_all(office, folder: Path) -> None:
    """What the reading threads do in use."""
    store, rules = FileStore(folder / "files"), FileRules(frozenset({"pdf", "docx"}), 1024 * 1024)
    while intake_receiving.unpack_next(office.db, store, rules, holder="t", clock=lambda: NOON):
        pass
    while file_reading.read_waiting(office.db, store, ocr=False, holder="t", clock=lambda: NOON, most=4):
        pass


def test_a_dropped_pdf_fills_the_form_and_is_registered_with_an_annex(page_as, office):
    page = page_as(Role.CLERK)
    page.goto("/intake")
    drop(page, "[data-drop]", ("681.KH-UBND.pdf", plan_pdf(pages=3)))
    page.wait_for_url("**/intake/files/*")
    expect(page.locator("#number")).to_have_value("681/KH-UBND")
    expect(page.locator("#signer_name")).to_have_value("Trương Quốc Huy")
    drop(page, "fieldset.files [data-drop]", ("Phụ lục 1.docx", annex_docx()))
    expect(page.locator("[data-files] .file-row")).to_have_count(2)
    expect(page.locator("[data-files] select").last).to_have_value("annex")
    page.locator("#number").focus()
    expect(page.locator("mark.current")).to_contain_text("681/KH-UBND")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/documents/*")
    expect(page.locator("#files .file-row")).to_have_count(2)
    expect(page.locator("#files")).to_contain_text("Phụ lục")


def test_on_the_registration_form_a_file_is_sent_with_what_is_typed_kept_and_taken_away(page_as, office):
    page = page_as(Role.CLERK)
    page.goto("/documents/new?direction=incoming")
    page.locator("#subject").fill("đang gõ dở")
    drop(page, "[data-drop]", ("a.pdf", plan_pdf()), ("hỏng.pdf", b"MZ" + bytes(99)))
    expect(page.locator("[data-files] .file-row")).to_have_count(1)
    expect(page.locator(".uploads .error")).to_contain_text("Loại tệp này không đính kèm được")
    page.get_by_role("button", name="Bỏ tệp a.pdf").click()
    expect(page.locator("[data-files] .file-row")).to_have_count(0)
    expect(page.locator("#subject")).to_have_value("đang gõ dở")


def test_a_document_takes_a_file_and_shows_it(page_as, office):
    key = office.register()
    page = page_as(Role.CLERK)
    page.goto(f"/documents/{key}")
    drop(page, "[data-drop]", ("Kế hoạch.pdf", plan_pdf()))
    link = page.get_by_role("link", name="Kế hoạch.pdf", exact=True)
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch.pdf")
    page.get_by_role("link", name="Ảnh từng trang").click()
    picture = page.locator("img.page-picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 300


def test_a_scan_is_waited_for_and_the_page_goes_on_by_itself(page_as, office, tmp_path, monkeypatch):
    page = page_as(Role.CLERK)
    page.goto("/intake")
    drop(page, "[data-drop]", ("quét.pdf", scan_pdf()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang đọc tệp")
    monkeypatch.setattr(file_reading.file_reading, "ocr_file", lambda *a, **k: file_reading.file_reading.FileText(
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 681/KH-UBND\nHà Nam, ngày 24 tháng 3 năm 2021\nKẾ HOẠCH\nThử", 1, "ocr"))
    file_reading.read_waiting(office.db, FileStore(tmp_path / "files"), ocr=True, holder="t", clock=lambda: NOON)
    expect(page.locator("#number")).to_have_value("681/KH-UBND")


def test_a_zip_is_confirmed_in_one_go(page_as, office, tmp_path):
    page = page_as(Role.CLERK)
    page.goto("/intake")
    drop(page, "[data-drop]", ("tháng 3.zip", zip_of({
        f"{n}.pdf": plan_pdf(f"{n}/KH-UBND", subject=f"Kế hoạch thứ {n}") for n in (681, 682, 683)})))
    page.wait_for_url("**/intake/batches/*")
    read_all(office, tmp_path)
    page.goto(page.url)
    expect(page.locator(".card-row")).to_have_count(3)
    page.get_by_role("button", name="Đăng ký tất cả đã chọn").click()
    expect(page.locator(".card-row.done")).to_have_count(3)
    expect(page.locator(".batch-progress")).to_contain_text("3 đã đăng ký")


def test_several_dropped_files_become_a_batch(page_as, office):
    page = page_as(Role.CLERK)
    page.goto("/intake")
    drop(page, "[data-drop]", ("1.pdf", plan_pdf("681/KH-UBND")), ("2.pdf", plan_pdf("682/KH-UBND")))
    page.wait_for_url("**/intake/batches/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 tệp tải lên cùng lúc")
    expect(page.locator(".card-row")).to_have_count(2)


@pytest.mark.parametrize("width", [390, 1366])
def test_nothing_runs_over_the_edge(page_as, office, tmp_path, width):
    page = page_as(Role.CLERK, width=width, height=844)
    key = office.register()

    def check(name: str) -> None:
        page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    page.goto("/intake")
    check("intake")
    drop(page, "[data-drop]", ("681.KH-UBND tên tệp khá là dài của cơ quan ban hành văn bản.pdf", plan_pdf("")))
    page.wait_for_url("**/intake/files/*")
    check("review")
    page.goto("/intake")
    drop(page, "[data-drop]", ("quét.pdf", scan_pdf()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang đọc tệp")
    check("waiting")
    page.goto("/intake")
    drop(page, "[data-drop]", ("tháng 3.zip", zip_of({
        "a.pdf": plan_pdf("684/KH-UBND"), "b.pdf": b"%PDF-1.7 " + b"x " * 300, "c.exe": b"MZ" + bytes(99)})))
    page.wait_for_url("**/intake/batches/*")
    check("batch-waiting")
    read_all(office, tmp_path)
    page.reload()
    check("batch")
    page.goto("/intake")
    check("intake-with-batch")
    page.goto(f"/documents/{key}")
    drop(page, "#files [data-drop]", ("Kế hoạch ứng dụng công nghệ thông tin.pdf", plan_pdf(pages=2)), ("Phụ lục 1.docx", annex_docx()))
    expect(page.locator("#files .file-row")).to_have_count(2)
    check("document")
    page.locator("#files .file-name").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    check("file")
    page.goto(f"{page.url.split('?')[0]}?view=pages")
    page.wait_for_load_state("networkidle")
    check("file-pages")
    page.goto("/documents/new?direction=incoming")
    drop(page, "[data-drop]", ("a.pdf", plan_pdf("699/KH-UBND")))
    expect(page.locator("[data-files] .file-row")).to_have_count(1)
    check("register")
