"""Case files (hồ sơ), the documents in them, and the notices before they are handed over."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class CaseFile(Base):
    """A case file (hồ sơ): documents that belong to one matter; fields of Nghị định 30/2020/NĐ-CP, Phụ lục VI."""

    __tablename__ = "case_files"
    __table_args__ = (
        UniqueConstraint("year", "code_key"),
        CheckConstraint("state IN ('open', 'closed', 'handed_over')", name="state"),
        CheckConstraint("state = 'open' OR ended_on IS NOT NULL", name="closed_has_end"),
        Index(None, "state", "hand_over_on", "id"),
        Index(None, "unit_id"),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    """Năm hình thành hồ sơ (FileCatalog)."""
    code: Mapped[str] = mapped_column(String(50))
    """Số và ký hiệu hồ sơ (FileNotation), such as 01.TCCB; unique in its year."""
    code_key: Mapped[str] = mapped_column(String(50))
    heading: Mapped[str] = mapped_column(String(300), default="")
    """Đề mục of the list of files that it stands under."""
    title: Mapped[str] = mapped_column(String(1000))
    title_key: Mapped[str] = mapped_column(String(1000))
    retention_years: Mapped[int | None]
    """Thời hạn bảo quản (Maintenance); None is for ever."""
    construction: Mapped[bool] = mapped_column(default=False)
    """Of a construction: handed over three months after its final settlement."""
    restricted: Mapped[bool] = mapped_column(default=False)
    """Chế độ sử dụng hạn chế (Rights): for its holders and those who may read restricted documents."""
    language: Mapped[str] = mapped_column(String(50), default="")
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Người lập hồ sơ (Creator)."""
    description: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default="open")
    hand_over_on: Mapped[date | None]
    """The last day for handing it over, once it is closed; None where it stays with the unit."""
    kept_back_reason: Mapped[str] = mapped_column(String(500), default="")
    """Why that day is later than the rule says, and who agreed."""
    handed_over_on: Mapped[date | None]
    handed_over_note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class CaseFileDocument(Base):
    """A document in a case file; it may stand in several, and is copied into none."""

    __tablename__ = "case_file_documents"
    __table_args__ = (
        Index(None, "case_file_id", "position", "document_id"),
        Index(None, "document_id"),
    )

    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_files.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(String(300), default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class HandOverNotice(Base):
    """One person was told that a file is due at the archive on a day: once for each such day."""

    __tablename__ = "hand_over_notices"
    __table_args__ = (
        UniqueConstraint("case_file_id", "hand_over_on", "user_id"),
        Index(None, "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_files.id"))
    hand_over_on: Mapped[date]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    created_at: Mapped[datetime]
