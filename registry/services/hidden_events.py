"""The history of plans and case files, without the documents in it that a person may not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Document
from registry.services.actors import Actor
from registry.services.audit import EventRow
from registry.services.documents import visible

_DOCUMENTS = ("directive_id", "document", "documents_added", "documents_removed", "documents_moved")
"""The fields of the audit trail whose values are ids of documents."""


def without_hidden(session: Session, events: Sequence[EventRow], actor: Actor) -> list[EventRow]:
    """Return the events without the ids of documents that ``actor`` may not see."""
    named = {one for event in events for field in _DOCUMENTS for one in _ids(event.changes.get(field))}
    seen = set(session.scalars(select(Document.id).where(Document.id.in_(named), visible(actor)))) if named else set()
    return [replace(event, changes={field: value for field, value in (
        (field, _seen(field, value, seen)) for field, value in event.changes.items()) if value != []})
        for event in events]


def _ids(value: Any) -> list[int]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, int)]


def _seen(field: str, value: Any, seen: set[int]) -> Any:
    if field not in _DOCUMENTS:
        return value
    kept = [one for one in _ids(value) if one in seen]
    if len(kept) == len(_ids(value)):
        return value
    return kept if field.startswith("documents_") else []
