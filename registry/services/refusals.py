"""What is refused for a mark of state secrecy: the trail says who, when and by which rule, and nothing of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import SecretDocument
from registry.domain.secrecy import find_secrecy_mark
from registry.services import audit
from registry.services.actors import Actor


def record_refusal(session: Session, error: SecretDocument, *, actor: Actor, at: datetime,
                   document_id: int | None = None, label: str = "") -> None:
    """Record that something with a secrecy mark was refused; of a file, for which document."""
    audit.record(session, actor, at, "refuse_secret", "document", document_id, label=label, changes={"rule": error.rule})


def refuse_secret_texts(db: Sessions, texts: Iterable[str], *, actor: Actor, at: datetime) -> None:
    """Refuse texts about documents (a plan, the title of a file) of which one bears a secrecy mark.

    Raises:
        SecretDocument: an event without content is left.
    """
    for text in texts:
        mark = find_secrecy_mark(text, whole_text=False) if text else None
        if mark is not None:
            error = SecretDocument(mark.rule)
            with db.begin() as session:
                record_refusal(session, error, actor=actor, at=at)
            raise error
