"""Open obligations that want something of somebody before they can go on: a decision, or a person."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select

from registry.domain.obligations import OPEN, REMINDED
from registry.domain.values import Status
from registry.models import Document, Extension, Obligation, Occurrence, User
from registry.services.open_work import kept
from registry.services.reminders import contacts

_OPEN = sorted(OPEN)


class Need(StrEnum):
    """What an obligation waits for, beside its being done."""

    EXTENSION = "extension"
    """A request for more time waits to be decided."""
    CANCELLED_DOCUMENT = "cancelled_document"
    """Its document was cancelled, and nobody has said whether it is still to be done."""
    SOMEBODY = "somebody"
    """It has a deadline that nobody would be told of: neither a person nor a unit with people."""


def needs(need: Need) -> ColumnElement[bool]:
    """Return the condition that leaves the occurrences that wait for this."""
    return {Need.EXTENSION: _extension, Need.CANCELLED_DOCUMENT: _document_cancelled, Need.SOMEBODY: _somebody}[need]()


def _extension() -> ColumnElement[bool]:
    asked = select(Extension.id).where(Extension.occurrence_id == Occurrence.id, Extension.decision == "waiting")
    return and_(Occurrence.state.in_(_OPEN), asked.exists())


def _document_cancelled() -> ColumnElement[bool]:
    asked_for = (select(Obligation.id).join(Document, Document.id == Obligation.document_id)
                 .where(Document.status == Status.CANCELLED))
    return and_(Occurrence.state.in_(_OPEN), Occurrence.obligation_id.in_(asked_for), ~kept(Occurrence.obligation_id).exists())


def _somebody() -> ColumnElement[bool]:
    there = contacts().subquery()
    units = select(there.c.unit_id).where(there.c.unit_id.is_not(None))
    active = select(User.id).where(User.active)
    return and_(Occurrence.state.in_(sorted(REMINDED)), Occurrence.due_on.is_not(None),
                or_(Occurrence.user_id.is_(None), Occurrence.user_id.not_in(active)),
                or_(Occurrence.unit_id.is_(None), Occurrence.unit_id.not_in(units)))
