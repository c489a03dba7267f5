"""Reports at a million documents and a hundred thousand obligations, on both databases.

    python -m tests.benchmarks.reports [--documents 1000000] [--obligations 100000]
        [--database sqlite|postgres] [--keep FOLDER]

Prints milliseconds per report (median and worst of five) for half a year, a year and all twenty years, beside
the peer: the same figures as a program gets them that loads the rows of the period and counts in Python.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, insert, select, text

from registry import schema
from registry.db import Sessions, make_sessions, reading
from registry.domain.obligations import four_numbers, timeliness
from registry.domain.report_spans import Span, SpanKind, days, span
from registry.models import Citation, Document, Kind, Obligation, Occurrence, Organisation, Unit, User
from registry.services import reference
from registry.services.actors import Actor
from registry.services.report_directives import directives
from registry.services.report_issued import issued
from registry.services.report_lateness import late_work
from registry.services.report_request import ReportRequest
from registry.services.report_tasks import tasks
from registry.services.report_volumes import volumes
from tests.benchmarks import databases, lookup
from tests.conftest import HANOI
from tests.factories import LEADER

NOW = datetime(2025, 12, 20, 12, 0, tzinfo=HANOI)
UNITS = 12
SPANS = {"half a year": span(SpanKind.FIRST_HALF, 2015), "a year": span(SpanKind.YEAR, 2024),
         "all twenty years": days(date(2006, 1, 1), date(2025, 12, 31))}


def documents(count: int, kinds: dict[str, int], bodies: list[int], units: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the documents of the look-up benchmark with their way through the office."""
    chance = random.Random(3)
    for row in lookup.rows(count, kinds, bodies):
        received = handed = None
        if row["direction"] == "incoming":
            received = row["issued_on"] + timedelta(days=chance.choice([0, 1, 1, 2, 3, 5]))
            if chance.random() < 0.97:
                handed = received + timedelta(days=chance.choice([0, 0, 0, 1, 1, 2, 3, 6]))
        yield row | {"received_on": received, "handed_on": handed, "counted_on": received or row["issued_on"],
                     "unit_id": chance.choice(units) if chance.random() < 0.9 else None,
                     "restricted": chance.random() < 0.01}


