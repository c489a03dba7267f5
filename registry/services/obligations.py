"""Obligations (nhiệm vụ): entered or confirmed from a text, worked on, set aside, reported and completed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import ChangedMeanwhile, MissingValue, NotFound, NotPossible, ReasonNeeded, TooLong
from registry.domain.obligations import ObligationState, may_become
from registry.domain.reports_period import ReportCycle
from registry.domain.roles import Permission
from registry.domain.values import Status
from registry.models import (
    Document,
    Obligation,
    ObligationPartner,
    Occurrence,
    Unit,
    User,
)
from registry.services import audit, occurrences, settings, work_calendar
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.progress import note
from registry.services.reminder_changes import occurrence_changed
from search_index.text import clean, fold_line, one_line

LONGEST_TASK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObligation:
    """All that a form, or a proposal that a person confirmed, says of one obligation."""

    document_id: int
    task: str
    unit_id: int | None = None
    user_id: int | None = None
    partner_units: tuple[int, ...] = ()
    partner_users: tuple[int, ...] = ()
    printed_on: date | None = None
    """The day as printed, "trước ngày 30/6" is 30/6; None has no deadline."""
    before: bool = False
    """The words are "trước ngày": read strictly, the day before is the last one in time."""
    due_time: time | None = None
    rrule: str = ""
    cycle: ReportCycle | None = None
    days_after_cut_off: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    words: str = ""
    start: int | None = None
    end: int | None = None
    named: str = ""
    term: Mapping[str, Any] | None = None

    @property
    def recurs(self) -> bool:
        """Whether it comes again and again."""
        return bool(self.rrule or self.cycle)


def create(db: Sessions, new: NewObligation, *, actor: Actor, at: datetime) -> int:
    """Enter one obligation with its occurrence, or the first ones of a recurrence; return its id.

    Raises:
        MissingValue, TooLong: of the task.
        NotFound: no such document, unit or person.
        NotPossible: ``document_cancelled``, ``closed_unit``, ``inactive_person``, ``bad_rule``.
    """
    with db.begin() as session:
        return create_in(session, new, actor=actor, at=at).id


def create_in(session: Session, new: NewObligation, *, actor: Actor, at: datetime) -> Obligation:
    """Enter one obligation in the caller's transaction."""
    session.flush()  # a locked row is read anew
    # Shared locks, here and on who owes: a document that is being cancelled, a unit that is being closed or
    # a person who is leaving is waited for, and then refused.
    document = session.get(Document, new.document_id, with_for_update={"read": True})
    if document is None:
        raise NotFound("document", new.document_id)
    if document.status == Status.CANCELLED:
        raise NotPossible("document_cancelled")
    unit_id = owing_unit(session, new.unit_id, new.user_id)
    task = fitting_task(new.task)
    obligation = Obligation(
        document_id=new.document_id, task=task, task_key=fold_line(task), origin="read" if new.words else "person",
        words=new.words[:2000], start=new.start, end=new.end, unit_id=unit_id, user_id=new.user_id,
        named=new.named[:300], rrule=new.rrule, cycle=new.cycle or "", days_after_cut_off=new.days_after_cut_off,
        from_on=new.from_on or (at.date() if new.recurs else None), until_on=new.until_on,
        term={**(new.term or {}), "before": new.before} if new.before or new.term else None,
        given_on=document.received_on or document.listed_on, created_at=at, created_by_id=actor.id)
    session.add(obligation)
    session.flush()
    session.add_all(
        [ObligationPartner(obligation_id=obligation.id, unit_id=one) for one in dict.fromkeys(new.partner_units)]
        + [ObligationPartner(obligation_id=obligation.id, user_id=one) for one in dict.fromkeys(new.partner_users)])
    if new.recurs:
        occurrences.check_rule(obligation)
        occurrences.spawn(session, obligation, work_calendar.load(session), at.date(),
                          strict=settings.load(session).before_is_strict)
    else:
        due_on = occurrences.last_day_in_time(
            new.printed_on, before=new.before and new.due_time is None, strict=settings.load(session).before_is_strict)
        session.add(Occurrence(
            obligation_id=obligation.id, planned_on=new.printed_on, printed_on=new.printed_on, due_on=due_on,
            due_time=new.due_time, state=ObligationState.NEW, unit_id=unit_id, user_id=new.user_id))
    audit.record(session, actor, at, "create", "obligation", obligation.id, label=obligation.task, changes={
        "document": new.document_id, "unit_id": [None, unit_id], "user_id": [None, new.user_id],
        "due_on": [None, new.printed_on], "rrule": [None, new.rrule]})
    return obligation


