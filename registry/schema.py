"""The database schema: upgrade it, and say which version it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def alembic_config(connection: Connection | None = None) -> AlembicConfig:
    """Return Alembic's configuration, bound to ``connection`` where one is given."""
    config = AlembicConfig()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to ``revision``, wholly or not at all."""
    with _altering(engine) as connection:
        command.upgrade(alembic_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to ``revision``, wholly or not at all."""
    with _altering(engine) as connection:
        command.downgrade(alembic_config(connection), revision)


@contextmanager
def _altering(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction of a migration.

    SQLite alters a table by copying it, and lets none be dropped that others refer to; so references are checked at
    the end instead, as its manual has it (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        _check_references(connection, "OFF")
        try:
            with connection.begin():
                before = _revision(connection)
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if _revision(connection) != before else None
                if broken is not None:
                    raise RuntimeError(f"the migration left references to nothing: {tuple(broken)}")
        finally:
            _check_references(connection, "ON")


def _check_references(connection: Connection, state: str) -> None:
    """Switch the checking, past SQLAlchemy: within a transaction, which that would begin, SQLite does not switch."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def current(engine: Engine) -> str | None:
    """Return the revision of the database, None for an empty one."""
    with engine.connect() as connection:
        return _revision(connection)


def head() -> str:
    """Return the revision that this code needs."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def knows(revision: str) -> bool:
    """Tell whether this code has the migration ``revision``; a newer program's it has not."""
    return revision in {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
