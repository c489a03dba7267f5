"""Attachments (tệp đính kèm): the files of a document, with their versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotFound, NotPossible, ReasonNeeded
from registry.domain.file_errors import FileFault, FileRefused, FileUnreadable
from registry.domain.roles import Permission
from registry.files.kinds import FileKind
from registry.models import Attachment, Document, FileText, StoredFile, User
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_rows import label
from registry.services.documents import lock_document, visible
from registry.services.draft_files import AttachmentRole, mine, new_row, own, record
from registry.services.file_texts import current, enter, follow_files, hold, want_read
from registry.services.file_uploads import Received
from search_index.text import one_line

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file as a list shows it."""

    id: int
    document_id: int | None
    draft: str | None
    file_id: int
    sha256: str
    size: int
    kind: FileKind
    role: AttachmentRole
    name: str
    version: int
    replaced_by_id: int | None
    uploaded_at: datetime
    uploaded_by: str | None
    removed_at: datetime | None
    removed_reason: str
    state: str
    """How far its text is: a state of ``FileText``."""
    needs_ocr: bool
    fault: FileUnreadable | None
    """Why it could not be read."""
    pages: int
    done_pages: int
    source: str
    notes: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether it is neither replaced nor removed."""
        return self.replaced_by_id is None and self.removed_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether its text is still to come."""
        return self.state in {"waiting", "reading"}


def _query(*clauses: ColumnElement[bool]) -> Select[Attachment, StoredFile, FileText, str | None]:
    return (
        select(Attachment, StoredFile, FileText, User.full_name)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .join(FileText, FileText.file_id == Attachment.file_id)
        .outerjoin(User, User.id == Attachment.uploaded_by_id)
        .where(*clauses)
        .order_by(Attachment.role.desc(), Attachment.position, Attachment.version.desc(), Attachment.id))


def _row(found: Row[Attachment, StoredFile, FileText, str | None]) -> AttachmentRow:
    one, file, text, person = found
    return AttachmentRow(
        id=one.id, document_id=one.document_id, draft=one.draft, file_id=one.file_id, sha256=file.sha256,
        size=file.size, kind=FileKind(file.kind), role="main" if one.role == "main" else "annex", name=one.name,
        version=one.version, replaced_by_id=one.replaced_by_id, uploaded_at=one.uploaded_at, uploaded_by=person,
        removed_at=one.removed_at, removed_reason=one.removed_reason, state=text.state, needs_ocr=text.needs_ocr,
        fault=FileUnreadable(FileFault(text.reason), text.most) if text.state == "failed" else None,
        pages=text.pages, done_pages=text.done_pages, source=text.source, notes=tuple(text.notes))


def _rows(session: Session, *clauses: ColumnElement[bool]) -> list[AttachmentRow]:
    return [_row(found) for found in session.execute(_query(*clauses))]


def of_document(db: Sessions, document_id: int, *, actor: Actor) -> list[AttachmentRow]:
    """Return all files of a document that ``actor`` may see, each followed by its older versions."""
    with reading(db) as session:
        return _rows(session, Attachment.document_id == document_id, _visible(actor))


def of_draft(db: Sessions, draft: str, *, actor: Actor) -> list[AttachmentRow]:
    """Return the files that ``actor`` uploaded for a form."""
    with reading(db) as session:
        return _rows(session, *mine(draft, actor), Attachment.removed_at.is_(None))


def get(db: Sessions, attachment_id: int, *, actor: Actor) -> AttachmentRow:
    """Return one file; a removed one only to who registers.

    Raises:
        NotFound: there is none that ``actor`` may see.
    """
    with reading(db) as session:
        return _get(session, attachment_id, actor)


