"""The office's table of laws (luật, bộ luật, pháp lệnh): what a name and a year mean, beyond those shipped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NameTaken, NotFound, NotPossible
from registry.domain.laws import KNOWN_LAWS
from registry.models import KnownLaw
from registry.services import audit
from registry.services.actors import Actor
from search_index.text import fold_line, one_line

# Số/năm/QH + khóa, or UBTVQH + khóa (Luật 80/2015/QH13, Điều 10 khoản 3).
_NUMBER = re.compile(r"0*(\d{1,3}/(?:19|20)\d\d/(?:QH|UBTVQH)\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LawRow:
    """One law; ``id`` is None for a law that is shipped."""

    id: int | None
    name: str
    number: str
    issued_on: date | None


def find(db: Sessions, text: str = "") -> list[LawRow]:
    """Return the laws, the office's own first, narrowed to those whose name or number contains ``text``."""
    wanted = fold_line(text[:200])
    with reading(db) as session:
        rows = [LawRow(row.id, row.name, row.number, row.issued_on)
                for row in session.scalars(select(KnownLaw).order_by(KnownLaw.name, KnownLaw.id))]
    own = {row.number for row in rows}
    rows += [LawRow(None, law.name, law.number, law.issued_on) for law in KNOWN_LAWS.laws if law.number not in own]
    return [row for row in rows if wanted in fold_line(f"{row.name} {row.number}")]


def add(db: Sessions, name: str, number: str, issued_on: date | None, *, actor: Actor, at: datetime) -> None:
    """Add a law; one of a shipped law's number replaces it.

    Raises:
        MissingValue: there is no name.
        NotPossible: it is no number of a law.
        NameTaken: the number is in the table.
    """
    name = one_line(name)[:300]
    if not name:
        raise MissingValue("name")
    found = _NUMBER.fullmatch(one_line(number))
    if found is None:
        raise NotPossible("not_a_law_number", "number")
    number = found[1].upper()
    try:
        with db.begin() as session:
            row = KnownLaw(name=name, number=number, issued_on=issued_on)
            session.add(row)
            session.flush()
            audit.record(session, actor, at, "create", "law", row.id, label=number, changes={
                "name": [None, name], "number": [None, number], "issued_on": [None, issued_on]})
    except IntegrityError as error:
        raise NameTaken(number) from error


def remove(db: Sessions, law_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a law out of the office's table; the audit trail keeps what it was.

    Raises:
        NotFound: there is none.
    """
    with db.begin() as session:
        row = session.get(KnownLaw, law_id)
        if row is None:
            raise NotFound("law", law_id)
        session.delete(row)
        audit.record(session, actor, at, "delete", "law", law_id, label=row.number, changes={
            "name": [row.name, None], "number": [row.number, None], "issued_on": [row.issued_on, None]})
