"""The two logs that every change writes: the audit trail (nhật ký) and the change log.

Both are sealed at the end of the outermost transaction, under one lock: their order is the
order of commit, so a follower never meets a row that becomes visible behind its back, and the
hash chain has no fork. The lock is the last one a transaction takes and the shortest it holds.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry.models.base import Base

FIRST_HASH = "0" * 64


class JournalHead(Base):
    """The single row that both logs are sealed under."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    audit_seq: Mapped[int] = mapped_column(default=0)
    audit_hash: Mapped[str] = mapped_column(String(64), default=FIRST_HASH)
    change_seq: Mapped[int] = mapped_column(default=0)


class AuditEvent(Base):
    """Who did what, when, from where, field by field; chained by hash (SHA-256)."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index(None, "object_type", "object_id", "id"),
        Index(None, "actor_id", "id"),
        Index(None, "action", "id"),
        Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int | None] = mapped_column(unique=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    """No foreign key: the event says what was true then, whatever becomes of the row."""
    actor_name: Mapped[str] = mapped_column(String(100), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    action: Mapped[str] = mapped_column(String(40))
    object_type: Mapped[str] = mapped_column(String(30), default="")
    object_id: Mapped[int | None]
    label: Mapped[str] = mapped_column(String(200), default="")
    """The object as a person calls it, such as its number."""
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """``{field: [before, after]}``, or plain facts for an action that changes no row."""
    hash: Mapped[str | None] = mapped_column(String(64))

    def digest(self, previous: str) -> str:
        """Return the hash of this event behind ``previous``."""
        body = json.dumps([
            self.seq, self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.actor_id, self.actor_name,
            self.address, self.action, self.object_type, self.object_id, self.label, self.changes,
        ], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


class Change(Base):
    """A document whose searchable content changed; the search index follows this log."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int | None] = mapped_column(unique=True)
    document_id: Mapped[int]


def seal(session: Session) -> None:
    """Number and chain what this transaction logged; called before each commit."""
    if session.in_nested_transaction():
        return
    session.flush()
    # Rows without a place are this transaction's own: nobody else's are visible before commit.
    events = session.scalars(select(AuditEvent).where(AuditEvent.seq.is_(None)).order_by(AuditEvent.id)).all()
    changes = session.scalars(select(Change).where(Change.seq.is_(None)).order_by(Change.id)).all()
    if not events and not changes:
        return
    head = session.scalars(
        select(JournalHead).with_for_update().execution_options(populate_existing=True)).one()
    for event in events:
        head.audit_seq += 1
        event.seq = head.audit_seq
        event.hash = head.audit_hash = event.digest(head.audit_hash)
    for change in changes:
        head.change_seq += 1
        change.seq = head.change_seq
    session.flush()
