"""Drafts of reports (dự thảo báo cáo), and the office's own form that they are printed on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class ReportDraft(Base):
    """A report that a person words: what was computed for its period, and what they made of it."""

    __tablename__ = "report_drafts"
    __table_args__ = (UniqueConstraint("user_id", "request_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    request_key: Mapped[str] = mapped_column(String(300))
    """Period, unit and issuer as they stand in the address: one draft for each and person."""
    head: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Number, date, title, signer, recipients, and which sections there are."""
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Paragraphs in order: ``{key, text, computed}``; ``computed`` is what the figures gave, None for one's own."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class OfficeForm(Base):
    """A form (mẫu) of the office's own that takes the place of the one shipped."""

    __tablename__ = "office_forms"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
