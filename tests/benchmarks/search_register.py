"""A register that holds the documents of a search benchmark, and what a server over it does with them.

What :func:`serve` measures runs in a process of its own, so that its memory is that of a server.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, func, insert, select, text

from config import Config
from registry import schema
from registry.app import create_app
from registry.db import Sessions, make_engine, make_sessions
from registry.domain.errors import BadDocumentNumber
from registry.domain.issuers import name_key
from registry.domain.numbers import DocumentNumber
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.follower import PAUSE
from registry.models import Document, DocumentText, Field, Kind, NumberSymbol, Organisation
from registry.services import indexing, lookup, reference, users
from registry.services.actors import at_the_machine
from registry.services.document_rows import NewDocument, symbol_key
from registry.services.registration import register_document
from search_index.errors import IndexProblem
from search_index.index import SearchIndex
from search_index.schema import IndexedDocument
from search_index.text import fold_line
from search_index.tidying import Tidier
from tests.benchmarks.search_classes import Questions, timed

_PASSWORD = "một mật khẩu đủ dài để đo"
_BATCH = 5000


def database(folder: Path) -> Engine:
    """Open the register in ``folder``, migrated."""
    engine = make_engine(f"sqlite:///{folder / 'register.db'}")
    schema.upgrade(engine)
    return engine


def fill(engine: Engine, db: Sessions, documents: Iterator[IndexedDocument]) -> int:
    """Enter the documents in bulk unless they are there; return how many there are."""
    reference.load(db)
    with db() as session:
        held = session.scalar(select(func.count()).select_from(Document)) or 0
    if held:
        return held
    known: dict[type[Any], dict[str, int]] = {Kind: {}, Organisation: {}, Field: {}}
    symbols: set[str] = set()
    with engine.begin() as connection:
        for table, ids in known.items():
            ids.update({row.name: row.id for row in connection.execute(select(table.name, table.id))})

        def named(table: type[Any], name: str) -> int | None:
            ids = known[table]
            if name and name not in ids:
                key = name_key(name) or fold_line(name)
                more = {"code": f"bench-{len(ids)}"} if table is Kind else {}
                ids[name] = connection.execute(
                    insert(table).values(name=name, name_key=key, **more)).inserted_primary_key[0]  # type: ignore[index]
            return ids.get(name)

        rows: list[dict[str, Any]] = []
        bodies: list[dict[str, Any]] = []

        def flush() -> None:
            if rows:
                connection.execute(insert(Document), rows)
            if bodies:
                connection.execute(insert(DocumentText), bodies)
            rows.clear()
            bodies.clear()

        for doc in documents:
            row = _row(doc)
            row |= {"kind_id": named(Kind, doc.kind), "issuer_id": named(Organisation, doc.issuer),
                    "field_id": named(Field, doc.field)}
            rows.append(row)
            symbols.add(row["symbol_key"] or "")
            if doc.body:
                bodies.append({"document_id": doc.id, "text": doc.body})
            if len(rows) == _BATCH:
                flush()
        flush()
        connection.execute(insert(NumberSymbol), [{"symbol_key": one} for one in sorted(symbols - {""})])
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return fill(engine, db, iter(()))


def _row(doc: IndexedDocument) -> dict[str, Any]:
    try:
        number = DocumentNumber.parse(doc.number) if doc.number else None
    except BadDocumentNumber:
        number = None
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return {
        "id": doc.id, "direction": "incoming" if doc.direction == "đến" else "outgoing",
        "status": "active" if doc.status == "còn hiệu lực" else "cancelled", "number": doc.number[:100] or None,
        "number_key": number.key if number else None, "ordinal": number.ordinal if number else 0,
        "symbol_key": symbol_key(number) if number else None, "year": doc.issued_on.year if doc.issued_on else None,
        "series": "", "duplicate_rank": doc.id, "duplicate_reason": "", "issued_on": doc.issued_on,
        "listed_on": doc.issued_on or date(2026, 1, 1), "subject": doc.subject or doc.number or "–",
        "subject_key": fold_line(doc.subject), "signer_name": "", "signer_position": "", "urgency": 0, "handed_to": "",
        "recipients": "", "archive_unit": "", "language": "", "notes": "", "restricted": False, "created_at": now,
        "updated_at": now, "version": 1,
    }


def build(db: Sessions, data: Path, engine: str) -> tuple[SearchIndex, float]:
    """Open the index in ``data``, or build it with two processes and return the documents a second too."""
    folder, rate = indexing.index_folder(data), 0.0
    try:
        indexing.open_for(db, folder)
    except IndexProblem:
        begun = time.perf_counter()
        indexing.build(db, folder, engine, processes=2, fresh=True)  # type: ignore[arg-type]
        rate = indexing.open_for(db, folder).count / (time.perf_counter() - begun)
    return indexing.open_for(db, folder), rate


def serve(folder: Path, data: Path, ask: Questions, repeat: int, saves: int) -> dict[str, Any]:
    """Return p50 and p95 of whole pages and of following single documents, and the memory of this process."""
    engine = database(folder)
    db = make_sessions(engine)
    client = _signed_in(db, Config(data=data, secret_key="k" * 40, testing=True,
                                   database_url=engine.url.render_as_string(hide_password=False)))
    gc.freeze()  # as the server does

    def get(query: str, path: str = "/search") -> None:
        answer = client.get(path, query_string={"q": query})
        assert answer.status_code == 200, answer.status

    begun = time.perf_counter()
    get("kế hoạch")
    told: dict[str, Any] = {"first page after the start": ((time.perf_counter() - begun) * 1000,) * 2}
    clerk = at_the_machine(Role.CLERK)
    for title, tasks in {
        "page, HTTP": [lambda q=q: get(q) for q in ask.common + ask.three],
        "page of a number, HTTP": [lambda q=q: get(q) for q in ask.numbers],
        "page while typing, HTTP": [lambda q=q: get(q[:max(3, len(q) - 2)], "/search/typing") for q in ask.phrases],
        "number, from the database": [lambda q=q: lookup.find_by_number(db, q, actor=clerk) for q in ask.numbers],
    }.items():
        timed(tasks[:10], 1)
        told[title] = timed(tasks, repeat)
    told["memory after the pages, MB"] = _memory()
    if saves:
        reader = client.application.extensions["registry.index"].index
        took = sorted(_follow(db, indexing.index_folder(data), reader, saves))
        told[f"{saves} single documents from the follower's turn to found"] = (
            took[len(took) // 2], took[int(len(took) * 0.95)], took[-1])
        told["memory after the saves, MB"] = _memory()
    return told


def _signed_in(db: Sessions, config: Config) -> FlaskClient:
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    if not any(row.username == "bench" for row in users.find_users(db)):
        users.create_user(db, users.UserData(username="bench", full_name="Người đo", role=Role.CLERK),
                          actor=at_the_machine(Role.ADMINISTRATOR), at=datetime.now(UTC), password=_PASSWORD)
    client = app.test_client()
    assert client.post("/sign-in", data={"username": "bench", "password": _PASSWORD}).status_code == 302
    return client


def _follow(db: Sessions, folder: Path, reader: SearchIndex, saves: int) -> Iterator[float]:
    """Register documents one by one; yield the milliseconds from the follower's turn until the pages find each."""
    writer, tidier = indexing.open_for(db, folder), Tidier()
    while indexing.follow(db, writer):
        pass
    with db() as session:
        bodies = list(session.scalars(select(DocumentText.text).limit(saves)))
        serial = session.scalar(select(func.max(Document.id))) or 0
        kind_id = session.scalars(select(Kind.id).limit(1)).one()
    for turn in range(saves):
        mark = f"mốc{serial + turn}"
        made = register_document(db, NewDocument(
            direction=Direction.INCOMING, subject=f"về việc triển khai kế hoạch công tác {mark}", kind_id=kind_id,
            number=f"{serial + turn}/KH-DO", issued_on=date(2026, 1, 1), confirmed=True,
            text=bodies[turn % len(bodies)] if bodies else ""), actor=at_the_machine(Role.CLERK), at=datetime.now(UTC))
        begun = time.perf_counter()
        while not indexing.follow(db, writer):  # what was merged is just being committed: the follower looks again
            time.sleep(PAUSE)
        tidier.look(writer)
        found = reader.search(mark).ids
        took = (time.perf_counter() - begun) * 1000
        assert found == [made.document_id] or made.document_id in found, (mark, found)
        yield took
    tidier.stop()
    writer.release()


def _memory() -> tuple[int, int, int]:
    """Return the resident memory of this process in MB: now, of that files mapped, and the most it ever was."""
    values = {line.split(":")[0]: int(line.split()[1]) // 1024
              for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
              if line.startswith(("VmRSS", "RssFile", "VmHWM"))}
    return values["VmRSS"], values["RssFile"], values["VmHWM"]
