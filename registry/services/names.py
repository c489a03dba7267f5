"""Names for the ids that the audit trail keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.models import Document, Field, Kind, Organisation, Unit, User

Names = Mapping[tuple[str, int], str]
"""``(thing, id)`` → its name."""

_THINGS: Mapping[str, Any] = {
    "kind": Kind.name, "organisation": Organisation.name, "field": Field.name, "unit": Unit.name,
    "user": User.full_name, "document": Document.number,
}
_THING_OF_FIELD = {
    "kind_id": "kind", "issuer_id": "organisation", "organisation_id": "organisation",
    "default_issuer_id": "organisation", "field_id": "field", "unit_id": "unit", "user_id": "user", "document": "document",
    "directive_id": "document", "documents_added": "document", "documents_removed": "document",
    "documents_moved": "document",
}


def thing_of(object_type: str, field: str) -> str | None:
    """Return what the ids in ``field`` of an ``object_type`` stand for, None where they are no ids."""
    if field == "parent_id":  # units and organisations each stand under one of their own
        return object_type if object_type in _THINGS else None
    return _THING_OF_FIELD.get(field)


def of(db: Sessions, ids: Mapping[str, set[int]]) -> Names:
    """Return the names for ``{thing: ids}``."""
    found: dict[tuple[str, int], str] = {}
    with reading(db) as session:
        for thing, wanted in ids.items():
            name = _THINGS[thing]
            for key, words in session.execute(select(name.class_.id, name).where(name.class_.id.in_(wanted))):
                if words:
                    found[thing, key] = words
    return found
