"""Obligations in numbers: what waits for a person, and the official four numbers by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.obligations import OPEN, FourNumbers, ObligationState, Timeliness, four_numbers
from registry.domain.roles import Permission
from registry.models import Occurrence, Unit, User
from registry.services.actors import Actor
from registry.services.obligation_lists import Scope, extension_asked, joined, may_see, standing, whose
from search_index.text import fold_line


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: the numbers beside the navigation and on the first page."""

    overdue: int = 0
    due_soon: int = 0
    to_confirm: int = 0
    """Reports that a leader or clerk has not confirmed."""
    extensions: int = 0
    """Requests for more time that the person decides: a leader any, the head of a unit those of others in it."""


def waiting_for(db: Sessions, *, actor: Actor, now: datetime) -> Waiting:
    """Return what waits for ``actor``."""
    with reading(db) as session:
        where = standing(now).label("standing")
        counted = {row.standing: row.many for row in session.execute(
            joined(where, func.count().label("many"))
            .where(whose(session, actor, Scope.MINE), Occurrence.state.in_(sorted(OPEN))).group_by(where))}
        to_confirm = extensions = 0
        if actor.may(Permission.MANAGE_OBLIGATIONS):
            to_confirm = session.scalar(select(func.count()).select_from(Occurrence).where(
                Occurrence.state == ObligationState.WAITING)) or 0
        decided = _decided_by(session, actor)
        if decided is not None:
            extensions = session.scalar(select(func.count()).select_from(Occurrence).where(
                extension_asked(), decided)) or 0
    return Waiting(counted.get(Timeliness.OVERDUE.value, 0), counted.get(Timeliness.DUE_SOON.value, 0), to_confirm,
                   extensions)


def _decided_by(session: Session, actor: Actor) -> ColumnElement[bool] | None:
    """Return the condition for the occurrences on whose extensions ``actor`` decides; None where on no one's."""
    if actor.may(Permission.DECIDE_EXTENSIONS):
        return true()
    unit_id = session.scalar(select(User.unit_id).where(User.id == actor.id, User.heads_unit))
    if unit_id is None:
        return None
    return and_(Occurrence.unit_id == unit_id, Occurrence.user_id.is_distinct_from(actor.id))


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
