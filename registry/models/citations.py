"""What documents cite (viện dẫn), what of it waits for a person, and what it does to validity (hiệu lực)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Citation(Base):
    """One document cites another, in a relation such as ``implements``."""

    __tablename__ = "citations"
    __table_args__ = (
        UniqueConstraint("citing_id", "cited_id", "relation"),
        CheckConstraint("origin IN ('typed', 'read')", name="origin"),
        Index(None, "cited_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citing_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    cited_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    relation: Mapped[str] = mapped_column(String(30), default="cites")
    position: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str] = mapped_column(String(5), default="typed")
    """Whether a person said so or the text did."""
    relation_read: Mapped[str | None] = mapped_column(String(30))
    """What the text's words said; a person may have corrected ``relation`` since."""
    start: Mapped[int | None]
    """With ``end``: the place in the document's text, in code points; None where it does not stand there."""
    end: Mapped[int | None]
    quote: Mapped[str] = mapped_column(String(300), default="")
    """The words of the text, or of the subject."""
    locator: Mapped[str] = mapped_column(String(200), default="")
    """Article and clause: "khoản 2 Điều 1"."""
    doubtful: Mapped[bool] = mapped_column(default=False)
    """Neither date nor year says which one of its number it is."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    dismissed_at: Mapped[datetime | None]
    """A person removed it; the row stays, so that reading the text again does not bring it back."""
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


def living_citations() -> ColumnElement[bool]:
    """Return the condition that leaves the citations that no person removed."""
    return Citation.dismissed_at.is_(None)


class WaitingCitation(Base):
    """A citation read from a text that may mean several documents, or none of the known ones: a person decides."""

    __tablename__ = "waiting_citations"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'decided', 'dismissed')", name="state"),
        Index(None, "citing_id"),
        Index(None, "number_key", "state"),
        Index(None, "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citing_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    kind: Mapped[str] = mapped_column(String(100), default="")
    number: Mapped[str] = mapped_column(String(100), default="")
    number_key: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(300), default="")
    """Of a law without number."""
    issued_on: Mapped[date | None]
    year: Mapped[int | None]
    issuer: Mapped[str] = mapped_column(String(300), default="")
    relation: Mapped[str] = mapped_column(String(30), default="cites")
    position: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str] = mapped_column(String(5), default="read")
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[str] = mapped_column(String(300), default="")
    locator: Mapped[str] = mapped_column(String(200), default="")
    candidates: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of the documents that it may mean."""
    cited_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """What the person chose."""
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ValidityMark(Base):
    """What ends or changes the effect of a document, and from when. Only what a person lets stand counts.

    Effect never cascades: a guiding text may outlive its parent (Luật 64/2025/QH15, Điều 57 khoản 2).
    """

    __tablename__ = "validity_marks"
    __table_args__ = (
        CheckConstraint("effect IN ('replaced', 'repealed', 'partly', 'amended', 'suspended')", name="effect"),
        CheckConstraint("origin IN ('person', 'read')", name="origin"),
        UniqueConstraint("document_id", "by_document_id", "effect"),
        Index(None, "by_document_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    by_document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    effect: Mapped[str] = mapped_column(String(10))
    from_on: Mapped[date | None]
    origin: Mapped[str] = mapped_column(String(6), default="read")
    note: Mapped[str] = mapped_column(Text, default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    dismissed_at: Mapped[datetime | None]
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
