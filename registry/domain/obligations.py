"""Obligations (nhiệm vụ): their states, and the time axis beside them, which is computed and never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class ObligationState(StrEnum):
    """How far the work is (trạng thái); whether it is late is another question, see ``Timeliness``."""

    NEW = "new"
    """Chưa thực hiện."""
    WORKING = "working"
    """Đang thực hiện."""
    WAITING = "waiting"
    """Chờ xác nhận: reported as done, a leader or clerk has not confirmed it."""
    DONE = "done"
    """Hoàn thành."""
    PAUSED = "paused"
    """Tạm dừng."""
    CANCELLED = "cancelled"
    """Hủy."""


OPEN = frozenset({ObligationState.NEW, ObligationState.WORKING, ObligationState.WAITING})
REMINDED = frozenset({ObligationState.NEW, ObligationState.WORKING})
"""States in which the one who owes is reminded: who has reported waits for others."""

_S = ObligationState
TRANSITIONS: dict[ObligationState, frozenset[ObligationState]] = {
    _S.NEW: frozenset({_S.WORKING, _S.WAITING, _S.DONE, _S.PAUSED, _S.CANCELLED}),
    _S.WORKING: frozenset({_S.NEW, _S.WAITING, _S.DONE, _S.PAUSED, _S.CANCELLED}),
    _S.WAITING: frozenset({_S.WORKING, _S.DONE, _S.CANCELLED}),
    _S.PAUSED: frozenset({_S.NEW, _S.WORKING, _S.CANCELLED}),
    # Confirmed too early, or cancelled by mistake: the work goes on.
    _S.DONE: frozenset({_S.WORKING}),
    _S.CANCELLED: frozenset({_S.NEW}),
}


def may_become(before: ObligationState, after: ObligationState) -> bool:
    """Tell whether the work may go from one state to the other."""
    return after in TRANSITIONS[before]


class Timeliness(StrEnum):
    """Where the work stands in time (thời hạn)."""

    NO_DEADLINE = "no_deadline"
    """Không hạn."""
    IN_TERM = "in_term"
    """Trong hạn."""
    DUE_SOON = "due_soon"
    """Sắp đến hạn."""
    OVERDUE = "overdue"
    """Quá hạn."""
    DONE_IN_TIME = "done_in_time"
    """Hoàn thành đúng hạn."""
    DONE_LATE = "done_late"
    """Hoàn thành quá hạn."""
    SET_ASIDE = "set_aside"
    """Paused or cancelled: no deadline runs."""


SOON = timedelta(days=7)


def timeliness(state: ObligationState, due_on: date | None, done_on: date | None, now: datetime, *,
               due_time: time | None = None, soon: timedelta = SOON) -> Timeliness:
    """Return where work stands at ``now``, a moment in the office's time zone.

    ``done_on`` is the day it was fulfilled; while it waits for confirmation, that day decides and not
    today, so that who confirms late makes nobody else late. A day is in time until its end, or until
    ``due_time`` of it.
    """
    if state in {ObligationState.PAUSED, ObligationState.CANCELLED}:
        return Timeliness.SET_ASIDE
    if state == ObligationState.DONE:
        late = due_on is not None and done_on is not None and done_on > due_on
        return Timeliness.DONE_LATE if late else Timeliness.DONE_IN_TIME
    if due_on is None:
        return Timeliness.NO_DEADLINE
    if done_on is not None:
        return Timeliness.OVERDUE if done_on > due_on else Timeliness.IN_TERM
    if is_past(due_on, due_time, now):
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due_on - now.date() <= soon else Timeliness.IN_TERM


def is_past(due_on: date, due_time: time | None, now: datetime) -> bool:
    """Tell whether the last day, or its hour, is over at ``now``."""
    today = now.date()
    return due_on < today or (due_on == today and due_time is not None and now.time() > due_time)


@dataclass(frozen=True, slots=True)
class FourNumbers:
    """The four numbers that reports on directives ask for; paused and cancelled work is in none."""

    done_in_time: int = 0
    done_late: int = 0
    open_in_term: int = 0
    open_overdue: int = 0

    @property
    def total(self) -> int:
        """Return how much work they count."""
        return self.done_in_time + self.done_late + self.open_in_term + self.open_overdue


def four_numbers(counted: Iterable[tuple[Timeliness, int]]) -> FourNumbers:
    """Return the four numbers of ``(where it stands, how many)``. Open work without a deadline is within term."""
    sums: dict[Timeliness, int] = {}
    for standing, count in counted:
        sums[standing] = sums.get(standing, 0) + count
    t = Timeliness
    return FourNumbers(
        sums.get(t.DONE_IN_TIME, 0), sums.get(t.DONE_LATE, 0),
        sums.get(t.NO_DEADLINE, 0) + sums.get(t.IN_TERM, 0) + sums.get(t.DUE_SOON, 0), sums.get(t.OVERDUE, 0))
