"""Answers to a mail by its signed links: "Tôi đã nhận" and "Đã hoàn thành", without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible
from registry.domain.obligations import REMINDED, ObligationState
from registry.domain.roles import Role
from registry.mail.links import Reply
from registry.models import Document, Obligation, Occurrence, User
from registry.services import obligations
from registry.services.actors import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page behind a signed link shows before anything changes."""

    task: str
    number: str
    due_on: date | None
    due_time: time | None
    person: str
    action: str
    open: bool
    """Whether the work still waits for an answer."""
    version: int


def look(db: Sessions, reply: Reply) -> Asked:
    """Return what the link is about.

    Raises:
        NotFound: the work or the person is gone, or the person does not owe it any more.
    """
    with reading(db) as session:
        row = session.execute(
            select(Occurrence, Obligation.task, Document.number, User)
            .join(Obligation, Obligation.id == Occurrence.obligation_id)
            .join(Document, Document.id == Obligation.document_id).join(User, User.id == reply.user_id)
            .where(Occurrence.id == reply.occurrence_id, User.active)).one_or_none()
        if row is None or not obligations.is_theirs(session, row.Occurrence, _actor(row.User, "")):
            raise NotFound("obligation", reply.occurrence_id)
        occurrence = row.Occurrence
        waits = ObligationState(occurrence.state) in REMINDED and not (
            reply.action == "received" and occurrence.received_at is not None)
        return Asked(row.task, row.number or "", occurrence.due_on, occurrence.due_time, row.User.full_name,
                     reply.action, waits, occurrence.version)


def answer(db: Sessions, reply: Reply, text: str, *, address: str, at: datetime) -> None:
    """Do what the link allows, as the person that it was made for.

    Raises:
        NotFound: as for ``look``.
        NotPossible: ``closed``: the work was reported or ended meanwhile.
        ReasonNeeded: "Đã hoàn thành" without a word on how.
    """
    asked = look(db, reply)
    if not asked.open:
        raise NotPossible("closed")
    with reading(db) as session:
        actor = _actor(session.get_one(User, reply.user_id), address)
    if reply.action == "received":
        obligations.receive(db, reply.occurrence_id, actor=actor, at=at)
    else:
        obligations.complete(db, reply.occurrence_id, asked.version, actor=actor, at=at, text=text)


def _actor(user: User, address: str) -> Actor:
    return Actor(user.id, f"{user.full_name} ({user.username})", Role(user.role), address)
