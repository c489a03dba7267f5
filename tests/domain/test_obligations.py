"""State and time are two axes: how far work is, and where it stands in time."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.obligations import (
    TRANSITIONS,
    ObligationState,
    Timeliness,
    four_numbers,
    may_become,
    timeliness,
)
from tests.conftest import HANOI

S, T = ObligationState, Timeliness
MORNING = datetime(2021, 6, 22, 8, 0, tzinfo=HANOI)
TODAY = MORNING.date()


@pytest.mark.parametrize(("state", "due_on", "done_on", "expected"), [
    pytest.param(S.NEW, None, None, T.NO_DEADLINE, id="no deadline"),
    pytest.param(S.NEW, date(2021, 7, 30), None, T.IN_TERM, id="in term"),
    pytest.param(S.WORKING, date(2021, 6, 29), None, T.DUE_SOON, id="a week left"),
    pytest.param(S.WORKING, TODAY, None, T.DUE_SOON, id="today is in time"),
    pytest.param(S.WORKING, date(2021, 6, 21), None, T.OVERDUE, id="yesterday is late"),
    pytest.param(S.WAITING, date(2021, 6, 15), date(2021, 6, 14), T.IN_TERM, id="reported in time, confirmed late"),
    pytest.param(S.WAITING, date(2021, 6, 15), date(2021, 6, 16), T.OVERDUE, id="reported late"),
    pytest.param(S.DONE, date(2021, 6, 15), date(2021, 6, 15), T.DONE_IN_TIME, id="done on the last day"),
    pytest.param(S.DONE, date(2021, 6, 15), date(2021, 6, 16), T.DONE_LATE, id="done a day late"),
    pytest.param(S.DONE, None, date(2021, 6, 16), T.DONE_IN_TIME, id="done, no deadline"),
    pytest.param(S.PAUSED, date(2021, 6, 1), None, T.SET_ASIDE, id="paused"),
    pytest.param(S.CANCELLED, date(2021, 6, 1), None, T.SET_ASIDE, id="cancelled"),
])
def test_work_stands_somewhere_in_time(state, due_on, done_on, expected):
    assert timeliness(state, due_on, done_on, MORNING) == expected


def test_an_hour_given_ends_the_day_early():
    four = time(16, 0)
    assert timeliness(S.NEW, TODAY, None, MORNING.replace(hour=16), due_time=four) == T.DUE_SOON
    assert timeliness(S.NEW, TODAY, None, MORNING.replace(hour=16, minute=1), due_time=four) == T.OVERDUE


work = st.tuples(st.sampled_from(S), st.none() | st.dates(date(2021, 1, 1), date(2021, 12, 31)),
                 st.none() | st.dates(date(2021, 1, 1), date(2021, 12, 31)))


@given(st.lists(work))
def test_the_four_numbers_count_each_piece_of_work_once(pieces):
    standings = [timeliness(state, due_on, done_on, MORNING) for state, due_on, done_on in pieces]
    numbers = four_numbers((standing, 1) for standing in standings)
    assert numbers.total == sum(state not in {S.PAUSED, S.CANCELLED} for state, _due, _done in pieces)
    assert numbers.done_in_time + numbers.done_late == sum(state == S.DONE for state, _due, _done in pieces)


def test_nothing_is_a_dead_end():
    assert all(TRANSITIONS[state] for state in S)
    assert not may_become(S.DONE, S.CANCELLED)
