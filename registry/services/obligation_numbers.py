"""Obligations in numbers: what waits for a person, and the official four numbers by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select, union

from registry.db import Sessions, reading
from registry.domain.obligations import (
    REMINDED,
    SOON,
    FourNumbers,
    ObligationState,
    Timeliness,
    four_numbers,
)
from registry.domain.roles import Permission
from registry.models import ObligationPartner, Occurrence, Unit
from registry.services.actors import Actor
from registry.services.obligation_lists import decided_by, headed_by, joined, may_see, overdue, standing
from registry.services.obligation_needs import Need, needs
from search_index.text import fold_line


@dataclass(frozen=True, slots=True)
class DueWork:
    """How much of what a person owes, or takes part in, is overdue, and how much will soon be due."""

    overdue: int = 0
    soon: int = 0


def due_work(db: Sessions, *, actor: Actor, now: datetime) -> DueWork:
    """Return the numbers beside the navigation; every page asks, so only the rows that count are read."""
    if actor.id is None:
        return DueWork()
    due = and_(Occurrence.state.in_(sorted(REMINDED)), Occurrence.due_on <= now.date() + SOON)
    theirs = union(
        select(Occurrence.id).where(Occurrence.user_id == actor.id, due),
        select(Occurrence.id).join(ObligationPartner, ObligationPartner.obligation_id == Occurrence.obligation_id)
        .where(ObligationPartner.user_id == actor.id, due)).subquery()
    where = standing(now).label("standing")
    with reading(db) as session:
        counted = {row.standing: row.many for row in session.execute(
            select(where, func.count().label("many")).join(theirs, theirs.c.id == Occurrence.id).group_by(where))}
    return DueWork(counted.get(Timeliness.OVERDUE.value, 0), counted.get(Timeliness.DUE_SOON.value, 0))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for those who oversee or decide."""

    overdue: int = 0
    """Of the whole office."""
    to_confirm: int = 0
    """Reports that a leader or clerk has not confirmed."""
    extensions: int = 0
    """Requests for more time that the person decides: a leader any, the head of a unit those of others in it."""
    headed: int | None = None
    """The unit that the person heads."""
    unit_overdue: int = 0
    """Of that unit; for those who oversee the office it is in ``overdue``."""
    cancelled_documents: int = 0
    """Open work of cancelled documents about which nobody has decided."""
    nobody_told: int = 0
    """Open work with a deadline that nobody would be told of."""


def waiting_for(db: Sessions, *, actor: Actor, now: datetime) -> Waiting:
    """Return what waits for ``actor``: nothing for those who neither oversee nor decide."""
    with reading(db) as session:
        def count(*clauses: ColumnElement[bool]) -> int:
            return session.scalar(select(func.count()).select_from(Occurrence).where(*clauses)) or 0

        manages = actor.may(Permission.MANAGE_OBLIGATIONS)
        headed = headed_by(session, actor)
        decided = decided_by(session, actor)
        return Waiting(
            overdue=count(overdue(now)) if manages else 0,
            headed=headed,
            unit_overdue=count(Occurrence.unit_id == headed, overdue(now)) if headed is not None and not manages else 0,
            to_confirm=count(Occurrence.state == ObligationState.WAITING) if manages else 0,
            extensions=0 if decided is None else count(needs(Need.EXTENSION), decided),
            cancelled_documents=count(needs(Need.CANCELLED_DOCUMENT)) if manages else 0,
            nobody_told=count(needs(Need.SOMEBODY)) if manages else 0)


@dataclass(frozen=True, slots=True)
class UnitNumbers:
    """The four numbers of one unit; of those that no unit owes, ``unit_id`` is None."""

    unit_id: int | None
    unit: str
    numbers: FourNumbers


@dataclass(frozen=True, slots=True)
class Overview:
    """The four numbers of the office and of each unit, for what fell or falls due in a stretch of time."""

    whole: FourNumbers
    units: list[UnitNumbers]


def overview(db: Sessions, *, actor: Actor, now: datetime, since: date | None = None,
             until: date | None = None) -> Overview:
    """Return the four numbers by unit, the most overdue first; ``since`` and ``until`` bound the due dates."""
    where = standing(now).label("standing")
    with reading(db) as session:
        query = joined(Occurrence.unit_id, Unit.name, where, func.count().label("many")).outerjoin(
            Unit, Unit.id == Occurrence.unit_id).where(may_see(session, actor))
        if since is not None:
            query = query.where(Occurrence.due_on >= since)
        if until is not None:
            query = query.where(Occurrence.due_on <= until)
        found = session.execute(query.group_by(Occurrence.unit_id, Unit.name, where)).all()
    units: dict[tuple[int | None, str], list[tuple[Timeliness, int]]] = {}
    for row in found:
        units.setdefault((row.unit_id, row.name or ""), []).append((Timeliness(row.standing), row.many))
    rows = [UnitNumbers(unit_id, name, four_numbers(counts)) for (unit_id, name), counts in units.items()]
    rows.sort(key=lambda row: (-row.numbers.open_overdue, row.unit_id is None, fold_line(row.unit), row.unit_id or 0))
    return Overview(four_numbers(one for counts in units.values() for one in counts),
                    [row for row in rows if row.numbers.total])
