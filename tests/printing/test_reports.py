"""Reports as pages: the shipped form, the office's own, and what may not be one."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pypdfium2
import pytest

from registry.domain.file_errors import BadReportForm
from registry.domain.report_document import ReportDocument, ReportHead, ReportParagraph, ReportPart
from registry.domain.tables import Column, Table
from registry.printing import charts, report_form
from registry.printing.report_pdf import chart_png, report_pdf
from registry.printing.report_trial import try_form
from registry.printing.report_word import report_docx
from registry.services.report_forms import sample

SUBJECT = "Kết quả <b> & {{ 7 * 7 }} #let [x] $1"


def report(**changes) -> ReportDocument:
    table = Table("Danh mục", (Column("TT", 6, "center"), Column("Trích yếu", 40), Column("Số lượng", 10, "right")),
                  [(1, "ban hành {% Quy chế %}", 3), (2, "=SUM(A1) & <w:t>", None)])
    given = {"office": "Sở Thông tin và Truyền thông", "parent": "UBND tỉnh Hà Nam", "place": "Hà Nam",
             "head": ReportHead(SUBJECT, "15/BC-STTTT", date(2021, 2, 5), "- UBND tỉnh;\nLưu: VT", "KT. Giám đốc", "Phó Giám đốc",
                                "Nguyễn Văn A"),
             "parts": (ReportPart("VĂN BẢN", (ReportParagraph("Đoạn một."), ReportParagraph("Đoạn hai.\nDòng nữa.", True)), (table,)),
                       ReportPart("NHIỆM VỤ", (ReportParagraph("Đoạn ba."),)))}
    return ReportDocument(**{**given, **changes})


def texts(file: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def with_body(change) -> bytes:
    """The shipped form with its text changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(report_form.SHIPPED) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return made.getvalue()


def test_the_shipped_form_is_what_the_program_makes():
    assert report_form.made() == report_form.SHIPPED.read_bytes(), "run: python -m registry.printing.report_form"


def test_a_report_stands_on_the_form_of_the_decree():
    found = texts(report_docx(report(), report_form.SHIPPED.read_bytes()))
    for line in ("UBND TỈNH HÀ NAM\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Số: 15/BC-STTTT", "Hà Nam, ngày 05 tháng 02 năm 2021",
                 "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", "BÁO CÁO", "I. VĂN BẢN", "Đoạn một.",
                 "II. NHIỆM VỤ", "PHỤ LỤC: VĂN BẢN", "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT."):
        assert line in found
    assert any(line.startswith("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC") and line.endswith("Nguyễn Văn A") for line in found)


def test_texts_are_shown_and_never_run():
    found = texts(report_docx(report(), report_form.SHIPPED.read_bytes()))
    assert SUBJECT in found
    assert "ban hành {% Quy chế %}" in found
    assert "=SUM(A1) & <w:t>" in found


def test_what_a_person_worded_is_marked_only_when_asked_for():
    form = report_form.SHIPPED.read_bytes()
    assert "Đoạn hai." in texts(report_docx(report(), form))
    assert "[sửa] Đoạn hai." in texts(report_docx(report(mark_edited=True), form))
    assert "Đoạn một." in texts(report_docx(report(mark_edited=True), form))


def test_the_columns_of_a_table_have_the_widths_that_it_asks_for():
    document = docx.Document(io.BytesIO(report_docx(report(), report_form.SHIPPED.read_bytes())))
    table = next(one for one in document.tables if one.rows[0].cells[0].text == "TT")
    narrow, wide, _last = (column.width for column in table.columns)
    assert wide > 5 * narrow


def test_a_report_without_number_and_date_leaves_room_for_them():
    found = texts(report_docx(report(head=ReportHead("Thử")), report_form.SHIPPED.read_bytes()))
    assert "Số:         /BC" in found
    assert any(line.startswith("Hà Nam, ngày  ") for line in found)


def test_a_report_as_pdf_has_its_text_and_the_annex_on_pages_of_its_own():
    document = pypdfium2.PdfDocument(report_pdf(report()))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) == 2
    assert "Đoạn hai." in pages[0]
    assert "PHỤ LỤC: VĂN BẢN" in pages[1]
    assert "=SUM(A1) & <w:t>" in " ".join(pages[1].split())


def test_the_sample_uses_all_that_a_form_may_ask_for():
    assert "[sửa] Đoạn đã sửa." in texts(report_docx(sample(date(2021, 6, 22)), report_form.SHIPPED.read_bytes()))


