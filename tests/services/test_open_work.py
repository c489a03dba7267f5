"""A document that is cancelled, a unit that closes: nothing that is still to be done is left behind in silence."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from registry.db import reading
from registry.domain.errors import NotPossible, ReasonNeeded
from registry.domain.roles import Role
from registry.models import Document, Message, Obligation, Occurrence, ProgressNote, Reminder
from registry.services import (
    audit,
    document_life,
    documents,
    obligation_lists,
    obligations,
    occurrences,
    outbox,
    reminder_mails,
    reminders,
    units,
    users,
)
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.obligation_needs import Need
from registry.services.obligations import NewObligation
from registry.services.open_work import OpenWork, count_open, decide
from registry.services.passing_on import Successor
from registry.services.units import UnitData
from registry.services.users import UserData
from tests.conftest import NOON
from tests.factories import CLERK, LEADER, READER
from tests.services.reminding import OFFICE

DUE = date(2021, 6, 30)
THE_DAY_BEFORE = NOON.replace(day=29, hour=8)


class Desk:
    """A unit with a person who has something to do for a directive."""

    def __init__(self, office) -> None:
        self.db = office.db
        self.unit = units.save_unit(self.db, None, UnitData("Phòng Cũ"), actor=CLERK, at=NOON)
        self.lan = users.create_user(self.db, UserData("lan", "Lan", Role.OFFICIAL, self.unit, email="lan@x.vn"),
                                     actor=CLERK, at=NOON)[0]
        self.directive = office.register()

    def owe(self, **changes) -> int:
        return obligations.create(self.db, NewObligation(**{
            "document_id": self.directive, "task": "Gửi báo cáo", "user_id": self.lan, "printed_on": DUE, **changes}),
            actor=CLERK, at=NOON)

    def cancel(self, decided: OpenWork | None = None) -> None:
        document_life.cancel(self.db, self.directive, 1, "ban hành nhầm", open_work=decided, actor=CLERK, at=NOON)

    def states(self) -> list[str]:
        with reading(self.db) as session:
            return list(session.scalars(select(Occurrence.state).order_by(Occurrence.id)))

    def reminders(self) -> list[str]:
        with reading(self.db) as session:
            return list(session.scalars(select(Reminder.state).order_by(Reminder.id)))


@pytest.fixture
def desk(office):
    return Desk(office)


def test_a_document_with_open_work_is_not_cancelled_before_somebody_decides(desk):
    desk.owe()
    with pytest.raises(NotPossible) as refused:
        desk.cancel()
    assert (refused.value.code, refused.value.facts["count"]) == ("open_work", 1)
    assert documents.get_document(desk.db, desk.directive, actor=CLERK).row.status == "active"
    assert desk.states() == ["new"]


def test_work_is_cancelled_together_with_its_document(desk):
    desk.owe()
    yearly = desk.owe(rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")
    reminders.plan(desk.db, THE_DAY_BEFORE)
    assert desk.reminders() == ["planned"]
    desk.cancel(OpenWork.CANCEL)
    assert desk.states() == ["cancelled", "cancelled"]
    assert desk.reminders() == ["cancelled"]
    assert count_open(desk.db, desk.directive) == 0
    assert occurrences.spawn_occurrences(desk.db, NOON.date() + timedelta(days=400)) == 0
    with reading(desk.db) as session:
        assert session.get_one(Obligation, yearly).ended_at == NOON
        assert "ban hành nhầm" in session.scalars(select(ProgressNote.text)).first()
        [told] = [one for one in audit.history_of(session, "document", desk.directive) if one.action == "cancel"]
    assert told.changes["open_obligations"] == [2, 0]


def test_work_that_is_kept_goes_on_and_is_reminded_of(desk):
    desk.owe()
    desk.cancel(OpenWork.KEEP)
    assert desk.states() == ["new"]
    assert reminders.plan(desk.db, THE_DAY_BEFORE) == 1


def undecided(desk) -> list[int]:
    wanted = ObligationFilter(scope=Scope.ALL, need=Need.CANCELLED_DOCUMENT)
    return [row.obligation_id for row in
            obligation_lists.find_obligations(desk.db, wanted, actor=CLERK, now=NOON).rows]


def test_work_of_a_document_cancelled_before_anybody_was_asked_waits_for_a_decision(desk):
    once, monthly = desk.owe(), desk.owe(rrule="FREQ=MONTHLY;BYMONTHDAY=25")
    with desk.db.begin() as session:
        session.get_one(Document, desk.directive).status = "cancelled"
    assert set(undecided(desk)) == {once, monthly}
    with pytest.raises(ReasonNeeded):
        decide(desk.db, once, OpenWork.KEEP, " ", actor=CLERK, at=NOON)
    for _again in range(2):
        decide(desk.db, once, OpenWork.KEEP, "đã có kế hoạch mới", actor=CLERK, at=NOON)
        decide(desk.db, monthly, OpenWork.CANCEL, "thôi báo cáo", actor=CLERK, at=NOON)
    assert undecided(desk) == []
    with reading(desk.db) as session:
        assert session.get_one(Obligation, monthly).ended_at == NOON
        told = session.scalars(select(ProgressNote.text).where(ProgressNote.action == "kept")).all()
    assert told == ["giữ lại dù văn bản giao việc đã hủy: đã có kế hoạch mới"]
    assert desk.states()[0] == "new"
    assert set(desk.states()[1:]) == {"cancelled"}


def test_who_keeps_work_when_cancelling_is_not_asked_again_and_the_mail_says_that_the_document_is_cancelled(desk):
    desk.owe()
    desk.cancel(OpenWork.KEEP)
    assert undecided(desk) == []
    reminders.plan(desk.db, THE_DAY_BEFORE)
    assert reminder_mails.compose(desk.db, OFFICE, THE_DAY_BEFORE) == 1
    with reading(desk.db) as session:
        text, _html, _names = outbox.parts(session.scalars(select(Message.source)).one().encode())
    assert "(văn bản đã hủy)" in text


def test_only_work_of_a_cancelled_document_is_decided_so_and_not_by_everybody(desk):
    once = desk.owe()
    with pytest.raises(NotPossible, match="document_stands"):
        decide(desk.db, once, OpenWork.CANCEL, "thử", actor=CLERK, at=NOON)
    with pytest.raises(NotPossible, match="managers_only"):
        decide(desk.db, once, OpenWork.CANCEL, "thử", actor=READER, at=NOON)


def test_what_is_done_needs_no_decision(desk):
    one = desk.owe()
    with reading(desk.db) as session:
        occurrence = session.scalars(select(Occurrence.id).where(Occurrence.obligation_id == one)).one()
    obligations.complete(desk.db, occurrence, 1, text="xong", actor=LEADER, at=NOON)
    desk.cancel()
    assert desk.states() == ["done"]


def test_a_cancelled_document_takes_no_new_work(desk):
    desk.cancel()
    with pytest.raises(NotPossible, match="document_cancelled"):
        desk.owe()
    document_life.restore(desk.db, desk.directive, 2, "", actor=CLERK, at=NOON)
    desk.owe()


def _meanwhile(db, work):
    """Start ``work`` in a thread when the next transaction is about to commit; return the thread and what it raised."""
    raised = []

    def run():
        try:
            work()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            raised.append(error)

    thread = threading.Thread(target=run)

    def start(_session):
        if threading.current_thread() is not thread and thread.ident is None:
            thread.start()
            thread.join(0.4)  # it waits for the lock; without one it would be through by now

    event.listen(db, "before_commit", start)
    return thread, raised


def test_work_entered_while_its_unit_closes_lands_at_the_heir(desk):
    heir = units.save_unit(desk.db, None, UnitData("Phòng Mới"), actor=CLERK, at=NOON)
    thread, raised = _meanwhile(desk.db, lambda: units.save_unit(
        desk.db, desk.unit, UnitData("Phòng Cũ", closed_on=date(2021, 7, 1)), actor=CLERK, at=NOON,
        successor=Successor(unit_id=heir)))
    desk.owe(user_id=None, unit_id=desk.unit)
    thread.join(60)
    assert raised == []
    with reading(desk.db) as session:
        assert session.scalars(select(Occurrence.unit_id)).all() == [heir]


def test_a_unit_that_has_just_closed_is_given_nothing_more(desk):
    thread, raised = _meanwhile(desk.db, lambda: desk.owe(user_id=None, unit_id=desk.unit))
    units.save_unit(desk.db, desk.unit, UnitData("Phòng Cũ", closed_on=date(2021, 7, 1)), actor=CLERK, at=NOON)
    thread.join(60)
    assert [str(error) for error in raised] == ["closed_unit"]
    assert desk.states() == []


def test_work_entered_while_its_person_leaves_lands_at_the_heir(desk):
    minh = users.create_user(desk.db, UserData("minh", "Minh", Role.OFFICIAL), actor=CLERK, at=NOON)[0]
    thread, raised = _meanwhile(desk.db, lambda: users.set_active(
        desk.db, desk.lan, False, actor=CLERK, at=NOON, successor=Successor(user_id=minh)))
    desk.owe()
    thread.join(60)
    assert raised == []
    with reading(desk.db) as session:
        assert session.scalars(select(Occurrence.user_id)).all() == [minh]


def test_work_entered_while_its_document_is_cancelled_is_asked_about(desk):
    thread, raised = _meanwhile(desk.db, desk.cancel)
    desk.owe()
    thread.join(60)
    assert [str(error) for error in raised] == ["open_work"]
