"""Register books as they are printed (in sổ): the numbers of a period in the order of the form, and the cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import FromClause

from registry.db import Sessions, reading
from registry.domain.dates import FIRST_YEAR, LAST_YEAR
from registry.domain.errors import NotPossible
from registry.domain.register_forms import (
    COLUMNS,
    OF_DIRECTION,
    TITLES,
    Cover,
    RegisterForm,
    kind_and_subject,
    told_document,
)
from registry.domain.roles import Permission
from registry.domain.tables import Cell, Table
from registry.domain.values import Direction, EntryState, Status
from registry.models import BookEntry, Document, Kind, Organisation
from registry.services import settings
from registry.services.actors import Actor
from registry.services.books import get_book
from registry.services.follow_up import FollowUp, follow_up, followed_up

PAGE = 50
_AT_ONCE = 500
_STATES = {EntryState.RESERVED: "Số giữ", EntryState.VOIDED: "Số hủy"}
_HIDDEN = "(hạn chế nội bộ)"


@dataclass(frozen=True, slots=True)
class Volume:
    """What of a book is printed: a year of it, between two days or two numbers where they are given.

    Days are those of issue, of arrival in books of incoming documents, of sending in the post book. A number
    without a document counts by the day on which it was set aside.
    """

    form: RegisterForm
    year: int
    book_id: int | None = None
    """None for the post book, which the whole office shares."""
    since: date | None = None
    until: date | None = None
    first: int | None = None
    last: int | None = None
    volume: str = ""
    """Quyển số."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The cover of a volume, how many lines it has, and a page of them."""

    cover: Cover
    total: int
    rows: list[tuple[Cell, ...]]
    after: int | None
    """Where to continue, for ``show``; None at the end."""


def show(db: Sessions, wanted: Volume, *, actor: Actor, now: datetime, after: int | None = None,
         limit: int = PAGE) -> Contents:
    """Return the cover and a page of the lines, continued behind the line ``after``.

    Raises:
        NotFound: there is no such book.
        NotPossible: ``form_of_book``: a book of that direction has no such form; ``period_backwards``:
            it ends before it begins; ``year_far_off``.
    """
    with reading(db) as session:
        lines, keys = _lines(session, wanted, now)
        query = select(lines).order_by(*keys)
        if after is not None:
            place = session.execute(select(*keys).where(lines.c.place == after)).one_or_none()
            if place is not None:
                query = query.where(tuple_(*keys) > tuple_(*(literal(value) for value in place)))
        found = session.execute(query.limit(limit + 1)).all()
        cover, total = _cover(session, wanted, lines)
        return Contents(cover, total, list(_cells(session, wanted, found[:limit], actor, now)),
                        found[limit - 1].place if len(found) > limit else None)


def table(db: Sessions, wanted: Volume, *, actor: Actor, now: datetime) -> tuple[Table, Cover, int]:
    """Return the whole volume as a table whose rows are read while they are written, its cover, and how many they are.

    Raises:
        NotFound, NotPossible: as ``show``.
    """
    with reading(db) as session:
        lines, _keys = _lines(session, wanted, now)
        cover, total = _cover(session, wanted, lines)
    title = f"{cover.title}, năm {wanted.year}"
    return Table(title, COLUMNS[wanted.form], _all(db, wanted, actor, now), numbered=True), cover, total


def _all(db: Sessions, wanted: Volume, actor: Actor, now: datetime) -> Iterator[tuple[Cell, ...]]:
    with reading(db) as session:
        lines, keys = _lines(session, wanted, now)
        found = session.execute(select(lines).order_by(*keys).execution_options(yield_per=_AT_ONCE))
        for part in found.partitions():
            yield from _cells(session, wanted, part, actor, now)


