"""Validity (hiệu lực): what a person makes of the marks, and what they say and warn of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NotFound
from registry.domain.validity import EFFECT_OF_RELATION, EFFECTS, ENDS, Mark, ended
from registry.domain.values import Status
from registry.models import Citation, Document, ValidityMark, living_citations
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_rows import label
from registry.services.documents import lock_document, visible
from search_index.text import clean

# -- what a person makes of marks --------------------------------------------------------------------


def confirm(db: Sessions, document_id: int, mark_id: int, *, actor: Actor, at: datetime) -> None:
    """Confirm a mark that followed from a link.

    Raises:
        NotFound: there is no such document or mark.
    """
    _touch(db, document_id, mark_id, "confirm_validity", actor=actor, at=at)


def dismiss(db: Sessions, document_id: int, mark_id: int, *, actor: Actor, at: datetime) -> None:
    """Remove a mark; the text read again does not bring it back.

    Raises:
        NotFound: there is no such document or mark.
    """
    _touch(db, document_id, mark_id, "dismiss_validity", actor=actor, at=at)


def _touch(db: Sessions, document_id: int, mark_id: int, action: str, *, actor: Actor, at: datetime) -> None:
    with db.begin() as session:
        document = lock_document(session, document_id, actor)
        mark = session.get(ValidityMark, mark_id)
        if mark is None or mark.document_id != document.id or mark.dismissed_at is not None:
            raise NotFound("validity mark", mark_id)
        told = [mark.effect, mark.from_on]
        if action == "confirm_validity":
            mark.confirmed_at, mark.confirmed_by_id = at, actor.id
            changes = {"validity": [None, told]}
        else:
            mark.dismissed_at, mark.dismissed_by_id = at, actor.id
            changes = {"validity": [told, None]}
        audit.record(session, actor, at, action, "document", document.id, label=label(document), changes=changes)


def add(db: Sessions, document_id: int, effect: str, from_on: date | None, note: str, *, actor: Actor,
        at: datetime) -> None:
    """Mark a document by hand, with the reason in ``note``.

    Raises:
        NotFound: there is no such document or effect.
        MissingValue: there is no reason.
    """
    note = clean(note).strip()[:2000]
    if effect not in EFFECTS:
        raise NotFound("effect", effect)
    if not note:
        raise MissingValue("note")
    with db.begin() as session:
        document = lock_document(session, document_id, actor)
        session.add(ValidityMark(document_id=document.id, effect=effect, from_on=from_on, origin="person", note=note,
                                 confirmed_at=at, confirmed_by_id=actor.id))
        audit.record(session, actor, at, "add_validity", "document", document.id, label=label(document),
                     changes={"validity": [None, [effect, from_on]], "reason": note})


# -- what marks say ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark as the document's page shows it."""

    id: int
    effect: str
    from_on: date | None
    confirmed: bool
    note: str
    by_id: int | None
    by: str
    """The document that makes it; empty for a mark by hand, or where the person may not see it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A cited document that is in force no longer, and since when."""

    document_id: int
    number: str
    since: date | None
    before_citing: bool
    """It had ended when the citing document was issued."""


def living() -> ColumnElement[bool]:
    """Return the condition that leaves the marks that count; ``by`` must be joined as the outer ``Document``.

    A cancelled document marks nothing.
    """
    return ValidityMark.dismissed_at.is_(None) & or_(
        ValidityMark.by_document_id.is_(None), Document.status == Status.ACTIVE)


def marks_of(session: Session, ids: Iterable[int], actor: Actor) -> dict[int, list[MarkRow]]:
    """Return the living marks of the documents."""
    found: dict[int, list[MarkRow]] = {}
    for mark, number, seen in session.execute(
            select(ValidityMark, Document.number, visible(actor))
            .outerjoin(Document, Document.id == ValidityMark.by_document_id)
            .where(ValidityMark.document_id.in_(list(ids)), living())
            .order_by(ValidityMark.from_on.is_(None), ValidityMark.from_on, ValidityMark.id)):
        shown = bool(seen) and mark.by_document_id is not None
        found.setdefault(mark.document_id, []).append(MarkRow(
            mark.id, mark.effect, mark.from_on, mark.confirmed_at is not None, mark.note,
            mark.by_document_id if shown else None, (number or f"#{mark.by_document_id}") if shown else ""))
    return found


def ended_on(on: date) -> Select[int]:
    """Return the ids of the documents that are in force no longer on that day."""
    by = aliased(Document)
    return (select(ValidityMark.document_id).outerjoin(by, by.id == ValidityMark.by_document_id)
            .where(ValidityMark.dismissed_at.is_(None), ValidityMark.effect.in_(ENDS),
                   or_(ValidityMark.by_document_id.is_(None), by.status == Status.ACTIVE),
                   or_(ValidityMark.from_on.is_(None), ValidityMark.from_on <= on)))


def in_force(marks: Iterable[MarkRow], on: date) -> bool:
    """Whether the marks leave a document in force on that day."""
    return not ended([Mark(one.effect, one.from_on) for one in marks], on)


@dataclass(frozen=True, slots=True)
class Validity:
    """What the page of a document says of its own effect, and of what it cites."""

    marks: list[MarkRow]
    in_force: bool
    ended: list[Ended]


def of_document(db: Sessions, document_id: int, *, actor: Actor, today: date) -> Validity:
    """Return the marks of a document, and a warning for each cited one that is in force no longer."""
    with reading(db) as session:
        document = session.get_one(Document, document_id)
        cited = {row.id: row.number for row in session.execute(
            select(Document.id, Document.number)
            .join(Citation, Citation.cited_id == Document.id)
            .where(Citation.citing_id == document_id, living_citations(), visible(actor),
                   Citation.relation.not_in(EFFECT_OF_RELATION)))}
        marks = marks_of(session, [document_id, *cited], actor)
        own = marks.pop(document_id, [])
        holds = document.status == Status.ACTIVE and in_force(own, today)
        return Validity(own, in_force(own, today),
                        _warnings(document, cited, marks, today) if holds else [])


def _warnings(document: Document, cited: Mapping[int, str | None], marks: Mapping[int, list[MarkRow]],
              today: date) -> list[Ended]:
    found = []
    for document_id, rows in marks.items():
        # What the document itself ends it may well cite.
        others = [row for row in rows if row.by_id != document.id]
        if in_force(others, today):
            continue
        since = min((row.from_on for row in others if row.effect in ENDS and row.from_on), default=None)
        on = document.issued_on
        found.append(Ended(document_id, cited[document_id] or f"#{document_id}", since,
                           on is not None and since is not None and since <= on))
    return found
