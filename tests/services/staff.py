"""An office with people who owe work."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import Occurrence, Reminder, Unit
from registry.services import obligation_page, obligations, users
from registry.services.actors import Actor
from registry.services.obligations import NewObligation
from registry.services.users import UserData
from tests.conftest import NOON
from tests.factories import CLERK, LEADER

TODAY = NOON.date()


class Staff:
    """Two units with a person each, and a directive to carry out."""

    def __init__(self, office) -> None:
        self.office, self.db = office, office.db
        with self.db.begin() as session:
            units = [Unit(name=name, name_key=name.casefold()) for name in ("Phòng Tổng hợp", "Phòng Nội chính")]
            session.add_all(units)
            session.flush()
            self.unit, self.other_unit = (unit.id for unit in units)
        self.lan = self._person("lan", "Đỗ Thị Lan", self.unit)
        self.minh = self._person("minh", "Lê Văn Minh", self.other_unit)
        self.directive = office.register(direction=Direction.INCOMING, number="21/QĐ-TTg", received_on=TODAY,
                                         kind_id=office.kinds["QĐ"], issued_on=date(2021, 1, 6), issuer_id=None)

    def _person(self, username: str, name: str, unit_id: int) -> Actor:
        user_id, _password = users.create_user(
            self.db, UserData(username=username, full_name=name, role=Role.OFFICIAL, unit_id=unit_id), actor=CLERK,
            at=NOON)
        return Actor(user_id, name, Role.OFFICIAL)

    def new(self, **changes) -> NewObligation:
        given = {"document_id": self.directive, "task": "Gửi báo cáo kết quả", "user_id": self.lan.id,
                 "printed_on": date(2021, 6, 30)}
        return NewObligation(**{**given, **changes})

    def create(self, **changes) -> int:
        """Enter an obligation and return its first occurrence."""
        obligation_id = obligations.create(self.db, self.new(**changes), actor=CLERK, at=NOON)
        with reading(self.db) as session:
            return session.scalars(select(Occurrence.id).where(
                Occurrence.obligation_id == obligation_id).order_by(Occurrence.id)).first()

    def get(self, occurrence_id: int, actor: Actor = LEADER, now: datetime = NOON):
        return obligation_page.get_obligation(self.db, occurrence_id, actor=actor, now=now)

    def version(self, occurrence_id: int) -> int:
        return self.get(occurrence_id).row.version

    def remind(self, occurrence_id: int, due_version: int = 1) -> None:
        """Plan a reminder of the work."""
        with self.db.begin() as session:
            session.add(Reminder(occurrence_id=occurrence_id, due_version=due_version, rule="before-3",
                                 user_id=self.lan.id, due_on=date(2021, 6, 30), send_at=NOON, created_at=NOON))

    def reminders(self, occurrence_id: int) -> list[tuple[int, str]]:
        """Tell of each reminder of the work the version of the due date, and what became of it."""
        with reading(self.db) as session:
            return [tuple(row) for row in session.execute(
                select(Reminder.due_version, Reminder.state).where(Reminder.occurrence_id == occurrence_id)
                .order_by(Reminder.due_version))]