def fitting_task(text: str) -> str:
    """Return ``text`` as a task.

    Raises:
        MissingValue: there is nothing in it.
        TooLong: it does not fit.
    """
    text = one_line(text)
    if not text:
        raise MissingValue("task")
    if len(text) > LONGEST_TASK:
        raise TooLong("task", len(text), LONGEST_TASK)
    return text


def owing_unit(session: Session, unit_id: int | None, user_id: int | None) -> int | None:
    """Return the unit that owes: the one given, else the person's own while it is there; both are locked against leaving.

    Raises:
        NotFound: no such unit or person.
        NotPossible: ``closed_unit`` or ``inactive_person``: nobody there would see to it.
    """
    if unit_id is not None and not _stands(session, unit_id):
        raise NotPossible("closed_unit", "unit_id")
    if user_id is None:
        return unit_id
    user = session.get(User, user_id, with_for_update={"read": True})
    if user is None:
        raise NotFound("user", user_id)
    if not user.active:
        raise NotPossible("inactive_person", "user_id")
    if unit_id is not None:
        return unit_id
    return user.unit_id if user.unit_id is not None and _stands(session, user.unit_id) else None


def _stands(session: Session, unit_id: int) -> bool:
    unit = session.get(Unit, unit_id, with_for_update={"read": True})
    if unit is None:
        raise NotFound("unit", unit_id)
    return unit.closed_on is None


def get_for_work(session: Session, occurrence_id: int, version: int, actor: Actor) -> Occurrence:
    """Return an occurrence that ``actor`` may work on, locked until the transaction ends.

    Clerks and leaders may work on any, others on their own, on their unit's, and where they take part.

    Raises:
        NotFound: there is none.
        NotPossible: ``not_yours``.
        ChangedMeanwhile: it is not at ``version`` any more.
    """
    occurrence = session.get(Occurrence, occurrence_id, with_for_update=True)
    if occurrence is None:
        raise NotFound("obligation", occurrence_id)
    if not actor.may(Permission.MANAGE_OBLIGATIONS) and not is_theirs(session, occurrence, actor):
        raise NotPossible("not_yours")
    if occurrence.version != version:
        raise ChangedMeanwhile
    occurrence.version += 1
    return occurrence


def is_theirs(session: Session, occurrence: Occurrence, actor: Actor) -> bool:
    """Tell whether ``actor`` owes it, or takes part, in person or by their unit."""
    if actor.id is None:
        return False
    if occurrence.user_id == actor.id:
        return True
    unit_id = session.scalar(select(User.unit_id).where(User.id == actor.id))
    if unit_id is not None and occurrence.unit_id == unit_id:
        return True
    partners = session.execute(select(ObligationPartner.unit_id, ObligationPartner.user_id).where(
        ObligationPartner.obligation_id == occurrence.obligation_id)).all()
    return any(one.user_id == actor.id or (unit_id is not None and one.unit_id == unit_id) for one in partners)


def add_note(db: Sessions, occurrence_id: int, version: int, text: str, *, actor: Actor, at: datetime) -> None:
    """Add a note of progress (tiến độ); work that had not begun is then under way."""
    if not clean(text).strip():
        raise MissingValue("note")
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        note(session, occurrence, "note", actor=actor, at=at, text=text)
        if occurrence.state == ObligationState.NEW:
            _become(session, occurrence, ObligationState.WORKING, actor=actor, at=at)


def receive(db: Sessions, occurrence_id: int, *, actor: Actor, at: datetime) -> None:
    """Keep that the person knows of it ("Tôi đã nhận"); a second time changes nothing.

    Raises:
        NotFound: there is none.
        NotPossible: ``not_yours``: nobody knows of it for another.
    """
    with db.begin() as session:
        occurrence = session.get(Occurrence, occurrence_id, with_for_update=True)
        if occurrence is None:
            raise NotFound("obligation", occurrence_id)
        if not is_theirs(session, occurrence, actor):
            raise NotPossible("not_yours")
        if occurrence.received_at is None:
            occurrence.received_at = at
            occurrence.version += 1
            note(session, occurrence, "received", actor=actor, at=at)


