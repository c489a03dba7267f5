"""What the registration form says while the clerk types."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import BadDocumentNumber, DocumentWarning, NotFound
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction
from registry.models import Document, Kind, Organisation, RegisterBook
from registry.services import books
from registry.services.actors import Actor
from registry.services.document_rows import identity_year
from registry.services.documents import visible
from registry.services.registration import printed
from registry.services.unusual import unusual
from search_index.text import fold_line, one_line

_SIMILAR_DAYS = 10
_SIMILAR_RATIO = 0.9


@dataclass(frozen=True, slots=True)
class Likeness:
    """A registered document that a new one may repeat."""

    document_id: int
    number: str | None
    issued_on: date | None
    subject: str
    exact: bool
    """Same issuer, number and year; else nearly the same subject within some days."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form while the clerk types; any of it may be missing or unreadable."""

    number: str = ""
    subject: str = ""
    symbol: str = ""
    kind_id: int | None = None
    issuer_id: int | None = None
    issued_on: date | None = None
    received_on: date | None = None
    direction: Direction = Direction.OUTGOING
    book_id: int | None = None
    propose_book: bool = False
    """Nobody has chosen a book yet: the one that fits is proposed."""
    except_id: int | None = None
    """The document being edited: no likeness of itself."""


@dataclass(frozen=True, slots=True)
class DraftAdvice:
    """What the form says while the clerk types."""

    next_number: str | None = None
    kind_id: int | None = None
    """The kind that was chosen, else the only one that the number's symbol stands for."""
    book_id: int | None = None
    """The book that was chosen, else the only one that fits, if asked."""
    symbol: str = ""
    likenesses: list[Likeness] = field(default_factory=list)
    warnings: list[DocumentWarning | BadDocumentNumber] = field(default_factory=list)


def advise(db: Sessions, draft: Draft, *, actor: Actor, at: datetime) -> DraftAdvice:
    """Say what the book would give, what the document may repeat, and what is odd about it."""
    with reading(db) as session:
        number: DocumentNumber | None = None
        warnings: list[DocumentWarning | BadDocumentNumber] = []
        if draft.number.strip():
            try:
                number = DocumentNumber.parse(draft.number)
            except BadDocumentNumber as error:
                warnings.append(error)
        draft = replace(draft, kind_id=draft.kind_id or _kind_told(session, number))
        if draft.propose_book and not (draft.number.strip() and number is None):
            draft = replace(draft, book_id=_fitting_book(session, draft, number, at))
        draft = replace(draft, symbol=draft.symbol or _symbol(session, draft))
        advice = DraftAdvice(_next_number(session, draft, at), draft.kind_id, draft.book_id, draft.symbol,
                             warnings=warnings)
        if number is not None:
            advice.warnings.extend(unusual(
                session, number, kind_id=draft.kind_id, issued_on=draft.issued_on, issuer_id=draft.issuer_id))
            book = session.get(RegisterBook, draft.book_id) if draft.book_id else None
            if book is not None:
                advice.warnings.extend(books.jumps(session, book, draft.direction, _book_year(draft, at), number))
            advice.likenesses.extend(_same_number(session, draft, number, actor))
        seen = {one.document_id for one in advice.likenesses}
        advice.likenesses.extend(one for one in _same_subject(session, draft, actor) if one.document_id not in seen)
        return advice


def _next_number(session: Session, draft: Draft, at: datetime) -> str | None:
    if draft.book_id is None:
        return None
    try:
        book = books.get_book(session, draft.book_id)
    except NotFound:
        return None
    year = _book_year(draft, at)
    ordinal = books.peek(session, draft.book_id, year)
    if draft.direction == Direction.INCOMING or not draft.symbol.strip():
        return f"{ordinal:02d}"
    return printed(ordinal, one_line(draft.symbol), year if book.with_year else None)


def _same_number(session: Session, draft: Draft, number: DocumentNumber, actor: Actor) -> list[Likeness]:
    year = identity_year(number, draft.issued_on, draft.received_on)
    query = select(Document).where(Document.number_key == number.key, Document.direction != Direction.EXTERNAL, visible(actor))
    if year is not None:
        query = query.where(Document.year == year)
    if draft.issuer_id is not None:
        query = query.where(Document.issuer_id == draft.issuer_id)
    if draft.except_id is not None:
        query = query.where(Document.id != draft.except_id)
    return [_likeness(row, exact=True) for row in session.scalars(query.limit(5))]


def _same_subject(session: Session, draft: Draft, actor: Actor) -> list[Likeness]:
    subject = fold_line(draft.subject)
    on = draft.issued_on or draft.received_on
    if len(subject) < 20 or on is None:
        return []
    query = (select(Document).where(
        Document.listed_on.between(on - timedelta(days=_SIMILAR_DAYS), on + timedelta(days=_SIMILAR_DAYS)),
        Document.direction != Direction.EXTERNAL, visible(actor), Document.subject_key.startswith(subject[:8], autoescape=True))
        .order_by(Document.listed_on.desc(), Document.id.desc()).limit(200))
    found = []
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(subject[:500])
    for row in session.scalars(query):
        matcher.set_seq1(row.subject_key[:500])
        if row.id != draft.except_id and matcher.quick_ratio() >= _SIMILAR_RATIO \
                and matcher.ratio() >= _SIMILAR_RATIO:
            found.append(_likeness(row, exact=False))
    return found[:5]


def _likeness(row: Document, *, exact: bool) -> Likeness:
    return Likeness(row.id, row.number, row.issued_on, row.subject, exact)


def _kind_told(session: Session, number: DocumentNumber | None) -> int | None:
    """Return the kind that the number's symbol stands for, None for none or several."""
    if number is None or len(number.kinds) != 1:
        return None
    return session.scalar(select(Kind.id).where(Kind.code == number.kinds[0].code, Kind.active))


def _fitting_book(session: Session, draft: Draft, number: DocumentNumber | None, at: datetime) -> int | None:
    """Return the only book that would give the number; one typed ahead of its series, or given, is the clerk's to decide."""
    books_fitting = books.fitting(session, draft.direction, kind_id=draft.kind_id, issuer_id=draft.issuer_id)
    if draft.direction != Direction.INCOMING and number is not None:
        year = _book_year(draft, at)
        books_fitting = [book for book in books_fitting if book.with_year == (number.year is not None)
                         and books.is_next_or_free(session, book, year, number.ordinal, number.suffix)]
    return books_fitting[0].id if len(books_fitting) == 1 else None


def _book_year(draft: Draft, at: datetime) -> int:
    return books.year_of(draft.direction, draft.issued_on, draft.received_on) or at.year


def _symbol(session: Session, draft: Draft) -> str:
    """Return what follows the numeral: ``KH-UBND``, of a letter ``UBND``.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    kind = session.get(Kind, draft.kind_id) if draft.kind_id else None
    issuer = session.get(Organisation, draft.issuer_id) if draft.issuer_id else None
    if kind is None or issuer is None or not issuer.symbol:
        return ""
    return f"{kind.abbreviation}-{issuer.symbol}" if kind.abbreviation else issuer.symbol
