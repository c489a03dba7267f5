"""What a cancelled document still asks for: cancelled together with it, or kept by a person's decision.

Of documents that were cancelled before anybody was asked, the decision is made afterwards; until then people are
reminded, and told that the document was cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, or_, select
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible, ReasonNeeded
from registry.domain.obligations import OPEN, ObligationState
from registry.domain.roles import Permission
from registry.domain.values import Status
from registry.models import Document, Obligation, Occurrence, ProgressNote
from registry.services.actors import Actor
from registry.services.progress import note
from registry.services.reminder_changes import occurrence_changed
from search_index.text import one_line

KEPT = "kept"
"""What the history says where a person decided that work of a cancelled document is still to be done."""
_UNFINISHED = Occurrence.state.in_([*OPEN, ObligationState.PAUSED])


class OpenWork(StrEnum):
    """What becomes of the open obligations of a document that is cancelled."""

    CANCEL = "cancel"
    """Hủy cùng văn bản."""
    KEEP = "keep"
    """Giữ lại: still to be done, and reminded of."""


def count_open(db: Sessions, document_id: int) -> int:
    """Return how many obligations of the document are not finished; a recurrence counts once."""
    with reading(db) as session:
        return _count(session, document_id)


def settle(session: Session, document_id: int, decided: OpenWork | None, reason: str, *, actor: Actor,
           at: datetime) -> dict[str, object]:
    """Do with the open obligations of a document what was decided; return what to keep in the audit trail.

    Whoever enters an obligation waits for the document's lock, which the caller holds.

    Raises:
        NotPossible: ``open_work``: there is some, and nobody decided.
    """
    count = _count(session, document_id)
    if not count:
        return {}
    if decided is None:
        raise NotPossible("open_work", "open_work", count=count)
    obligations = _unfinished(session, Obligation.document_id == document_id)
    if decided == OpenWork.CANCEL:
        _cancel(session, obligations, reason, actor=actor, at=at)
    else:
        _keep(session, obligations, reason, actor=actor, at=at)
    return {"open_obligations": [count, 0 if decided == OpenWork.CANCEL else count]}


def decide(db: Sessions, obligation_id: int, decided: OpenWork, reason: str, *, actor: Actor, at: datetime) -> None:
    """Say what becomes of an obligation whose document was cancelled before: of all its occurrences. Again changes nothing.

    Raises:
        NotFound: there is none.
        NotPossible: ``document_stands``; ``managers_only``.
        ReasonNeeded: there is none.
    """
    if not actor.may(Permission.MANAGE_OBLIGATIONS):
        raise NotPossible("managers_only")
    reason = one_line(reason)
    if not reason:
        raise ReasonNeeded("reason")
    with db.begin() as session:
        obligation = session.get(Obligation, obligation_id)
        if obligation is None:
            raise NotFound("obligation", obligation_id)
        # The document first, as who cancels or restores it does.
        document = session.get_one(Document, obligation.document_id, with_for_update={"read": True})
        if document.status != Status.CANCELLED:
            raise NotPossible("document_stands")
        work = _unfinished(session, Obligation.id == obligation_id)
        if decided == OpenWork.CANCEL:
            _cancel(session, work, reason, actor=actor, at=at)
        elif session.scalar(kept(obligation_id)) is None:
            _keep(session, work, reason, actor=actor, at=at)


def kept(obligation_id: int | SQLColumnExpression[int]) -> Select[int]:
    """Return the query for what the history says of an obligation having been kept."""
    theirs = aliased(Occurrence)
    return (select(ProgressNote.id).join(theirs, theirs.id == ProgressNote.occurrence_id)
            .where(theirs.obligation_id == obligation_id, ProgressNote.action == KEPT).limit(1))


def _count(session: Session, document_id: int) -> int:
    return len(_unfinished(session, Obligation.document_id == document_id))


def _unfinished(session: Session, which: ColumnElement[bool]) -> list[int]:
    """Return the ids of those obligations in which something is still to be done."""
    unfinished = select(Occurrence.id).where(Occurrence.obligation_id == Obligation.id, _UNFINISHED).exists()
    return list(session.scalars(select(Obligation.id).where(which, or_(unfinished, goes_on()))))


def goes_on() -> ColumnElement[bool]:
    """Return the condition for recurrences that still bring occurrences."""
    return (Obligation.rrule + Obligation.cycle != "") & Obligation.ended_at.is_(None)


def _cancel(session: Session, obligations: list[int], reason: str, *, actor: Actor, at: datetime) -> None:
    # Recurrences first: who makes their next occurrences waits for these rows, and then finds them ended.
    for obligation in session.scalars(select(Obligation).where(
            Obligation.id.in_(obligations), goes_on()).with_for_update()).all():
        obligation.ended_at = at
        obligation.version += 1
    for occurrence in _occurrences(session, obligations):
        before, occurrence.state = occurrence.state, ObligationState.CANCELLED
        occurrence.version += 1
        note(session, occurrence, "state", actor=actor, at=at, text=f"hủy cùng văn bản giao việc: {reason}",
             before=before, after=ObligationState.CANCELLED.value)
        occurrence_changed(session, occurrence)


def _keep(session: Session, obligations: list[int], reason: str, *, actor: Actor, at: datetime) -> None:
    for occurrence in _occurrences(session, obligations):
        occurrence.version += 1
        note(session, occurrence, KEPT, actor=actor, at=at, text=f"giữ lại dù văn bản giao việc đã hủy: {reason}")


def _occurrences(session: Session, obligations: list[int]) -> Sequence[Occurrence]:
    return session.scalars(select(Occurrence).where(
        Occurrence.obligation_id.in_(obligations), _UNFINISHED).with_for_update(of=Occurrence)).all()
