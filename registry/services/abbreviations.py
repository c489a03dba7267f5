"""The office's table of abbreviations (chữ viết tắt), by which search finds CNTT and công nghệ thông tin alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NameTaken, NotFound
from registry.models import Abbreviation
from registry.services import audit
from registry.services.actors import Actor
from search_index.text import fold_line, one_line, sort_key


@dataclass(frozen=True, slots=True)
class AbbreviationRow:
    """One short form and what it stands for."""

    id: int
    short: str
    long: str


def find(db: Sessions, text: str = "") -> list[AbbreviationRow]:
    """Return the table in the order of the short forms, narrowed to rows that contain ``text``."""
    wanted = fold_line(text[:200])
    with reading(db) as session:
        rows = [AbbreviationRow(row.id, row.short, row.long) for row in session.scalars(select(Abbreviation))]
    return sorted((row for row in rows if wanted in fold_line(f"{row.short} {row.long}")),
                  key=lambda row: (sort_key(row.short), row.id))


def add(db: Sessions, short: str, long: str, *, actor: Actor, at: datetime) -> None:
    """Add a pair; one short form may stand for several things.

    Raises:
        MissingValue: one side is empty.
        NameTaken: the pair is there.
    """
    short, long = one_line(short)[:30], one_line(long)[:200]
    for name, value in (("short", short), ("long", long)):
        if not value:
            raise MissingValue(name)
    try:
        with db.begin() as session:
            row = Abbreviation(short=short, long=long)
            session.add(row)
            session.flush()
            audit.record(session, actor, at, "create", "abbreviation", row.id, label=short,
                         changes={"short": [None, short], "long": [None, long]})
    except IntegrityError as error:
        raise NameTaken(short) from error


def remove(db: Sessions, abbreviation_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a pair out of the table; the audit trail keeps what it was.

    Raises:
        NotFound: there is none.
    """
    with db.begin() as session:
        row = session.get(Abbreviation, abbreviation_id)
        if row is None:
            raise NotFound("abbreviation", abbreviation_id)
        session.delete(row)
        audit.record(session, actor, at, "delete", "abbreviation", abbreviation_id, label=row.short,
                     changes={"short": [row.short, None], "long": [row.long, None]})


def version(db: Sessions) -> tuple[int, int]:
    """Return what changes whenever the table does, so that a process notices what another one changed."""
    with reading(db) as session:
        count, last = session.execute(select(func.count(), func.max(Abbreviation.id))).one()
        return count, last or 0
