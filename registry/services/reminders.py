"""Planning reminders (lập lịch nhắc việc): one row per occurrence, due-date version, rule and person.

The database's unique key makes planning idempotent: planned again, by any number of workers and after any
crash, nothing is added. Only what speaks today is planned, so a change of rules or people counts from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.obligations import REMINDED
from registry.domain.reminding import Audience, DueFacts, DueReminder, ReminderRules, plans_today, said_today
from registry.domain.roles import Permission, Role, may
from registry.domain.workdays import WorkCalendar
from registry.models import Document, Obligation, ObligationPartner, Occurrence, Reminder, User
from registry.models.base import UtcDateTime
from registry.services import reminder_rules
from registry.services.reminder_rules import Profile

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PRESSING = 2
"""The urgency of a document from which on reminders go out by themselves: thượng khẩn, hỏa tốc."""
_DATES_AT_ONCE = 40
"""Due dates of one statement and transaction: others that write wait for no more than this."""
_COLUMNS = ("occurrence_id", "due_version", "due_on", "rule", "send_at", "urgent", "state", "error", "created_at",
            "user_id")

Query: TypeAlias = Select[*tuple[Any, ...]]
Told = Callable[[Query], tuple[Query, SQLColumnExpression[int]]]
"""Joins people to a query of occurrences; returns it with the column of their ids."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Work of one kind and to whom it is said: one statement speaks of many due dates."""

    timed: bool
    pressing: bool
    fresh: bool
    audience: Audience


@dataclass(frozen=True, slots=True)
class _Plan:
    now: datetime
    opening: datetime
    profiles: list[Profile]
    facts: dict[date, list[DueFacts]]
    days_left: dict[date, int]

    def said(self, rules: ReminderRules) -> dict[_Kind, list[tuple[date, DueReminder]]]:
        """Return what the rules say today of each due date, by kind of work and audience."""
        found: dict[_Kind, list[tuple[date, DueReminder]]] = defaultdict(list)
        for due_on, kinds in sorted(self.facts.items()):
            for facts in kinds:
                for one in said_today(facts, self.days_left[due_on], rules, self.now):
                    kind = _Kind(facts.timed, facts.pressing, facts.fresh, one.audience)
                    found[kind].append((due_on, one))
        return found


def plan(db: Sessions, now: datetime) -> int:
    """Insert the reminders of the day of ``now`` that are missing; return how many that were.

    Outside the office's working days, and after closing time, nothing is planned.
    """
    planned = _look(db, now.astimezone(HANOI))
    if planned is None:
        return 0
    return sum(_insert(db, told, kind, dict(said[at:at + _DATES_AT_ONCE]), profile, planned)
               for profile in planned.profiles
               for kind, said in planned.said(profile.rules).items()
               for told in _PEOPLE[kind.audience]
               for at in range(0, len(said), _DATES_AT_ONCE))


def _look(db: Sessions, now: datetime) -> _Plan | None:
    with reading(db) as session:
        rules = reminder_rules.load(session)
        calendar = reminder_rules.calendar(session, now)
        if not plans_today(rules, calendar, now):
            return None
        opening = datetime.combine(now.date(), rules.opens, tzinfo=now.tzinfo)
        profiles = reminder_rules.profiles(session, rules)
        latest = now.date() + max(profile.rules.horizon for profile in profiles)
        facts: dict[date, list[DueFacts]] = defaultdict(list)
        for row in session.execute(_facts_of_open_work(opening, latest)):
            facts[row.due_on].append(DueFacts(*row))
        return _Plan(now, opening, profiles, dict(facts), _days_left(calendar, now.date(), facts))


def _days_left(calendar: WorkCalendar, today: date, days: dict[date, Any]) -> dict[date, int]:
    """Count the working days to each date, each stretch between two of them once."""
    left = {}
    for ordered in (sorted(day for day in days if day >= today), sorted((d for d in days if d < today), reverse=True)):
        at, count = today, 0
        for day in ordered:
            count += calendar.working_days_between(at, day)
            left[day], at = count, day
    return left


def _timed() -> ColumnElement[bool]:
    return Occurrence.due_time.is_not(None)


def _pressing() -> ColumnElement[bool]:
    return Document.urgency >= PRESSING


def _fresh(opening: datetime) -> ColumnElement[bool]:
    # Not later either: a moment of the past is asked for too, to see what would have been told then.
    return Obligation.created_at.between(opening, opening + timedelta(days=1))


def reminded_of() -> ColumnElement[bool]:
    """The clause for occurrences whose people are reminded.

    Of a cancelled document as well: what somebody decided to keep, or has not decided about, see ``open_work``.
    """
    return Occurrence.state.in_([str(state) for state in REMINDED])


