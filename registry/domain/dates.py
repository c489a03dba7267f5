"""Dates (ngày tháng) as officials write them. The day always comes before the month."""

from __future__ import annotations

import calendar
import re
from datetime import date

from registry.domain.errors import BadDate
from search_index.text import fold_line, plain_signs

FIRST_YEAR, LAST_YEAR = 1945, 2100
_LONGEST_TEXT = 120
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

# What may stand before a date in a heading or a cell: "Hà Nội, ngày", "Thứ Hai, ngày", "ngày".
_BEFORE = r"(?:[^0-9]{0,60},\ ?)?(?:ngay\ ?)?"
_WRITTEN = re.compile(rf"{_BEFORE}([0-9]{{1,2}})\ ?thang\ ?([0-9]{{1,2}})\ ?(?:nam|,|/)?\ ?([0-9]{{4}})")
_SHORT = re.compile(rf"{_BEFORE}([0-9]{{1,2}})\ ?[/.-]\ ?([0-9]{{1,2}})\ ?[/.-]\ ?([0-9]{{4}})")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?z?)?")


def read_date(text: str) -> date:
    """Read one date: 07/5/2021, 20.7.2020, 2021-05-07, "Hà Nội, ngày 17 tháng 10 năm 2025".

    Raises:
        BadDate: ``unreadable``; ``no_such_day`` (31/02, 00/00); ``out_of_range`` (before 1945, after 2100).
    """
    return _date_in(_comparable(text), text)


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
