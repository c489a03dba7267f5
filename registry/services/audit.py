"""The audit trail (nhật ký): recorded in the transaction that it tells of, verified as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.models import AuditEvent, JournalHead
from registry.models.journal import FIRST_HASH
from registry.services.actors import Actor

_PAGE = 50
# Values are kept for people to read; a pasted text of a megabyte is not.
_LONGEST_VALUE = 2000


def record(
    session: Session, actor: Actor, at: datetime, action: str, object_type: str = "", object_id: int | None = None,
    *, label: str = "", changes: Mapping[str, Any] | None = None,
) -> None:
    """Add one event to the trail, in the caller's transaction."""
    session.add(AuditEvent(
        at=at, actor_id=actor.id, actor_name=actor.name[:100], address=actor.address[:60], action=action,
        object_type=object_type, object_id=object_id, label=label[:200],
        changes={name: _plain(value) for name, value in (changes or {}).items()},
    ))


def lock(session: Session) -> None:
    """Make this transaction the only one that writes from here on, where a rule spans several rows."""
    session.execute(select(JournalHead.id).with_for_update())


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return ``{field: [before, after]}`` for the fields whose values differ."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON can hold it."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}… ({len(text)})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the trail is whole: ``broken_seq`` names the first event that is not as it was written."""

    events: int
    broken_seq: int | None = None
    fault: str = ""
    """``missing``, ``altered`` or ``cut off``; empty when whole."""

    @property
    def whole(self) -> bool:
        return self.broken_seq is None


def verify(db: Sessions) -> Verdict:
    """Walk the whole chain and return what is found, stopping at the first broken event."""
    with reading(db) as session:
        head = session.scalars(select(JournalHead)).one()
        previous, expected = FIRST_HASH, 1
        query = (select(AuditEvent).where(AuditEvent.seq.is_not(None)).order_by(AuditEvent.seq)
                 .execution_options(yield_per=1000))
        with closing(session.scalars(query)) as events:
            for event in events:
                if event.seq != expected:
                    return Verdict(expected - 1, expected, "missing")
                if event.hash != event.digest(previous):
                    return Verdict(expected - 1, expected, "altered")
                previous, expected = event.hash, expected + 1
        if head.audit_seq != expected - 1:
            return Verdict(expected - 1, expected, "cut off")
        if head.audit_hash != previous:
            return Verdict(expected - 1, expected - 1, "altered")
        return Verdict(expected - 1)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as the page shows it."""

    id: int
    seq: int | None
    at: datetime
    actor: str
    address: str
    action: str
    object_type: str
    object_id: int | None
    label: str
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What the administrator looks for; None means any."""

    actor_id: int | None = None
    action: str | None = None
    object_type: str | None = None
    object_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of events, newest first; ``older`` is the id to continue below, None at the end."""

    rows: list[EventRow]
    older: int | None


def find_events(db: Sessions, wanted: EventFilter, *, below: int | None = None, limit: int = _PAGE) -> EventPage:
    """Return the newest events that fit, below the id ``below``."""
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit + 1)
    clauses = [AuditEvent.id < below] if below is not None else []
    if wanted.actor_id is not None:
        clauses.append(AuditEvent.actor_id == wanted.actor_id)
    if wanted.action:
        clauses.append(AuditEvent.action == wanted.action)
    if wanted.object_type:
        clauses.append(AuditEvent.object_type == wanted.object_type)
    if wanted.object_id is not None:
        clauses.append(AuditEvent.object_id == wanted.object_id)
    if wanted.since is not None:
        clauses.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        clauses.append(AuditEvent.at < wanted.until)
    with reading(db) as session:
        found = session.scalars(query.where(*clauses)).all()
    rows = [_row(event) for event in found[:limit]]
    return EventPage(rows, rows[-1].id if len(found) > limit else None)


def history_of(session: Session, object_type: str, object_id: int) -> list[EventRow]:
    """Return the events of one object, newest first."""
    return [_row(event) for event in session.scalars(
        select(AuditEvent).where(AuditEvent.object_type == object_type, AuditEvent.object_id == object_id)
        .order_by(AuditEvent.id.desc()).limit(200))]


def _row(event: AuditEvent) -> EventRow:
    return EventRow(event.id, event.seq, event.at, event.actor_name, event.address, event.action,
                    event.object_type, event.object_id, event.label, event.changes)
