"""The database schema: upgrade it, and say which version it has."""

from __future__ import annotations

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
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to ``revision``."""
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), revision)


def current(engine: Engine) -> str | None:
    """Return the revision of the database, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Return the revision that this code needs."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def knows(revision: str) -> bool:
    """Tell whether this code has the migration ``revision``; a newer program's it has not."""
    return revision in {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
