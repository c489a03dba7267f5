"""The shipped lists: kinds, fields, organisations and their successions; loaded once, then the office's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.issuers import name_key
from registry.domain.kinds import DOCUMENT_KINDS
from registry.models import Abbreviation, Field, Kind, Organisation, Succession, Unit
from registry.services.organisations import names_for
from search_index.abbreviations import seed_rows
from search_index.text import fold_line


def load(db: Sessions) -> bool:
    """Fill an empty database with the shipped lists; return whether there was anything to do."""
    with db.begin() as session:
        if session.scalar(select(func.count()).select_from(Kind)):
            return False
        session.add_all([
            Kind(code=kind.code, abbreviation=kind.abbreviation, name=kind.name, name_key=fold_line(kind.name),
                 name_en=kind.name_en, group=kind.klass, position=position)
            for position, kind in enumerate(DOCUMENT_KINDS, 1)])
        session.add_all([Field(name=row["name"], name_key=fold_line(row["name"])) for row in rows("fields.csv")])
        session.add_all([Abbreviation(short=short, long=long) for short, long in seed_rows()])
        _load_organisations(session)
    return True


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped table."""
    with files("registry.data").joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _load_organisations(session: Session) -> None:
    by_code: dict[str, Organisation] = {}
    parents: dict[str, str] = {}
    for row in rows("organisations.csv"):
        by_code[row["code"]] = Organisation(
            code=row["code"], name=row["name"], name_key=name_key(row["name"]), short_name=row["short_name"],
            aliases=row["aliases"], symbol=row["symbol"], level=row["level"], place=row["place"],
            valid_from=_date(row["valid_from"]), valid_to=_date(row["valid_to"]), basis=row["basis"])
        parents[row["code"]] = row["parent"]
    session.add_all(by_code.values())
    session.flush()
    for code, parent in parents.items():
        by_code[code].parent_id = by_code[parent].id if parent else None
    # Of new bodies nothing is known yet; asking for the names of each takes longer than all the rest.
    session.add_all([name for organisation in by_code.values() for name in names_for(organisation)])
    session.add_all([
        Succession(predecessor_id=by_code[row["predecessor"]].id, successor_id=by_code[row["successor"]].id,
                   on=_date(row["on"]), manner=row["kind"])
        for row in rows("successions.csv")])


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A document type as forms offer it."""

    id: int
    code: str
    name: str
    name_en: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a simple list."""

    id: int
    name: str


def kinds(db: Sessions) -> list[KindChoice]:
    """Return the document types in use, in the order of the lists."""
    with reading(db) as session:
        return [KindChoice(row.id, row.code, row.name, row.name_en, row.abbreviation)
                for row in session.scalars(select(Kind).where(Kind.active).order_by(Kind.position, Kind.id))]


def fields(db: Sessions) -> list[Choice]:
    """Return the fields of work (lĩnh vực) in use."""
    with reading(db) as session:
        return [Choice(row.id, row.name)
                for row in session.scalars(select(Field).where(Field.active).order_by(Field.id))]


def units(db: Sessions) -> list[Choice]:
    """Return the units that are not closed."""
    with reading(db) as session:
        return [Choice(row.id, row.name)
                for row in session.scalars(select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.id))]
