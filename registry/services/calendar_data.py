"""The shipped calendar of days off and working days in exchange (``data/holidays.csv``), 2015–2027.

The file is kept rather than computed at run time, so that an office sees and corrects what counts
and a new version of a library never moves a due date in silence. Its ``status``:
``confirmed`` agrees with the announced days of 2026, swapped days included; ``library`` is as the
``holidays`` package has it; ``expected`` stands before the yearly decision; ``unconfirmed``
(24/11, not known to be law) is left out: a due date a day early is safer than one a day late.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources

from registry.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class ShippedDay:
    """One row of the calendar: a day off (``off``), or one worked in exchange (``working``)."""

    day: date
    kind: str
    name: str
    status: str

    @property
    def counts(self) -> bool:
        """Whether days are counted by it; what nobody has confirmed to be law is only shown."""
        return self.status != "unconfirmed"


def read_days(lines: Iterable[str]) -> list[ShippedDay]:
    """Read CSV lines with the columns date, kind (off, working), name, status.

    Raises:
        ValueError: a date or kind cannot be read, or a day stands twice.
    """
    days: dict[date, ShippedDay] = {}
    for row in csv.DictReader(lines):
        one = ShippedDay(date.fromisoformat(row["date"]), row["kind"], row["name"], row["status"])
        if one.kind not in {"off", "working"} or one.day in days:
            raise ValueError(f"bad or repeated calendar row: {row}")
        days[one.day] = one
    return list(days.values())


def read_calendar(lines: Iterable[str]) -> WorkCalendar:
    """Read a calendar from CSV lines; raises as ``read_days`` does."""
    days = read_days(lines)
    return WorkCalendar(frozenset(one.day for one in days if one.kind == "off" and one.counts),
                        frozenset(one.day for one in days if one.kind == "working" and one.counts),
                        frozenset(one.day.year for one in days))


def shipped_text() -> list[str]:
    """Return the lines of the calendar that comes with the application."""
    return resources.files("registry.data").joinpath("holidays.csv").read_text("utf-8").splitlines()


def shipped_calendar() -> WorkCalendar:
    """Return the calendar that comes with the application."""
    return read_calendar(shipped_text())
