"""The first pages at a million documents and a hundred thousand obligations, on both databases.

    python -m tests.benchmarks.dashboards [--documents 1000000] [--obligations 100000]
        [--database sqlite|postgres] [--keep FOLDER]

Prints milliseconds per page (median and worst of five: all that the page asks the database for, lists included)
beside the peer: some of its figures, counted to their end by plain SQL over the tables, without bounds and without
the indexes that hold only the few.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, insert, select, text

from registry import schema
from registry.db import Sessions, make_sessions
from registry.domain.roles import Role
from registry.domain.work_programme import PlanPeriod
from registry.models import (
    BookEntry,
    CaseFile,
    CaseFileDocument,
    Citation,
    Document,
    Kind,
    Obligation,
    Occurrence,
    Organisation,
    PlannedDocument,
    RegisterBook,
    Unit,
    User,
)
from registry.services import dashboards, document_lists, obligation_lists, obligation_numbers, reference
from registry.services.actors import Actor
from registry.services.document_lists import DocumentFilter
from registry.services.obligation_lists import ObligationFilter
from tests.benchmarks import databases, lookup
from tests.conftest import HANOI

NOW = datetime(2025, 12, 20, 9, 0, tzinfo=HANOI)
TODAY = NOW.date()
UNITS, PEOPLE = 12, 120
PLANS, FILES, DOCUMENTS_A_FILE = 20_000, 20_000, 5
_BATCH = 5000


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _documents(count: int, kinds: dict[str, int], bodies: list[int]) -> Iterator[dict[str, Any]]:
    chance = random.Random(5)
    for row in lookup.rows(count, kinds, bodies):
        handed = "Phòng Tổng hợp" if chance.random() < 0.98 else ""
        incoming = row["direction"] == "incoming"
        yield row | {"received_on": row["issued_on"] if incoming else None, "handed_to": handed if incoming else "",
                     "handed_on": row["issued_on"] if incoming and handed else None,
                     "duplicate_rank": int(chance.random() < 0.0005), "restricted": chance.random() < 0.01}


def _citations(count: int) -> Iterator[dict[str, Any]]:
    """Nearly every document of the last years is carried out by the one behind it."""
    chance = random.Random(6)
    for key in range(count - count // 4, count):
        if chance.random() < 0.97:
            yield {"citing_id": key + 1, "cited_id": key, "relation": "implements", "position": 0, "origin": "read",
                   "doubtful": False, "quote": "", "locator": "", "relation_read": "implements"}


def _occurrences(count: int, total: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    chance = random.Random(7)
    for key in range(1, count + 1):
        document_id = max(key * total // count, 1)
        due = date(2006, 1, 1) + timedelta(days=document_id * 7300 // total + chance.randint(5, 90))
        late = chance.random() < 0.12
        done = due + timedelta(days=chance.randint(1, 20) if late else -chance.randint(0, 4))
        closed = done < TODAY and chance.random() < 0.98
        unit, user = chance.randint(1, UNITS), chance.randint(1, PEOPLE)
        yield ({"id": key, "document_id": document_id, "task": f"Nhiệm vụ {key}", "task_key": "", "origin": "person",
                "words": "", "unit_id": unit, "user_id": user, "named": "", "rrule": "", "cycle": "",
                "created_at": NOW.astimezone(UTC), "version": 1},
               {"obligation_id": key, "planned_on": due, "due_on": due, "due_version": 1, "unit_id": unit, "user_id": user,
                "state": "done" if closed else "working", "done_on": done if closed else None, "version": 1})


def _plans() -> Iterator[dict[str, Any]]:
    chance = random.Random(8)
    for key in range(PLANS):
        period = PlanPeriod(2006 + key * 20 // PLANS, f"Q{key % 4 + 1}")
        yield {"period": period.code, "period_start": period.start, "period_end": period.end, "subject": f"văn bản {key}",
               "subject_key": f"van ban {key}", "unit_id": chance.randint(1, UNITS), "user_id": chance.randint(1, PEOPLE),
               "due_on": period.end, "note": "", "state": "planned" if chance.random() < 0.03 else "issued", "reason": "",
               "created_at": NOW.astimezone(UTC), "updated_at": NOW.astimezone(UTC), "version": 1}


def _files() -> Iterator[dict[str, Any]]:
    chance = random.Random(9)
    for key in range(FILES):
        year = 2006 + key * 20 // FILES
        closed = chance.random() < 0.9
        yield {"year": year, "code": f"{key}.TH", "code_key": f"{key}.th", "heading": "", "title": f"Hồ sơ {key}",
               "title_key": f"ho so {key}", "retention_years": 20, "construction": False, "restricted": False,
               "language": "", "started_on": date(year, 1, 4), "ended_on": date(year, 12, 20) if closed else None,
               "unit_id": chance.randint(1, UNITS), "user_id": chance.randint(1, PEOPLE), "description": "",
               "state": ("handed_over" if chance.random() < 0.97 else "closed") if closed else "open",
               "hand_over_on": date(year + 1, 12, 20) if closed else None, "kept_back_reason": "", "handed_over_note": "",
               "created_at": NOW.astimezone(UTC), "updated_at": NOW.astimezone(UTC), "version": 1}


def fill(engine: Engine, db: Sessions, count: int, obligations: int) -> None:
    """Generate the office unless it is there."""
    schema.upgrade(engine)
    reference.load(db)
    with db() as session:
        if session.scalar(select(func.count()).select_from(Document)) == count:
            return
        kinds = {kind.abbreviation: kind.id for kind in session.scalars(select(Kind))}
        bodies = list(session.scalars(select(Organisation.id).limit(40)))
    started = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(insert(Unit), [{"name": f"Phòng {n}", "name_key": f"phong {n}", "symbol": ""}
                                          for n in range(UNITS)])
        connection.execute(insert(User), [{
            "username": f"u{n}", "full_name": f"Người {n}", "email": "", "phone": "", "role": "official",
            "unit_id": n % UNITS + 1, "heads_unit": False, "password_hash": "", "must_change_password": False,
            "session_epoch": 0, "active": True, "language": "vi", "created_at": NOW.astimezone(UTC)} for n in range(PEOPLE)])
        connection.execute(insert(RegisterBook), [{"name": "Sổ", "direction": "outgoing", "series": "", "with_year": False,
                                                   "active": True}])
        for batch in _batches(_documents(count, kinds, bodies)):
            connection.execute(insert(Document), batch)
        for batch in _batches(_citations(count)):
            connection.execute(insert(Citation), batch)
        pairs = list(_occurrences(obligations, count))
        for start in range(0, len(pairs), _BATCH):
            connection.execute(insert(Obligation), [one for one, _two in pairs[start:start + _BATCH]])
            connection.execute(insert(Occurrence), [two for _one, two in pairs[start:start + _BATCH]])
        for table, rows in ((PlannedDocument, _plans()), (CaseFile, _files())):
            for batch in _batches(rows):
                connection.execute(insert(table), batch)
        for batch in _batches({"case_file_id": key // DOCUMENTS_A_FILE + 1, "document_id": key + 1, "position": key,
                               "note": "", "added_at": NOW.astimezone(UTC)}
                              for key in range(min(FILES * DOCUMENTS_A_FILE, count))):
            connection.execute(insert(CaseFileDocument), batch)
        for batch in _batches({"book_id": 1, "year": 2006 + key % 20, "ordinal": key, "suffix": "",
                               "state": "reserved" if key % 2000 == 0 else "used",
                               "document_id": None if key % 2000 == 0 else key + 1, "reason": "",
                               "taken_at": NOW.astimezone(UTC)} for key in range(count)):
            connection.execute(insert(BookEntry), batch)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))
    print(f"  {count:,} documents, {obligations:,} obligations made in {time.perf_counter() - started:.0f} s")


def _office(db: Sessions, actor: Actor) -> None:
    """What the page asks for whatever the role."""
    obligation_numbers.due_work(db, actor=actor, now=NOW)
    obligation_numbers.waiting_for(db, actor=actor, now=NOW)
    obligation_lists.find_obligations(db, ObligationFilter(due_by=TODAY + timedelta(days=1)), actor=actor, now=NOW, limit=20)
    document_lists.find_documents(db, DocumentFilter(), actor=actor, sort="registered", limit=8)
    dashboards.official(db, actor=actor, today=TODAY)


def pages(db: Sessions) -> dict[str, Callable[[], None]]:
    """Return what the first page of each role runs."""
    clerk, official = Actor(1, "", Role.CLERK), Actor(2, "", Role.OFFICIAL)
    leader = Actor(3, "", Role.LEADER)

    def for_clerk() -> None:
        _office(db, clerk)
        dashboards.clerk(db, actor=clerk, today=TODAY)

    def for_leader() -> None:
        _office(db, leader)
        dashboards.leader(db, actor=leader, now=NOW)
        dashboards.trend(db, now=NOW)

    def for_administrator() -> None:
        dashboards.administrator(db, now=NOW)

    return {"clerk": for_clerk, "official": lambda: _office(db, official), "leader": for_leader,
            "administrator": for_administrator}


PEERS = {
    "clerk": ["SELECT count(*) FROM documents WHERE direction = 'incoming' AND handed_on IS NULL AND handed_to = ''",
              "SELECT count(*) FROM documents WHERE duplicate_rank + 0 > 0",
              "SELECT year, count(*) FROM book_entries WHERE state || '' = 'reserved' GROUP BY year",
              "SELECT count(*) FROM documents"],
    "official": ["SELECT count(*) FROM occurrences o JOIN obligations b ON b.id = o.obligation_id WHERE b.user_id + 0 = 2",
                 "SELECT count(*) FROM documents"],
    "leader": ["SELECT count(*) FROM documents d WHERE direction = 'incoming' AND NOT EXISTS (SELECT 1 FROM citations c "
               "WHERE c.cited_id = d.id AND c.relation = 'implements')",
               "SELECT unit_id, state, count(*) FROM occurrences GROUP BY unit_id, state",
               "SELECT count(*) FROM documents"],
    "administrator": ["SELECT count(*) FROM messages", "SELECT count(*) FROM documents"],
}


def measure(run: Callable[[], object], repetitions: int) -> list[float]:
    """Return the milliseconds of each repetition, after one that is not counted."""
    run()
    times = []
    for _repetition in range(repetitions):
        started = time.perf_counter()
        run()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def run(name: str, engine: Engine, count: int, obligations: int) -> None:
    """Fill the database and print the table."""
    db = make_sessions(engine)
    print(f"{name}:")
    fill(engine, db, count, obligations)
    print(f"  {'':16} {'median':>8} {'worst':>8}   {'peer':>9}   {'peer/ours':>9}  (ms)")
    for title, page in pages(db).items():
        def peer(statements: list[str] = PEERS[title]) -> None:
            with db() as session:
                for statement in statements:
                    session.execute(text(statement)).all()

        ours, theirs = measure(page, 5), measure(peer, 3)
        print(f"  {title:16} {statistics.median(ours):8.1f} {ours[-1]:8.1f}   {statistics.median(theirs):9.1f}   "
              f"{statistics.median(theirs) / statistics.median(ours):8.1f} x")


if __name__ == "__main__":
    databases.main(__doc__, "dashboards", run, documents=1_000_000, obligations=100_000)
