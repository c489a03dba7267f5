"""Register books (sổ đăng ký văn bản), their yearly series, and the numbers taken from them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.models.base import Base
from registry.models.reference import Kind

book_kinds = Table(
    "book_kinds", Base.metadata,
    Column("book_id", ForeignKey("register_books.id"), primary_key=True),
    Column("kind_id", ForeignKey("kinds.id"), primary_key=True),
)


class RegisterBook(Base):
    """A register book: one series of numbers a year, from 01 on 1 January.

    Which kinds share a series is for the head of the office to decide
    (Nghị định 30/2020/NĐ-CP, Điều 15 khoản 1 điểm c); incoming documents have one (Điều 22).
    """

    __tablename__ = "register_books"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    direction: Mapped[str] = mapped_column(String(10))
    series: Mapped[str] = mapped_column(String(20), default="")
    """Tells apart two series of one issuer that may print the same number; usually empty."""
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """The body whose numbers the book gives; None for incoming."""
    with_year: Mapped[bool] = mapped_column(default=False)
    """Numbers carry the year: normative documents (07/2021/QĐ-UBND)."""
    active: Mapped[bool] = mapped_column(default=True)
    kinds: Mapped[list[Kind]] = relationship(secondary=book_kinds, order_by=Kind.position)


class BookYear(Base):
    """The counter of one book and year; its row is the lock under which numbers are taken."""

    __tablename__ = "book_years"

    book_id: Mapped[int] = mapped_column(ForeignKey("register_books.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_ordinal: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]


class BookEntry(Base):
    """A number (số) taken from a book: used by a document, reserved, or voided with a reason."""

    __tablename__ = "book_entries"
    __table_args__ = (
        UniqueConstraint("book_id", "year", "ordinal", "suffix"),
        CheckConstraint("state IN ('used', 'reserved', 'voided')", name="state"),
        CheckConstraint("(state = 'used') = (document_id IS NOT NULL)", name="used_by_document"),
        Index(None, "document_id", unique=True),
        Index("ix_book_entries_reserved", "book_id", "year", sqlite_where=text("state = 'reserved'"),
              postgresql_where=text("state = 'reserved'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("register_books.id"))
    year: Mapped[int]
    ordinal: Mapped[int]
    suffix: Mapped[str] = mapped_column(String(10), default="")
    """``a`` in 325a: a number put in between (số chèn), only with a reason."""
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_at: Mapped[datetime]


class BookVolume(Base):
    """A volume (quyển) in which a book's year is printed: a run of its numbers, kept for the next printing."""

    __tablename__ = "book_volumes"
    __table_args__ = (UniqueConstraint("book_id", "form", "year", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("register_books.id"))
    form: Mapped[str] = mapped_column(String(10))
    """Which printed form: a book of incoming documents has two, each with volumes of its own."""
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(20))
    """Quyển số, as the cover has it."""
    first: Mapped[int]
    last: Mapped[int | None]
    """The last number in it; None while it goes on."""
