"""Lateness of work by unit: of what fell due in a period, how much was late and by how many days."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, case, func, null, select

from registry.db import Sessions, reading
from registry.domain.obligations import ObligationState
from registry.domain.report_figures import Lateness, lateness
from registry.models import Occurrence, Unit
from registry.services.actors import Actor
from registry.services.obligation_lists import may_see
from registry.services.report_directives import asked_for, standing_at, work_of
from registry.services.report_request import ReportRequest
from search_index.text import sort_key


@dataclass(frozen=True, slots=True)
class UnitLateness:
    """How late a unit's work was; no unit has the name ""."""

    unit_id: int | None
    unit: str
    figures: Lateness


@dataclass(frozen=True, slots=True)
class LatenessReport:
    """The work that fell due, in all and by unit, the most late first."""

    whole: Lateness
    units: list[UnitLateness]

    @property
    def latest(self) -> UnitLateness | None:
        """Return the unit with most that is late, None where no unit has any."""
        return next((one for one in self.units if one.unit and one.figures.late), None)


@dataclass(slots=True)
class _Sums:
    in_time: int = 0
    done: Counter[int] = field(default_factory=Counter)
    still_open: Counter[int] = field(default_factory=Counter)

    def figures(self) -> Lateness:
        return lateness(self.in_time, self.done, self.still_open)


def late_work(db: Sessions, request: ReportRequest, *, actor: Actor, now: datetime) -> LatenessReport:
    """Return how late the work was that fell due in the period, as it stood at its end or stands today.

    What is due today and not done is not counted yet; paused and cancelled work is not.
    """
    span = request.span
    as_of = min(span.end, now.date())
    where = standing_at(span, now).label("standing")
    # Days alone of what is late: all else of a unit is one row.
    late = where.in_(["done_late", "open_overdue"])
    due = case((late, Occurrence.due_on), else_=null()).label("due")
    until = case((and_(late, Occurrence.done_on <= as_of), Occurrence.done_on), else_=null()).label("until")
    with reading(db) as session:
        found = session.execute(
            work_of(actor, Occurrence.unit_id, where, due, until, func.count().label("many"))
            .where(Occurrence.due_on.between(span.start, as_of), may_see(session, actor), *asked_for(session, request),
                   Occurrence.state.not_in([ObligationState.PAUSED, ObligationState.CANCELLED]))
            .group_by(Occurrence.unit_id, where, due, until)).all()
        names = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
    whole, units = _Sums(), defaultdict[int | None, _Sums](_Sums)
    for row in found:
        for sums in (whole, units[row.unit_id]):
            if row.standing == "done_in_time":
                sums.in_time += row.many
            elif row.due is not None:
                days = sums.done if row.standing == "done_late" else sums.still_open
                days[((row.until or as_of) - row.due).days] += row.many
    rows = [UnitLateness(key, names.get(key or 0, ""), sums.figures()) for key, sums in units.items()]
    rows = [row for row in rows if row.figures.total]
    rows.sort(key=lambda one: (one.unit_id is None, -one.figures.late, sort_key(one.unit)))
    return LatenessReport(whole.figures(), rows)
