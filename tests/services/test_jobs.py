"""Jobs run once, missed ones are caught up once, and a fault stops no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from config import Config
from registry.mail.sender import MailServerDown
from registry.models import JobRun, LoginFailure
from registry.scheduler import run_due
from registry.services import audit, jobs
from tests.conftest import NOON
from tests.factories import CLERK
from tests.services.reminding import Desk


def at(moment):
    return lambda: moment


@pytest.fixture
def config(tmp_path):
    return Config(data=tmp_path, database_url="", secret_key="k" * 40)


def test_of_many_workers_one_runs_a_job(db):
    ran = []

    def work(worker):
        return jobs.run_once(db, "x", NOON, lambda: ran.append(worker), holder=str(worker), clock=at(NOON))

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(work, range(8)))
    assert (sum(outcomes), len(ran)) == (1, 1)


NIGHTLY = ["spawn_occurrences", "forget_failures", "check_trail"]
OFTEN = ["plan_reminders", "send_reminders"]


def test_nights_that_were_missed_are_caught_up_once(db, config):
    def ran(moment, holder):
        return [name for name in run_due(db, config, holder=holder, clock=at(moment)) if name in NIGHTLY]

    assert ran(NOON, "a") == NIGHTLY
    assert ran(NOON + timedelta(hours=5), "a") == []
    assert ran(NOON + timedelta(days=4), "b") == NIGHTLY
    assert ran(NOON + timedelta(days=4, minutes=5), "a") == []


def test_what_runs_often_runs_again_after_its_minutes_also_when_the_clock_went_back(db, config):
    def ran(minutes):
        return [name for name in run_due(db, config, holder="a", clock=at(NOON + timedelta(minutes=minutes)))
                if name in OFTEN]

    assert [ran(minutes) for minutes in (0, 1, 5, 9, 10)] == [
        OFTEN, [], ["send_reminders"], [], ["plan_reminders", "send_reminders"]]
    assert ran(-60) == OFTEN, "started in the future: that clock ran ahead"


def test_a_job_asked_for_runs_at_the_next_look(db, config):
    run_due(db, config, holder="a", clock=at(NOON))
    jobs.ask_for(db, "check_trail", actor=CLERK, at=NOON)
    assert run_due(db, config, holder="a", clock=at(NOON + timedelta(minutes=1))) == ["check_trail"]
    (row,) = [row for row in jobs.find_jobs(db, NOON + timedelta(minutes=2)) if row.name == "check_trail"]
    assert (row.started_at, row.error, row.running) == (NOON + timedelta(minutes=1), "", False)
    assert row.next_at.astimezone(NOON.tzinfo).isoformat() == "2021-06-23T03:20:00+07:00"


def test_a_mail_server_that_is_down_stands_with_the_job(db, config):
    class Down:
        def open(self):
            raise MailServerDown("mail.hanam.gov.vn: refused")

        def close(self):
            pass

    desk = Desk(db)
    desk.work(desk.person("lan"), NOON.date())
    ran = run_due(db, config, holder="a", clock=at(NOON), sender=Down())
    assert "send_reminders" not in ran
    assert "check_trail" in ran
    (row,) = [row for row in jobs.find_jobs(db, NOON) if row.name == "send_reminders"]
    assert row.error == "MailServerDown: mail.hanam.gov.vn: refused"


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


def test_a_broken_trail_is_kept_with_the_job_and_the_next_one_runs(db, config):
    with db.begin() as session:
        audit.record(session, CLERK, NOON, "test")
    with db.begin() as session:
        session.execute(text("UPDATE audit_events SET label = 'forged'"))
        session.add(LoginFailure(username="a", address="1", at=NOON - timedelta(days=2)))
        session.add(LoginFailure(username="b", address="1", at=NOON - timedelta(hours=2)))
    assert "check_trail" not in run_due(db, config, holder="a", clock=at(NOON))
    with db() as session:
        assert "event 1 is altered" in session.get(JobRun, "check_trail").error
        assert session.scalars(select(LoginFailure.username)).all() == ["b"]
