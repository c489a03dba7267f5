"""What is unusual about a document, and is asked about before it is kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from registry.domain.errors import DocumentWarning, NeedsConfirmation
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction
from registry.models import Kind, Organisation, RegisterBook
from registry.services import books, organisations
from registry.services.document_rows import NewDocument


def warn(session: Session, new: NewDocument, number: DocumentNumber, book: RegisterBook | None = None) -> None:
    """Ask about all that is unusual at once, the gap in ``book`` too: what is confirmed was seen.

    Raises:
        NeedsConfirmation: something is, and it is not confirmed.
    """
    if new.confirmed:
        return
    warnings = left_out(new)
    warnings += unusual(session, number, kind_id=new.kind_id, issued_on=new.issued_on, issuer_id=new.issuer_id)
    year = books.year_of(new.direction, new.issued_on, new.received_on)
    if book is not None and year is not None:
        warnings.extend(books.jumps(session, book, new.direction, year, number))
    if warnings:
        raise NeedsConfirmation(warnings)


def left_out(new: NewDocument) -> list[DocumentWarning]:
    """Return what a person would hardly leave out of the form on purpose."""
    if not new.by_hand:
        return []
    found = []
    if new.issuer_id is None:
        found.append(DocumentWarning("no_issuer", "issuer"))
    if not new.number.strip() and new.book_id is None and new.direction != Direction.INCOMING:
        found.append(DocumentWarning("no_number", "book_id"))
    return found


def unusual(session: Session, number: DocumentNumber, *, kind_id: int | None, issued_on: date | None,
            issuer_id: int | None) -> list[DocumentWarning]:
    """Return what is odd about a number beside the chosen kind, date and issuer."""
    found = []
    kind = session.get(Kind, kind_id) if kind_id else None
    possible = number.kinds
    if kind is not None and possible and kind.code not in {one.code for one in possible}:
        found.append(DocumentWarning("kind_differs", "kind_id", symbol=number.symbol, chosen=kind.name,
                                     told=" / ".join(one.name for one in possible[:3])))
    if number.year is not None and issued_on is not None and number.year != issued_on.year:
        found.append(DocumentWarning("year_differs", "number", number_year=number.year, date_year=issued_on.year))
    issuer = session.get(Organisation, issuer_id) if issuer_id else None
    if issuer is not None and not organisations.existed(issuer, issued_on):
        found.append(DocumentWarning("issuer_not_then", "issuer", name=issuer.name, on=issued_on))
    return found
