"""What the administrator keeps in order: organisations, kinds, fields, settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Organisation(Base):
    """An issuing body (cơ quan ban hành) for the time it exists under this name.

    "UBND tỉnh Ninh Bình" before and after 1/7/2025 are two rows: names repeat, ids do not.
    """

    __tablename__ = "organisations"
    __table_args__ = (Index(None, "name_key"), Index(None, "needs_review"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    """Of the shipped data; None for a body that grew by use."""
    interchange_code: Mapped[str] = mapped_column(String(35), default="")
    """Mã định danh (Decision 20/2020/QĐ-TTg, at most 35 characters)."""
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300))
    """Of ``issuers.name_key``: what two spellings of the name share."""
    short_name: Mapped[str] = mapped_column(String(120), default="")
    aliases: Mapped[str] = mapped_column(String(1000), default="")
    """Further names, separated by semicolons."""
    symbol: Mapped[str] = mapped_column(String(30), default="")
    """As it stands in document numbers: UBND, STTTT."""
    level: Mapped[str] = mapped_column(String(20), default="other")
    place: Mapped[str] = mapped_column(String(120), default="")
    """The province or other place it serves (địa bàn), as in its name."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    """The last day of its existence."""
    basis: Mapped[str] = mapped_column(String(500), default="")
    needs_review: Mapped[bool] = mapped_column(default=False)
    """Made by an import or while registering; a person has not looked at it yet."""


class OrganisationName(Base):
    """One name under which an organisation is found: official, short, or an alias."""

    __tablename__ = "organisation_names"
    __table_args__ = (UniqueConstraint("organisation_id", "name_key"), Index(None, "name_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300))


class Succession(Base):
    """One body (partly) takes over from another: merged, split, renamed, tasks; many to many."""

    __tablename__ = "successions"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    on: Mapped[date | None]
    manner: Mapped[str] = mapped_column(String(20))


class Kind(Base):
    """A document type (loại văn bản)."""

    __tablename__ = "kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    abbreviation: Mapped[str] = mapped_column(String(20), default="")
    """Of Decree 30/2020, annex III; empty for công văn, which has none."""
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100), unique=True)
    name_en: Mapped[str] = mapped_column(String(100), default="")
    group: Mapped[str] = mapped_column(String(20), default="administrative")
    position: Mapped[int] = mapped_column(default=1000)
    active: Mapped[bool] = mapped_column(default=True)


class Field(Base):
    """A field of work (lĩnh vực)."""

    __tablename__ = "fields"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(150))
    name_key: Mapped[str] = mapped_column(String(150), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class KnownLaw(Base):
    """A law that the office added to those shipped, so that its name is read as its number."""

    __tablename__ = "known_laws"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    issued_on: Mapped[date | None]


class Setting(Base):
    """One setting of the office, changed in the application; its meaning is in the settings service."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
