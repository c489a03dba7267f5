"""Entering and changing documents: the steps that form, import and demo share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import (
    BadDocumentNumber,
    ChangedMeanwhile,
    DateInFuture,
    DatesOutOfOrder,
    DocumentWarning,
    DuplicateDocument,
    MissingValue,
    NeedsConfirmation,
    NotFound,
    NumberHeldByBook,
    SecretDocument,
)
from registry.domain.numbers import DocumentNumber
from registry.domain.secrecy import find_secrecy_mark
from registry.domain.values import Direction
from registry.models import BookEntry, Change, Document, Organisation, RegisterBook
from registry.services import audit, books, draft_files, organisations
from registry.services.actors import Actor
from registry.services.cited_documents import may_be
from registry.services.document_rows import (
    NewDocument,
    fill,
    fitting,
    identity_year,
    know_symbol,
    label,
    linked,
    snapshot,
    store_text,
)
from registry.services.document_units import count_anew, set_unit
from registry.services.linking import cite, read_new, replace_references
from registry.services.planned_issue import issue_in
from registry.services.refusals import record_refusal
from registry.services.unusual import left_out, warn


@dataclass(frozen=True, slots=True)
class Registered:
    """What registering gave: the document, its number as printed, and its place in the book."""

    document_id: int
    number: str | None
    entry: str | None
    """The numeral in the register book, such as ``07`` or ``12a``."""


def register_document(db: Sessions, new: NewDocument, *, actor: Actor, at: datetime) -> Registered:
    """Enter one document in the register.

    One transaction: the document, its number, what it cites, its history entry and its place
    in the change log are kept together or not at all. ``at`` is in the office's time zone.
    The same ``request_id`` again finds the document that it made the first time.

    Raises:
        RegistryError: ``BadDocumentNumber``, ``MissingValue``, ``TooLong``, ``DateInFuture``, ``DatesOutOfOrder``,
            ``DuplicateDocument``, ``NumberTaken``, ``NeedsConfirmation``, ``SecretDocument``, ``ReasonNeeded``,
            ``NotFound``, ``NotPossible``.
    """
    refuse_secret(db, new, actor=actor, at=at)
    try:
        with db.begin() as session:
            document = _already(session, new.request_id) or enter(session, new, actor=actor, at=at)
            return _registered(session, document)
    except IntegrityError as error:
        # A race: the unique constraints stand behind the checks.
        with reading(db) as session:
            done = _already(session, new.request_id)
            if done is not None:
                return _registered(session, done)
        raise _as_duplicate(db, new, error) from error


def already_registered(db: Sessions, request_id: str | None) -> Registered | None:
    """Return what the form of that ``request_id`` made before, None for nothing."""
    with reading(db) as session:
        done = _already(session, request_id)
        return _registered(session, done) if done is not None else None


def _already(session: Session, request_id: str | None) -> Document | None:
    if not request_id:
        return None
    return session.scalars(select(Document).where(Document.request_id == request_id)).one_or_none()


def _registered(session: Session, document: Document) -> Registered:
    entry = session.scalars(select(BookEntry).where(BookEntry.document_id == document.id)).one_or_none()
    return Registered(document.id, document.number, f"{entry.ordinal:02d}{entry.suffix}" if entry else None)


def enter(session: Session, new: NewDocument, *, actor: Actor, at: datetime, links: bool = True) -> Document:
    """Enter one document in the caller's transaction; raises as ``register_document`` does.

    Without ``links`` what its text cites is left to the caller, who reads many at once.
    """
    check_secrecy(new)
    check_dates(new, at.date())
    number = read_number(new)
    new = _with_issuer(session, new, actor=actor, at=at)
    book = books.get_open_book(session, new.book_id) if new.book_id is not None else None
    if number is not None:
        warn(session, new, number, book)
    elif (missing := left_out(new)) and not new.confirmed:
        raise NeedsConfirmation(missing)
    entry, series = None, ""
    if book is not None:
        series = book.series
        entry, number = _number_in(session, book, new, number, actor=actor, at=at)

    document = _held_as_external(session, new, number) or Document(
        created_at=at, created_by_id=actor.id,
        duplicate_rank=_rank(session, new, number, series), duplicate_reason=fitting(
            "duplicate_reason", new.duplicate_reason))
    document.direction = new.direction
    document.series = series
    document.external_id = fitting("external_id", new.external_id or "") or None
    document.request_id = new.request_id
    fill(document, new, number, at=at)
    set_unit(session, document)
    session.add(document)
    session.flush()
    if number is not None:
        know_symbol(session, number)
    if entry is not None:
        books.attach(session, entry, document)
    text = store_text(session, document, new.text) if new.text else ""
    if new.references or new.dismissed:
        cite(session, document, (*new.references, *new.dismissed), actor=actor, at=at)
    session.add(Change(document_id=document.id))
    changes = {name: [None, value] for name, value in snapshot(document).items() if value not in (None, "", 0)}
    if entry is not None:
        changes["book_entry"] = [None, f"{entry.ordinal:02d}{entry.suffix}/{entry.year}"]
    audit.record(session, actor, at, "create", "document", document.id, label=label(document), changes=changes)
    if links:
        read_new(session, [(document, text)], actor=actor, at=at)
    draft_files.claim(session, document, new.request_id, actor=actor, at=at)
    if new.dismissed:
        replace_references(session, document, new.references, actor=actor, at=at)
    if new.planned_id is not None:
        issue_in(session, new.planned_id, document, actor=actor, at=at)
    return document


def _number_in(session: Session, book: RegisterBook, new: NewDocument, number: DocumentNumber | None, *, actor: Actor,
               at: datetime) -> tuple[BookEntry, DocumentNumber | None]:
    """Take a number in the book, and return it with the number that the document bears.

    An incoming document keeps the number of its issuer beside the arrival number (số đến); others take the one that
    was typed, or the next with the symbol that was typed.
    """
    year = books.year_of(new.direction, new.issued_on, new.received_on)
    if year is None:
        raise MissingValue("received_on" if new.direction == Direction.INCOMING else "issued_on")
    if new.direction == Direction.INCOMING:
        return books.take_next(session, book, year, actor=actor, at=at), number
    if number is not None:
        try:
            return books.take_given(
                session, book, year, number.ordinal, number.suffix, actor=actor, at=at,
                reason=fitting("insert_reason", new.insert_reason), accept_jump=new.confirmed), number
        except DocumentWarning as warning:
            raise NeedsConfirmation([warning]) from warning
    # The symbol is read before a number is taken under the book's lock.
    printed_year = year if book.with_year else None
    warn(session, new, DocumentNumber.parse(printed(1, new.symbol, printed_year)))
    entry = books.take_next(session, book, year, actor=actor, at=at)
    return entry, DocumentNumber.parse(printed(entry.ordinal, new.symbol, printed_year))


def _with_issuer(session: Session, new: NewDocument, *, actor: Actor, at: datetime) -> NewDocument:
    """Return ``new`` with its issuer's id, made here where it only has a name: refused, it leaves none behind."""
    if new.issuer_id is not None or not new.issuer_name:
        return new
    body = organisations.find_or_create(session, new.issuer_name, on=new.issued_on, actor=actor, at=at)
    return replace(new, issuer_id=body.id)


