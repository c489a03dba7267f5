"""The rules that reminders follow: the office's, changed by the administrator, and each person's wishes within them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotPossible
from registry.domain.reminding import MOST_DAYS_BEFORE, MOST_MOMENTS_BEFORE, ReminderRules
from registry.domain.workdays import WorkCalendar
from registry.models import ReminderWish
from registry.services import settings, work_calendar
from registry.services.actors import Actor

# Reminders look from a month behind a moment to a year ahead of it; obligations are older.
_YEARS_BACK, _YEARS_AHEAD = 40, 5


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules for the people in ``user_ids``; of the office's own, ``user_ids`` are those it is not for."""

    rules: ReminderRules
    user_ids: frozenset[int]
    own: bool


def load(session: Session) -> ReminderRules:
    """Return the rules of the office."""
    stored = settings.load(session)
    return ReminderRules(
        days_before=read_days(stored.remind_days_before), on_day=stored.remind_on_day,
        overdue=stored.remind_overdue, most_overdue=stored.remind_most_overdue,
        head_after=stored.remind_head_after, leader_after=stored.remind_leader_after,
        morning_at=time.fromisoformat(stored.remind_morning_at), opens=time.fromisoformat(stored.remind_opens),
        closes=time.fromisoformat(stored.remind_closes))


def get(db: Sessions) -> ReminderRules:
    """Return the rules of the office."""
    with reading(db) as session:
        return load(session)


def change(db: Sessions, rules: ReminderRules, *, actor: Actor, at: datetime) -> None:
    """Keep new rules for the office; what is planned already stays.

    Raises:
        NotPossible: ``reminder_days``, ``reminder_hours``.
    """
    check_days(rules.days_before)
    if not rules.opens <= rules.morning_at < rules.closes:
        raise NotPossible("reminder_hours", "morning_at")
    settings.change(
        db, actor=actor, at=at, remind_days_before=print_days(rules.days_before), remind_on_day=rules.on_day,
        remind_overdue=rules.overdue, remind_most_overdue=rules.most_overdue, remind_head_after=rules.head_after,
        remind_leader_after=rules.leader_after, remind_morning_at=f"{rules.morning_at:%H:%M}",
        remind_opens=f"{rules.opens:%H:%M}", remind_closes=f"{rules.closes:%H:%M}")


def check_days(days: Iterable[int]) -> None:
    """Refuse what no person can mean.

    Raises:
        NotPossible: ``reminder_days``.
    """
    days = tuple(days)
    if len(days) > MOST_MOMENTS_BEFORE or any(not 1 <= day <= MOST_DAYS_BEFORE for day in days):
        raise NotPossible("reminder_days", "days_before", count=MOST_MOMENTS_BEFORE, most=MOST_DAYS_BEFORE)


def read_days(text: str) -> tuple[int, ...]:
    """Read "7, 3, 1": falling, each once.

    Raises:
        NotPossible: ``reminder_days``: it is no list of numbers.
    """
    parts = text.replace(";", ",").replace(",", " ").split()
    if any(not (part.isascii() and part.isdigit() and len(part) < 5) for part in parts):
        raise NotPossible("reminder_days", "days_before", count=MOST_MOMENTS_BEFORE, most=MOST_DAYS_BEFORE)
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def print_days(days: Iterable[int]) -> str:
    """Print "7, 3, 1"."""
    return ", ".join(str(day) for day in days)


def profiles(session: Session, rules: ReminderRules) -> list[Profile]:
    """Return the office's rules, and those of the people who wish something else."""
    wished: dict[tuple[tuple[int, ...], time], set[int]] = {}
    for wish in session.scalars(select(ReminderWish)):
        key = (tuple(wish.days_before), _within(wish.morning_at, rules))
        if key != (rules.days_before, rules.morning_at):
            wished.setdefault(key, set()).add(wish.user_id)
    others = frozenset(user for users in wished.values() for user in users)
    return [Profile(rules, others, own=False), *(
        Profile(replace(rules, days_before=days, morning_at=morning), frozenset(users), own=True)
        for (days, morning), users in sorted(wished.items()))]


def _within(morning: time | None, rules: ReminderRules) -> time:
    """Return the wished hour, the office's where there is none or its working hours have moved away from it."""
    return morning if morning is not None and rules.opens <= morning < rules.closes else rules.morning_at


def calendar(session: Session, now: datetime) -> WorkCalendar:
    """Return the office's calendar for reminding.

    A year whose holidays nobody has entered yet goes by its weekends: a reminder on a holiday is better
    than none from there on. Due dates are never counted so.
    """
    known = work_calendar.load(session)
    around = range(now.year - _YEARS_BACK, now.year + _YEARS_AHEAD)
    return replace(known, years=known.years | frozenset(around))
