"""Run migrations on the connection or the address that the caller put into the configuration."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from registry.db import make_engine
from registry.models import Base
from registry.models.base import UtcDateTime

config = context.config


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write a shared column type as the plain type behind it: migrations import no models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run(connection: Connection) -> None:
    """Migrate over ``connection`` in one transaction; SQLite alters tables by copying them."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True,
                      compare_type=True, compare_server_default=False,
                      render_item=render)
    with context.begin_transaction():
        context.run_migrations()


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(config.get_main_option("sqlalchemy.url") or "").connect() as own:
        run(own)
        own.commit()
