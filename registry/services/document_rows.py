"""Rows of documents: how what a person gave becomes columns, and what history compares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import insert_missing
from registry.domain.errors import MissingValue, TooLong
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction, Urgency
from registry.models import Citation, Document, DocumentText, NumberSymbol, living_citations
from search_index.text import clean, fold_line, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document that another cites: a registered one by id, or what is known of it."""

    document_id: int | None = None
    number: str = ""
    kind_id: int | None = None
    issued_on: date | None = None
    issuer_id: int | None = None
    subject: str = ""
    relation: str = "cites"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """All that a form, an import row or the demo says of one document."""

    direction: Direction
    subject: str
    kind_id: int | None = None
    number: str = ""
    """As typed; empty with a book of outgoing or internal documents means its next number."""
    symbol: str = ""
    """What follows the numeral when the book gives the number: ``KH-UBND``."""
    issued_on: date | None = None
    issuer_id: int | None = None
    issuer_name: str = ""
    """A body that is not in the list yet: made, and marked for review, together with the document."""
    book_id: int | None = None
    signer_name: str = ""
    signer_position: str = ""
    urgency: Urgency = Urgency.NORMAL
    field_id: int | None = None
    received_on: date | None = None
    handed_to: str = ""
    handed_on: date | None = None
    recipients: str = ""
    archive_unit: str = ""
    copies: int | None = None
    envelopes: int | None = None
    pages: int | None = None
    sent_on: date | None = None
    reply_due_on: date | None = None
    language: str = ""
    notes: str = ""
    restricted: bool = False
    text: str = ""
    references: tuple[Reference, ...] = ()
    dismissed: tuple[Reference, ...] = ()
    """What was read in the text and taken away by a person: reading the text does not bring it back."""
    duplicate_reason: str = ""
    insert_reason: str = ""
    """Why a number in between (số chèn, 12a) is taken."""
    by_hand: bool = False
    """Entered by itself in the form: an issuer or a number left out there is a slip until confirmed."""
    confirmed: bool = False
    """The person has seen the warnings and means it."""
    request_id: str | None = None
    planned_id: int | None = None
    """The planned document (chương trình công tác) that this one carries out."""
    external_id: str | None = None
    keep_unread_number: bool = False
    """An import keeps a number that cannot be read as the text it is; it then takes part in no comparison."""


# What a field holds. Decree 30/2020, annex VI names shorter ones (subject 500, signer 50); real subjects
# and titles are longer, so the columns are wider and nothing is cut off.
LIMITS = {
    "number": 100, "subject": 5000, "signer_name": 100, "signer_position": 150, "handed_to": 300,
    "recipients": 10_000, "archive_unit": 200, "language": 30, "notes": 20_000, "text": 10_000_000,
    "duplicate_reason": 500, "insert_reason": 500, "external_id": 100,
}
_LINES = {"recipients", "notes", "text"}


def fitting(name: str, value: str) -> str:
    """Return ``value`` cleaned for the field ``name``.

    Raises:
        TooLong: it does not fit; nothing is cut off in silence.
    """
    value = clean(value).strip() if name in _LINES else one_line(value)
    if len(value) > LIMITS[name]:
        raise TooLong(name, len(value), LIMITS[name])
    return value


def fill(document: Document, new: NewDocument, number: DocumentNumber | None, *, at: datetime) -> None:
    """Set the columns that registering and changing share.

    Raises:
        TooLong: a text does not fit its field.
        MissingValue: there is no subject.
    """
    document.kind_id = new.kind_id
    document.number = str(number) if number else fitting("number", new.number) or None
    document.number_key = number.key if number else None
    document.ordinal = number.ordinal if number else 0
    document.symbol_key = symbol_key(number) if number else None
    document.issued_on = new.issued_on
    document.year = identity_year(number, new.issued_on, new.received_on)
    document.issuer_id = new.issuer_id
    document.subject = fitting("subject", new.subject)
    if not document.subject:
        raise MissingValue("subject")
    document.subject_key = fold_line(document.subject)
    document.signer_name = fitting("signer_name", new.signer_name)
    document.signer_position = fitting("signer_position", new.signer_position)
    document.urgency = int(new.urgency)
    document.field_id = new.field_id
    document.received_on = new.received_on
    document.handed_to = fitting("handed_to", new.handed_to)
    document.handed_on = new.handed_on
    document.recipients = fitting("recipients", new.recipients)
    document.archive_unit = fitting("archive_unit", new.archive_unit)
    document.copies = new.copies
    document.envelopes = new.envelopes
    document.pages = new.pages
    document.sent_on = new.sent_on
    document.reply_due_on = new.reply_due_on
    document.language = fitting("language", new.language)
    document.notes = fitting("notes", new.notes)
    document.restricted = new.restricted
    document.listed_on = new.issued_on or new.received_on or (document.created_at or at).date()
    document.counted_on = (new.received_on if new.direction == Direction.INCOMING else None) or document.listed_on
    document.updated_at = at


def identity_year(number: DocumentNumber | None, issued_on: date | None, received_on: date | None) -> int | None:
    """Return the year of the series a number belongs to: printed in it, else of the date."""
    if number is not None and number.year is not None:
        return number.year
    on = issued_on or received_on
    return on.year if on else None


def symbol_key(number: DocumentNumber) -> str:
    """Return the symbol folded, as the look-up compares it."""
    return fold_line(number.symbol_key)[:80]


def know_symbol(session: Session, number: DocumentNumber) -> None:
    """Remember that the number's symbol occurs."""
    insert_missing(session, NumberSymbol, symbol_key=symbol_key(number))


def store_text(session: Session, document: Document, text: str) -> str:
    """Keep ``text`` as the document's full text, and return it as kept; an empty one takes a typed text away.

    The text of an attached file goes with the file only.
    """
    text = fitting("text", text)
    stored = session.get(DocumentText, document.id)
    if stored is not None and stored.file_id is not None and text in {"", stored.text}:
        return stored.text
    if text:
        session.merge(DocumentText(document_id=document.id, text=text, file_id=None))
    elif stored is not None:
        session.delete(stored)
    return text


def linked(session: Session, document: Document) -> dict[str, object]:
    """What belongs to the document but is no column of it, for its history."""
    cited = session.execute(
        select(Citation.relation, Document.number, Document.id).join(Document, Document.id == Citation.cited_id)
        .where(Citation.citing_id == document.id, living_citations()).order_by(Citation.position, Citation.id))
    text = session.get(DocumentText, document.id)
    return {"references": [f"{relation}: {number or f'#{key}'}" for relation, number, key in cited],
            "text": text.text if text else ""}


_AUDITED = (
    "direction", "status", "kind_id", "number", "issued_on", "issuer_id", "subject", "signer_name",
    "signer_position", "urgency", "field_id", "received_on", "handed_to", "handed_on", "recipients",
    "archive_unit", "copies", "envelopes", "pages", "sent_on", "reply_due_on", "language", "notes", "restricted",
    "duplicate_reason", "external_id",
)


def snapshot(document: Document) -> dict[str, object]:
    """Return what history compares, field by field."""
    return {name: getattr(document, name) for name in _AUDITED}


def label(document: Document) -> str:
    """Return the document as a person calls it."""
    return document.number or document.subject[:80]
