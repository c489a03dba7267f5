"""What a dissolved unit or a person who leaves still owes is never left behind."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.errors import NotPossible
from registry.domain.roles import Role
from registry.domain.work_programme import PlanPeriod
from registry.models import CaseFile, Obligation, ObligationPartner, Occurrence, PlannedDocument, ProgressNote
from registry.services import (
    case_file_changes,
    obligations,
    occurrences,
    passing_on,
    planned_changes,
    units,
    users,
)
from registry.services.case_file_changes import NewCaseFile
from registry.services.obligations import NewObligation
from registry.services.passing_on import Successor
from registry.services.planned_changes import NewPlanned
from registry.services.units import UnitData
from registry.services.users import UserData
from tests.conftest import NOON
from tests.factories import CLERK


class People:
    """Two units with a person each, and a directive."""

    def __init__(self, office) -> None:
        self.db = office.db
        self.old, self.new = (units.save_unit(self.db, None, UnitData(name), actor=CLERK, at=NOON)
                              for name in ("Phòng Cũ", "Phòng Mới"))
        self.lan, self.minh = (
            users.create_user(self.db, UserData(name, name.title(), Role.OFFICIAL, unit), actor=CLERK, at=NOON)[0]
            for name, unit in (("lan", self.old), ("minh", self.new)))
        self.directive = office.register()

    def owe(self, **whose) -> int:
        """Enter an obligation and return it."""
        return obligations.create(self.db, NewObligation(
            document_id=self.directive, task="Gửi báo cáo", **{"printed_on": date(2021, 6, 30), **whose}),
            actor=CLERK, at=NOON)

    def close(self, successor: Successor = passing_on.NOBODY) -> None:
        units.save_unit(self.db, self.old, UnitData("Phòng Cũ", closed_on=date(2021, 7, 1)), actor=CLERK, at=NOON,
                        successor=successor)

    def owing(self, obligation_id: int) -> list[tuple[int | None, int | None]]:
        """Return unit and person of the obligation and of each of its occurrences."""
        with reading(self.db) as session:
            one = session.get_one(Obligation, obligation_id)
            return [(one.unit_id, one.user_id), *((row.unit_id, row.user_id) for row in session.scalars(
                select(Occurrence).where(Occurrence.obligation_id == obligation_id)))]


@pytest.fixture
def people(office):
    return People(office)


def test_a_unit_that_owes_closes_only_with_an_heir(people):
    by_name, by_unit = people.owe(user_id=people.lan), people.owe(unit_id=people.old)
    with pytest.raises(NotPossible, match="unit_owes") as refused:
        people.close()
    assert refused.value.facts == {"count": 2, "papers": 0}
    assert units.get_unit(people.db, people.old).closed_on is None
    with pytest.raises(NotPossible, match="own_heir"):
        people.close(Successor(unit_id=people.old))
    people.close(Successor(unit_id=people.new))
    assert people.owing(by_unit) == [(people.new, None)] * 2
    # Whose it was by name goes on with it under the new unit.
    assert people.owing(by_name) == [(people.new, people.lan)] * 2
    with reading(people.db) as session:
        notes = session.scalars(select(ProgressNote).where(ProgressNote.action == "transfer")).all()
    assert {(note.before, note.after) for note in notes} == {("Phòng Cũ", "Phòng Mới"), ("Lan, Phòng Cũ", "Lan, Phòng Mới")}


def test_a_unit_that_owes_nothing_just_closes(people):
    people.close()
    assert units.get_unit(people.db, people.old).closed_on == date(2021, 7, 1)


def test_what_is_done_stays_with_the_closed_unit(people):
    one = people.owe(unit_id=people.old)
    with reading(people.db) as session:
        occurrence = session.scalar(select(Occurrence.id))
    obligations.complete(people.db, occurrence, 1, actor=CLERK, at=NOON, text="đã gửi")
    people.close(Successor(unit_id=people.new))
    assert people.owing(one)[1] == (people.old, None)


def test_a_recurrence_of_a_closed_unit_comes_to_its_heir(people):
    one = people.owe(unit_id=people.old, printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=25")
    people.close(Successor(user_id=people.minh))
    occurrences.spawn_occurrences(people.db, date(2021, 9, 1))
    owing = people.owing(one)
    assert len(owing) > 3
    assert set(owing) == {(people.new, people.minh)}


@pytest.mark.parametrize("whose", ["unit", "person"])
def test_a_recurrence_done_ahead_of_time_is_still_owed_and_passed_on(people, whose):
    owner = {"unit_id": people.old} if whose == "unit" else {"user_id": people.lan}
    one = people.owe(**owner, printed_on=None, rrule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30")
    obligations.complete(people.db, 1, 1, actor=CLERK, at=NOON, text="đã gửi sớm")
    owed = passing_on.owed_by(people.db, **owner)
    assert (owed.count, [(row.task, row.recurs) for row in owed.tasks]) == (1, [("Gửi báo cáo", True)])
    heir = Successor(unit_id=people.new, user_id=people.minh)
    if whose == "unit":
        with pytest.raises(NotPossible, match="unit_owes"):
            people.close()
        people.close(heir)
    else:
        with pytest.raises(NotPossible, match="person_owes"):
            users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON)
        users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON, successor=heir)
    occurrences.spawn_occurrences(people.db, date(2022, 1, 1))
    now, done, *later = people.owing(one)
    assert now == (people.new, people.minh)
    assert done[0] == people.old  # what they did stays theirs
    assert later == [(people.new, people.minh)]


def test_a_person_who_owes_is_deactivated_only_with_an_heir(people):
    one = people.owe(user_id=people.lan)
    with pytest.raises(NotPossible, match="person_owes"):
        users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON)
    assert users.get_user(people.db, people.lan).active
    with pytest.raises(NotPossible, match="own_heir"):
        users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON, successor=Successor(user_id=people.lan))
    users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON, successor=Successor(user_id=people.minh))
    assert people.owing(one) == [(people.new, people.minh)] * 2


def test_what_a_person_leaves_to_their_unit_is_nobodys_by_name(people):
    one = people.owe(user_id=people.lan)
    users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON, successor=Successor(unit_id=people.old))
    assert people.owing(one) == [(people.old, None)] * 2


def test_who_takes_part_is_replaced_once(people):
    people.owe(user_id=people.lan, partner_units=(people.old, people.new))
    people.owe(user_id=people.lan, partner_units=(people.old,))
    people.close(Successor(unit_id=people.new))
    with reading(people.db) as session:
        assert session.scalars(select(ObligationPartner.unit_id)).all() == [people.new, people.new]


def test_an_administrator_sees_no_task_of_a_restricted_document(people):
    from registry.models import Document
    people.owe(user_id=people.lan)
    assert [one.task for one in passing_on.owed_by(people.db, user_id=people.lan).tasks] == ["Gửi báo cáo"]
    with people.db.begin() as session:
        session.get_one(Document, people.directive).restricted = True
    owed = passing_on.owed_by(people.db, user_id=people.lan)
    assert (owed.count, owed.tasks[0].task) == (1, "")


@pytest.mark.parametrize("whose", ["unit", "person"])
def test_plans_and_case_files_alone_ask_for_an_heir_as_well(people, whose):
    of = {"unit_id": people.old} if whose == "unit" else {"user_id": people.lan}
    plan = planned_changes.create(people.db, [NewPlanned(
        period=PlanPeriod(2021, "Q3"), subject="tổng kết", **of)], actor=CLERK, at=NOON)[0]
    file = case_file_changes.create(people.db, NewCaseFile(
        year=2021, code="01.KT", title="Kiểm tra", retention_years=10, started_on=date(2021, 1, 4), **of),
        actor=CLERK, at=NOON)
    assert passing_on.owed_by(people.db, **of).papers == 2

    def leave(successor: Successor = passing_on.NOBODY) -> None:
        if whose == "unit":
            people.close(successor)
        else:
            users.set_active(people.db, people.lan, False, actor=CLERK, at=NOON, successor=successor)

    with pytest.raises(NotPossible, match="owes") as refused:
        leave()
    assert refused.value.facts == {"count": 0, "papers": 2}
    leave(Successor(unit_id=people.new))
    with reading(people.db) as session:
        held = [session.get_one(PlannedDocument, plan), session.get_one(CaseFile, file)]
    assert [(one.unit_id, one.user_id) for one in held] == [(people.new, None)] * 2
    assert not passing_on.owed_by(people.db, **of).asks_for_heir
