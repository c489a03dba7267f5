"""Files of a batch (lô tệp) as they come in: sent, out of a folder or a .zip; each is read in the background."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import SecretDocument
from registry.domain.file_errors import FileRefused
from registry.domain.roles import Role
from registry.files.archives import Archive, Entry
from registry.files.store import FileStore
from registry.models import IntakeBatch, IntakeItem
from registry.services import audit, draft_files, file_uploads
from registry.services.actors import Actor
from registry.services.file_uploads import FileRules, Upload
from search_index.text import one_line

LEASE = timedelta(minutes=5)
_LONGEST_NAME = 255


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
        code = "archive_apart" if refusal.code == "kind" and shown.lower().endswith(".zip") else refusal.code
        _refuse(db, batch_id, position, "" if code == "name_secret" else shown, code)
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