def read_number(new: NewDocument) -> DocumentNumber | None:
    """Return the number as typed; None for none, or for one that an import keeps as mere text.

    Raises:
        BadDocumentNumber: it cannot be read.
        MissingValue: an outgoing document asks for neither a number nor the book's next one.
    """
    if not new.number.strip():
        if new.book_id is not None and new.direction != Direction.INCOMING and not new.symbol.strip():
            raise MissingValue("symbol")
        return None
    try:
        return DocumentNumber.parse(new.number)
    except BadDocumentNumber:
        if new.keep_unread_number:
            return None
        raise


def printed(ordinal: int, symbol: str, year: int | None) -> str:
    """Return a number as it is printed, before it is read and checked."""
    return f"{ordinal:02d}/{year}/{symbol}" if year else f"{ordinal:02d}/{symbol}"


def _same(new: NewDocument, number: DocumentNumber, series: str) -> list[ColumnElement[bool]]:
    return [Document.number_key == number.key, Document.series == series,
            Document.year == identity_year(number, new.issued_on, new.received_on)]


def _held_as_external(session: Session, new: NewDocument, number: DocumentNumber | None) -> Document | None:
    """Return the cited-only document that this one turns out to be: the two become one, and links stay."""
    if number is None or new.direction == Direction.EXTERNAL or new.issuer_id is None:
        return None
    issuer = session.get(Organisation, new.issuer_id)
    found = session.scalars(
        select(Document).where(
            *_same(new, number, ""), Document.direction == Direction.EXTERNAL,
            or_(Document.issuer_id == new.issuer_id, Document.issuer_id.is_(None)))
        .order_by(Document.issuer_id.is_(None), Document.id))
    return next((one for one in found if may_be(
        one, kind_id=new.kind_id, issuer=issuer.name if issuer else None)), None)


