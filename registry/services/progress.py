"""The history of an occurrence: what happened to it, who did it, when, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.domain.errors import TooLong
from registry.models import Obligation, Occurrence, ProgressNote
from registry.services import audit
from registry.services.actors import Actor
from search_index.text import clean

LONGEST_NOTE = 4000


def note(session: Session, occurrence: Occurrence, action: str, *, actor: Actor, at: datetime, text: str = "",
         before: object = "", after: object = "") -> None:
    """Keep what happened in the history of the occurrence and in the audit trail."""
    text = clean(text).strip()
    if len(text) > LONGEST_NOTE:
        raise TooLong("note", len(text), LONGEST_NOTE)
    session.add(ProgressNote(occurrence_id=occurrence.id, at=at, user_id=actor.id, action=action, text=text,
                             before=str(before)[:200], after=str(after)[:200]))
    obligation = session.get_one(Obligation, occurrence.obligation_id)
    changes: dict[str, Any] = {action: [before or None, after or None]} if before or after else {}
    audit.record(session, actor, at, "update", "obligation", obligation.id, label=obligation.task,
                 changes={**changes, **({"note": text} if text else {})})
