"""Register books: the next number, numbers reserved and voided, the state of a year's series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, selectinload

from registry.db import Sessions, insert_missing, reading
from registry.domain.errors import (
    DocumentWarning,
    MissingValue,
    NotFound,
    NotPossible,
    NumberTaken,
    ReasonNeeded,
)
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction, EntryState
from registry.models import BookEntry, BookYear, Document, RegisterBook
from registry.services import audit
from registry.services.actors import Actor

_PLACE = re.compile(r"([0-9]{1,9})-([a-z]{0,5})")
_FIRST_YEAR = 1945
# A slip of a digit must not open thousands of numbers.
LONGEST_JUMP = 500


@dataclass(frozen=True, slots=True)
class BookChoice:
    """A register book (sổ đăng ký) as forms offer it."""

    id: int
    name: str
    direction: str
    issuer_id: int | None
    kind_ids: tuple[int, ...]
    with_year: bool
    active: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One number of a book as the page shows it."""

    id: int
    ordinal: int
    suffix: str
    state: str
    reason: str
    document_id: int | None
    number: str | None
    subject: str | None
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class BookPage:
    """A book's year: its counter, and the entries from the newest down."""

    book: BookChoice
    year: int
    years: list[int]
    last_ordinal: int
    used: int
    reserved: int
    voided: int
    rows: list[EntryRow]
    older: str | None
    """Where to continue below, for ``show``; None at the end."""


def choices(db: Sessions, *, include_closed: bool = False) -> list[BookChoice]:
    """Return the books in use, in order of direction and name."""
    query = select(RegisterBook).options(selectinload(RegisterBook.kinds)).order_by(
        RegisterBook.direction.desc(), RegisterBook.name)
    if not include_closed:
        query = query.where(RegisterBook.active)
    with reading(db) as session:
        return [_choice(book) for book in session.scalars(query)]


def fitting(session: Session, direction: str, *, kind_id: int | None, issuer_id: int | None) -> list[RegisterBook]:
    """Return the books in use that give such a document its number: those that name its kind before those for all."""
    books = [book for book in session.scalars(select(RegisterBook).options(selectinload(RegisterBook.kinds)).where(
        RegisterBook.active, RegisterBook.direction == direction)) if book.issuer_id in {None, issuer_id}]
    naming = [book for book in books if any(kind.id == kind_id for kind in book.kinds)]
    return naming or [book for book in books if not book.kinds]


def _choice(book: RegisterBook) -> BookChoice:
    return BookChoice(book.id, book.name, book.direction, book.issuer_id, tuple(kind.id for kind in book.kinds),
                      book.with_year, book.active)


def get_choice(db: Sessions, book_id: int) -> BookChoice:
    """Return the book as forms offer it.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        return _choice(get_book(session, book_id))


def get_book(session: Session, book_id: int) -> RegisterBook:
    """Return the book.

    Raises:
        NotFound: there is none.
    """
    book = session.get(RegisterBook, book_id)
    if book is None:
        raise NotFound("book", book_id)
    return book


def get_open_book(session: Session, book_id: int) -> RegisterBook:
    """Return a book that still gives numbers.

    Raises:
        NotFound, NotPossible: there is none; it was closed.
    """
    book = get_book(session, book_id)
    if not book.active:
        raise NotPossible("book_closed", "book_id")
    return book


def following(db: Sessions, year: int) -> list[tuple[BookChoice, int]]:
    """Return the books with the number that each would give now, the closed ones last; only taking it makes it certain."""
    held = sorted(choices(db, include_closed=True), key=lambda book: not book.active)
    with reading(db) as session:
        last = {row.book_id: row.last_ordinal for row in session.execute(
            select(BookYear.book_id, BookYear.last_ordinal).where(BookYear.year == year))}
    return [(book, last.get(book.id, 0) + 1) for book in held]


def peek(session: Session, book_id: int, year: int) -> int:
    """Return the number that the book would give now, in the caller's transaction."""
    counter = session.get(BookYear, (book_id, year))
    return (counter.last_ordinal if counter else 0) + 1


def _lock_year(session: Session, book_id: int, year: int) -> BookYear:
    """Return the counter row, locked until the transaction ends; made at its first use."""
    insert_missing(session, BookYear, book_id=book_id, year=year, last_ordinal=0)
    return session.scalars(
        select(BookYear).where(BookYear.book_id == book_id, BookYear.year == year)
        .with_for_update().execution_options(populate_existing=True)).one()


def take_next(session: Session, book: RegisterBook, year: int, *, actor: Actor, at: datetime) -> BookEntry:
    """Take the next number of ``book`` in ``year``; the caller attaches the document.

    The counter's row stays locked until the caller's transaction ends, so that two clerks
    get two numbers, and a transaction that fails gives its number back.
    """
    counter = _lock_year(session, book.id, year)
    counter.last_ordinal += 1
    return BookEntry(book_id=book.id, year=year, ordinal=counter.last_ordinal, suffix="",
                     taken_by_id=actor.id, taken_at=at)


