"""Reading work programmes: what is planned for a period, by whom, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.errors import NotFound
from registry.domain.roles import Permission
from registry.domain.work_programme import OPEN, SOON, PlanPeriod, PlanStanding, PlanState, standing
from registry.models import Document, Kind, Organisation, PlannedDocument, Unit, User
from registry.services import audit, hidden_events
from registry.services.actors import Actor
from search_index.text import fold_line

PAGE = 100
_OPEN = sorted(OPEN)


@dataclass(frozen=True, slots=True)
class PlannedFilter:
    """What a programme is narrowed to; None and empty mean any."""

    period: PlanPeriod | None = None
    """This very period."""
    since: date | None = None
    """With ``until``: plans of a period that has days in common with this stretch."""
    until: date | None = None
    unit_id: int | None = None
    user_id: int | None = None
    mine: bool = False
    """The actor's own, and those of their unit that no person drafts."""
    states: tuple[PlanState, ...] = ()
    standing: PlanStanding | None = None
    """Open and overdue or soon due; other standings follow from the state."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One planned document as lists, reports and pages show it."""

    id: int
    version: int
    period: PlanPeriod
    kind_id: int | None
    kind: str
    subject: str
    issuer_id: int | None
    issuer: str
    unit_id: int | None
    unit: str
    user_id: int | None
    user: str
    due_on: date
    state: PlanState
    standing: PlanStanding
    note: str
    reason: str
    directive_id: int | None
    """None as well where the person may not see that document."""
    directive: str
    document_id: int | None
    document: str
    """The number of what it became; empty where there is none, or the person may not see it."""
    document_issued_on: date | None
    document_cancelled: bool
    carried_from_id: int | None

    @property
    def title(self) -> str:
        """The kind and the subject, as a sentence names the document."""
        return f"{self.kind} {self.subject}" if self.kind else self.subject


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page in the order of deadlines; ``after`` continues it, None at the end."""

    rows: list[PlannedRow]
    total: int
    after: str | None


_directive, _issued = aliased(Document), aliased(Document)


def _query() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(PlannedDocument, Kind.name.label("kind"), Organisation.name.label("issuer"), Unit.name.label("unit"),
               User.full_name.label("user"), _directive.number.label("directive"),
               _directive.subject.label("directive_subject"), _directive.restricted.label("directive_restricted"),
               _issued.number.label("document"), _issued.issued_on.label("document_issued_on"),
               _issued.status.label("document_status"), _issued.restricted.label("document_restricted"))
        .outerjoin(Kind, Kind.id == PlannedDocument.kind_id)
        .outerjoin(Organisation, Organisation.id == PlannedDocument.issuer_id)
        .outerjoin(Unit, Unit.id == PlannedDocument.unit_id).outerjoin(User, User.id == PlannedDocument.user_id)
        .outerjoin(_directive, _directive.id == PlannedDocument.directive_id)
        .outerjoin(_issued, _issued.id == PlannedDocument.document_id))
    return query


def _row(found: Any, actor: Actor, today: date) -> PlannedRow:
    plan: PlannedDocument = found.PlannedDocument
    all_seen = actor.may(Permission.READ_RESTRICTED)
    shows_directive = plan.directive_id is not None and (all_seen or not found.directive_restricted)
    shows_document = plan.document_id is not None and (all_seen or not found.document_restricted)
    state = PlanState(plan.state)
    return PlannedRow(
        id=plan.id, version=plan.version, period=PlanPeriod.read(plan.period), kind_id=plan.kind_id,
        kind=found.kind or "", subject=plan.subject, issuer_id=plan.issuer_id, issuer=found.issuer or "",
        unit_id=plan.unit_id, unit=found.unit or "", user_id=plan.user_id, user=found.user or "", due_on=plan.due_on,
        state=state, standing=standing(state, plan.due_on, found.document_issued_on, today), note=plan.note,
        reason=plan.reason, directive_id=plan.directive_id if shows_directive else None,
        directive=(found.directive or found.directive_subject[:80]) if shows_directive else "",
        document_id=plan.document_id if shows_document else None,
        document=(found.document or "") if shows_document else "",
        document_issued_on=found.document_issued_on if shows_document else None,
        document_cancelled=found.document_status == "cancelled", carried_from_id=plan.carried_from_id)


def _standing_clause(wanted: PlanStanding, today: date) -> ColumnElement[bool]:
    is_open, due = PlannedDocument.state.in_(_OPEN), PlannedDocument.due_on
    if wanted == PlanStanding.OVERDUE:
        return and_(is_open, due < today)
    if wanted == PlanStanding.DUE_SOON:
        return and_(is_open, due >= today, due <= today + SOON)
    if wanted == PlanStanding.IN_TERM:
        return and_(is_open, due > today + SOON)
    if wanted == PlanStanding.SET_ASIDE:
        return PlannedDocument.state.in_([PlanState.CARRIED, PlanState.DROPPED])
    late = and_(PlannedDocument.state == PlanState.ISSUED, PlannedDocument.document_id.in_(
        select(Document.id).where(Document.id == PlannedDocument.document_id,
                                  Document.issued_on > PlannedDocument.due_on).correlate(PlannedDocument)))
    return late if wanted == PlanStanding.LATE else and_(PlannedDocument.state == PlanState.ISSUED, ~late)


def _clauses(session: Session, wanted: PlannedFilter, actor: Actor, today: date) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if wanted.period is not None:
        clauses.append(PlannedDocument.period == wanted.period.code)
    if wanted.since is not None:
        clauses.append(PlannedDocument.period_end >= wanted.since)
    if wanted.until is not None:
        clauses.append(PlannedDocument.period_start <= wanted.until)
    if wanted.unit_id is not None:
        clauses.append(PlannedDocument.unit_id == wanted.unit_id)
    if wanted.user_id is not None:
        clauses.append(PlannedDocument.user_id == wanted.user_id)
    if wanted.mine:
        clauses.append(drafted_by(session, actor))
    if wanted.states:
        clauses.append(PlannedDocument.state.in_([one.value for one in wanted.states]))
    if wanted.standing is not None:
        clauses.append(_standing_clause(wanted.standing, today))
    clauses += [PlannedDocument.subject_key.contains(word, autoescape=True)
                for word in fold_line(wanted.text[:200]).split()]
    return clauses


def drafted_by(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Return the condition for what a person drafts: their own, and their unit's that nobody has by name."""
    if actor.id is None:
        return PlannedDocument.id < 0
    unit_id = session.scalar(select(User.unit_id).where(User.id == actor.id))
    own = PlannedDocument.user_id == actor.id
    if unit_id is None:
        return own
    return or_(own, and_(PlannedDocument.unit_id == unit_id, PlannedDocument.user_id.is_(None)))