def _lines(session: Session, wanted: Volume, now: datetime) -> tuple[FromClause, Sequence[ColumnElement[Any]]]:
    """Return the lines of the volume, and what orders them."""
    check(session, wanted)
    if wanted.form == RegisterForm.POST:
        lines: FromClause = _posted(wanted).subquery()
        return lines, (lines.c.day, lines.c.ordinal, lines.c.place)
    lines = _entered(wanted, now).subquery()
    return lines, (lines.c.ordinal, lines.c.suffix)


def check(session: Session, wanted: Volume) -> None:
    """Refuse a volume that cannot be.

    Raises:
        NotFound, NotPossible: as ``show``.
    """
    if not FIRST_YEAR <= wanted.year <= LAST_YEAR:
        raise NotPossible("year_far_off", first=FIRST_YEAR, last=LAST_YEAR)
    if (wanted.since and wanted.until and wanted.until < wanted.since) or (
            wanted.first is not None and wanted.last is not None and wanted.last < wanted.first):
        raise NotPossible("period_backwards")
    if wanted.form != RegisterForm.POST and wanted.form not in OF_DIRECTION.get(
            get_book(session, wanted.book_id or 0).direction, ()):
        raise NotPossible("form_of_book")


def _entered(wanted: Volume, now: datetime) -> Select[*tuple[Any, ...]]:
    """Return the numbers of a book, also those without a document."""
    day = Document.issued_on if wanted.form == RegisterForm.OUTGOING else Document.received_on
    query = _columns(BookEntry.id, day).select_from(BookEntry).outerjoin(
        Document, Document.id == BookEntry.document_id)
    query = _named(query).where(BookEntry.book_id == wanted.book_id, BookEntry.year == wanted.year)
    if wanted.form == RegisterForm.FOLLOW_UP:
        query = query.where(followed_up())
    if wanted.first is not None:
        query = query.where(BookEntry.ordinal >= wanted.first)
    if wanted.last is not None:
        query = query.where(BookEntry.ordinal <= wanted.last)
    if wanted.since is not None:
        start = datetime.combine(wanted.since, time(), now.tzinfo)
        query = query.where(or_(day >= wanted.since, and_(day.is_(None), BookEntry.taken_at >= start)))
    if wanted.until is not None:
        end = datetime.combine(wanted.until + timedelta(days=1), time(), now.tzinfo)
        query = query.where(or_(day <= wanted.until, and_(day.is_(None), BookEntry.taken_at < end)))
    return query


def _posted(wanted: Volume) -> Select[*tuple[Any, ...]]:
    """Return what went out by post: documents of which envelopes are counted."""
    day = func.coalesce(Document.sent_on, Document.issued_on, type_=Document.sent_on.type)
    query = _columns(Document.id, day).select_from(Document).outerjoin(
        BookEntry, BookEntry.document_id == Document.id)
    query = _named(query).where(
        Document.envelopes > 0, Document.direction.in_([Direction.OUTGOING, Direction.INTERNAL]),
        day >= max(wanted.since or date.min, date(wanted.year, 1, 1)),
        day <= min(wanted.until or date.max, date(wanted.year, 12, 31)))
    if wanted.first is not None:
        query = query.where(Document.ordinal >= wanted.first)
    if wanted.last is not None:
        query = query.where(Document.ordinal <= wanted.last)
    return query


def _columns(place: Any, day: Any) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(
        place.label("place"), day.label("day"), func.coalesce(BookEntry.ordinal, Document.ordinal).label("ordinal"),
        func.coalesce(BookEntry.suffix, "").label("suffix"), BookEntry.state, BookEntry.reason,
        Document.id.label("document_id"), Document.number, Document.issued_on, Document.received_on, Document.subject,
        Document.signer_name, Document.recipients, Document.archive_unit, Document.copies, Document.envelopes,
        Document.sent_on, Document.handed_to, Document.handed_on, Document.reply_due_on, Document.notes,
        Document.status, Document.restricted, Kind.name.label("kind"), Organisation.name.label("issuer"))
    return query


