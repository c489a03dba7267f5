"""Reminders are planned once, told together, and only while they are true."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import update

from registry.mail import messages
from registry.models import Absence, Message, ObligationPartner, Reminder, ReminderWish, User
from registry.services import outbox, reminder_facts, reminders
from registry.services.reminder_delivery import deliver
from tests.services.reminding import OFFICE, Desk, folder_sender, mails_in, moment

TUESDAY = date(2021, 6, 22)


@pytest.fixture
def desk(db):
    return Desk(db)


def test_planning_again_adds_nothing_and_a_new_due_date_is_reminded_of_anew(desk, db):
    lan = desk.person("lan")
    work = desk.work(lan, TUESDAY)
    assert [reminders.plan(db, moment(f"2021-06-22T{hour}:00")) for hour in ("06", "08", "16")] == [1, 0, 0]
    desk.set(work, due_on=date(2021, 6, 23), due_version=2)
    assert reminders.plan(db, moment("2021-06-22T16:30")) == 1
    assert desk.rules() == [(lan, "day"), (lan, "before-1")]


def test_one_digest_tells_all_the_work_of_a_person_and_each_work_once(desk, db, tmp_path):
    lan, minh = desk.person("lan"), desk.person("minh")
    desk.work(lan, TUESDAY, task="lập danh sách")
    desk.work(lan, date(2021, 6, 18), task="gửi số liệu")
    desk.work(minh, date(2021, 6, 25), task="họp tổ")
    sender = folder_sender(tmp_path)
    assert desk.remind(sender, "2021-06-22T07:15").composed == 0, "the morning has not come"
    done = desk.remind(sender, "2021-06-22T07:30")
    assert (done.composed, done.sent) == (2, 2)
    first, second = mails_in(tmp_path / "mail")
    assert first["Subject"] == "[Nhắc việc] 2 việc: 1 quá hạn, 1 đến hạn hôm nay"
    assert second["Subject"] == "[Nhắc việc] Còn 3 ngày làm việc: họp tổ"
    text = first.get_body(("plain",)).get_content()
    assert "lập danh sách" in text
    assert "gửi số liệu" in text
    assert "họp tổ" not in text
    assert desk.remind(sender, "2021-06-22T16:00").composed == 0
    assert len(mails_in(tmp_path / "mail")) == 2


def test_nothing_leaves_on_a_day_off_or_in_the_evening_and_monday_catches_up_once(desk, tmp_path):
    lan = desk.person("lan")
    desk.work(lan, date(2021, 6, 21), task="đến hạn thứ hai")
    desk.work(lan, date(2021, 6, 18), task="đến hạn thứ sáu")
    sender = folder_sender(tmp_path)
    for quiet in ("2021-06-18T17:00", "2021-06-19T09:00", "2021-06-20T09:00", "2021-06-21T06:59"):
        assert desk.remind(sender, quiet).sent == 0
    assert desk.remind(sender, "2021-06-21T07:30").sent == 1
    assert {rule for _, rule in desk.rules()} == {"day", "overdue-1"}


def test_after_tet_only_the_nearest_of_what_was_missed_is_told(desk, tmp_path):
    lan = desk.person("lan")
    desk.work(lan, date(2021, 2, 18))  # the second working day after Tết (10–16/2)
    desk.work(lan, date(2021, 2, 9), task="trước Tết")
    desk.remind(folder_sender(tmp_path), "2021-02-17T09:00")
    assert {rule for _, rule in desk.rules()} == {"before-1", "overdue-1"}


def test_what_is_entered_late_and_near_is_told_at_once_the_rest_next_morning(desk, tmp_path):
    lan = desk.person("lan")
    now = moment("2021-06-22T10:00")
    desk.work(lan, date(2021, 6, 23), task="gấp", created_at=now)
    desk.work(lan, date(2021, 6, 25), task="thong thả", created_at=now)
    sender = folder_sender(tmp_path)
    assert desk.remind(sender, now + timedelta(minutes=5)).sent == 1
    assert [message.kind for message in desk.messages()] == ["urgent"]
    assert desk.remind(sender, "2021-06-23T07:30").sent == 1
    assert {rule for _, rule in desk.rules()} == {"before-1", "day", "before-3"}


def test_urgent_work_goes_by_itself_when_the_office_opens(desk, tmp_path):
    lan = desk.person("lan")
    desk.work(lan, TUESDAY, due_time=time(11, 0), task="có giờ")
    desk.work(lan, date(2021, 6, 25), urgency=3, task="hỏa tốc")
    desk.work(lan, TUESDAY, task="thường")
    assert desk.remind(folder_sender(tmp_path), "2021-06-22T07:00").sent == 2
    subjects = [mail["Subject"] for mail in mails_in(tmp_path / "mail")]
    assert "[Nhắc việc] Đến hạn hôm nay, trước 11 giờ 00: có giờ" in subjects
    assert not any("thường" in subject for subject in subjects)


def test_lateness_rises_to_the_head_and_then_to_the_leader_once_each(desk, tmp_path):
    unit = desk.unit()
    head = desk.person("truong", unit_id=unit, heads_unit=True)
    lan = desk.person("lan", unit_id=unit)
    leader = desk.person("chutich", role="leader")
    desk.work(lan, date(2021, 6, 11), unit_id=unit)
    for day in range(14, 23):
        desk.remind(folder_sender(tmp_path), f"2021-06-{day}T08:00")
    told = desk.rules()
    assert [rule for who, rule in told if who == lan] == [f"overdue-{n}" for n in range(1, 8)]
    assert [rule for who, rule in told if who == head] == ["head-1"]
    assert [rule for who, rule in told if who == leader] == ["leader-5"]
    assert any(message.kind == "escalation" for message in desk.messages())


def test_a_unit_without_a_person_is_told_through_its_heads_else_through_everybody(desk, db):
    headed, flat = desk.unit("Phòng A"), desk.unit("Phòng B")
    head, _member = desk.person("a1", unit_id=headed, heads_unit=True), desk.person("a2", unit_id=headed)
    first, second = desk.person("b1", unit_id=flat), desk.person("b2", unit_id=flat)
    gone = desk.person("b3", unit_id=flat, active=False)
    desk.person("b4", unit_id=flat, role="reader")  # who may not work on it is not told to
    desk.work(None, TUESDAY, unit_id=headed)
    desk.work(gone, TUESDAY, unit_id=flat)
    reminders.plan(db, moment("2021-06-22T06:00"))
    assert sorted(who for who, _ in desk.rules()) == [head, first, second]


def test_partners_are_reminded_before_the_date_not_dunned_after_it(desk, db):
    lan, minh = desk.person("lan"), desk.person("minh")
    today, late = desk.work(lan, TUESDAY), desk.work(lan, date(2021, 6, 18))
    for work in (today, late):
        desk.add(ObligationPartner(obligation_id=work, user_id=minh))
    reminders.plan(db, moment("2021-06-22T06:00"))
    assert [rule for who, rule in desk.rules() if who == minh] == ["day"]


def test_a_person_gets_their_own_days_hour_and_single_mails(desk, db, tmp_path):
    lan = desk.person("lan")
    with db.begin() as session:
        session.add(ReminderWish(user_id=lan, days_before=[5], morning_at=time(9, 0), digest=False))
    desk.work(lan, date(2021, 6, 29), task="năm ngày")
    desk.work(lan, TUESDAY, task="hôm nay")
    sender = folder_sender(tmp_path)
    assert desk.remind(sender, "2021-06-22T08:59").sent == 0
    assert desk.remind(sender, "2021-06-22T09:00").sent == 2
    assert {rule for _, rule in desk.rules()} == {"before-5", "day"}


def test_a_deputy_reads_for_the_absent_and_the_mail_says_for_whom(desk, tmp_path):
    lan, minh = desk.person("lan"), desk.person("minh")
    desk.add(Absence(user_id=lan, deputy_id=minh, from_on=date(2021, 6, 21), to_on=date(2021, 6, 25)))
    desk.work(lan, TUESDAY)
    desk.remind(folder_sender(tmp_path), "2021-06-22T08:00")
    (mail,) = mails_in(tmp_path / "mail")
    assert mail["To"] == "minh <minh@hanam.gov.vn>"
    text = mail.get_body(("plain",)).get_content()
    assert "thay cho lan đang vắng mặt" in text
    assert "/reply/" not in text, "nobody answers in another's name"


@pytest.mark.parametrize("change", ["done", "moved", "deactivated", "given away"])
def test_what_is_not_true_any_more_is_not_told(desk, db, tmp_path, change):
    lan, minh = desk.person("lan"), desk.person("minh")
    work = desk.work(lan, TUESDAY)
    reminders.plan(db, moment("2021-06-22T06:00"))
    if change == "done":
        desk.set(work, state="done")
    elif change == "moved":
        desk.set(work, due_on=date(2021, 7, 30), due_version=2)
    elif change == "given away":
        desk.set(work, user_id=minh)
    else:
        with db.begin() as session:
            session.execute(update(User).where(User.id == lan).values(active=False))
    done = deliver(db, folder_sender(tmp_path), OFFICE, clock=lambda: moment("2021-06-22T08:00"), holder="a")
    assert (done.composed, done.sent) == (0, 0)
    assert desk.states() == ["cancelled"]


def test_one_that_cannot_be_rendered_stops_no_other(desk, db, tmp_path, monkeypatch):
    lan, minh = desk.person("lan"), desk.person("minh")
    for who, task in ((lan, "hỏng"), (lan, "lành"), (minh, "hỏng"), (minh, "lành")):
        desk.work(who, TUESDAY, task=task)
    whole = messages.standing

    def breaks(work, today):
        if work.task == "hỏng":
            raise ValueError("no such words")
        return whole(work, today)

    monkeypatch.setitem(messages._environment().globals, "standing", breaks)
    done = desk.remind(folder_sender(tmp_path), "2021-06-22T08:00")
    assert done.sent == 2
    with db() as session:
        rows = session.query(Reminder).order_by(Reminder.id).all()
    assert [row.state for row in rows] == ["failed", "mailed", "failed", "mailed"]
    assert rows[0].error == "ValueError: no such words"


def test_a_person_whose_mail_cannot_be_made_at_all_is_seen_and_stops_no_other(desk, db, tmp_path, monkeypatch):
    lan, minh = desk.person("lan"), desk.person("minh")
    desk.work(lan, TUESDAY)
    desk.work(minh, TUESDAY)
    whole = reminder_facts.recipient

    def breaks(session, user, on):
        if user.id == lan:
            raise LookupError("no such person")
        return whole(session, user, on)

    monkeypatch.setattr(reminder_facts, "recipient", breaks)
    assert desk.remind(folder_sender(tmp_path), "2021-06-22T08:00").sent == 1
    assert desk.states() == ["failed", "mailed"]
    assert [one.error for one in outbox.standing(db).failed_reminders] == ["LookupError: no such person"]


def test_a_person_without_an_address_is_seen_as_failed_not_forgotten(desk, db, tmp_path):
    desk.work(desk.person("lan", email=""), TUESDAY)
    desk.work(desk.person("minh"), TUESDAY)
    assert desk.remind(folder_sender(tmp_path), "2021-06-22T08:00").sent == 1
    assert desk.states() == ["failed", "mailed"]


def test_a_clock_that_ran_ahead_and_back_tells_nothing_twice(desk, tmp_path):
    lan = desk.person("lan")
    desk.work(lan, date(2021, 6, 18))
    sender = folder_sender(tmp_path)
    for at in ("2021-06-21T08:00", "2021-06-24T08:00", "2021-06-21T09:00", "2021-06-22T08:00", "2021-06-24T08:00"):
        desk.remind(sender, at)
    told = [rule for _, rule in desk.rules()]
    assert sorted(told) == ["overdue-1", "overdue-2", "overdue-4"]
    assert len(mails_in(tmp_path / "mail")) == 3


def test_a_mail_left_by_a_clock_that_ran_ahead_is_not_kept_waiting(desk, db, tmp_path):
    desk.work(desk.person("lan"), TUESDAY)
    reminders.plan(db, moment("2021-06-22T06:00"))

    class Dies(Exception):
        pass

    class Broken:
        def open(self):
            raise Dies

        def close(self):
            pass

    with pytest.raises(Dies):
        deliver(db, Broken(), OFFICE, clock=lambda: moment("2021-06-22T08:00"), holder="a")
    with db.begin() as session:  # claimed by a worker whose clock was a month ahead, then killed
        session.execute(update(Message).values(state="sending", lease_until=moment("2021-07-22T08:10")))
    done = deliver(db, folder_sender(tmp_path), OFFICE, clock=lambda: moment("2021-06-22T08:05"), holder="b")
    assert done.sent == 1
    assert desk.messages()[0].possibly_twice
