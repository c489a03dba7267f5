"""A table leaves the register whole, in its order, as text, in every format."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from datetime import date

import docx
import openpyxl
import pypdfium2
import pytest

from registry.domain.tables import Column, Table
from registry.printing import sheet
from registry.printing.pdf_table import write_pdf
from registry.printing.sheet import write_csv, write_xlsx
from registry.printing.word import write_docx

COLUMNS = (Column("Số", 10), Column("Trích yếu", 40), Column("Ngày", 12, "center"), Column("Số bản", 8, "right"))
SUBJECT = "Kế hoạch #triển [khai] *chuyển đổi số* $x$ <b>& \\ “Đề án 06”"


def table(rows, **more):
    return Table("Sổ đăng ký", COLUMNS, rows, **more)


def written(write, made, **how):
    file = io.BytesIO()
    write(file, made, **how)
    file.seek(0)
    return file


def numbered_rows(count):
    return ((f"S{n}.", SUBJECT * (1 + n % 3), date(2021, 2, 5), n) for n in range(1, count + 1))


def pdf_pages(file):
    book = pypdfium2.PdfDocument(file.read())
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in book]
    finally:
        book.close()


def test_a_pdf_holds_every_row_once_in_order_over_parts_and_pages():
    pages = pdf_pages(written(write_pdf, table(numbered_rows(700))))
    found = [int(n) for page in pages for n in re.findall(r"S(\d+)\.", page)]
    assert found == list(range(1, 701))


def test_each_page_of_a_pdf_repeats_the_head_and_is_numbered_on():
    pages = pdf_pages(written(write_pdf, table(numbered_rows(700), numbered=True)))
    assert len(pages) > 20
    for number, page in enumerate(pages, 1):
        assert "Trích yếu" in page
        assert "(4)" in page
        assert str(number) in page.split()


def test_pages_are_full_where_parts_are_joined():
    """A part ends inside a page; its last rows begin the next part, so no page but the last is short."""
    pages = pdf_pages(written(write_pdf, table((f"S{n}.", "một dòng", None, n) for n in range(1, 601))))
    rows = [len(re.findall(r"S\d+\.", page)) for page in pages]
    assert len(set(rows[:-1])) == 1


def test_signs_of_the_typesetter_stay_text():
    assert "#triển [khai] *chuyển đổi số* $x$ <b>& \\" in pdf_pages(written(write_pdf, table(numbered_rows(1))))[0]


def test_a_row_longer_than_a_page_is_split_and_the_rows_behind_it_are_there():
    rows = [("S1.", "ngắn", None, 1), ("S2.", "rất dài " * 2000, None, 2), ("S3.", "ngắn", None, 3)]
    pages = pdf_pages(written(write_pdf, table(rows)))
    assert sum(page.count("rất dài") for page in pages) >= 1990
    assert any("S3." in page for page in pages)


def test_an_empty_table_is_still_a_page_with_its_head():
    [page] = pdf_pages(written(write_pdf, table(())))
    assert "Trích yếu" in page


def test_excel_has_title_told_lines_head_and_typed_cells():
    file = written(write_xlsx, table(numbered_rows(3), told=("Từ số 01 đến số 03",)))
    rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert rows[0][0] == "Sổ đăng ký"
    assert rows[1][0] == "Từ số 01 đến số 03"
    assert rows[3] == ("Số", "Trích yếu", "Ngày", "Số bản")
    assert rows[4][2].date() == date(2021, 2, 5)
    assert rows[6][3] == 3


def test_a_column_of_dates_keeps_its_room_on_a_page_that_is_too_narrow_for_all():
    made = Table("Nhiệm vụ", [Column("Hạn", 12), Column("Nhiệm vụ", 120), Column("Đơn vị", 120)], [])
    shares = made.shares(160)
    assert shares[0] == pytest.approx(12)
    assert sum(shares) == pytest.approx(160)


def test_what_is_longer_than_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(sheet, "_MOST_ROWS", 8)
    book = openpyxl.load_workbook(written(write_xlsx, table(numbered_rows(7))))
    rows = [row[0].value for one in book.worksheets for row in one.iter_rows(min_row=4)]
    assert rows == ["S1.", "S2.", "S3.", "S4.", "S5.", "S6.", "S7."]
    assert [one["A3"].value for one in book.worksheets] == ["Số", "Số"]


FORMULAS = ["=1+1", "+84 229 3871", "-5", "@SUM(A1)", "\tx", "=HYPERLINK(\"http://x\")"]


@pytest.mark.parametrize(("rows", "sheets"), [(0, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_a_sheet_that_is_just_full_has_no_empty_one_behind_it(monkeypatch, rows, sheets):
    monkeypatch.setattr(sheet, "_MOST_ROWS", 8)
    assert len(openpyxl.load_workbook(written(write_xlsx, table(numbered_rows(rows)))).worksheets) == sheets


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_stays_text_in_excel(text):
    book = openpyxl.load_workbook(written(write_xlsx, table([(text, "", None, 1)])))
    cell = book.active["A4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_has_an_apostrophe_in_csv(text):
    content = written(write_csv, table([(text, "", date(2021, 3, 9), 1)])).read()
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == ["Số", "Trích yếu", "Ngày", "Số bản"]
    assert row == [f"'{text}", "", "09/03/2021", "1"]


def test_word_holds_every_row_and_its_head_repeats():
    document = docx.Document(written(write_docx, table(numbered_rows(300), numbered=True)))
    [made] = document.tables
    assert [cell.text for cell in made.rows[0].cells] == [column.heading for column in COLUMNS]
    assert [cell.text for cell in made.rows[1].cells] == ["(1)", "(2)", "(3)", "(4)"]
    assert len(made.rows) == 302
    last = made.rows[301]._tr
    assert next(text.text for text in last.iter("{*}t")) == "S300."
    assert made.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert last.xpath("w:trPr/w:cantSplit")
    assert document.sections[0].page_width > document.sections[0].page_height


@pytest.mark.parametrize("write", [write_pdf, write_xlsx, write_csv, write_docx])
def test_what_no_file_may_hold_is_left_out_and_the_rest_written(write):
    assert written(write, table([("a\x00b\ufffe\x1f", "x\ud800y", None, 1)])).getbuffer().nbytes


@pytest.mark.parametrize("write", [write_xlsx, write_csv, write_docx])
def test_memory_stays_flat_while_rows_are_written(write, tmp_path):
    def peak(count):
        with (tmp_path / "out").open("w+b") as file:
            tracemalloc.start()
            write(file, table(numbered_rows(count)))
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < peak(400) + 500_000


def test_progress_tells_the_rows_done():
    told = []
    written(write_pdf, table(numbered_rows(320)), on_progress=told.append)
    assert told[-1] == 320
    assert told == sorted(told)
