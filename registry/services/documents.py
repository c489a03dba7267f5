"""Documents as a person may see them: the rows of lists, and the page of one with its links and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotFound
from registry.domain.roles import Permission
from registry.models import (
    BookEntry,
    Citation,
    Document,
    DocumentText,
    Field,
    Kind,
    Organisation,
    RegisterBook,
    User,
    living_citations,
)
from registry.services import audit, organisations
from registry.services.actors import Actor
from registry.services.organisations import OrganisationChoice


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of a list."""

    id: int
    direction: str
    status: str
    number: str | None
    entry: str | None
    """The numeral in the register book; of incoming documents the arrival number (số đến)."""
    issued_on: date | None
    received_on: date | None
    kind: str | None
    issuer_id: int | None
    issuer: str | None
    issuer_today: tuple[str, ...]
    """Who took over from an issuer that exists no longer (nay là …)."""
    subject: str
    signer: str
    field: str | None
    urgency: int
    recipients: str
    handed_to: str
    restricted: bool


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that leaves the documents that ``actor`` may see."""
    if actor.may(Permission.READ_RESTRICTED):
        return literal(value=True)
    return Document.restricted.is_(False)


def row_query() -> Select[*tuple[Any, ...]]:
    """Return the query of all documents with what a row shows of other tables."""
    query: Select[*tuple[Any, ...]] = (
        select(Document, Kind.name.label("kind"), Organisation.name.label("issuer"), Field.name.label("field"),
               BookEntry.ordinal.label("entry_ordinal"), BookEntry.suffix.label("entry_suffix"))
        .outerjoin(Kind, Kind.id == Document.kind_id)
        .outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .outerjoin(Field, Field.id == Document.field_id)
        .outerjoin(BookEntry, BookEntry.document_id == Document.id))
    return query


def find_rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[DocumentRow]:
    """Run ``query``, made of ``row_query``, and return its rows with today's names of dissolved issuers."""
    found = session.execute(query).all()
    today = organisations.successors_today(
        session, {row.Document.issuer_id for row in found if row.Document.issuer_id})
    return [_row(row, today) for row in found]


def rows_of(session: Session, ids: Sequence[int], actor: Actor) -> list[DocumentRow]:
    """Return the rows of ``ids`` that ``actor`` may see, in the order given."""
    if not ids:
        return []
    rows = {row.id: row for row in find_rows(
        session, row_query().where(Document.id.in_(ids), visible(actor)))}
    return [rows[i] for i in ids if i in rows]


def find_chosen(db: Sessions, ids: Sequence[int], *, actor: Actor) -> list[DocumentRow]:
    """Return those of the documents that ``actor`` may see, in the order given."""
    with reading(db) as session:
        return rows_of(session, ids, actor)


def _row(row: Any, today: dict[int, list[OrganisationChoice]]) -> DocumentRow:
    document: Document = row.Document
    entry = f"{row.entry_ordinal:02d}{row.entry_suffix}" if row.entry_ordinal is not None else None
    return DocumentRow(
        id=document.id, direction=document.direction, status=document.status, number=document.number, entry=entry,
        issued_on=document.issued_on, received_on=document.received_on, kind=row.kind, issuer_id=document.issuer_id,
        issuer=row.issuer, issuer_today=tuple(one.name for one in today.get(document.issuer_id or 0, ())),
        subject=document.subject, signer=document.signer_name, field=row.field, urgency=document.urgency,
        recipients=document.recipients, handed_to=document.handed_to, restricted=document.restricted)


