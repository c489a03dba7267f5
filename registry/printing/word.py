"""Tables as Word files. The frame is made by python-docx, the rows are written straight into the package:
python-docx searches the whole table for each row it adds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from registry.domain.tables import Cell, Column, Table, cell_text, writable
from registry.printing.paper import LANDSCAPE, Paper

FACE = "Times New Roman"
_BODY = "word/document.xml"
_TWENTIETHS_A_MILLIMETRE = 1440 / 25.4
_CENTRED = WD_ALIGN_PARAGRAPH.CENTER


def write_docx(file: IO[bytes], table: Table, *, paper: Paper = LANDSCAPE,
               front: Callable[[Any], None] | None = None,
               on_progress: Callable[[int], None] | None = None) -> None:
    """Write ``table`` as a Word file: its head on every page, no row split, pages numbered.

    ``front`` may put pages in front of the table; it is handed the python-docx document.
    """
    document = new_document(paper)
    if front:
        front(document)
    _headline(document, table, paper)
    frame = io.BytesIO()
    document.save(frame)
    with zipfile.ZipFile(frame) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        for item in made.infolist():
            if item.filename != _BODY:
                package.writestr(item, made.read(item))
        before, after = made.read(_BODY).split(b"</w:tbl>", 1)
        with package.open(_BODY, "w", force_zip64=True) as body:
            body.write(before)
            for part in _rows(table, paper, on_progress):
                body.write(part)
            body.write(b"</w:tbl>" + after)


def new_document(paper: Paper) -> Any:
    """Return an empty python-docx document on ``paper``, in Times New Roman, page numbers in the foot."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.top_margin = section.bottom_margin = Mm(15)
    section.header_distance = section.footer_distance = Mm(7)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(paper.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    normal.paragraph_format.space_after = Pt(0)
    add_page_number(section.footer.paragraphs[0])
    return document


def add_page_number(paragraph: Any) -> None:
    """Let a centred paragraph of a head or foot print the number of its page."""
    paragraph.alignment = _CENTRED
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _headline(document: Any, table: Table, paper: Paper) -> None:
    """Add the title, the told lines, and the table with its head alone."""
    title = document.add_paragraph()
    title.alignment = _CENTRED
    run = title.add_run(writable(table.title))
    run.bold, run.font.size = True, Pt(14)
    for line in table.told:
        told = document.add_paragraph(writable(line))
        told.alignment = _CENTRED
    lines = [[column.heading for column in table.columns]]
    if table.numbered:
        lines.append([f"({place})" for place in range(1, len(table.columns) + 1)])
    made = document.add_table(rows=len(lines), cols=len(table.columns), style="Table Grid")
    made.autofit = False
    _narrow_margins(made)
    shares = table.shares(paper.room)
    for column, width in zip(made.columns, shares, strict=True):
        column.width = Mm(width)
    for row, titles in zip(made.rows, lines, strict=True):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        properties.append(OxmlElement("w:tblHeader"))
        for cell, heading, width in zip(row.cells, titles, shares, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].alignment = _CENTRED
            cell.paragraphs[0].add_run(writable(heading)).bold = True


def _narrow_margins(made: Any) -> None:
    """Leave a millimetre at the sides of a cell: a register has ten columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(round(_TWENTIETHS_A_MILLIMETRE)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # Behind the layout, as the order of the schema has it.
    made._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)


def _rows(table: Table, paper: Paper, on_progress: Callable[[int], None] | None) -> Iterable[bytes]:
    openings = [_opening(column, width) for column, width in zip(table.columns, table.shares(paper.room), strict=True)]
    for done, row in enumerate(table.rows, 1):
        yield _row(openings, row).encode()
        if on_progress:
            on_progress(done)


def _opening(column: Column, width: float) -> str:
    """Return what stands before the text of a cell in this column."""
    align = "" if column.align == "left" else f'<w:pPr><w:jc w:val="{column.align}"/></w:pPr>'
    return (f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWENTIETHS_A_MILLIMETRE)}" w:type="dxa"/></w:tcPr>'
            f'<w:p>{align}<w:r>')


def _row(openings: Sequence[str], row: Sequence[Cell]) -> str:
    cells = (f"{opening}{_text(cell_text(value))}</w:r></w:p></w:tc>"
             for opening, value in zip(openings, row, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _text(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.splitlines())
    return "<w:br/>".join(lines)
