"""What the registration form says while the clerk types."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import BadDocumentNumber, DocumentWarning, NotFound
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction
from registry.models import Document, Kind, Organisation
from registry.services import books
from registry.services.actors import Actor
from registry.services.document_rows import identity_year
from registry.services.documents import visible
from registry.services.registration import printed, unusual
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
    except_id: int | None = None
    """The document being edited: no likeness of itself."""


@dataclass(frozen=True, slots=True)
class DraftAdvice:
    """What the form says while the clerk types."""

    next_number: str | None = None
    likenesses: list[Likeness] = field(default_factory=list)
    warnings: list[DocumentWarning | BadDocumentNumber] = field(default_factory=list)


def advise(db: Sessions, draft: Draft, *, actor: Actor, at: datetime) -> DraftAdvice:
    """Say what the book would give, what the document may repeat, and what is odd about it."""
    with reading(db) as session:
        advice = DraftAdvice(next_number=_next_number(session, draft, at))
        number: DocumentNumber | None = None
        if draft.number.strip():
            try:
                number = DocumentNumber.parse(draft.number)
            except BadDocumentNumber as error:
                advice.warnings.append(error)
        if number is not None:
            advice.warnings.extend(unusual(
                session, number, kind_id=draft.kind_id, issued_on=draft.issued_on, issuer_id=draft.issuer_id))
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
    year = books.year_of(draft.direction, draft.issued_on, draft.received_on) or at.year
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


def suggested_symbol(db: Sessions, *, kind_id: int | None, issuer_id: int | None, unit_symbol: str = "") -> str:
    """Return what follows the numeral: ``KH-UBND``; a letter names the drafting unit instead (``UBND-VX``).

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    with reading(db) as session:
        kind = session.get(Kind, kind_id) if kind_id else None
        issuer = session.get(Organisation, issuer_id) if issuer_id else None
        organ = issuer.symbol if issuer else ""
        if kind is None or not organ:
            return ""
        parts = [kind.abbreviation, organ] if kind.abbreviation else [organ, unit_symbol]
        return "-".join(part for part in parts if part)
