"""Work programmes (chương trình công tác): the documents that are planned for a period."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class PlannedDocument(Base):
    """A document to be drafted (văn bản dự kiến ban hành), and what has become of it."""

    __tablename__ = "planned_documents"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'drafting', 'issued', 'carried', 'dropped')", name="state"),
        CheckConstraint("document_id IS NULL OR state = 'issued'", name="issued_by_document"),
        # A plan goes on in one later period only.
        Index(None, "carried_from_id", unique=True),
        Index(None, "due_on", "id"),
        Index(None, "state", "due_on", "id"),
        Index(None, "unit_id", "due_on"),
        Index(None, "user_id", "due_on"),
        Index(None, "document_id"),
        Index(None, "directive_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(8))
    """``2021``, ``2021-H2``, ``2021-Q3``, ``2021-M07``; the next two are its days."""
    period_start: Mapped[date]
    period_end: Mapped[date]
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("kinds.id"))
    subject: Mapped[str] = mapped_column(Text)
    subject_key: Mapped[str] = mapped_column(Text)
    """The subject folded, so that it is found however typed."""
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """Who is to issue it: the office itself, or the body that it drafts for."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date]
    """The day by which it is to be issued; the last of the period where none was set."""
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The registered document that it is based on."""
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="planned")
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it was dropped, carried over or taken up again."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The registered document that it became."""
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("planned_documents.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
