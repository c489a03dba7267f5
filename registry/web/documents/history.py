"""History in words: field names and values as a person knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from registry.domain.dates import print_short_date
from registry.domain.relations import RELATIONS_BY_CODE
from registry.services import names
from registry.services.audit import EventRow
from registry.web import labels
from registry.web.context import db
from registry.web.documents.forms import URGENCIES


@dataclass(frozen=True, slots=True)
class ReadableChange:
    """One field that changed: its name, and its value before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReadableEvent:
    """One event of the history in words."""

    at: datetime
    actor: str
    action: str
    reason: str
    changes: list[ReadableChange]


def readable(events: Sequence[EventRow]) -> list[ReadableEvent]:
    """Return the events in words; ids become names in one look-up each."""
    known = names.of(db(), _ids(events))
    return [ReadableEvent(
        event.at, event.actor, labels.label(labels.ACTIONS, event.action), str(event.changes.get("reason") or ""),
        [ReadableChange(labels.label(labels.FIELDS, name), *(_value(name, one, known) for one in change))
         for name, change in event.changes.items() if isinstance(change, list) and len(change) == 2])
        for event in events]


def _ids(events: Sequence[EventRow]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for event in events:
        for name, change in event.changes.items():
            if name in names.NAMED and isinstance(change, list):
                found.setdefault(name, set()).update(one for one in change if isinstance(one, int))
    return found


def _value(name: str, value: Any, known: dict[tuple[str, int], str]) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if name in names.NAMED:
        return known.get((name, value), str(value))
    if name == "urgency":
        return str(dict(URGENCIES).get(value, value))
    if name == "direction":
        return labels.label(labels.DIRECTIONS, value)
    if name == "status":
        return _("đã hủy") if value == "cancelled" else _("đang có trong sổ")
    if isinstance(value, list):
        return "; ".join(_reference(str(one)) for one in value) or "–"
    if name.endswith("_on"):
        return print_short_date(date.fromisoformat(str(value)))
    return str(value)


def _reference(text: str) -> str:
    code, colon, rest = text.partition(": ")
    relation = RELATIONS_BY_CODE.get(code)
    return f"{relation.name}{colon}{rest}" if relation else text
