"""Engine, sessions and the transaction settings that both databases need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker

from registry.models import Base, journal

Sessions: TypeAlias = sessionmaker[Session]


def make_engine(url: str | URL) -> Engine:
    """Return an engine for SQLite (WAL) or PostgreSQL with the settings the register relies on."""
    url = make_url(url)
    if url.get_backend_name() != "sqlite":
        # Several web processes share the server's connections; a dead one is noticed before use.
        return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8)
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _record: Any) -> None:
        # The driver would open and end transactions on its own, so that releasing a
        # savepoint commits and a preview writes. BEGIN is ours, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a registered number survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.execute("PRAGMA cache_size=-32000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        # A deferred transaction that reads and then writes fails at once when another wrote
        # in between; one that means to write takes its place in the queue at the start.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def make_sessions(engine: Engine) -> Sessions:
    """Return the session factory that web, commands and jobs share."""
    sessions = sessionmaker(engine, expire_on_commit=False)
    event.listen(sessions, "before_commit", journal.seal)
    return sessions


@contextmanager
def reading(db: Sessions) -> Iterator[Session]:
    """``with reading(db) as session:`` a read-only transaction that waits for no writer."""
    with db() as session:
        session.connection(execution_options={"reading": True})
        yield session


def insert_missing(session: Session, table: type[Base], **values: object) -> None:
    """Insert one row unless its key is there already; no error, and no other transaction is disturbed."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())
