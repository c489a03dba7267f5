"""Links between documents: what is cited but not held is entered as an external document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import Session

from registry.domain.errors import NotFound
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction
from registry.models import Change, Citation, Document
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument, Reference, fill, identity_year, know_symbol, label


def living() -> ColumnElement[bool]:
    """Return the condition that leaves the citations that count."""
    return literal(value=True)


def cite(session: Session, citing: Document, reference: Reference, position: int, *, actor: Actor,
         at: datetime) -> Citation | None:
    """Link ``citing`` to what ``reference`` names, entered as an external document where it is not held.

    Raises:
        NotFound: ``reference.document_id`` names no document.
        BadDocumentNumber: the number cannot be read.
    """
    cited = _cited(session, reference, actor=actor, at=at)
    if cited.id == citing.id:
        return None
    known = session.scalars(select(Citation).where(
        Citation.citing_id == citing.id, Citation.cited_id == cited.id,
        Citation.relation == reference.relation)).one_or_none()
    if known is None:
        known = Citation(citing_id=citing.id, cited_id=cited.id, relation=reference.relation, position=position)
        session.add(known)
    return known


def _cited(session: Session, reference: Reference, *, actor: Actor, at: datetime) -> Document:
    if reference.document_id is not None:
        held = session.get(Document, reference.document_id)
        if held is None:
            raise NotFound("document", reference.document_id)
        return held
    number = DocumentNumber.parse(reference.number)
    year = identity_year(number, reference.issued_on, None)
    query = select(Document).where(Document.number_key == number.key)
    if year is not None:
        query = query.where(or_(Document.year == year, Document.year.is_(None)))
    if reference.issuer_id is not None:
        query = query.where(or_(Document.issuer_id == reference.issuer_id, Document.issuer_id.is_(None)))
    candidates = session.scalars(query.limit(3)).all()
    if len(candidates) == 1:
        return candidates[0]
    return _enter_external(session, reference, number, rank=len(candidates), actor=actor, at=at)


def _enter_external(session: Session, reference: Reference, number: DocumentNumber, *, rank: int, actor: Actor,
                    at: datetime) -> Document:
    """Enter what is known of a cited document; without year or issuer two may look alike, and both are kept."""
    document = Document(direction=Direction.EXTERNAL, created_at=at, created_by_id=actor.id, duplicate_rank=rank)
    new = NewDocument(direction=Direction.EXTERNAL, kind_id=reference.kind_id, issued_on=reference.issued_on,
                      issuer_id=reference.issuer_id, subject=reference.subject or str(number))
    document.series = ""
    fill(document, new, number, at=at)
    session.add(document)
    session.flush()
    know_symbol(session, number)
    session.add(Change(document_id=document.id))
    audit.record(session, actor, at, "cite", "document", document.id, label=label(document))
    return document


def replace_references(session: Session, document: Document, references: Sequence[Reference], *, actor: Actor,
                        at: datetime) -> None:
    """Make ``references`` what the document cites: new ones linked, missing ones taken away."""
    stored = session.scalars(select(Citation).where(Citation.citing_id == document.id)).all()
    kept = {citation.id for position, reference in enumerate(references)
            if (citation := cite(session, document, reference, position, actor=actor, at=at)) is not None
            and citation.id is not None}
    for citation in stored:
        if citation.id not in kept:
            session.delete(citation)
