"""Documents (văn bản) and their texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


def _as_listed(context: Any) -> date:
    on: date = context.get_current_parameters()["listed_on"]
    return on


class Document(Base):
    """One official document, registered or only cited (direction ``external``).

    Both the printed and the compared form of number and subject are stored.
    """

    __tablename__ = "documents"
    __table_args__ = (
        # The printed number alone is never unique. A second one with the same identity is kept
        # only with a reason, under the next rank (duplicate_rank).
        UniqueConstraint("issuer_id", "series", "number_key", "year", "duplicate_rank", name="uq_documents_identity"),
        CheckConstraint("direction IN ('outgoing', 'incoming', 'internal', 'external')", name="direction"),
        CheckConstraint("status IN ('active', 'cancelled')", name="status"),
        Index(None, "number_key"),
        Index(None, "ordinal", "id"),
        Index(None, "symbol_key", "ordinal", "id"),
        # One index per sorted list; the id makes the order, and so the paging key, unique.
        Index(None, "listed_on", "id"),
        Index(None, "direction", "listed_on", "id"),
        Index(None, "issuer_id", "listed_on", "id"),
        Index(None, "kind_id", "listed_on", "id"),
        Index(None, "field_id", "listed_on", "id"),
        Index(None, "year", "listed_on", "id"),
        Index(None, "status", "listed_on", "id"),
        # Reports count from this index alone, without reading rows.
        Index("ix_documents_counted", "status", "direction", "counted_on", "restricted", "kind_id", "unit_id",
              "issuer_id", "received_on", "handed_on"),
        Index("ix_documents_undated", "direction", "counted_on", sqlite_where=text("issued_on IS NULL"),
              postgresql_where=text("issued_on IS NULL")),
        # The few that a clerk doubted, apart from the million others.
        Index("ix_documents_duplicates", "listed_on", "id", sqlite_where=text("duplicate_rank > 0"),
              postgresql_where=text("duplicate_rank > 0")),
        # The post book: few of all documents go out in envelopes.
        Index(None, "envelopes", sqlite_where=text("envelopes IS NOT NULL"),
              postgresql_where=text("envelopes IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10), default="active")
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("kinds.id"))
    number: Mapped[str | None] = mapped_column(String(100))
    number_key: Mapped[str | None] = mapped_column(String(100))
    ordinal: Mapped[int] = mapped_column(default=0)
    """The number's numeral, 0 where there is none."""
    symbol_key: Mapped[str | None] = mapped_column(String(80))
    """The symbol folded, so that it is found however typed."""
    year: Mapped[int | None]
    """The year of the series: of the number if it carries one, else of the date."""
    series: Mapped[str] = mapped_column(String(20), default="")
    duplicate_rank: Mapped[int] = mapped_column(default=0)
    duplicate_reason: Mapped[str] = mapped_column(String(500), default="")
    issued_on: Mapped[date | None]
    listed_on: Mapped[date]
    """What lists sort by: the date of issue, else of receipt, else of registration."""
    counted_on: Mapped[date] = mapped_column(default=_as_listed)
    """The day by which reports count it: of receipt for incoming documents, for others as ``listed_on``."""
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    """The unit that ``handed_to`` (incoming) or ``archive_unit`` (others) names: whose document it is."""
    subject: Mapped[str] = mapped_column(Text)
    subject_key: Mapped[str] = mapped_column(Text)
    """The subject folded: for likely duplicates and for search while the index is away."""
    signer_name: Mapped[str] = mapped_column(String(100), default="")
    signer_position: Mapped[str] = mapped_column(String(150), default="")
    urgency: Mapped[int] = mapped_column(SmallInteger, default=0)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"))
    received_on: Mapped[date | None]
    handed_to: Mapped[str] = mapped_column(String(300), default="")
    handed_on: Mapped[date | None]
    recipients: Mapped[str] = mapped_column(Text, default="")
    archive_unit: Mapped[str] = mapped_column(String(200), default="")
    """Đơn vị, người nhận bản lưu."""
    copies: Mapped[int | None]
    envelopes: Mapped[int | None]
    """Số lượng bì: of a document that goes by post; None of any other."""
    pages: Mapped[int | None]
    sent_on: Mapped[date | None]
    reply_due_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(30), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    restricted: Mapped[bool] = mapped_column(default=False)
    """Hạn chế nội bộ: personnel or complaint papers. Not a state-secret degree; those stay out."""
    external_id: Mapped[str | None] = mapped_column(String(100), unique=True)
    """The document's own id in the file it was imported from."""
    request_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    """Of the form that registered it: a second click on "save" finds the document instead."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    """Raised by each change; an edit of an older version is refused."""


class DocumentText(Base):
    """The full text of a document, apart from its row so that lists stay light."""

    __tablename__ = "document_texts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    """The attached file that it was read from; None for a text that a person typed or pasted."""


class NumberSymbol(Base):
    """A symbol that occurs in numbers: some thousands of rows that stand in for a scan of all documents."""

    __tablename__ = "number_symbols"

    symbol_key: Mapped[str] = mapped_column(String(80), primary_key=True)
