"""Report on carrying out directives: what was issued for each, and the official four numbers by unit.

Work belongs to a period if it was given by the period's end and not yet done at its beginning. It is counted as
it stood at the end of the period, or stands today: done by then in time or late, else open, within its term or
overdue. Days decide (given, due, done), so that a report of last year still says what it said, but for dates
that were extended and work that was set aside since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.chains import IMPLEMENTING
from registry.domain.obligations import FourNumbers, ObligationState
from registry.domain.report_spans import Span
from registry.domain.roles import Permission
from registry.domain.values import Direction, Status
from registry.models import Citation, Document, Kind, Obligation, Occurrence, Organisation, Unit, living_citations
from registry.services import organisations
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.obligation_lists import may_see
from registry.services.report_request import ReportRequest
from search_index.text import sort_key

MOST = 100
"""Directives that a page names; the count goes on behind it."""
_MOST_ISSUED = 10
_MOST_READ = 2000
"""Directives and answers that are looked at for the latest ones: no page waits for twenty years of them."""
_MOST_LINKS = 5000
_FOUR = ("done_in_time", "done_late", "open_in_term", "open_overdue")


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The four numbers of a unit in the period and in the one compared with; no unit has the name ""."""

    unit_id: int | None
    unit: str
    now: FourNumbers
    before: FourNumbers


@dataclass(frozen=True, slots=True)
class IssuedFor:
    """A document that carries a directive out."""

    id: int
    label: str
    issued_on: date | None
    subject: str


@dataclass(frozen=True, slots=True)
class DirectiveRow:
    """A directive, what was issued for it in the period, and how its work stands."""

    id: int
    kind: str
    number: str
    issued_on: date | None
    issuer: str
    subject: str
    issued: list[IssuedFor]
    issued_more: int
    numbers: FourNumbers
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectivesReport:
    """The four numbers in all and by unit, and the directives, the latest first."""

    whole: FourNumbers
    before: FourNumbers
    units: list[UnitFigures]
    directives: list[DirectiveRow]
    total: int
    total_is_more: bool
    """There are more than ``total``: of very many, those with the latest work were looked at."""
    as_of: date
    """The day whose state is told: the period's last, or today while it runs."""


def directives(db: Sessions, request: ReportRequest, *, actor: Actor, now: datetime) -> DirectivesReport:
    """Return the figures of the work that ``actor`` may see, and the directives behind it."""
    span = request.span
    with reading(db) as session:
        sees = may_see(session, actor)
        current, earlier = _by_unit(session, request, actor, sees, now)
        names = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
        found, total, cut = _directives(session, request, actor, sees, now)
    units = [UnitFigures(key, names.get(key or 0, ""), _four(current.get(key, {})), _four(earlier.get(key, {})))
             for key in {*current, *earlier}]
    units.sort(key=lambda one: (one.unit_id is None, -one.now.open_overdue, sort_key(one.unit)))
    return DirectivesReport(_sum(one.now for one in units), _sum(one.before for one in units), units, found, total,
                            cut, min(span.end, now.date()))


def _four(counts: dict[str, int]) -> FourNumbers:
    return FourNumbers(*(counts.get(name, 0) for name in _FOUR))


def _sum(parts: Any) -> FourNumbers:
    rows = [(one.done_in_time, one.done_late, one.open_in_term, one.open_overdue) for one in parts]
    return FourNumbers(*(sum(column) for column in zip(*rows, strict=True))) if rows else FourNumbers()


def standing_at(span: Span, now: datetime) -> ColumnElement[str]:
    """Return which of the four numbers an occurrence is in at the end of ``span``, or now while it runs."""
    as_of, today = min(span.end, now.date()), now.date()
    due, done, state = Occurrence.due_on, Occurrence.done_on, Occurrence.state
    past: ColumnElement[bool] = due < as_of
    if as_of == today:
        past = or_(past, and_(due == today, Occurrence.due_time < now.time()))
    return case(
        (and_(state == ObligationState.DONE, or_(done.is_(None), done <= as_of)),
         case((done > due, "done_late"), else_="done_in_time")),
        (and_(state == ObligationState.WAITING, done <= as_of),
         case((done > due, "open_overdue"), else_="open_in_term")),
        (past, "open_overdue"), else_="open_in_term")