def lock_document(session: Session, document_id: int, actor: Actor) -> Document:
    """Return the document, its row locked until the caller's transaction ends.

    Raises:
        NotFound: there is none that ``actor`` may see.
    """
    document = session.scalars(select(Document).where(
        Document.id == document_id, visible(actor)).with_for_update()).one_or_none()
    if document is None:
        raise NotFound("document", document_id)
    return document


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A document at the other end of a citation, and how the link came about."""

    citation_id: int
    typed: bool
    doubtful: bool
    confirmed: bool
    quote: str
    locator: str
    start: int | None
    end: int | None
    document_id: int
    relation: str
    direction: str
    status: str
    number: str | None
    kind: str | None
    issuer: str | None
    issued_on: date | None
    subject: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the page of one document shows."""

    row: DocumentRow
    version: int
    kind_id: int | None
    field_id: int | None
    book_id: int | None
    book: str | None
    entry_year: int | None
    signer_position: str
    handed_on: date | None
    archive_unit: str
    copies: int | None
    envelopes: int | None
    pages: int | None
    sent_on: date | None
    reply_due_on: date | None
    language: str
    notes: str
    duplicate_reason: str
    text: str
    text_is_of_file: bool
    """The text was read from an attached file, and goes with it."""
    external_id: str | None
    created_at: datetime
    created_by: str | None
    updated_at: datetime
    cites: list[LinkedRow]
    cited_by: list[LinkedRow]
    cited_by_more: bool
    """More documents cite it than the page lists."""


_LINKS = 200


def get_document(db: Sessions, document_id: int, *, actor: Actor) -> DocumentPage:
    """Return the document with all that belongs to it.

    Raises:
        NotFound: there is none that ``actor`` may see.
    """
    with reading(db) as session:
        query = row_query().where(Document.id == document_id, visible(actor))
        found = session.execute(query).one_or_none()
        if found is None:
            raise NotFound("document", document_id)
        document: Document = found.Document
        today = organisations.successors_today(session, [document.issuer_id] if document.issuer_id else [])
        entry = session.execute(
            select(BookEntry.year, RegisterBook.id, RegisterBook.name)
            .join(RegisterBook, RegisterBook.id == BookEntry.book_id)
            .where(BookEntry.document_id == document_id)).one_or_none()
        text = session.get(DocumentText, document_id)
        cited_by = _links(session, document_id, actor, outgoing=False)
        return DocumentPage(
            row=_row(found, today), version=document.version, kind_id=document.kind_id, field_id=document.field_id,
            book_id=entry.id if entry else None, book=entry.name if entry else None,
            entry_year=entry.year if entry else None, signer_position=document.signer_position,
            handed_on=document.handed_on, archive_unit=document.archive_unit, copies=document.copies,
            envelopes=document.envelopes, pages=document.pages, sent_on=document.sent_on,
            reply_due_on=document.reply_due_on, language=document.language, notes=document.notes,
            duplicate_reason=document.duplicate_reason, text=text.text if text else "",
            text_is_of_file=bool(text and text.file_id), external_id=document.external_id,
            created_at=document.created_at,
            created_by=session.scalar(select(User.full_name).where(User.id == document.created_by_id)),
            updated_at=document.updated_at, cites=_links(session, document_id, actor, outgoing=True)[:_LINKS],
            cited_by=cited_by[:_LINKS], cited_by_more=len(cited_by) > _LINKS)


def _links(session: Session, document_id: int, actor: Actor, *, outgoing: bool) -> list[LinkedRow]:
    here, there = ((Citation.citing_id, Citation.cited_id) if outgoing else (Citation.cited_id, Citation.citing_id))
    rows = session.execute(
        select(Citation, Document, Kind.name, Organisation.name)
        .join(Document, Document.id == there)
        .outerjoin(Kind, Kind.id == Document.kind_id)
        .outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .where(here == document_id, living_citations(), visible(actor))
        .order_by(*((Citation.position, Citation.id) if outgoing else
                    (Document.listed_on.desc(), Document.id.desc())))
        .limit(_LINKS + 1))
    return [LinkedRow(
        citation_id=one.id, typed=one.origin == "typed", doubtful=one.doubtful and one.confirmed_at is None,
        confirmed=one.confirmed_at is not None, quote=one.quote, locator=one.locator, start=one.start, end=one.end,
        document_id=other.id, relation=one.relation, direction=other.direction, status=other.status,
        number=other.number, kind=kind, issuer=issuer, issued_on=other.issued_on, subject=other.subject)
            for one, other, kind, issuer in rows]


def get_history(db: Sessions, document_id: int, *, actor: Actor) -> list[audit.EventRow]:
    """Return what happened to the document, newest first.

    Raises:
        NotFound: there is no such document that ``actor`` may see.
    """
    with reading(db) as session:
        if session.scalar(select(Document.id).where(Document.id == document_id, visible(actor))) is None:
            raise NotFound("document", document_id)
        return audit.history_of(session, "document", document_id)
