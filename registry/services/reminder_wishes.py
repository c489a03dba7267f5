"""What each person wants of reminders: their days and hour, absences with a deputy, their own calendar's address."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible
from registry.domain.obligations import OPEN
from registry.mail import messages
from registry.mail.links import Links
from registry.models import Absence, Document, Obligation, ObligationPartner, Occurrence, ReminderWish, User
from registry.services import audit, reminder_rules
from registry.services.actors import Actor
from registry.services.reminder_rules import check_days, print_days

_MOST_IN_FEED = 500


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants; without a wish of their own, the office's rules."""

    days_before: tuple[int, ...]
    morning_at: time
    digest: bool
    own: bool
    has_feed: bool


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence of a person."""

    id: int
    deputy: str
    from_on: date
    to_on: date
    note: str


def get(db: Sessions, user_id: int) -> Wishes:
    """Return what the person wants."""
    with reading(db) as session:
        rules, wish = reminder_rules.load(session), session.get(ReminderWish, user_id)
    if wish is None:
        return Wishes(rules.days_before, rules.morning_at, digest=True, own=False, has_feed=False)
    return Wishes(tuple(wish.days_before), wish.morning_at or rules.morning_at, wish.digest, own=True,
                  has_feed=wish.feed_key is not None)


def save(db: Sessions, user_id: int, days_before: tuple[int, ...], morning_at: time, digest: bool, *, actor: Actor,
         at: datetime) -> None:
    """Keep what the person wants, within the office's limits.

    Raises:
        NotPossible: ``reminder_days``, ``reminder_hours``.
    """
    check_days(days_before)
    with db.begin() as session:
        rules = reminder_rules.load(session)
        if not rules.opens <= morning_at < rules.closes:
            raise NotPossible("reminder_hours", "morning_at")
        wish = _wish(session, user_id)
        before = _facts(wish)
        wish.days_before, wish.morning_at, wish.digest = list(days_before), morning_at, digest
        changes = audit.differences(before, _facts(wish))
        if changes:
            audit.record(session, actor, at, "update", "reminder_wish", user_id, changes=changes)


def _wish(session: Session, user_id: int) -> ReminderWish:
    wish = session.get(ReminderWish, user_id)
    if wish is None:
        rules = reminder_rules.load(session)
        wish = ReminderWish(user_id=user_id, days_before=list(rules.days_before), digest=True)
        session.add(wish)
    return wish


def _facts(wish: ReminderWish) -> dict[str, object]:
    return {"remind_days_before": print_days(wish.days_before),
            "remind_morning_at": f"{wish.morning_at:%H:%M}" if wish.morning_at else None,
            "remind_digest": wish.digest}


def find_absences(db: Sessions, user_id: int, *, since: date) -> list[AbsenceRow]:
    """Return the absences of a person that have not ended before ``since``."""
    with reading(db) as session:
        rows = session.execute(
            select(Absence, User.full_name).join(User, User.id == Absence.deputy_id)
            .where(Absence.user_id == user_id, Absence.to_on >= since).order_by(Absence.from_on, Absence.id))
        return [AbsenceRow(one.id, deputy, one.from_on, one.to_on, one.note) for one, deputy in rows]


def add_absence(db: Sessions, user_id: int, deputy_id: int, from_on: date, to_on: date, note: str, *, actor: Actor,
                at: datetime) -> None:
    """Keep that the person is away; the deputy gets their reminders on these days.

    Raises:
        NotPossible: ``dates_reversed``, ``own_deputy``, ``inactive_person``.
    """
    if to_on < from_on:
        raise NotPossible("dates_reversed", "to_on")
    if deputy_id == user_id:
        raise NotPossible("own_deputy", "deputy_id")
    with db.begin() as session:
        deputy = session.get(User, deputy_id)
        if deputy is None or not deputy.active:
            raise NotPossible("inactive_person", "deputy_id")
        session.add(Absence(user_id=user_id, deputy_id=deputy_id, from_on=from_on, to_on=to_on, note=note))
        audit.record(session, actor, at, "create", "absence", user_id, label=deputy.full_name,
                     changes={"from_on": [None, from_on], "to_on": [None, to_on]})


def remove_absence(db: Sessions, user_id: int, absence_id: int, *, actor: Actor, at: datetime) -> None:
    """Take an absence back.

    Raises:
        NotFound: the person has no such absence.
    """
    with db.begin() as session:
        row = session.get(Absence, absence_id)
        if row is None or row.user_id != user_id:
            raise NotFound("absence", absence_id)
        session.delete(row)
        audit.record(session, actor, at, "delete", "absence", user_id,
                     changes={"from_on": [row.from_on, None], "to_on": [row.to_on, None]})


def renew_feed(db: Sessions, user_id: int, *, actor: Actor, at: datetime) -> str:
    """Make a new secret for the person's calendar and return it; the former address ends. It is kept as a hash only."""
    secret = secrets.token_urlsafe(24)
    with db.begin() as session:
        _wish(session, user_id).feed_key = _key(secret)
        audit.record(session, actor, at, "create", "calendar_feed", user_id)
    return secret


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def feed(db: Sessions, secret: str, links: Links, now: datetime) -> bytes:
    """Return the open work of the person whose calendar has this secret, as iCalendar.

    Raises:
        NotFound: nobody has it, or the person is not here any more.
    """
    owner = aliased(User)
    with reading(db) as session:
        user = session.scalars(select(User).join(ReminderWish, ReminderWish.user_id == User.id)
                               .where(ReminderWish.feed_key == _key(secret), User.active)).one_or_none()
        if user is None:
            raise NotFound("calendar", "")
        partner = exists().where(ObligationPartner.obligation_id == Obligation.id,
                                 ObligationPartner.user_id == user.id)
        rows = session.execute(
            select(Occurrence, Obligation, Document.number).join(Obligation, Obligation.id == Occurrence.obligation_id)
            .join(Document, Document.id == Obligation.document_id).outerjoin(owner, owner.id == Occurrence.user_id)
            .where(Occurrence.state.in_([str(state) for state in OPEN]), Occurrence.due_on.is_not(None),
                   or_(Occurrence.user_id == user.id, partner,
                       and_(Occurrence.user_id.is_(None), Occurrence.unit_id == user.unit_id)))
            .order_by(Occurrence.due_on, Occurrence.id).limit(_MOST_IN_FEED)).all()
    works = [messages.Work(
        one.id, one.due_version, obligation.task, obligation.words, number or "", "", one.due_on, one.due_time, 0,
        False, "owner", "", "", links.work(one.id)) for one, obligation, number in rows if one.due_on is not None]
    return messages.calendar(works, now)