def _get(session: Session, attachment_id: int, actor: Actor) -> AttachmentRow:
    rows = _rows(session, Attachment.id == attachment_id, _visible(actor))
    if not rows or (rows[0].removed_at is not None and not actor.may(Permission.REGISTER)):
        raise NotFound("file", attachment_id)
    return rows[0]


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for files of documents that ``actor`` may see, and of their own forms.

    It asks about the one document: beside OR, an IN is answered by reading all documents first.
    """
    return or_(exists().where(Document.id == Attachment.document_id, visible(actor)),
               Attachment.document_id.is_(None) & own(actor))


def text(db: Sessions, file_id: int) -> str:
    """Return what was read of a file, for a caller that knows that the person may see it; pages by form feeds."""
    with reading(db) as session:
        row = session.get(FileText, file_id)
        return row.text if row is not None and row.state == "done" else ""


def attach(db: Sessions, document_id: int, file: Received, *, actor: Actor, at: datetime,
           role: AttachmentRole | None = None) -> AttachmentRow:
    """Attach a received file to a document; a content that it has already is not doubled.

    Raises:
        NotFound: there is no such document that ``actor`` may see.
        FileRefused: ``too_many``; ``twice``, the document has this content.
    """
    with db.begin() as session:
        stored = enter(session, file, actor=actor, at=at)  # locked before the document, as a text that was read is
        document = lock_document(session, document_id, actor)
        held = session.scalars(current().where(Attachment.document_id == document_id)).all()
        _refuse_twice(held, stored.id, file.name)
        row = new_row(file, stored, held, role, actor=actor, at=at)
        row.document_id = document_id
        session.add(row)
        session.flush()
        record(session, document, "attach", row, actor=actor, at=at)
        follow_files(session, document, actor=actor, at=at)
        return _get(session, row.id, actor)


def replace(db: Sessions, attachment_id: int, file: Received, *, actor: Actor, at: datetime) -> AttachmentRow:
    """Put a new version in the place of a file; the older one stays, and stays readable.

    Raises:
        NotFound: there is no such file.
        NotPossible: ``file_changed``, it was replaced or removed meanwhile; ``same_file``, it is the same content.
    """
    with db.begin() as session:
        stored = enter(session, file, actor=actor, at=at)
        document, older = _for_change(session, attachment_id, actor)
        if stored.id == older.file_id:
            raise NotPossible("same_file", "files")
        row = Attachment(
            document_id=older.document_id, file_id=stored.id, role=older.role, name=file.name, position=older.position,
            version=older.version + 1, uploaded_at=at, uploaded_by_id=actor.id, removed_reason="")
        session.add(row)
        session.flush()
        older.replaced_by_id = row.id
        session.flush()
        record(session, document, "replace_file", row, before=older.name, actor=actor, at=at)
        follow_files(session, document, actor=actor, at=at)
        return _get(session, row.id, actor)


def remove(db: Sessions, attachment_id: int, reason: str, *, actor: Actor, at: datetime) -> int:
    """Remove a file and its older versions with a reason and return its document's id; they stay for who registers.

    Raises:
        ReasonNeeded, NotFound, NotPossible.
    """
    reason = one_line(reason)[:_LONGEST_REASON]
    if not reason:
        raise ReasonNeeded("removing a file needs a reason")
    with db.begin() as session:
        document, row = _for_change(session, attachment_id, actor)
        for one in (row, *_older_versions(session, row)):
            one.removed_at, one.removed_by_id, one.removed_reason = at, actor.id, reason
        session.flush()
        record(session, document, "remove_file", row, reason=reason, actor=actor, at=at)
        follow_files(session, document, actor=actor, at=at)
        return document.id


def _older_versions(session: Session, row: Attachment) -> list[Attachment]:
    """Return what ``row`` replaced, and what that replaced, and so on."""
    found: list[Attachment] = []
    newer: list[int] = [row.id]
    while newer:
        older = session.scalars(select(Attachment).where(Attachment.replaced_by_id.in_(newer))).all()
        found += older
        newer = [one.id for one in older]
    return found


def set_role(db: Sessions, attachment_id: int, role: AttachmentRole, *, actor: Actor, at: datetime) -> int:
    """Make a file the document itself (main) or an annex; return its document's id.

    Raises:
        NotFound, NotPossible.
    """
    with db.begin() as session:
        document, row = _for_change(session, attachment_id, actor)
        if row.role != role:
            before, row.role = row.role, role
            session.flush()
            audit.record(session, actor, at, "set_file_role", "document", document.id, label=label(document),
                         changes={"file": row.name, "file_role": [before, role]})
            follow_files(session, document, actor=actor, at=at)
        return document.id


def _for_change(session: Session, attachment_id: int, actor: Actor) -> tuple[Document, Attachment]:
    document_id = session.scalar(select(Attachment.document_id).where(Attachment.id == attachment_id))
    if document_id is None:
        raise NotFound("file", attachment_id)
    document = lock_document(session, document_id, actor)
    row = session.get_one(Attachment, attachment_id, populate_existing=True)
    if row.replaced_by_id is not None or row.removed_at is not None:
        raise NotPossible("file_changed")
    return document, row


def give(session: Session, attachment_id: int, document_id: int, *, actor: Actor, at: datetime) -> None:
    """Make a draft a file of a registered document, in the caller's transaction.

    Raises:
        NotFound, FileRefused: as ``attach``.
    """
    row = session.get(Attachment, attachment_id, with_for_update=True)
    if row is None or row.document_id is not None:
        raise NotFound("file", attachment_id)
    hold(session, [row.file_id])
    want_read(session, [row.file_id])
    document = lock_document(session, document_id, actor)
    held = session.scalars(current().where(Attachment.document_id == document_id)).all()
    _refuse_twice(held, row.file_id, row.name)
    row.document_id, row.draft, row.position = document_id, None, max((one.position for one in held), default=0) + 1
    row.role = "annex" if any(one.role == "main" for one in held) else "main"
    record(session, document, "attach", row, actor=actor, at=at)
    session.flush()
    follow_files(session, document, actor=actor, at=at)


def _refuse_twice(held: Iterable[Attachment], file_id: int, name: str) -> None:
    if any(one.file_id == file_id for one in held):
        raise FileRefused("twice", name=name)


def rows_by_id(session: Session, ids: Sequence[int]) -> dict[int, AttachmentRow]:
    """Return files by their ids, for a caller that knows that the person may see them."""
    return {row.id: row for row in _rows(session, Attachment.id.in_(ids))}


def having(session: Session, file_ids: Sequence[int], actor: Actor) -> dict[int, list[tuple[int, str]]]:
    """Return by content the documents that have it now, as ``(id, number or subject)``, those that ``actor`` may see."""
    rows = session.execute(
        current().where(Attachment.file_id.in_(file_ids)).join(Document, Document.id == Attachment.document_id)
        .where(visible(actor)).order_by(None).order_by(Document.id)
        .with_only_columns(Attachment.file_id, Document.id, func.coalesce(Document.number, Document.subject)).distinct())
    found: dict[int, list[tuple[int, str]]] = {}
    for file_id, key, name in rows:
        found.setdefault(file_id, []).append((key, name))
    return found
