"""The mails that say which case files are to be handed over."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from registry.db import reading
from registry.mail.links import Links
from registry.models import Message, User
from registry.services import case_file_changes, hand_over_notices
from registry.services.outbox import parts
from registry.services.reminder_delivery import deliver
from registry.services.reminder_mails import Office as MailOffice
from tests.conftest import NOON
from tests.factories import CLERK
from tests.services.case_filing import TODAY, close, row

MAIL = MailOffice(Links("http://so.example.vn", "k" * 40), "so@example.vn")


def messages(db):
    with reading(db) as session:
        return session.scalars(select(Message).order_by(Message.id)).all()


class Outgoing:
    """Keeps what it is given."""

    def __init__(self):
        self.sent = []

    def open(self):
        pass

    def close(self):
        pass

    def send(self, mail, wanted):
        if wanted():
            self.sent.append(mail)


def test_the_holder_is_told_thirty_days_before_and_once(office, opened, people):
    _unit, first, _head = people
    one = opened(user_id=first.id)
    close(office.db, one, date(2020, 7, 23))
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 0  # 31 days before
    tomorrow = NOON + timedelta(days=1)
    assert hand_over_notices.announce(office.db, MAIL, tomorrow) == 1
    assert hand_over_notices.announce(office.db, MAIL, tomorrow) == 0
    assert hand_over_notices.announce(office.db, MAIL, tomorrow + timedelta(days=60)) == 0
    sent = Outgoing()
    deliver(office.db, sent, MAIL, clock=lambda: tomorrow, holder="test")
    assert [mail.address for mail in sent.sent] == ["cv1@example.vn"]
    assert messages(office.db)[0].subject == "[Sổ văn bản] Nộp lưu hồ sơ: 1 hồ sơ"


def test_another_day_is_told_anew(office, opened, people):
    _unit, first, _head = people
    one = opened(user_id=first.id)
    close(office.db, one, date(2020, 7, 1))
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 1
    case_file_changes.keep_back(office.db, one, 2, TODAY + timedelta(days=29), "CV 15", actor=CLERK, at=NOON)
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 1


def test_the_head_is_told_of_a_units_file_and_of_one_whose_holder_has_left(office, opened, people):
    unit_id, first, head = people
    close(office.db, opened(unit_id=unit_id), date(2020, 7, 1))
    close(office.db, opened(code="02.CNTT", unit_id=unit_id, user_id=first.id), date(2020, 7, 1))
    with office.db.begin() as session:
        session.execute(update(User).where(User.id == first.id).values(active=False))
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 1
    told = messages(office.db)[0]
    assert (told.user_id, told.subject) == (head.id, "[Sổ văn bản] Nộp lưu hồ sơ: 2 hồ sơ")


def test_a_mail_about_what_was_handed_over_meanwhile_is_not_sent(office, opened, people):
    _unit, first, _head = people
    one = opened(user_id=first.id)
    close(office.db, one, date(2020, 7, 1))
    hand_over_notices.announce(office.db, MAIL, NOON)
    case_file_changes.hand_over(office.db, one, row(office.db, one).version, TODAY, "", actor=CLERK, at=NOON)
    sent = Outgoing()
    deliver(office.db, sent, MAIL, clock=lambda: NOON, holder="test")
    assert (sent.sent, messages(office.db)[0].state) == ([], "cancelled")


def test_a_mail_about_files_goes_to_nobody_who_left_and_to_a_new_address_by_the_next_announcement(office, opened, people):
    unit_id, first, head = people
    close(office.db, opened(user_id=first.id, unit_id=unit_id), date(2020, 7, 1))
    sent = Outgoing()

    def deliver_after(**changes):
        hand_over_notices.announce(office.db, MAIL, NOON)
        with office.db.begin() as session:
            session.execute(update(User).where(User.id == first.id).values(**changes))
        deliver(office.db, sent, MAIL, clock=lambda: NOON, holder="test")

    deliver_after(email="moi@example.vn")
    assert (sent.sent, messages(office.db)[0].error) == ([], "not_true")
    deliver_after(active=False)
    assert sent.sent == []
    hand_over_notices.announce(office.db, MAIL, NOON)
    deliver(office.db, sent, MAIL, clock=lambda: NOON, holder="test")
    assert (len(sent.sent), messages(office.db)[-1].user_id) == (1, head.id)


def test_the_title_of_a_restricted_file_stays_out_of_the_mail(office, opened, people):
    _unit, first, _head = people
    close(office.db, opened(user_id=first.id, restricted=True, title="Kỷ luật ông A"), date(2020, 7, 1))
    hand_over_notices.announce(office.db, MAIL, NOON)
    text, html, _names = parts(messages(office.db)[0].source.encode())
    assert "01.CNTT" in text
    assert "Kỷ luật" not in text + html
