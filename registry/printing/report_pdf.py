"""A report as PDF, and a chart of it as a picture."""

from __future__ import annotations

import json
from typing import Any

from registry.domain.report_document import ReportDocument, numbered
from registry.domain.tables import Table, cell_text, writable
from registry.printing.pdf import compiler, pdf

_DOTS_AN_INCH = 200


def report_pdf(document: ReportDocument) -> bytes:
    """Return the pages of a report."""
    return pdf("report.typ", {
        "parent": document.parent, "office": document.office, "number": document.number_line,
        "place_date": document.place_and_date, "subject": document.head.subject,
        "authority": document.head.authority, "position": document.head.position, "signer": document.head.signer,
        "recipients": document.recipient_lines,
        "parts": [{"heading": numbered(place, part.heading), "paragraphs": document.lines(part)}
                  for place, part in enumerate(document.parts)],
        "annexes": [{
            "heading": heading, "tables": [_table(one) for one in part.tables],
            "charts": [{"title": one.title, "svg": one.svg.decode()} for one in part.charts],
        } for heading, part in document.annexes],
    })


def _table(table: Table) -> dict[str, Any]:
    return {"title": table.title, "headings": [column.heading for column in table.columns],
            "widths": [column.width for column in table.columns], "aligns": [column.align for column in table.columns],
            "rows": [[cell_text(cell) for cell in row] for row in table.rows]}


def chart_png(svg: bytes) -> bytes:
    """Return a chart as a picture for programs that show no SVG."""
    made = compiler("chart.typ").compile(
        format="png", ppi=_DOTS_AN_INCH, sys_inputs={"data": writable(json.dumps({"svg": svg.decode()}))})
    if not isinstance(made, bytes):
        raise TypeError("a chart is one page")
    return made
