"""The orders that a list of obligations can stand in, and places in it that a page continues from."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import SQLColumnExpression, case, func

from registry.domain.obligations import ObligationState
from registry.models import Document, Obligation, Occurrence, Unit, User

NEVER = date(9999, 12, 31)
_LAST = "\uffff"
"""Sorts behind every name."""
_KEY_LENGTH = 60
_LARGEST = 2**31 - 1


class Sort(StrEnum):
    """What a list of obligations is sorted by."""

    DUE = "due"
    TASK = "task"
    DOCUMENT = "document"
    """The date of the document, then its number."""
    PERSON = "person"
    UNIT = "unit"
    STATE = "state"
    """From not begun to cancelled, as the work goes."""


DUE = func.coalesce(Occurrence.due_on, NEVER)
_ID = Occurrence.id
_STATES = {state.value: place for place, state in enumerate(ObligationState)}
_KEYS: dict[Sort, tuple[SQLColumnExpression[Any], ...]] = {
    Sort.DUE: (DUE, _ID),
    Sort.TASK: (func.substr(Obligation.task_key, 1, _KEY_LENGTH), DUE, _ID),
    Sort.DOCUMENT: (Document.listed_on, Document.ordinal, Document.id, DUE, _ID),
    Sort.PERSON: (func.coalesce(User.full_name, _LAST), DUE, _ID),
    Sort.UNIT: (func.coalesce(Unit.name_key, _LAST), DUE, _ID),
    Sort.STATE: (case(_STATES, value=Occurrence.state, else_=len(_STATES)), DUE, _ID),
}
_TYPES: dict[Sort, tuple[type, ...]] = {
    Sort.DUE: (date, int), Sort.TASK: (str, date, int), Sort.DOCUMENT: (date, int, int, date, int),
    Sort.PERSON: (str, date, int), Sort.UNIT: (str, date, int), Sort.STATE: (int, date, int)}


def keys(sort: Sort) -> tuple[SQLColumnExpression[Any], ...]:
    """Return the columns of an order; together they name one row."""
    return _KEYS[sort]


def write_place(values: Any) -> str:
    """Return the place of a row as it stands in an address."""
    return json.dumps([value.isoformat() if isinstance(value, date) else value for value in values],
                      ensure_ascii=False, separators=(",", ":"))


def read_place(text: str | None, sort: Sort) -> tuple[Any, ...] | None:
    """Return the values of a place; None for what is none, so that the list starts at its beginning."""
    try:
        values = json.loads((text or "")[:500])
    except ValueError:
        return None
    types = _TYPES[sort]
    if not isinstance(values, list) or len(values) != len(types):
        return None
    try:
        return tuple(_read(value, wanted) for value, wanted in zip(values, types, strict=True))
    except (TypeError, ValueError):
        return None


def _read(value: object, wanted: type) -> object:
    if wanted is date and isinstance(value, str):
        return date.fromisoformat(value)
    if not isinstance(value, wanted) or isinstance(value, bool) or (isinstance(value, int) and abs(value) > _LARGEST):
        raise TypeError(value)
    if isinstance(value, str):
        value.encode()  # JSON may name half a character, which no database takes
        if "\x00" in value:  # PostgreSQL keeps no such text, and compares none
            raise ValueError(value)
    return value
