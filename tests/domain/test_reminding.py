"""What is said of a due date on a day, and to whom."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from registry.domain.reminding import DueFacts, DueReminder, ReminderRules, plans_today, said_today
from registry.domain.workdays import WorkCalendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# 30/4 and 3/5/2021 are off; 1 and 2/5 are a weekend.
CALENDAR = WorkCalendar(frozenset({date(2021, 4, 30), date(2021, 5, 3)}), frozenset(), frozenset({2021}))
RULES = ReminderRules()


def said_on(day, due_on, *, at=time(8), rules=RULES, **facts) -> list[DueReminder]:
    now = datetime.combine(day, at, HANOI)
    return said_today(DueFacts(due_on, **facts), CALENDAR.working_days_between(day, due_on), rules, now) if plans_today(
        rules, CALENDAR, now) else []


def rules_on(day, due_on, **given):
    return sorted({one.rule for one in said_on(day, due_on, **given)})


@pytest.mark.parametrize(("day", "due_on", "said"), [
    pytest.param(date(2021, 4, 29), date(2021, 5, 4), ["before-1"], id="one working day, five calendar days"),
    pytest.param(date(2021, 4, 29), date(2021, 5, 2), ["day"], id="due on a day off: the last day that is worked"),
    pytest.param(date(2021, 4, 22), date(2021, 5, 5), ["before-7"], id="missed by none"),
    pytest.param(date(2021, 4, 21), date(2021, 5, 5), [], id="eight working days: nothing yet"),
    pytest.param(date(2021, 5, 1), date(2021, 5, 4), [], id="on a day off nothing is said"),
    pytest.param(date(2021, 5, 4), date(2021, 4, 29), ["head-1", "overdue-1"], id="late by one working day"),
    pytest.param(date(2021, 5, 4), date(2021, 5, 2), ["head-1", "overdue-1"], id="due on a Sunday"),
    pytest.param(date(2021, 5, 10), date(2021, 4, 29), ["head-1", "leader-5", "overdue-5"], id="late by five"),
    pytest.param(date(2021, 4, 28), date(2021, 4, 29), ["before-1"], id="the day before"),
])
def test_what_is_said(day, due_on, said):
    assert rules_on(day, due_on) == said


def test_after_closing_time_the_day_is_over():
    assert rules_on(date(2021, 4, 28), date(2021, 4, 28), at=time(16, 59)) == ["day"]
    assert rules_on(date(2021, 4, 28), date(2021, 4, 28), at=time(17)) == []


def test_what_is_switched_off_is_not_said():
    quiet = ReminderRules(on_day=False, overdue=False, head_after=None, leader_after=None)
    assert rules_on(date(2021, 4, 28), date(2021, 4, 28), rules=quiet) == ["before-1"], "the nearest that was missed"
    assert rules_on(date(2021, 5, 10), date(2021, 4, 29), rules=quiet) == []
    assert rules_on(date(2021, 5, 10), date(2021, 4, 29), rules=ReminderRules(most_overdue=4)) == ["head-1", "leader-5"]


@pytest.mark.parametrize(("facts", "urgent"), [
    ({}, False), ({"timed": True}, True), ({"pressing": True}, True), ({"fresh": True}, True)])
def test_what_is_urgent_goes_when_the_office_opens(facts, urgent):
    said = said_on(date(2021, 4, 28), date(2021, 4, 28), at=time(10), **facts)
    assert {(one.urgent, one.send_at.time()) for one in said} == {(urgent, time(7) if urgent else time(7, 30))}


def test_what_was_entered_today_and_is_not_near_waits_for_the_next_morning():
    assert rules_on(date(2021, 4, 27), date(2021, 5, 4), fresh=True) == []
    assert rules_on(date(2021, 4, 27), date(2021, 4, 26), fresh=True) == []
