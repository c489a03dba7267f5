"""The demo's obligations: made up, in every state, with due days counted from the day of the demo."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.domain.dates import print_short_date
from registry.domain.obligations import ObligationState
from registry.domain.reports_period import ReportCycle
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.domain.workdays import SATURDAY
from registry.models import Document, Kind, Occurrence, Organisation, RegisterBook, Unit, User
from registry.services import extensions, obligations
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument
from registry.services.obligations import NewObligation
from registry.services.registration import register_document

_OFFSET = re.compile(r"\{([+-]\d+)\}")
_ENTERED_BEFORE = timedelta(days=1)
"""What was entered today is reminded of tomorrow: so that the demo shows its mails at once, it was entered before."""
_CLERK, _OFFICIAL = "vanthu", "chuyenvien"


def load(db: Sessions, units: Mapping[str, str], *, at: datetime) -> None:
    """Enter the obligations and a letter whose deadlines wait to be confirmed; ``units`` are names by code."""
    demo = json.loads(files("registry.data").joinpath("demo_obligations.json").read_text(encoding="utf-8"))
    work = _Work(db, units, at)
    work.register(demo["letter"])
    for one in demo["obligations"]:
        work.enter(one)


class _Work:
    """Enters obligations and does to them what people would."""

    def __init__(self, db: Sessions, units: Mapping[str, str], at: datetime) -> None:
        self.db, self.at = db, at
        with reading(db) as session:
            ids = {unit.name: unit.id for unit in session.scalars(select(Unit))}
            self.units = {code: ids[name] for code, name in units.items()}
            self.people = {user.username: Actor(user.id, user.full_name, Role(user.role), "local")
                           for user in session.scalars(select(User))}
            self.documents = {row.number: row.id for row in session.scalars(select(Document))}
            self.kinds = {row.code: row.id for row in session.scalars(select(Kind))}
            self.bodies = {row.code: row.id for row in session.scalars(select(Organisation))}
            self.incoming = session.scalar(select(RegisterBook.id).where(RegisterBook.direction == Direction.INCOMING))
        self.clerk, self.official = self.people[_CLERK], self.people[_OFFICIAL]

    def register(self, letter: Mapping[str, Any]) -> None:
        register_document(self.db, NewDocument(
            direction=Direction.INCOMING, subject=letter["subject"], kind_id=self.kinds[letter["kind_code"]],
            number=letter["number"], issued_on=self._day(letter["issued"]), received_on=self._day(letter["received"]),
            issuer_id=self.bodies[letter["issuer"]], book_id=self.incoming, text=self._words(letter["text"]),
            confirmed=True), actor=self.clerk, at=self.at)

    def enter(self, one: Mapping[str, Any]) -> None:
        due = one["due"]
        cycle = one.get("cycle")
        obligation_id = obligations.create(self.db, NewObligation(
            document_id=self.documents[one["document"]], task=one["task"], unit_id=self.units[one["unit"]],
            user_id=self.people[one["user"]].id if "user" in one else None,
            partner_units=tuple(self.units[code] for code in one.get("partners", ())),
            printed_on=date.fromisoformat(due) if isinstance(due, str) else self._day(due) if due is not None else None,
            before=one.get("before", False), words=self._words(one.get("words", "")), rrule=one.get("rrule", ""),
            cycle=ReportCycle(cycle) if cycle else None, days_after_cut_off=one.get("days_after_cut_off")),
            actor=self.clerk, at=self.at - _ENTERED_BEFORE)
        self._go_on(obligation_id, one)

    def _go_on(self, obligation_id: int, one: Mapping[str, Any]) -> None:
        """Do what the demo says was done since: a note, a report, a request for more time, a decision."""
        state = one.get("state")
        if "note" in one:
            obligations.add_note(self.db, *self._now(obligation_id), one["note"], actor=self.official, at=self.at)
        elif state:
            obligations.set_state(self.db, *self._now(obligation_id), ObligationState(state), actor=self.clerk,
                                  at=self.at, reason=one["reason"])
        for key, person in (("fulfilled_by", self.clerk), ("reported_by", self.official)):
            if key in one:
                obligations.complete(self.db, *self._now(obligation_id), document_id=self.documents[one[key]],
                                     actor=person, at=self.at)
        if "extension" in one:
            extensions.request(self.db, *self._now(obligation_id), self._day(one["extension"]["due"]),
                               one["extension"]["reason"], actor=self.official, at=self.at)

    def _now(self, obligation_id: int) -> tuple[int, int]:
        """Return the first occurrence of an obligation and its version."""
        with reading(self.db) as session:
            row = session.execute(select(Occurrence.id, Occurrence.version).where(
                Occurrence.obligation_id == obligation_id).order_by(Occurrence.id).limit(1)).one()
            return row.id, row.version

    def _day(self, offset: int) -> date:
        """Return a day counted from the day of the demo, never a Saturday or Sunday."""
        day = self.at.date() + timedelta(days=offset)
        return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY and offset > 0 else day

    def _words(self, text: str) -> str:
        return _OFFSET.sub(lambda found: print_short_date(self._day(int(found[1]))), text)
