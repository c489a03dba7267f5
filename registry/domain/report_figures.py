"""Figures of reports: shares, changes, and how long documents take from receipt to handing over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from registry.domain.workdays import WorkCalendar, YearWithoutCalendar


def share(part: int, whole: int) -> float | None:
    """Return ``part`` as a percentage of ``whole`` with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def percent(value: float | None) -> str:
    """Print "83,3%" as Vietnamese offices do; "–" for none."""
    if value is None:
        return "–"
    text = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}%"


def change(now: int, before: int) -> str:
    """Print how a figure moved against another period: "+3 (+25%)", "-2 (-50%)", "0"; no percentage of zero."""
    moved = now - before
    if not moved:
        return "0"
    if not before:
        return f"{moved:+d}"
    rate = percent(share(moved, before))
    return f"{moved:+d} ({'+' if moved > 0 else ''}{rate})"


def percentile(counts: Mapping[int, int], rank: float) -> int | None:
    """Return the smallest value that at least ``rank`` (0 to 1) of the counted things do not exceed; None of nothing.

    ``counts`` says how many there are of each value: exact, and as small as the values are few.
    """
    total = sum(counts.values())
    if not total:
        return None
    reached = 0
    for value in sorted(counts):
        reached += counts[value]
        if reached >= rank * total:
            return value
    return max(counts)


@dataclass(frozen=True, slots=True)
class HandingOver:
    """How incoming documents were handed over (chuyển giao): at once, the next working day, later, or not yet.

    At the latest on the next working day: Nghị định 30/2020/NĐ-CP, Điều 4 khoản 2 điểm c, Điều 23 khoản 1.
    """

    same_day: int = 0
    next_day: int = 0
    later: int = 0
    not_yet: int = 0
    median: int | None = None
    """Calendar days from receipt to handing over; the half took no longer."""
    p90: int | None = None
    holidays_known: bool = True
    """False: of some year no holidays are known, and weekends alone were counted as days off."""

    @property
    def handed(self) -> int:
        """Return how many were handed over."""
        return self.same_day + self.next_day + self.later

    @property
    def total(self) -> int:
        """Return how many were received."""
        return self.handed + self.not_yet

    @property
    def in_time(self) -> int:
        """Return how many were handed over at the latest on the next working day."""
        return self.same_day + self.next_day


def handing_over(counted: Iterable[tuple[date, date | None, int]], calendar: WorkCalendar) -> HandingOver:
    """Return the figures of ``(received, handed over or None, how many)``."""
    pairs = list(counted)
    worked = _Worked(calendar, {day for pair in pairs for day in pair[:2] if day})
    days: dict[int, int] = {}
    same = following = later = waiting = 0
    for received, handed, many in pairs:
        if handed is None:
            waiting += many
            continue
        took = (handed - received).days if handed > received else 0
        days[took] = days.get(took, 0) + many
        if took == 0:
            same += many
        elif worked.between(received, handed) <= 1:
            following += many
        else:
            later += many
    return HandingOver(same, following, later, waiting, percentile(days, 0.5), percentile(days, 0.9),
                       worked.holidays_known)


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late work was that fell due (nhiệm vụ đến hạn): done late, or not done yet."""

    in_time: int = 0
    done_late: int = 0
    still_open: int = 0
    median: int | None = None
    """Calendar days behind the due date, of what is late; what is not done is late until the day that is told."""
    longest: int | None = None

    @property
    def late(self) -> int:
        """Return how much was late."""
        return self.done_late + self.still_open

    @property
    def total(self) -> int:
        """Return how much fell due."""
        return self.in_time + self.late


def lateness(in_time: int, done: Mapping[int, int], still_open: Mapping[int, int]) -> Lateness:
    """Return the figures of work; ``done`` and ``still_open`` say how much is late by how many days."""
    days = Counter(done)
    days.update(still_open)
    return Lateness(in_time, sum(done.values()), sum(still_open.values()), percentile(days, 0.5), max(days, default=None))


class _Worked:
    """The working days of a stretch, summed up once: pairs of days are many, days are few."""

    def __init__(self, calendar: WorkCalendar, days: Collection[date]) -> None:
        self.holidays_known = True
        first, last = (min(days), max(days)) if days else (date.min, date.min)
        stretch = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self._until = dict(zip(stretch, accumulate(self._is_worked(calendar, day) for day in stretch), strict=True))

    def _is_worked(self, calendar: WorkCalendar, day: date) -> int:
        try:
            return int(calendar.is_working_day(day))
        except YearWithoutCalendar:
            self.holidays_known = False
            return int(day.weekday() not in calendar.weekly_days_off)

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``."""
        return self._until[end] - self._until[start]


def months_of(start: date, end: date) -> list[str]:
    """Return the months from one day to another as "2021-06"."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
