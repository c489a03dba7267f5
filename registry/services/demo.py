"""The demo office: the Department of Information and Communications of Hà Nam, first half of 2021.

Its fifteen documents are those that the department's own six-month report lists; the directives
that they cite become external documents, and what it announces becomes a work programme. People, one
incoming letter, all obligations, the plans of today and the case files are made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.numbers import DocumentNumber
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import BookYear, Document, Field, Kind, Organisation, RegisterBook, Unit
from registry.services import (
    demo_case_files,
    demo_obligations,
    demo_planned,
    passwords,
    reference,
    settings,
    users,
)
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument, Reference
from registry.services.registration import enter
from search_index.text import fold_line

_ACTOR = Actor(id=None, name="dữ liệu mẫu", role=Role.CLERK, address="local")


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One made-up user; the password is known here and nowhere else."""

    username: str
    password: str
    role: Role
    full_name: str


def load(db: Sessions, *, at: datetime) -> list[DemoUser]:
    """Fill an empty register with the demo office and return its users; nothing for one that is in use."""
    reference.load(db)
    if users.any_exists(db):
        return []
    demo = json.loads(files("registry.data").joinpath("demo.json").read_text(encoding="utf-8"))
    with db.begin() as session:
        # A start that was cut off before the users were made finds the documents there.
        if session.scalar(select(Document.id).where(Document.external_id == demo["documents"][0]["id"])) is None:
            _Office(session, demo, at).load()
    with db() as session:
        units = {unit.name: unit.id for unit in session.scalars(select(Unit))}
    names = {unit["code"]: unit["name"] for unit in demo["units"]}
    made = []
    for one in demo["users"]:
        password = passwords.one_time_password()
        users.create_user(db, users.UserData(
            username=one["login"], full_name=one["name"], role=Role(one["role"]), email=one["email"],
            unit_id=units.get(names.get(one["unit"], "")), heads_unit=one.get("heads_unit", False)),
            actor=_ACTOR, at=at, password=password)
        made.append(DemoUser(one["login"], password, Role(one["role"]), one["name"]))
    demo_obligations.load(db, names, at=at)
    demo_planned.load(db, names, at=at)
    demo_case_files.load(db, names, at=at)
    return made


class _Office:
    """Loads units, books and documents in one transaction."""

    def __init__(self, session: Session, demo: Mapping[str, Any], at: datetime) -> None:
        self.session = session
        self.demo = demo
        self.at = at
        self.bodies = {row.code: row.id for row in session.scalars(select(Organisation)) if row.code}
        self.kinds = {row.code: row for row in session.scalars(select(Kind))}
        fields = {row.name_key: row.id for row in session.scalars(select(Field))}
        self.fields = {row["code"]: fields[fold_line(row["name"])] for row in reference.rows("fields.csv")}
        self.books: dict[str, RegisterBook] = {}
        self.units = {unit["code"]: unit["name"] for unit in demo["units"]}

    def load(self) -> None:
        office = self.demo["office"]
        settings.change_in(
            self.session, actor=_ACTOR, at=self.at, office_name=office["name"],
            parent_name=office["registers_for_name"], place=office["place"],
            organisation_id=self.bodies[office["code"]], default_issuer_id=self.bodies[office["registers_for"]])
        self.session.add_all([Unit(name=unit["name"], name_key=fold_line(unit["name"])) for unit in self.demo["units"]])
        for book in self.demo["books"]:
            self._add_book(book)
        for document in self.demo["documents"]:
            enter(self.session, self._new(document), actor=_ACTOR, at=self._entered_at())

    def _entered_at(self) -> datetime:
        """Return when the office entered its documents: on the last day of its period, which two without date need."""
        last = date.fromisoformat(self.demo["office"]["period"]["to"])
        return min(self.at, datetime.combine(last, self.at.timetz()))

    def _add_book(self, book: Mapping[str, Any]) -> None:
        row = RegisterBook(
            name=book["name"], direction=book["direction"], with_year=book["normative"],
            issuer_id=self.bodies[book["issuer"]] if book["issuer"] else None,
            kinds=[self.kinds[code] for code in book["kind_codes"]])
        self.session.add(row)
        self.session.flush()
        self.books[book["code"]] = row
        # The office kept its books on paper before: each goes on behind its last number here.
        numbers = [DocumentNumber.parse(one["number"]).ordinal for one in self.demo["documents"]
                   if one["book"] == book["code"]]
        if numbers:
            self.session.add(BookYear(book_id=row.id, year=book["year"], last_ordinal=max(numbers)))

    def _new(self, one: Mapping[str, Any]) -> NewDocument:
        return NewDocument(
            direction=Direction(one["direction"]), kind_id=self.kinds[one["kind_code"]].id,
            number=one["number"] or "", issued_on=_day(one["issued_on"]), issuer_id=self.bodies[one["issuer"]],
            book_id=self.books[one["book"]].id if one["book"] else None, subject=one["subject"],
            field_id=self.fields.get(one["field"]), archive_unit=self.units[one["unit"]], external_id=one["id"], confirmed=True,
            references=tuple(self._reference(cited) for cited in one["references"]))

    def _reference(self, cited: Mapping[str, Any]) -> Reference:
        return Reference(
            number=cited["number"], kind_id=self.kinds[cited["kind_code"]].id, issued_on=_day(cited["issued_on"]),
            issuer_id=self.bodies[cited["issuer"]], subject=cited["subject"], relation=cited["relation"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
