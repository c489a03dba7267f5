"""Obligations from the first word to the fulfilling document, on both databases."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.errors import (
    ChangedMeanwhile,
    MissingValue,
    NotFound,
    NotPossible,
    ReasonNeeded,
)
from registry.domain.obligations import ObligationState, Timeliness, timeliness
from registry.domain.reports_period import ReportCycle
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import Occurrence, Reminder, Unit, User
from registry.services import (
    extensions,
    fulfilment,
    obligation_changes,
    obligation_lists,
    obligation_numbers,
    obligation_page,
    obligation_proposals,
    obligations,
    occurrences,
    passing_on,
    users,
    work_calendar,
)
from registry.services.actors import Actor
from registry.services.document_rows import Reference
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.obligation_numbers import DueWork, Waiting
from registry.services.obligations import NewObligation
from registry.services.passing_on import Successor
from registry.services.users import UserData
from tests.conftest import HANOI, NOON
from tests.factories import CLERK, LEADER

TODAY = NOON.date()
S, T = ObligationState, Timeliness
JUNE = (date(2021, 6, 1), date(2021, 6, 30))


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


@pytest.fixture
def staff(office):
    return Staff(office)


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
    _remind(staff, one)
    obligation_changes.change_due(staff.db, one, 1, date(2021, 7, 9), reason="họp hoãn", actor=CLERK, at=NOON)
    assert _reminders(staff, one) == [(1, "cancelled")]
    _remind(staff, one, due_version=2)
    obligation_changes.transfer(staff.db, one, staff.version(one), unit_id=None, user_id=staff.minh.id, actor=CLERK, at=NOON)
    assert _reminders(staff, one) == [(1, "cancelled"), (2, "cancelled")]
    assert staff.get(one, staff.minh).row.unit == "Phòng Nội chính"


@pytest.mark.parametrize("state", [S.PAUSED, S.CANCELLED])
def test_what_is_set_aside_is_not_reminded_of_and_taken_up_again_it_is(staff, state):
    one = staff.create()
    _remind(staff, one)
    with pytest.raises(ReasonNeeded):
        obligations.set_state(staff.db, one, 1, state, actor=CLERK, at=NOON)
    obligations.set_state(staff.db, one, 1, state, reason="chờ ý kiến", actor=CLERK, at=NOON)
    assert _reminders(staff, one) == [(1, "cancelled")]
    obligations.set_state(staff.db, one, staff.version(one), S.NEW, reason="tiếp tục", actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        assert session.get_one(Occurrence, one).due_version == 2


def _remind(staff, occurrence_id, due_version=1):
    with staff.db.begin() as session:
        session.add(Reminder(occurrence_id=occurrence_id, due_version=due_version, rule="before-3",
                             user_id=staff.lan.id, due_on=date(2021, 6, 30), send_at=NOON, created_at=NOON))


def _reminders(staff, occurrence_id):
    with reading(staff.db) as session:
        return [tuple(row) for row in session.execute(
            select(Reminder.due_version, Reminder.state).where(Reminder.occurrence_id == occurrence_id)
            .order_by(Reminder.due_version))]


def test_a_recurrence_makes_each_occurrence_once_and_stops_when_ended(staff):
    obligation_id = obligations.create(staff.db, staff.new(
        printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15", from_on=date(2021, 6, 1), before=True),
        actor=CLERK, at=NOON)
    assert _due_days(staff, obligation_id) == [date(2021, 6, 14), date(2021, 7, 14), date(2021, 8, 14)]
    assert occurrences.spawn_occurrences(staff.db, TODAY) == 0
    assert occurrences.spawn_occurrences(staff.db, TODAY + timedelta(days=31)) == 1
    obligation_changes.end_recurrence(staff.db, obligation_id, reason="hết nhiệm vụ", actor=CLERK, at=NOON)
    assert occurrences.spawn_occurrences(staff.db, TODAY + timedelta(days=90)) == 0


def test_what_a_recurrence_would_still_bring_ends_with_it(staff):
    obligation_id = obligations.create(staff.db, staff.new(
        printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15", from_on=date(2021, 6, 1)), actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        first, begun, later = session.scalars(select(Occurrence.id).order_by(Occurrence.due_on)).all()
    obligations.add_note(staff.db, begun, 1, "đã làm trước", actor=staff.lan, at=NOON)
    _remind(staff, later)
    obligation_changes.end_recurrence(staff.db, obligation_id, reason="hết nhiệm vụ", actor=CLERK, at=NOON)
    assert [staff.get(one).row.state for one in (first, begun, later)] == [S.NEW, S.WORKING, S.CANCELLED]
    assert _reminders(staff, later) == [(1, "cancelled")]
    with pytest.raises(NotPossible, match="managers_only"):
        obligation_changes.end_recurrence(staff.db, obligation_id, reason="x", actor=staff.lan, at=NOON)


def test_who_takes_over_a_recurrence_takes_what_comes_later_as_well(staff):
    staff.create(printed_on=None, rrule="FREQ=MONTHLY;BYMONTHDAY=15", from_on=date(2021, 6, 1))
    with reading(staff.db) as session:
        _first, second, third = session.scalars(select(Occurrence.id).order_by(Occurrence.due_on)).all()
    obligation_changes.transfer(staff.db, second, 1, unit_id=None, user_id=staff.minh.id, actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        owed = session.execute(select(Occurrence.id, Occurrence.user_id).order_by(Occurrence.due_on)).all()
    assert [row.user_id for row in owed] == [staff.lan.id, staff.minh.id, staff.minh.id]
    assert staff.get(third, staff.minh).notes[0].action == "transfer"


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


def test_a_yearly_report_shows_its_next_day_however_far_off(staff):
    obligation_id = obligations.create(staff.db, staff.new(printed_on=None, rrule="FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2"),
                                       actor=CLERK, at=NOON)
    assert _due_days(staff, obligation_id) == [date(2022, 4, 2)]


def test_a_periodic_report_knows_its_cut_off_and_sending_day(staff):
    # Decree 09/2019: figures up to the 14th; sent two working days later, the weekend skipped.
    obligation_id = obligations.create(staff.db, staff.new(
        printed_on=None, cycle=ReportCycle.month, days_after_cut_off=2, from_on=date(2021, 8, 1)),
        actor=CLERK, at=NOON)
    with reading(staff.db) as session:
        first = session.scalars(select(Occurrence).where(Occurrence.obligation_id == obligation_id)
                                .order_by(Occurrence.due_on)).first()
    assert (first.cut_off_on, first.due_on) == (date(2021, 8, 14), date(2021, 8, 17))


@pytest.mark.parametrize("changes", [{"rrule": "FREQ=SECONDLY"}, {"rrule": "nonsense"}, {"cycle": ReportCycle.year}])
def test_a_rule_that_gives_no_days_is_refused(staff, changes):
    with pytest.raises(NotPossible, match="bad_rule"):
        staff.create(printed_on=None, **changes)


def _due_days(staff, obligation_id):
    with reading(staff.db) as session:
        return list(session.scalars(select(Occurrence.due_on).where(
            Occurrence.obligation_id == obligation_id).order_by(Occurrence.due_on)))


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


def test_lists_show_whose_and_when(staff):
    late = staff.create(printed_on=date(2021, 6, 1), task="Rà soát thủ tục")
    soon = staff.create(printed_on=date(2021, 6, 25))
    none = staff.create(printed_on=None)
    others = staff.create(user_id=staff.minh.id, printed_on=date(2021, 6, 2))

    def ids(actor, **filters):
        return [row.id for row in obligation_lists.find_obligations(
            staff.db, ObligationFilter(**filters), actor=actor, now=NOON).rows]

    assert ids(staff.lan) == [late, soon, none]
    assert ids(CLERK, scope=Scope.ALL) == [late, others, soon, none]
    assert ids(staff.lan, scope=Scope.ALL) == [late, soon, none]  # an official sees no other unit's
    assert ids(staff.lan, standing=T.OVERDUE) == [late]
    assert ids(staff.lan, text="ra soat") == [late]
    assert ids(CLERK, scope=Scope.ALL, unit_id=staff.other_unit) == [others]
    assert obligation_numbers.due_work(staff.db, actor=staff.lan, now=NOON) == DueWork(overdue=1, soon=1)
    assert obligation_numbers.waiting_for(staff.db, actor=staff.lan, now=NOON) == Waiting()
    assert obligation_numbers.waiting_for(staff.db, actor=LEADER, now=NOON).overdue == 2
    first = obligation_lists.find_obligations(staff.db, ObligationFilter(), actor=staff.lan, now=NOON, limit=2)
    second = obligation_lists.find_obligations(staff.db, ObligationFilter(), actor=staff.lan, now=NOON,
                                               after=first.after)
    assert [row.id for row in first.rows + second.rows] == [late, soon, none]
    assert list(obligation_lists.by_day(staff.db, *JUNE, ObligationFilter(), actor=staff.lan, now=NOON)) == [
        date(2021, 6, 1), date(2021, 6, 25)]
    staff.create(printed_on=date(2021, 6, 1), user_id=None, unit_id=staff.other_unit, partner_users=(staff.lan.id,))
    assert obligation_numbers.due_work(staff.db, actor=staff.lan, now=NOON).overdue == 2  # who takes part counts it too


def test_a_full_day_of_the_month_shows_a_few_and_leads_to_all(staff):
    for at in range(9):
        staff.create(printed_on=date(2021, 6, 25), task=f"Việc {at}")
    day = obligation_lists.by_day(staff.db, *JUNE, ObligationFilter(scope=Scope.ALL), actor=LEADER, now=NOON)[
        date(2021, 6, 25)]
    assert ([row.task for row in day.rows], day.total) == ([f"Việc {at}" for at in range(6)], 9)
    page = obligation_lists.find_obligations(
        staff.db, ObligationFilter(scope=Scope.ALL, due_on=date(2021, 6, 25)), actor=LEADER, now=NOON)
    assert page.total == 9


def test_an_obligation_of_a_restricted_document_is_seen_by_who_owes_it_alone(staff):
    with staff.db.begin() as session:
        from registry.models import Document
        session.get_one(Document, staff.directive).restricted = True
    one = staff.create()
    page = staff.get(one, staff.lan)
    assert not page.shows_document
    overseer = Actor(staff.minh.id, "x", Role.READER)
    with pytest.raises(NotFound):
        staff.get(one, overseer)


def test_the_database_and_the_rule_tell_the_same_of_where_work_stands(staff):
    chance = random.Random(7)
    for _ in range(60):
        one = staff.create()
        with staff.db.begin() as session:
            row = session.get_one(Occurrence, one)
            row.state = chance.choice(list(S)).value
            row.due_on = chance.choice([None, TODAY, TODAY + timedelta(days=chance.randint(-9, 9))])
            row.due_time = chance.choice([None, time(11, 30), time(17, 0)])
            row.done_on = chance.choice([None, TODAY + timedelta(days=chance.randint(-9, 0))])
    with reading(staff.db) as session:
        told = session.execute(select(Occurrence, obligation_lists.standing(NOON).label("standing"))).all()
    assert len(told) == 60
    for row in told:
        work = row.Occurrence
        assert row.standing == timeliness(S(work.state), work.due_on, work.done_on, NOON, due_time=work.due_time)


def test_the_overview_counts_each_unit(staff):
    staff.create(printed_on=date(2021, 6, 1))
    staff.create()
    done = staff.create(user_id=staff.minh.id, printed_on=date(2021, 6, 1))
    obligations.complete(staff.db, done, 1, actor=CLERK, at=NOON, text="xong muộn")
    told = obligation_numbers.overview(staff.db, actor=LEADER, now=NOON)
    assert [(row.unit, row.numbers.open_overdue, row.numbers.open_in_term, row.numbers.done_late)
            for row in told.units] == [("Phòng Tổng hợp", 1, 1, 0), ("Phòng Nội chính", 0, 0, 1)]
    assert told.whole.total == 3
    found = obligation_lists.find_all(staff.db, ObligationFilter(scope=Scope.ALL, closed=True), actor=LEADER, now=NOON)
    assert sorted(row.unit for row in found) == ["Phòng Nội chính", "Phòng Tổng hợp", "Phòng Tổng hợp"]


def test_deadlines_of_the_text_are_proposed_confirmed_and_dismissed(staff):
    document = staff.office.register(
        direction=Direction.INCOMING, number="55/KH-UBND", received_on=TODAY, issued_on=date(2021, 6, 10),
        text="Phòng Tổng hợp gửi báo cáo kết quả trước ngày 30/6/2021. Phòng Nội chính hoàn thành việc rà soát "
             "trong tháng 7 năm 2021. Các đơn vị trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản.")
    found = obligation_proposals.proposed(staff.db, document, actor=CLERK)
    first, second, third = found
    assert (first.new.unit_id, first.new.printed_on, first.new.before) == (staff.unit, date(2021, 6, 30), True)
    assert (second.new.unit_id, second.new.printed_on, second.on_day_off) == (
        staff.other_unit, date(2021, 7, 31), True)
    assert third.new.printed_on == date(2021, 6, 29)  # five working days after receipt on 22/6
    with reading(staff.db) as session:
        assert session.scalar(select(Occurrence.id)) is None  # nothing is owed before a person confirms
    assert obligation_proposals.confirm(
        staff.db, document, [(first.key, first.new), ("gone", first.new)], actor=CLERK, at=NOON) == 1
    obligation_proposals.dismiss(staff.db, document, [second.key], actor=CLERK, at=NOON)
    assert [one.key for one in obligation_proposals.proposed(staff.db, document, actor=CLERK)] == [third.key]
    row = obligation_lists.of_document(staff.db, document, actor=CLERK, now=NOON)[0]
    assert (row.due_on, row.words) == (date(2021, 6, 29), "trước ngày 30/6/2021")


def test_a_document_that_carries_out_the_directive_is_suggested_as_fulfilling_it(staff):
    one = staff.create()
    answer = staff.office.register(
        number="77/BC-UBND", kind_id=staff.office.kinds["BC"], issued_on=date(2021, 6, 20),
        references=(Reference(document_id=staff.directive, relation="reports_on"),))
    assert [found.number for found in staff.get(one).suggested] == ["77/BC-UBND"]
    assert [row.id for row in fulfilment.obligations_for(staff.db, answer, actor=CLERK, now=NOON)] == [one]
    obligations.complete(staff.db, one, 1, document_id=answer, actor=CLERK, at=NOON)
    assert fulfilment.obligations_for(staff.db, answer, actor=CLERK, now=NOON) == []


def test_the_office_corrects_its_calendar(staff):
    holiday = date(2021, 6, 24)  # a Thursday
    assert work_calendar.get(staff.db).is_working_day(holiday)
    work_calendar.set_day(staff.db, holiday, "off", "Ngày truyền thống", actor=CLERK, at=NOON)
    assert not work_calendar.get(staff.db).is_working_day(holiday)
    assert [one.name for one in work_calendar.get_year(staff.db, 2021).own] == ["Ngày truyền thống"]
    work_calendar.remove_day(staff.db, holiday, actor=CLERK, at=NOON)
    assert work_calendar.get(staff.db).is_working_day(holiday)
    with pytest.raises(NotPossible, match="year_without_calendar"):
        work_calendar.set_day(staff.db, date(2099, 1, 1), "off", "", actor=CLERK, at=NOON)


def test_moments_are_days_of_the_office(staff):
    # 23:30 in Ha Noi is still the last day, whatever day it is in UTC.
    one = staff.create(printed_on=TODAY)
    late_evening = datetime(2021, 6, 22, 23, 30, tzinfo=HANOI)
    assert staff.get(one, now=late_evening).row.standing == T.DUE_SOON
    assert staff.get(one, now=late_evening + timedelta(hours=1)).row.standing == T.OVERDUE
