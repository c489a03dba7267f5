"""What a reminder says, looked up when it is said: who, what, which document, and whether it is still true."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from registry.domain.obligations import REMINDED
from registry.domain.values import Status
from registry.models import (
    Absence,
    Document,
    Obligation,
    ObligationPartner,
    Occurrence,
    Organisation,
    Reminder,
    Unit,
    User,
)

_STATES = frozenset(str(state) for state in REMINDED)


_OWNER, _TOLD, _UNIT = aliased(User), aliased(User), aliased(Unit)
# Made once: building it takes longer than asking it.
_FACTS = (
    select(Reminder, Occurrence, Obligation, Document, Organisation.name, _OWNER, _TOLD, _UNIT.name)
    .join(Occurrence, Occurrence.id == Reminder.occurrence_id)
    .join(Obligation, Obligation.id == Occurrence.obligation_id)
    .join(Document, Document.id == Obligation.document_id)
    .outerjoin(Organisation, Organisation.id == Document.issuer_id)
    .join(_TOLD, _TOLD.id == Reminder.user_id).outerjoin(_OWNER, _OWNER.id == Occurrence.user_id)
    .outerjoin(_UNIT, _UNIT.id == Occurrence.unit_id)
    .where(Reminder.id.in_(bindparam("ids", expanding=True)), Reminder.due_version == Occurrence.due_version,
           Occurrence.state.in_(_STATES), Occurrence.due_on.is_not(None), _TOLD.active))


@dataclass(frozen=True, slots=True)
class Known:
    """One reminder with what it is about; ``reason`` is owner, unit, partner, head or leader."""

    reminder_id: int
    occurrence_id: int
    rule: str
    urgent: bool
    reason: str
    due_version: int
    due_on: date
    due_time: time | None
    task: str
    words: str
    number: str
    issued_on: date | None
    issuer: str
    subject: str
    cancelled: bool
    """Whether the document was cancelled, and the work not."""
    unit: str
    person: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom the mail goes: the person meant, or who stands in for them."""

    user_id: int
    name: str
    address: str
    instead_of: str = ""
    """The absent person that a deputy reads for."""


def known(session: Session, reminders: Collection[Reminder]) -> dict[int, Known]:
    """Return what is true of ``reminders`` by their ids; those that are not true any more are left out.

    True is a reminder while the work is open under the same version of the due date, and the person is still here and
    still one who is to be told.
    """
    rows = session.execute(_FACTS, {"ids": [reminder.id for reminder in reminders]}).all()
    others = {row.Obligation.id for row in rows if row.Reminder.user_id != row.Occurrence.user_id}
    partners = _partners(session, others) if others else {}
    found = {}
    for reminder, occurrence, obligation, document, issuer, person, recipient, unit_name in rows:
        reason = _reason(reminder, occurrence, person, recipient, partners.get(obligation.id, ()))
        if reason and occurrence.due_on is not None:
            found[reminder.id] = Known(
                reminder_id=reminder.id, occurrence_id=occurrence.id, rule=reminder.rule, urgent=reminder.urgent,
                reason=reason, due_version=occurrence.due_version, due_on=occurrence.due_on,
                due_time=occurrence.due_time, task=obligation.task, words=obligation.words,
                number=document.number or "", issued_on=document.issued_on, issuer=issuer or "",
                subject="" if document.restricted else document.subject,
                cancelled=document.status == Status.CANCELLED, unit=unit_name or "",
                person=person.full_name if person else "")
    return found


def _partners(session: Session, obligations: set[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for partner in session.scalars(select(ObligationPartner).where(ObligationPartner.obligation_id.in_(obligations))):
        found.setdefault(partner.obligation_id, []).append(partner)
    return found


def _reason(reminder: Reminder, occurrence: Occurrence, owner: User | None, told: User,
            partners: Iterable[Any]) -> str:
    """Return why ``told`` hears of it, empty where there is no reason any more."""
    kind = reminder.rule.partition("-")[0]
    if kind == "leader":
        return "leader" if told.role == "leader" else ""
    if kind == "head":
        unit_id = occurrence.unit_id or (owner.unit_id if owner else None)
        return "head" if told.heads_unit and told.unit_id == unit_id else ""
    if occurrence.user_id == told.id:
        return "owner"
    if (owner is None or not owner.active) and occurrence.unit_id is not None and told.unit_id == occurrence.unit_id:
        return "unit"
    for partner in partners:
        if partner.user_id == told.id or (partner.user_id is None and partner.unit_id == told.unit_id):
            return "partner"
    return ""


_DEPUTY, _AWAY = aliased(User), aliased(Absence)
_DEPUTIES = (
    select(_DEPUTY).join(Absence, Absence.deputy_id == _DEPUTY.id)
    .where(Absence.user_id == bindparam("user_id"), Absence.from_on <= bindparam("on"),
           Absence.to_on >= bindparam("on"), _DEPUTY.active, _DEPUTY.email != "",
           ~exists().where(_AWAY.user_id == _DEPUTY.id, _AWAY.from_on <= bindparam("on"),
                           _AWAY.to_on >= bindparam("on")))
    .order_by(Absence.id.desc()).limit(1))


def recipient(session: Session, user: User, on: date) -> Recipient:
    """Return who reads the mails for ``user`` on that day: the deputy while they are away, if one can."""
    found = session.scalars(_DEPUTIES, {"user_id": user.id, "on": on}).first()
    if found is None:
        return Recipient(user.id, user.full_name, user.email)
    return Recipient(found.id, found.full_name, found.email, instead_of=user.full_name)


_OF_MESSAGE = select(Reminder).where(Reminder.message_id == bindparam("message_id")).order_by(Reminder.id)


def reminders_of(session: Session, message_id: int) -> list[Reminder]:
    """Return the reminders that a message carries."""
    return list(session.scalars(_OF_MESSAGE, {"message_id": message_id}))


def due_people(session: Session, now: datetime) -> list[int]:
    """Return the people who have reminders to be told by now."""
    return list(session.scalars(
        select(Reminder.user_id).where(Reminder.state == "planned", Reminder.send_at <= now)
        .distinct().order_by(Reminder.user_id)))
