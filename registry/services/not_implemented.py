"""Văn bản chưa có văn bản triển khai: directives that nothing in the register carries out yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.chains import IMPLEMENTING
from registry.domain.values import Direction, Status
from registry.models import Citation, Document, Kind, living_citations
from registry.services import organisations, settings
from registry.services.actors import Actor
from registry.services.documents import DocumentRow, rows_of, visible
from registry.services.validity import ended_on

PAGE = 20
MOST_DAYS = 3650
_COUNTED = 10_000
_AT_ONCE = 500
_LARGEST = 2**31 - 1
_KEYS = (Document.listed_on, Document.id)
_Cursor: TypeAlias = tuple[date, int]

# Kinds that ask to be carried out.
_DIRECTIVES = ("CT", "CĐ", "NQ", "QĐ", "KH", "CTr", "ĐA", "KL", "TTri")
# A letter (công văn) asks for something only where its subject says so, or where it names a day.
_LETTER = "CV"
_ASKING = ("trien khai", "thuc hien", "tang cuong", "chan chinh", "day manh", "don doc", "chi dao", "to chuc ",
           "bao cao", "gop y", "cu can bo", "ra soat", "phoi hop")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; None means any."""

    days: int = 30
    direction: Direction = Direction.INCOMING
    """Incoming ones, or external ones: cited, and never registered themselves."""
    issuer_id: int | None = None
    """With all bodies that merged into it."""
    kind_id: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A directive and how long it has waited."""

    row: DocumentRow
    days: int | None
    """Since it arrived, else since its date; None where neither is known."""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of the list, newest first; ``before`` and ``after`` continue it either way, None at an end."""

    waiting: list[Waiting]
    total: int
    total_is_exact: bool
    before: str | None
    after: str | None


def find(db: Sessions, wanted: Wanted, *, actor: Actor, on: date, before: str | None = None,
         after: str | None = None, limit: int = PAGE) -> WaitingPage:
    """Return a page of the directives older than ``wanted.days`` on the day ``on`` that nothing carries out.

    A document that carries one out counts even where ``actor`` may not see it: the list tells what is
    missing, and what is merely hidden is not.
    """
    here = _read_cursor(before or after)
    backwards = before is not None and here is not None
    with reading(db) as session:
        clauses = _clauses(session, wanted, actor, on)
        ids = _ids(session, clauses, here, limit + 1, backwards=backwards)
        more = len(ids) > limit
        ids = ids[:limit][::-1] if backwards else ids[:limit]
        total = session.scalar(select(func.count()).select_from(
            select(Document.id).where(*clauses).limit(_COUNTED + 1).subquery())) or 0
        waiting = [_waiting(row, on) for row in rows_of(session, ids, actor)]
        first, last = (_cursor(session, ids[0]), _cursor(session, ids[-1])) if ids else (None, None)
    return WaitingPage(
        waiting, min(total, _COUNTED), total <= _COUNTED,
        before=first if (more if backwards else here is not None) else None,
        after=last if backwards or more else None)


def count(db: Sessions, wanted: Wanted, *, actor: Actor, on: date, most: int) -> int:
    """Return how many directives wait, at most ``most``."""
    with reading(db) as session:
        return session.scalar(select(func.count()).select_from(
            select(Document.id).where(*_clauses(session, wanted, actor, on)).limit(most).subquery())) or 0


def _ids(session: Session, clauses: list[ColumnElement[bool]], here: _Cursor | None, limit: int, *,
         backwards: bool = False) -> list[int]:
    key = tuple_(*_KEYS)
    query = select(Document.id).where(*clauses)
    if here is not None:
        query = query.where(key > here if backwards else key < here)
    return list(session.scalars(query.order_by(*(one.asc() if backwards else one.desc() for one in _KEYS)).limit(limit)))


def _cursor(session: Session, document_id: int) -> str:
    return f"{session.get_one(Document, document_id).listed_on:%Y-%m-%d}_{document_id}"


def _read_cursor(text: str | None) -> _Cursor | None:
    day, _, last = (text or "").rpartition("_")
    if not (last.isascii() and last.isdigit() and len(last) < 12 and int(last) <= _LARGEST):
        return None
    try:
        return date.fromisoformat(day), int(last)
    except ValueError:
        return None


def _waiting(row: DocumentRow, on: date) -> Waiting:
    since = row.received_on or row.issued_on
    return Waiting(row, (on - since).days if since else None)


def _clauses(session: Session, wanted: Wanted, actor: Actor, on: date) -> list[ColumnElement[bool]]:
    latest = on - timedelta(days=wanted.days)
    clauses = [
        Document.direction == wanted.direction, Document.status == Status.ACTIVE, visible(actor),
        Document.listed_on <= latest, or_(Document.received_on.is_(None), Document.received_on <= latest),
        ~_done(), Document.id.not_in(ended_on(on))]
    if wanted.direction == Direction.EXTERNAL:
        clauses.append(_not_our_own(session))
    if wanted.issuer_id is not None:
        clauses.append(Document.issuer_id.in_(organisations.with_predecessors(session, wanted.issuer_id)))
    if wanted.year is not None:
        clauses.append(Document.year == wanted.year)
    clauses.append(Document.kind_id == wanted.kind_id if wanted.kind_id is not None
                   else _asks(session, wanted.direction))
    return clauses


def _done() -> ColumnElement[bool]:
    """Return whether a registered document that stands carries the directive out."""
    other = aliased(Document)
    return (select(Citation.id).join(other, other.id == Citation.citing_id)
            .where(Citation.cited_id == Document.id, Citation.relation.in_(IMPLEMENTING), living_citations(),
                   other.status == Status.ACTIVE, other.direction != Direction.EXTERNAL).exists())


def _asks(session: Session, direction: Direction) -> ColumnElement[bool]:
    kinds = {row.code: row.id for row in session.execute(
        select(Kind.code, Kind.id).where(Kind.code.in_((*_DIRECTIVES, _LETTER))))}
    letter = kinds.pop(_LETTER, None)
    asking = [Document.subject_key.contains(words) for words in _ASKING]
    # What is only cited was often typed as a number alone.
    unknown = [Document.kind_id.is_(None)] if direction == Direction.EXTERNAL else []
    return or_(Document.kind_id.in_(kinds.values()), *unknown,
               and_(Document.kind_id == letter, or_(Document.reply_due_on.is_not(None), *asking)))


def _not_our_own(session: Session) -> ColumnElement[bool]:
    """Return the condition that leaves out what the office itself issued before it had this register."""
    office = settings.load(session)
    own = [key for key in (office.organisation_id, office.default_issuer_id) if key is not None]
    return or_(Document.issuer_id.is_(None), Document.issuer_id.not_in(own))


def find_all(db: Sessions, wanted: Wanted, *, actor: Actor, on: date) -> Iterator[Waiting]:
    """Yield the whole list in its order."""
    here: _Cursor | None = None
    with reading(db) as session:
        clauses = _clauses(session, wanted, actor, on)
        while ids := _ids(session, clauses, here, _AT_ONCE):
            yield from (_waiting(row, on) for row in rows_of(session, ids, actor))
            here = _read_cursor(_cursor(session, ids[-1]))
