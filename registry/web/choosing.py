"""What a person typed or chose in a field with suggestions: an issuing body."""

from __future__ import annotations

from datetime import date

from wtforms import Field

from registry.services import organisations
from registry.web.context import db
from registry.web.fields import read_id


def issuer_chosen(typed: Field, chosen: Field, *, on: date | None) -> int | None:
    """Return the issuer's id: the one chosen if the name still is its name, else found by the name typed.

    Raises:
        UnknownIssuer: no single body is called so.
    """
    name = typed.data
    if not name:
        return None
    issuer_id = read_id(chosen.data)
    body = organisations.get_choice(db(), issuer_id) if issuer_id is not None else None
    if body is not None and name in {body.name, body.label}:
        return body.id
    return organisations.named(db(), name, on=on)
