"""The life of an entry in the register: cancelled with a reason, and restored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import NotPossible, ReasonNeeded
from registry.domain.values import Status
from registry.models import Change, Document
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_rows import label
from registry.services.open_work import OpenWork, settle
from registry.services.registration import get_for_change
from search_index.text import one_line


def cancel(db: Sessions, document_id: int, version: int, reason: str, *, open_work: OpenWork | None = None,
           actor: Actor, at: datetime) -> None:
    """Cancel the entry with a reason; its number stays used.

    ``open_work`` says what becomes of the obligations that are still open, in the same transaction.

    Raises:
        ReasonNeeded, NotFound, ChangedMeanwhile.
        NotPossible: ``already_cancelled``; ``open_work``: something is open, and nobody decided about it.
    """
    reason = one_line(reason)
    if not reason:
        raise ReasonNeeded("cancelling needs a reason")
    with db.begin() as session:
        document = get_for_change(session, document_id, version)
        settled = settle(session, document_id, open_work, reason, actor=actor, at=at)
        _set_status(session, document, Status.CANCELLED, {"reason": reason, **settled}, actor=actor, at=at)


def restore(db: Sessions, document_id: int, version: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Put a cancelled entry back in force; obligations that were cancelled with it stay so.

    Raises:
        NotFound, ChangedMeanwhile, NotPossible: it is not cancelled.
    """
    with db.begin() as session:
        document = get_for_change(session, document_id, version)
        _set_status(session, document, Status.ACTIVE, {"reason": one_line(reason)}, actor=actor, at=at)


def _set_status(session: Session, document: Document, status: Status, changes: dict[str, object], *, actor: Actor,
                at: datetime) -> None:
    if document.status == status:
        raise NotPossible("already_cancelled" if status == Status.CANCELLED else "not_cancelled")
    before, document.status = document.status, status
    document.version += 1
    document.updated_at = at
    session.add(Change(document_id=document.id))
    audit.record(session, actor, at, "cancel" if status == Status.CANCELLED else "restore", "document",
                 document.id, label=label(document), changes={"status": [before, status], **changes})