def _rank(session: Session, new: NewDocument, number: DocumentNumber | None, series: str) -> int:
    """Return 0 for a number that is new in its series, the next rank for a second one with a reason.

    Raises:
        DuplicateDocument: it is registered already and no reason is given.
    """
    if number is None:
        return 0
    twins = session.scalars(
        select(Document).where(
            *_same(new, number, series),
            Document.issuer_id == new.issuer_id if new.issuer_id else Document.issuer_id.is_(None))
        .order_by(Document.duplicate_rank)).all()
    if not twins:
        return 0
    if not new.duplicate_reason.strip():
        raise DuplicateDocument(twins[0].id, str(number), twins[0].subject)
    return twins[-1].duplicate_rank + 1


def _as_duplicate(db: Sessions, new: NewDocument, error: IntegrityError) -> Exception:
    """Return what a broken unique constraint means to the person, or the error itself."""
    try:
        number = DocumentNumber.parse(new.number)
    except BadDocumentNumber:
        return error
    with reading(db) as session:
        twin = session.scalars(select(Document).where(
            Document.number_key == number.key, Document.issuer_id == new.issuer_id,
            Document.year == identity_year(number, new.issued_on, new.received_on))).first()
    return DuplicateDocument(twin.id, str(number), twin.subject) if twin else error


def refuse_secret(db: Sessions, new: NewDocument, *, actor: Actor, at: datetime) -> None:
    """Refuse a secret document and leave an event without content: who, when, by which rule."""
    try:
        check_secrecy(new)
    except SecretDocument as error:
        with db.begin() as session:
            record_refusal(session, error, actor=actor, at=at)
        raise


def check_secrecy(new: NewDocument) -> None:
    """Refuse what bears a state-secret mark; nothing of it is kept, in the error neither.

    Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15, Điều 5; Nghị định 30/2020/NĐ-CP, Điều 16 khoản 3.

    Raises:
        SecretDocument: a mark stands as a mark in one of the fields.
    """
    fields = (new.subject, new.notes, new.recipients, new.signer_position, new.handed_to, new.number)
    for value, whole_text in [*((value, False) for value in fields), (new.text, True)]:
        mark = find_secrecy_mark(value, whole_text=whole_text) if value else None
        if mark is not None:
            raise SecretDocument(mark.rule)


def check_dates(new: NewDocument, today: date) -> None:
    """Check that dates are there, not in the future and in order.

    Raises:
        MissingValue, DateInFuture, DatesOutOfOrder: naming the field.
    """
    # An import keeps a date that cannot be read in the notes, rather than drop the row.
    needs_date = new.book_id is not None or (new.number.strip() and not new.keep_unread_number)
    if new.direction in {Direction.OUTGOING, Direction.INTERNAL} and new.issued_on is None and needs_date:
        raise MissingValue("issued_on")
    if new.direction == Direction.INCOMING and new.book_id is not None and new.received_on is None:
        raise MissingValue("received_on")
    for name in ("issued_on", "received_on", "handed_on", "sent_on"):
        on: date | None = getattr(new, name)
        if on is not None and on > today:
            raise DateInFuture(name, on, today)
    for earlier, later in (("issued_on", "received_on"), ("received_on", "handed_on"), ("issued_on", "sent_on")):
        start: date | None = getattr(new, earlier)
        end: date | None = getattr(new, later)
        if start is not None and end is not None and end < start:
            raise DatesOutOfOrder(later, end, start)