@pytest.mark.parametrize(("form", "code"), [
    pytest.param(lambda: b"%PDF-1.7", "not_word", id="no package"),
    pytest.param(lambda: b"", "not_word", id="empty"),
    pytest.param(lambda: _zip({"xl/workbook.xml": b"<a/>"}), "not_word", id="a package of Excel"),
    pytest.param(lambda: _zip({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}), "macros", id="macros"),
    pytest.param(lambda: _zip({"word/document.xml": b"0" * 40_000_000}), "too_large", id="a zip bomb"),
    pytest.param(lambda: b"0" * 3_000_000, "too_large", id="too large"),
    pytest.param(lambda: with_body(lambda body: body.replace("{{ subject }}", "{{ chu_de }}")), "unknown_field", id="unknown field"),
    pytest.param(lambda: with_body(lambda body: body.replace("{{ subject }}", "{{ subject | khong_co }}")), "syntax", id="unknown filter"),
    pytest.param(lambda: with_body(lambda body: body.replace("{%p endfor %}", "", 1)), "syntax", id="a loop without end"),
    pytest.param(lambda: with_body(lambda body: body.replace(
        "{{ subject }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}")), "refused", id="reaches into Python"),
    pytest.param(lambda: with_body(lambda body: body.replace(
        "{{ subject }}", "{{ annexes[0].charts[0].picture.tpl.save('written.docx') }}")), "refused", id="writes files"),
    pytest.param(lambda: with_body(lambda body: body.replace("{{ subject }}", "{{ '{0}{1}'.format(1) }}")), "refused", id="counts wrongly"),
    pytest.param(lambda: with_body(lambda body: body.replace("{{ subject }}", "{{ parts | xmlattr }}")), "refused", id="a filter for others"),
    pytest.param(lambda: _damaged(), "not_word", id="damaged on the way"),
    pytest.param(lambda: with_body(lambda body: body.replace("{{ subject }}", "{{ 'x' * 900000000 }}")), "refused", id="fills the memory"),
    pytest.param(lambda: with_body(lambda body: body.replace(
        "{{ subject }}", "{% for a in range(999999) %}x{% endfor %}")), "refused", id="loops without end"),
    pytest.param(lambda: with_body(lambda body: body.replace("{{ subject }}", "{{ 1 / 0 }}")), "refused", id="divides by zero"),
    pytest.param(lambda: with_body(lambda body: body[:200]), "not_word", id="torn XML"),
])
def test_what_cannot_be_a_form_is_refused_with_the_reason(form, code):
    with pytest.raises(BadReportForm) as caught:
        report_docx(sample(date(2021, 6, 22)), form())
    assert caught.value.code == code


def test_a_form_that_goes_on_for_hours_is_ended_and_one_that_is_refused_says_why():
    loops = "{% for a in range(9999) %}" * 5 + "x" + "{% endfor %}" * 5
    with pytest.raises(BadReportForm) as caught:
        try_form(sample(date(2021, 6, 22)), with_body(lambda body: body.replace("{{ subject }}", loops)), seconds=2)
    assert caught.value.code == "too_slow"
    with pytest.raises(BadReportForm) as caught:
        try_form(sample(date(2021, 6, 22)), with_body(lambda body: body.replace("{{ subject }}", "{{ chu_de }}")))
    assert (caught.value.code, "chu_de" in caught.value.detail) == ("unknown_field", True)


def test_a_form_may_join_cells_of_a_table_and_leave_the_page_to_word():
    made = docx.Document()
    table = made.add_table(rows=2, cols=3)
    for cell, heading in zip(table.rows[0].cells, ("TT", "Nội dung", "Số lượng"), strict=True):
        cell.text = heading
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "{{ office }}"
    assert "TÊN CƠ QUAN" in texts(report_docx(sample(date(2021, 6, 22)), _bytes_of(made)))
    made.element.body.remove(made.element.body.sectPr)
    assert "TÊN CƠ QUAN" in texts(report_docx(sample(date(2021, 6, 22)), _bytes_of(made)))


def _bytes_of(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _damaged() -> bytes:
    """The shipped form with a stretch of its packed text overwritten."""
    form = bytearray(report_form.SHIPPED.read_bytes())
    with zipfile.ZipFile(report_form.SHIPPED) as package:
        start = package.getinfo("word/document.xml").header_offset
    form[start + 200:start + 260] = b"\xff" * 60
    return bytes(form)


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


def test_charts_carry_no_script_and_tell_series_apart_without_colour():
    svg = charts.stacked_bars(["Phòng A", "Phòng B"], [("Xong", [3, 0]), ("Muộn", [1, 2]), ("Trong hạn", [0, 4]), ("Quá hạn", [0, 1])],
                              nothing="không có")
    assert b"<script" not in svg
    assert svg.count(b"url(#look-") >= 3
    assert all(f'id="look-{n}"'.encode() in svg for n in (1, 2, 3))
    assert chart_png(svg).startswith(b"\x89PNG")


def test_a_chart_of_nothing_says_so():
    assert "không có" in charts.columns([], [("Đến", [])], nothing="không có").decode()
