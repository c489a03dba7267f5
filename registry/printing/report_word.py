"""A report as a Word file, filled into the shipped form or into the office's own."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from registry.domain.file_errors import BadReportForm
from registry.domain.report_document import ReportDocument, numbered
from registry.domain.tables import cell_text, writable
from registry.printing.report_pdf import chart_png

MOST_BYTES = 2_000_000
_MOST_UNPACKED = 30_000_000
_MOST_PARTS = 500
_LONGEST_LOOP = 100_000
_BODY = "word/document.xml"
_MACROS = "word/vbaProject.bin"
_ALIGNS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


class _Careful(ImmutableSandboxedEnvironment):
    """Fills in what is given and runs nothing: a form is made by people, and perhaps not by ours."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what could fill the memory: a text a million times over, a number of a million digits."""
        if not all(isinstance(value, (int, float)) and abs(value) < _LONGEST_LOOP for value in (left, right)):
            raise SecurityError(f"{operator} is for small numbers")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse to look into a picture: it knows the document that is filled in, which knows how to write files."""
        return not isinstance(obj, InlineImage) and super().is_safe_attribute(obj, attr, value)


def report_docx(document: ReportDocument, form: bytes) -> bytes:
    """Return the report on ``form``, a Word file with the fields that ``facts`` names.

    Raises:
        BadReportForm: the form is no Word file, is too large, or asks for what there is not.
    """
    _check_package(form)
    template = DocxTemplate(io.BytesIO(form))
    environment = _Careful(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(facts(document, template), jinja_env=environment)
    except UndefinedError as error:
        raise BadReportForm("unknown_field", detail=str(error)) from error
    except TemplateSyntaxError as error:
        raise BadReportForm("syntax", detail=error.message or "") from error
    except (TemplateError, SecurityError) as error:
        raise BadReportForm("refused", detail=str(error)) from error
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError, XMLSyntaxError) as error:
        # What a form's own arithmetic, filters and macros trip over.
        raise BadReportForm("refused", detail=str(error)) from error
    _set_widths(template, document)
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _set_widths(template: DocxTemplate, document: ReportDocument) -> None:
    """Give the columns of our tables, known by their headings, the widths and the alignment that they ask for."""
    known = {tuple(column.heading for column in table.columns): table
             for _heading, part in document.annexes for table in part.tables}
    if not template.docx.sections:  # Word then takes its own page, and widths of its own
        return
    section = template.docx.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    for made in template.docx.tables:
        rows = made._tbl.tr_lst
        asked = known.get(tuple(_text(cell) for cell in rows[0].tc_lst)) if rows else None
        if asked is None or len(made._tbl.tblGrid.gridCol_lst) != len(asked.columns):
            continue
        made.autofit = False
        widths = [int(width) for width in asked.shares(room)]
        for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        for place, row in enumerate(rows):
            if len(row.tc_lst) != len(asked.columns):  # a row of the form's own, with joined cells
                continue
            for cell, width, column in zip(row.tc_lst, widths, asked.columns, strict=True):
                cell.width = width
                if place and column.align != "left":
                    for paragraph in cell.p_lst:
                        paragraph.get_or_add_pPr().jc_val = _ALIGNS[column.align]


def _text(cell: Any) -> str:
    return "\n".join(paragraph.text for paragraph in cell.p_lst)


def facts(document: ReportDocument, template: DocxTemplate | None = None) -> Mapping[str, Any]:
    """Return what a form may ask for; pictures need the template that they are put into."""
    return {
        "parent": writable(document.parent.upper()), "office": writable(document.office.upper()),
        "number": document.number_line, "place_and_date": document.place_and_date,
        "subject": writable(document.head.subject), "authority": writable(document.head.authority.upper()),
        "position": writable(document.head.position.upper()), "signer": writable(document.head.signer),
        "recipients": [writable(line) for line in document.recipient_lines],
        "parts": [{"heading": numbered(place, part.heading), "lines": [writable(line) for line in document.lines(part)]}
                  for place, part in enumerate(document.parts)],
        "annexes": [{
            "heading": heading,
            "tables": [{"title": one.title, "headings": [column.heading for column in one.columns],
                        "rows": [[cell_text(cell) for cell in row] for row in one.rows]} for one in part.tables],
            "charts": [{"title": one.title, "picture": InlineImage(
                template, io.BytesIO(chart_png(one.svg)), width=Mm(160)) if template else ""} for one in part.charts],
        } for heading, part in document.annexes],
    }


def _check_package(form: bytes) -> None:
    if len(form) > MOST_BYTES:
        raise BadReportForm("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(form)) as package:
            items = package.infolist()
            names = {item.filename for item in items}
            if len(items) > _MOST_PARTS or sum(item.file_size for item in items) > _MOST_UNPACKED:
                raise BadReportForm("too_large")
            if _BODY not in names:
                raise BadReportForm("not_word")
            if _MACROS in names:
                raise BadReportForm("macros")
            if package.testzip() is not None:
                raise BadReportForm("not_word")
        docx.Document(io.BytesIO(form))
    # Torn, packed oddly, under a password; not the parts, or not the XML, of a Word file.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError, ValueError, PythonDocxError, OpcError,
            XMLSyntaxError) as error:
        raise BadReportForm("not_word") from error
