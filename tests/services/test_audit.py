"""The audit trail: sealed in order of commit, broken ones named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from registry.domain.roles import Role
from registry.services import audit
from registry.services.actors import Actor
from tests.conftest import NOON

CLERK = Actor(id=None, name="Văn thư", role=Role.CLERK, address="10.0.0.7")


def write(db, count, label="x"):
    for number in range(count):
        with db.begin() as session:
            audit.record(session, CLERK, NOON, "test", label=f"{label}{number}", changes={"n": [None, number]})


def test_an_untouched_trail_is_whole(db):
    write(db, 5)
    assert audit.verify(db) == audit.Verdict(events=5)


def test_events_written_at_the_same_time_stay_one_chain(db):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: write(db, 10, name), "abcd"))
    assert audit.verify(db) == audit.Verdict(events=40)


def test_what_is_rolled_back_leaves_no_event_and_no_hole(db):
    write(db, 1)
    with pytest.raises(RuntimeError), db.begin() as session:
        audit.record(session, CLERK, NOON, "test")
        raise RuntimeError
    with db.begin() as session:
        with pytest.raises(RuntimeError), session.begin_nested():
            audit.record(session, CLERK, NOON, "refused")
            raise RuntimeError
        audit.record(session, CLERK, NOON, "kept")
    assert audit.verify(db) == audit.Verdict(events=2)


@pytest.mark.parametrize(("tampering", "fault", "seq"), [
    pytest.param("UPDATE audit_events SET label = 'forged' WHERE seq = 3", "altered", 3, id="a word changed"),
    pytest.param("DELETE FROM audit_events WHERE seq = 2", "missing", 2, id="an event taken out"),
    pytest.param("DELETE FROM audit_events WHERE seq = 5", "cut off", 5, id="the last one taken off"),
])
def test_the_first_broken_event_is_named(db, tampering, fault, seq):
    write(db, 5)
    with db.begin() as session:
        session.execute(text(tampering))
    verdict = audit.verify(db)
    assert (verdict.whole, verdict.fault, verdict.broken_seq) == (False, fault, seq)


def test_pages_of_events_follow_one_another_newest_first(db):
    write(db, 5)
    first = audit.find_events(db, audit.EventFilter(action="test"), limit=3)
    second = audit.find_events(db, audit.EventFilter(action="test"), below=first.older, limit=3)
    assert [row.label for row in first.rows + second.rows] == ["x4", "x3", "x2", "x1", "x0"]
    assert second.older is None
