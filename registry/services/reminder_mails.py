"""From planned reminders to mails in the outbox: one transaction for each person, so that one fault stops no other."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, distinct, exists, func, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from config import Config
from registry.db import Sessions, reading
from registry.domain.dates import print_short_date
from registry.domain.reminding import is_open
from registry.domain.workdays import WorkCalendar
from registry.mail import messages
from registry.mail.links import Links
from registry.models import Message, Reminder, ReminderWish, User
from registry.services import reminder_facts, reminder_rules, settings
from registry.services.reminder_facts import Known, Recipient
from registry.services.reminders import HANOI

log = logging.getLogger(__name__)

_DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""Faults that are nobody's mail's: the round ends and the next one tries again."""
NO_ADDRESS = "no_address"
MERGED = "merged"
"""Kept with a mail that never left: what it says is in a later one."""


@dataclass(frozen=True, slots=True)
class Office:
    """What mails need to know of the installation."""

    links: Links
    mail_from: str

    @classmethod
    def of(cls, config: Config) -> Office:
        """Return what the configuration says."""
        return cls(Links(config.base_url, config.secret_key), config.mail_from)


def compose(db: Sessions, office: Office, now: datetime) -> int:
    """Make mails of the reminders that are due by now and return how many mails that were; none in quiet hours."""
    now = now.astimezone(HANOI)
    with reading(db) as session:
        rules = reminder_rules.load(session)
        if not is_open(rules, reminder_rules.calendar(session, now), now):
            return 0
        waiting = _waiting_mails(session, now)
        several = {user_id for user_id, count in waiting.items() if count > 1}
        people = sorted(several.union(reminder_facts.due_people(session, now)))
        paper = Paper.load(session, office, now)
    return sum(_compose_alone(db, user_id, paper, waits=user_id in waiting) for user_id in people)


def _compose_alone(db: Sessions, user_id: int, paper: Paper, *, waits: bool) -> int:
    """Make the mails of one person; whatever is wrong with them is kept in sight and stops nobody else's."""
    try:
        return _compose_for(db, user_id, paper, waits=waits)
    except _DATABASE_AWAY:
        raise
    except Exception as error:
        log.exception("mails to user %s cannot be made", user_id)
        with db.begin() as session:
            fail(_due(session, user_id, paper.now), f"{type(error).__name__}: {error}")
        return 0


def _due(session: Session, user_id: int, now: datetime) -> Sequence[Reminder]:
    return session.scalars(select(Reminder).where(
        Reminder.user_id == user_id, Reminder.state == "planned", Reminder.send_at <= now)
        .order_by(Reminder.due_on, Reminder.id)).all()


def _compose_for(db: Sessions, user_id: int, paper: Paper, *, waits: bool) -> int:
    now = paper.now
    with db.begin() as session:
        # Two workers with the same person: the second waits here and then finds nothing planned.
        user = session.scalars(select(User).where(User.id == user_id).with_for_update(key_share=True)).one()
        if waits:
            _take_back(session, user_id, now)
        planned = _due(session, user_id, now)
        known = reminder_facts.known(session, planned)
        for reminder in planned:
            if reminder.id not in known:
                reminder.state = "cancelled"
        true = [reminder for reminder in planned if reminder.id in known]
        if not true:
            return 0
        to = reminder_facts.recipient(session, user, now.date())
        if not to.address:
            fail(true, NO_ADDRESS)
            return 0
        wish = session.get(ReminderWish, user_id)
        writer = Writer(session, paper)
        return sum(writer.write(group, known, user_id, to)
                   for group in _groups(true, singly=wish is not None and not wish.digest))


def _left_over(now: datetime) -> ColumnElement[bool]:
    """Return the condition for mails that have waited since another day without a try: there was no server."""
    midnight = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
    return and_(Message.state == "waiting", Message.tries == 0, ~Message.possibly_twice, Message.created_at < midnight)


def _waiting_mails(session: Session, now: datetime) -> dict[int, int]:
    """Return how many mails are left over from other days for whom."""
    rows = session.execute(
        select(Reminder.user_id, func.count(distinct(Message.id)).label("many"))
        .join(Message, Message.id == Reminder.message_id).where(_left_over(now)).group_by(Reminder.user_id))
    return {row.user_id: row.many for row in rows}


def _take_back(session: Session, user_id: int, now: datetime) -> None:
    """Let what is left over from other days go into today's mail: after days without a server one is enough."""
    theirs = exists().where(Reminder.message_id == Message.id, Reminder.user_id == user_id)
    for message in session.scalars(select(Message).where(
            _left_over(now), theirs).with_for_update(skip_locked=True)).all():
        message.state, message.next_try_at, message.error = "cancelled", None, MERGED
        session.execute(update(Reminder).where(Reminder.message_id == message.id, Reminder.state == "mailed")
                        .values(state="planned", message_id=None), execution_options={"synchronize_session": False})


