"""The form (mẫu) on which a report is printed with Word, as shipped: made here, so that it can be made again.

    python -m registry.printing.report_form

writes ``registry/data/report.docx``. Its layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I; what stands in
braces is filled in by ``registry.printing.report_word``.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from registry.printing.word import add_page_number

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "report.docx"
_FACE = "Times New Roman"
_CENTRED, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_HEAD_WIDTHS = (72, 98)
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def made() -> bytes:
    """Return the form; the same bytes each time."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    add_page_number(section.header.paragraphs[0])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    normal.paragraph_format.space_after = Pt(0)
    _letterhead(document)
    _line(document, "BÁO CÁO", bold=True, size=14, before=10)
    _line(document, "{{ subject }}", bold=True, size=14, after=8)
    _parts(document)
    _signature(document)
    _annexes(document)
    properties = document.core_properties
    properties.author, properties.title = "", "Báo cáo"
    return _same_bytes(document)


def _letterhead(document: Any) -> None:
    table = document.add_table(rows=2, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _HEAD_WIDTHS, strict=True):
        column.width = Mm(width)
    texts = (
        ((("{{ parent }}", False, False, 12), ("{{ office }}", True, False, 12)),
         (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False, 12), ("Độc lập - Tự do - Hạnh phúc", True, False, 13))),
        ((("{{ number }}", False, False, 13),), (("{{ place_and_date }}", False, True, 13),)),
    )
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, lines, width in zip(row.cells, cells, _HEAD_WIDTHS, strict=True):
            cell.width = Mm(width)
            for place, (text, bold, italic, size) in enumerate(lines):
                paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                paragraph.alignment = _CENTRED
                run = paragraph.add_run(text)
                run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    motto = table.rows[0].cells[1].paragraphs[1].runs[0]
    motto.underline = True


def _parts(document: Any) -> None:
    _tag(document, "{%p for part in parts %}")
    _line(document, "{{ part.heading }}", bold=True, before=10, after=4, align=_BOTH, keep=True)
    _tag(document, "{%p for line in part.lines %}")
    body = _line(document, "{{ line }}", after=6, align=_BOTH)
    body.paragraph_format.first_line_indent = Mm(10)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p endfor %}")


def _signature(document: Any) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _cant_split(table.rows[0])
    _into(left, "{%p if recipients %}", first=True)
    _into(left, "Nơi nhận:", bold=True, italic=True, size=12)
    _into(left, "{%p for one in recipients %}")
    _into(left, "- {{ one }}", size=11)
    _into(left, "{%p endfor %}")
    _into(left, "{%p endif %}")
    _into(right, "{%p if authority %}", first=True, align=_CENTRED)
    _into(right, "{{ authority }}", bold=True, align=_CENTRED)
    _into(right, "{%p endif %}")
    _into(right, "{{ position }}", bold=True, align=_CENTRED)
    for _room in range(4):
        _into(right, "")
    _into(right, "{{ signer }}", bold=True, align=_CENTRED)


def _annexes(document: Any) -> None:
    _tag(document, "{%p for annex in annexes %}")
    heading = _line(document, "{{ annex.heading }}", bold=True, size=14, before=6, after=6, keep=True)
    heading.paragraph_format.page_break_before = True
    _tag(document, "{%p for table in annex.tables %}")
    _line(document, "{{ table.title }}", bold=True, size=11, before=8, after=3, keep=True)
    rows = document.add_table(rows=4, cols=3, style="Table Grid")
    _narrow_margins(rows)
    _loop(rows.rows[0], "{%tc for name in table.headings %}", "{{ name }}", bold=True, head=True)
    rows.rows[1].cells[0].text = "{%tr for row in table.rows %}"
    _loop(rows.rows[2], "{%tc for cell in row %}", "{{ cell }}")
    rows.rows[3].cells[0].text = "{%tr endfor %}"
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p for chart in annex.charts %}")
    _line(document, "{{ chart.title }}", bold=True, size=11, before=8, after=3, keep=True)
    _line(document, "{{ chart.picture }}")
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p endfor %}")


def _narrow_margins(table: Any) -> None:
    """Leave the width to the words: a column of figures is hardly wider than Word's usual margins."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _loop(row: Any, opening: str, text: str, *, bold: bool = False, head: bool = False) -> None:
    _cant_split(row)
    if head:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    row.cells[0].text, row.cells[2].text = opening, "{%tc endfor %}"
    paragraph = row.cells[1].paragraphs[0]
    if head:
        paragraph.alignment = _CENTRED
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(10)


def _cant_split(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _line(document: Any, text: str, *, bold: bool = False, size: int = 13, before: int = 0, after: int = 0,
          align: Any = _CENTRED, keep: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    paragraph.paragraph_format.keep_with_next = keep
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    return paragraph


def _tag(document: Any, text: str) -> None:
    document.add_paragraph(text)


def _into(cell: Any, text: str, *, first: bool = False, bold: bool = False, italic: bool = False, size: int = 13,
          align: Any = None) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _same_bytes(document: Any) -> bytes:
    """Return the package without the moment it was made at."""
    stored, clean = io.BytesIO(), io.BytesIO()
    document.save(stored)
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            item = zipfile.ZipInfo(name, _NO_TIME)
            item.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(item, source.read(name))
    return clean.getvalue()


if __name__ == "__main__":
    SHIPPED.write_bytes(made())
