"""What a person makes of links: confirmed, corrected, removed, added, decided. The text read again keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import MissingValue, NotFound
from registry.domain.relations import RELATIONS_BY_CODE
from registry.models import Citation, Document, DocumentText, WaitingCitation
from registry.services import audit, validity_marks
from registry.services.actors import Actor
from registry.services.cited_documents import CitedDocuments
from registry.services.document_rows import Reference, label, linked
from registry.services.documents import lock_document, visible
from registry.services.linking import cite, link_waiting, waiting_item

EXTERNAL, DISMISS = "external", "dismiss"


def confirm(db: Sessions, document_id: int, citation_id: int, *, actor: Actor, at: datetime) -> None:
    """Confirm a link that was read; the text read again leaves it as it is.

    Raises:
        NotFound: there is no such document or link.
    """
    with db.begin() as session:
        document = lock_document(session, document_id, actor)
        row = _citation(session, document, citation_id)
        row.confirmed_at, row.confirmed_by_id = at, actor.id
        _changed(session, document, {"references": [None, _told(session, row)]}, "confirm_link", actor=actor, at=at)


def correct(db: Sessions, document_id: int, citation_id: int, relation: str, *, actor: Actor, at: datetime) -> None:
    """Give a link the relation that is right.

    Raises:
        NotFound: there is no such document, link or relation.
    """
    if relation not in RELATIONS_BY_CODE:
        raise NotFound("relation", relation)

    def change(session: Session, document: Document) -> None:
        row = _citation(session, document, citation_id)
        other = session.scalars(select(Citation).where(
            Citation.citing_id == document.id, Citation.cited_id == row.cited_id, Citation.relation == relation,
            Citation.id != row.id)).one_or_none()
        if other is None:
            row.relation = relation
            row.confirmed_at, row.confirmed_by_id = at, actor.id
            return
        # The right link is there already: that one counts, and this one is not read again.
        other.dismissed_at = other.dismissed_by_id = None
        other.confirmed_at, other.confirmed_by_id = at, actor.id
        row.dismissed_at, row.dismissed_by_id = at, actor.id

    _change(db, document_id, change, actor=actor, at=at)


def dismiss(db: Sessions, document_id: int, citation_id: int, *, actor: Actor, at: datetime) -> None:
    """Remove a link; the text read again does not bring it back.

    Raises:
        NotFound: there is no such document or link.
    """

    def change(session: Session, document: Document) -> None:
        row = _citation(session, document, citation_id)
        row.dismissed_at, row.dismissed_by_id = at, actor.id

    _change(db, document_id, change, actor=actor, at=at)


def add(db: Sessions, document_id: int, reference: Reference, *, actor: Actor, at: datetime) -> bool:
    """Add a link by hand; return False where what is meant waits for a choice instead.

    Raises:
        NotFound: there is no such document, or the reference names none.
        BadDocumentNumber: the number cannot be read.
    """
    found: list[Citation] = []

    def change(session: Session, document: Document) -> None:
        found.extend(cite(session, document, [reference], actor=actor, at=at))

    _change(db, document_id, change, actor=actor, at=at)
    return bool(found)


def decide(db: Sessions, waiting_id: int, choice: str, *, actor: Actor, at: datetime) -> int:
    """Decide what waited: ``choice`` is a document's id, ``external`` for none of those known, or ``dismiss``.

    Return the id of the citing document.

    Raises:
        NotFound: there is no such row, or the choice names no document.
        MissingValue: nothing was chosen.
    """
    if not choice:
        raise MissingValue("choice")
    with db.begin() as session:
        row = session.get(WaitingCitation, waiting_id, with_for_update=True)
        if row is None or row.state != "waiting":
            raise NotFound("waiting citation", waiting_id)
        document = lock_document(session, row.citing_id, actor)
        before = linked(session, document)
        row.decided_at, row.decided_by_id = at, actor.id
        if choice == DISMISS:
            row.state = "dismissed"
        else:
            row.state, row.cited_id = "decided", _chosen(session, row, choice, actor=actor, at=at)
            link = link_waiting(session, row, row.cited_id)
            link.confirmed_at, link.confirmed_by_id = at, actor.id
            link.dismissed_at = link.dismissed_by_id = None
        session.flush()
        _follow(session, document)
        changes = audit.differences(before, linked(session, document)) | {
            "waiting": [f"{row.relation}: {row.number or row.name or row.quote}", None]}
        _changed(session, document, changes, "decide_link", actor=actor, at=at)
        return document.id


def _chosen(session: Session, row: WaitingCitation, choice: str, *, actor: Actor, at: datetime) -> int:
    if choice == EXTERNAL:
        item = waiting_item(session, row)
        if item is None:
            raise NotFound("document", row.citing_id)
        return CitedDocuments(session, actor=actor, at=at).enter_new(item)
    held = session.scalar(select(Document.id).where(
        Document.id == int(choice), visible(actor))) if choice.isascii() and choice.isdigit() and len(choice) < 10 else None
    if held is None or held == row.citing_id:
        raise NotFound("document", choice[:20])
    return held


def _change(db: Sessions, document_id: int, change: Callable[[Session, Document], None], *, actor: Actor,
            at: datetime) -> None:
    with db.begin() as session:
        document = lock_document(session, document_id, actor)
        before = linked(session, document)
        change(session, document)
        session.flush()
        _follow(session, document)
        changes = audit.differences(before, linked(session, document))
        if changes:
            _changed(session, document, changes, "update", actor=actor, at=at)


def _citation(session: Session, document: Document, citation_id: int) -> Citation:
    row = session.get(Citation, citation_id)
    if row is None or row.citing_id != document.id or row.dismissed_at is not None:
        raise NotFound("citation", citation_id)
    return row


def _follow(session: Session, document: Document) -> None:
    text = session.get(DocumentText, document.id)
    validity_marks.follow(session, document, text.text if text else "")


def _told(session: Session, row: Citation) -> str:
    cited = session.get_one(Document, row.cited_id)
    return f"{row.relation}: {label(cited)}"


def _changed(session: Session, document: Document, changes: dict[str, list[object]], action: str, *, actor: Actor,
             at: datetime) -> None:
    document.version += 1
    document.updated_at = at
    audit.record(session, actor, at, action, "document", document.id, label=label(document), changes=changes)
