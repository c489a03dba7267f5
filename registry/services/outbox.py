"""The outbox (thư gửi đi) as the administrator works it off: every mail, its state, its tries, sent again."""

from __future__ import annotations

import email
import email.policy
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NotFound, NotPossible
from registry.mail import messages
from registry.models import Message, Obligation, Occurrence, Reminder, User
from registry.services import audit, reminder_rules, settings
from registry.services.actors import Actor
from registry.services.obligation_needs import Need, needs
from registry.services.reminder_mails import Office

STATES = ("waiting", "sending", "sent", "failed", "cancelled")
_PAGE = 50


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One mail in the list."""

    id: int
    kind: str
    person: str
    address: str
    subject: str
    state: str
    possibly_twice: bool
    tries: int
    next_try_at: datetime | None
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """What the administrator looks for; empty means any."""

    state: str = ""
    text: str = ""
    """Part of the address or the subject."""
    twice: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page of mails, newest first; ``older`` is the id to continue below."""

    rows: list[MessageRow]
    older: int | None


@dataclass(frozen=True, slots=True)
class OneMessage:
    """One mail as it is read: its row, its texts, its attachments' names and its whole source."""

    row: MessageRow
    header_id: str
    text: str
    html: str
    attachments: tuple[str, ...]
    source: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands, and what never became a mail."""

    counts: dict[str, int]
    possibly_twice: int
    unheard: int
    """Open work with a date that nobody would be told of: neither a person nor a unit with people."""
    failed_reminders: list[FailedReminder]
    """The latest of those that could not be made into mails."""
    many_failed: int


@dataclass(frozen=True, slots=True)
class FailedReminder:
    """A reminder that could not be made into a mail."""

    id: int
    occurrence_id: int
    person: str
    task: str
    error: str


def _row(message: Message, person: str | None) -> MessageRow:
    return MessageRow(
        id=message.id, kind=message.kind, person=person or "", address=message.address, subject=message.subject,
        state=message.state, possibly_twice=message.possibly_twice, tries=message.tries,
        next_try_at=message.next_try_at, error=message.error, created_at=message.created_at, sent_at=message.sent_at)


def find_messages(db: Sessions, wanted: MessageFilter, *, below: int | None = None,
                  limit: int = _PAGE) -> MessagePage:
    """Return the newest mails that fit, below the id ``below``."""
    query = select(Message, User.full_name).outerjoin(User, User.id == Message.user_id)
    if wanted.state:
        query = query.where(Message.state == wanted.state)
    if wanted.twice:
        query = query.where(Message.possibly_twice)
    if wanted.since is not None:
        query = query.where(Message.created_at >= wanted.since)
    if wanted.text:
        query = query.where(or_(Message.address.icontains(wanted.text, autoescape=True),
                                Message.subject.icontains(wanted.text, autoescape=True)))
    if below is not None:
        query = query.where(Message.id < below)
    with reading(db) as session:
        found = session.execute(query.order_by(Message.id.desc()).limit(limit + 1)).all()
    rows = [_row(message, person) for message, person in found[:limit]]
    return MessagePage(rows, rows[-1].id if len(found) > limit else None)


def get_message(db: Sessions, message_id: int) -> OneMessage:
    """Return one mail.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        found = session.execute(select(Message, User.full_name).outerjoin(User, User.id == Message.user_id)
                                .where(Message.id == message_id)).one_or_none()
    if found is None:
        raise NotFound("message", message_id)
    message, person = found
    source = message.source.encode("ascii")
    text, html, attachments = parts(source)
    return OneMessage(_row(message, person), message.header_id, text, html, attachments, source)


