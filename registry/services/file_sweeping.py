"""Files that nobody came back for leave the store in the night; so do contents that no row names any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.files.store import FileStore
from registry.models import Attachment, DocumentText, FileText, IntakeBatch, IntakeItem, SignatureCheck, StoredFile

DRAFTS_KEPT = timedelta(days=2)
"""A form may stay open over a day off."""
BATCHES_KEPT = timedelta(days=30)
_MANY = 500


def sweep(db: Sessions, store: FileStore, now: datetime) -> int:
    """Delete drafts that were never saved and contents that nothing needs; return how many contents went."""
    with db.begin() as session:
        session.execute(update(IntakeBatch).where(
            IntakeBatch.created_at < now - BATCHES_KEPT,
            or_(IntakeBatch.state != "closed", IntakeBatch.archive_sha256 != "")).values(state="closed", archive_sha256=""))
        in_batches = (select(IntakeItem.attachment_id).join(IntakeBatch, IntakeBatch.id == IntakeItem.batch_id)
                      .where(IntakeItem.attachment_id.is_not(None), IntakeBatch.state != "closed"))
        session.execute(delete(Attachment).where(
            Attachment.document_id.is_(None), Attachment.uploaded_at < now - DRAFTS_KEPT,
            Attachment.id.not_in(in_batches)))
    oldest = (now - DRAFTS_KEPT / 2).timestamp()
    gone = 0
    while hashes := _forget_unused(db, now):
        gone += sum(store.remove(sha256, unless_newer_than=oldest) for sha256 in hashes)
    gone += sum(store.remove(sha256, unless_newer_than=oldest) for sha256 in set(store.all()) - _named(db))
    store.tidy(now.timestamp())
    return gone


def _named(db: Sessions) -> set[str]:
    """Return the hashes of all contents that a row names, and of archives that are being unpacked."""
    with reading(db) as session:
        archives = select(IntakeBatch.archive_sha256).where(IntakeBatch.archive_sha256 != "")
        return set(session.scalars(select(StoredFile.sha256))) | set(session.scalars(archives))


def _forget_unused(db: Sessions, now: datetime) -> list[str]:
    """Delete the rows of contents that neither attachment nor text names, and return their hashes."""
    used = select(Attachment.file_id).union(select(DocumentText.file_id).where(DocumentText.file_id.is_not(None)))
    with db.begin() as session:
        rows = session.execute(
            select(StoredFile.id, StoredFile.sha256).where(
                StoredFile.id.not_in(used), StoredFile.stored_at < now - DRAFTS_KEPT / 2).limit(_MANY)).all()
        forget(session, [row.id for row in rows])
        return [row.sha256 for row in rows]


def forget(session: Session, file_ids: Sequence[int]) -> None:
    """Delete the rows of contents; their files are the caller's."""
    for table in (FileText, SignatureCheck):
        session.execute(delete(table).where(table.file_id.in_(file_ids)))
    session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids)))
