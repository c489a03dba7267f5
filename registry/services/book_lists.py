"""Register books as the administrator keeps them: which there are, for whom and for which kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NameTaken, NotFound, NotPossible
from registry.domain.values import Direction
from registry.models import BookEntry, Kind, Organisation, RegisterBook
from registry.services import audit, books
from registry.services.actors import Actor


@dataclass(frozen=True, slots=True)
class BookData:
    """What the administrator enters of a register book (sổ đăng ký).

    Without kinds, the book gives numbers for all kinds that no other book names.
    """

    name: str
    direction: Direction
    issuer_id: int | None = None
    series: str = ""
    with_year: bool = False
    active: bool = True
    kind_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BookRow:
    """One register book as the list and the form show it; ``numbers`` were taken from it so far."""

    id: int
    name: str
    direction: Direction
    issuer_id: int | None
    issuer: str
    series: str
    with_year: bool
    active: bool
    kind_ids: tuple[int, ...]
    kinds: tuple[str, ...]
    numbers: int


def find_books(db: Sessions) -> list[BookRow]:
    """Return all register books, also the closed ones, in order of direction and name."""
    with reading(db) as session:
        counts = {row.book_id: row.total for row in session.execute(
            select(BookEntry.book_id, func.count().label("total")).group_by(BookEntry.book_id))}
        found = session.execute(
            select(RegisterBook, Organisation.name).outerjoin(Organisation, Organisation.id == RegisterBook.issuer_id)
            .options(selectinload(RegisterBook.kinds))
            .order_by(RegisterBook.active.desc(), RegisterBook.direction.desc(), RegisterBook.name)).all()
        return [BookRow(
            id=book.id, name=book.name, direction=Direction(book.direction), issuer_id=book.issuer_id,
            issuer=issuer or "", series=book.series, with_year=book.with_year, active=book.active,
            kind_ids=tuple(kind.id for kind in book.kinds), kinds=tuple(kind.name for kind in book.kinds),
            numbers=counts.get(book.id, 0)) for book, issuer in found]


def get_book(db: Sessions, book_id: int) -> BookRow:
    """Return one register book.

    Raises:
        NotFound: there is none.
    """
    for row in find_books(db):
        if row.id == book_id:
            return row
    raise NotFound("book", book_id)


def save_book(db: Sessions, book_id: int | None, data: BookData, *, actor: Actor, at: datetime) -> int:
    """Add a register book, or change the one given; return its id.

    Raises:
        MissingValue: an outgoing or internal book without the body whose numbers it gives.
        NotPossible: ``book_has_numbers``: numbers were given, so direction, body and series stay.
        NameTaken: another book is called so.
        NotFound: no such book or body.
    """
    issuer_id = None if data.direction == Direction.INCOMING else data.issuer_id
    if data.direction != Direction.INCOMING and issuer_id is None:
        raise MissingValue("issuer")
    try:
        with db.begin() as session:
            book = RegisterBook(name="", direction="", series="") if book_id is None else books.get_book(session, book_id)
            before = {} if book_id is None else _facts(book)
            if issuer_id is not None and session.get(Organisation, issuer_id) is None:
                raise NotFound("organisation", issuer_id)
            identity = (data.direction.value, issuer_id, data.series)
            if book_id is not None and (book.direction, book.issuer_id, book.series) != identity and session.scalar(
                    select(BookEntry.id).where(BookEntry.book_id == book_id).limit(1)):
                raise NotPossible("book_has_numbers", "direction")
            book.name, book.with_year, book.active = data.name, data.with_year, data.active
            book.direction, book.issuer_id, book.series = identity
            book.kinds = list(session.scalars(
                select(Kind).where(Kind.id.in_(data.kind_ids)).order_by(Kind.position, Kind.id)))
            session.add(book)
            session.flush()
            changes = audit.differences(before, _facts(book))
            if changes:
                audit.record(session, actor, at, "update" if before else "create", "book", book.id, label=book.name,
                             changes=changes)
            return book.id
    except IntegrityError as error:
        raise NameTaken(data.name) from error


def _facts(book: RegisterBook) -> dict[str, object]:
    return {"name": book.name, "direction": book.direction, "issuer_id": book.issuer_id, "series": book.series,
            "with_year": book.with_year, "active": book.active, "kinds": [kind.name for kind in book.kinds]}
