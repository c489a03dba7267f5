"""How far incoming documents are dealt with (giải quyết văn bản đến): deadline, progress and what answered them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from registry.domain.dates import print_short_date
from registry.domain.obligations import ObligationState, timeliness
from registry.domain.register_forms import progress
from registry.domain.values import Direction, Status
from registry.models import Citation, Document, Obligation, Occurrence, Unit, User, living_citations
from registry.services.actors import Actor
from registry.services.documents import visible

_ANSWERS = ("replies_to", "reports_on")


@dataclass(slots=True)
class FollowUp:
    """What the follow-up book says of one document; a line for each piece of work that it asks for."""

    owners: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def followed_up() -> ColumnElement[bool]:
    """Return the condition that leaves documents with a deadline, with work that they ask for, or with an answer."""
    work = select(Obligation.id).where(Obligation.document_id == Document.id)
    answer = select(Citation.id).where(
        Citation.cited_id == Document.id, Citation.relation.in_(_ANSWERS), living_citations())
    return or_(Document.reply_due_on.is_not(None), work.exists(), answer.exists())


def follow_up(session: Session, ids: Sequence[int], *, actor: Actor, now: datetime) -> dict[int, FollowUp]:
    """Return what is known of each of the documents; answers that ``actor`` may not see are left out."""
    found: dict[int, FollowUp] = defaultdict(FollowUp)
    numbers = _answers(session, ids, actor, found)
    rows = session.execute(
        select(Obligation.document_id, Occurrence, Unit.name.label("unit"), User.full_name.label("user"))
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .outerjoin(Unit, Unit.id == Occurrence.unit_id).outerjoin(User, User.id == Occurrence.user_id)
        .where(Obligation.document_id.in_(ids)).order_by(Obligation.id, Occurrence.due_on, Occurrence.id))
    for row in rows:
        occurrence: Occurrence = row.Occurrence
        state, one = ObligationState(occurrence.state), found[row.document_id]
        one.owners.append(row.unit or row.user or "")
        one.deadlines.append(print_short_date(occurrence.due_on) if occurrence.due_on else "không hạn")
        one.progress.append(progress(state, timeliness(
            state, occurrence.due_on, occurrence.done_on, now, due_time=occurrence.due_time), occurrence.done_on))
        number = numbers.get(occurrence.fulfilled_by_id or 0)
        if number and number not in one.answers:
            one.answers.append(number)
    for one in found.values():
        _as_lines(one)
    return found


def _answers(session: Session, ids: Sequence[int], actor: Actor, found: dict[int, FollowUp]) -> dict[int, str]:
    """Put what answers or reports on each document by it; return the numbers of what fulfilled work by id."""
    cited = session.execute(
        select(Citation.cited_id, Document.number).join(Document, Document.id == Citation.citing_id)
        .where(Citation.cited_id.in_(ids), Citation.relation.in_(_ANSWERS), living_citations(), visible(actor),
               Document.number.is_not(None), Document.status == Status.ACTIVE,
               Document.direction != Direction.EXTERNAL).distinct()
        .order_by(Citation.cited_id, Document.number))
    for row in cited:
        found[row.cited_id].answers.append(row.number)
    fulfilling = session.execute(
        select(Document.id, Document.number).distinct().join(Occurrence, Occurrence.fulfilled_by_id == Document.id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .where(Obligation.document_id.in_(ids), visible(actor), Document.number.is_not(None)))
    return {row.id: row.number for row in fulfilling}


def _as_lines(one: FollowUp) -> None:
    """Number the lines where there are several, so that deadline, progress and owner are read together."""
    if len(one.deadlines) > 1:
        for lines in (one.owners, one.deadlines, one.progress):
            lines[:] = [f"{place}) {line}" for place, line in enumerate(lines, 1)]