def is_next_or_free(session: Session, book: RegisterBook, year: int, ordinal: int, suffix: str) -> bool:
    """Tell whether the book could give this number without skipping any: none beyond its next, none given already."""
    given = session.scalar(select(BookEntry.id).where(
        BookEntry.book_id == book.id, BookEntry.year == year, BookEntry.ordinal == ordinal,
        BookEntry.suffix == suffix, BookEntry.state != EntryState.RESERVED))
    return given is None and ordinal <= peek(session, book.id, year)


def jumps(session: Session, book: RegisterBook, direction: str, year: int, number: DocumentNumber) -> list[DocumentWarning]:
    """Return the warning that ``number`` leaves numbers of the series out, if it does; too many are refused later.

    An incoming document's number is its issuer's, and one with a suffix (01a) stands between those given.
    """
    if direction == Direction.INCOMING or number.suffix:
        return []
    ordinal = number.ordinal
    last = peek(session, book.id, year) - 1
    return [_jump(last, ordinal - last - 1)] if 0 < ordinal - last - 1 <= LONGEST_JUMP else []


def _jump(last: int, skipped: int) -> DocumentWarning:
    return DocumentWarning("counter_jumps", "number", last=last, skipped=skipped)


def take_given(
    session: Session, book: RegisterBook, year: int, ordinal: int, suffix: str, *,
    actor: Actor, at: datetime, reason: str = "", accept_jump: bool = False,
) -> BookEntry:
    """Take a number that the clerk named: the next, a reserved one, one before the book began here, or ``12a``.

    Numbers skipped by a jump ahead become reserved, so that the series keeps no hole.

    Raises:
        NumberTaken: it is used or voided.
        DocumentWarning: it lies ahead of the counter and ``accept_jump`` is false.
        NotPossible: it lies more than ``LONGEST_JUMP`` ahead.
        ReasonNeeded: a number in between (số chèn) without ``reason``.
    """
    counter = _lock_year(session, book.id, year)
    printed = f"{ordinal:02d}{suffix}"
    entry = session.scalars(select(BookEntry).where(
        BookEntry.book_id == book.id, BookEntry.year == year, BookEntry.ordinal == ordinal,
        BookEntry.suffix == suffix)).one_or_none()
    if entry is not None:
        if entry.state != EntryState.RESERVED:
            raise NumberTaken(printed, entry.state, entry.document_id)
        entry.taken_by_id, entry.taken_at = actor.id, at
        return entry
    if suffix:
        if not reason.strip():
            raise ReasonNeeded("a number in between needs a reason", "insert_reason")
        if ordinal > counter.last_ordinal:
            raise NotPossible("inserted_after_last", "number", last=counter.last_ordinal)
    elif ordinal > counter.last_ordinal:
        jump = ordinal - counter.last_ordinal - 1
        if jump > LONGEST_JUMP:
            raise NotPossible("jump_too_far", "number", last=counter.last_ordinal, most=LONGEST_JUMP)
        if jump and not accept_jump:
            raise _jump(counter.last_ordinal, jump)
        session.add_all([
            BookEntry(book_id=book.id, year=year, ordinal=skipped, suffix="", state=EntryState.RESERVED,
                      reason=f"bỏ qua khi lấy số {printed}", taken_by_id=actor.id, taken_at=at)
            for skipped in range(counter.last_ordinal + 1, ordinal)])
        counter.last_ordinal = ordinal
    return BookEntry(book_id=book.id, year=year, ordinal=ordinal, suffix=suffix, reason=reason.strip(),
                     taken_by_id=actor.id, taken_at=at)


def attach(session: Session, entry: BookEntry, document: Document) -> None:
    """Make ``entry`` the number of ``document``, which has its id already."""
    entry.state = EntryState.USED
    entry.document_id = document.id
    session.add(entry)


def reserve(db: Sessions, book_id: int, year: int, count: int, reason: str, *, actor: Actor,
            at: datetime) -> Sequence[int]:
    """Set aside the next ``count`` numbers and return them.

    Raises:
        ReasonNeeded, NotFound, NotPossible: no reason; no such book; a closed one, not 1 to 50 numbers, or a year far off.
    """
    if not reason.strip():
        raise ReasonNeeded("reserving needs a reason")
    if not 1 <= count <= 50:
        raise NotPossible("reserve_count", "count", most=50)
    _check_year(year, at)
    with db.begin() as session:
        book = get_open_book(session, book_id)
        entries = []
        for _ in range(count):
            entry = take_next(session, book, year, actor=actor, at=at)
            entry.state, entry.reason = EntryState.RESERVED, reason.strip()
            session.add(entry)
            entries.append(entry)
        numbers = [entry.ordinal for entry in entries]
        audit.record(session, actor, at, "reserve", "book", book.id, label=f"{book.name} {year}",
                     changes={"ordinals": numbers, "reason": reason.strip()})
    return numbers


