"""Obligations from the first word to the fulfilling document, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from registry.db import reading
from registry.domain.errors import ChangedMeanwhile, MissingValue, NotFound, NotPossible, ReasonNeeded
from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.roles import Role
from registry.models import Document, Occurrence, Unit, User
from registry.services import extensions, obligation_changes, obligation_lists, obligations, passing_on, users
from registry.services.actors import Actor
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.passing_on import Successor
from tests.conftest import HANOI, NOON
from tests.factories import CLERK, LEADER

TODAY = NOON.date()
S, T = ObligationState, Timeliness


def test_before_a_day_is_due_the_day_before_and_shows_the_printed_day(staff):
    row = staff.get(staff.create(before=True)).row
    assert (row.printed_on, row.due_on) == (date(2021, 6, 30), date(2021, 6, 29))
    assert (row.unit, row.user) == ("Phòng Tổng hợp", "Đỗ Thị Lan")


def test_an_obligation_needs_a_task_and_people_who_are_there(staff):
    with pytest.raises(MissingValue):
        staff.create(task="  ")
    with pytest.raises(NotFound):
        staff.create(user_id=99_999)
    users.set_active(staff.db, staff.lan.id, False, actor=CLERK, at=NOON)
    with pytest.raises(NotPossible, match="inactive_person"):
        staff.create()


def test_who_owes_it_reports_and_a_clerk_confirms(staff):
    one = staff.create()
    answer = staff.office.register(number="9/BC-UBND", kind_id=staff.office.kinds["BC"], issued_on=date(2021, 6, 18))
    state = obligations.complete(staff.db, one, staff.version(one), document_id=answer, actor=staff.lan, at=NOON)
    assert state == S.WAITING
    # A week later it still stands as reported in time: who confirms late makes nobody late.
    assert staff.get(one, now=NOON + timedelta(days=20)).row.standing == T.IN_TERM
    with pytest.raises(NotPossible, match="managers_only"):
        obligations.confirm(staff.db, one, staff.version(one), actor=staff.lan, at=NOON)
    obligations.confirm(staff.db, one, staff.version(one), actor=CLERK, at=NOON)
    page = staff.get(one)
    assert (page.row.state, page.row.standing, page.row.done_on) == (S.DONE, T.DONE_IN_TIME, date(2021, 6, 18))
    assert page.fulfilled_by.number == "09/BC-UBND"
    assert [note.after for note in page.notes] == ["done", "waiting"]


def test_completing_without_a_document_asks_why(staff):
    one = staff.create()
    with pytest.raises(ReasonNeeded):
        obligations.complete(staff.db, one, 1, actor=CLERK, at=NOON)
    obligations.complete(staff.db, one, 1, actor=CLERK, at=NOON, text="Đã báo cáo miệng tại giao ban")
    assert staff.get(one).row.state == S.DONE


def test_nobody_works_on_what_is_others(staff):
    one = staff.create()
    with pytest.raises(NotPossible, match="not_yours"):
        obligations.add_note(staff.db, one, 1, "x", actor=staff.minh, at=NOON)
    with pytest.raises(NotFound):
        staff.get(one, staff.minh)
    shared = staff.create(partner_users=(staff.minh.id,))
    obligations.add_note(staff.db, shared, 1, "đã thu thập số liệu", actor=staff.minh, at=NOON)
    assert staff.get(shared, staff.minh).row.state == S.WORKING


def test_two_who_change_at_once_do_not_overwrite_each_other(staff):
    one = staff.create()
    obligations.add_note(staff.db, one, 1, "bắt đầu", actor=staff.lan, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        obligations.add_note(staff.db, one, 1, "cũ", actor=CLERK, at=NOON)


def test_an_extension_is_asked_for_decided_and_keeps_the_old_day(staff):
    one = staff.create()
    asked = extensions.request(staff.db, one, 1, date(2021, 7, 15), "chờ số liệu huyện", actor=staff.lan, at=NOON)
    with pytest.raises(NotPossible, match="extension_waiting"):
        extensions.request(staff.db, one, staff.version(one), date(2021, 7, 20), "thêm", actor=staff.lan, at=NOON)
    with pytest.raises(NotPossible, match="deciders_only"):
        extensions.decide(staff.db, asked, approve=True, text="", actor=staff.lan, at=NOON)
    extensions.decide(staff.db, asked, approve=True, text="theo Công văn 15/UBND-TH", actor=LEADER, at=NOON)
    page = staff.get(one)
    assert page.row.due_on == date(2021, 7, 15)
    assert (page.extensions[0].old_due_on, page.extensions[0].decision) == (date(2021, 6, 30), "approved")
    with pytest.raises(NotPossible, match="already_decided"):
        extensions.decide(staff.db, asked, approve=False, text="không", actor=LEADER, at=NOON)


def test_the_head_of_a_unit_decides_for_others_of_the_unit_but_not_for_themselves(staff):
    head = staff._person("truong", "Trần Thị Trưởng", staff.unit)
    with staff.db.begin() as session:
        session.get_one(User, head.id).heads_unit = True
    hers, own = staff.create(), staff.create(user_id=head.id)
    for occurrence, able in ((hers, True), (own, False)):
        asked = extensions.request(staff.db, occurrence, 1, date(2021, 7, 15), "x", actor=leader_of(staff), at=NOON)
        if able:
            extensions.decide(staff.db, asked, approve=True, text="", actor=head, at=NOON)
        else:
            with pytest.raises(NotPossible, match="deciders_only"):
                extensions.decide(staff.db, asked, approve=True, text="", actor=head, at=NOON)


def leader_of(staff) -> Actor:
    """A leader who is in the database, as one who asks must be."""
    return Actor(staff.lan.id, "Lãnh đạo", Role.LEADER)


def test_a_new_due_date_or_person_cancels_the_reminders_of_the_old(staff):
    one = staff.create()
    staff.remind(one)
    obligation_changes.change_due(staff.db, one, 1, date(2021, 7, 9), reason="họp hoãn", actor=CLERK, at=NOON)
    assert staff.reminders(one) == [(1, "cancelled")]
    staff.remind(one, due_version=2)
    obligation_changes.transfer(staff.db, one, staff.version(one), unit_id=None, user_id=staff.minh.id, actor=CLERK, at=NOON)
    assert staff.reminders(one) == [(1, "cancelled"), (2, "cancelled")]
    assert staff.get(one, staff.minh).row.unit == "Phòng Nội chính"


@pytest.mark.parametrize("state", [S.PAUSED, S.CANCELLED])
def test_what_is_set_aside_is_not_reminded_of_and_taken_up_again_it_is(staff, state):
    one = staff.create()
    staff.remind(one)
    with pytest.raises(ReasonNeeded):
        obligations.set_state(staff.db, one, 1, state, actor=CLERK, at=NOON)
    obligations.set_state(staff.db, one, 1, state, reason="chờ ý kiến", actor=CLERK, at=NOON)
    assert staff.reminders(one) == [(1, "cancelled")]
    obligations.set_state(staff.db, one, staff.version(one), S.NEW, reason="tiếp tục", actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        assert session.get_one(Occurrence, one).due_version == 2


def test_the_task_and_who_takes_part_can_be_changed(staff):
    one = staff.create(partner_units=(staff.other_unit,))
    page = staff.get(one)
    obligation_changes.change(
        staff.db, page.row.obligation_id, page.obligation_version, task="Rà soát thủ tục",
        partner_users=[staff.minh.id], actor=CLERK, at=NOON)
    changed = staff.get(one)
    assert (changed.row.task, [partner.name for partner in changed.partners]) == ("Rà soát thủ tục", ["Lê Văn Minh"])
    found = obligation_lists.find_obligations(
        staff.db, ObligationFilter(scope=Scope.ALL, text="ra soat"), actor=LEADER, now=NOON)
    assert [row.id for row in found.rows] == [one]
    with pytest.raises(ChangedMeanwhile):
        obligation_changes.change(staff.db, page.row.obligation_id, page.obligation_version, task="x", actor=CLERK,
                                  at=NOON)
    with pytest.raises(NotPossible, match="managers_only"):
        obligation_changes.change(staff.db, page.row.obligation_id, changed.obligation_version, task="x",
                                  actor=staff.lan, at=NOON)


def test_nobody_completes_by_a_document_that_they_may_not_see(staff):
    secret = staff.office.register(number="12/BC-UBND", kind_id=staff.office.kinds["BC"], restricted=True)
    with pytest.raises(NotFound):
        obligations.complete(staff.db, staff.create(), 1, document_id=secret, actor=staff.lan, at=NOON)


def test_what_a_dissolved_unit_owes_passes_on_and_what_it_did_stays(staff):
    done, open_ = staff.create(), staff.create(user_id=None, unit_id=staff.unit)
    obligations.complete(staff.db, done, 1, actor=CLERK, at=NOON, text="xong")
    with staff.db.begin() as session:
        assert passing_on.pass_on_unit(session, session.get_one(Unit, staff.unit),
                                       Successor(unit_id=staff.other_unit), actor=CLERK, at=NOON) == 1
    assert staff.get(done).row.unit == "Phòng Tổng hợp"
    page = staff.get(open_)
    assert page.row.unit == "Phòng Nội chính"
    assert (page.notes[0].before, page.notes[0].after) == ("Phòng Tổng hợp", "Phòng Nội chính")


def test_an_obligation_of_a_restricted_document_is_seen_by_who_owes_it_alone(staff):
    with staff.db.begin() as session:
        session.get_one(Document, staff.directive).restricted = True
    one = staff.create()
    page = staff.get(one, staff.lan)
    assert not page.shows_document
    overseer = Actor(staff.minh.id, "x", Role.READER)
    with pytest.raises(NotFound):
        staff.get(one, overseer)


def test_moments_are_days_of_the_office(staff):
    # 23:30 in Ha Noi is still the last day, whatever day it is in UTC.
    one = staff.create(printed_on=TODAY)
    late_evening = datetime(2021, 6, 22, 23, 30, tzinfo=HANOI)
    assert staff.get(one, now=late_evening).row.standing == T.DUE_SOON
    assert staff.get(one, now=late_evening + timedelta(hours=1)).row.standing == T.OVERDUE
