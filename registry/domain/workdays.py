"""Working days (ngày làm việc) and the counting of terms (thời hạn).

The calendar is data entered for each year: the Tết days, the neighbour of 2/9 and the swapped
Saturdays are decided yearly by the Prime Minister. Nothing lunar is computed here.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SATURDAY, SUNDAY = 5, 6
LONGEST_TERM = 100_000
"""More days, weeks, months or years than any term runs: a guard against absurd input."""


class YearWithoutCalendar(LookupError):
    """No holidays are known for a year: counting in it would be wrong, not approximate."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the calendar has no data for {year}")
        self.year = year


class Unit(StrEnum):
    """Đơn vị của thời hạn."""

    day = "day"
    working_day = "working_day"
    week = "week"
    month = "month"
    year = "year"
    hour = "hour"
    working_hour = "working_hour"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Lịch làm việc: weekly days off, holidays, and days off that are worked in exchange.

    ``years`` are those for which the data is complete. ``working_days`` (ngày làm bù) win over a
    weekly day off and over ``holidays``.
    """

    holidays: frozenset[date]
    working_days: frozenset[date]
    years: frozenset[int]
    weekly_days_off: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        if len(self.weekly_days_off) >= 7:
            raise ValueError("a week needs a working day")

    def corrected(self, *, days_off: Iterable[date] = (), worked: Iterable[date] = ()) -> WorkCalendar:
        """Return this calendar with an office's own days off and working days; these win."""
        off, on = frozenset(days_off), frozenset(worked)
        if off & on:
            raise ValueError(f"both worked and off: {min(off & on)}")
        return WorkCalendar((self.holidays | off) - on, (self.working_days - off) | on, self.years,
                            self.weekly_days_off)

    def is_working_day(self, day: date) -> bool:
        """Tell whether ``day`` is worked.

        Raises:
            YearWithoutCalendar: no data for its year.
        """
        if day.year not in self.years:
            raise YearWithoutCalendar(day.year)
        if day in self.working_days:
            return True
        return day not in self.holidays and day.weekday() not in self.weekly_days_off

    def is_day_off(self, day: date) -> bool:
        """Tell whether nobody works on ``day``, as far as is known: not of a year without data."""
        return day.year in self.years and not self.is_working_day(day)

    def workday_from(self, day: date) -> date:
        """Return ``day``, or the first working day after it (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """Return the ``count``-th working day after ``start``; before it when ``count`` is negative.

        ``start`` itself is not counted (Điều 147 khoản 2). Zero gives ``start``.

        Raises:
            YearWithoutCalendar: counting leaves the years that are known.
        """
        step = timedelta(days=1 if count > 0 else -1)
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``; negative if ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def add_months(start: date, count: int) -> date:
    """Return the same day ``count`` months on, or the last day of that month if it has none.

    Source: Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 3.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def last_day_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, months.monthrange(year, month)[1])


def plain_end(event: date, count: int, unit: Unit) -> date:
    """Return where a term of days, weeks, months or years ends before days off are looked at.

    The day of the event is not counted. Working days are Monday to Friday here.
    Source: Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2 và 3, Điều 148 khoản 1 đến 4.

    Raises:
        ValueError: ``count`` is out of range, or the unit is hours.
    """
    if not 1 <= count <= LONGEST_TERM:
        raise ValueError(f"a term runs for 1 to {LONGEST_TERM} units, not {count}")
    if unit is Unit.day:
        return event + timedelta(days=count)
    if unit is Unit.week:
        return event + timedelta(weeks=count)
    if unit is Unit.month:
        return add_months(event, count)
    if unit is Unit.year:
        return add_months(event, count * 12)
    if unit is Unit.working_day:
        day = event
        for _ in range(count):
            day += timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))
        return day
    raise ValueError(f"{unit} has no last day")


def due_on(event: date, count: int, calendar: WorkCalendar, unit: Unit = Unit.day) -> date:
    """Return the last day of a term of ``count`` units that ``event`` starts.

    The day of the event is not counted; a last day that is a weekly day off or a holiday moves to
    the next working day.
    Source: Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2 và 3, Điều 148.

    Raises:
        ValueError: ``count`` is less than 1, or the unit is hours.
        YearWithoutCalendar: the term ends outside the years that are known.
    """
    if unit is Unit.working_day:
        if not 1 <= count <= LONGEST_TERM:
            raise ValueError(f"a term runs for 1 to {LONGEST_TERM} units, not {count}")
        return calendar.add_working_days(event, count)
    return calendar.workday_from(plain_end(event, count, unit))
