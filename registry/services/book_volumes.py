"""Volumes (quyển) of printed register books: which numbers of a book's year each holds, kept for the next printing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NotFound, NotPossible
from registry.models import BookVolume
from registry.services import audit
from registry.services.actors import Actor
from registry.services.books import get_book
from registry.services.register_books import Volume, check


@dataclass(frozen=True, slots=True)
class KeptVolume:
    """A volume of a book's year; ``last`` is None while it goes on."""

    id: int
    name: str
    first: int
    last: int | None


def kept(db: Sessions, wanted: Volume) -> list[KeptVolume]:
    """Return the volumes of the form, book and year of ``wanted``, in the order of their numbers."""
    with reading(db) as session:
        return [KeptVolume(row.id, row.name, row.first, row.last) for row in _rows(session, wanted)]


def _rows(session: Session, wanted: Volume) -> Sequence[BookVolume]:
    return session.scalars(select(BookVolume).where(
        BookVolume.book_id == wanted.book_id, BookVolume.form == wanted.form, BookVolume.year == wanted.year)
        .order_by(BookVolume.first)).all()


def keep(db: Sessions, wanted: Volume, *, actor: Actor, at: datetime) -> None:
    """Keep the name and the numbers of ``wanted``; one of that name gets these numbers.

    A volume that went on and began earlier ends before this one.

    Raises:
        NotFound, NotPossible: as ``register_books.show``; ``volumes_overlap``: another holds some of the numbers.
        MissingValue: it has no name.
    """
    name, first = wanted.volume.strip(), wanted.first or 1
    if not name:
        raise MissingValue("volume")
    with db.begin() as session:
        book = get_book(session, wanted.book_id or 0)
        check(session, wanted)
        audit.lock(session)  # ranges of several rows must not overlap
        row = None
        for other in _rows(session, wanted):
            if other.name == name:
                row = other
            elif other.last is None and other.first < first:
                other.last = first - 1
            elif (wanted.last is None or other.first <= wanted.last) and (other.last is None or first <= other.last):
                raise NotPossible("volumes_overlap", name=other.name)
        if row is None:
            row = BookVolume(book_id=book.id, form=wanted.form.value, year=wanted.year, name=name)
            session.add(row)
        row.first, row.last = first, wanted.last
        audit.record(session, actor, at, "update", "book", book.id, label=f"{book.name} {wanted.year}", changes={
            "volume": name, "ordinals": f"{first:02d}–{wanted.last or ''}"})


def forget(db: Sessions, volume_id: int, *, actor: Actor, at: datetime) -> None:
    """Forget a volume; nothing of the book changes.

    Raises:
        NotFound: there is none.
    """
    with db.begin() as session:
        row = session.get(BookVolume, volume_id)
        if row is None:
            raise NotFound("book", volume_id)
        book = get_book(session, row.book_id)
        audit.record(session, actor, at, "update", "book", book.id, label=f"{book.name} {row.year}",
                     changes={"volume": [row.name, ""]})
        session.delete(row)


def following(volumes: Sequence[KeptVolume]) -> KeptVolume | None:
    """Return what the next volume would be, behind the last one; None while that goes on, or before there is any."""
    if not volumes or volumes[-1].last is None:
        return None
    latest = volumes[-1]
    digits = re.search(r"[0-9]+$", latest.name)
    name = f"{latest.name[:digits.start()]}{int(digits[0]) + 1:0{len(digits[0])}d}" if digits else ""
    return KeptVolume(0, name, volumes[-1].last + 1, None)
