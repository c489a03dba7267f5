"""Dates (ngày tháng) and periods (kỳ) as officials write them. The day always comes before the month."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from registry.domain.errors import BadDate
from search_index.text import fold_line, plain_signs

FIRST_YEAR, LAST_YEAR = 1945, 2100
_LONGEST_TEXT = 120
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNTS = {"ba": 3, "sau": 6, "chin": 9}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

# What may stand before a date in a heading or a cell: "Hà Nội, ngày", "Thứ Hai, ngày", "ngày".
_BEFORE = r"(?:[^0-9]{0,60},\ ?)?(?:ngay\ ?)?"
_WRITTEN = re.compile(rf"{_BEFORE}([0-9]{{1,2}})\ ?thang\ ?([0-9]{{1,2}})\ ?(?:nam|,|/)?\ ?([0-9]{{4}})")
_SHORT = re.compile(rf"{_BEFORE}([0-9]{{1,2}})\ ?[/.-]\ ?([0-9]{{1,2}})\ ?[/.-]\ ?([0-9]{{4}})")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?z?)?")

_OF_YEAR = r"\ ?(?:nam|[/.-])?\ ?([0-9]{4})"
_QUARTER = re.compile(rf"quy\ (iv|i{{1,3}}|[1-4]){_OF_YEAR}")
_MONTH = re.compile(r"(?:thang\ )?([0-9]{1,2})\ ?(?:nam|[/.-])\ ?([0-9]{4})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"(?:ca\ )?(?:nam\ )?([0-9]{4})")
_YEARS = re.compile(r"(?:giai\ doan|thoi\ ky|nhiem\ ky|nam)?\ ?([0-9]{4})\ ?(?:-|den|den\ nam)\ ?([0-9]{4})")
_PART = re.compile(r"([0-9]|ba|sau|chin)\ thang\ (dau|cuoi)\ nam\ ([0-9]{4})")
_FROM_TO = re.compile(r"(?:tu\ )?([^a-z]{8,14}|(?:tu\ )?ngay\ [^a-z]{8,14})\ ?(?:den|-)\ ?((?:het\ )?(?:ngay\ )?[^a-z]{8,14})")


@dataclass(frozen=True, slots=True)
class Period:
    """Kỳ: from its first to its last day, both counted."""

    start: date
    end: date


def read_date(text: str) -> date:
    """Read one date: 07/5/2021, 20.7.2020, 2021-05-07, "Hà Nội, ngày 17 tháng 10 năm 2025".

    Raises:
        BadDate: ``unreadable``; ``no_such_day`` (31/02, 00/00); ``out_of_range`` (before 1945, after 2100).
    """
    return _date_in(_comparable(text), text)


def read_partial_date(text: str) -> Period:
    """Read a period: "Quý II/2026", "tháng 6/2021", "năm 2021", "6 tháng đầu năm 2021", or one date.

    Raises:
        BadDate: as ``read_date``; a period that ends before it starts is ``no_such_day``.
    """
    line = _comparable(text)
    for pattern, period_of in _PERIODS:
        found = pattern.fullmatch(line)
        if found:
            start, end = period_of(found, text)
            if end < start:
                raise BadDate(text, "no_such_day")
            return Period(start, end)
    day = _date_in(line, text)
    return Period(day, day)


def print_date(day: date) -> str:
    """Return the date in words: "ngày 05 tháng 02 năm 2021", "ngày 15 tháng 3 năm 2021".

    Days below 10 and the months 1 and 2 alone take a leading zero.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def print_short_date(day: date) -> str:
    """Return the date in figures with the same zeros: "05/02/2021", "09/4/2021"."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def weekday_name(day: date) -> str:
    """Return "Thứ Hai" … "Thứ Bảy", "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def _comparable(text: str) -> str:
    if len(text.strip()) > _LONGEST_TEXT:
        raise BadDate(text, "unreadable")
    return fold_line(plain_signs(text)).strip(" .,;:()\"'")


def _date_in(line: str, text: str) -> date:
    found = _WRITTEN.fullmatch(line) or _SHORT.fullmatch(line)
    if found:
        return _day(text, int(found[3]), int(found[2]), int(found[1]))
    iso = _ISO.fullmatch(line)
    if iso:
        return _day(text, int(iso[1]), int(iso[2]), int(iso[3]))
    raise BadDate(text, "unreadable")


def _day(text: str, year: int, month: int, day: int) -> date:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise BadDate(text, "no_such_day")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate(text, "out_of_range")
    if day > calendar.monthrange(year, month)[1]:
        raise BadDate(text, "no_such_day")
    return date(year, month, day)


def _months(text: str, year: int, first: int, last: int) -> tuple[date, date]:
    start = _day(text, year, first, 1)
    _day(text, year, last, 1)
    return start, date(year, last, calendar.monthrange(year, last)[1])


def _quarter(found: re.Match[str], text: str) -> tuple[date, date]:
    quarter = _ROMAN.get(found[1]) or int(found[1])
    return _months(text, int(found[2]), quarter * 3 - 2, quarter * 3)


def _month_of(found: re.Match[str], text: str) -> tuple[date, date]:
    return _months(text, int(found[2]), int(found[1]), int(found[1]))


def _iso_month(found: re.Match[str], text: str) -> tuple[date, date]:
    return _months(text, int(found[1]), int(found[2]), int(found[2]))


def _year(found: re.Match[str], text: str) -> tuple[date, date]:
    return _months(text, int(found[1]), 1, 12)


def _years(found: re.Match[str], text: str) -> tuple[date, date]:
    return _day(text, int(found[1]), 1, 1), _day(text, int(found[2]), 12, 31)


def _part_of_year(found: re.Match[str], text: str) -> tuple[date, date]:
    count = _COUNTS.get(found[1]) or int(found[1])
    year = int(found[3])
    return _months(text, year, 1, count) if found[2] == "dau" else _months(text, year, 13 - count, 12)


def _from_to(found: re.Match[str], text: str) -> tuple[date, date]:
    first, last = (re.sub(r"^(?:tu |het )", "", side.strip(" ,")) for side in found.groups())
    return _date_in(first, text), _date_in(last, text)


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], tuple[date, date]]], ...] = (
    (_QUARTER, _quarter), (_PART, _part_of_year), (_ISO_MONTH, _iso_month), (_MONTH, _month_of),
    (_YEAR, _year), (_YEARS, _years), (_FROM_TO, _from_to),
)
