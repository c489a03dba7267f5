"""Occurrences (lần thực hiện) of recurring obligations: made ahead of time, each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, insert_missing
from registry.domain.errors import NotPossible
from registry.domain.obligations import ObligationState
from registry.domain.recurrence import occurrences as days_of
from registry.domain.reports_period import ReportCycle, data_period
from registry.domain.workdays import WorkCalendar, YearWithoutCalendar
from registry.models import Obligation, Occurrence
from registry.services import settings, work_calendar

HORIZON = timedelta(days=60)
"""Occurrences are made so far ahead; of what comes less often, the next one is always there."""
_LONGEST_GAP = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Planned:
    """One day of a recurrence, with the day at which a report's figures are cut off."""

    day: date
    cut_off_on: date | None = None


def last_day_in_time(printed_on: date | None, *, before: bool, strict: bool) -> date | None:
    """Return the last day in time: of "trước ngày 30/6", read strictly, 29/6; else the day itself."""
    if printed_on is not None and before and strict:
        return printed_on - timedelta(days=1)
    return printed_on


def check_rule(obligation: Obligation) -> None:
    """Refuse a recurrence that gives no days.

    Raises:
        NotPossible: ``bad_rule``.
    """
    if not obligation.cycle:
        try:
            days_of(obligation.rrule, date(2024, 1, 1), date(2024, 1, 1))
        except (ValueError, TypeError) as error:
            raise NotPossible("bad_rule", "rrule") from error
    elif obligation.days_after_cut_off is None and not obligation.rrule:
        raise NotPossible("bad_rule", "days_after_cut_off")


def spawn_occurrences(db: Sessions, today: date) -> int:
    """Make the occurrences of all recurrences up to the horizon; return how many are new. Again adds nothing."""
    made = 0
    with db.begin() as session:
        # Locked against being ended or handed over meanwhile: what is made here would be left behind.
        calendar = work_calendar.load(session)
        strict = settings.load(session).before_is_strict
        recurring = select(Obligation).where(
            Obligation.rrule + Obligation.cycle != "", Obligation.ended_at.is_(None)).with_for_update(read=True)
        for obligation in session.scalars(recurring):
            made += spawn(session, obligation, calendar, today, strict=strict)
    return made


def spawn(session: Session, obligation: Obligation, calendar: WorkCalendar, today: date, *, strict: bool) -> int:
    """Make the occurrences of one recurrence from its first day to the horizon, and always the next one."""
    known = {row.planned_on for row in session.execute(
        select(Occurrence.planned_on).where(Occurrence.obligation_id == obligation.id))}
    made = 0
    for planned in _wanted(obligation, calendar, today):
        if planned.day in known:
            continue
        before = bool((obligation.term or {}).get("before"))
        insert_missing(
            session, Occurrence, obligation_id=obligation.id, planned_on=planned.day, printed_on=planned.day,
            cut_off_on=planned.cut_off_on, due_on=last_day_in_time(planned.day, before=before, strict=strict),
            due_version=1, state=ObligationState.NEW.value, unit_id=obligation.unit_id, user_id=obligation.user_id,
            version=1)
        made += 1
    return made


def _wanted(obligation: Obligation, calendar: WorkCalendar, today: date) -> Iterator[Planned]:
    next_one_made = False
    for planned in _days(obligation, calendar, today):
        if next_one_made and planned.day > today + HORIZON:
            return
        yield planned
        next_one_made = planned.day >= today


def _days(obligation: Obligation, calendar: WorkCalendar, today: date) -> Iterator[Planned]:
    """Yield the days of a recurrence in order, from its first one on, as far as the calendar goes."""
    first = obligation.from_on or today
    last = obligation.until_on or today + _LONGEST_GAP
    if obligation.cycle and not obligation.rrule:
        yield from _reports(obligation, calendar, first, last)
        return
    for day in days_of(obligation.rrule, first, last):
        yield Planned(day, _cut_off_before(ReportCycle(obligation.cycle), day) if obligation.cycle else None)


def _reports(obligation: Obligation, calendar: WorkCalendar, first: date, last: date) -> Iterator[Planned]:
    """Yield the sending days of a periodic report (Nghị định 09/2019/NĐ-CP, Điều 12)."""
    for cut_off in _cut_offs(ReportCycle(obligation.cycle), first.year, last.year):
        try:
            day = calendar.add_working_days(cut_off, obligation.days_after_cut_off or 0)
        except YearWithoutCalendar:
            return  # that year's days off are not decided yet; its reports come when they are
        if first <= day <= last:
            yield Planned(day, cut_off)


def _cut_offs(cycle: ReportCycle, first_year: int, last_year: int) -> Iterator[date]:
    numbers = {ReportCycle.month: 12, ReportCycle.quarter: 4}.get(cycle, 1)
    for year in range(first_year, last_year + 1):
        for number in range(1, numbers + 1):
            yield data_period(cycle, year, number).cut_off


def _cut_off_before(cycle: ReportCycle, day: date) -> date:
    return max(one for one in _cut_offs(cycle, day.year - 1, day.year) if one <= day)
