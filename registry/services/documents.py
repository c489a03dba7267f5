"""Reading the register: lists, the document page, and the entry's own life (cancelled, restored)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

from sqlalchemy import ColumnElement, Select, and_, func, literal, literal_column, select, tuple_
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible, ReasonNeeded
from registry.domain.roles import Permission
from registry.domain.values import Direction, Status
from registry.models import (
    Attachment,
    BookEntry,
    Change,
    Citation,
    Document,
    DocumentText,
    Field,
    FileText,
    Kind,
    Organisation,
    RegisterBook,
    User,
    living_citations,
)
from registry.services import audit, organisations
from registry.services.actors import Actor
from registry.services.document_rows import label
from registry.services.organisations import OrganisationChoice
from registry.services.registration import get_for_change
from search_index.text import one_line

PAGE = 20
_COUNTED = 10_000
_AT_ONCE = 500
_LARGEST = 2**31 - 1

SortKey = Literal["date", "registered", "number"]


class Doubt(StrEnum):
    """Why a clerk should look at a document once more."""

    DUPLICATE = "duplicate"
    """Registered though another has its number: with a reason, or by an import."""
    NOT_HANDED = "not_handed"
    """Incoming, and handed over to nobody yet (Nghị định 30/2020/NĐ-CP, Điều 23: the same day)."""
    UNREAD_FILE = "unread_file"
    """A file attached to it could not be read."""


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What the list is narrowed to; None means any. All of it stands in the address of the page."""

    direction: str | None = None
    status: str | None = None
    kind_id: int | None = None
    issuer_id: int | None = None
    """With all bodies that merged into it."""
    book_id: int | None = None
    year: int | None = None
    since: date | None = None
    until: date | None = None
    field_id: int | None = None
    include_external: bool = False
    doubt: Doubt | None = None


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


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list. ``before`` and ``after`` continue it either way; None at an end."""

    rows: list[DocumentRow]
    total: int
    total_is_exact: bool
    """False: there are more than ``total``; counting a million rows would make the page wait."""
    before: str | None
    after: str | None


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that leaves the documents that ``actor`` may see."""
    if actor.may(Permission.READ_RESTRICTED):
        return literal(value=True)
    return Document.restricted.is_(False)


def _columns() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(Document, Kind.name.label("kind"), Organisation.name.label("issuer"), Field.name.label("field"),
               BookEntry.ordinal.label("entry_ordinal"), BookEntry.suffix.label("entry_suffix"))
        .outerjoin(Kind, Kind.id == Document.kind_id)
        .outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .outerjoin(Field, Field.id == Document.field_id)
        .outerjoin(BookEntry, BookEntry.document_id == Document.id))
    return query


def find_rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[DocumentRow]:
    """Run ``query``, made of ``_columns``, and return its rows with today's names of dissolved issuers."""
    found = session.execute(query).all()
    today = organisations.successors_today(
        session, {row.Document.issuer_id for row in found if row.Document.issuer_id})
    return [_row(row, today) for row in found]


def rows_of(session: Session, ids: Sequence[int], actor: Actor) -> list[DocumentRow]:
    """Return the rows of ``ids`` that ``actor`` may see, in the order given."""
    if not ids:
        return []
    rows = {row.id: row for row in find_rows(
        session, _columns().where(Document.id.in_(ids), visible(actor)))}
    return [rows[i] for i in ids if i in rows]


def find_chosen(db: Sessions, ids: Sequence[int], *, actor: Actor) -> list[DocumentRow]:
    """Return those of the documents that ``actor`` may see, in the order given."""
    with reading(db) as session:
        return rows_of(session, ids, actor)


def _row(row: Any, today: dict[int, list[OrganisationChoice]]) -> DocumentRow:
    document: Document = row.Document
    entry = f"{row.entry_ordinal:02d}{row.entry_suffix}" if row.entry_ordinal is not None else None
    return DocumentRow(
        document.id, document.direction, document.status, document.number, entry, document.issued_on,
        document.received_on, row.kind, document.issuer_id, row.issuer,
        tuple(one.name for one in today.get(document.issuer_id or 0, ())),
        document.subject, document.signer_name, row.field, document.urgency, document.recipients,
        document.handed_to, document.restricted)


