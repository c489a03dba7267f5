"""Deadlines that a document's text sets, proposed as obligations; nothing is owed before a person confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, insert_missing, reading
from registry.domain.deadlines import Deadline, find_deadlines
from registry.domain.errors import NotFound
from registry.domain.workdays import Unit as TermUnit
from registry.domain.workdays import WorkCalendar, YearWithoutCalendar, due_on
from registry.models import DismissedDeadline, Document, DocumentText, Obligation, Unit
from registry.services import audit, work_calendar
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.obligations import LONGEST_TASK, NewObligation, create_in
from search_index.text import fold_line

_MOST = 200
_LONGEST_KEY = 300


@dataclass(frozen=True, slots=True)
class ProposedObligation:
    """One deadline of a text as an obligation that a person may confirm."""

    key: str
    """What it is recognised by when the page comes back."""
    new: NewObligation
    on_day_off: bool = False
    """A fixed date that nobody works on: it is not moved, only said (Bộ luật Dân sự, Điều 148 khoản 5 is for terms)."""
    uncounted: bool = False
    """A term whose event is not known to the register: the person gives the day."""


def proposed(db: Sessions, document_id: int, *, actor: Actor) -> list[ProposedObligation]:
    """Return the deadlines in a document's text that are neither obligations yet nor dismissed.

    Raises:
        NotFound: there is no such document that ``actor`` may see.
    """
    with reading(db) as session:
        return _proposed(session, document_id, actor)


def count(db: Sessions, document_id: int, *, actor: Actor, longest: int) -> int | None:
    """Return how many deadlines of the text wait for a person; None where it is longer than ``longest`` code points.

    Raises:
        NotFound: as for ``proposed``.
    """
    with reading(db) as session:
        length = session.scalar(select(func.length(DocumentText.text)).where(DocumentText.document_id == document_id))
        return None if (length or 0) > longest else len(_proposed(session, document_id, actor))


def _proposed(session: Session, document_id: int, actor: Actor) -> list[ProposedObligation]:
    document = session.scalars(select(Document).where(Document.id == document_id, visible(actor))).one_or_none()
    if document is None:
        raise NotFound("document", document_id)
    stored = session.get(DocumentText, document_id)
    found = find_deadlines(stored.text, doc_date=document.issued_on) if stored else []
    if not found:
        return []
    known = set(session.scalars(select(DismissedDeadline.words_key).where(
        DismissedDeadline.document_id == document_id)))
    known |= {_key(words, task) for words, task in session.execute(
        select(Obligation.words, Obligation.task).where(Obligation.document_id == document_id))}
    known_spans = {(start, words) for start, words in session.execute(
        select(Obligation.start, Obligation.words).where(Obligation.document_id == document_id))}
    units = {fold_line(unit.name): unit.id for unit in session.scalars(select(Unit).where(Unit.closed_on.is_(None)))}
    calendar = work_calendar.load(session)
    fresh: dict[str, ProposedObligation] = {}
    for deadline in found:
        one = propose(deadline, document, units, calendar)
        if one.key not in known and (deadline.start, deadline.text) not in known_spans:
            fresh.setdefault(one.key, one)
    return list(fresh.values())[:_MOST]


def propose(deadline: Deadline, document: Document, units: Mapping[str, int],
            calendar: WorkCalendar) -> ProposedObligation:
    """Return one deadline as an obligation: whose it is where the text names a unit, and by when."""
    task = (deadline.task or deadline.text)[:LONGEST_TASK]
    who = deadline.who or ""
    event_on = _event_on(deadline, document)
    counted = _counted(deadline, event_on, calendar) if deadline.relative and event_on else None
    printed_on = deadline.due or counted
    new = NewObligation(
        document_id=document.id, task=task, unit_id=_unit_named(who, units), named=who[:300],
        printed_on=printed_on, before=deadline.op == "before" and deadline.kind != "relative",
        due_time=deadline.due_time, rrule=deadline.rrule or "", words=deadline.text, start=deadline.start,
        end=deadline.end, term=_term(deadline, event_on))
    off = printed_on is not None and counted is None and calendar.is_day_off(printed_on)
    return ProposedObligation(_key(deadline.text, task), new, on_day_off=off,
                              uncounted=deadline.relative is not None and counted is None)


def _unit_named(who: str, units: Mapping[str, int]) -> int | None:
    """Return the unit that the words begin with ("Văn phòng Sở cử cán bộ đầu mối"), of several the longest name."""
    said = f"{fold_line(who)} "
    fitting = [name for name in units if name and said.startswith(f"{name} ")]
    return units[max(fitting, key=len)] if fitting else None


def _key(words: str, task: str) -> str:
    return fold_line(f"{words} | {task}")[:_LONGEST_KEY]


def _event_on(deadline: Deadline, document: Document) -> date | None:
    """Return the day that a term starts with, where the register knows it: of signing, or of receipt."""
    if deadline.relative is None:
        return None
    event = fold_line(deadline.relative.event or "")
    if "ky" in event.split() or "ban hanh" in event:
        return document.issued_on
    if "nhan" in event.split():
        return document.received_on
    return None


def _counted(deadline: Deadline, event_on: date, calendar: WorkCalendar) -> date | None:
    relative = deadline.relative
    if relative is None or relative.backwards or relative.unit in {TermUnit.hour, TermUnit.working_hour}:
        return None
    try:
        return due_on(event_on, relative.whole, calendar, relative.unit)
    except (YearWithoutCalendar, ValueError):
        return None


def _term(deadline: Deadline, event_on: date | None) -> dict[str, object] | None:
    relative = deadline.relative
    if relative is None:
        return None
    return {"n": relative.n, "unit": relative.unit.value, "event": relative.event,
            "event_on": event_on.isoformat() if event_on else None}


def confirm(db: Sessions, document_id: int, chosen: Sequence[tuple[str, NewObligation]], *, actor: Actor,
            at: datetime) -> int:
    """Make the proposals that a person confirmed, with their corrections, obligations; return how many are new.

    ``chosen`` names each by its key. One that somebody confirmed or dismissed meanwhile is passed over.
    """
    made = 0
    with db.begin() as session:
        waiting = {one.key: one.new for one in _proposed(session, document_id, actor)}
        for key, corrected in chosen:
            read = waiting.pop(key, None)
            if read is None:
                continue
            create_in(session, replace(corrected, document_id=document_id, words=read.words, start=read.start,
                                       end=read.end, named=read.named, term=read.term, before=read.before),
                      actor=actor, at=at)
            made += 1
    return made


def dismiss(db: Sessions, document_id: int, keys: Sequence[str], *, actor: Actor, at: datetime) -> None:
    """Keep that the deadlines of these keys are no obligations; they are not proposed again."""
    with db.begin() as session:
        if session.get(Document, document_id) is None:
            raise NotFound("document", document_id)
        for key in keys:
            insert_missing(session, DismissedDeadline, document_id=document_id, words_key=key[:_LONGEST_KEY],
                           dismissed_at=at, dismissed_by_id=actor.id)
        audit.record(session, actor, at, "delete", "obligation", document_id, changes={"count": len(keys)})
