"""Documents in numbers: what went out and came in by month, kind and unit, top issuers, and handing over.

All of it is counted in one index that covers it, for one direction after the other. Days come out of the index in
their order, so that months cost no sorting; the rest is grouped once as finely as the report asks and added up here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.report_figures import HandingOver, handing_over, months_of
from registry.domain.values import Direction
from registry.models import Document, Kind, Organisation, Unit
from registry.services import work_calendar
from registry.services.actors import Actor
from registry.services.report_request import ReportRequest, counted

TOP = 20
DIRECTIONS = (Direction.INCOMING, Direction.OUTGOING, Direction.INTERNAL)


@dataclass(frozen=True, slots=True)
class Volume:
    """How many documents of one month, kind or unit there are, by direction."""

    name: str
    incoming: int = 0
    outgoing: int = 0
    internal: int = 0

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.incoming + self.outgoing + self.internal


@dataclass(frozen=True, slots=True)
class VolumeReport:
    """The figures of a period, and the totals of the one that it is compared with."""

    whole: Volume
    before: Volume
    months: list[Volume]
    """Every month of the period, named "2021-06"."""
    kinds: list[Volume]
    units: list[Volume]
    """Those that no unit's words name are last, with an empty name."""
    issuers: list[tuple[str, int]]
    """From whom most came in."""
    handing_over: HandingOver


def volumes(db: Sessions, request: ReportRequest, *, actor: Actor) -> VolumeReport:
    """Return the figures of the documents that ``actor`` may see."""
    span = request.span
    months, of_kinds, of_units = _Sums(), _Sums(), _Sums()
    whole: Counter[str] = Counter()
    of_issuers: Counter[int | None] = Counter()
    with reading(db) as session:
        # Plain rows: of twenty years there are some fifty thousand, and the ORM would look at each.
        plain = session.connection()
        for direction in DIRECTIONS:
            for day, many in plain.execute(_counted(session, request, actor, direction, Document.counted_on)):
                whole[direction] += many
                months[f"{day:%Y-%m}"][direction] += many
            for kind_id, unit_id, issuer_id, many in plain.execute(_counted(
                    session, request, actor, direction, Document.kind_id, Document.unit_id, Document.issuer_id)):
                of_kinds[kind_id][direction] += many
                of_units[unit_id][direction] += many
                if direction == Direction.INCOMING:
                    of_issuers[issuer_id] += many
        before = session.execute(
            select(Document.direction, func.count().label("many"))
            .where(*counted(session, request, actor, request.other.start, request.other.end),
                   Document.direction.in_(DIRECTIONS)).group_by(Document.direction)).all()
        issuers = sorted(of_issuers.items(), key=lambda one: (-one[1], one[0] or 0))[:TOP]
        bodies = {row.id: row.name for row in session.execute(
            select(Organisation.id, Organisation.name).where(Organisation.id.in_([issuer_id for issuer_id, _many in issuers])))}
        pairs: Any = plain.execute(
            _counted(session, request, actor, Direction.INCOMING, Document.received_on, Document.handed_on)
            .where(Document.received_on.is_not(None))).all()
        kinds = {row.id: row.name for row in session.execute(select(Kind.id, Kind.name))}
        units = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
        calendar = work_calendar.load(session)
    return VolumeReport(
        _volume("", whole), _volume("", Counter(dict(before))),
        [_volume(name, months[name]) for name in months_of(span.start, span.end)],
        _largest_first(of_kinds, kinds), _largest_first(of_units, units),
        [(bodies.get(issuer_id or 0, ""), many) for issuer_id, many in issuers], handing_over(pairs, calendar))


def _counted(session: Session, request: ReportRequest, actor: Actor, direction: Direction, *columns: Any) -> Any:
    """Return the query of how many documents of one direction the period has of each combination of ``columns``."""
    return (select(*columns, func.count())
            .where(*counted(session, request, actor, request.span.start, request.span.end),
                   Document.direction == direction)
            .group_by(*columns))


class _Sums(dict[Any, Counter[str]]):
    """How many there are of each direction, for each value of a column."""

    def __missing__(self, key: Any) -> Counter[str]:
        return self.setdefault(key, Counter())


def _volume(name: str, sums: Counter[str]) -> Volume:
    return Volume(name, *(sums[direction] for direction in DIRECTIONS))


def _largest_first(sums: _Sums, known: dict[int, str]) -> list[Volume]:
    found = [_volume(known.get(key, ""), counts) for key, counts in sums.items()]
    return sorted(found, key=lambda one: (not one.name, -one.total, one.name))
