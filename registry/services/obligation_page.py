"""All that the page of one obligation shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.domain.errors import NotFound
from registry.domain.roles import Permission
from registry.models import Document, Obligation, ObligationPartner, Occurrence, ProgressNote, Unit, User
from registry.services import extensions, fulfilment, work_calendar
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.extensions import AskedExtension
from registry.services.fulfilment import Fulfilling
from registry.services.obligation_lists import ObligationRow, may_see, rows_in
from registry.services.obligations import is_theirs

_MOST_NOTES = 300


@dataclass(frozen=True, slots=True)
class HistoryNote:
    """One entry of an obligation's history."""

    at: datetime
    who: str
    action: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A unit or person that takes part."""

    unit_id: int | None
    user_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class OneObligation:
    """An occurrence of an obligation, with all that belongs to it."""

    row: ObligationRow
    obligation_version: int
    partners: list[Partner]
    rrule: str
    cycle: str
    until_on: date | None
    ended_at: datetime | None
    others: list[ObligationRow]
    """Further occurrences of a recurrence."""
    notes: list[HistoryNote]
    extensions: list[AskedExtension]
    fulfilled_by: Fulfilling | None
    suggested: list[Fulfilling]
    """Registered documents that carry out or report on the directive."""
    shows_document: bool
    owes: bool
    """Whether the person, or their unit, owes it or takes part."""
    on_day_off: bool
    """Due on a day that nobody works on: a fixed date is not moved, only said."""
    may_work: bool
    may_manage: bool
    may_decide: bool


def get_obligation(db: Sessions, occurrence_id: int, *, actor: Actor, now: datetime) -> OneObligation:
    """Return one occurrence.

    Raises:
        NotFound: there is none that ``actor`` may see.
    """
    with reading(db) as session:
        seen = session.scalar(
            select(Occurrence.id).join(Obligation, Obligation.id == Occurrence.obligation_id)
            .join(Document, Document.id == Obligation.document_id)
            .where(Occurrence.id == occurrence_id, may_see(session, actor)))
        if seen is None:
            raise NotFound("obligation", occurrence_id)
        row = rows_in(session, [occurrence_id], now)[0]
        occurrence = session.get_one(Occurrence, occurrence_id)
        obligation = session.get_one(Obligation, row.obligation_id)
        ids = session.scalars(select(Occurrence.id).where(
            Occurrence.obligation_id == obligation.id, Occurrence.id != occurrence_id)
            .order_by(Occurrence.planned_on.desc()).limit(60)).all()
        fulfilled = session.get(Document, occurrence.fulfilled_by_id) if occurrence.fulfilled_by_id else None
        partners = session.execute(
            select(ObligationPartner, Unit.name, User.full_name).outerjoin(Unit, Unit.id == ObligationPartner.unit_id)
            .outerjoin(User, User.id == ObligationPartner.user_id)
            .where(ObligationPartner.obligation_id == obligation.id).order_by(ObligationPartner.id)).all()
        head = session.get(User, actor.id) if actor.id is not None else None
        theirs = is_theirs(session, occurrence, actor)
        may_manage = actor.may(Permission.MANAGE_OBLIGATIONS)
        return OneObligation(
            row=row,
            obligation_version=obligation.version,
            partners=[Partner(row.unit_id, row.user_id, unit or user) for row, unit, user in partners],
            rrule=obligation.rrule, cycle=obligation.cycle, until_on=obligation.until_on,
            ended_at=obligation.ended_at, others=rows_in(session, ids, now) if ids else [],
            notes=[HistoryNote(one.at, who or "", one.action, one.text, one.before, one.after)
                   for one, who in session.execute(
                       select(ProgressNote, User.full_name).outerjoin(User, User.id == ProgressNote.user_id)
                       .where(ProgressNote.occurrence_id == occurrence_id)
                       .order_by(ProgressNote.id.desc()).limit(_MOST_NOTES))],
            extensions=extensions.of_occurrence(session, occurrence_id),
            fulfilled_by=Fulfilling(fulfilled.id, fulfilled.number, fulfilled.issued_on, fulfilled.subject)
            if fulfilled else None,
            suggested=fulfilment.documents_for(session, row.document_id, actor=actor),
            shows_document=session.scalar(
                select(Document.id).where(Document.id == row.document_id, visible(actor))) is not None,
            owes=theirs, on_day_off=row.due_on is not None and work_calendar.load(session).is_day_off(row.due_on),
            may_work=actor.may(Permission.WORK_OBLIGATIONS) and (may_manage or theirs),
            may_manage=may_manage,
            may_decide=extensions.may_decide(occurrence, head, actor))
