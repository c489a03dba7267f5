"""Changes of an obligation: its task and partners, its due dates, who owes it, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.errors import ChangedMeanwhile, NotFound, NotPossible, ReasonNeeded
from registry.domain.obligations import OPEN, ObligationState
from registry.domain.roles import Permission
from registry.models import Obligation, ObligationPartner, Occurrence, Unit, User
from registry.services import audit
from registry.services.actors import Actor
from registry.services.obligations import fitting_task, get_for_work, named, owing_unit
from registry.services.progress import note
from registry.services.reminder_changes import occurrence_changed
from search_index.text import fold_line, one_line

_OPEN_OR_PAUSED = sorted(OPEN | {ObligationState.PAUSED})


def change(db: Sessions, obligation_id: int, version: int, *, task: str, partner_units: Sequence[int] = (),
           partner_users: Sequence[int] = (), actor: Actor, at: datetime) -> None:
    """Say the task in other words, and who works on it beside the one who owes it.

    Raises:
        NotFound: there is no such obligation, unit or person.
        NotPossible: ``managers_only``.
        ChangedMeanwhile: it is not at ``version`` any more.
        MissingValue, TooLong: of the task.
    """
    task = fitting_task(task)
    with db.begin() as session:
        obligation = _locked(session, obligation_id, actor)
        if obligation.version != version:
            raise ChangedMeanwhile
        before = {"task": obligation.task, "partners": _partners(session, obligation_id)}
        obligation.task, obligation.task_key = task, fold_line(task)
        _set_partners(session, obligation_id, partner_units, partner_users)
        changes = audit.differences(before, {"task": task, "partners": _partners(session, obligation_id)})
        if changes:
            obligation.version += 1
            audit.record(session, actor, at, "update", "obligation", obligation.id, label=task, changes=changes)


def _locked(session: Session, obligation_id: int, actor: Actor) -> Obligation:
    if not actor.may(Permission.MANAGE_OBLIGATIONS):
        raise NotPossible("managers_only")
    obligation = session.get(Obligation, obligation_id, with_for_update=True)
    if obligation is None:
        raise NotFound("obligation", obligation_id)
    return obligation


def _partners(session: Session, obligation_id: int) -> list[str]:
    rows = session.scalars(select(ObligationPartner).where(
        ObligationPartner.obligation_id == obligation_id).order_by(ObligationPartner.id))
    return [named(session, row.unit_id, row.user_id) for row in rows]


def _set_partners(session: Session, obligation_id: int, units: Sequence[int], users: Sequence[int]) -> None:
    """Let exactly these take part; who does so already keeps their row."""
    wanted = [(unit, None) for unit in units] + [(None, user) for user in users]
    kept = set()
    for row in session.scalars(select(ObligationPartner).where(ObligationPartner.obligation_id == obligation_id)):
        if (row.unit_id, row.user_id) in wanted:
            kept.add((row.unit_id, row.user_id))
        else:
            session.delete(row)
    for unit_id, user_id in dict.fromkeys(wanted):
        if unit_id is not None and session.get(Unit, unit_id) is None:
            raise NotFound("unit", unit_id)
        if user_id is not None and session.get(User, user_id) is None:
            raise NotFound("user", user_id)
        if (unit_id, user_id) not in kept:
            session.add(ObligationPartner(obligation_id=obligation_id, unit_id=unit_id, user_id=user_id))
    session.flush()


def move_due(session: Session, occurrence: Occurrence, due_on: date | None, due_time: time | None, *, actor: Actor,
             at: datetime, text: str = "") -> None:
    """Give an occurrence another last day; the old one stays in its history."""
    if (due_on, due_time) == (occurrence.due_on, occurrence.due_time):
        return
    before = occurrence.due_on
    occurrence.due_on, occurrence.due_time = due_on, due_time
    occurrence.due_version += 1
    note(session, occurrence, "due", actor=actor, at=at, text=text, before=before or "", after=due_on or "")
    occurrence_changed(session, occurrence)


def change_due(db: Sessions, occurrence_id: int, version: int, due_on: date | None, due_time: time | None = None, *,
               reason: str, actor: Actor, at: datetime) -> None:
    """Set another due date, with the reason; others than clerks and leaders ask for an extension instead.

    Raises:
        ReasonNeeded: there is none.
        NotPossible: ``managers_only``, ``closed``.
    """
    if not one_line(reason):
        raise ReasonNeeded("reason")
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        if not actor.may(Permission.MANAGE_OBLIGATIONS):
            raise NotPossible("managers_only")
        _still_open(occurrence)
        move_due(session, occurrence, due_on, due_time, actor=actor, at=at, text=reason)


def _still_open(occurrence: Occurrence) -> None:
    if ObligationState(occurrence.state) not in OPEN | {ObligationState.PAUSED}:
        raise NotPossible("closed")


def transfer(db: Sessions, occurrence_id: int, version: int, *, unit_id: int | None, user_id: int | None,
             reason: str = "", actor: Actor, at: datetime) -> None:
    """Hand work to another person or unit; of a recurrence, what is open and comes later as well.

    Raises:
        NotPossible: ``not_yours``, ``closed``, ``closed_unit``, ``inactive_person``; ``nobody``: no one is named.
    """
    with db.begin() as session:
        occurrence = get_for_work(session, occurrence_id, version, actor)
        _still_open(occurrence)
        if unit_id is None and user_id is None:
            raise NotPossible("nobody", "user_id")
        later = session.scalars(select(Occurrence).where(
            Occurrence.obligation_id == occurrence.obligation_id, Occurrence.id != occurrence.id,
            Occurrence.planned_on > occurrence.planned_on, Occurrence.state.in_(_OPEN_OR_PAUSED)))
        hand_over(session, [occurrence, *later], unit_id=owing_unit(session, unit_id, user_id), user_id=user_id,
                  reason=reason, actor=actor, at=at)


def hand_over(session: Session, owed: Sequence[Occurrence], *, unit_id: int | None, user_id: int | None, reason: str,
              actor: Actor, at: datetime) -> None:
    """Let ``owed`` be owed by others from now on, with their obligations."""
    for occurrence in owed:
        before = named(session, occurrence.unit_id, occurrence.user_id)
        occurrence.unit_id, occurrence.user_id = unit_id, user_id
        occurrence.received_at = None
        occurrence.due_version += 1  # the new person is reminded from the start
        obligation = session.get_one(Obligation, occurrence.obligation_id)
        obligation.unit_id, obligation.user_id = unit_id, user_id
        note(session, occurrence, "transfer", actor=actor, at=at, text=reason, before=before,
             after=named(session, unit_id, user_id))
        occurrence_changed(session, occurrence)


def end_recurrence(db: Sessions, obligation_id: int, *, reason: str, last_on: date | None = None, actor: Actor,
                   at: datetime) -> None:
    """Let no further occurrences come, and cancel those after ``last_on`` (today) on which nobody has begun.

    Raises:
        NotFound: there is none.
        NotPossible: ``managers_only``.
        ReasonNeeded: there is no reason.
    """
    if not one_line(reason):
        raise ReasonNeeded("reason")
    with db.begin() as session:
        obligation = _locked(session, obligation_id, actor)
        obligation.ended_at = at
        obligation.version += 1
        audit.record(session, actor, at, "cancel", "obligation", obligation.id, label=obligation.task,
                     changes={"reason": reason})
        for occurrence in session.scalars(select(Occurrence).where(
                Occurrence.obligation_id == obligation_id, Occurrence.state == ObligationState.NEW,
                Occurrence.planned_on > (last_on or at.date())).with_for_update()).all():
            occurrence.state = ObligationState.CANCELLED
            occurrence.version += 1
            note(session, occurrence, "state", actor=actor, at=at, text=reason, before=ObligationState.NEW.value,
                 after=ObligationState.CANCELLED.value)
            occurrence_changed(session, occurrence)
