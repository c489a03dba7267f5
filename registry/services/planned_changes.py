"""Changing work programmes: entered, corrected, taken up, carried over, dropped, linked to what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.dates import print_short_date
from registry.domain.errors import (
    ChangedMeanwhile,
    DatesOutOfOrder,
    MissingValue,
    NotFound,
    NotPossible,
    ReasonNeeded,
    TooLong,
)
from registry.domain.roles import Permission
from registry.domain.work_programme import OPEN, PlanPeriod, PlanState
from registry.models import Document, PlannedDocument
from registry.services import audit
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.obligations import owing_unit
from registry.services.planned_documents import drafted_by
from registry.services.planned_issue import issue_in
from registry.services.refusals import refuse_secret_texts
from search_index.text import clean, fold_line, one_line

LONGEST_SUBJECT, LONGEST_NOTE, LONGEST_REASON = 2000, 4000, 500
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlanned:
    """All that a form, or a line of a pasted list, says of one planned document."""

    period: PlanPeriod
    subject: str
    kind_id: int | None = None
    issuer_id: int | None = None
    unit_id: int | None = None
    user_id: int | None = None
    due_on: date | None = None
    """None means the last day of the period."""
    directive_id: int | None = None
    note: str = ""


def create(db: Sessions, new: Sequence[NewPlanned], *, actor: Actor, at: datetime) -> list[int]:
    """Enter planned documents, all of them or none, and return their ids.

    Raises:
        RegistryError: ``MissingValue``, ``TooLong``, ``DatesOutOfOrder``, ``SecretDocument``, ``NotFound``,
            ``NotPossible`` (``closed_unit``, ``inactive_person``, ``too_many_lines``).
    """
    require_few(len(new))
    refuse_secret_texts(db, [text for one in new for text in (one.subject, one.note)], actor=actor, at=at)
    with db.begin() as session:
        return [_enter(session, one, actor=actor, at=at).id for one in new]


def require_few(count: int) -> None:
    """Make sure that so many planned documents can be entered at once.

    Raises:
        NotPossible: ``too_many_lines``.
    """
    if count > MOST_AT_ONCE:
        raise NotPossible("too_many_lines", "text", count=count, most=MOST_AT_ONCE)


def _enter(session: Session, new: NewPlanned, *, actor: Actor, at: datetime) -> PlannedDocument:
    plan = PlannedDocument(state=PlanState.PLANNED, note="", reason="", created_at=at, created_by_id=actor.id)
    _fill(session, plan, new, actor=actor, at=at)
    session.add(plan)
    session.flush()
    audit.record(session, actor, at, "create", "planned_document", plan.id, label=plan.subject,
                 changes={name: [None, value] for name, value in _facts(plan).items() if value not in (None, "")})
    return plan


def _fill(session: Session, plan: PlannedDocument, new: NewPlanned, *, actor: Actor, at: datetime) -> None:
    subject, note = one_line(new.subject), clean(new.note).strip()
    if not subject:
        raise MissingValue("subject")
    for name, value, most in (("subject", subject, LONGEST_SUBJECT), ("note", note, LONGEST_NOTE)):
        if len(value) > most:
            raise TooLong(name, len(value), most)
    due_on = new.due_on or new.period.end
    if due_on < new.period.start:
        raise DatesOutOfOrder("due_on", due_on, new.period.start)
    if new.directive_id is not None and new.directive_id != plan.directive_id and session.scalar(
            select(Document.id).where(Document.id == new.directive_id, visible(actor))) is None:
        raise NotFound("document", new.directive_id)
    if (new.unit_id, new.user_id) != (plan.unit_id, plan.user_id):
        plan.unit_id, plan.user_id = owing_unit(session, new.unit_id, new.user_id), new.user_id
    plan.period, plan.period_start, plan.period_end = new.period.code, new.period.start, new.period.end
    plan.kind_id, plan.issuer_id, plan.directive_id = new.kind_id, new.issuer_id, new.directive_id
    plan.subject, plan.subject_key, plan.note = subject, fold_line(subject), note
    plan.due_on, plan.updated_at = due_on, at


def _facts(plan: PlannedDocument) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in (
        "period", "kind_id", "subject", "issuer_id", "unit_id", "user_id", "due_on", "directive_id", "note")}


def change(db: Sessions, planned_id: int, version: int, new: NewPlanned, *, actor: Actor, at: datetime) -> None:
    """Correct what a planned document says; what is carried over or dropped stays as it was.

    Raises:
        NotFound, ChangedMeanwhile: no such plan; somebody changed it after ``version``.
        NotPossible: ``plan_closed``.
        RegistryError: as in ``create``.
    """
    refuse_secret_texts(db, [new.subject, new.note], actor=actor, at=at)
    with db.begin() as session:
        plan = _get(session, planned_id, version, actor)
        if PlanState(plan.state) in {PlanState.CARRIED, PlanState.DROPPED}:
            raise NotPossible("plan_closed")
        before = _facts(plan)
        _fill(session, plan, new, actor=actor, at=at)
        changes = audit.differences(before, _facts(plan))
        if changes:
            audit.record(session, actor, at, "update", "planned_document", plan.id, label=plan.subject,
                         changes=changes)


def _get(session: Session, planned_id: int, version: int, actor: Actor) -> PlannedDocument:
    """Return a plan that ``actor`` may change, locked, with its version raised.

    Raises:
        NotFound, ChangedMeanwhile.
        NotPossible: ``plan_not_yours``: officials work on what they draft, others are the planners'.
    """
    plan = session.get(PlannedDocument, planned_id, with_for_update=True)
    if plan is None:
        raise NotFound("planned_document", planned_id)
    if not actor.may(Permission.PLAN_DOCUMENTS) and session.scalar(select(PlannedDocument.id).where(
            PlannedDocument.id == planned_id, drafted_by(session, actor))) is None:
        raise NotPossible("plan_not_yours")
    if plan.version != version:
        raise ChangedMeanwhile
    plan.version += 1
    return plan


def _become(session: Session, plan: PlannedDocument, state: PlanState, *, actor: Actor, at: datetime,
            reason: str = "", **changes: Any) -> None:
    before, plan.state = plan.state, state
    plan.reason, plan.updated_at = reason, at
    audit.record(session, actor, at, "update", "planned_document", plan.id, label=plan.subject, changes={
        "plan_state": [before, state.value], **({"reason": reason} if reason else {}), **changes})


def _fitting_reason(reason: str) -> str:
    reason = one_line(reason)
    if not reason:
        raise ReasonNeeded("reason")
    if len(reason) > LONGEST_REASON:
        raise TooLong("reason", len(reason), LONGEST_REASON)
    return reason


def take_up(db: Sessions, planned_id: int, version: int, *, actor: Actor, at: datetime, note: str = "") -> None:
    """Keep that somebody drafts it now; ``note`` is added to what is noted already.

    Raises:
        NotFound, ChangedMeanwhile, TooLong.
        NotPossible: ``plan_closed``, ``plan_not_yours``.
    """
    with db.begin() as session:
        plan = _get(session, planned_id, version, actor)
        if PlanState(plan.state) not in OPEN:
            raise NotPossible("plan_closed")
        text = clean(note).strip()
        if text:
            whole = "\n".join(part for part in (plan.note, f"{print_short_date(at.date())}: {text}") if part)
            if len(whole) > LONGEST_NOTE:
                raise TooLong("note", len(whole), LONGEST_NOTE)
            plan.note = whole
        _become(session, plan, PlanState.DRAFTING, actor=actor, at=at, **({"note": text} if text else {}))


def drop(db: Sessions, planned_id: int, version: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Take it out of the programme, with a reason.

    Raises:
        NotFound, ChangedMeanwhile, ReasonNeeded, TooLong.
        NotPossible: ``plan_closed``, ``planners_only``.
    """
    with db.begin() as session:
        plan = _get_as_planner(session, planned_id, version, actor)
        if PlanState(plan.state) not in OPEN:
            raise NotPossible("plan_closed")
        _become(session, plan, PlanState.DROPPED, actor=actor, at=at, reason=_fitting_reason(reason))


