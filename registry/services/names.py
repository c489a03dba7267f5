"""Names for the ids that history keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.models import Field, Kind, Organisation, Unit

NAMED: Mapping[str, Any] = {
    "kind_id": Kind, "issuer_id": Organisation, "field_id": Field, "unit_id": Unit, "parent_id": Organisation,
}
"""The fields that hold an id, and the table it is of."""


def of(db: Sessions, ids: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    """Return the names for ``{field: ids}``, as ``{(field, id): name}``."""
    found: dict[tuple[str, int], str] = {}
    with reading(db) as session:
        for field, wanted in ids.items():
            table = NAMED[field]
            for key, name in session.execute(select(table.id, table.name).where(table.id.in_(wanted))):
                found[field, key] = name
    return found