def find_documents(
    db: Sessions, wanted: DocumentFilter, *, actor: Actor, sort: SortKey = "date", descending: bool = True,
    before: str | None = None, after: str | None = None, limit: int = PAGE,
) -> ListPage:
    """Return a page of the list, continued behind ``after`` or in front of ``before``.

    Pages are found by their last row's key, not by counting rows off, so that the ten-thousandth
    is as fast as the first. A key that cannot be read starts at the first page.
    """
    keys = _sort_columns(sort)
    with reading(db) as session:
        clauses = _clauses(session, wanted, actor)
        cursor = _read_cursor(before or after, sort)
        backwards = before is not None and cursor is not None
        forwards_is_less = descending != backwards
        query = _columns().where(*clauses)
        if cursor is not None:
            here = tuple_(*keys)
            query = query.where(here < cursor if forwards_is_less else here > cursor)
        query = query.order_by(*(key.desc() if forwards_is_less else key.asc() for key in keys)).limit(limit + 1)
        rows = find_rows(session, query)
        more = len(rows) > limit
        rows = rows[:limit]
        marks = {row.id: _cursor(session, row.id, sort) for row in (rows[:1] + rows[-1:])}
        if backwards:
            rows.reverse()
        total = session.scalar(select(func.count()).select_from(
            select(Document.id).where(*clauses).limit(_COUNTED + 1).subquery())) or 0
    first, last = (marks[rows[0].id], marks[rows[-1].id]) if rows else (None, None)
    return ListPage(
        rows, min(total, _COUNTED), total <= _COUNTED,
        before=first if (backwards and more) or (cursor is not None and not backwards) else None,
        after=last if backwards or more else None)


def find_all(db: Sessions, wanted: DocumentFilter, *, actor: Actor, sort: SortKey = "date",
             descending: bool = True) -> Iterator[DocumentRow]:
    """Yield the whole list in the order of ``find_documents``, read while it is written out."""
    with reading(db) as session:
        for ids in find_ids(session, wanted, actor=actor, sort=sort, descending=descending):
            yield from rows_of(session, ids, actor)


def find_ids(session: Session, wanted: DocumentFilter, *, actor: Actor, sort: SortKey,
             descending: bool) -> Iterator[Sequence[int]]:
    """Yield the ids of the whole list, some hundreds at a time."""
    order = [key.desc() if descending else key.asc() for key in _sort_columns(sort)]
    query = select(Document.id).where(*_clauses(session, wanted, actor)).order_by(*order)
    yield from session.scalars(query.execution_options(yield_per=_AT_ONCE)).partitions()


def _sort_columns(sort: SortKey) -> list[Any]:
    if sort == "registered":
        return [Document.id]
    return [Document.listed_on if sort == "date" else Document.ordinal, Document.id]


def _cursor(session: Session, document_id: int, sort: SortKey) -> str:
    document = session.get_one(Document, document_id)
    value = {"date": f"{document.listed_on:%Y-%m-%d}_", "registered": "", "number": f"{document.ordinal}_"}[sort]
    return f"{value}{document.id}"


def _read_cursor(text: str | None, sort: SortKey) -> tuple[Any, ...] | None:
    first, _, last = (text or "").rpartition("_")
    if not (last.isascii() and last.isdigit() and len(last) < 12 and int(last) <= _LARGEST):
        return None
    if sort == "registered":
        return (int(last),)
    try:
        key: Any = date.fromisoformat(first) if sort == "date" else int(first)
    except ValueError:
        return None
    if sort == "number" and not 0 <= key <= _LARGEST:
        return None
    return (key, int(last))


def _clauses(session: Session, wanted: DocumentFilter, actor: Actor) -> list[ColumnElement[bool]]:
    clauses = [visible(actor)]
    if wanted.direction:
        clauses.append(Document.direction == wanted.direction)
    elif not wanted.include_external:
        clauses.append(Document.direction != Direction.EXTERNAL)
    if wanted.status:
        clauses.append(Document.status == wanted.status)
    if wanted.kind_id is not None:
        clauses.append(Document.kind_id == wanted.kind_id)
    if wanted.issuer_id is not None:
        bodies = organisations.with_predecessors(session, wanted.issuer_id)
        clauses.append(Document.issuer_id == wanted.issuer_id if len(bodies) == 1 else Document.issuer_id.in_(bodies))
    if wanted.year is not None:
        clauses.append(Document.year == wanted.year)
    if wanted.since is not None:
        clauses.append(Document.listed_on >= wanted.since)
    if wanted.until is not None:
        clauses.append(Document.listed_on <= wanted.until)
    if wanted.field_id is not None:
        clauses.append(Document.field_id == wanted.field_id)
    if wanted.doubt is not None:
        clauses.append(_doubtful(wanted.doubt))
    if wanted.book_id is not None:
        entry = aliased(BookEntry)
        clauses.append(select(entry.id).where(
            entry.document_id == Document.id, entry.book_id == wanted.book_id).exists())
    return clauses


