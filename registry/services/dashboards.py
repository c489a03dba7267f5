"""What each role finds on the first page: bounded counts, each of a list that a person can open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.case_files import FileState
from registry.domain.obligations import Timeliness
from registry.domain.roles import Role
from registry.domain.work_programme import OPEN as OPEN_PLANS
from registry.models import (
    BookEntry,
    CaseFile,
    Document,
    JobRun,
    JournalHead,
    Message,
    Occurrence,
    Organisation,
    PlannedDocument,
    RegisterBook,
    Reminder,
    Unit,
    User,
    WaitingCitation,
)
from registry.services import (
    document_lists,
    intake_batches,
    jobs,
    not_implemented,
    obligation_lists,
    settings,
    sign_in,
)
from registry.services.actors import Actor
from registry.services.case_files import is_due, may_see, own
from registry.services.document_lists import DocumentFilter, Doubt
from registry.services.documents import visible
from registry.services.not_implemented import Wanted
from registry.services.obligation_lists import standing
from registry.services.planned_documents import drafted_by

MOST = 1000
"""Further, nothing is counted: "more than 1,000" says enough."""
HANDED_WITHIN = timedelta(days=30)
"""How far back documents count that nobody was handed."""
MAILS_WITHIN = timedelta(days=7)
"""How far back mails count that may have been sent twice."""
_MOST_UNITS, _MOST_BOOKS = 8, 12
_TREND_MONTHS = 12
_LATE_BY = {jobs.Nightly: timedelta(hours=2), jobs.Every: timedelta(minutes=30)}


class Figure(StrEnum):
    """One figure of a dashboard; the web gives it its words and the list behind it."""

    TO_REGISTER = "to_register"
    NOT_HANDED = "not_handed"
    WAITING_CITATIONS = "waiting_citations"
    DUPLICATES = "duplicates"
    UNREAD_FILES = "unread_files"
    NEW_BODIES = "new_bodies"
    MY_PLANS = "my_plans"
    MY_PLANS_LATE = "my_plans_late"
    MY_FILES = "my_files"
    MY_FILES_DUE = "my_files_due"
    PLANS_LATE = "plans_late"
    FILES_DUE = "files_due"
    DIRECTIVES = "directives"
    MAILS_FAILED = "mails_failed"
    MAILS_MAYBE_TWICE = "mails_maybe_twice"
    REMINDERS_FAILED = "reminders_failed"
    LOCKED = "locked"


Figures = dict[Figure, int]
"""Counts, ``MOST + 1`` where there are more than ``MOST``."""


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.limit(MOST + 1).subquery())) or 0


def _plans(session: Session, *clauses: ColumnElement[bool]) -> int:
    return _count(session, select(PlannedDocument.id).where(
        PlannedDocument.state.in_(sorted(OPEN_PLANS)), *clauses))


@dataclass(frozen=True, slots=True)
class ReservedNumbers:
    """How many numbers of one book and year are reserved (đang giữ)."""

    book_id: int
    book: str
    year: int
    count: int


def clerk(db: Sessions, *, actor: Actor, today: date) -> tuple[Figures, list[ReservedNumbers]]:
    """Return what waits for who registers: files to register, what is doubtful, numbers that are reserved."""
    with reading(db) as session:
        def doubtful(doubt: Doubt, since: date | None = None) -> int:
            return document_lists.count_in(session, DocumentFilter(doubt=doubt, since=since), actor=actor, most=MOST + 1)

        figures = {
            Figure.TO_REGISTER: _count(session, intake_batches.undecided(actor)),
            Figure.NOT_HANDED: doubtful(Doubt.NOT_HANDED, today - HANDED_WITHIN),
            Figure.WAITING_CITATIONS: _count(session, select(WaitingCitation.id).join(
                Document, Document.id == WaitingCitation.citing_id).where(
                WaitingCitation.state == "waiting", visible(actor))),
            Figure.DUPLICATES: doubtful(Doubt.DUPLICATE),
            Figure.UNREAD_FILES: doubtful(Doubt.UNREAD_FILE),
            Figure.NEW_BODIES: _count(session, select(Organisation.id).where(Organisation.needs_review)),
            Figure.PLANS_LATE: _plans(session, PlannedDocument.due_on < today),
            Figure.FILES_DUE: _count(session, select(CaseFile.id).where(is_due(today), may_see(session, actor))),
        }
        reserved = session.execute(
            select(BookEntry.book_id, RegisterBook.name, BookEntry.year, func.count().label("many"))
            .join(RegisterBook, RegisterBook.id == BookEntry.book_id)
            .where(BookEntry.state == literal_column("'reserved'"))  # as in the index that holds these alone
            .group_by(BookEntry.book_id, RegisterBook.name, BookEntry.year)
            .order_by(BookEntry.year.desc(), RegisterBook.name).limit(_MOST_BOOKS))
        return figures, [ReservedNumbers(row.book_id, row.name, row.year, row.many) for row in reserved]


def official(db: Sessions, *, actor: Actor, today: date) -> Figures:
    """Return what a person drafts and the case files that they keep; what they owe stands in a list of its own."""
    with reading(db) as session:
        drafts = drafted_by(session, actor)
        mine = own(session, actor)
        return {
            Figure.MY_PLANS: _plans(session, drafts),
            Figure.MY_PLANS_LATE: _plans(session, drafts, PlannedDocument.due_on < today),
            Figure.MY_FILES: _count(session, select(CaseFile.id).where(CaseFile.state == FileState.OPEN, mine)),
            Figure.MY_FILES_DUE: _count(session, select(CaseFile.id).where(is_due(today), mine)),
        }


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with overdue work; ``unit_id`` None is work that no unit owes."""

    unit_id: int | None
    unit: str
    overdue: int


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """What fell due in one month, by where it stands now."""

    month: date
    """Its first day."""
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    in_term: int = 0

    @property
    def total(self) -> int:
        return self.in_time + self.late + self.overdue + self.in_term