def _named(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(Kind, Kind.id == Document.kind_id).outerjoin(
        Organisation, Organisation.id == Document.issuer_id)


def _cover(session: Session, wanted: Volume, lines: FromClause) -> tuple[Cover, int]:
    office = settings.load(session)
    total, since, until, first, last = session.execute(select(
        func.count(), func.min(lines.c.day), func.max(lines.c.day), func.min(lines.c.ordinal),
        func.max(lines.c.ordinal))).one()
    book = get_book(session, wanted.book_id).name if wanted.book_id is not None else ""
    title = TITLES[wanted.form]
    return Cover(
        office.parent_name, office.office_name, title, book if book.casefold() != title.casefold() else "",
        wanted.year, wanted.since or since, wanted.until or until,
        f"{first:02d}" if first else "", f"{last:02d}" if last else "", wanted.volume), total


def _cells(session: Session, wanted: Volume, rows: Sequence[Any], actor: Actor,
           now: datetime) -> Iterator[tuple[Cell, ...]]:
    """Yield each line as the form has it."""
    known: dict[int, FollowUp] = {}
    if wanted.form == RegisterForm.FOLLOW_UP:
        known = follow_up(session, [row.document_id for row in rows], actor=actor, now=now)
    for row in rows:
        if row.document_id is None:
            yield _without_document(wanted.form, row)
        elif row.restricted and not actor.may(Permission.READ_RESTRICTED):
            yield _line(wanted.form, _Hidden(row), FollowUp())
        else:
            yield _line(wanted.form, row, known.get(row.document_id) or FollowUp())


class _Hidden:
    """A line of a document that the person may not read: its number and days alone."""

    _SHOWN = frozenset({"ordinal", "suffix", "number", "issued_on", "received_on", "sent_on", "handed_on", "day",
                        "status", "state"})

    def __init__(self, row: Any) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        if name in self._SHOWN:
            return getattr(self._row, name)
        return _HIDDEN if name == "subject" else None if name in {"copies", "envelopes", "reply_due_on"} else ""


def _line(form: RegisterForm, row: Any, known: FollowUp) -> tuple[Cell, ...]:
    entry = f"{row.ordinal:02d}{row.suffix}"
    number = row.number or entry
    notes = "; ".join(part for part in ("Văn bản đã hủy" if row.status == Status.CANCELLED else "", row.notes) if part)
    if form == RegisterForm.OUTGOING:
        return (number, row.issued_on, kind_and_subject(row.kind or "", row.subject), row.signer_name, row.recipients,
                row.archive_unit, row.copies, row.sent_on, "", notes)
    if form == RegisterForm.INCOMING:
        return (row.received_on, entry, row.issuer or "", row.number or "", row.issued_on,
                kind_and_subject(row.kind or "", row.subject), row.handed_to, row.handed_on, "", notes)
    if form == RegisterForm.POST:
        return (row.day, number, row.recipients, row.envelopes, "", notes)
    deadlines = known.deadlines or ([row.reply_due_on] if row.reply_due_on else [])
    return (entry, told_document(row.kind or "", row.number or "", row.issued_on, row.issuer or ""),
            "\n".join(known.owners) if any(known.owners) else row.handed_to,
            deadlines[0] if len(deadlines) == 1 else "\n".join(map(str, deadlines)),
            "\n".join(known.progress) or ("Đã trả lời" if known.answers else ""), "\n".join(known.answers), notes)


def _without_document(form: RegisterForm, row: Any) -> tuple[Cell, ...]:
    """Return the line of a number that was set aside or voided, with the reason under Ghi chú."""
    entry, told = f"{row.ordinal:02d}{row.suffix}", _STATES[EntryState(row.state)]
    width = len(COLUMNS[form])
    number, subject = (0, 2) if form == RegisterForm.OUTGOING else (1, 5)
    cells: list[Cell] = [""] * width
    cells[number], cells[subject], cells[-1] = entry, told, row.reason
    return tuple(cells)
