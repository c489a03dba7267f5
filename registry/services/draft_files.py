"""Files that wait for their document: uploaded for a form that is not saved yet.

A draft is known by the form's ``request_id`` and to its own person only. Registering the form makes its files
the document's, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import NotFound
from registry.domain.file_errors import FileRefused
from registry.domain.roles import Permission
from registry.models import Attachment, Document, StoredFile
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_rows import label
from registry.services.file_texts import current, enter, follow_files, hold, want_read
from registry.services.file_uploads import Received
from search_index.text import fold_line

AttachmentRole: TypeAlias = Literal["main", "annex"]
MOST = 200
"""Files of one document, older versions not counted."""
_ANNEX_WORDS = ("phu luc", "phuluc", "danh sach", "bieu mau", "mau so", "kem theo")


def add(db: Sessions, draft: str, file: Received, *, actor: Actor, at: datetime,
        role: AttachmentRole | None = None) -> int:
    """Keep a received file for the form ``draft`` and return its id; the same content again is the same row.

    Raises:
        FileRefused: ``too_many``.
    """
    with db.begin() as session:
        return add_in(session, draft, file, actor=actor, at=at, role=role).id


def add_in(session: Session, draft: str, file: Received, *, actor: Actor, at: datetime,
           role: AttachmentRole | None = None) -> Attachment:
    """Keep a received file for a form in the caller's transaction; raises as ``add`` does."""
    stored = enter(session, file, actor=actor, at=at)
    held = session.scalars(current().where(*mine(draft, actor))).all()
    row = next((one for one in held if one.file_id == stored.id), None)
    if row is None:
        row = new_row(file, stored, held, role, actor=actor, at=at)
        row.draft = draft
        session.add(row)
        session.flush()
    return row


def new_row(file: Received, stored: StoredFile, held: Sequence[Attachment], role: AttachmentRole | None, *,
            actor: Actor, at: datetime) -> Attachment:
    """Return the row of a file behind those ``held`` already.

    Raises:
        FileRefused: ``too_many``.
    """
    if len(held) >= MOST:
        raise FileRefused("too_many", most=MOST)
    return Attachment(
        file_id=stored.id, role=role or likely_role(file.name, [one.role for one in held]), name=file.name,
        position=max((one.position for one in held), default=0) + 1, version=1, uploaded_at=at,
        uploaded_by_id=actor.id, removed_reason="")


def likely_role(name: str, held: Iterable[str]) -> AttachmentRole:
    """Return what a file is likely to be: the first is the document, unless its name says annex (phụ lục)."""
    folded = fold_line(name.replace("_", " ").replace("-", " "))
    is_annex = "main" in held or any(word in folded for word in _ANNEX_WORDS)
    return "annex" if is_annex else "main"


def mine(draft: str, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the files that ``actor`` uploaded for a form."""
    return (Attachment.document_id.is_(None), Attachment.draft == draft, own(actor))


def own(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for what ``actor`` uploaded; what a command brought in is for everybody who registers.

    A command itself may have everybody's, as it may go on with everybody's batch.
    """
    if not actor.may(Permission.REGISTER):
        return false()
    if actor.id is None:
        return true()
    return Attachment.uploaded_by_id.is_(None) | (Attachment.uploaded_by_id == actor.id)


def set_roles(db: Sessions, draft: str, roles: Mapping[int, AttachmentRole], *, actor: Actor) -> None:
    """Keep what the form says of its files: the document itself, or an annex."""
    if not roles:
        return
    with db.begin() as session:
        for row in session.scalars(current().where(*mine(draft, actor), Attachment.id.in_(list(roles)))):
            row.role = roles[row.id]


def drop(db: Sessions, draft: str, attachment_id: int, *, actor: Actor) -> None:
    """Take a file away from a form; its content leaves the store in the night if nobody else has it.

    Raises:
        NotFound: the form has no such file of this person.
    """
    with db.begin() as session:
        row = session.scalars(select(Attachment).where(
            Attachment.id == attachment_id, *mine(draft, actor)).with_for_update()).one_or_none()
        if row is None:
            raise NotFound("file", attachment_id)
        session.delete(row)


def claim(session: Session, document: Document, draft: str | None, *, actor: Actor, at: datetime) -> None:
    """Give the files of a form to the document that it became, in the transaction that registers it."""
    if not draft:
        return
    rows = session.scalars(current().where(*mine(draft, actor)).with_for_update()).all()
    hold(session, [row.file_id for row in rows])
    want_read(session, [row.file_id for row in rows])
    for row in rows:
        row.document_id, row.draft = document.id, None
        record(session, document, "attach", row, actor=actor, at=at)
    if rows:
        session.flush()
        follow_files(session, document, actor=actor, at=at)


def record(session: Session, document: Document, action: str, row: Attachment, *, actor: Actor, at: datetime,
           before: str | None = None, reason: str = "") -> None:
    """Record what happened to a file in the history of its document."""
    sha256 = session.get_one(StoredFile, row.file_id).sha256
    changes: dict[str, object] = {
        "file": [row.name, None] if action == "remove_file" else [before, row.name], "file_role": row.role,
        "sha256": sha256}
    if reason:
        changes["reason"] = reason
    audit.record(session, actor, at, action, "document", document.id, label=label(document), changes=changes)
