"""When somebody is told of a deadline (nhắc việc): rules, days and hours. Pure: the moment is an argument.

Days are counted as working days of Viet Nam: ``before-3`` goes out when three working days are left
behind the day itself. What was missed (the machine was off over Tết, a document entered late) collapses:
of the reminders ahead of a date only the nearest is still sent, once; an overdue day that was missed is
not told afterwards, today's is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from registry.domain.workdays import WorkCalendar

MOST_DAYS_BEFORE = 30
MOST_MOMENTS_BEFORE = 5
_PRESSING_DAYS = 1
# Rows of days off around Tết: within this many days beyond twice the working days, the date comes near.
_MARGIN = timedelta(days=25)


class Audience(StrEnum):
    """For whom a reminder is meant."""

    OWNER = "owner"
    """Who owes it; of a unit without a named person its heads, else everybody in it."""
    PARTNERS = "partners"
    HEAD = "head"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """The rules of the office; a person's own wishes replace ``days_before`` and ``morning_at``."""

    days_before: tuple[int, ...] = (7, 3, 1)
    """Working days."""
    on_day: bool = True
    overdue: bool = True
    """Each working day that it is late."""
    most_overdue: int | None = None
    """The last overdue working day that is told; None tells them all."""
    head_after: int | None = 1
    leader_after: int | None = 5
    """Working days overdue; None escalates never."""
    morning_at: time = time(7, 30)
    opens: time = time(7, 0)
    closes: time = time(17, 0)

    @property
    def horizon(self) -> timedelta:
        """How far ahead a due date can lie that is told of today, at the most."""
        return timedelta(days=2 * max(self.days_before, default=0)) + _MARGIN


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What the rules ask of one occurrence; many share the same."""

    due_on: date
    timed: bool = False
    """Due at an hour of that day."""
    pressing: bool = False
    """The document is thượng khẩn or hỏa tốc."""
    fresh: bool = False
    """Entered today after the office opened: the morning's digest has gone out."""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One rule that speaks today."""

    rule: str
    """``before-7``, ``day``, ``overdue-2``, ``head-1``, ``leader-5``."""
    audience: Audience
    send_at: datetime
    urgent: bool = False
    """By itself and at once instead of in the digest."""


def is_open(rules: ReminderRules, calendar: WorkCalendar, now: datetime) -> bool:
    """Tell whether mails may go out: a working day, in working hours."""
    return calendar.is_working_day(now.date()) and rules.opens <= now.time() < rules.closes


def plans_today(rules: ReminderRules, calendar: WorkCalendar, now: datetime) -> bool:
    """Tell whether reminders of the day of ``now`` are still planned: not behind closing time."""
    return calendar.is_working_day(now.date()) and now.time() < rules.closes


def said_today(facts: DueFacts, days_left: int, rules: ReminderRules, now: datetime) -> list[DueReminder]:
    """Return what is to be said on this working day, ``days_left`` working days ahead (negative: overdue)."""
    if facts.due_on >= now.date():
        return _ahead(facts, days_left, rules, now)
    return [] if facts.fresh else _overdue(facts, -days_left, rules, now)


def _ahead(facts: DueFacts, left: int, rules: ReminderRules, now: datetime) -> list[DueReminder]:
    moments = (*rules.days_before, 0) if rules.on_day else rules.days_before
    nearest = min((days for days in moments if days >= left), default=None)
    if nearest is None:
        return []
    due_today = facts.due_on == now.date()
    urgent = facts.pressing or (facts.timed and due_today) or (facts.fresh and left <= _PRESSING_DAYS)
    if facts.fresh and not urgent:
        return []  # the next morning's digest has it
    rule = f"before-{nearest}" if nearest else "day"
    at = _today_at(rules.opens if urgent else rules.morning_at, now)
    return [DueReminder(rule, audience, at, urgent) for audience in (Audience.OWNER, Audience.PARTNERS)]


def _overdue(facts: DueFacts, late: int, rules: ReminderRules, now: datetime) -> list[DueReminder]:
    morning = _today_at(rules.morning_at, now)
    said = []
    if rules.overdue and (rules.most_overdue is None or late <= rules.most_overdue):
        at = _today_at(rules.opens, now) if facts.pressing else morning
        said.append(DueReminder(f"overdue-{late}", Audience.OWNER, at, facts.pressing))
    if rules.head_after is not None and late >= rules.head_after:
        said.append(DueReminder(f"head-{rules.head_after}", Audience.HEAD, morning))
    if rules.leader_after is not None and late >= rules.leader_after:
        said.append(DueReminder(f"leader-{rules.leader_after}", Audience.LEADER, morning))
    return said


def _today_at(at: time, now: datetime) -> datetime:
    return datetime.combine(now.date(), at, tzinfo=now.tzinfo)
