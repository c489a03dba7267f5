"""What a change of an obligation means for its reminders, in the same transaction."""

from __future__ import annotations

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from registry.domain.obligations import REMINDED, ObligationState
from registry.models import Occurrence, Reminder


def occurrence_changed(session: Session, occurrence: Occurrence) -> None:
    """Cancel the planned reminders of ``occurrence`` that are no longer true.

    A reminder belongs to one version of the due date; work that is done, reported, paused or cancelled
    is not reminded of. What is to be reminded of anew is planned by the next planning.
    """
    session.flush()
    stale = Reminder.due_version < occurrence.due_version
    if ObligationState(occurrence.state) not in REMINDED:
        stale = or_(stale, Reminder.occurrence_id == occurrence.id)
    session.execute(
        update(Reminder).where(Reminder.occurrence_id == occurrence.id, Reminder.state == "planned", stale)
        .values(state="cancelled"), execution_options={"synchronize_session": False})
