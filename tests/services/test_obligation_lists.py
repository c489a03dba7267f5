"""Obligations in lists and numbers: whose, when, and where they stand."""

from __future__ import annotations

import random
from datetime import date, time, timedelta

from sqlalchemy import select

from registry.db import reading
from registry.domain.obligations import ObligationState, Timeliness, timeliness
from registry.models import Occurrence
from registry.services import obligation_lists, obligation_numbers, obligations
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.obligation_numbers import DueWork, Waiting
from tests.conftest import NOON
from tests.factories import CLERK, LEADER

TODAY = NOON.date()
S, T = ObligationState, Timeliness
JUNE = (date(2021, 6, 1), date(2021, 6, 30))


def test_lists_show_whose_and_when(staff):
    late = staff.create(printed_on=date(2021, 6, 1), task="Rà soát thủ tục")
    soon = staff.create(printed_on=date(2021, 6, 25))
    none = staff.create(printed_on=None)
    others = staff.create(user_id=staff.minh.id, printed_on=date(2021, 6, 2))

    def ids(actor, **filters):
        return [row.id for row in obligation_lists.find_obligations(
            staff.db, ObligationFilter(**filters), actor=actor, now=NOON).rows]

    assert ids(staff.lan) == [late, soon, none]
    assert ids(CLERK, scope=Scope.ALL) == [late, others, soon, none]
    assert ids(staff.lan, scope=Scope.ALL) == [late, soon, none]  # an official sees no other unit's
    assert ids(staff.lan, standing=T.OVERDUE) == [late]
    assert ids(staff.lan, text="ra soat") == [late]
    assert ids(CLERK, scope=Scope.ALL, unit_id=staff.other_unit) == [others]
    assert obligation_numbers.due_work(staff.db, actor=staff.lan, now=NOON) == DueWork(overdue=1, soon=1)
    assert obligation_numbers.waiting_for(staff.db, actor=staff.lan, now=NOON) == Waiting()
    assert obligation_numbers.waiting_for(staff.db, actor=LEADER, now=NOON).overdue == 2
    first = obligation_lists.find_obligations(staff.db, ObligationFilter(), actor=staff.lan, now=NOON, limit=2)
    second = obligation_lists.find_obligations(staff.db, ObligationFilter(), actor=staff.lan, now=NOON,
                                               after=first.after)
    assert [row.id for row in first.rows + second.rows] == [late, soon, none]
    assert list(obligation_lists.by_day(staff.db, *JUNE, ObligationFilter(), actor=staff.lan, now=NOON)) == [
        date(2021, 6, 1), date(2021, 6, 25)]
    staff.create(printed_on=date(2021, 6, 1), user_id=None, unit_id=staff.other_unit, partner_users=(staff.lan.id,))
    assert obligation_numbers.due_work(staff.db, actor=staff.lan, now=NOON).overdue == 2  # who takes part counts it too


def test_a_full_day_of_the_month_shows_a_few_and_leads_to_all(staff):
    for at in range(9):
        staff.create(printed_on=date(2021, 6, 25), task=f"Việc {at}")
    day = obligation_lists.by_day(staff.db, *JUNE, ObligationFilter(scope=Scope.ALL), actor=LEADER, now=NOON)[
        date(2021, 6, 25)]
    assert ([row.task for row in day.rows], day.total) == ([f"Việc {at}" for at in range(6)], 9)
    page = obligation_lists.find_obligations(
        staff.db, ObligationFilter(scope=Scope.ALL, due_on=date(2021, 6, 25)), actor=LEADER, now=NOON)
    assert page.total == 9


def test_the_database_and_the_rule_tell_the_same_of_where_work_stands(staff):
    chance = random.Random(7)
    for _ in range(60):
        one = staff.create()
        with staff.db.begin() as session:
            row = session.get_one(Occurrence, one)
            row.state = chance.choice(list(S)).value
            row.due_on = chance.choice([None, TODAY, TODAY + timedelta(days=chance.randint(-9, 9))])
            row.due_time = chance.choice([None, time(11, 30), time(17, 0)])
            row.done_on = chance.choice([None, TODAY + timedelta(days=chance.randint(-9, 0))])
    with reading(staff.db) as session:
        told = session.execute(select(Occurrence, obligation_lists.standing(NOON).label("standing"))).all()
    assert len(told) == 60
    for row in told:
        work = row.Occurrence
        assert row.standing == timeliness(S(work.state), work.due_on, work.done_on, NOON, due_time=work.due_time)


def test_the_overview_counts_each_unit(staff):
    staff.create(printed_on=date(2021, 6, 1))
    staff.create()
    done = staff.create(user_id=staff.minh.id, printed_on=date(2021, 6, 1))
    obligations.complete(staff.db, done, 1, actor=CLERK, at=NOON, text="xong muộn")
    told = obligation_numbers.overview(staff.db, actor=LEADER, now=NOON)
    assert [(row.unit, row.numbers.open_overdue, row.numbers.open_in_term, row.numbers.done_late)
            for row in told.units] == [("Phòng Tổng hợp", 1, 1, 0), ("Phòng Nội chính", 0, 0, 1)]
    assert told.whole.total == 3
    found = obligation_lists.find_all(staff.db, ObligationFilter(scope=Scope.ALL, closed=True), actor=LEADER, now=NOON)
    assert sorted(row.unit for row in found) == ["Phòng Nội chính", "Phòng Tổng hợp", "Phòng Tổng hợp"]
