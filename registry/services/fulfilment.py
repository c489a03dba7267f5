"""Which registered document may fulfil which obligation: what carries out or reports on the directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.chains import IMPLEMENTING
from registry.domain.obligations import ObligationState
from registry.domain.values import Direction, Status
from registry.models import Citation, Document, Obligation, Occurrence, living_citations
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.obligation_lists import ObligationRow, may_see, rows_in

_MOST = 20
_UNREPORTED = (ObligationState.NEW.value, ObligationState.WORKING.value)


@dataclass(frozen=True, slots=True)
class Fulfilling:
    """A document that may fulfil an obligation."""

    id: int
    number: str | None
    issued_on: date | None
    subject: str


def documents_for(session: Session, document_id: int, *, actor: Actor) -> list[Fulfilling]:
    """Return the registered documents that carry out or report on a directive, the newest first."""
    rows = session.scalars(
        select(Document).join(Citation, Citation.citing_id == Document.id)
        .where(Citation.cited_id == document_id, Citation.relation.in_(IMPLEMENTING), living_citations(), visible(actor),
               Document.direction != Direction.EXTERNAL, Document.status == Status.ACTIVE)
        .order_by(Document.listed_on.desc(), Document.id.desc()).limit(_MOST)).unique().all()
    return [Fulfilling(row.id, row.number, row.issued_on, row.subject) for row in rows]


def answers_to(db: Sessions, document_id: int, *, actor: Actor) -> list[Fulfilling]:
    """Return what ``documents_for`` does."""
    with reading(db) as session:
        return documents_for(session, document_id, actor=actor)


def obligations_for(db: Sessions, document_id: int, *, actor: Actor, now: datetime) -> list[ObligationRow]:
    """Return the open obligations that a document may fulfil: those of the directives that it carries out."""
    with reading(db) as session:
        ids = session.scalars(
            select(Occurrence.id).join(Obligation, Obligation.id == Occurrence.obligation_id)
            .join(Document, Document.id == Obligation.document_id)
            .join(Citation, Citation.cited_id == Obligation.document_id)
            .where(Citation.citing_id == document_id, Citation.relation.in_(IMPLEMENTING), living_citations(),
                   Occurrence.state.in_(_UNREPORTED), may_see(session, actor)).distinct().limit(_MOST)).all()
        return rows_in(session, ids, now)