def obligations(count: int, ids: range, units: list[int]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield obligations of the documents with one occurrence each."""
    chance = random.Random(4)
    step = max(len(ids) // count, 1)
    for key in range(1, count + 1):
        document_id = ids[min(key * step, len(ids)) - 1]
        given = date(2006, 1, 1) + timedelta(days=document_id * 7300 // len(ids))
        due = given + timedelta(days=chance.randint(5, 90)) if chance.random() < 0.95 else None
        late = chance.random() < 0.12
        done = (due or given) + timedelta(days=chance.randint(1, 20) if late else -chance.randint(0, 4))
        closed = done < NOW.date() and chance.random() < 0.98
        unit = chance.choice(units)
        yield ({"id": key, "document_id": document_id, "task": f"Nhiệm vụ {key}", "task_key": "", "origin": "person",
                "words": "", "unit_id": unit, "named": "", "rrule": "", "cycle": "", "given_on": given,
                "created_at": NOW.astimezone(UTC), "version": 1},
               {"obligation_id": key, "planned_on": due, "due_on": due, "due_version": 1, "unit_id": unit,
                "state": "done" if closed else "working", "done_on": done if closed else None, "version": 1})


def fill(engine: Engine, db: Sessions, count: int, owed: int) -> None:
    """Generate the office unless it is there."""
    schema.upgrade(engine)
    reference.load(db)
    with db() as session:
        if session.scalar(select(func.count()).select_from(Document)) == count:
            return
        kinds = {kind.abbreviation: kind.id for kind in session.scalars(select(Kind))}
        bodies = list(session.scalars(select(Organisation.id).limit(40)))
    started = time.perf_counter()
    with db.begin() as session:
        units = [Unit(name=f"Phòng {n}", name_key=f"phong {n}") for n in range(UNITS)]
        session.add_all(units)
        session.flush()
        ids = [unit.id for unit in units]
        session.add(User(username="canbo", full_name="Cán bộ", role="official", unit_id=ids[0], password_hash="",
                         created_at=NOW))
    with engine.begin() as connection:
        for table, rows in ((Document, documents(count, kinds, bodies, ids)),):
            _insert(connection, table, rows)
        pairs = list(obligations(owed, range(1, count + 1), ids))
        _insert(connection, Obligation, (pair[0] for pair in pairs))
        _insert(connection, Occurrence, (pair[1] for pair in pairs))
        chance = random.Random(5)
        _insert(connection, Citation, (
            {"citing_id": citing, "cited_id": chance.randint(max(citing - 20_000, 1), citing - 1),
             "relation": chance.choice(["implements", "cites", "based_on"]), "position": 0, "origin": "read",
             "quote": "", "locator": "", "doubtful": False} for citing in range(5, count, 5)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))
    print(f"  {count:,} documents, {owed:,} obligations made in {time.perf_counter() - started:.0f} s")


def _insert(connection: Any, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 5000:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def loaded_volumes(db: Sessions, period: Span) -> object:
    """The peer of volumes: the rows of the period, counted in Python."""
    kinds: Counter[Any] = Counter()
    took: list[int] = []
    with reading(db) as session:
        query = select(Document).where(Document.listed_on.between(period.start, period.end))
        for row in session.scalars(query.execution_options(yield_per=5000)):
            kinds[row.direction, row.kind_id, row.unit_id, f"{row.listed_on:%Y-%m}"] += 1
            if row.handed_on and row.received_on:
                took.append((row.handed_on - row.received_on).days)
    return kinds, statistics.median(took or [0])


def loaded_numbers(db: Sessions, period: Span) -> object:
    """The peer of the four numbers: every occurrence with its document, judged in Python."""
    units: dict[Any, Counter[Any]] = {}
    with reading(db) as session:
        query = (select(Occurrence, Document).join(Obligation, Obligation.id == Occurrence.obligation_id)
                 .join(Document, Document.id == Obligation.document_id))
        for row in session.execute(query.execution_options(yield_per=5000)):
            if row.Document.listed_on <= period.end:
                where = timeliness(row.Occurrence.state, row.Occurrence.due_on, row.Occurrence.done_on, NOW)
                units.setdefault(row.Occurrence.unit_id, Counter())[where] += 1
    return {key: four_numbers(counts.items()) for key, counts in units.items()}


def measure(run: Callable[[], object], repetitions: int) -> list[float]:
    """Return the milliseconds of each repetition, after one that is not counted."""
    times = []
    for repetition in range(repetitions + (repetitions > 1)):
        started = time.perf_counter()
        run()
        if repetition or repetitions == 1:
            times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def run(name: str, engine: Engine, count: int, owed: int) -> None:
    """Fill the database and print the table."""
    db = make_sessions(engine)
    print(f"{name}:")
    fill(engine, db, count, owed)
    with db() as session:
        official = Actor(session.scalar(select(User.id)), "Cán bộ", LEADER.role.OFFICIAL)
        unit_id = session.scalar(select(Unit.id).limit(1))
    print(f"  {'':42} {'median':>8} {'worst':>8}   {'peer':>9}   {'peer/ours':>9}  (ms)")
    for title, period in SPANS.items():
        request = ReportRequest(period)
        of_unit = ReportRequest(period, unit_id=unit_id)
        counted = measure(lambda p=period: loaded_volumes(db, p), 1)
        judged = measure(lambda p=period: loaded_numbers(db, p), 1)
        for what, report, peer in (
                ("volumes", lambda r=request: volumes(db, r, actor=LEADER), counted),
                ("lateness of work", lambda r=request: late_work(db, r, actor=LEADER, now=NOW), judged),
                ("volumes of a unit", lambda r=of_unit: volumes(db, r, actor=LEADER), counted),
                ("documents issued", lambda r=request: issued(db, r, actor=LEADER), counted),
                ("directives", lambda r=request: directives(db, r, actor=LEADER, now=NOW), judged),
                ("directives, as an official", lambda r=request: directives(db, r, actor=official, now=NOW), judged),
                ("tasks of the next period", lambda r=request: tasks(db, r, actor=LEADER, now=NOW), judged)):
            times = measure(report, 5)
            middle = statistics.median(times)
            print(f"  {what + ', ' + title:42} {middle:8.0f} {times[-1]:8.0f}   {peer[0]:9.0f}   "
                  f"{peer[0] / middle:7.0f} x", flush=True)


if __name__ == "__main__":
    databases.main(__doc__, "reports", run, documents=1_000_000, obligations=100_000)
