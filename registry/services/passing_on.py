"""Obligations of a unit that is dissolved or of a person who leaves pass on to others, with their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotPossible
from registry.domain.obligations import OPEN, ObligationState
from registry.models import Document, Obligation, ObligationPartner, Occurrence, Unit, User
from registry.services import passing_papers
from registry.services.actors import Actor
from registry.services.obligation_changes import hand_over
from registry.services.obligations import owing_unit
from registry.services.open_work import goes_on

_SHOWN = 50
_OWED = Occurrence.state.in_([*OPEN, ObligationState.PAUSED])


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes over: a person, a unit, or a person within a unit; neither means nobody was named."""

    unit_id: int | None = None
    user_id: int | None = None

    @property
    def named(self) -> bool:
        return self.unit_id is not None or self.user_id is not None


NOBODY = Successor()


@dataclass(frozen=True, slots=True)
class OwedTask:
    """One open occurrence as an administrator sees it before it is passed on."""

    task: str
    """Empty where the document is restricted."""
    due_on: date | None
    recurs: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """What a unit or a person still owes: how much, and the next due of it."""

    count: int
    tasks: list[OwedTask]
    papers: int
    """Open plans and kept case files, which pass on with it."""

    @property
    def asks_for_heir(self) -> bool:
        """Whether somebody has to take over."""
        return self.count + self.papers > 0


def owed_by(db: Sessions, *, unit_id: int | None = None, user_id: int | None = None) -> Owed:
    """Return the open work of a unit or a person; a recurrence that goes on is work, too."""
    with reading(db) as session:
        rows = session.execute(
            _owing(unit_id, user_id, Obligation.task, Obligation.rrule, Obligation.cycle, Occurrence.due_on,
                   Document.restricted)
            .join(Document, Document.id == Obligation.document_id)
            .order_by(Occurrence.due_on.is_(None), Occurrence.due_on, Occurrence.id).limit(_SHOWN)).all()
        tasks = [OwedTask("" if row.restricted else row.task, row.due_on, bool(row.rrule or row.cycle))
                 for row in rows]
        return Owed(_count(session, unit_id=unit_id, user_id=user_id), tasks,
                    passing_papers.count_papers(session, unit_id=unit_id, user_id=user_id))


def _owing(unit_id: int | None, user_id: int | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Return the query for what is open; a recurrence done ahead of time has nothing open, and still comes again."""
    query: Select[*tuple[Any, ...]] = select(*columns).select_from(Obligation).outerjoin(
        Occurrence, and_(Occurrence.obligation_id == Obligation.id, _OWED))
    return query.where(or_(_whose(Occurrence, unit_id, user_id), and_(
        Occurrence.id.is_(None), goes_on(), _whose(Obligation, unit_id, user_id))))


def _whose(table: type[Occurrence] | type[Obligation], unit_id: int | None, user_id: int | None) -> ColumnElement[bool]:
    return table.unit_id == unit_id if unit_id is not None else table.user_id == user_id


def _count(session: Session, *, unit_id: int | None = None, user_id: int | None = None) -> int:
    return session.scalar(_owing(unit_id, user_id, func.count())) or 0


def pass_on_unit(session: Session, unit: Unit, to: Successor, *, actor: Actor, at: datetime) -> int:
    """Pass on what a dissolved unit still owes; return how much it was.

    What it did stays its own. Its people keep what is theirs by name, under the new unit.

    Raises:
        NotPossible: ``unit_owes``: nobody was named; ``own_heir``; ``closed_unit``, ``inactive_person``.
        NotFound: no such unit or person.
    """
    count = _count(session, unit_id=unit.id)
    if not to.named:
        papers = passing_papers.count_papers(session, unit_id=unit.id)
        if count or papers:
            raise NotPossible("unit_owes", "successor_id", count=count, papers=papers)
        return 0
    if to.unit_id == unit.id:
        raise NotPossible("own_heir", "successor_id")
    unit_id = owing_unit(session, to.unit_id, to.user_id)
    if unit_id == unit.id:
        raise NotPossible("own_heir", "successor_user_id")
    passing_papers.pass_on_units(session, unit.id, unit_id=unit_id, user_id=to.user_id, actor=actor, at=at)
    reason = f"đơn vị {unit.name} đóng"
    # Before its occurrences: who makes further ones of a recurrence waits for these rows, and sees who owes them now.
    recurring = session.scalars(select(Obligation).where(
        Obligation.unit_id == unit.id, goes_on()).with_for_update()).all()
    for occurrence in session.scalars(select(Occurrence).where(_OWED, Occurrence.unit_id == unit.id)).all():
        hand_over(session, [occurrence], unit_id=unit_id, user_id=to.user_id or occurrence.user_id, reason=reason,
                  actor=actor, at=at)
    for obligation in recurring:
        obligation.unit_id, obligation.user_id = unit_id, to.user_id or obligation.user_id
    if unit_id is not None:
        _replace_partner(session, ObligationPartner.unit_id == unit.id, unit_id=unit_id)
    return count


def pass_on_person(session: Session, user: User, to: Successor, *, actor: Actor, at: datetime) -> int:
    """Pass on what a person who leaves still owes; return how much it was. What they did stays theirs.

    Raises:
        NotPossible: ``person_owes``: nobody was named; ``own_heir``; ``closed_unit``, ``inactive_person``.
        NotFound: no such unit or person.
    """
    count = _count(session, user_id=user.id)
    if not to.named:
        papers = passing_papers.count_papers(session, user_id=user.id)
        if count or papers:
            raise NotPossible("person_owes", "successor_user_id", count=count, papers=papers)
        return 0
    if to.user_id == user.id:
        raise NotPossible("own_heir", "successor_user_id")
    unit_id = owing_unit(session, to.unit_id, to.user_id)
    passing_papers.pass_on_persons(session, user.id, unit_id=unit_id, user_id=to.user_id, actor=actor, at=at)
    reason = f"{user.full_name} ngừng công tác"
    recurring = session.scalars(select(Obligation).where(
        Obligation.user_id == user.id, goes_on()).with_for_update()).all()
    owed = session.scalars(select(Occurrence).where(_OWED, Occurrence.user_id == user.id)).all()
    hand_over(session, owed, unit_id=unit_id, user_id=to.user_id, reason=reason, actor=actor, at=at)
    for obligation in recurring:
        obligation.unit_id, obligation.user_id = unit_id, to.user_id
    if to.user_id is not None:
        _replace_partner(session, ObligationPartner.user_id == user.id, user_id=to.user_id)
    return count


def _replace_partner(session: Session, whose: ColumnElement[bool], *, unit_id: int | None = None,
                     user_id: int | None = None) -> None:
    """Let another take part instead in what is still open, once in each."""
    unfinished = select(Occurrence.id).where(_OWED, Occurrence.obligation_id == ObligationPartner.obligation_id)
    rows = session.scalars(select(ObligationPartner).where(whose, unfinished.exists())).all()
    there = {row.obligation_id for row in session.scalars(select(ObligationPartner).where(
        ObligationPartner.obligation_id.in_([row.obligation_id for row in rows]),
        ObligationPartner.unit_id == unit_id if unit_id is not None else ObligationPartner.user_id == user_id))}
    for row in rows:
        if row.obligation_id in there:
            session.delete(row)
        else:
            row.unit_id, row.user_id = unit_id, user_id
