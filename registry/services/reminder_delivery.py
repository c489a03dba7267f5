"""Delivering mails (gửi thư): claimed with a lease, committed before the network is touched, then recorded.

A mail can go out twice in one window only: between the server's acceptance and our commit. What is left in
``sending`` when its lease ends, or had no answer after the end of DATA, is sent again under the same
Message-ID and marked as possibly sent twice. A server that cannot be reached costs no mail a try.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, Update, and_, bindparam, case, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

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
NOT_TRUE = "not_true"
"""Kept with a mail that was not sent: the work was done, changed or handed over, or the person has left."""
NOT_RENDERED = "not_rendered"
"""Kept with a mail none of whose reminders can be rendered any more; each of them says why."""
_LONGEST_ERROR = 2000

log = logging.getLogger(__name__)


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
            done = round_.send_all(sender, done)
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
class _Outcome:
    """What became of a claimed mail, to be kept."""

    claim: _Claim
    counted: str
    """The figure of ``Delivery`` that it counts in; empty for none."""
    values: dict[str, object]
    server_down: MailServerDown | None = None


def _ready(*, quiet: bool) -> ColumnElement[bool]:
    """What may be claimed at ``now``; in quiet hours only test mails.

    A moment further off than any pause or lease was set by a clock that ran ahead.
    """
    waiting = and_(Message.state == "waiting", or_(
        Message.next_try_at <= bindparam("now"), Message.next_try_at > bindparam("last_pause")))
    left = and_(Message.state == "sending", or_(
        Message.lease_until < bindparam("now"), Message.lease_until > bindparam("last_lease")))
    ready = or_(waiting, left)
    return and_(ready, Message.kind == "test") if quiet else ready


def _taking(*, quiet: bool) -> Update:
    following = (select(Message.id).where(_ready(quiet=quiet)).order_by(Message.next_try_at, Message.id).limit(1)
                 .with_for_update(skip_locked=True).scalar_subquery())
    return update(cast("Table", Message.__table__)).where(Message.id == following).values(
        state="sending", holder=bindparam("by"), lease_until=bindparam("last_lease"), tries=Message.tries + 1,
        possibly_twice=case((Message.state == "sending", True), else_=Message.possibly_twice),
    ).returning(Message.id)


# Made once: building them takes longer than asking them.
_TAKE = {quiet: _taking(quiet=quiet) for quiet in (False, True)}
_WAITS = {quiet: select(Message.id).where(_ready(quiet=quiet)).limit(1) for quiet in (False, True)}


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

    def _is_quiet(self, now: datetime) -> bool:
        return not is_open(self.rules, self.calendar, now.astimezone(HANOI))

    def has_waiting(self) -> bool:
        """Tell whether there is a mail to send."""
        now = self.clock()
        with reading(self.db) as session:
            return session.scalars(_WAITS[self._is_quiet(now)], _moments(now)).first() is not None

    def send_all(self, sender: MailSender, done: Delivery) -> Delivery:
        """Send what waits, one after the other; each outcome is kept together with the next claim, in one commit.

        Raises:
            MailServerDown: what had been sent by then is kept.
        """
        outcome: _Outcome | None = None
        while True:
            try:
                sender.open()  # before the claim: between claim and mail nothing waits for a connection
                claim = self._claim_next(outcome)
            except Exception:
                self._keep(outcome)  # whatever went wrong with the next one
                raise
            if claim is None:
                return done
            outcome = _send(self.db, sender, claim, self.clock)
            if outcome.counted:
                done = replace(done, **{outcome.counted: getattr(done, outcome.counted) + 1})
            if outcome.server_down is not None:
                self._keep(outcome)
                raise outcome.server_down

    def _keep(self, outcome: _Outcome | None) -> None:
        if outcome is not None:
            with self.db.begin() as session:
                _record(session, outcome)

    def _claim_next(self, outcome: _Outcome | None) -> _Claim | None:
        """Keep what became of the last mail and take the next, checked and brought up to date; None without one."""
        while True:
            now = self.clock()
            with self.db.begin() as session:
                if outcome is not None:
                    _record(session, outcome)
                message_id = session.execute(
                    _TAKE[self._is_quiet(now)], {**_moments(now), "by": self.holder}).scalar_one_or_none()
                if message_id is None:
                    return None
                message = session.get_one(Message, message_id)
                if _is_wanted(session, message, self.office, now):
                    return _Claim(message.id, self.holder, message.tries, OutgoingMail(
                        message.header_id, self.office.mail_from, message.address, message.source),
                        checked=message.kind != "test" and not message.possibly_twice)
            outcome = None


def _moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "last_pause": now + PAUSES[-1], "last_lease": now + LEASE}


def _is_wanted(session: Session, message: Message, office: Office, now: datetime) -> bool:
    """Tell whether a mail is still to be sent; one that is not is ended, and says why."""
    state = "cancelled"
    try:
        against = _what_speaks_against(session, message, office, now)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # Kept in sight of the administrator; the mails behind it go on.
        log.exception("mail %s cannot be looked at", message.id)
        state, against = "failed", f"{type(error).__name__}: {error}"
    if against:
        message.state, message.lease_until, message.next_try_at = state, None, None
        message.error = against[:_LONGEST_ERROR]
    return not against


def _what_speaks_against(session: Session, message: Message, office: Office, now: datetime) -> str:
    """Return why a mail is not to be sent any more; empty where it is."""
    if message.kind == "test":
        return ""
    if message.kind == "hand_over":
        return "" if hand_over_notices.still_true(session, message, now) else NOT_TRUE
    return _bring_up_to_date(session, message, office, now)


def _bring_up_to_date(session: Session, message: Message, office: Office, now: datetime) -> str:
    """Write anew what has changed since the mail was written; return why it is not to be sent, or nothing.

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
        return NOT_TRUE
    if message.possibly_twice:
        return ""
    local = now.astimezone(HANOI)
    user = session.get_one(User, true[0].user_id)
    to = reminder_facts.recipient(session, user, local.date())
    if not to.address:  # taken away since
        reminder_mails.fail(true, reminder_mails.NO_ADDRESS)
        return reminder_mails.NO_ADDRESS
    same_day = message.created_at.astimezone(HANOI).date() == local.date()
    if len(true) == len(reminders) and same_day and to.address == message.address:
        return ""
    rendered, good = reminder_mails.Writer(session, reminder_mails.Paper.load(session, office, local)).render(
        true, known, user.id, to, message.header_id)
    if rendered is None or not good:
        return NOT_RENDERED
    message.subject, message.source = rendered.subject[:500], rendered.source
    message.address, message.user_id = to.address, to.user_id
    return ""


