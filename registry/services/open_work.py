"""What a cancelled document still asks for: cancelled together with it, or kept by a person's decision."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotPossible
from registry.domain.obligations import OPEN, ObligationState
from registry.models import Obligation, Occurrence
from registry.services.actors import Actor
from registry.services.progress import note
from registry.services.reminder_changes import occurrence_changed

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
    if decided == OpenWork.CANCEL:
        _cancel(session, document_id, reason, actor=actor, at=at)
    return {"open_obligations": [count, 0 if decided == OpenWork.CANCEL else count]}


def _count(session: Session, document_id: int) -> int:
    unfinished = select(Occurrence.id).where(Occurrence.obligation_id == Obligation.id, _UNFINISHED).exists()
    return session.scalar(select(func.count()).select_from(Obligation).where(
        Obligation.document_id == document_id, or_(unfinished, goes_on()))) or 0


def goes_on() -> ColumnElement[bool]:
    """Return the condition for recurrences that still bring occurrences."""
    return (Obligation.rrule + Obligation.cycle != "") & Obligation.ended_at.is_(None)


def _cancel(session: Session, document_id: int, reason: str, *, actor: Actor, at: datetime) -> None:
    # Recurrences first: who makes their next occurrences waits for these rows, and then finds them ended.
    for obligation in session.scalars(select(Obligation).where(
            Obligation.document_id == document_id, goes_on()).with_for_update()).all():
        obligation.ended_at = at
        obligation.version += 1
    for occurrence in session.scalars(select(Occurrence).join(
            Obligation, Obligation.id == Occurrence.obligation_id).where(
            Obligation.document_id == document_id, _UNFINISHED).with_for_update(of=Occurrence)).all():
        before, occurrence.state = occurrence.state, ObligationState.CANCELLED
        occurrence.version += 1
        note(session, occurrence, "state", actor=actor, at=at, text=f"hủy cùng văn bản giao việc: {reason}",
             before=before, after=ObligationState.CANCELLED.value)
        occurrence_changed(session, occurrence)
