"""Whom the office trusts for digital signatures."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class TrustedRoot(Base):
    """A certificate (chứng thư gốc) that vouches for signers; taken away, it stays as a row."""

    __tablename__ = "trusted_roots"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    subject: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime]
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    """DER."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
