"""What is refused for a mark of state secrecy: the trail says who, when and by which rule, and nothing of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.errors import SecretDocument
from registry.services import audit
from registry.services.actors import Actor


def record_refusal(session: Session, error: SecretDocument, *, actor: Actor, at: datetime,
                   document_id: int | None = None, label: str = "") -> None:
    """Record that something with a secrecy mark was refused; of a file, for which document."""
    audit.record(session, actor, at, "refuse_secret", "document", document_id, label=label, changes={"rule": error.rule})
