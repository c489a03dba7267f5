"""The texts of attached files: shown, searched and read for links as the text of their document.

A document without a text of its own has that of its first main file (``DocumentText.file_id``), which comes
and goes with the file. What stands in its other files is searched, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from registry.models import Attachment, Change, Document, DocumentText, FileText, StoredFile
from registry.services import file_uploads
from registry.services.actors import Actor
from registry.services.document_rows import fitting
from registry.services.file_uploads import Received, as_text
from registry.services.linking import read_new


def current() -> Select[Attachment]:
    """Return the query for attachments that are neither replaced nor removed, in the order of a document's list."""
    return select(Attachment).where(Attachment.replaced_by_id.is_(None), Attachment.removed_at.is_(None)).order_by(
        Attachment.role.desc(), Attachment.position, Attachment.id)  # "main" before "annex"


def follow_files(session: Session, document: Document, *, actor: Actor, at: datetime) -> None:
    """Bring a document's text in step with its files after one came, went, or was read; it is searched anew.

    A text that a person typed stays; the same text is known as that of the file.
    """
    session.add(Change(document_id=document.id))
    stored = session.get(DocumentText, document.id)
    file = _main_text(session, document.id)
    text = fitting("text", as_text(file.text)) if file else ""
    if stored is not None and stored.file_id is None:
        if file is not None and stored.text == text:
            stored.file_id = file.file_id
        return
    if stored is not None and file is not None and (stored.file_id, stored.text) == (file.file_id, text):
        return
    if file is not None and text:
        session.merge(DocumentText(document_id=document.id, text=text, file_id=file.file_id))
    elif stored is not None:
        session.delete(stored)
    else:
        return
    session.flush()
    read_new(session, [(document, text)], actor=actor, at=at)


def enter(session: Session, file: Received, *, actor: Actor, at: datetime) -> StoredFile:
    """Return the row of a content, made where it is new; documents that waited for its text get it now."""
    row, read_now = file_uploads.enter(session, file, at=at)
    if read_now:
        for document in documents_with(session, row.id):
            follow_files(session, document, actor=actor, at=at)
    return row


def _main_text(session: Session, document_id: int) -> FileText | None:
    """Return the text of the first main file that has one."""
    return session.scalars(
        select(FileText).join(Attachment, Attachment.file_id == FileText.file_id)
        .where(Attachment.document_id == document_id, Attachment.role == "main", Attachment.replaced_by_id.is_(None),
               Attachment.removed_at.is_(None), FileText.state == "done", FileText.text != "")
        .order_by(Attachment.position, Attachment.id).limit(1)).first()


def hold(session: Session, file_ids: Sequence[int]) -> None:
    """Lock files until the transaction ends.

    Giving a file to a document and recording its text wait for each other: else the document is not told of a text
    that comes at that very moment.
    """
    session.execute(select(StoredFile.id).where(StoredFile.id.in_(file_ids)).order_by(StoredFile.id).with_for_update())


def want_read(session: Session, file_ids: Sequence[int]) -> None:
    """Let files be read that a batch which was stopped left unread: now a document waits for them."""
    session.execute(update(FileText).where(FileText.file_id.in_(file_ids), FileText.state == "stopped").values(
        state="waiting"))


def documents_with(session: Session, file_id: int) -> Sequence[Document]:
    """Return the documents that have the file now, locked until the transaction ends."""
    return session.scalars(
        select(Document).where(Document.id.in_(
            current().where(Attachment.file_id == file_id, Attachment.document_id.is_not(None))
            .with_only_columns(Attachment.document_id).order_by(None)))
        .order_by(Document.id).with_for_update()).all()


def searchable(session: Session, ids: Iterable[int]) -> Mapping[int, str]:
    """Return all that is searched of each document's text: its own, and behind it those of its files."""
    ids = list(ids)
    own = {row.document_id: row for row in session.scalars(
        select(DocumentText).where(DocumentText.document_id.in_(ids)))}
    found = {key: [row.text] for key, row in own.items()}
    for document_id, file_id, text in session.execute(
            current().join(FileText, FileText.file_id == Attachment.file_id)
            .where(Attachment.document_id.in_(ids), FileText.state == "done")
            .with_only_columns(Attachment.document_id, Attachment.file_id, FileText.text)):
        if document_id is not None and (document_id not in own or own[document_id].file_id != file_id):
            found.setdefault(document_id, []).append(as_text(text))
    return {key: "\n".join(texts) for key, texts in found.items()}

