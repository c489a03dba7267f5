"""The office's working days: the shipped calendar with the days that the office decided itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible, TooLong
from registry.domain.workdays import WorkCalendar
from registry.models import OfficeDay
from registry.services import audit
from registry.services.actors import Actor
from registry.services.calendar_data import ShippedDay, read_days, shipped_calendar, shipped_text
from search_index.text import one_line

_LONGEST_NAME = 200


@lru_cache(maxsize=1)
def _shipped() -> WorkCalendar:
    return shipped_calendar()


def load(session: Session) -> WorkCalendar:
    """Return the calendar by which the office counts."""
    own = session.execute(select(OfficeDay.day, OfficeDay.kind)).all()
    return _shipped().corrected(days_off=[row.day for row in own if row.kind == "off"],
                                worked=[row.day for row in own if row.kind == "working"])


def get(db: Sessions) -> WorkCalendar:
    """Return the calendar by which the office counts."""
    with reading(db) as session:
        return load(session)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that the office decided itself."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """The days of a year that are not as the week has them: as shipped, and as the office decided."""

    year: int
    years: tuple[int, ...]
    """The years that the shipped calendar knows."""
    shipped: list[ShippedDay]
    own: list[OwnDay]


def get_year(db: Sessions, year: int) -> YearOfDays:
    """Return the special days of a year."""
    with reading(db) as session:
        own = [OwnDay(row.day, row.kind, row.name) for row in session.scalars(
            select(OfficeDay).where(OfficeDay.day.between(date(year, 1, 1), date(year, 12, 31)))
            .order_by(OfficeDay.day))]
    return YearOfDays(year, tuple(sorted(_shipped().years)),
                      [one for one in read_days(shipped_text()) if one.day.year == year], own)


def set_day(db: Sessions, day: date, kind: str, name: str, *, actor: Actor, at: datetime) -> None:
    """Keep ``day`` as off (``off``) or worked in exchange (``working``); it wins over what is shipped.

    Raises:
        NotPossible: ``year_without_calendar``: nothing is known of that year yet.
        TooLong: the name does not fit.
    """
    name = one_line(name)
    if len(name) > _LONGEST_NAME:
        raise TooLong("name", len(name), _LONGEST_NAME)
    years = _shipped().years
    if day.year not in years:
        raise NotPossible("year_without_calendar", "day", first=min(years), last=max(years))
    with db.begin() as session:
        before = session.get(OfficeDay, day)
        changes = audit.differences({"kind": before.kind, "name": before.name} if before else {},
                                    {"kind": kind, "name": name})
        if changes:
            session.merge(OfficeDay(day=day, kind=kind, name=name))
            audit.record(session, actor, at, "update" if before else "create", "office_day",
                         label=f"{day:%d/%m/%Y}", changes=changes)


def remove_day(db: Sessions, day: date, *, actor: Actor, at: datetime) -> None:
    """Let ``day`` be again as the shipped calendar has it.

    Raises:
        NotFound: the office had decided nothing for it.
    """
    with db.begin() as session:
        row = session.get(OfficeDay, day)
        if row is None:
            raise NotFound("office_day", day.isoformat())
        session.delete(row)
        audit.record(session, actor, at, "delete", "office_day", label=f"{day:%d/%m/%Y}",
                     changes={"kind": [row.kind, None], "name": [row.name, None]})