def leader(db: Sessions, *, actor: Actor, now: datetime) -> tuple[Figures, list[LateUnit]]:
    """Return what a leader looks at: directives without follow-up, late plans, the units with most that is overdue."""
    today = now.date()
    with reading(db) as session:
        overdue = session.execute(
            select(Occurrence.unit_id, Unit.name, func.count().label("many"))
            .outerjoin(Unit, Unit.id == Occurrence.unit_id)
            .where(obligation_lists.overdue(now))
            .group_by(Occurrence.unit_id, Unit.name)
            .order_by(func.count().desc(), Occurrence.unit_id).limit(_MOST_UNITS)).all()
        figures = {
            Figure.PLANS_LATE: _plans(session, PlannedDocument.due_on < today),
            Figure.FILES_DUE: _count(session, select(CaseFile.id).where(is_due(today), may_see(session, actor))),
        }
    figures[Figure.DIRECTIVES] = not_implemented.count(db, Wanted(year=today.year), actor=actor, on=today, most=MOST + 1)
    return figures, [LateUnit(row.unit_id, row.name or "", row.many) for row in overdue]


def trend(db: Sessions, *, now: datetime) -> list[TrendMonth]:
    """Return the last twelve months, this one last: how what fell due in each was carried out."""
    this = now.date().replace(day=1)
    first = _months_before(this, _TREND_MONTHS - 1)
    where = standing(now).label("standing")
    with reading(db) as session:
        found = session.execute(
            select(Occurrence.due_on, where, func.count().label("many"))
            .where(Occurrence.due_on >= first, Occurrence.due_on < _months_before(this, -1))
            .group_by(Occurrence.due_on, where)).all()
    counts: dict[tuple[date, str], int] = {}
    for row in found:
        key = row.due_on.replace(day=1), row.standing
        counts[key] = counts.get(key, 0) + row.many
    months = [_months_before(this, back) for back in range(_TREND_MONTHS - 1, -1, -1)]
    return [TrendMonth(month, counts.get((month, Timeliness.DONE_IN_TIME), 0), counts.get((month, Timeliness.DONE_LATE), 0),
                       counts.get((month, Timeliness.OVERDUE), 0),
                       counts.get((month, Timeliness.IN_TERM), 0) + counts.get((month, Timeliness.DUE_SOON), 0))
            for month in months]


def _months_before(month: date, back: int) -> date:
    place = month.year * 12 + month.month - 1 - back
    return date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class TroubledJob:
    """A job that failed last time, or did not run when it should have; ``error`` is empty for the latter."""

    name: str
    error: str
    started_at: datetime | None


class SetUp(StrEnum):
    """What a new office has to do before the first document can be registered, in this order."""

    OFFICE = "office"
    UNITS = "units"
    BOOKS = "books"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class SystemState:
    """What an administrator looks at, beside the figures."""

    jobs: list[TroubledJob]
    runs_jobs: bool
    """Whether any job ever ran: otherwise nothing looks after them."""
    changes: int
    """The place of the last change of a document: where an index that is up to date stands."""
    set_up: list[SetUp]
    """What of setting up is still to do."""


def administrator(db: Sessions, *, now: datetime) -> tuple[Figures, SystemState]:
    """Return what is wrong with mails and jobs, and who locked themselves out."""
    with reading(db) as session:
        figures = {
            Figure.MAILS_FAILED: _count(session, select(Message.id).where(Message.state == "failed")),
            Figure.MAILS_MAYBE_TWICE: _count(session, select(Message.id).where(
                Message.possibly_twice, Message.created_at >= datetime.combine(now.date() - MAILS_WITHIN, time(), now.tzinfo))),
            Figure.REMINDERS_FAILED: _count(session, select(Reminder.id).where(Reminder.state == "failed")),
            Figure.LOCKED: len(sign_in.locked(session, now)),
            Figure.NEW_BODIES: _count(session, select(Organisation.id).where(Organisation.needs_review)),
        }
        runs = {run.name: run for run in session.scalars(select(JobRun))}
        changes = session.scalar(select(JournalHead.change_seq)) or 0
        set_up = _set_up(session)
    return figures, SystemState(_troubled(runs, now), bool(runs), changes, set_up)


def _set_up(session: Session) -> list[SetUp]:
    done = {
        SetUp.OFFICE: bool(settings.load(session).office_name),
        SetUp.UNITS: session.scalar(select(Unit.id).limit(1)) is not None,
        SetUp.BOOKS: session.scalar(select(RegisterBook.id).limit(1)) is not None,
        SetUp.PEOPLE: session.scalar(select(User.id).where(User.role != Role.ADMINISTRATOR).limit(1)) is not None,
    }
    return [step for step in SetUp if not done[step]]


def _troubled(runs: dict[str, JobRun], now: datetime) -> list[TroubledJob]:
    found = []
    for name, times in jobs.TIMETABLE.items():
        run = runs.get(name)
        missed = run is None or run.started_at is None or (
            run.started_at < times.last(now) and times.last(now) < now - _LATE_BY[type(times)])
        if run is not None and run.error:
            found.append(TroubledJob(name, run.error, run.started_at))
        elif missed:
            found.append(TroubledJob(name, "", run.started_at if run else None))
    return found
