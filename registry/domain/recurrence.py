"""Recurring dates (định kỳ) as RFC 5545 rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

MOST_OCCURRENCES = 1_000


def rule_text(frequency: str, interval: int = 1, *, months: Sequence[int] = (), month_day: int | Sequence[int] | None = None,
              week_day: int | None = None) -> str:
    """Return a rule: ``FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=16``. ``week_day`` is 0 for Monday."""
    parts = [f"FREQ={frequency.upper()}"]
    if interval != 1:
        parts.append(f"INTERVAL={interval}")
    if months:
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if month_day is not None:
        days = [month_day] if isinstance(month_day, int) else month_day
        parts.append("BYMONTHDAY=" + ",".join(map(str, days)))
    if week_day is not None:
        parts.append("BYDAY=" + ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[week_day])
    return ";".join(parts)


def occurrences(rule: str, start: date, end: date) -> list[date]:
    """Return the days of ``rule`` from ``start`` to ``end``, both counted, at most 1,000.

    Monthly rules every 2, 3, 4 or 6 months keep to the calendar: quarters end in months 3, 6, 9, 12
    whatever the month they start in. A day that a month lacks (29 to 31) falls on its last day.

    Raises:
        ValueError: ``rule`` is not a rule by the day.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise ValueError(f"not a rule by the day: {rule!r}")
    if "," in parts.get("BYMONTHDAY", ""):  # "ngày 15 và ngày 30 hằng tháng": each day by itself, as February lacks one
        single = [occurrences(rule.upper().replace(f"BYMONTHDAY={parts['BYMONTHDAY']}", f"BYMONTHDAY={day}"), start, end)
                  for day in parts["BYMONTHDAY"].split(",")]
        return sorted({day for days in single for day in days})[:MOST_OCCURRENCES]
    begin = start
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "MONTHLY" and interval > 1 and 12 % interval == 0 and "BYMONTH" not in parts:
        parts.pop("INTERVAL")
        parts["BYMONTH"] = ",".join(str(month) for month in range(interval, 13, interval))
    if "BYDAY" not in parts and parts["FREQ"] in {"MONTHLY", "YEARLY"}:
        wanted = int(parts.get("BYMONTHDAY", "-1"))
        if wanted > 28:
            parts["BYMONTHDAY"] = ",".join(map(str, range(28, wanted + 1)))
            parts["BYSETPOS"] = "-1"
        else:
            parts["BYMONTHDAY"] = str(wanted)
        # A bare FREQ=YEARLY ends with the year, as a yearly report does.
        if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts:
            parts["BYMONTH"] = "12"
        if "BYSETPOS" in parts and "," in parts.get("BYMONTH", "") and "INTERVAL" not in parts:
            # Of each month, not of each year: a yearly rule may name several months.
            parts["FREQ"] = "MONTHLY"
        begin = start.replace(day=1)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    found = rrulestr(text, dtstart=datetime.combine(begin, time()))
    last = datetime.combine(end, time())
    days: list[date] = []
    for moment in islice(found, MOST_OCCURRENCES + 31):
        if moment > last or len(days) == MOST_OCCURRENCES:
            break
        if moment.date() >= start:
            days.append(moment.date())
    return days
