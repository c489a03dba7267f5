"""Batches of files (lô tệp): how far they are, and what a person decides on each file.

All of it is rows: a batch that was cut off goes on where it stood. An item's file is a draft like that of a form, so
registering gives it to the document in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true, update
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible, SecretDocument
from registry.domain.file_errors import FileRefused
from registry.files.store import FileStore
from registry.models import Attachment, FileText, IntakeBatch, IntakeItem, User
from registry.services import attachments, audit, file_uploads
from registry.services.actors import Actor
from registry.services.attachments import AttachmentRow
from registry.services.file_uploads import as_text

PAGE = 20
BatchState = Literal["unpacking", "open", "stopped", "closed"]
Outcome = Literal["", "registered", "attached", "dismissed"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a batch is, in files."""

    total: int
    came: int
    """Unpacked or uploaded."""
    refused: int
    waiting: int
    unreadable: int
    registered: int
    attached: int
    dismissed: int

    @property
    def read(self) -> int:
        """Files whose reading is over, whatever came of it."""
        return self.came - self.waiting

    @property
    def open(self) -> int:
        """Files that a person has still to decide on."""
        return self.came - self.refused - self.registered - self.attached - self.dismissed


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch with how far it is."""

    id: int
    name: str
    state: BatchState
    fault: FileRefused | None
    created_at: datetime
    created_by: str | None
    counts: Counts

    @property
    def is_busy(self) -> bool:
        """Whether files still come in or are read."""
        return self.state == "unpacking" or (self.state == "open" and self.counts.waiting > 0)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One file of a batch, its text, and where it is already."""

    id: int
    position: int
    name: str
    fault: FileRefused | SecretDocument | None
    attachment: AttachmentRow | None
    draft: str
    outcome: Outcome
    text: str
    elsewhere: tuple[tuple[int, str], ...]
    """Documents that have this very content already, as ``(id, number or subject)``."""


def find_batches(db: Sessions, *, actor: Actor, under_way: bool = False, limit: int = 50) -> list[BatchRow]:
    """Return the batches of ``actor`` and those of commands, the newest first; ``under_way`` leaves out those that ended."""
    query = _batches(actor)
    if under_way:
        query = query.where(IntakeBatch.state != "closed")
    with reading(db) as session:
        return _with_counts(session, session.execute(query.order_by(IntakeBatch.id.desc()).limit(limit)).all())


def undecided(actor: Actor) -> Select[int]:
    """Return the query of the items on which a person has still to decide, in the batches that ``actor`` finds."""
    return (select(IntakeItem.id).join(IntakeBatch, IntakeBatch.id == IntakeItem.batch_id)
            .join(Attachment, Attachment.id == IntakeItem.attachment_id)
            .where(IntakeBatch.state != "closed", _mine(actor), IntakeItem.outcome == "", IntakeItem.fault == "",
                   Attachment.document_id.is_(None)))


