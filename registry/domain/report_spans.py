"""Reporting periods (kỳ báo cáo) as offices name and compare them: month, quarter, six or nine months, year, any days.

Two ways of counting exist: by the calendar, and by the cut-off dates of Nghị định 09/2019/NĐ-CP, Điều 12.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from registry.domain.dates import print_short_date
from registry.domain.reports_period import ReportCycle, data_period
from registry.domain.workdays import last_day_of_month

FIRST_YEAR, LAST_YEAR = 1946, 2099


class SpanKind(StrEnum):
    """Loại kỳ."""

    MONTH = "month"
    QUARTER = "quarter"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    DAYS = "days"
    """From any day to any other."""


class Counting(StrEnum):
    """How the days of a period are counted (chốt số liệu)."""

    CALENDAR = "calendar"
    CUT_OFF = "cut_off"
    """From the 15th to the 14th (Nghị định 09/2019/NĐ-CP, Điều 12)."""


_ROMAN = ("", "I", "II", "III", "IV")
_MONTHS = {SpanKind.FIRST_HALF: (1, 6), SpanKind.SECOND_HALF: (7, 12), SpanKind.NINE_MONTHS: (1, 9),
           SpanKind.YEAR: (1, 12)}


@dataclass(frozen=True, slots=True)
class Span:
    """One reporting period. Of a month or quarter ``number`` says which; any days have ``start`` and ``end``."""

    kind: SpanKind
    start: date
    end: date
    """The last day, counted."""
    year: int = 0
    number: int = 0
    counting: Counting = Counting.CALENDAR

    @property
    def name(self) -> str:
        """Return "sáu tháng đầu năm 2021", "quý II năm 2021", "từ ngày 01/02/2021 đến ngày 15/3/2021"."""
        match self.kind:
            case SpanKind.MONTH:
                return f"tháng {self.number:02d} năm {self.year}" if self.number <= 2 else \
                    f"tháng {self.number} năm {self.year}"
            case SpanKind.QUARTER:
                return f"quý {_ROMAN[self.number]} năm {self.year}"
            case SpanKind.FIRST_HALF:
                return f"sáu tháng đầu năm {self.year}"
            case SpanKind.SECOND_HALF:
                return f"sáu tháng cuối năm {self.year}"
            case SpanKind.NINE_MONTHS:
                return f"chín tháng đầu năm {self.year}"
            case SpanKind.YEAR:
                return f"năm {self.year}"
            case _:
                return f"từ ngày {print_short_date(self.start)} đến ngày {print_short_date(self.end)}"

    def next(self) -> Span:
        """Return the period whose tasks the report of this one announces; after nine months, the last quarter."""
        match self.kind:
            case SpanKind.FIRST_HALF:
                return span(SpanKind.SECOND_HALF, self.year, counting=self.counting)
            case SpanKind.SECOND_HALF:
                return span(SpanKind.FIRST_HALF, self.year + 1, counting=self.counting)
            case SpanKind.NINE_MONTHS:
                return span(SpanKind.QUARTER, self.year, 4, counting=self.counting)
            case _:
                return self._moved(1)

    def before(self) -> Span:
        """Return the period of the same length just before; before nine months, those of a year ago."""
        match self.kind:
            case SpanKind.FIRST_HALF:
                return span(SpanKind.SECOND_HALF, self.year - 1, counting=self.counting)
            case SpanKind.SECOND_HALF:
                return span(SpanKind.FIRST_HALF, self.year, counting=self.counting)
            case SpanKind.NINE_MONTHS:
                return self.year_before()
            case _:
                return self._moved(-1)

    def year_before(self) -> Span:
        """Return the same period of the year before (cùng kỳ năm trước)."""
        if self.kind is not SpanKind.DAYS:
            return span(self.kind, self.year - 1, self.number, counting=self.counting)
        return replace(self, start=_a_year_ago(self.start), end=_a_year_ago(self.end))

    def _moved(self, step: int) -> Span:
        most = {SpanKind.MONTH: 12, SpanKind.QUARTER: 4, SpanKind.YEAR: 1}.get(self.kind)
        if most is None:
            length = timedelta(days=(self.end - self.start).days + 1)
            return replace(self, start=self.start + step * length, end=self.end + step * length)
        years, number = divmod(self.number - 1 + step, most)
        return span(self.kind, self.year + years, number + 1, counting=self.counting)


def _a_year_ago(day: date) -> date:
    # 29/02 has the last day of that month beside it; the last day of February stays the last.
    last = last_day_of_month(day.year - 1, day.month)
    return last if day.day > last.day else day.replace(year=day.year - 1)


def span(kind: SpanKind, year: int, number: int = 1, *, counting: Counting = Counting.CALENDAR) -> Span:
    """Return a named period of a year; ``number`` is the month (1–12) or the quarter (1–4).

    Raises:
        ValueError: no such period, or one of free days, which ``days`` makes.
    """
    if kind is SpanKind.DAYS or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no period {kind} of {year}")
    if kind not in (SpanKind.MONTH, SpanKind.QUARTER):
        number = 1
    if counting is Counting.CUT_OFF:
        period = data_period(ReportCycle(kind.value), year, number)
        return Span(kind, period.start, period.cut_off, year, number, counting)
    if kind in _MONTHS:
        first, last = _MONTHS[kind]
    elif kind is SpanKind.MONTH and 1 <= number <= 12:
        first = last = number
    elif kind is SpanKind.QUARTER and 1 <= number <= 4:
        first, last = number * 3 - 2, number * 3
    else:
        raise ValueError(f"no period {kind} {number}")
    return Span(kind, date(year, first, 1), last_day_of_month(year, last), year, number, counting)


def days(start: date, end: date) -> Span:
    """Return the period from one day to another, both counted.

    Raises:
        ValueError: it ends before it starts.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    return Span(SpanKind.DAYS, start, end)


def current_half(today: date) -> Span:
    """Return the half-year that a report would be about: until mid-February still the one before."""
    if today < date(today.year, 2, 15):
        return span(SpanKind.SECOND_HALF, today.year - 1)
    return span(SpanKind.FIRST_HALF if today < date(today.year, 8, 15) else SpanKind.SECOND_HALF, today.year)
