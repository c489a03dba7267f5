"""Tables (bảng) as they leave the register: one shape for every list, book and report, whatever file is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from registry.domain.dates import print_short_date

Cell: TypeAlias = str | int | float | date | None
"""A datetime is given as text: how exact it is shown is for the caller to say."""
Align: TypeAlias = Literal["left", "center", "right"]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""
# Control characters, halves of pairs and non-characters: no XML file may hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


_PAGE, _TOO_WIDE, _NARROW = 160, 180, 14
"""Widths, in letters: of a page in landscape, of what is squeezed too much on it, and of a column of dates or numbers."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters of Excel (a share of the page elsewhere), how cells stand."""

    heading: str
    width: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. ``rows`` may be an iterator that is read once, so that a long table never lies in memory."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    told: Sequence[str] = ()
    """Lines under the title: filters, period, day of printing."""
    numbered: bool = False
    """Print (1), (2) … under the headings, as the forms of Nghị định 30/2020/NĐ-CP, Phụ lục IV do."""

    def shares(self, whole: float) -> list[float]:
        """Return the widths of the columns on a page ``whole`` wide, in its unit.

        Where not all fits at its full width, the wide ones make room: a date stays on one line.
        """
        widths: list[float] = [column.width for column in self.columns]
        narrow = sum(width for width in widths if width <= _NARROW)
        if sum(widths) > _TOO_WIDE and narrow < _PAGE:
            less = (_PAGE - narrow) / (sum(widths) - narrow)
            widths = [width if width <= _NARROW else width * less for width in widths]
        return [whole * width / sum(widths) for width in widths]


def cell_text(value: Cell) -> str:
    """Return a cell as it is printed: dates in the official short form, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return print_short_date(value)
    return writable(str(value))


def writable(text: str) -> str:
    """Return ``text`` without the characters that files of Word and Excel cannot hold."""
    return _UNWRITABLE.sub("", text)


def defused(text: str) -> str:
    """Return ``text`` so that a spreadsheet that opens a CSV file takes it for text, never for a formula."""
    return f"'{text}" if text.lstrip("'").lstrip(" ").startswith(FORMULA_STARTS) else text


def undefused(text: str) -> str:
    """Return what ``defused`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").lstrip(" ").startswith(FORMULA_STARTS) else text
