"""Look-up by number and paging through the list, at a million documents, on both databases.

    python -m tests.benchmarks.lookup [--documents 1000000] [--database sqlite|postgres] [--keep FOLDER]

Prints milliseconds per query (median, 95th percentile, worst) beside the peer: what the same
question costs as one LIKE over the printed numbers, or as a page found by OFFSET.
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
from registry.domain.numbers import DocumentNumber
from registry.models import Document, Kind, NumberSymbol, Organisation
from registry.services import lookup, reference
from registry.services.document_lists import DocumentFilter, find_documents
from search_index.text import fold_line
from tests.benchmarks import databases
from tests.factories import CLERK

WORDS = ["triển", "khai", "thực", "hiện", "kế", "hoạch", "ứng", "dụng", "công", "nghệ", "thông", "tin", "cải", "cách", "hành", "chính", "an", "toàn", "giao", "thông", "phòng", "chống", "thiên", "tai", "giáo", "dục", "y", "tế", "đầu", "tư", "công", "ngân", "sách", "nhà", "nước", "quy", "hoạch", "sử", "dụng", "đất"]
ORGANS = ["UBND", "SNV", "STC", "STTTT", "SKHCN", "SYT", "SXD", "TTg", "BTC", "BNV", "HĐND", "VPCP"]
KINDS = ["KH", "QĐ", "BC", "TB", "TTr", "CT", "GM", "HD"]


def rows(count: int, kinds: dict[str, int], bodies: list[int]) -> Iterator[dict[str, Any]]:
    """Yield documents as an office of many years would hold them."""
    chance = random.Random(1)
    counters: dict[tuple[int, str, int], int] = {}
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for position in range(count):
        kind, organ = chance.choice(KINDS), chance.choice(ORGANS)
        body = chance.choice(bodies)
        on = date(2006, 1, 1) + timedelta(days=position * 7300 // count)
        series = (body, kind + organ, on.year)
        counters[series] = counters.get(series, 0) + 1
        number = DocumentNumber(counters[series], f"{kind}-{organ}")
        subject = " ".join(chance.choices(WORDS, k=18))
        yield {
            "direction": chance.choice(["incoming", "incoming", "outgoing"]), "status": "active",
            "kind_id": kinds[kind], "number": str(number), "number_key": number.key, "ordinal": number.ordinal,
            "symbol_key": fold_line(number.symbol_key), "year": on.year, "series": "", "duplicate_rank": 0,
            "duplicate_reason": "", "issued_on": on, "listed_on": on, "issuer_id": body, "subject": subject,
            "subject_key": fold_line(subject), "signer_name": "", "signer_position": "", "urgency": 0,
            "handed_to": "", "recipients": "", "archive_unit": "", "language": "", "notes": "",
            "restricted": False, "created_at": now, "updated_at": now, "version": 1,
        }


def fill(engine: Engine, db: Sessions, count: int) -> None:
    """Generate ``count`` documents unless they are there."""
    schema.upgrade(engine)
    reference.load(db)
    with db() as session:
        if session.scalar(select(func.count()).select_from(Document)) == count:
            return
        kinds = {kind.abbreviation: kind.id for kind in session.scalars(select(Kind))}
        bodies = list(session.scalars(select(Organisation.id).limit(40)))
    started, batch = time.perf_counter(), []
    with engine.begin() as connection:
        for row in rows(count, kinds, bodies):
            batch.append(row)
            if len(batch) == 5000:
                connection.execute(insert(Document), batch)
                batch = []
        if batch:
            connection.execute(insert(Document), batch)
        connection.execute(insert(NumberSymbol), [
            {"symbol_key": fold_line(DocumentNumber(1, f"{kind}-{organ}").symbol_key)}
            for kind in KINDS for organ in ORGANS])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM ANALYZE documents"))
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    print(f"  {count:,} documents made in {time.perf_counter() - started:.0f} s")


def measure(run: Callable[[int], object], repetitions: int) -> list[float]:
    """Return the milliseconds of each repetition, after one that is not counted."""
    run(0)
    times = []
    for repetition in range(repetitions):
        started = time.perf_counter()
        run(repetition)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def line(name: str, ours: list[float], peer: list[float]) -> None:
    """Print one line of the table."""
    p95 = ours[int(len(ours) * 0.95)]
    print(f"  {name:34} {statistics.median(ours):8.2f} {p95:8.2f} {ours[-1]:8.2f}   "
          f"{statistics.median(peer):9.1f}   {statistics.median(peer) / statistics.median(ours):7.0f} x")


def run(name: str, engine: Engine, count: int) -> None:
    """Fill the database and print the table."""
    db = make_sessions(engine)
    print(f"{name}:")
    fill(engine, db, count)
    print(f"  {'':34} {'median':>8} {'p95':>8} {'worst':>8}   {'peer':>9}   {'peer/ours':>8}  (ms)")
    chance = random.Random(2)
    typed = {
        "whole number": lambda: f"{chance.randint(1, 900)}/{chance.choice(KINDS)}-{chance.choice(ORGANS)}",
        "no tone marks": lambda: f"{chance.randint(1, 900)}/qd-{chance.choice(ORGANS).lower()}",
        "numeral": lambda: str(chance.randint(1, 3000)),
        "one digit": lambda: str(chance.randint(1, 9)),
        "symbol and numeral": lambda: f"{chance.choice(KINDS)}-{chance.choice(ORGANS)} {chance.randint(1, 99)}".lower(),
        "loose words": lambda: f"qđ ttg {chance.randint(1, 99)}",
        "symbol alone": lambda: f"{chance.choice(KINDS)}-{chance.choice(ORGANS)}".lower(),
        "not there": lambda: f"{chance.randint(800_000, 900_000)}/KH-UBND",
    }

    def like(query: str) -> object:
        parts = "%".join(query.replace("/", " ").replace("-", " ").upper().split())
        with db() as session:
            return session.execute(text(
                "SELECT id FROM documents WHERE upper(number) LIKE :like ORDER BY listed_on DESC LIMIT 20"),
                {"like": f"%{parts}%"}).all()

    for title, make in typed.items():
        queries = [make() for _ in range(100)]
        line(f"look-up, {title}", measure(lambda i, q=queries: lookup.find_by_number(db, q[i], actor=CLERK), 100),
             measure(lambda i, q=queries: like(q[i]), 3))

    def deep(wanted: DocumentFilter) -> str:
        page = find_documents(db, wanted, actor=CLERK)
        with db() as session:
            row = session.execute(
                select(Document.listed_on, Document.id).where(
                    Document.direction == (wanted.direction or "incoming"))
                .order_by(Document.listed_on).offset(count // 20).limit(1)).one()
        return f"{row.listed_on}_{row.id}" if page.rows else ""

    for title, wanted in {
        "all": DocumentFilter(),
        "incoming of a kind and year": DocumentFilter(direction="incoming", kind_id=1, year=2015),
    }.items():
        after = deep(wanted)

        def offset(_: int, filtered: DocumentFilter = wanted) -> object:
            query = select(Document.id).order_by(Document.listed_on.desc(), Document.id.desc())
            if filtered.year:
                query = query.where(Document.year == filtered.year, Document.direction == filtered.direction,
                                    Document.kind_id == filtered.kind_id).offset(1000)
            else:
                query = query.offset(count * 19 // 20)
            with db() as session:
                return session.scalars(query.limit(20)).all()

        line(f"list, {title}, deep page", measure(
            lambda _, w=wanted, a=after: find_documents(db, w, actor=CLERK, after=a), 20), measure(offset, 3))


if __name__ == "__main__":
    databases.main(__doc__, "lookup", run, documents=1_000_000)
