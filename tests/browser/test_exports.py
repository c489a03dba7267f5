"""Taking lists and books out, and bringing a list back, in a real browser."""

from __future__ import annotations

from datetime import date

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def plans(office):
    for n in range(1, 4):
        office.register(number="", symbol="KH-UBND", book_id=office.books["KH"], issued_on=date(2021, n, 4),
                        subject=f"kế hoạch thứ {n}", recipients="UBND các huyện\nLưu: VT")


def test_a_list_goes_to_excel_and_comes_back_with_its_differences_shown_first(page_as, plans, tmp_path):
    page = page_as(Role.CLERK)
    page.goto("/documents")
    menu = page.get_by_text("Xuất", exact=True)
    menu.focus()
    page.keyboard.press("Enter")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel để sửa rồi nhập lại").press("Enter")
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "kế hoạch thứ 2")
    cell.value = "kế hoạch thứ hai"
    book.save(path)

    page.goto("/imports")
    page.get_by_label("Tệp").set_input_files(path)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("status")).to_contain_text("1 văn bản có thay đổi, 2 như trong sổ")
    expect(page.get_by_role("deletion")).to_have_text("kế hoạch thứ 2")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Ghi 1 văn bản").click()
    expect(page.get_by_role("status")).to_contain_text("đã ghi 1 văn bản")
    page.goto("/documents")
    expect(page.get_by_role("table")).to_contain_text("kế hoạch thứ hai")


def test_a_book_is_printed_landscape_with_its_cover_on_a_page_of_its_own(page_as, office, plans, tmp_path):
    page = page_as(Role.CLERK)
    page.goto(f"/books/{office.books['KH']}/print?year=2021")
    page.pdf(path=tmp_path / "book.pdf", prefer_css_page_size=True)
    book = pypdfium2.PdfDocument(tmp_path / "book.pdf")
    sizes = [tuple(map(round, sheet.get_size())) for sheet in book]
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in book]
    book.close()
    assert all(abs(width - 842) < 2 and abs(height - 595) < 2 for width, height in sizes)
    assert len(texts) == 2
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in texts[0]
    assert "03/KH-UBND" in texts[1]
    assert "Đơn vị, người nhận bản lưu" in texts[1]


def test_the_page_that_waits_for_a_long_file_fetches_it_by_itself(page_as, plans, monkeypatch):
    from registry.web.exports import answering

    monkeypatch.setitem(answering._MOST_AT_ONCE, answering.Format.XLSX, 1)
    page = page_as(Role.CLERK)
    page.goto("/documents")
    page.get_by_text("Xuất", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel", exact=True).click()
    assert taken.value.suggested_filename == "van-ban.xlsx"
    expect(page.get_by_role("link", name="Tải tệp")).to_be_visible()
