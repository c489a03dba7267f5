"""Citations that wait for a person: of one document, and of the whole office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.models import Document, WaitingCitation
from registry.services.actors import Actor
from registry.services.documents import DocumentRow, rows_of, visible

PAGE = 20


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One citation that may mean several documents, or none that is known."""

    id: int
    citing_id: int
    citing: str
    relation: str
    quote: str
    kind: str
    number: str
    issued_on: date | None
    issuer: str
    locator: str
    candidates: list[DocumentRow]


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of them, oldest first; ``after`` continues it, None at the end."""

    rows: list[WaitingRow]
    total: int
    after: int | None


def of_document(db: Sessions, document_id: int, *, actor: Actor) -> list[WaitingRow]:
    """Return what waits in one document."""
    with reading(db) as session:
        return _rows(session, select(WaitingCitation.id).where(
            WaitingCitation.citing_id == document_id, WaitingCitation.state == "waiting")
            .order_by(WaitingCitation.position, WaitingCitation.id).limit(100), actor)


def find(db: Sessions, *, actor: Actor, after: int | None = None, limit: int = PAGE) -> WaitingPage:
    """Return what waits in all documents that ``actor`` may see, behind the id ``after``."""
    with reading(db) as session:
        query = (select(WaitingCitation.id).join(Document, Document.id == WaitingCitation.citing_id)
                 .where(WaitingCitation.state == "waiting", visible(actor)))
        total = session.scalar(select(func.count()).select_from(query.limit(10_000).subquery())) or 0
        if after is not None:
            query = query.where(WaitingCitation.id > after)
        rows = _rows(session, query.order_by(WaitingCitation.id).limit(limit + 1), actor)
    return WaitingPage(rows[:limit], total, rows[limit - 1].id if len(rows) > limit else None)


def _rows(session: Session, ids: Select[int], actor: Actor) -> list[WaitingRow]:
    keys = list(session.scalars(ids))
    found = session.execute(
        select(WaitingCitation, Document.number, Document.subject)
        .join(Document, Document.id == WaitingCitation.citing_id)
        .where(WaitingCitation.id.in_(keys), visible(actor))).all()
    rows = {row.id: (row, number or subject[:80]) for row, number, subject in found}
    documents = {one.id: one for one in rows_of(
        session, sorted({one for row, _ in rows.values() for one in row.candidates}), actor)}
    return [WaitingRow(
        id=row.id, citing_id=row.citing_id, citing=citing, relation=row.relation, quote=row.quote, kind=row.kind,
        number=row.number or row.name, issued_on=row.issued_on, issuer=row.issuer, locator=row.locator,
        candidates=[documents[one] for one in row.candidates if one in documents])
        for row, citing in (rows[key] for key in keys if key in rows)]
