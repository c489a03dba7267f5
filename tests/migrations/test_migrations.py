"""The schema is the sum of its migrations, in both directions, on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from registry import schema
from registry.db import make_sessions
from registry.models import Base, DocumentText, StoredFile
from registry.services import demo
from tests.conftest import HANOI


def test_the_migrations_make_what_the_models_say(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_all_but_the_beginnings_can_be_taken_back_from_a_register_in_use(engine):
    db = make_sessions(engine)
    demo.load(db, at=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    with db.begin() as session:
        session.add(StoredFile(id=1, sha256="a" * 64, size=1, kind="pdf", stored_at=datetime(2026, 3, 2, tzinfo=HANOI)))
        session.flush()
        session.scalars(select(DocumentText)).first().file_id = 1
    before = _rows(engine)
    schema.downgrade(engine, "0004")
    assert _rows(engine) == before
    schema.upgrade(engine)
    assert _rows(engine) == before
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_references_are_checked_again_after_a_migration(engine):
    schema.upgrade(engine)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("INSERT INTO document_texts (document_id, text) VALUES (99, 'x')"))


def _rows(engine) -> list[int]:
    with engine.connect() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("documents", "citations", "book_entries", "obligations", "occurrences")]


def test_every_migration_can_be_taken_back(engine):
    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine)
    assert schema.current(engine) == schema.head()
