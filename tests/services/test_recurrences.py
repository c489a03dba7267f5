"""Work that comes back: its days, what ends with it, who takes it over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.errors import NotPossible
from registry.domain.obligations import ObligationState
from registry.domain.reports_period import ReportCycle
from registry.models import Occurrence
from registry.services import obligation_changes, obligations, occurrences
from tests.conftest import NOON
from tests.factories import CLERK

TODAY = NOON.date()
S = ObligationState


def _due_days(staff, obligation_id):
    with reading(staff.db) as session:
        return list(session.scalars(select(Occurrence.due_on).where(
            Occurrence.obligation_id == obligation_id).order_by(Occurrence.due_on)))


def test_a_recurrence_makes_each_occurrence_once_and_stops_when_ended(staff):
    obligation_id = obligations.create(staff.db, staff.new(
        printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15", from_on=date(2021, 6, 1), before=True),
        actor=CLERK, at=NOON)
    assert _due_days(staff, obligation_id) == [date(2021, 6, 14), date(2021, 7, 14), date(2021, 8, 14)]
    assert occurrences.spawn_occurrences(staff.db, TODAY) == 0
    assert occurrences.spawn_occurrences(staff.db, TODAY + timedelta(days=31)) == 1
    obligation_changes.end_recurrence(staff.db, obligation_id, reason="hết nhiệm vụ", actor=CLERK, at=NOON)
    assert occurrences.spawn_occurrences(staff.db, TODAY + timedelta(days=90)) == 0


def test_what_a_recurrence_would_still_bring_ends_with_it(staff):
    obligation_id = obligations.create(staff.db, staff.new(
        printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15", from_on=date(2021, 6, 1)), actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        first, begun, later = session.scalars(select(Occurrence.id).order_by(Occurrence.due_on)).all()
    obligations.add_note(staff.db, begun, 1, "đã làm trước", actor=staff.lan, at=NOON)
    staff.remind(later)
    obligation_changes.end_recurrence(staff.db, obligation_id, reason="hết nhiệm vụ", actor=CLERK, at=NOON)
    assert [staff.get(one).row.state for one in (first, begun, later)] == [S.NEW, S.WORKING, S.CANCELLED]
    assert staff.reminders(later) == [(1, "cancelled")]
    with pytest.raises(NotPossible, match="managers_only"):
        obligation_changes.end_recurrence(staff.db, obligation_id, reason="x", actor=staff.lan, at=NOON)


def test_who_takes_over_a_recurrence_takes_what_comes_later_as_well(staff):
    staff.create(printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15", from_on=date(2021, 6, 1))
    with reading(staff.db) as session:
        _first, second, third = session.scalars(select(Occurrence.id).order_by(Occurrence.due_on)).all()
    obligation_changes.transfer(staff.db, second, 1, unit_id=None, user_id=staff.minh.id, actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        owed = session.execute(select(Occurrence.id, Occurrence.user_id).order_by(Occurrence.due_on)).all()
    assert [row.user_id for row in owed] == [staff.lan.id, staff.minh.id, staff.minh.id]
    assert staff.get(third, staff.minh).notes[0].action == "transfer"


def test_a_yearly_report_shows_its_next_day_however_far_off(staff):
    obligation_id = obligations.create(staff.db, staff.new(printed_on=None, rrule="FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2"),
                                       actor=CLERK, at=NOON)
    assert _due_days(staff, obligation_id) == [date(2022, 4, 2)]


def test_a_periodic_report_knows_its_cut_off_and_sending_day(staff):
    # Decree 09/2019: figures up to the 14th; sent two working days later, the weekend skipped.
    obligation_id = obligations.create(staff.db, staff.new(
        printed_on=None, cycle=ReportCycle.month, days_after_cut_off=2, from_on=date(2021, 8, 1)),
        actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        first = session.scalars(select(Occurrence).where(Occurrence.obligation_id == obligation_id)
                                .order_by(Occurrence.due_on)).first()
    assert (first.cut_off_on, first.due_on) == (date(2021, 8, 14), date(2021, 8, 17))


@pytest.mark.parametrize("changes", [{"rrule": "FREQ=SECONDLY"}, {"rrule": "nonsense"}, {"cycle": ReportCycle.year}])
def test_a_rule_that_gives_no_days_is_refused(staff, changes):
    with pytest.raises(NotPossible, match="bad_rule"):
        staff.create(printed_on=None, **changes)
