"""A planned document is issued: its row links to the registered document, in the registration's own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.errors import NotFound, NotPossible
from registry.domain.values import Direction
from registry.domain.work_programme import OPEN, PlanState
from registry.models import Document, PlannedDocument
from registry.services import audit
from registry.services.actors import Actor


def issue_in(session: Session, planned_id: int, document: Document, *, actor: Actor, at: datetime) -> None:
    """Keep that the planned document was issued as ``document``.

    Raises:
        NotFound: there is no such plan.
        NotPossible: ``plan_closed``: it was issued, carried over or dropped already; ``issued_cancelled``: the
            document is cancelled; ``issued_elsewhere``: it came from a body that was not to issue the planned one.
    """
    plan = session.get(PlannedDocument, planned_id, with_for_update=True)
    if plan is None:
        raise NotFound("planned_document", planned_id)
    if PlanState(plan.state) not in OPEN:
        raise NotPossible("plan_closed")
    if document.status == "cancelled":
        raise NotPossible("issued_cancelled", "document")
    # What was drafted for a superior body comes back as its document.
    if document.direction in {Direction.INCOMING, Direction.EXTERNAL} and (
            document.issuer_id is None or document.issuer_id != plan.issuer_id):
        raise NotPossible("issued_elsewhere", "document")
    before, plan.state = plan.state, PlanState.ISSUED
    plan.document_id, plan.updated_at = document.id, at
    plan.version += 1
    audit.record(session, actor, at, "update", "planned_document", plan.id, label=plan.subject, changes={
        "plan_state": [before, PlanState.ISSUED.value], "document": document.id})