def set_state(db: Sessions, occurrence_id: int, version: int, state: ObligationState, *, actor: Actor, at: datetime,
              reason: str = "") -> None:
    """Take work up, pause it, cancel it, take it up again, or hand a report back.

    ``complete`` reports it as done. Pausing, cancelling, handing back and reopening need a reason.

    Raises:
        NotPossible: ``transition``, or ``not_yours``, or ``managers_only``.
        ReasonNeeded: there is none.
    """
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        before = ObligationState(occurrence.state)
        started = before == ObligationState.NEW and state == ObligationState.WORKING
        if not started:
            if not actor.may(Permission.MANAGE_OBLIGATIONS):
                raise NotPossible("managers_only")
            if not one_line(reason):
                raise ReasonNeeded("reason")
        if state in {ObligationState.WAITING, ObligationState.DONE} and before != ObligationState.WAITING:
            raise NotPossible("transition")
        _become(session, occurrence, state, actor=actor, at=at, reason=reason)


def _become(session: Session, occurrence: Occurrence, state: ObligationState, *, actor: Actor, at: datetime,
            reason: str = "") -> None:
    before = ObligationState(occurrence.state)
    if not may_become(before, state):
        raise NotPossible("transition")
    occurrence.state = state
    if state in {ObligationState.NEW, ObligationState.WORKING} and before not in {
            ObligationState.NEW, ObligationState.WORKING}:
        # The deadline runs again: what was cancelled of its reminders is planned anew.
        occurrence.due_version += 1
        occurrence.done_on = occurrence.done_by_id = occurrence.fulfilled_by_id = None
    note(session, occurrence, "state", actor=actor, at=at, text=reason, before=before.value, after=state.value)
    occurrence_changed(session, occurrence)


def complete(db: Sessions, occurrence_id: int, version: int, *, actor: Actor, at: datetime,
             document_id: int | None = None, done_on: date | None = None, text: str = "") -> ObligationState:
    """Report work as done by the document that fulfils it; return the state that it is in now.

    Clerks and leaders complete it; what others report waits for their confirmation. The day that counts
    is ``done_on``, else that of the document, else today. Without a document, ``text`` says why.

    Raises:
        ReasonNeeded: neither a document nor a reason.
        NotFound: no such document.
        NotPossible: ``transition``, ``not_yours``; ``done_in_future``.
    """
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        return complete_in(session, occurrence, actor=actor, at=at, document_id=document_id, done_on=done_on,
                           text=text)


def complete_in(session: Session, occurrence: Occurrence, *, actor: Actor, at: datetime,
                document_id: int | None = None, done_on: date | None = None, text: str = "") -> ObligationState:
    """Report work as done in the caller's transaction, see ``complete``."""
    document = None
    if document_id is not None:
        document = session.scalars(select(Document).where(Document.id == document_id, visible(actor))).one_or_none()
        if document is None:
            raise NotFound("document", document_id)
    if document is None and not one_line(text):
        raise ReasonNeeded("note")
    done_on = done_on or (document.issued_on if document else None) or at.date()
    if done_on > at.date():
        raise NotPossible("done_in_future", "done_on")
    state = ObligationState.DONE if actor.may(Permission.MANAGE_OBLIGATIONS) else ObligationState.WAITING
    if not may_become(ObligationState(occurrence.state), state):
        raise NotPossible("transition")
    before, occurrence.state = occurrence.state, state
    occurrence.done_on, occurrence.done_by_id = done_on, actor.id
    occurrence.fulfilled_by_id = document.id if document else None
    shown = (document.number or document.subject[:80]) if document else ""
    note(session, occurrence, "state", actor=actor, at=at, text=" – ".join(one for one in (shown, text) if one),
         before=before, after=state.value)
    occurrence_changed(session, occurrence)
    return state


def confirm(db: Sessions, occurrence_id: int, version: int, *, actor: Actor, at: datetime, text: str = "") -> None:
    """Confirm a report (xác nhận): the work is done, on the day that was reported."""
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        if not actor.may(Permission.MANAGE_OBLIGATIONS):
            raise NotPossible("managers_only")
        if occurrence.state != ObligationState.WAITING:
            raise NotPossible("transition")
        _become(session, occurrence, ObligationState.DONE, actor=actor, at=at, reason=text)


def named(session: Session, unit_id: int | None, user_id: int | None) -> str:
    """Return who owes, in words."""
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    user = session.get(User, user_id) if user_id is not None else None
    return ", ".join([*([user.full_name] if user else []), *([unit.name] if unit else [])])
