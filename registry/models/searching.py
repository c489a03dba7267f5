"""What search keeps in the database: abbreviations of the office, and searches that a person saved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Abbreviation(Base):
    """A short form and what it stands for (chữ viết tắt): CNTT, công nghệ thông tin."""

    __tablename__ = "abbreviations"
    __table_args__ = (UniqueConstraint("short", "long"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    short: Mapped[str] = mapped_column(String(30))
    long: Mapped[str] = mapped_column(String(200))


class SavedSearch(Base):
    """A search that a person keeps under a name; ``address`` is the query part of the page's address."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime]
