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
from datetime import date
from importlib import resources

from registry.domain.workdays import WorkCalendar


def read_calendar(lines: Iterable[str]) -> WorkCalendar:
    """Read a calendar from CSV lines with the columns date, kind (off, working), name, status.

    Raises:
        ValueError: a date or kind cannot be read, or a day stands twice.
    """
    days: dict[date, str] = {}
    years: set[int] = set()
    for row in csv.DictReader(lines):
        day = date.fromisoformat(row["date"])
        if row["kind"] not in {"off", "working"} or day in days:
            raise ValueError(f"bad or repeated calendar row: {row}")
        years.add(day.year)
        if row["status"] != "unconfirmed":
            days[day] = row["kind"]
    return WorkCalendar(frozenset(day for day, kind in days.items() if kind == "off"),
                        frozenset(day for day, kind in days.items() if kind == "working"), frozenset(years))


def shipped_calendar() -> WorkCalendar:
    """Return the calendar that comes with the application."""
    text = resources.files("registry.data").joinpath("holidays.csv").read_text("utf-8")
    return read_calendar(text.splitlines())
