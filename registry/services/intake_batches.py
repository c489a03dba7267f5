"""Batches (lô tệp): many files at once, a folder or a .zip, each read in the background and proposed for registering.

All of it is rows: a batch that was cut off goes on where it stood. An item's file is a draft like that of a form, so
registering gives it to the document in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, Literal, cast

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import FileRefused, NotFound, NotPossible, SecretDocument
from registry.domain.roles import Role
from registry.files.archives import Archive, Entry
from registry.files.store import FileStore
from registry.models import Attachment, FileText, IntakeBatch, IntakeItem, User
from registry.services import attachments, audit, draft_files, file_uploads
from registry.services.actors import Actor
from registry.services.attachments import AttachmentRow
from registry.services.file_uploads import FileRules, Upload, as_text
from search_index.text import one_line

PAGE = 20
LEASE = timedelta(minutes=5)
_LONGEST_NAME = 255
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


# -- coming in ---------------------------------------------------------------------------------------


def start(db: Sessions, name: str, *, total: int, actor: Actor, at: datetime, archive_sha256: str = "") -> int:
    """Begin a batch and return its id; with an archive it is unpacked in the background."""
    with db.begin() as session:
        row = IntakeBatch(
            name=one_line(name)[-_LONGEST_NAME:], state="unpacking" if archive_sha256 else "open", total=total,
            archive_sha256=archive_sha256, created_at=at, created_by_id=actor.id)
        session.add(row)
        session.flush()
        audit.record(session, actor, at, "create", "intake_batch", row.id, label=row.name, changes={"count": total})
        return row.id


def start_archive(db: Sessions, store: FileStore, upload: Upload, rules: FileRules, *, actor: Actor,
                  at: datetime) -> int:
    """Take a .zip and return the batch that it becomes.

    Raises:
        FileRefused: its name, its size, or its list of files; nothing is kept.
    """
    name = file_uploads.take_name(db, upload.name, actor=actor, at=at)
    stored = store.put(upload.stream, longest=rules.longest)
    try:
        with Archive(store.path(stored.sha256)) as archive:
            total = len(archive.entries)
    except FileRefused:
        file_uploads.discard(db, store, stored.sha256)
        raise
    return start(db, name, total=total, actor=actor, at=at, archive_sha256=stored.sha256)


def add_file(db: Sessions, store: FileStore, batch_id: int, position: int | None, name: str, content: Callable[[], IO[bytes]],
             rules: FileRules, *, actor: Actor, at: datetime) -> None:
    """Take one file of a batch in, to be read in the background; a refused one stays in the list with its reason.

    ``position`` None is the place behind those that came.
    """
    shown = shown_name(name)
    try:
        with content() as stream:
            file = file_uploads.receive(db, store, Upload(name, stream), rules, actor=actor, at=at, later=True)
    except FileRefused as refusal:
        _refuse(db, batch_id, position, "" if refusal.code == "name_secret" else shown, refusal.code)
    except SecretDocument:
        _refuse(db, batch_id, position, "", "secret")
    else:
        with db.begin() as session:
            attachment = draft_files.add_in(session, str(uuid.uuid4()), file, actor=actor, at=at, role="main")
            _add_item(session, batch_id, position, name=shown, attachment_id=attachment.id)


def _add_item(session: Session, batch_id: int, position: int | None, **values: Any) -> None:
    if position is None:
        # Two windows may send files into one batch: the row is the lock under which places are given.
        session.execute(select(IntakeBatch.id).where(IntakeBatch.id == batch_id).with_for_update())
        last = session.scalar(select(func.max(IntakeItem.position)).where(IntakeItem.batch_id == batch_id))
        position = 0 if last is None else last + 1
    session.add(IntakeItem(batch_id=batch_id, position=position, **values))


def _refuse(db: Sessions, batch_id: int, position: int | None, name: str, code: str) -> None:
    with db.begin() as session:
        _add_item(session, batch_id, position, name=name, fault=code)


def _refuse_entry(db: Sessions, batch_id: int, position: int, entry: Entry, *, actor: Actor, at: datetime) -> None:
    try:
        file_uploads.take_name(db, entry.name, actor=actor, at=at)
    except FileRefused as refusal:
        _refuse(db, batch_id, position, "", refusal.code)
    else:
        _refuse(db, batch_id, position, shown_name(entry.name), entry.fault)


def came(db: Sessions, batch_id: int) -> dict[int, str]:
    """Return the names of the files of a batch that have come in by their place, so that one that was cut off goes on.

    A name that bears a secrecy mark was not kept, and is empty.
    """
    with reading(db) as session:
        return dict(session.execute(
            select(IntakeItem.position, IntakeItem.name).where(IntakeItem.batch_id == batch_id)).all())


def shown_name(name: str) -> str:
    """Return the name of a file of a batch as its list shows it, with its folders; of a long one the end."""
    return one_line(name)[-_LONGEST_NAME:]


def unpack_next(db: Sessions, store: FileStore, rules: FileRules, *, holder: str,
                clock: Callable[[], datetime]) -> bool:
    """Unpack the archive of a batch that waits for it, going on where it stopped; return whether there was one."""
    batch = _claim_archive(db, holder, clock())
    if batch is None:
        return False
    actor = Actor(batch.created_by_id, "giải nén", Role.CLERK, "local")
    done, fault = came(db, batch.id), ""
    try:
        with Archive(store.path(batch.archive_sha256)) as archive:
            for position, entry in enumerate(archive.entries):
                if position in done:
                    continue
                if not _goes_on(db, batch.id, holder, clock()):
                    return True  # a person stopped it, or another process has it
                if entry.fault:
                    _refuse_entry(db, batch.id, position, entry, actor=actor, at=clock())
                else:
                    add_file(db, store, batch.id, position, entry.name, entry.open, rules, actor=actor, at=clock())
    except FileRefused as refusal:
        fault = refusal.code
    if _end_unpacking(db, batch.id, holder, fault):
        file_uploads.discard(db, store, batch.archive_sha256)
    return True


def _end_unpacking(db: Sessions, batch_id: int, holder: str, fault: str) -> bool:
    """Open the batch, and tell whether it did: one that was stopped or ended during its last file stays so."""
    with db.begin() as session:
        return session.execute(
            update(IntakeBatch).where(IntakeBatch.id == batch_id, IntakeBatch.state == "unpacking",
                                      IntakeBatch.holder == holder)
            .values(state="open", archive_sha256="", fault=fault, lease_until=None)
            .returning(IntakeBatch.id)).first() is not None


def _claim_archive(db: Sessions, holder: str, now: datetime) -> IntakeBatch | None:
    waits = and_(IntakeBatch.state == "unpacking", or_(
        IntakeBatch.lease_until.is_(None), IntakeBatch.lease_until < now, IntakeBatch.lease_until > now + 2 * LEASE))
    with reading(db) as session:
        if session.scalar(select(IntakeBatch.id).where(waits).limit(1)) is None:
            return None
    with db.begin() as session:
        row = session.scalars(select(IntakeBatch).where(waits).order_by(IntakeBatch.id).limit(1).with_for_update(
            skip_locked=True)).first()
        if row is not None:
            row.holder, row.lease_until = holder, now + LEASE
        return row


def _goes_on(db: Sessions, batch_id: int, holder: str, now: datetime) -> bool:
    with db.begin() as session:
        return session.execute(
            update(IntakeBatch).where(IntakeBatch.id == batch_id, IntakeBatch.state == "unpacking",
                                      IntakeBatch.holder == holder)
            .values(lease_until=now + LEASE).returning(IntakeBatch.id)).first() is not None


# -- shown -------------------------------------------------------------------------------------------


def find_batches(db: Sessions, *, actor: Actor, under_way: bool = False, limit: int = 50) -> list[BatchRow]:
    """Return the batches of ``actor`` and those of commands, the newest first; ``under_way`` leaves out those that ended."""
    query = _batches(actor)
    if under_way:
        query = query.where(IntakeBatch.state != "closed")
    with reading(db) as session:
        return [_batch(session, row, person) for row, person in session.execute(
            query.order_by(IntakeBatch.id.desc()).limit(limit))]


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
        found = session.execute(_batches(actor).where(IntakeBatch.id == batch_id)).one_or_none()
        if found is None:
            raise NotFound("intake_batch", batch_id)
        return _batch(session, *found)


def _batches(actor: Actor) -> Select[IntakeBatch, str | None]:
    return select(IntakeBatch, User.full_name).outerjoin(User, User.id == IntakeBatch.created_by_id).where(_mine(actor))


def _batch(session: Session, row: IntakeBatch, person: str | None) -> BatchRow:
    def count(*clauses: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(*clauses)

    undecided = and_(Attachment.document_id.is_(None), IntakeItem.outcome == "")
    found = session.execute(
        select(count(true()), count(IntakeItem.fault != ""),
               count(undecided, FileText.state.in_(("waiting", "reading", "stopped"))),
               count(undecided, FileText.state == "failed"),
               count(Attachment.document_id.is_not(None), IntakeItem.outcome == ""),
               count(IntakeItem.outcome == "attached"), count(IntakeItem.outcome == "dismissed"))
        .select_from(IntakeItem).outerjoin(Attachment, Attachment.id == IntakeItem.attachment_id)
        .outerjoin(FileText, FileText.file_id == Attachment.file_id)
        .where(IntakeItem.batch_id == row.id)).one()
    state = cast(BatchState, row.state)
    return BatchRow(row.id, row.name, state, FileRefused(row.fault) if row.fault else None, row.created_at, person,
                    Counts(max(row.total, found[0]), *found))


def find_items(db: Sessions, batch_id: int, *, actor: Actor, first: int = 0, open_first: bool = True) -> list[ItemRow]:
    """Return ``PAGE`` files of a batch from the one at place ``first`` on; those to decide on stand before the others."""
    decided = (IntakeItem.fault != "") | (IntakeItem.outcome != "") | Attachment.document_id.is_not(None)
    order = [decided, IntakeItem.position] if open_first else [IntakeItem.position]
    with reading(db) as session:
        found = session.execute(_items(batch_id).order_by(*order).offset(first).limit(PAGE)).all()
        return [_item(session, *row, actor) for row in found]


def get_item(db: Sessions, batch_id: int, item_id: int, *, actor: Actor) -> ItemRow:
    """Return one file of a batch.

    Raises:
        NotFound: the batch has none with this id.
    """
    get_batch(db, batch_id, actor=actor)
    with reading(db) as session:
        found = session.execute(_items(batch_id).where(IntakeItem.id == item_id)).one_or_none()
        if found is None:
            raise NotFound("intake_item", item_id)
        return _item(session, *found, actor)


def _items(batch_id: int) -> Select[IntakeItem, Attachment | None, FileText | None]:
    return (select(IntakeItem, Attachment, FileText)
            .outerjoin(Attachment, Attachment.id == IntakeItem.attachment_id)
            .outerjoin(FileText, FileText.file_id == Attachment.file_id)
            .where(IntakeItem.batch_id == batch_id))


def _item(session: Session, row: IntakeItem, file: Attachment | None, text: FileText | None, actor: Actor) -> ItemRow:
    code = row.fault or ("gone" if file is None else "")
    fault = None if not code else SecretDocument("file") if code == "secret" else FileRefused(code)
    outcome = cast(Outcome, row.outcome)
    if not outcome and file is not None and file.document_id is not None:
        outcome = "registered"
    shown = attachments.row_of(session, file.id) if file is not None else None
    elsewhere = attachments.having(session, file.file_id, actor) if file is not None and not outcome else []
    return ItemRow(row.id, row.position, row.name, fault, shown, (file.draft or "") if file is not None else "", outcome,
                   as_text(text.text) if text is not None and text.state == "done" else "", tuple(elsewhere))


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
