"""Files (tệp) of documents: the content once, its attachments, its text, what became of a batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class StoredFile(Base):
    """One content in the store of files, however many documents have it."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes."""
    kind: Mapped[str] = mapped_column(String(10))
    stored_at: Mapped[datetime]


class Attachment(Base):
    """A file of a document (tệp đính kèm), or one that waits for its document to be registered (``draft``).

    A new version is a row of its own; the older one points to it and stays.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("role IN ('main', 'annex')", name="role"),
        CheckConstraint("document_id IS NOT NULL OR draft IS NOT NULL", name="belongs"),
        Index(None, "document_id"),
        Index(None, "file_id"),
        Index(None, "draft"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    draft: Mapped[str | None] = mapped_column(String(36))
    """The ``request_id`` of the form that it was uploaded for; None once the document is registered."""
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    role: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(255))
    """The file's name as uploaded: one clean line, NFC, without folders."""
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_reason: Mapped[str] = mapped_column(String(500), default="")


class FileText(Base):
    """What stands in a file, and how far the reading of it is."""

    __tablename__ = "file_texts"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'stopped', 'reading', 'done', 'failed')", name="state"),
        Index(None, "state", "needs_ocr", "file_id"),
    )

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    needs_ocr: Mapped[bool] = mapped_column(default=False)
    """Waits for OCR, which takes seconds a page, and not for its text layer."""
    text: Mapped[str] = mapped_column(Text, default="")
    """Pages separated by a form feed."""
    source: Mapped[str] = mapped_column(String(10), default="")
    """``text``, ``ocr`` or ``mixed``."""
    pages: Mapped[int] = mapped_column(default=0)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(String(40), default="")
    """Why it could not be read: a value of ``FileFault``."""
    most: Mapped[int | None]
    """The limit that was passed, where the reason is one."""
    done_pages: Mapped[int] = mapped_column(default=0)
    """How far OCR is, for the page that waits."""
    holder: Mapped[str] = mapped_column(String(100), default="")
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]


class SignatureCheck(Base):
    """What the last check of a file's signatures (chữ ký số) found."""

    __tablename__ = "signature_checks"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), primary_key=True)
    checked_at: Mapped[datetime]
    verdicts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class IntakeBatch(Base):
    """Files that came together (a folder, a .zip, several at once), each to be read and registered."""

    __tablename__ = "intake_batches"
    __table_args__ = (
        CheckConstraint("state IN ('unpacking', 'open', 'stopped', 'closed')", name="state"),
        Index(None, "created_by_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(10), default="open")
    total: Mapped[int] = mapped_column(default=0)
    """Files that are to come in, known when it began."""
    archive_sha256: Mapped[str] = mapped_column(String(64), default="")
    """The .zip that is being unpacked; it leaves the store when that is done."""
    fault: Mapped[str] = mapped_column(String(40), default="")
    """Why the .zip could not be unpacked to its end."""
    holder: Mapped[str] = mapped_column(String(100), default="")
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class IntakeItem(Base):
    """One file of a batch and what became of it."""

    __tablename__ = "intake_items"
    __table_args__ = (
        CheckConstraint("outcome IN ('', 'attached', 'dismissed')", name="outcome"),
        UniqueConstraint("batch_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("intake_batches.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id", ondelete="SET NULL"))
    """The draft that becomes a document's file (and then has its ``document_id``); None where the file was refused."""
    fault: Mapped[str] = mapped_column(String(40), default="")
    """Why it was refused: a code of ``FileRefused``, or ``secret``."""
    outcome: Mapped[str] = mapped_column(String(10), default="")
    """What a person decided other than registering: ``attached`` to a document that was there, ``dismissed``."""
