"""Obligations (nhiệm vụ) out of documents, their occurrences and what was done about them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Obligation(Base):
    """What a document asks somebody to do (nhiệm vụ), once or again and again.

    Who owes it now stands here; who owed a single occurrence stands there, and stays.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        CheckConstraint("origin IN ('read', 'person')", name="origin"),
        Index(None, "document_id"),
        Index(None, "unit_id"),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    task: Mapped[str] = mapped_column(Text)
    task_key: Mapped[str] = mapped_column(Text, default="")
    """The task folded, so that it is found however typed."""
    origin: Mapped[str] = mapped_column(String(10), default="person")
    words: Mapped[str] = mapped_column(Text, default="")
    """The deadline as printed ("trước ngày 30/6/2021")."""
    start: Mapped[int | None]
    """Where ``words`` stand in the document's text, in code points; ``end`` likewise."""
    end: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    named: Mapped[str] = mapped_column(String(300), default="")
    """The body that the text names, as printed."""
    rrule: Mapped[str] = mapped_column(String(200), default="")
    """RFC 5545, empty for an obligation due once."""
    cycle: Mapped[str] = mapped_column(String(20), default="")
    """Of a periodic report (Nghị định 09/2019/NĐ-CP, Điều 12): decides its cut-off."""
    days_after_cut_off: Mapped[int | None]
    """Working days from cut-off to sending, as the ordering body sets them."""
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    """The first and last day of a recurrence."""
    term: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """How a due date was counted: ``{n, unit, event, event_on}``."""
    ended_at: Mapped[datetime | None]
    """A recurrence that was stopped: no new occurrences come."""
    given_on: Mapped[date | None]
    """The day its document came in, else its date: with what period reports count the work. Kept here, so that
    they need not look up a document for each."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)


class ObligationPartner(Base):
    """A unit or person that works on an obligation beside the one who owes it (phối hợp)."""

    __tablename__ = "obligation_partners"
    __table_args__ = (Index(None, "obligation_id"), Index(None, "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Occurrence(Base):
    """One time that an obligation falls due (lần thực hiện); a single obligation has one.

    Whether it is overdue is computed from dates, never stored.
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("obligation_id", "planned_on", name="uq_occurrences_planned"),
        CheckConstraint(
            "state IN ('new', 'working', 'waiting', 'done', 'paused', 'cancelled')", name="state"),
        Index(None, "state", "due_on", "id"),
        Index(None, "user_id", "state", "due_on"),
        Index(None, "unit_id", "state", "due_on"),
        Index(None, "fulfilled_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"))
    planned_on: Mapped[date | None]
    """The day that the rule gave, whatever was decided since; None without a date."""
    cut_off_on: Mapped[date | None]
    printed_on: Mapped[date | None]
    """The day as printed: "trước ngày 30/6" is 30/6 here."""
    due_on: Mapped[date | None]
    """The last day in time, which reminders assume; None has no deadline (không hạn)."""
    due_time: Mapped[time | None]
    due_version: Mapped[int] = mapped_column(default=1)
    """Raised when the due date or the person changes, or the deadline runs again: reminders belong to one version."""
    state: Mapped[str] = mapped_column(String(10), default="new")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[datetime | None]
    """When the person said "Tôi đã nhận"."""
    done_on: Mapped[date | None]
    """The day it was fulfilled, which decides whether in time: of the fulfilling document where there is one."""
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    fulfilled_by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    version: Mapped[int] = mapped_column(default=1)


class Extension(Base):
    """A request for more time (gia hạn) and what was decided; the old date is kept."""

    __tablename__ = "extensions"
    __table_args__ = (
        CheckConstraint("decision IN ('waiting', 'approved', 'refused')", name="decision"),
        Index(None, "occurrence_id"),
        Index(None, "decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrences.id"))
    old_due_on: Mapped[date | None]
    new_due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(1000))
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime]
    decision: Mapped[str] = mapped_column(String(10), default="waiting")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    """Why it was refused, or by which document it was agreed."""


class ProgressNote(Base):
    """What happened to an occurrence: a note of progress, a change of state, of date, of person."""

    __tablename__ = "progress_notes"
    __table_args__ = (Index(None, "occurrence_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrences.id"))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(20))
    """note, state, due, transfer, received, extension."""
    text: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str] = mapped_column(String(200), default="")
    after: Mapped[str] = mapped_column(String(200), default="")


class DismissedDeadline(Base):
    """A deadline in a document's text that a person said is no obligation: it is not proposed again."""

    __tablename__ = "dismissed_deadlines"
    __table_args__ = (UniqueConstraint("document_id", "words_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    words_key: Mapped[str] = mapped_column(String(300))
    """The deadline's words with the task before them, folded: it stays when the text moves."""
    dismissed_at: Mapped[datetime]
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OfficeDay(Base):
    """A day that the office decides for itself: off, or worked in exchange; it wins over the shipped calendar."""

    __tablename__ = "office_days"
    __table_args__ = (CheckConstraint("kind IN ('off', 'working')", name="kind"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), default="")
