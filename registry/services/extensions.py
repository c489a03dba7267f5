"""Extensions (gia hạn): more time is asked for with a reason, and a leader decides; every date is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import MissingValue, NotFound, NotPossible, ReasonNeeded, TooLong
from registry.domain.obligations import OPEN, ObligationState
from registry.domain.roles import Permission
from registry.models import Extension, Occurrence, User
from registry.services.actors import Actor
from registry.services.obligation_changes import move_due
from registry.services.obligations import get_for_work
from registry.services.progress import note
from search_index.text import one_line

_LONGEST = 1000


def request(db: Sessions, occurrence_id: int, version: int, new_due_on: date | None, reason: str, *, actor: Actor,
            at: datetime) -> int:
    """Ask for more time; return the id of the request.

    Raises:
        MissingValue: no day, or nobody is signed in.
        ReasonNeeded: there is no reason.
        NotPossible: ``not_yours``, ``closed``, ``not_later``, ``extension_waiting``.
    """
    reason = _fitting(reason)
    if not reason:
        raise ReasonNeeded("reason")
    if new_due_on is None or actor.id is None:
        raise MissingValue("new_due_on")
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        if ObligationState(occurrence.state) not in OPEN:
            raise NotPossible("closed")
        if occurrence.due_on is None or new_due_on <= occurrence.due_on:
            raise NotPossible("not_later", "new_due_on")
        waiting = select(Extension.id).where(Extension.occurrence_id == occurrence_id, Extension.decision == "waiting")
        if session.scalar(waiting) is not None:
            raise NotPossible("extension_waiting")
        asked = Extension(occurrence_id=occurrence_id, old_due_on=occurrence.due_on, new_due_on=new_due_on,
                          reason=reason, requested_by_id=actor.id, requested_at=at)
        session.add(asked)
        note(session, occurrence, "extension", actor=actor, at=at, text=reason, before=occurrence.due_on,
             after=new_due_on)
        session.flush()
        return asked.id


def decide(db: Sessions, extension_id: int, *, approve: bool, text: str, actor: Actor, at: datetime) -> None:
    """Approve a request, which moves the due date, or refuse it with the reason.

    ``text`` is the reason of a refusal, or by which document it was agreed.

    Raises:
        NotFound: there is none.
        NotPossible: ``already_decided``, ``deciders_only``, ``closed``.
        ReasonNeeded: a refusal without a reason.
    """
    text = _fitting(text)
    if not approve and not text:
        raise ReasonNeeded("reason")
    with db.begin() as session:
        asked = session.get(Extension, extension_id, with_for_update=True)
        if asked is None:
            raise NotFound("extension", extension_id)
        if asked.decision != "waiting":
            raise NotPossible("already_decided")
        occurrence = session.get_one(Occurrence, asked.occurrence_id, with_for_update=True)
        person = session.get(User, actor.id) if actor.id is not None else None
        if not may_decide(occurrence, person, actor):
            raise NotPossible("deciders_only")
        if ObligationState(occurrence.state) not in OPEN:
            raise NotPossible("closed")
        asked.decision = "approved" if approve else "refused"
        asked.decided_by_id, asked.decided_at, asked.note = actor.id, at, text
        occurrence.version += 1
        if approve:
            move_due(session, occurrence, asked.new_due_on, None, actor=actor, at=at, text=text)
        else:
            note(session, occurrence, "extension", actor=actor, at=at, text=text, after="refused")


def may_decide(occurrence: Occurrence, person: User | None, actor: Actor) -> bool:
    """Tell whether ``actor``, in the database ``person``, decides: a leader, or the unit's head for others than themselves."""
    if actor.may(Permission.DECIDE_EXTENSIONS):
        return True
    return (person is not None and person.heads_unit and person.unit_id is not None
            and person.unit_id == occurrence.unit_id and occurrence.user_id != person.id)


def _fitting(text: str) -> str:
    text = one_line(text)
    if len(text) > _LONGEST:
        raise TooLong("reason", len(text), _LONGEST)
    return text


@dataclass(frozen=True, slots=True)
class AskedExtension:
    """A request as the pages show it."""

    id: int
    old_due_on: date | None
    new_due_on: date
    reason: str
    requested_by: str
    requested_at: datetime
    decision: str
    decided_by: str
    decided_at: datetime | None
    note: str


def of_occurrence(session: Session, occurrence_id: int) -> list[AskedExtension]:
    """Return the requests for one occurrence, newest first."""
    rows = session.scalars(select(Extension).where(Extension.occurrence_id == occurrence_id)
                           .order_by(Extension.id.desc())).all()
    people = {user.id: user.full_name for user in session.scalars(select(User).where(
        User.id.in_({one for row in rows for one in (row.requested_by_id, row.decided_by_id) if one is not None})))}
    return [AskedExtension(
        row.id, row.old_due_on, row.new_due_on, row.reason, people.get(row.requested_by_id, ""), row.requested_at,
        row.decision, people.get(row.decided_by_id or 0, ""), row.decided_at, row.note) for row in rows]