def reopen(db: Sessions, planned_id: int, version: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Take up again what was dropped, or issued by mistake; its link to a document goes.

    Raises:
        NotFound, ChangedMeanwhile, ReasonNeeded, TooLong.
        NotPossible: ``plan_open``: it is open; ``plan_carried``: it goes on in the next period; ``planners_only``.
    """
    with db.begin() as session:
        plan = _get_as_planner(session, planned_id, version, actor)
        state = PlanState(plan.state)
        if state in OPEN:
            raise NotPossible("plan_open")
        if state == PlanState.CARRIED:
            raise NotPossible("plan_carried")
        plan.document_id = None
        _become(session, plan, PlanState.DRAFTING, actor=actor, at=at, reason=_fitting_reason(reason))


def carry_over(db: Sessions, planned_id: int, version: int, period: PlanPeriod, reason: str, *, actor: Actor,
               at: datetime, due_on: date | None = None) -> int:
    """Let it go on in a later period and return the id of the row there; this one stays, as carried over.

    Raises:
        NotFound, ChangedMeanwhile, ReasonNeeded, TooLong, DatesOutOfOrder.
        NotPossible: ``plan_closed``; ``not_a_later_period``; ``planners_only``; ``closed_unit``, ``inactive_person``.
    """
    with db.begin() as session:
        plan = _get_as_planner(session, planned_id, version, actor)
        if PlanState(plan.state) not in OPEN:
            raise NotPossible("plan_closed")
        if period.end <= plan.period_end:
            raise NotPossible("not_a_later_period", "period")
        reason = _fitting_reason(reason)
        going_on = _enter(session, NewPlanned(
            period=period, subject=plan.subject, kind_id=plan.kind_id, issuer_id=plan.issuer_id,
            unit_id=plan.unit_id, user_id=plan.user_id, due_on=due_on, directive_id=plan.directive_id,
            note=plan.note), actor=actor, at=at)
        going_on.carried_from_id, going_on.state = plan.id, plan.state
        _become(session, plan, PlanState.CARRIED, actor=actor, at=at, reason=reason, into_period=period.code)
        return going_on.id


def assign(db: Sessions, planned_id: int, version: int, *, unit_id: int | None, user_id: int | None, actor: Actor,
           at: datetime) -> None:
    """Let another unit or person draft it.

    Raises:
        NotFound, ChangedMeanwhile.
        NotPossible: ``nobody``, ``plan_closed``, ``planners_only``, ``closed_unit``, ``inactive_person``.
    """
    if unit_id is None and user_id is None:
        raise NotPossible("nobody")
    with db.begin() as session:
        plan = _get_as_planner(session, planned_id, version, actor)
        if PlanState(plan.state) not in OPEN:
            raise NotPossible("plan_closed")
        before = _facts(plan)
        plan.unit_id, plan.user_id, plan.updated_at = owing_unit(session, unit_id, user_id), user_id, at
        audit.record(session, actor, at, "update", "planned_document", plan.id, label=plan.subject,
                     changes=audit.differences(before, _facts(plan)))


def link_issued(db: Sessions, planned_id: int, version: int, document_id: int, *, actor: Actor, at: datetime) -> None:
    """Keep that it was issued as a document that is registered already.

    Raises:
        NotFound: no such plan, or no such document that the actor may see.
        ChangedMeanwhile.
        NotPossible: ``plan_closed``, ``plan_not_yours``, ``issued_cancelled``, ``issued_elsewhere``.
    """
    with db.begin() as session:
        _get(session, planned_id, version, actor)
        document = session.scalars(select(Document).where(Document.id == document_id, visible(actor))).one_or_none()
        if document is None:
            raise NotFound("document", document_id)
        issue_in(session, planned_id, document, actor=actor, at=at)


def _get_as_planner(session: Session, planned_id: int, version: int, actor: Actor) -> PlannedDocument:
    if not actor.may(Permission.PLAN_DOCUMENTS):
        raise NotPossible("planners_only")
    return _get(session, planned_id, version, actor)
