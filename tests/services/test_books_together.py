"""Numbers under many clerks at once, and under processes killed in between."""

from __future__ import annotations

import random
import time

import pytest
from sqlalchemy import select, text

from registry.models import BookEntry, Document
from registry.services import audit
from tests.services.booking_clerk import register
from tests.services.processes import OwnProcess

pytestmark = pytest.mark.slow


def start_clerk(office, engine, clerk, count):
    return OwnProcess(register, engine.url.render_as_string(hide_password=False), clerk, count, office.books["KH"],
                      office.kinds["KH"], office.committee)


def ordinals(office):
    with office.db() as session:
        return sorted(session.scalars(select(BookEntry.ordinal)))


def test_eight_clerks_at_once_get_the_numbers_1_to_2000(office, engine):
    clerks = [start_clerk(office, engine, clerk, 250) for clerk in range(8)]
    for clerk in clerks:
        assert clerk.hear_out(patience=300) == list(range(250))
        assert clerk.close() == 0
    assert ordinals(office) == list(range(1, 2001))
    with office.db() as session:
        printed = session.scalars(select(Document.number)).all()
    assert len(set(printed)) == 2000
    assert audit.verify(office.db).whole


def test_a_clerk_killed_in_between_loses_no_number_and_leaves_no_hole(office, engine):
    chance = random.Random(7)
    told = 0
    for _ in range(6):
        killed, other = (start_clerk(office, engine, clerk, 40) for clerk in range(2))
        assert killed.hear() == 0  # at work before it is killed
        time.sleep(chance.uniform(0, 0.15))  # a real process is killed at a real moment
        killed.kill()
        told += 1 + len(killed.hear_out())
        killed.close()
        assert other.hear_out() == list(range(40))
        assert other.close() == 0
        told += 40
    taken = ordinals(office)
    assert taken == list(range(1, len(taken) + 1))
    # What a clerk was told is kept; at most the one in flight at each kill is kept without being told.
    assert told <= len(taken) <= told + 6
    with office.db() as session:
        assert session.scalar(text("SELECT count(*) FROM documents")) == len(taken)
    assert audit.verify(office.db).whole