def fail(reminders: Iterable[Reminder], error: str) -> None:
    """Keep why reminders could not be told, in sight of the administrator."""
    for reminder in reminders:
        reminder.state, reminder.error = "failed", error[:500]


def _groups(reminders: Sequence[Reminder], *, singly: bool) -> list[list[Reminder]]:
    """Part the reminders into mails: what is urgent by itself, the rest together. One piece of work stays in one mail."""
    urgent = {reminder.occurrence_id for reminder in reminders if reminder.urgent or singly}
    groups: dict[int, list[Reminder]] = {}
    for reminder in reminders:
        groups.setdefault(reminder.occurrence_id if reminder.occurrence_id in urgent else 0, []).append(reminder)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Paper:
    """What all mails of one round share."""

    office: Office
    name: str
    calendar: WorkCalendar
    now: datetime

    @classmethod
    def load(cls, session: Session, office: Office, now: datetime) -> Paper:
        """Return it for a moment in Viet Nam."""
        return cls(office, settings.load(session).office_name, reminder_rules.calendar(session, now), now)


class Writer:
    """Writes mails in the caller's transaction."""

    def __init__(self, session: Session, paper: Paper) -> None:
        self._session = session
        self._office, self._name = paper.office, paper.name
        self._calendar, self._now = paper.calendar, paper.now

    def write(self, reminders: Sequence[Reminder], known: dict[int, Known], user_id: int, to: Recipient) -> int:
        """Put one mail into the outbox and return 1; 0 when none of the reminders can be rendered."""
        header_id = f"<nhac-{uuid.uuid4().hex}@{self._office.mail_from.rpartition('@')[2]}>"
        rendered, good = self.render(reminders, known, user_id, to, header_id)
        if rendered is None:
            return 0
        message = Message(
            kind=_kind([known[reminder.id] for reminder in good]), user_id=to.user_id, address=to.address,
            header_id=header_id, subject=rendered.subject[:500], source=rendered.source, state="waiting",
            next_try_at=self._now, created_at=self._now)
        self._session.add(message)
        self._session.flush()
        for reminder in good:
            reminder.state, reminder.message_id = "mailed", message.id
        return 1

    def render(self, reminders: Sequence[Reminder], known: dict[int, Known], user_id: int, to: Recipient,
               header_id: str) -> tuple[messages.Rendered | None, list[Reminder]]:
        """Return the mail and the reminders in it; what cannot be rendered is marked as failed and left out."""
        good = list(reminders)
        try:
            return self._render([known[one.id] for one in good], user_id, to, header_id), good
        except Exception:
            log.exception("mail to user %s cannot be rendered as a whole", user_id)
        good = [one for one in reminders if self._alone(one, known[one.id], user_id, to, header_id)]
        if not good:
            return None, []
        return self._render([known[one.id] for one in good], user_id, to, header_id), good

    def _alone(self, reminder: Reminder, known: Known, user_id: int, to: Recipient, header_id: str) -> bool:
        try:
            self._render([known], user_id, to, header_id)
        except Exception as error:  # noqa: BLE001 - kept with the reminder, in sight of the administrator
            fail([reminder], f"{type(error).__name__}: {error}")
            return False
        return True

    def _render(self, facts: Sequence[Known], user_id: int, to: Recipient, header_id: str) -> messages.Rendered:
        links, works, seen = self._office.links, [], set()
        for one in sorted(facts, key=lambda known: (known.due_on, known.occurrence_id, known.reason)):
            if one.occurrence_id not in seen:  # two rules, one piece of work: told once
                seen.add(one.occurrence_id)
                works.append(self._work(one, None if to.instead_of else user_id))
        return messages.reminder(messages.ReminderMail(
            header_id, self._office.mail_from, to.address, to.name, to.instead_of, self._name, self._now.date(),
            self._now, tuple(works), links.mine(), links.wishes()))

    def _work(self, known: Known, answers: int | None) -> messages.Work:
        """Return the facts of one work; ``answers`` is who may answer by link: never a deputy in another's name."""
        links, today = self._office.links, self._now.date()
        return messages.Work(
            known.occurrence_id, known.due_version, known.task, known.words, _document(known), known.subject,
            known.due_on, known.due_time, self._calendar.working_days_between(today, known.due_on),
            known.due_on < today, known.reason, known.unit, known.person, links.work(known.occurrence_id),
            *([links.reply(answers, known.occurrence_id, known.due_version, action, self._now)
               for action in ("received", "done")] if answers and known.reason in {"owner", "unit"} else ["", ""]))


def _kind(known: Iterable[Known]) -> str:
    facts = list(known)
    if any(one.urgent for one in facts):
        return "urgent"
    return "escalation" if all(one.reason in {"head", "leader"} for one in facts) else "digest"


def _document(known: Known) -> str:
    parts = [known.number or "không số", f"ngày {print_short_date(known.issued_on)}" if known.issued_on else "",
             f"của {known.issuer}" if known.issuer else "", "(văn bản đã hủy)" if known.cancelled else ""]
    return " ".join(part for part in parts if part)