def _mine(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.id is None else or_(
        IntakeBatch.created_by_id == actor.id, IntakeBatch.created_by_id.is_(None))


def get_batch(db: Sessions, batch_id: int, *, actor: Actor) -> BatchRow:
    """Return one batch.

    Raises:
        NotFound: there is none of ``actor``.
    """
    with reading(db) as session:
        return _with_counts(session, [_find(session, batch_id, actor)])[0]


def _find(session: Session, batch_id: int, actor: Actor) -> Row[IntakeBatch, str | None]:
    found = session.execute(_batches(actor).where(IntakeBatch.id == batch_id)).one_or_none()
    if found is None:
        raise NotFound("intake_batch", batch_id)
    return found


def _batches(actor: Actor) -> Select[IntakeBatch, str | None]:
    return select(IntakeBatch, User.full_name).outerjoin(User, User.id == IntakeBatch.created_by_id).where(_mine(actor))


def _with_counts(session: Session, batches: Sequence[Row[IntakeBatch, str | None]]) -> list[BatchRow]:
    if not batches:
        return []

    def count(*clauses: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(*clauses)

    undecided = and_(Attachment.document_id.is_(None), IntakeItem.outcome == "")
    counts = {batch_id: numbers for batch_id, *numbers in session.execute(
        select(IntakeItem.batch_id, count(true()), count(IntakeItem.fault != ""),
               count(undecided, FileText.state.in_(("waiting", "reading", "stopped"))),
               count(undecided, FileText.state == "failed"),
               count(Attachment.document_id.is_not(None), IntakeItem.outcome == ""),
               count(IntakeItem.outcome == "attached"), count(IntakeItem.outcome == "dismissed"))
        .outerjoin(Attachment, Attachment.id == IntakeItem.attachment_id)
        .outerjoin(FileText, FileText.file_id == Attachment.file_id)
        .where(IntakeItem.batch_id.in_([row.id for row, _person in batches])).group_by(IntakeItem.batch_id))}
    return [_batch(row, person, counts.get(row.id) or [0] * 7) for row, person in batches]


def _batch(row: IntakeBatch, person: str | None, counts: Sequence[int]) -> BatchRow:
    state = cast(BatchState, row.state)
    return BatchRow(row.id, row.name, state, FileRefused(row.fault) if row.fault else None, row.created_at, person,
                    Counts(max(row.total, counts[0]), *counts))


def find_items(db: Sessions, batch_id: int, *, actor: Actor, first: int = 0, open_first: bool = True) -> list[ItemRow]:
    """Return ``PAGE`` files of a batch from the one at place ``first`` on; those to decide on stand before the others.

    Raises:
        NotFound: there is no such batch of ``actor``.
    """
    decided = (IntakeItem.fault != "") | (IntakeItem.outcome != "") | Attachment.document_id.is_not(None)
    order = [decided, IntakeItem.position] if open_first else [IntakeItem.position]
    with reading(db) as session:
        _find(session, batch_id, actor)
        return _item_rows(session, _items(batch_id).order_by(*order).offset(first).limit(PAGE), actor)


def get_items(db: Sessions, batch_id: int, item_ids: Sequence[int], *, actor: Actor) -> list[ItemRow]:
    """Return these files of a batch, in the order given.

    Raises:
        NotFound: there is no such batch of ``actor``, or it has no file with one of the ids.
    """
    with reading(db) as session:
        _find(session, batch_id, actor)
        rows = {row.id: row for row in _item_rows(session, _items(batch_id).where(IntakeItem.id.in_(item_ids)), actor)}
    strange = next((one for one in item_ids if one not in rows), None)
    if strange is not None:
        raise NotFound("intake_item", strange)
    return [rows[one] for one in item_ids]


def _items(batch_id: int) -> Select[IntakeItem, Attachment | None, FileText | None]:
    return (select(IntakeItem, Attachment, FileText)
            .outerjoin(Attachment, Attachment.id == IntakeItem.attachment_id)
            .outerjoin(FileText, FileText.file_id == Attachment.file_id)
            .where(IntakeItem.batch_id == batch_id))


def _item_rows(session: Session, query: Select[IntakeItem, Attachment | None, FileText | None],
               actor: Actor) -> list[ItemRow]:
    found = session.execute(query).all()
    files = [file for _row, file, _text in found if file is not None]
    shown = attachments.rows_by_id(session, [file.id for file in files])
    elsewhere = attachments.having(session, [file.file_id for file in files], actor)
    return [_item(row, file, text, shown, elsewhere) for row, file, text in found]


def _item(row: IntakeItem, file: Attachment | None, text: FileText | None, shown: Mapping[int, AttachmentRow],
          elsewhere: Mapping[int, Sequence[tuple[int, str]]]) -> ItemRow:
    code = row.fault or ("gone" if file is None else "")
    fault = None if not code else SecretDocument("file") if code == "secret" else FileRefused(code)
    read = as_text(text.text) if text is not None and text.state == "done" else ""
    outcome = cast(Outcome, row.outcome)
    if file is None:
        return ItemRow(row.id, row.position, row.name, fault, None, "", outcome, read, ())
    if not outcome and file.document_id is not None:
        outcome = "registered"
    return ItemRow(row.id, row.position, row.name, fault, shown[file.id], file.draft or "", outcome, read,
                   () if outcome else tuple(elsewhere.get(file.file_id, ())))


# -- decided -----------------------------------------------------------------------------------------


def stop(db: Sessions, batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Stop unpacking and reading; what has come in and what was read stays. A file under way is finished.

    Raises:
        NotFound: there is no such batch of ``actor``.
    """
    with db.begin() as session:
        row = _for_change(session, batch_id, actor)
        if row.state in {"unpacking", "open"}:
            row.state = "stopped"
            _turn(session, batch_id, "waiting", "stopped")
            audit.record(session, actor, at, "cancel", "intake_batch", row.id, label=row.name)


def go_on(db: Sessions, batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Go on with a batch that was stopped.

    Raises:
        NotFound: there is no such batch of ``actor``.
    """
    with db.begin() as session:
        row = _for_change(session, batch_id, actor)
        if row.state == "stopped":
            row.state, row.lease_until = "unpacking" if row.archive_sha256 else "open", None
            _turn(session, batch_id, "stopped", "waiting")
            audit.record(session, actor, at, "restore", "intake_batch", row.id, label=row.name)


def close(db: Sessions, store: FileStore, batch_id: int, *, actor: Actor, at: datetime) -> None:
    """End a batch: files that nobody registered leave the store in the night.

    Raises:
        NotFound: there is no such batch of ``actor``.
    """
    with db.begin() as session:
        row = _for_change(session, batch_id, actor)
        archive, row.archive_sha256, row.state = row.archive_sha256, "", "closed"
        _turn(session, batch_id, "waiting", "stopped")
        audit.record(session, actor, at, "delete", "intake_batch", row.id, label=row.name)
    if archive:
        file_uploads.discard(db, store, archive)


def _turn(session: Session, batch_id: int, before: str, after: str) -> None:
    """Change the state of texts that this batch alone waits for, and no document."""
    files = (select(Attachment.file_id).join(IntakeItem, IntakeItem.attachment_id == Attachment.id)
             .where(IntakeItem.batch_id == batch_id))
    others = (select(Attachment.file_id).outerjoin(IntakeItem, IntakeItem.attachment_id == Attachment.id)
              .where(or_(IntakeItem.id.is_(None), IntakeItem.batch_id != batch_id, Attachment.document_id.is_not(None))))
    session.execute(update(FileText).where(
        FileText.file_id.in_(files), FileText.file_id.not_in(others), FileText.state == before).values(state=after))


def attach_to(db: Sessions, batch_id: int, item_id: int, document_id: int, *, actor: Actor, at: datetime) -> None:
    """Give an item's file to a document that is registered already, instead of registering it twice.

    Raises:
        NotFound: no such item, or no such document that ``actor`` may see.
        NotPossible: ``item_decided``, it was registered, attached or left out already.
        FileRefused: ``twice``, the document has this content.
    """
    with db.begin() as session:
        _for_change(session, batch_id, actor)
        item = _undecided(session, batch_id, item_id)
        if item.attachment_id is None:
            raise NotFound("intake_item", item_id)
        attachments.give(session, item.attachment_id, document_id, actor=actor, at=at)
        item.outcome = "attached"


def dismiss(db: Sessions, batch_id: int, items: Sequence[int], *, actor: Actor) -> None:
    """Leave files out; their contents leave the store when the batch ends.

    Raises:
        NotFound, NotPossible: as ``attach_to``.
    """
    with db.begin() as session:
        _for_change(session, batch_id, actor)
        for item_id in items:
            _undecided(session, batch_id, item_id).outcome = "dismissed"


def _undecided(session: Session, batch_id: int, item_id: int) -> IntakeItem:
    item = session.get(IntakeItem, item_id, with_for_update=True)
    if item is None or item.batch_id != batch_id:
        raise NotFound("intake_item", item_id)
    file = session.get(Attachment, item.attachment_id) if item.attachment_id else None
    if item.outcome or (file is not None and file.document_id is not None):
        raise NotPossible("item_decided")
    return item


def _for_change(session: Session, batch_id: int, actor: Actor) -> IntakeBatch:
    row = session.get(IntakeBatch, batch_id, with_for_update=True)
    if row is None or (actor.id is not None and row.created_by_id not in {None, actor.id}):
        raise NotFound("intake_batch", batch_id)
    return row