def in_work(session: Session, request: ReportRequest, span: Span, now: datetime) -> ColumnElement[bool]:
    """Return the condition of the work that belongs to ``span``, of the unit and of the issuer's documents asked for."""
    as_of = min(span.end, now.date())
    given = case((and_(Obligation.rrule == "", Obligation.cycle == ""),
                  or_(Obligation.given_on.is_(None), Obligation.given_on <= span.end)),
                 # Each time of a recurrence belongs to the period that it falls due in.
                 else_=Occurrence.due_on <= span.end)
    done_before = and_(Occurrence.state == ObligationState.DONE, Occurrence.done_on < span.start)
    clauses = [Occurrence.state.not_in([ObligationState.PAUSED, ObligationState.CANCELLED]), given,
               or_(Occurrence.done_on.is_(None), ~done_before)]
    if span.start > as_of:  # a period to come has no work yet
        clauses.append(Occurrence.id < 0)
    return and_(*clauses, *asked_for(session, request))


def asked_for(session: Session, request: ReportRequest) -> list[ColumnElement[bool]]:
    """Return the conditions of the work of the unit and of the issuer's documents asked for."""
    clauses: list[ColumnElement[bool]] = []
    if request.unit_id is not None:
        clauses.append(Occurrence.unit_id == request.unit_id)
    if request.issuer_id is not None:
        bodies = organisations.with_predecessors(session, request.issuer_id)
        clauses.append(Obligation.document_id.in_(select(Document.id).where(Document.issuer_id.in_(bodies))))
    return clauses


