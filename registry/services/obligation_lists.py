"""Lists of obligations: whose, in what state, where they stand in time; counted by unit; month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.obligations import (
    OPEN,
    SOON,
    ObligationState,
    Timeliness,
    timeliness,
)
from registry.domain.roles import Permission
from registry.domain.values import Status
from registry.models import Document, Kind, Obligation, ObligationPartner, Occurrence, Unit, User
from registry.services import obligation_order
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.obligation_needs import Need, needs
from registry.services.obligation_order import DUE, Sort
from search_index.text import fold_line

PAGE = 50
_OPEN = sorted(OPEN)


class Scope(StrEnum):
    """Whose obligations a list shows."""

    MINE = "mine"
    UNIT = "unit"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ObligationFilter:
    """What a list is narrowed to; None and empty mean any."""

    scope: Scope = Scope.MINE
    states: tuple[ObligationState, ...] = ()
    standing: Timeliness | None = None
    due_by: date | None = None
    """Open and due on this day at the latest."""
    due_on: date | None = None
    unit_id: int | None = None
    user_id: int | None = None
    document_id: int | None = None
    text: str = ""
    closed: bool = False
    """Show what is done, paused or cancelled as well."""
    need: Need | None = None
    to_decide: bool = False
    """Only where a request for more time waits for the person who looks."""
    no_unit: bool = False
    """Only what no unit owes."""


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One occurrence of an obligation as a list shows it."""

    id: int
    obligation_id: int
    version: int
    task: str
    words: str
    document_id: int
    document_number: str | None
    document_kind: str | None
    document_subject: str
    document_issued_on: date | None
    document_cancelled: bool
    unit_id: int | None
    unit: str
    user_id: int | None
    user: str
    named: str
    due_on: date | None
    due_time: time | None
    printed_on: date | None
    cut_off_on: date | None
    state: ObligationState
    standing: Timeliness
    done_on: date | None
    received_at: datetime | None
    recurs: bool

    @property
    def due_moved(self) -> bool:
        """Whether the day was changed or extended: of what a text gives, only the last day in time differs, by one."""
        return (self.due_on is not None and self.printed_on is not None
                and self.due_on not in {self.printed_on, self.printed_on - timedelta(days=1)})


@dataclass(frozen=True, slots=True)
class ObligationPage:
    """A page of a list; ``after`` continues it, None at the end."""

    rows: list[ObligationRow]
    total: int
    after: str | None


def standing(now: datetime) -> ColumnElement[str]:
    """Return in SQL what ``domain.obligations.timeliness`` says of an occurrence; a test holds the two equal."""
    today, t = now.date(), Timeliness
    due, done, hour = Occurrence.due_on, Occurrence.done_on, Occurrence.due_time
    past = or_(due < today, and_(due == today, hour.is_not(None), hour < now.time()))
    return case(
        (Occurrence.state.in_([ObligationState.PAUSED, ObligationState.CANCELLED]), t.SET_ASIDE.value),
        (and_(Occurrence.state == ObligationState.DONE, done > due), t.DONE_LATE.value),
        (Occurrence.state == ObligationState.DONE, t.DONE_IN_TIME.value),
        (due.is_(None), t.NO_DEADLINE.value),
        (done > due, t.OVERDUE.value),
        (done.is_not(None), t.IN_TERM.value),
        (past, t.OVERDUE.value),
        (due <= today + SOON, t.DUE_SOON.value),
        else_=t.IN_TERM.value)


