"""Tables for Excel, written row by row to a temporary file, so that memory stays flat."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

Cell: TypeAlias = str | int | date | None
_CHUNK = 64 * 1024
# Excel's own limit for one cell.
_LONGEST_CELL = 32_767


def xlsx(title: str, head: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield an .xlsx file with one sheet, in chunks.

    Text stays text: a subject that begins with ``=`` is no formula.
    """
    with tempfile.TemporaryFile() as file:
        _write(file, title, head, widths, rows)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _write(file: IO[bytes], title: str, head: Sequence[str], widths: Sequence[int],
           rows: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for position, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + position)].width = width
    sheet.freeze_panes = "A2"

    def cell(value: Cell, *, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=value[:_LONGEST_CELL] if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"
            made.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(value, date):
            made.number_format = "dd/mm/yyyy"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in head])
    for row in rows:
        sheet.append([cell(value) for value in row])
    book.save(file)
    book.close()