def _check_year(year: int, at: datetime) -> None:
    """Refuse to begin the series of a year that no document can have."""
    if not _FIRST_YEAR <= year <= at.year + 1:
        raise NotPossible("year_far_off", first=_FIRST_YEAR, last=at.year + 1)


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """One number and where it stands."""

    id: int
    book_id: int
    book: str
    year: int
    number: str
    state: str
    reason: str


def get_entry(db: Sessions, entry_id: int) -> EntryPlace:
    """Return one number of a book.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        entry = session.get(BookEntry, entry_id)
        if entry is None:
            raise NotFound("entry", entry_id)
        return EntryPlace(entry.id, entry.book_id, get_book(session, entry.book_id).name, entry.year,
                          f"{entry.ordinal:02d}{entry.suffix}", entry.state, entry.reason)


def void(db: Sessions, entry_id: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Void a reserved number: it stays in the book, crossed out, with the reason.

    Raises:
        ReasonNeeded, NotFound, NotPossible: no reason; no such entry; a document uses it.
    """
    if not reason.strip():
        raise ReasonNeeded("voiding needs a reason")
    with db.begin() as session:
        entry = session.get(BookEntry, entry_id, with_for_update=True)
        if entry is None:
            raise NotFound("entry", entry_id)
        if entry.state != EntryState.RESERVED:
            raise NotPossible("entry_not_reserved", state=entry.state)
        entry.state, entry.reason = EntryState.VOIDED, reason.strip()
        audit.record(session, actor, at, "void", "book", entry.book_id, label=f"{entry.ordinal:02d}{entry.suffix}",
                     changes={"ordinal": entry.ordinal, "year": entry.year, "reason": reason.strip()})


def start_year(db: Sessions, book_id: int, year: int, last_ordinal: int, *, actor: Actor, at: datetime) -> None:
    """Say up to which number the year's series was used on paper; the book goes on behind it.

    Raises:
        MissingValue, NotPossible: not a number from 0; numbers were given here already beyond it, a closed book, or a year far off.
    """
    if not 0 <= last_ordinal <= 999_999:
        raise MissingValue("last_ordinal")
    _check_year(year, at)
    with db.begin() as session:
        book = get_open_book(session, book_id)
        counter = _lock_year(session, book.id, year)
        if last_ordinal < counter.last_ordinal:
            raise NotPossible("counter_backwards", "last_ordinal", last=counter.last_ordinal)
        audit.record(session, actor, at, "start_year", "book", book.id, label=f"{book.name} {year}",
                     changes={"last_ordinal": [counter.last_ordinal, last_ordinal]})
        counter.last_ordinal = last_ordinal


def show(db: Sessions, book_id: int, year: int, *, below: str | None = None, state: str | None = None,
         limit: int = 50) -> BookPage:
    """Return a page of the book's year, the highest numbers first; ``below`` that cannot be read starts at the top.

    Raises:
        NotFound: there is no such book.
    """
    with reading(db) as session:
        book = get_book(session, book_id)
        counter = session.get(BookYear, (book_id, year))
        mine = (BookEntry.book_id == book_id, BookEntry.year == year)
        counts = {row.state: row.total for row in session.execute(
            select(BookEntry.state, func.count().label("total")).where(*mine).group_by(BookEntry.state))}
        years = session.scalars(
            select(BookYear.year).where(BookYear.book_id == book_id).order_by(BookYear.year.desc())).all()
        query = (select(BookEntry, Document.number, Document.subject)
                 .outerjoin(Document, Document.id == BookEntry.document_id).where(*mine)
                 .order_by(BookEntry.ordinal.desc(), BookEntry.suffix.desc()).limit(limit + 1))
        place = _PLACE.fullmatch(below or "")
        if place is not None:
            query = query.where(tuple_(BookEntry.ordinal, BookEntry.suffix) < (int(place[1]), place[2]))
        if state:
            query = query.where(BookEntry.state == state)
        found = session.execute(query).all()
        rows = [EntryRow(entry.id, entry.ordinal, entry.suffix, entry.state, entry.reason, entry.document_id,
                         number, subject, entry.taken_at) for entry, number, subject in found[:limit]]
        return BookPage(
            _choice(book), year, list(years), counter.last_ordinal if counter else 0,
            counts.get(EntryState.USED, 0), counts.get(EntryState.RESERVED, 0), counts.get(EntryState.VOIDED, 0),
            rows, f"{rows[-1].ordinal}-{rows[-1].suffix}" if len(found) > limit else None)


def find_all(db: Sessions, book_id: int, year: int, *, state: str | None = None) -> Iterator[EntryRow]:
    """Yield all numbers of the book's year in the order of ``show``."""
    below: str | None = None
    while True:
        page = show(db, book_id, year, below=below, state=state, limit=500)
        yield from page.rows
        below = page.older
        if below is None:
            return


def year_of(direction: str, issued_on: date | None, received_on: date | None) -> int | None:
    """Return the year whose series a document belongs to: of receipt for incoming, else of issue."""
    on = received_on if direction == Direction.INCOMING else issued_on
    return on.year if on else None