def may_see(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that leaves the occurrences that ``actor`` may see: of visible documents, and their own."""
    mine = whose(session, actor, Scope.UNIT)
    if actor.may(Permission.MANAGE_OBLIGATIONS):
        return or_(visible(actor), mine)
    return mine


def whose(session: Session, actor: Actor, scope: Scope) -> ColumnElement[bool]:
    """Return the condition for what is the actor's own, or their unit's as well; partners take part."""
    if actor.id is None:
        return Occurrence.id < 0
    partner = select(ObligationPartner.id).where(ObligationPartner.obligation_id == Occurrence.obligation_id)
    own = or_(Occurrence.user_id == actor.id, partner.where(ObligationPartner.user_id == actor.id).exists())
    unit_id = session.scalar(select(User.unit_id).where(User.id == actor.id))
    if scope == Scope.MINE or unit_id is None:
        return own
    return or_(own, Occurrence.unit_id == unit_id, partner.where(ObligationPartner.unit_id == unit_id).exists())


def headed_by(session: Session, actor: Actor) -> int | None:
    """Return the unit of which ``actor`` is the head."""
    return session.scalar(select(User.unit_id).where(User.id == actor.id, User.heads_unit))


def decided_by(session: Session, actor: Actor) -> ColumnElement[bool] | None:
    """Return the condition for the occurrences on whose extensions ``actor`` decides; None where on no one's."""
    if actor.may(Permission.DECIDE_EXTENSIONS):
        return true()
    unit_id = headed_by(session, actor)
    if unit_id is None:
        return None
    return and_(Occurrence.unit_id == unit_id, Occurrence.user_id.is_distinct_from(actor.id))


def overdue(now: datetime) -> ColumnElement[bool]:
    """Return the condition for open work that is overdue, as a list of it has it."""
    return and_(Occurrence.state.in_(_OPEN), Occurrence.due_on <= now.date(), standing(now) == Timeliness.OVERDUE.value)


def _clauses(session: Session, wanted: ObligationFilter, actor: Actor, now: datetime) -> list[ColumnElement[bool]]:
    clauses = [may_see(session, actor)]
    if wanted.scope != Scope.ALL:
        clauses.append(whose(session, actor, wanted.scope))
    if wanted.states:
        clauses.append(Occurrence.state.in_([one.value for one in wanted.states]))
    elif not wanted.closed and wanted.standing not in {
            Timeliness.DONE_IN_TIME, Timeliness.DONE_LATE, Timeliness.SET_ASIDE}:
        clauses.append(Occurrence.state.in_(_OPEN))
    if wanted.standing is not None:
        clauses.append(standing(now) == wanted.standing.value)
    if wanted.due_by is not None:
        clauses.append(and_(Occurrence.state.in_(_OPEN), Occurrence.due_on <= wanted.due_by))
    if wanted.due_on is not None:
        clauses.append(Occurrence.due_on == wanted.due_on)
    if wanted.unit_id is not None:
        clauses.append(Occurrence.unit_id == wanted.unit_id)
    if wanted.user_id is not None:
        clauses.append(Occurrence.user_id == wanted.user_id)
    if wanted.document_id is not None:
        clauses.append(Obligation.document_id == wanted.document_id)
    if wanted.need is not None:
        clauses.append(needs(wanted.need))
    if wanted.to_decide:
        decided = decided_by(session, actor)
        clauses += [needs(Need.EXTENSION), false() if decided is None else decided]
    if wanted.no_unit:
        clauses.append(Occurrence.unit_id.is_(None))
    clauses += [Obligation.task_key.contains(word, autoescape=True) for word in fold_line(wanted.text[:200]).split()]
    return clauses


def joined(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Return a query of occurrences with their obligations and documents."""
    query: Select[*tuple[Any, ...]] = (
        select(*columns).select_from(Occurrence).join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Document, Document.id == Obligation.document_id))
    return query


def _rows_query() -> Select[*tuple[Any, ...]]:
    return (
        joined(Occurrence, Obligation, Document.number, Document.subject, Document.issued_on, Document.status,
                Kind.name.label("kind"), Unit.name.label("unit"), User.full_name.label("user"))
        .outerjoin(Kind, Kind.id == Document.kind_id).outerjoin(Unit, Unit.id == Occurrence.unit_id)
        .outerjoin(User, User.id == Occurrence.user_id))


def _row(row: Any, now: datetime) -> ObligationRow:
    occurrence: Occurrence = row.Occurrence
    obligation: Obligation = row.Obligation
    state = ObligationState(occurrence.state)
    return ObligationRow(
        id=occurrence.id, obligation_id=obligation.id, version=occurrence.version, task=obligation.task,
        words=obligation.words, document_id=obligation.document_id, document_number=row.number,
        document_kind=row.kind, document_subject=row.subject, document_issued_on=row.issued_on,
        document_cancelled=row.status == Status.CANCELLED, unit_id=occurrence.unit_id, unit=row.unit or "",
        user_id=occurrence.user_id, user=row.user or "", named=obligation.named, due_on=occurrence.due_on,
        due_time=occurrence.due_time, printed_on=occurrence.printed_on, cut_off_on=occurrence.cut_off_on,
        state=state,
        standing=timeliness(state, occurrence.due_on, occurrence.done_on, now, due_time=occurrence.due_time),
        done_on=occurrence.done_on, received_at=occurrence.received_at,
        recurs=bool(obligation.rrule or obligation.cycle))


def find_obligations(db: Sessions, wanted: ObligationFilter, *, actor: Actor, now: datetime, after: str | None = None,
                     sort: Sort = Sort.DUE, descending: bool = False, limit: int = PAGE) -> ObligationPage:
    """Return a page of the list behind ``after``; what sorts alike stands in the order of due dates.

    Without a deadline, person, unit or date comes last (first when ``descending``).
    """
    keys = obligation_order.keys(sort)
    with reading(db) as session:
        clauses = _clauses(session, wanted, actor, now)
        query = _rows_query().where(*clauses).add_columns(*(key.label(f"key_{n}") for n, key in enumerate(keys)))
        place = obligation_order.read_place(after, sort)
        if place is not None:
            here = tuple_(*keys)
            query = query.where(here < place if descending else here > place)
        query = query.order_by(*(key.desc() if descending else key for key in keys)).limit(limit + 1)
        found = session.execute(query).all()
        total = session.scalar(joined(func.count()).where(*clauses)) or 0
    rows = [_row(row, now) for row in found[:limit]]
    last = found[limit - 1][-len(keys):] if len(found) > limit else None
    return ObligationPage(rows, total, obligation_order.write_place(last) if last is not None else None)


def rows_in(session: Session, ids: Sequence[int], now: datetime) -> list[ObligationRow]:
    """Return the rows of occurrences in the order of due dates."""
    return [_row(row, now) for row in session.execute(
        _rows_query().where(Occurrence.id.in_(ids)).order_by(DUE, Occurrence.id))]


def find_chosen(db: Sessions, ids: Sequence[int], *, actor: Actor, now: datetime) -> list[ObligationRow]:
    """Return those of the occurrences that ``actor`` may see, in the order of due dates."""
    with reading(db) as session:
        return [_row(row, now) for row in session.execute(
            _rows_query().where(Occurrence.id.in_(ids), may_see(session, actor)).order_by(DUE, Occurrence.id))]


def of_document(db: Sessions, document_id: int, *, actor: Actor, now: datetime) -> list[ObligationRow]:
    """Return all that a document asks for, as far as ``actor`` may see it: at most a hundred, the next due first."""
    with reading(db) as session:
        seen = visible(actor) if actor.may(Permission.READ) else may_see(session, actor)
        return [_row(row, now) for row in session.execute(
            _rows_query().where(Obligation.document_id == document_id, seen)
            .order_by(DUE, Occurrence.id).limit(100))]


@dataclass(frozen=True, slots=True)
class DueDay:
    """What falls due on one day: the first few, and how many there are."""

    rows: list[ObligationRow]
    total: int


def by_day(db: Sessions, first: date, last: date, wanted: ObligationFilter, *, actor: Actor, now: datetime,
           most: int = 6) -> dict[date, DueDay]:
    """Return what falls due on each day from ``first`` to ``last``, at most ``most`` of a day."""
    a_day: dict[str, Any] = {"partition_by": Occurrence.due_on}
    with reading(db) as session:
        places = joined(
            Occurrence.id, func.row_number().over(order_by=Occurrence.id, **a_day).label("place"),
            func.count().over(**a_day).label("total")).where(
            *_clauses(session, wanted, actor, now), Occurrence.due_on.between(first, last)).subquery()
        query = (_rows_query().add_columns(places.c.total).join(places, places.c.id == Occurrence.id)
                 .where(places.c.place <= most).order_by(Occurrence.due_on, Occurrence.id))
        days: dict[date, DueDay] = {}
        for row in session.execute(query):
            days.setdefault(row.Occurrence.due_on, DueDay([], row.total)).rows.append(_row(row, now))
    return days


def find_all(db: Sessions, wanted: ObligationFilter, *, actor: Actor, now: datetime, sort: Sort = Sort.DUE,
             descending: bool = False) -> Iterator[ObligationRow]:
    """Yield the whole list in the order of ``find_obligations``."""
    after: str | None = None
    while True:
        page = find_obligations(db, wanted, actor=actor, now=now, after=after, sort=sort, descending=descending, limit=500)
        yield from page.rows
        after = page.after
        if after is None:
            return