def change_document(db: Sessions, document_id: int, version: int, new: NewDocument, *, actor: Actor,
                    at: datetime) -> None:
    """Change a registered document; its number in a register book stays as it was given.

    One that is in no book yet takes a number of ``new.book_id``, as when it is registered.

    Raises:
        NotFound, ChangedMeanwhile: no such document; somebody changed it after ``version``.
        NumberHeldByBook: the numeral, or the year it belongs to, would change.
        RegistryError: as in ``register_document``.
    """
    refuse_secret(db, new, actor=actor, at=at)
    check_dates(new, at.date())
    number = read_number(new)
    try:
        with db.begin() as session:
            document = get_for_change(session, document_id, version)
            new = _with_issuer(session, new, actor=actor, at=at)
            before = snapshot(document) | linked(session, document)
            book = taken = None
            if not _keep_entry(session, document, new, number) and new.book_id is not None:
                book = books.get_open_book(session, new.book_id)
            if number is not None and (book is not None or (number.key, new.issued_on, new.kind_id) != (
                    document.number_key, document.issued_on, document.kind_id)):
                warn(session, new, number, book)
            if book is not None:
                taken, number = _number_in(session, book, new, number, actor=actor, at=at)
                document.series = book.series
            if number is not None:
                _refuse_twin(session, document, new, number)
                know_symbol(session, number)
            fill(document, new, number, at=at)
            document.version += 1
            text = store_text(session, document, new.text)
            replace_references(session, document, new.references, actor=actor, at=at)
            session.flush()
            count_anew(session, document)
            changes = audit.differences(before, snapshot(document) | linked(session, document))
            if taken is not None:
                books.attach(session, taken, document)
                changes["book_entry"] = [None, f"{taken.ordinal:02d}{taken.suffix}/{taken.year}"]
            if changes:
                session.add(Change(document_id=document.id))
                audit.record(session, actor, at, "update", "document", document.id, label=label(document),
                             changes=changes)
            if changes.keys() & _SAID:
                read_new(session, [(document, text)], actor=actor, at=at)
    except IntegrityError as error:
        raise _as_duplicate(db, new, error) from error


_SAID = frozenset({"text", "subject", "references", "number", "kind_id", "issued_on", "issuer_id"})
"""The fields that links follow from: what the document says, and what says which one it is."""


def get_for_change(session: Session, document_id: int, version: int) -> Document:
    """Return the document, locked until the transaction ends.

    Raises:
        NotFound: there is none.
        ChangedMeanwhile: it is not at ``version`` any more.
    """
    document = session.get(Document, document_id, with_for_update=True)
    if document is None:
        raise NotFound("document", document_id)
    if document.version != version:
        raise ChangedMeanwhile
    return document


def _keep_entry(session: Session, document: Document, new: NewDocument, number: DocumentNumber | None) -> bool:
    """Tell whether a book holds the document, whose number there may not change."""
    entry = session.scalars(select(BookEntry).where(BookEntry.document_id == document.id)).one_or_none()
    if entry is None:
        return False
    held = document.number or f"{entry.ordinal:02d}{entry.suffix}"
    if books.year_of(document.direction, new.issued_on, new.received_on) != entry.year:
        raise NumberHeldByBook(held)
    if document.direction != Direction.INCOMING and (
            number is None or (number.ordinal, number.suffix) != (entry.ordinal, entry.suffix)):
        raise NumberHeldByBook(held)
    return True


def _refuse_twin(session: Session, document: Document, new: NewDocument, number: DocumentNumber) -> None:
    other = session.scalars(select(Document).where(
        *_same(new, number, document.series), Document.id != document.id,
        Document.issuer_id == new.issuer_id, Document.duplicate_rank == document.duplicate_rank)).first()
    if other is not None:
        raise DuplicateDocument(other.id, str(number), other.subject)
