"""Lists of the register: narrowed, put in order, a page at a time or read whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, literal_column, select, tuple_
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.values import Direction, Status
from registry.models import Attachment, BookEntry, Document, FileText
from registry.services import organisations
from registry.services.actors import Actor
from registry.services.documents import DocumentRow, find_rows, row_query, rows_of, visible

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
class ListPage:
    """A page of the list. ``before`` and ``after`` continue it either way; None at an end."""

    rows: list[DocumentRow]
    total: int
    total_is_exact: bool
    """False: there are more than ``total``; counting a million rows would make the page wait."""
    before: str | None
    after: str | None


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
        query = row_query().where(*clauses)
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
