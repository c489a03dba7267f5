"""Reminders (nhắc việc), the messages that carry them, and what each person wants of them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Reminder(Base):
    """One thing that one person is to be told of one occurrence: a row before it is a mail.

    Planning again adds nothing: the key says what it is about. ``due_version`` is in it, so that
    a new due date is reminded of anew.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "due_version", "rule", "user_id", name="uq_reminders_key"),
        CheckConstraint("state IN ('planned', 'mailed', 'cancelled', 'failed')", name="state"),
        Index(None, "state", "send_at", "id"),
        Index(None, "message_id"),
        Index(None, "user_id", "send_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrences.id"))
    due_version: Mapped[int]
    rule: Mapped[str] = mapped_column(String(30))
    """``before-3``, ``day``, ``overdue-2``, ``head-1``, ``leader-5``: the number counts working days."""
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    """Whom it is meant for; a deputy may get the mail."""
    due_on: Mapped[date]
    send_at: Mapped[datetime]
    urgent: Mapped[bool] = mapped_column(default=False)
    """Sent by itself at once instead of in the morning's digest."""
    state: Mapped[str] = mapped_column(String(10), default="planned")
    """planned; mailed: part of a message; cancelled: no longer true; failed: cannot be rendered or nobody to send to."""
    error: Mapped[str] = mapped_column(String(500), default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    created_at: Mapped[datetime]


class Message(Base):
    """One mail in the outbox (thư gửi đi), rendered, with its Message-ID, before the network is touched."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name="state"),
        Index(None, "state", "next_try_at", "id"),
        Index(None, "user_id", "id"),
        # The few that an administrator should know of.
        Index("ix_messages_possibly_twice", "id", sqlite_where=text("possibly_twice = 1"),
              postgresql_where=text("possibly_twice")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """digest, urgent, escalation, hand_over, test."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str] = mapped_column(String(200))
    header_id: Mapped[str] = mapped_column(String(200), unique=True)
    """Its Message-ID: the same at each try, so that a second copy is known as one."""
    subject: Mapped[str] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(Text)
    """The whole mail as it is sent."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    possibly_twice: Mapped[bool] = mapped_column(default=False)
    """A process ended between sending and recording; the copy sent then may be a second one."""
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    holder: Mapped[str] = mapped_column(String(80), default="")
    lease_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    """What the server said; ``not_true``, ``no_address``, ``merged`` or ``not_rendered`` for one that was not to be sent any more."""
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class ReminderWish(Base):
    """What one person wants of reminders, within the office's limits; no row means the office's rules."""

    __tablename__ = "reminder_wishes"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    days_before: Mapped[list[Any]] = mapped_column(JSON)
    """Working days before the due date, such as ``[7, 3, 1]``."""
    morning_at: Mapped[time | None]
    digest: Mapped[bool] = mapped_column(default=True)
    feed_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the secret address of the personal calendar."""


class Absence(Base):
    """A person is away (vắng mặt) and names a deputy, who gets the reminders of these days."""

    __tablename__ = "absences"
    __table_args__ = (Index(None, "user_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(300), default="")