def find_planned(db: Sessions, wanted: PlannedFilter, *, actor: Actor, today: date, after: str | None = None,
                 limit: int = PAGE) -> PlannedPage:
    """Return a page of a programme, the earliest deadline first; reports give a ``limit`` that holds all."""
    with reading(db) as session:
        clauses = _clauses(session, wanted, actor, today)
        key, place = tuple_(PlannedDocument.due_on, PlannedDocument.id), _read_place(after)
        query = _query().where(*clauses)
        if place is not None:
            query = query.where(key > place)
        found = [_row(row, actor, today) for row in session.execute(
            query.order_by(PlannedDocument.due_on, PlannedDocument.id).limit(limit + 1))]
        total = session.scalar(select(func.count()).select_from(PlannedDocument).where(*clauses)) or 0
    rows = found[:limit]
    return PlannedPage(rows, total, f"{rows[-1].due_on:%Y-%m-%d}_{rows[-1].id}" if len(found) > limit else None)


def _read_place(text: str | None) -> tuple[date, int] | None:
    day, _, key = (text or "").partition("_")
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


def find_chosen(db: Sessions, ids: Sequence[int], *, actor: Actor, today: date) -> list[PlannedRow]:
    """Return the plans of these ids, in the order of deadlines."""
    with reading(db) as session:
        return [_row(row, actor, today) for row in session.execute(
            _query().where(PlannedDocument.id.in_(ids)).order_by(PlannedDocument.due_on, PlannedDocument.id))]


@dataclass(frozen=True, slots=True)
class PlannedOne:
    """All that the page of one planned document shows."""

    row: PlannedRow
    earlier: list[PlannedRow]
    """The rows that it was carried over from, the latest first."""
    later: PlannedRow | None
    """The row of the next period that goes on with it."""
    drafts: bool
    """Whether the actor drafts it, in person or for their unit."""
    created_by: str
    created_at: datetime
    history: list[audit.EventRow]


