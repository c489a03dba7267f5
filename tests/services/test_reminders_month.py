"""Three workers through a month, alone and killed on the way, against what the test computes itself."""

from __future__ import annotations

import random

import pytest

from tests.services import reminder_month as simulation
from tests.services.reminding import Post, smtp_server


def address(engine):
    return engine.url.render_as_string(hide_password=False)


@pytest.mark.slow
def test_three_workers_tell_everybody_everything_once_through_a_month(engine, db):
    month, post = simulation.build(db, obligations=120, people=30, days=21), Post()
    with smtp_server(post) as url:
        workers = simulation.Workers(address(engine), url)
        for day in month.days:
            simulation.run_day(db, month, day, workers)
        workers.close()
    outcome = simulation.compare(db, month, post)
    assert outcome.expected > 250
    assert (outcome.lost, outcome.unasked, outcome.told_twice) == ([], [], [])
    assert (sum(outcome.second_copies.values()), outcome.possibly_twice, outcome.unfinished) == (0, 0, 0)


@pytest.mark.slow
def test_workers_killed_on_the_way_lose_nothing_and_mark_what_may_have_gone_twice(engine, db):
    month, post = simulation.build(db, obligations=150, people=60, days=1, at_hours=True), Post()
    with smtp_server(post) as url:
        workers = simulation.Workers(address(engine), url)
        killed = sum(simulation.run_day_with_kills(db, month, day, workers, random.Random(day.day), 0.3)
                     for day in month.days)
        workers.close()
    outcome = simulation.compare(db, month, post)
    assert killed == 8
    assert outcome.expected > 15
    assert (outcome.lost, outcome.unasked, outcome.told_twice) == ([], [], [])
    assert (outcome.unmarked, outcome.unfinished) == ([], 0)
