"""Jobs run once, missed ones are caught up once, and a fault stops no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from registry.models import JobRun, LoginFailure
from registry.scheduler import run_due
from registry.services import audit, jobs
from tests.conftest import NOON
from tests.factories import CLERK


def at(moment):
    return lambda: moment


def test_of_many_workers_one_runs_a_job(db):
    ran = []

    def work(worker):
        return jobs.run_once(db, "x", NOON, lambda: ran.append(worker), holder=str(worker), clock=at(NOON))

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(work, range(8)))
    assert (sum(outcomes), len(ran)) == (1, 1)


def test_nights_that_were_missed_are_caught_up_once(db):
    assert run_due(db, holder="a", clock=at(NOON)) == ["forget_failures", "check_trail"]
    assert run_due(db, holder="a", clock=at(NOON + timedelta(hours=5))) == []
    assert run_due(db, holder="b", clock=at(NOON + timedelta(days=4))) == ["forget_failures", "check_trail"]
    assert run_due(db, holder="a", clock=at(NOON + timedelta(days=4, minutes=5))) == []


def test_a_worker_that_died_gives_its_job_up_after_the_lease(db):
    class Killed(BaseException):
        pass

    def die():
        raise Killed

    with pytest.raises(Killed):
        jobs.run_once(db, "x", NOON, die, holder="a", clock=at(NOON))
    with db.begin() as session:  # as a kill leaves it: no word of the end
        row = session.scalars(select(JobRun)).one()
        row.lease_until, row.started_at = NOON + jobs.LEASE, NOON
    tomorrow = NOON + timedelta(days=1)
    assert not jobs.run_once(db, "x", NOON, lambda: None, holder="b", clock=at(NOON + timedelta(minutes=1)))
    assert jobs.run_once(db, "x", tomorrow, lambda: None, holder="b", clock=at(tomorrow))


def test_a_broken_trail_is_kept_with_the_job_and_the_next_one_runs(db):
    with db.begin() as session:
        audit.record(session, CLERK, NOON, "test")
    with db.begin() as session:
        session.execute(text("UPDATE audit_events SET label = 'forged'"))
        session.add(LoginFailure(username="a", address="1", at=NOON - timedelta(days=2)))
        session.add(LoginFailure(username="b", address="1", at=NOON - timedelta(hours=2)))
    assert run_due(db, holder="a", clock=at(NOON)) == ["forget_failures"]
    with db() as session:
        assert "event 1 is altered" in session.get(JobRun, "check_trail").error
        assert session.scalars(select(LoginFailure.username)).all() == ["b"]