def get_planned(db: Sessions, planned_id: int, *, actor: Actor, today: date) -> PlannedOne:
    """Return one planned document with where it comes from and what happened to it.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        def rows(clause: ColumnElement[bool]) -> list[PlannedRow]:
            return [_row(row, actor, today) for row in session.execute(_query().where(clause))]

        found = rows(PlannedDocument.id == planned_id)
        if not found:
            raise NotFound("planned_document", planned_id)
        earlier: list[PlannedRow] = []
        step = found[0].carried_from_id
        while step is not None:
            earlier += rows(PlannedDocument.id == step)
            step = earlier[-1].carried_from_id
        later = rows(PlannedDocument.carried_from_id == planned_id)
        made = session.execute(
            select(User.full_name, PlannedDocument.created_at).select_from(PlannedDocument)
            .outerjoin(User, User.id == PlannedDocument.created_by_id)
            .where(PlannedDocument.id == planned_id)).one()
        drafts = session.scalar(select(PlannedDocument.id).where(
            PlannedDocument.id == planned_id, drafted_by(session, actor))) is not None
        return PlannedOne(found[0], earlier, later[0] if later else None, drafts, made.full_name or "", made.created_at,
                          hidden_events.without_hidden(session, audit.history_of(
                              session, "planned_document", planned_id), actor))


def periods(db: Sessions) -> list[PlanPeriod]:
    """Return the periods that have a programme, the latest first; of those that begin alike, the longest first."""
    with reading(db) as session:
        found = session.execute(select(
            PlannedDocument.period, PlannedDocument.period_start, PlannedDocument.period_end).distinct()
            .order_by(PlannedDocument.period_start.desc(), PlannedDocument.period_end.desc()))
        return [PlanPeriod.read(row.period) for row in found]


def of_document(db: Sessions, document_id: int, *, actor: Actor, today: date) -> list[PlannedRow]:
    """Return the plans that a document carried out, and those that rest on it; at most fifty."""
    with reading(db) as session:
        return [_row(row, actor, today) for row in session.execute(
            _query().where(or_(PlannedDocument.document_id == document_id,
                               PlannedDocument.directive_id == document_id))
            .order_by(PlannedDocument.due_on, PlannedDocument.id).limit(50))]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a programme, or one unit's part of it, has come."""

    unit_id: int | None
    unit: str
    planned: int = 0
    drafting: int = 0
    issued: int = 0
    carried: int = 0
    dropped: int = 0
    overdue: int = 0
    """Of ``planned`` and ``drafting``: past their day."""

    @property
    def total(self) -> int:
        return self.planned + self.drafting + self.issued + self.carried + self.dropped

    @property
    def percent(self) -> int:
        """Issued, of all that was not dropped; rounded down, so that 100 means all."""
        counted = self.total - self.dropped
        return self.issued * 100 // counted if counted else 0


def progress(db: Sessions, wanted: PlannedFilter, *, actor: Actor, today: date) -> tuple[Progress, list[Progress]]:
    """Return how far the whole has come, and each unit, by one statement."""
    late = and_(PlannedDocument.state.in_(_OPEN), PlannedDocument.due_on < today)
    with reading(db) as session:
        found = session.execute(
            select(PlannedDocument.unit_id, Unit.name, PlannedDocument.state, func.count().label("many"),
                   func.sum(case((late, 1), else_=0)).label("late"))
            .outerjoin(Unit, Unit.id == PlannedDocument.unit_id).where(*_clauses(session, wanted, actor, today))
            .group_by(PlannedDocument.unit_id, Unit.name, PlannedDocument.state)).all()
    units: dict[tuple[int | None, str], dict[str, int]] = {}
    whole: dict[str, int] = {}
    for row in found:
        for counts in (whole, units.setdefault((row.unit_id, row.name or ""), {})):
            counts[row.state] = counts.get(row.state, 0) + row.many
            counts["overdue"] = counts.get("overdue", 0) + int(row.late)
    rows = [Progress(unit_id, name, **counts) for (unit_id, name), counts in units.items()]
    rows.sort(key=lambda one: (one.unit_id is None, fold_line(one.unit), one.unit_id or 0))
    return Progress(None, "", **whole), rows


def find_all(db: Sessions, wanted: PlannedFilter, *, actor: Actor, today: date) -> Iterator[PlannedRow]:
    """Yield the whole list in the order of ``find_planned``."""
    after: str | None = None
    while True:
        page = find_planned(db, wanted, actor=actor, today=today, after=after, limit=500)
        yield from page.rows
        after = page.after
        if after is None:
            return
