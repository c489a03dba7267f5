"""Report on the tasks of the next period: work still open, and documents that are planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_

from registry.db import Sessions, reading
from registry.domain.report_paragraph import Draft, name_at_home, tasks_paragraph
from registry.domain.report_spans import Span
from registry.domain.work_programme import OPEN, PlanState
from registry.models import Document, Obligation, Occurrence, Unit, User
from registry.services import organisations
from registry.services.actors import Actor
from registry.services.obligation_lists import joined, may_see
from registry.services.planned_documents import PlannedFilter, PlannedRow, find_planned
from registry.services.report_directives import in_work, standing_at, work_of
from registry.services.report_request import ReportRequest, names

MOST = 300


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One piece of open work."""

    id: int
    """Of the occurrence."""
    task: str
    document_id: int
    document: str
    unit: str
    user: str
    due_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class TasksReport:
    """What lies before the office in the period after the one reported on."""

    span: Span
    paragraph: str
    rows: list[TaskRow]
    total: int
    overdue: int
    planned: list[PlannedRow]


def tasks(db: Sessions, request: ReportRequest, *, actor: Actor, now: datetime) -> TasksReport:
    """Return the work that is open at the end of the period and due by the end of the next one, overdue work first.

    Work without a deadline goes on, and is last.
    """
    ahead = request.span.next()
    where = standing_at(request.span, now)
    open_work = where.in_(["open_in_term", "open_overdue"])
    with reading(db) as session:
        told = names(session, request)
        clauses = [may_see(session, actor), in_work(session, request, request.span, now), open_work,
                   or_(Occurrence.due_on.is_(None), Occurrence.due_on <= ahead.end)]
        found = session.execute(
            joined(Occurrence.id, Obligation.task, Obligation.document_id, Document.number, Occurrence.due_on,
                   Unit.name.label("unit"), User.full_name.label("user"), where.label("standing"))
            .outerjoin(Unit, Unit.id == Occurrence.unit_id).outerjoin(User, User.id == Occurrence.user_id)
            .where(*clauses).order_by(Occurrence.due_on.is_(None), Occurrence.due_on, Occurrence.id).limit(MOST)).all()
        counts = session.execute(
            work_of(actor, where.label("standing"), func.count().label("many")).where(*clauses).group_by(where)).all()
    many = {row.standing: row.many for row in counts}
    rows = [TaskRow(row.id, row.task, row.document_id, row.number or "", row.unit or "", row.user or "", row.due_on,
                    row.standing == "open_overdue") for row in found]
    planned = _planned(db, request, ahead, actor, now.date())
    drafts = [Draft(one.kind, one.subject, "" if one.issuer_id is None or one.issuer_id in told.own_ids
                    else name_at_home(one.issuer, told.place)) for one in planned]
    return TasksReport(ahead, tasks_paragraph(told.office, ahead.name, [row.task for row in rows], drafts),
                       rows, sum(many.values()), many.get("open_overdue", 0), planned)


def _planned(db: Sessions, request: ReportRequest, ahead: Span, actor: Actor, today: date) -> list[PlannedRow]:
    """Return what the work programmes of the next period hold and that was not issued by the end of this one."""
    page = find_planned(
        db, PlannedFilter(since=ahead.start, until=ahead.end, unit_id=request.unit_id,
                          states=(PlanState.PLANNED, PlanState.DRAFTING, PlanState.ISSUED)),
        actor=actor, today=today, limit=MOST)
    with reading(db) as session:
        bodies = organisations.with_predecessors(session, request.issuer_id) if request.issuer_id else None
    rows = page.rows if bodies is None else [row for row in page.rows if row.issuer_id in bodies]
    return [row for row in rows if row.due_on <= ahead.end and (
        row.state in OPEN or row.document_issued_on is None or row.document_issued_on > request.span.end)]