def _doubtful(doubt: Doubt) -> ColumnElement[bool]:
    if doubt == Doubt.DUPLICATE:
        # As in the index that holds these alone: a bound value would not find it.
        return Document.duplicate_rank > literal_column("0")
    if doubt == Doubt.NOT_HANDED:
        return and_(Document.direction == Direction.INCOMING, Document.status == Status.ACTIVE,
                    Document.handed_on.is_(None), Document.handed_to == "")
    unread = (select(Attachment.document_id).join(FileText, FileText.file_id == Attachment.file_id)
              .where(FileText.state == "failed", Attachment.document_id.is_not(None),
                     Attachment.replaced_by_id.is_(None), Attachment.removed_at.is_(None)))
    return Document.id.in_(unread)


def count_in(session: Session, wanted: DocumentFilter, *, actor: Actor, most: int) -> int:
    """Return how many documents fit, at most ``most``: counting further would make a page wait."""
    return session.scalar(select(func.count()).select_from(
        select(Document.id).where(*_clauses(session, wanted, actor)).limit(most).subquery())) or 0


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
    issuer_successors: list[OrganisationChoice]
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
        query = _columns().where(Document.id == document_id, visible(actor))
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
            _row(found, today), document.version, document.kind_id, document.field_id,
            entry.id if entry else None, entry.name if entry else None, entry.year if entry else None,
            today.get(document.issuer_id or 0, []), document.signer_position, document.handed_on,
            document.archive_unit, document.copies, document.envelopes, document.pages, document.sent_on, document.reply_due_on,
            document.language, document.notes, document.duplicate_reason, text.text if text else "",
            bool(text and text.file_id), document.external_id, document.created_at,
            session.scalar(select(User.full_name).where(User.id == document.created_by_id)),
            document.updated_at, _links(session, document_id, actor, outgoing=True)[:_LINKS],
            cited_by[:_LINKS], len(cited_by) > _LINKS)


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
    return [LinkedRow(one.id, one.origin == "typed", one.doubtful and one.confirmed_at is None,
                      one.confirmed_at is not None, one.quote, one.locator, one.start, one.end,
                      other.id, one.relation, other.direction, other.status, other.number, kind, issuer,
                      other.issued_on, other.subject)
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


class ChangeOfStatus(Protocol):
    """What ``cancel`` and ``restore`` have in common."""

    def __call__(self, db: Sessions, document_id: int, version: int, reason: str, *, actor: Actor,
                 at: datetime) -> None:
        """Change the status of one document."""


def cancel(db: Sessions, document_id: int, version: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Cancel the entry with a reason; its number stays used.

    Raises:
        ReasonNeeded, NotFound, ChangedMeanwhile, NotPossible: it is cancelled already.
    """
    reason = one_line(reason)
    if not reason:
        raise ReasonNeeded("cancelling needs a reason")
    _set_status(db, document_id, version, Status.CANCELLED, reason, actor=actor, at=at)


def restore(db: Sessions, document_id: int, version: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Put a cancelled entry back in force.

    Raises:
        NotFound, ChangedMeanwhile, NotPossible: it is not cancelled.
    """
    _set_status(db, document_id, version, Status.ACTIVE, one_line(reason), actor=actor, at=at)


def _set_status(db: Sessions, document_id: int, version: int, status: Status, reason: str, *, actor: Actor,
                at: datetime) -> None:
    with db.begin() as session:
        document = get_for_change(session, document_id, version)
        if document.status == status:
            raise NotPossible("already_cancelled" if status == Status.CANCELLED else "not_cancelled")
        before, document.status = document.status, status
        document.version += 1
        document.updated_at = at
        session.add(Change(document_id=document.id))
        audit.record(session, actor, at, "cancel" if status == Status.CANCELLED else "restore", "document",
                     document.id, label=label(document),
                     changes={"status": [before, status], "reason": reason})
