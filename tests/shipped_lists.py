"""The shipped lists as rows: loaded once as an installation loads them, then laid into each test's register."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, Table, func, insert, select

from registry.db import Sessions, make_sessions
from registry.models import Base
from registry.services import reference

Rows = list[tuple[Table, list[dict[str, Any]]]]


def read_rows(engine: Engine) -> Rows:
    """Load the lists into the empty register and return what they became, in the order of insertion."""
    reference.load(make_sessions(engine))
    with engine.connect() as connection:
        found = [(table, [dict(row) for row in connection.execute(select(table)).mappings()])
                 for table in Base.metadata.sorted_tables if table.name != "journal_head"]
    return [(table, rows) for table, rows in found if rows]


def lay(db: Sessions, lists: Rows) -> None:
    """Put the rows into an empty register, numbering going on behind them."""
    with db.begin() as session:
        for table, rows in lists:
            session.execute(insert(table), rows)
            if session.get_bind().dialect.name == "postgresql":
                sequence = func.pg_get_serial_sequence(table.name, "id")
                session.execute(select(func.setval(sequence, max(row["id"] for row in rows))))
