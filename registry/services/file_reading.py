"""Reading files in the background: rows that wait are claimed under a lease, read in a process of their own, recorded.

What a file turns out to be is told to every document that has it, in the transaction that records its text. A
process that dies leaves its lease to run out; a file that was being read three times then is given up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, SecretDocument
from registry.domain.file_errors import FileFault, FileUnreadable
from registry.domain.roles import Role
from registry.domain.secrecy import find_secrecy_mark
from registry.files import reading as file_reading
from registry.files.kinds import FileKind
from registry.files.store import FileStore
from registry.models import Attachment, DocumentText, FileText, IntakeItem, StoredFile
from registry.services import audit, file_uploads
from registry.services.actors import Actor
from registry.services.document_rows import label
from registry.services.file_sweeping import forget
from registry.services.file_texts import documents_with, follow_files, hold
from registry.services.file_uploads import ReadText, as_failed, as_kept, as_text
from registry.services.linking import read_new
from registry.services.refusals import record_refusal

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""Longer than reading a text layer may take; OCR renews it with every page."""
MOST_TRIES = 3
_READER = Actor(id=None, name="đọc tệp", role=Role.CLERK, address="local")


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that this process reads now."""

    file_id: int
    sha256: str
    kind: FileKind
    ocr: bool
    before: ReadText
    """What was read of it already: the text layer of a file whose other pages wait for OCR."""


def claim(db: Sessions, *, ocr: bool, holder: str, now: datetime, most: int = 1) -> list[Claim]:
    """Take the next files that wait, the oldest first; those that died in reading too often are given up."""
    waits = _waits(now)
    with reading(db) as session:
        if session.scalar(select(FileText.file_id).where(waits, FileText.needs_ocr.is_(ocr)).limit(1)) is None:
            return []
    with db.begin() as session:
        session.execute(update(FileText).where(waits, FileText.tries >= MOST_TRIES).values(
            state="failed", reason=FileFault.TIMED_OUT.value, most=None, lease_until=None))
        rows = session.execute(
            select(FileText, StoredFile).join(StoredFile, StoredFile.id == FileText.file_id)
            .where(waits, FileText.needs_ocr.is_(ocr)).order_by(FileText.file_id).limit(most)
            .with_for_update(of=FileText, skip_locked=True)).all()
        for text, _ in rows:
            text.state, text.holder, text.lease_until = "reading", holder, now + LEASE
            text.tries += 1
        return [Claim(file.id, file.sha256, FileKind(file.kind), text.needs_ocr, ReadText(
            text.state, text.text, text.pages, text.source, text.needs_ocr, tuple(text.notes))) for text, file in rows]


def _waits(now: datetime) -> ColumnElement[bool]:
    """A lease that lies further off than any was set by a clock that ran ahead."""
    left = and_(FileText.state == "reading", or_(FileText.lease_until < now, FileText.lease_until > now + 2 * LEASE))
    return or_(FileText.state == "waiting", left)


def read_one(db: Sessions, store: FileStore, taken: Claim, *, holder: str, clock: Callable[[], datetime]) -> ReadText:
    """Read a claimed file and return what is kept; a fault of the file is kept as its reason, never raised."""
    path = store.path(taken.sha256)
    if not path.is_file():
        return as_failed(FileUnreadable(FileFault.DAMAGED))
    try:
        if not taken.ocr:
            return as_kept(file_reading.read_file(path, taken.kind))

        def told(done: int, total: int) -> None:
            _renew(db, taken.file_id, holder, done, total, clock())

        found = as_kept(file_reading.ocr_file(path, taken.kind, progress=told))
    except FileUnreadable as fault:
        if taken.before.text:  # the pages with text stay, and that the others are pictures is said
            return ReadText("done", taken.before.text, taken.before.pages, taken.before.source,
                            notes=(*taken.before.notes, "pages_unreadable"))
        return as_failed(fault)
    return ReadText("done", found.text, found.pages, found.source, notes=found.notes)


def _renew(db: Sessions, file_id: int, holder: str, done: int, total: int, now: datetime) -> None:
    with db.begin() as session:
        session.execute(update(FileText).where(FileText.file_id == file_id, FileText.holder == holder).values(
            done_pages=done, pages=total, lease_until=now + LEASE))


def record(db: Sessions, store: FileStore, results: Sequence[tuple[Claim, ReadText]], *, holder: str,
           at: datetime) -> None:
    """Keep what was read, in one transaction for all; what bears a secrecy mark leaves with its content."""
    secret: list[str] = []
    with db.begin() as session:
        hold(session, [taken.file_id for taken, _read in results])
        for taken, read in results:
            text = session.get(FileText, taken.file_id, with_for_update=True)
            if text is None or text.holder != holder or text.state != "reading":
                continue  # taken away meanwhile, or read by another after the lease ran out
            mark = find_secrecy_mark(as_text(read.text), whole_text=True) if read.text else None
            if mark is not None:
                secret.append(taken.sha256)
                _take_out(session, taken.file_id, SecretDocument(mark.rule), at=at)
                continue
            file_uploads.fill(text, read, at=at)
            session.flush()
            for document in documents_with(session, taken.file_id):
                follow_files(session, document, actor=_READER, at=at)
    for sha256 in secret:
        store.remove(sha256)


def _take_out(session: Session, file_id: int, error: SecretDocument, *, at: datetime) -> None:
    """Remove every trace of a file with a secrecy mark; the trail says when and by which rule."""
    documents = documents_with(session, file_id)
    if not documents:
        record_refusal(session, error, actor=_READER, at=at)
    rows = select(Attachment.id).where(Attachment.file_id == file_id)
    session.execute(update(Attachment).where(Attachment.replaced_by_id.in_(rows)).values(replaced_by_id=None))
    session.execute(update(IntakeItem).where(IntakeItem.attachment_id.in_(rows)).values(
        attachment_id=None, fault="secret", name=""))
    session.execute(delete(DocumentText).where(DocumentText.file_id == file_id))
    session.execute(delete(Attachment).where(Attachment.file_id == file_id))
    forget(session, [file_id])
    session.expire_all()
    for document in documents:
        record_refusal(session, error, actor=_READER, at=at, document_id=document.id, label=label(document))
        read_new(session, [(document, "")], actor=_READER, at=at)
        follow_files(session, document, actor=_READER, at=at)


def read_waiting(db: Sessions, store: FileStore, *, ocr: bool, holder: str, clock: Callable[[], datetime],
                 most: int = 1) -> int:
    """Read the next files that wait and record them; return how many there were."""
    taken = claim(db, ocr=ocr, holder=holder, now=clock(), most=most)
    if taken:
        results, held_since = [], clock()
        for one in taken:
            if clock() - held_since > LEASE / 6:  # slow ones, old Word files above all, together outlast a lease
                held_since = clock()
                _hold_on(db, taken, holder, held_since)
            results.append((one, read_one(db, store, one, holder=holder, clock=clock)))
        record(db, store, results, holder=holder, at=clock())
    return len(taken)


def _hold_on(db: Sessions, taken: Iterable[Claim], holder: str, now: datetime) -> None:
    """Renew the leases of files that were taken together, those still to be recorded too."""
    with db.begin() as session:
        session.execute(update(FileText).where(
            FileText.file_id.in_([one.file_id for one in taken]), FileText.holder == holder,
            FileText.state == "reading").values(lease_until=now + LEASE))


def try_again(db: Sessions, file_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a file that could not be read be read once more.

    Raises:
        NotFound: it is not one that failed.
    """
    with db.begin() as session:
        text = session.get(FileText, file_id, with_for_update=True)
        if text is None or text.state != "failed":
            raise NotFound("file", file_id)
        kind = session.get_one(StoredFile, file_id).kind
        text.state, text.tries, text.reason, text.most, text.done_pages = "waiting", 0, "", None, 0
        text.needs_ocr = text.needs_ocr or FileKind(kind).is_scan
        audit.record(session, actor, at, "run", "file", file_id)