def _facts_of_open_work(opening: datetime, latest: date) -> Query:
    return (select(Occurrence.due_on, _timed(), _pressing(), _fresh(opening))
            .join(Obligation, Obligation.id == Occurrence.obligation_id)
            .join(Document, Document.id == Obligation.document_id)
            .where(reminded_of(), Occurrence.due_on <= latest).distinct())


def _insert(db: Sessions, told: Told, kind: _Kind, said: dict[date, DueReminder], profile: Profile,
            planned: _Plan) -> int:
    """Insert what is said of each due date to whom ``told`` joins; what is there already stays as it is."""
    def by_date(value: Callable[[DueReminder], object], type_: Any) -> ColumnElement[Any]:
        return case({day: literal(value(one), type_) for day, one in said.items()}, value=Occurrence.due_on)

    work = (
        select(Occurrence.id, Occurrence.due_version, Occurrence.due_on, by_date(lambda one: one.rule, String),
               by_date(lambda one: one.send_at, UtcDateTime), by_date(lambda one: one.urgent, Boolean),
               literal("planned"), literal(""), literal(planned.now, UtcDateTime))
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Document, Document.id == Obligation.document_id)
        .where(reminded_of(), Occurrence.due_on.in_(list(said)), _timed() == kind.timed,
               _pressing() == kind.pressing, _fresh(planned.opening) == kind.fresh))
    source, user_id = told(work)
    source = source.where(user_id.in_(profile.user_ids) if profile.own else user_id.not_in(profile.user_ids))
    with db.begin() as session:
        result = session.execute(
            _upsert(session).from_select(_COLUMNS, source.add_columns(user_id)).on_conflict_do_nothing(),
            execution_options={"preserve_rowcount": True})
        return int(getattr(result, "rowcount", 0))


def _upsert(session: Session) -> Any:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(Reminder)


_WORKING = [role.value for role in Role if may(role, Permission.WORK_OBLIGATIONS)]


def contacts() -> Query:
    """``(unit_id, user_id)``: whom a unit that owes has told: its heads, else everybody in it who may work on it."""
    head = aliased(User)
    headed = exists().where(head.unit_id == User.unit_id, head.heads_unit, head.active)
    return select(User.unit_id, User.id.label("user_id")).where(
        User.active, or_(User.heads_unit, and_(~headed, User.role.in_(_WORKING))))


def _owner(work: Query) -> tuple[Query, SQLColumnExpression[int]]:
    """The person who owes."""
    owner = aliased(User)
    return work.join(owner, and_(owner.id == Occurrence.user_id, owner.active)), owner.id


def _unit(work: Query) -> tuple[Query, SQLColumnExpression[int]]:
    """The contacts of the unit that owes, where there is no person or they have left."""
    owner, told = aliased(User), contacts().subquery()
    joined = (work.outerjoin(owner, owner.id == Occurrence.user_id).join(told, told.c.unit_id == Occurrence.unit_id)
              .where(or_(Occurrence.user_id.is_(None), ~owner.active)))
    return joined, told.c.user_id


def _partner(work: Query) -> tuple[Query, SQLColumnExpression[int]]:
    person = aliased(User)
    return (work.join(ObligationPartner, ObligationPartner.obligation_id == Obligation.id)
            .join(person, and_(person.id == ObligationPartner.user_id, person.active))), person.id


def _partner_unit(work: Query) -> tuple[Query, SQLColumnExpression[int]]:
    told = contacts().subquery()
    return (work.join(ObligationPartner, ObligationPartner.obligation_id == Obligation.id)
            .join(told, told.c.unit_id == ObligationPartner.unit_id)
            .where(ObligationPartner.user_id.is_(None))), told.c.user_id


def _head(work: Query) -> tuple[Query, SQLColumnExpression[int]]:
    """The heads of the unit whose person is late; where the unit itself owes they are told as its contacts."""
    owner, head = aliased(User), aliased(User)
    return (work.join(owner, and_(owner.id == Occurrence.user_id, owner.active))
            .join(head, and_(head.unit_id == func.coalesce(Occurrence.unit_id, owner.unit_id), head.active,
                             head.heads_unit, head.id != owner.id))), head.id


def _leader(work: Query) -> tuple[Query, SQLColumnExpression[int]]:
    leader = aliased(User)
    return work.join(leader, and_(leader.active, leader.role == str(Role.LEADER),
                                  leader.id != func.coalesce(Occurrence.user_id, 0))), leader.id


_PEOPLE: dict[Audience, tuple[Told, ...]] = {
    Audience.OWNER: (_owner, _unit), Audience.PARTNERS: (_partner, _partner_unit), Audience.HEAD: (_head,),
    Audience.LEADER: (_leader,)}