def _still_wanted(db: Sessions, claim: _Claim) -> bool:
    """Look once more as the mail is about to go: work that was done meanwhile is not reminded of."""
    if not claim.checked:
        return True
    with reading(db) as session:
        reminders = [one for one in reminder_facts.reminders_of(session, claim.message_id) if one.state == "mailed"]
        return len(reminder_facts.known(session, reminders)) == len(reminders)


def _send(db: Sessions, sender: MailSender, claim: _Claim, clock: Callable[[], datetime]) -> _Outcome:
    try:
        sender.send(claim.mail, lambda: _still_wanted(db, claim))
    except MailServerDown as down:
        return _Outcome(claim, "", {"state": "waiting", "next_try_at": clock(), "tries": claim.tries - 1,
                                    "error": str(down)}, down)
    except MailWithdrawn:
        return _Outcome(claim, "cancelled", {"state": "waiting", "next_try_at": clock(), "tries": claim.tries - 1})
    except MailMaybeSent as unsure:
        return _again(claim, str(unsure), clock(), maybe=True)
    except MailRefused as refusal:
        if refusal.permanent:
            return _Outcome(claim, "failed", {"state": "failed", "next_try_at": None, "error": str(refusal)})
        return _again(claim, str(refusal), clock(), maybe=False)
    except SQLAlchemyError:
        raise
    except Exception as error:
        log.exception("mail %s cannot be sent", claim.message_id)
        sender.close()  # whatever state it is in
        return _again(claim, f"{type(error).__name__}: {error}", clock(), maybe=True)
    return _Outcome(claim, "sent", {"state": "sent", "sent_at": clock(), "next_try_at": None, "error": ""})


def _again(claim: _Claim, error: str, now: datetime, *, maybe: bool) -> _Outcome:
    """Let it be tried later, or end it behind the last try."""
    values: dict[str, object] = {"error": error, **({"possibly_twice": True} if maybe else {})}
    if claim.tries > len(PAUSES):
        return _Outcome(claim, "failed", {**values, "state": "failed", "next_try_at": None})
    return _Outcome(claim, "retried", {**values, "state": "waiting", "next_try_at": now + PAUSES[claim.tries - 1]})


def _record(session: Session, outcome: _Outcome) -> None:
    """Keep the outcome, unless the lease has ended and another worker has the mail."""
    claim, values = outcome.claim, outcome.values
    if isinstance(values.get("error"), str):
        values = {**values, "error": str(values["error"])[:_LONGEST_ERROR]}
    session.execute(
        update(Message).where(Message.id == claim.message_id, Message.holder == claim.holder,
                              Message.state == "sending", Message.tries == claim.tries)
        .values(lease_until=None, **values), execution_options={"synchronize_session": False})


def _note_on_waiting(db: Sessions, error: str, now: datetime) -> None:
    """Say in the log why mails wait; it costs them no try."""
    with db.begin() as session:
        session.execute(update(Message).where(Message.state == "waiting", Message.next_try_at <= now)
                        .values(error=error[:_LONGEST_ERROR]), execution_options={"synchronize_session": False})


