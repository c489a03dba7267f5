"""The schema is the sum of its migrations, in both directions, on both databases."""

from __future__ import annotations

from datetime import datetime

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from registry import schema
from registry.db import make_sessions
from registry.models import Base
from registry.services import demo
from tests.conftest import HANOI


def test_the_migrations_make_what_the_models_say(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_reports_and_envelopes_can_be_taken_back_from_a_register_in_use(engine):
    db = make_sessions(engine)
    demo.load(db, at=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    before = _rows(engine)
    schema.downgrade(engine, "0008")
    assert _rows(engine) == before
    schema.upgrade(engine)
    assert _rows(engine) == before
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def _rows(engine) -> list[int]:
    with engine.connect() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("documents", "citations", "book_entries", "obligations", "occurrences")]


def test_every_migration_can_be_taken_back(engine):
    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine)
    assert schema.current(engine) == schema.head()