def work_of(actor: Actor, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Return a query of occurrences with their obligations, and with their documents where ``may_see`` asks them."""
    query: Select[*tuple[Any, ...]] = select(*columns).select_from(Occurrence).join(
        Obligation, Obligation.id == Occurrence.obligation_id)
    if actor.may(Permission.MANAGE_OBLIGATIONS) and not actor.may(Permission.READ_RESTRICTED):
        query = query.join(Document, Document.id == Obligation.document_id)
    return query


_Counts: TypeAlias = dict[int | None, dict[str, int]]


def _by_unit(session: Session, request: ReportRequest, actor: Actor, sees: ColumnElement[bool],
             now: datetime) -> tuple[_Counts, _Counts]:
    """Return the four numbers by unit for the period and for the other one, read together."""
    works = [in_work(session, request, span, now) for span in (request.span, request.other)]
    stood = [case((work, standing_at(span, now)), else_=None).label(name)
             for work, span, name in zip(works, (request.span, request.other), ("now", "before"), strict=True)]
    found: tuple[_Counts, _Counts] = ({}, {})
    for row in session.execute(
            work_of(actor, Occurrence.unit_id, *stood, func.count().label("many")).where(sees, or_(*works))
            .group_by(Occurrence.unit_id, *stood)):
        for counts, standing in zip(found, (row.now, row.before), strict=True):
            if standing is not None:
                of_unit = counts.setdefault(row.unit_id, {})
                of_unit[standing] = of_unit.get(standing, 0) + row.many
    return found


def _directives(session: Session, request: ReportRequest, actor: Actor, sees: ColumnElement[bool],
                now: datetime) -> tuple[list[DirectiveRow], int, bool]:
    span = request.span
    work = and_(sees, in_work(session, request, span, now))
    answers = _answers(request, actor)
    asked = set(session.scalars(
        work_of(actor, Obligation.document_id).where(work).distinct().order_by(Obligation.document_id.desc())
        .limit(_MOST_READ)))
    answered: list[int] = []
    for direction in (Direction.OUTGOING, Direction.INTERNAL):  # each in the order of an index, read from its end
        answered += session.scalars(
            select(Citation.cited_id).join(_Answer, _Answer.id == Citation.citing_id)
            .where(*answers, _Answer.direction == direction, Citation.relation.in_(IMPLEMENTING), living_citations())
            .order_by(_Answer.counted_on.desc()).limit(_MOST_READ))
    cut = len(asked) == _MOST_READ or len(answered) >= _MOST_READ
    clauses = [Document.id.in_(asked.union(answered)), visible(actor)]
    if request.issuer_id is not None:
        clauses.append(Document.issuer_id.in_(organisations.with_predecessors(session, request.issuer_id)))
    total = session.scalar(select(func.count()).select_from(Document).where(*clauses)) or 0
    rows = session.execute(
        select(Document.id, Document.number, Document.issued_on, Document.subject, Kind.name.label("kind"),
               Organisation.name.label("issuer"))
        .outerjoin(Kind, Kind.id == Document.kind_id).outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .where(*clauses).order_by(Document.listed_on.desc(), Document.id.desc()).limit(MOST)).all()
    ids = [row.id for row in rows]
    if not ids:
        return [], total, cut
    where = standing_at(span, now).label("standing")
    numbers: dict[int, dict[str, int]] = {}
    units: dict[int, set[str]] = {}
    for row in session.execute(
            work_of(actor, Obligation.document_id, where, Unit.name, func.count().label("many"))
            .outerjoin(Unit, Unit.id == Occurrence.unit_id)
            .where(work, Obligation.document_id.in_(ids)).group_by(Obligation.document_id, where, Unit.name)):
        counts = numbers.setdefault(row.document_id, {})
        counts[row.standing] = counts.get(row.standing, 0) + row.many
        if row.name:
            units.setdefault(row.document_id, set()).add(row.name)
    issued = _issued(session, answers, ids)
    return [DirectiveRow(
        row.id, row.kind or "", row.number or "", row.issued_on, row.issuer or "", row.subject,
        issued.get(row.id, [])[:_MOST_ISSUED], max(len(issued.get(row.id, ())) - _MOST_ISSUED, 0),
        _four(numbers.get(row.id, {})), tuple(sorted(units.get(row.id, ()), key=sort_key))) for row in rows], total, cut


_Answer = aliased(Document, name="answer")


def _answers(request: ReportRequest, actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions of a document of the period that may carry a directive out."""
    clauses = [_Answer.status == Status.ACTIVE,
               _Answer.counted_on.between(request.span.start, request.span.end)]
    if not actor.may(Permission.READ_RESTRICTED):
        clauses.append(_Answer.restricted.is_(False))
    if request.unit_id is not None:
        clauses.append(_Answer.unit_id == request.unit_id)
    return clauses


def _issued(session: Session, answers: list[ColumnElement[bool]], ids: list[int]) -> dict[int, list[IssuedFor]]:
    """Return what was issued for each directive, the earliest first; of a law that thousands cite, the latest of them."""
    # Links first, documents by their keys then: SQLite, left the choice, reads every document instead.
    links = session.execute(
        select(Citation.cited_id, Citation.citing_id)
        .where(Citation.cited_id.in_(ids), Citation.relation.in_(IMPLEMENTING), living_citations())
        .order_by(Citation.citing_id.desc()).limit(_MOST_LINKS)).all()
    found = {row.id: row for row in session.execute(
        select(_Answer.id, _Answer.number, _Answer.issued_on, _Answer.listed_on, _Answer.subject, Kind.name.label("kind"))
        .outerjoin(Kind, Kind.id == _Answer.kind_id)
        .where(_Answer.id.in_({link.citing_id for link in links}), *answers,
               _Answer.direction.in_([Direction.OUTGOING, Direction.INTERNAL])))}
    issued: dict[int, list[IssuedFor]] = {}
    answering = {(cited_id, citing_id) for cited_id, citing_id in links if citing_id in found}
    for cited_id, citing_id in sorted(answering, key=lambda link: (found[link[1]].listed_on, link[1])):
        row = found[citing_id]
        label = f"{row.kind or ''} {row.number or '(chưa có số)'}".strip()
        issued.setdefault(cited_id, []).append(IssuedFor(row.id, label, row.issued_on, row.subject))
    return issued
