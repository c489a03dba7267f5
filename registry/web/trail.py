"""The audit trail in words: actions, fields and values as a person knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.domain.dates import print_short_date
from registry.domain.relations import RELATIONS_BY_CODE
from registry.services import names
from registry.services.audit import EventRow
from registry.web import labels
from registry.web.context import db

EMPTY = "–"
_DAYS = {"due", "extension"}
"""Fields beside ``…_on`` whose values are days, or codes."""


@dataclass(frozen=True, slots=True)
class ReadableChange:
    """One field that changed: its name, and its value before and after; ``before`` is None where there was nothing."""

    field: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class ReadableEvent:
    """One event with its changes in words."""

    event: EventRow
    action: str
    object_type: str
    reason: str
    changes: list[ReadableChange]


def readable(events: Sequence[EventRow]) -> list[ReadableEvent]:
    """Return the events in words; ids become names in one look-up for each kind of thing."""
    known = names.of(db(), _ids(events))
    return [ReadableEvent(
        event, labels.label(labels.ACTIONS, event.action),
        labels.label(labels.OBJECTS, event.object_type) if event.object_type else "",
        str(event.changes.get("reason") or ""), _changes(event, known)) for event in events]


def _changes(event: EventRow, known: names.Names) -> list[ReadableChange]:
    found = []
    for name, change in event.changes.items():
        if name == "reason":
            continue
        values = [_value(event.object_type, name, one, known) for one in _values(change)]
        field = labels.label(labels.FIELDS, name)
        if not _is_pair(change):
            found.append(ReadableChange(field, None, "; ".join(values) or EMPTY))
        elif values != [EMPTY, EMPTY]:  # what a new row left empty says nothing
            found.append(ReadableChange(field, None if change[0] is None else values[0], values[1]))
    return found


def _is_pair(change: object) -> bool:
    return isinstance(change, list) and len(change) == 2


def _values(change: Any) -> list[Any]:
    return change if isinstance(change, list) else [change]


def _ids(events: Sequence[EventRow]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for event in events:
        for name, change in event.changes.items():
            thing = names.thing_of(event.object_type, name)
            if thing:
                found.setdefault(thing, set()).update(one for one in _values(change) if isinstance(one, int))
    return found


def _value(object_type: str, name: str, value: Any, known: names.Names) -> str:
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return _("có") if value else _("không")
    thing = names.thing_of(object_type, name)
    if thing:
        return known.get((thing, value), str(value))
    if name.endswith("_on") or name in _DAYS:
        day = _day(str(value))
        if day is not None:
            return print_short_date(day)
    if name in labels.VALUES:
        return labels.label(labels.VALUES[name], value)
    if name == "validity" and isinstance(value, list) and len(value) == 2:
        on = f", {print_short_date(date.fromisoformat(value[1]))}" if value[1] else ""
        return f"{labels.label(labels.EFFECTS, value[0])}{on}"
    if isinstance(value, list):
        return "; ".join(_reference(str(one)) for one in value) or EMPTY
    return str(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _reference(text: str) -> str:
    code, colon, rest = text.partition(": ")
    relation = RELATIONS_BY_CODE.get(code)
    return f"{relation.name}{colon}{rest}" if relation else text
