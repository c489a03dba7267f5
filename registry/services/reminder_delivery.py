"""Delivering mails (gửi thư): claimed with a lease, committed before the network is touched, then recorded.

A mail can go out twice in one window only: between the server's acceptance and our commit. What is left in
``sending`` when its lease ends, or had no answer after the end of DATA, is sent again under the same
Message-ID and marked as possibly sent twice. A server that cannot be reached costs no mail a try.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from registry.db import Sessions, reading
from registry.domain.reminding import ReminderRules, is_open
from registry.domain.workdays import WorkCalendar
from registry.mail.sender import (
    MailMaybeSent,
    MailRefused,
    MailSender,
    MailServerDown,
    MailWithdrawn,
    OutgoingMail,
)
from registry.models import Message, User
from registry.services import hand_over_notices, reminder_facts, reminder_mails, reminder_rules
from registry.services.reminder_mails import Office
from registry.services.reminders import HANOI

LEASE = timedelta(minutes=10)
"""Longer than the time-outs of one mail together."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720))
"""Before the second try, the third and so on; behind the last one a mail has failed."""
_LONGEST_ERROR = 2000


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round of delivering did."""

    composed: int = 0
    sent: int = 0
    retried: int = 0
    failed: int = 0
    cancelled: int = 0
    server_error: str = ""


def deliver(db: Sessions, sender: MailSender, office: Office, *, clock: Callable[[], datetime],
            holder: str) -> Delivery:
    """Make mails of what is due and send all that wait; return what was done.

    A mail that is refused stops no other; a server that cannot be reached ends the round.
    """
    done = Delivery(composed=reminder_mails.compose(db, office, clock()))
    round_ = _Round.begin(db, office, clock, holder)
    try:
        if round_.has_waiting():
            sender.open()  # before the claim: between claim and mail nothing waits for a connection
            while (claim := round_.claim_next()) is not None:
                done = round_.send(sender, claim, done)
                sender.open()
    except MailServerDown as down:
        _note_on_waiting(db, str(down), clock())
        done = replace(done, server_error=str(down))
    finally:
        sender.close()
    return done


@dataclass(frozen=True, slots=True)
class _Claim:
    message_id: int
    holder: str
    tries: int
    mail: OutgoingMail
    checked: bool
    """Whether it is looked at until the last moment: not a test mail, nor one that may have left already."""


@dataclass(frozen=True, slots=True)
class _Round:
    """One round of delivering; the rules and the calendar are those of its beginning."""

    db: Sessions
    office: Office
    clock: Callable[[], datetime]
    holder: str
    rules: ReminderRules
    calendar: WorkCalendar

    @classmethod
    def begin(cls, db: Sessions, office: Office, clock: Callable[[], datetime], holder: str) -> _Round:
        with reading(db) as session:
            return cls(db, office, clock, holder, reminder_rules.load(session),
                       reminder_rules.calendar(session, clock()))

    def _ready(self, now: datetime) -> ColumnElement[bool]:
        """What may be claimed; in quiet hours only test mails.

        A moment further off than any pause or lease was set by a clock that ran ahead.
        """
        waiting = and_(Message.state == "waiting", or_(
            Message.next_try_at <= now, Message.next_try_at > now + PAUSES[-1]))
        left = and_(Message.state == "sending", or_(Message.lease_until < now, Message.lease_until > now + LEASE))
        ready = or_(waiting, left)
        is_quiet = not is_open(self.rules, self.calendar, now.astimezone(HANOI))
        return and_(ready, Message.kind == "test") if is_quiet else ready

    def has_waiting(self) -> bool:
        """Tell whether there is a mail to send."""
        with reading(self.db) as session:
            return session.scalars(select(Message.id).where(self._ready(self.clock())).limit(1)).first() is not None

    def claim_next(self) -> _Claim | None:
        """Take the next mail, checked and brought up to date; None when there is none."""
        while True:
            now = self.clock()
            with self.db.begin() as session:
                message_id = session.execute(self._take(now)).scalar_one_or_none()
                if message_id is None:
                    return None
                message = session.get_one(Message, message_id)
                if _is_wanted(session, message, self.office, now):
                    return _Claim(message.id, self.holder, message.tries, OutgoingMail(
                        message.header_id, self.office.mail_from, message.address, message.source),
                        checked=message.kind != "test" and not message.possibly_twice)
                message.state, message.lease_until, message.next_try_at = "cancelled", None, None

    def _take(self, now: datetime) -> ReturningUpdate[tuple[int]]:
        following = (select(Message.id).where(self._ready(now)).order_by(Message.next_try_at, Message.id).limit(1)
                     .with_for_update(skip_locked=True).scalar_subquery())
        return update(Message).where(Message.id == following).values(
            state="sending", holder=self.holder, lease_until=now + LEASE, tries=Message.tries + 1,
            possibly_twice=case((Message.state == "sending", True), else_=Message.possibly_twice),
        ).returning(Message.id)

    def send(self, sender: MailSender, claim: _Claim, done: Delivery) -> Delivery:
        """Send one mail and record what became of it."""
        return _send(self.db, sender, claim, done, self.clock)


def _is_wanted(session: Session, message: Message, office: Office, now: datetime) -> bool:
    """Tell whether a mail is still to be sent."""
    if message.kind == "test":
        return True
    if message.kind == "hand_over":
        return hand_over_notices.still_true(session, message.id)
    return _bring_up_to_date(session, message, office, now)


def _bring_up_to_date(session: Session, message: Message, office: Office, now: datetime) -> bool:
    """Tell whether the mail is still to be sent; what has changed since it was written is written anew.

    It goes to the address that the person, or their deputy, has now. One that may have left the house
    stays as it is: under one Message-ID there is one text.
    """
    reminders = reminder_facts.reminders_of(session, message.id)
    known = reminder_facts.known(session, reminders)
    for reminder in reminders:
        if reminder.state == "mailed" and reminder.id not in known:
            reminder.state = "cancelled"
    # An administrator may send again what has been told before: then cancelled ones count no more than now.
    true = [reminder for reminder in reminders if reminder.id in known and reminder.state == "mailed"]
    if not true:
        return False
    if message.possibly_twice:
        return True
    local = now.astimezone(HANOI)
    user = session.get_one(User, true[0].user_id)
    to = reminder_facts.recipient(session, user, local.date())
    same_day = message.created_at.astimezone(HANOI).date() == local.date()
    if not to.address or (len(true) == len(reminders) and same_day and to.address == message.address):
        return True
    rendered, good = reminder_mails.Writer(session, reminder_mails.Paper.load(session, office, local)).render(
        true, known, user.id, to, message.header_id)
    if rendered is None or not good:
        return False
    message.subject, message.source = rendered.subject[:500], rendered.source
    message.address, message.user_id = to.address, to.user_id
    return True


def _still_wanted(db: Sessions, claim: _Claim) -> bool:
    """Look once more as the mail is about to go: work that was done meanwhile is not reminded of."""
    if not claim.checked:
        return True
    with reading(db) as session:
        reminders = [one for one in reminder_facts.reminders_of(session, claim.message_id) if one.state == "mailed"]
        return len(reminder_facts.known(session, reminders)) == len(reminders)


def _send(db: Sessions, sender: MailSender, claim: _Claim, done: Delivery,
          clock: Callable[[], datetime]) -> Delivery:
    try:
        sender.send(claim.mail, lambda: _still_wanted(db, claim))
    except MailServerDown as down:
        _record(db, claim, state="waiting", next_try_at=clock(), tries=claim.tries - 1, error=str(down))
        raise
    except MailWithdrawn:
        _record(db, claim, state="waiting", next_try_at=clock(), tries=claim.tries - 1)
        return replace(done, cancelled=done.cancelled + 1)
    except MailMaybeSent as unsure:
        return _again(db, claim, str(unsure), done, clock(), maybe=True)
    except MailRefused as refusal:
        if refusal.permanent:
            _record(db, claim, state="failed", next_try_at=None, error=str(refusal))
            return replace(done, failed=done.failed + 1)
        return _again(db, claim, str(refusal), done, clock(), maybe=False)
    now = clock()
    _record(db, claim, state="sent", sent_at=now, next_try_at=None, error="")
    return replace(done, sent=done.sent + 1)


def _again(db: Sessions, claim: _Claim, error: str, done: Delivery, now: datetime, *, maybe: bool) -> Delivery:
    """Let it be tried later, or end it behind the last try."""
    twice = {"possibly_twice": True} if maybe else {}
    if claim.tries > len(PAUSES):
        _record(db, claim, state="failed", next_try_at=None, error=error, **twice)
        return replace(done, failed=done.failed + 1)
    _record(db, claim, state="waiting", next_try_at=now + PAUSES[claim.tries - 1], error=error, **twice)
    return replace(done, retried=done.retried + 1)


def _record(db: Sessions, claim: _Claim, **values: object) -> None:
    """Keep the outcome, unless the lease has ended and another worker has the mail."""
    if isinstance(values.get("error"), str):
        values["error"] = str(values["error"])[:_LONGEST_ERROR]
    with db.begin() as session:
        session.execute(
            update(Message).where(Message.id == claim.message_id, Message.holder == claim.holder,
                                  Message.state == "sending", Message.tries == claim.tries)
            .values(lease_until=None, **values), execution_options={"synchronize_session": False})


def _note_on_waiting(db: Sessions, error: str, now: datetime) -> None:
    """Say in the log why mails wait; it costs them no try."""
    with db.begin() as session:
        session.execute(update(Message).where(Message.state == "waiting", Message.next_try_at <= now)
                        .values(error=error[:_LONGEST_ERROR]), execution_options={"synchronize_session": False})


