"""Tables as Excel and CSV files, written row by row; no text becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from math import ceil
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from registry.domain.tables import FORMULA_STARTS, Align, Cell, Table, cell_text, defused, writable

_LONGEST_CELL, _MOST_ROWS, _LONGEST_NAME = 32_767, 1_048_576, 31
"""Excel's own limits: characters of a cell, rows of a sheet, characters of its name."""
_LETTER = 1.1
"""Width of a letter with its share of the space that wrapping leaves, in Excel's own unit."""
_BOLD = 1.4
_LINE_HEIGHT, _MOST_HEIGHT = 15, 409
_LINE = Side(style="thin", color="FF999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NOT_IN_NAMES = str.maketrans(r"[]:*?/\'", "        ")


def write_xlsx(file: IO[bytes], table: Table, *, on_progress: Callable[[int], None] | None = None) -> None:
    """Write ``table`` as an Excel file that prints landscape, one page wide, its head on every page."""
    write_sheets(file, [table], on_progress=on_progress)


def write_sheets(file: IO[bytes], tables: Iterable[Table], *, on_progress: Callable[[int], None] | None = None) -> None:
    """Write each table on a sheet of its own; what is longer than a sheet goes on in the next one.

    Sheets of the same name are numbered.
    """
    book = Workbook(write_only=True)
    for table in tables:
        _fill(book, table, on_progress)
    book.save(file)
    book.close()


def _fill(book: Workbook, table: Table, on_progress: Callable[[int], None] | None) -> None:
    rows, done = iter(table.rows), 0
    following = next(rows, None)
    while True:
        sheet, first = _begun(book, table)
        pens = [_Pen(sheet, column.align) for column in table.columns]
        for place in range(first, _MOST_ROWS + 1):
            if following is None:
                return
            row, following, done = following, next(rows, None), done + 1
            _append(sheet, place, _lines(table, row), [pen.cell(value) for pen, value in zip(pens, row, strict=True)])
            if on_progress:
                on_progress(done)
        if following is None:
            return


def _begun(book: Workbook, table: Table) -> tuple[Any, int]:
    """Return a new sheet with title, told lines and head, and the place of its first row."""
    sheet = book.create_sheet(_free_name(book, table.title))
    head = 3 + len(table.told)
    first = head + 1 + int(table.numbered)
    sheet.freeze_panes = f"A{first}"
    sheet.print_title_rows = f"{head}:{first - 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddFooter.center.text = "&P"
    for position, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width

    sheet.append([_made(sheet, table.title, font=Font(bold=True, size=14))])
    for line in table.told:
        sheet.append([_made(sheet, line, font=Font(italic=True))])
    sheet.append([])  # so that who reads the file back does not take the line above for a part of the head
    headings = [[column.heading for column in table.columns]]
    if table.numbered:
        headings.append([f"({place})" for place in range(1, len(table.columns) + 1)])
    for place, titles in enumerate(headings, head):
        _append(sheet, place, _lines(table, titles, _BOLD), [_made(
            sheet, title, font=Font(bold=True), border=_BOX, alignment=Alignment(
                horizontal="center", vertical="center", wrap_text=True)) for title in titles])
    return sheet, first


def _free_name(book: Workbook, title: str) -> str | None:
    """Return the title as far as Excel allows; of a name that is taken, three characters are left for its number."""
    name = writable(title).translate(_NOT_IN_NAMES).strip()
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    return (name[:_LONGEST_NAME] if name[:_LONGEST_NAME].casefold() not in taken else name[:_LONGEST_NAME - 3]) or None


def _lines(table: Table, row: Sequence[Cell], letter: float = _LETTER) -> int:
    """Return about how many lines the row needs; not every program measures them itself."""
    return max(sum(ceil(len(line) * letter / column.width) or 1 for line in cell.split("\n"))
               if isinstance(cell, str) and (len(cell) * letter > column.width or "\n" in cell) else 1
               for cell, column in zip(row, table.columns, strict=True))


def _append(sheet: Any, place: int, lines: int, cells: list[Any]) -> None:
    if lines > 1:
        sheet.row_dimensions[place].height = min(lines * _LINE_HEIGHT, _MOST_HEIGHT)
    sheet.append(cells)
    sheet.row_dimensions.pop(place, None)


class _Pen:
    """The cells of one column, styled once and used for each row: a row is written before the next is asked for."""

    def __init__(self, sheet: Any, align: Align) -> None:
        self._sheet = sheet
        self._align = align

    def cell(self, value: Cell) -> Any:
        if isinstance(value, str):
            cell = self._defused if value.startswith(FORMULA_STARTS) else self._text
            cell.value = writable(value)[:_LONGEST_CELL]
            cell.data_type = "s"
            return cell
        if isinstance(value, date):
            self._day.value = value
            return self._day
        self._other.value = value
        return self._other

    def _cell(self) -> Any:
        return _made(self._sheet, None, border=_BOX, alignment=Alignment(
            horizontal=self._align, vertical="top", wrap_text=True))

    @cached_property
    def _text(self) -> Any:
        return self._cell()

    @cached_property
    def _defused(self) -> Any:
        """Stays text also when somebody edits it."""
        cell = self._cell()
        cell.quotePrefix = True
        return cell

    @cached_property
    def _day(self) -> Any:
        cell = self._cell()
        cell.number_format = "dd/mm/yyyy"
        return cell

    @cached_property
    def _other(self) -> Any:
        return self._cell()


def _made(sheet: Any, value: str | None, **style: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=None if value is None else writable(value))
    if value is not None:
        cell.data_type = "s"
    for name, given in style.items():
        setattr(cell, name, given)
    return cell


def write_csv(file: IO[bytes], table: Table, *, on_progress: Callable[[int], None] | None = None) -> None:
    """Write the head and the rows of ``table`` as CSV: UTF-8 with the mark by which Excel knows it, dates dd/mm/yyyy.

    A text that Excel would take for a formula has an apostrophe in front, see ``defused``.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([defused(column.heading) for column in table.columns])
    for done, row in enumerate(table.rows, 1):
        writer.writerow(_csv_row(row))
        if on_progress:
            on_progress(done)
    text.flush()
    text.detach()


def _csv_row(row: Sequence[Cell]) -> list[str]:
    return [defused(cell_text(value)) if isinstance(value, str) else
            f"{value:%d/%m/%Y}" if isinstance(value, date) else cell_text(value) for value in row]