def parts(source: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the plain text, the HTML and the names of the attachments of a mail."""
    mail = email.message_from_bytes(source, policy=email.policy.default)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return (text.get_content() if text else "", html.get_content() if html else "",
            tuple(part.get_filename() or "" for part in mail.iter_attachments()))


def standing(db: Sessions) -> Standing:
    """Return how many mails there are in each state, and what never became one."""
    with reading(db) as session:
        counts = {row[0]: row[1] for row in session.execute(
            select(Message.state, func.count()).group_by(Message.state))}
        twice = session.scalar(select(func.count()).where(Message.possibly_twice)) or 0
        unheard = session.scalar(select(func.count(Occurrence.id)).where(needs(Need.SOMEBODY))) or 0
        failed = [FailedReminder(*row) for row in session.execute(
            select(Reminder.id, Reminder.occurrence_id, User.full_name, Obligation.task, Reminder.error)
            .join(User, User.id == Reminder.user_id).join(Occurrence, Occurrence.id == Reminder.occurrence_id)
            .join(Obligation, Obligation.id == Occurrence.obligation_id)
            .where(Reminder.state == "failed").order_by(Reminder.id.desc()).limit(_PAGE))]
        many = session.scalar(select(func.count()).where(Reminder.state == "failed")) or 0
    return Standing(counts, twice, unheard, failed, many)


def resend(db: Sessions, message_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a mail be sent (again) at the next round; one whose work is done meanwhile is cancelled then.

    Raises:
        NotFound: there is none.
        NotPossible: ``message_waits``: it waits or is under way anyhow.
    """
    with db.begin() as session:
        message = session.get(Message, message_id, with_for_update=True)
        if message is None:
            raise NotFound("message", message_id)
        if message.state in {"waiting", "sending"}:
            raise NotPossible("message_waits")
        audit.record(session, actor, at, "resend", "message", message.id, label=message.subject,
                     changes={"status": [message.state, "waiting"]})
        message.state, message.tries, message.next_try_at, message.error = "waiting", 0, at, ""


def plan_again(db: Sessions, reminder_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a reminder that failed be made into a mail at the next round.

    Raises:
        NotFound: no such reminder has failed.
    """
    with db.begin() as session:
        reminder = session.get(Reminder, reminder_id, with_for_update=True)
        if reminder is None or reminder.state != "failed":
            raise NotFound("reminder", reminder_id)
        reminder.state, reminder.error = "planned", ""
        audit.record(session, actor, at, "resend", "reminder", reminder.id, label=reminder.rule)


def queue_test(db: Sessions, office: Office, user_id: int, *, actor: Actor, at: datetime) -> str:
    """Put a test mail to a person into the outbox and return the address; it leaves at the next round, at any hour.

    Raises:
        MissingValue: the person has no address.
    """
    with db.begin() as session:
        user = session.get_one(User, user_id)
        if not user.email:
            raise MissingValue("email")
        header_id = f"<thu-{uuid.uuid4().hex}@{office.mail_from.rpartition('@')[2]}>"
        rendered = messages.test(header_id, office.mail_from, user.email, user.full_name,
                                 settings.load(session).office_name, at)
        message = Message(kind="test", user_id=user.id, address=user.email, header_id=header_id,
                          subject=rendered.subject, source=rendered.source, state="waiting", next_try_at=at,
                          created_at=at)
        session.add(message)
        session.flush()
        audit.record(session, actor, at, "create", "message", message.id, label=rendered.subject)
        return user.email


def sample(db: Sessions, office: Office, name: str, at: datetime) -> messages.Rendered:
    """Return a mail as people get it, with made-up work around the day of ``at``."""
    with reading(db) as session:
        own = settings.load(session).office_name
        calendar = reminder_rules.calendar(session, at)
    today = at.date()
    ahead = calendar.add_working_days(today, 3)
    late = calendar.add_working_days(today, -2)
    given: list[tuple[str, date, str, str, time | None]] = [
        ("Báo cáo kết quả rà soát thủ tục hành chính", late, "owner", "Văn phòng", None),
        ("Gửi số liệu giải ngân vốn đầu tư công", today, "owner", "Phòng Tổng hợp", time(16, 0)),
        ("Lấy ý kiến dự thảo kế hoạch chuyển đổi số", ahead, "partner", "Phòng Công nghệ", None)]
    works = tuple(messages.Work(
        number, 1, task, f"trước ngày {due_on + timedelta(days=1):%d/%m/%Y}", f"{number}15/KH-UBND ngày 04/02/2021",
        "nhiệm vụ công tác năm", due_on, due_time, calendar.working_days_between(today, due_on), due_on < today,
        reason, unit, "", office.links.mine(), *([office.links.mine()] * 2 if reason == "owner" else ["", ""]))
        for number, (task, due_on, reason, unit, due_time) in enumerate(given, 1))
    return messages.reminder(messages.ReminderMail(
        "<mau@sovanban>", office.mail_from, "mau@sovanban.invalid", name, "", own, today, at, works,
        office.links.mine(), office.links.wishes()))
