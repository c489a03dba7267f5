"""Units of the office (đơn vị): added, renamed, closed and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NameTaken, NotFound, NotPossible
from registry.models import Unit, User
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_units import adopt
from registry.services.passing_on import NOBODY, Successor, pass_on_unit
from search_index.text import fold_line, sort_key


@dataclass(frozen=True, slots=True)
class UnitData:
    """What the administrator enters of a unit; ``closed_on`` is the first day on which it is no more."""

    name: str
    symbol: str = ""
    parent_id: int | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the list and the form show it; ``depth`` counts the units above it."""

    id: int
    name: str
    symbol: str
    parent_id: int | None
    parent: str
    closed_on: date | None
    people: int
    depth: int


def find_units(db: Sessions) -> list[UnitRow]:
    """Return all units, each below its parent, in the order of names."""
    with reading(db) as session:
        units = {unit.id: unit for unit in session.scalars(select(Unit))}
        people = {row.unit_id: row.total for row in session.execute(
            select(User.unit_id, func.count().label("total")).where(User.active).group_by(User.unit_id))}
    below: dict[int | None, list[Unit]] = {}
    for unit in units.values():
        below.setdefault(unit.parent_id, []).append(unit)
    rows: list[UnitRow] = []

    def add(parent_id: int | None, depth: int) -> None:
        for unit in sorted(below.get(parent_id, ()), key=lambda one: (sort_key(one.name), one.id)):
            parent = units[unit.parent_id].name if unit.parent_id else ""
            rows.append(UnitRow(unit.id, unit.name, unit.symbol, unit.parent_id, parent, unit.closed_on,
                                people.get(unit.id, 0), depth))
            add(unit.id, depth + 1)

    add(None, 0)
    return rows


def get_unit(db: Sessions, unit_id: int) -> UnitRow:
    """Return one unit.

    Raises:
        NotFound: there is none.
    """
    for row in find_units(db):
        if row.id == unit_id:
            return row
    raise NotFound("unit", unit_id)


def save_unit(db: Sessions, unit_id: int | None, data: UnitData, *, actor: Actor, at: datetime,
              successor: Successor = NOBODY) -> int:
    """Add a unit, or change the one given; return its id.

    A unit that is given a day of closing passes what it still owes on to ``successor`` at once.

    Raises:
        NameTaken: another unit is called so, whatever the tone marks.
        NotPossible: ``own_parent``: it would stand below itself; ``unit_owes``: it owes, and nobody takes over.
        NotFound: no such unit or parent.
    """
    try:
        with db.begin() as session:
            unit = Unit(name="", name_key="", symbol="") if unit_id is None else session.get(
                Unit, unit_id, with_for_update=True)
            if unit is None:
                raise NotFound("unit", unit_id)
            _check_parent(session, unit_id, data.parent_id)
            before: Mapping[str, object] = {} if unit_id is None else _facts(unit)
            for name, value in asdict(data).items():
                setattr(unit, name, value)
            unit.name_key = fold_line(data.name)
            session.add(unit)
            session.flush()
            changes = audit.differences(before, _facts(unit))
            if "closed_on" in changes and unit.closed_on is not None and unit_id is not None:
                passed = pass_on_unit(session, unit, successor, actor=actor, at=at)
                changes |= {"passed_on": [None, passed]} if passed else {}
            if "name" in changes:
                adopt(session, unit)
            if changes:
                audit.record(session, actor, at, "create" if unit_id is None else "update", "unit", unit.id,
                             label=unit.name, changes=changes)
            return unit.id
    except IntegrityError as error:
        raise NameTaken(data.name) from error


def _facts(unit: Unit) -> dict[str, object]:
    return {"name": unit.name, "symbol": unit.symbol, "parent_id": unit.parent_id, "closed_on": unit.closed_on}


def _check_parent(session: Session, unit_id: int | None, parent_id: int | None) -> None:
    step = parent_id
    while step is not None:
        if step == unit_id:
            raise NotPossible("own_parent", "parent_id")
        above = session.get(Unit, step)
        if above is None:
            raise NotFound("unit", step)
        step = above.parent_id
