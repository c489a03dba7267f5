"""Numbers under many clerks at once, and under processes killed in between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import select, text

from registry.models import BookEntry, Document
from registry.services import audit

pytestmark = pytest.mark.slow

# One clerk: registers plans of the provincial committee under the book's next number.
CLERK_PROCESS = """
import sys
from datetime import date
from registry.db import make_engine, make_sessions
from tests.conftest import NOON
from tests.factories import CLERK
from registry.domain.values import Direction
from registry.services.document_rows import NewDocument
from registry.services.registration import register_document

url, clerk, count, book, kind, issuer = sys.argv[1], *map(int, sys.argv[2:])
db = make_sessions(make_engine(url))
for number in range(count):
    register_document(db, NewDocument(
        direction=Direction.OUTGOING, kind_id=kind, symbol="KH-UBND", issued_on=date(2021, 2, 4), issuer_id=issuer,
        book_id=book, subject=f"văn thư {clerk}, việc {number}"), actor=CLERK, at=NOON)
    print(number, flush=True)
"""


def start_clerk(office, engine, clerk, count):
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", CLERK_PROCESS, url, *map(str, (
            clerk, count, office.books["KH"], office.kinds["KH"], office.committee))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."})


def ordinals(office):
    with office.db() as session:
        return sorted(session.scalars(select(BookEntry.ordinal)))


def test_eight_clerks_at_once_get_the_numbers_1_to_2000(office, engine):
    clerks = [start_clerk(office, engine, clerk, 250) for clerk in range(8)]
    for clerk in clerks:
        _, errors = clerk.communicate(timeout=300)
        assert clerk.returncode == 0, errors
    assert ordinals(office) == list(range(1, 2001))
    with office.db() as session:
        printed = session.scalars(select(Document.number)).all()
    assert len(set(printed)) == 2000
    assert audit.verify(office.db).whole


def test_a_clerk_killed_in_between_loses_no_number_and_leaves_no_hole(office, engine):
    chance = random.Random(7)
    told = 0
    for _ in range(6):
        clerks = [start_clerk(office, engine, clerk, 40) for clerk in range(2)]
        told += int(clerks[0].stdout.readline() != "")  # at work before it is killed
        time.sleep(chance.uniform(0, 0.15))  # a real process is killed at a real moment
        clerks[0].send_signal(signal.SIGKILL)
        output, _ = clerks[0].communicate(timeout=60)
        told += len(output.split())
        output, errors = clerks[1].communicate(timeout=120)
        assert clerks[1].returncode == 0, errors
        told += len(output.split())
    taken = ordinals(office)
    assert taken == list(range(1, len(taken) + 1))
    # What a clerk was told is kept; at most the one in flight at each kill is kept without being told.
    assert told <= len(taken) <= told + 6
    with office.db() as session:
        assert session.scalar(text("SELECT count(*) FROM documents")) == len(taken)
    assert audit.verify(office.db).whole
