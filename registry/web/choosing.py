"""What many pages let a person choose: rows of a list, an issuing body, the unit and the person that something belongs to."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from flask import request
from flask_babel import gettext
from wtforms import Field

from registry.domain.roles import Permission, may
from registry.services import organisations, reference, users
from registry.services.users import UserRow
from registry.web.context import db
from registry.web.fields import ChoiceField, read_id

_MOST_CHOSEN = 200
"""Rows that are worked on at once: those beyond would make the person wait."""


class Held(Protocol):
    """What belongs to a unit and a person, by name; empty for none."""

    @property
    def unit_id(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def user(self) -> str: ...


def ids_chosen() -> list[int]:
    """Return the ids of the rows that were ticked in a list, each once, at most 200; what is no id is left out."""
    return [one for one in dict.fromkeys(map(read_id, request.values.getlist("id")[:_MOST_CHOSEN])) if one is not None]


def who_may(permission: Permission) -> list[UserRow]:
    """Return the people who are here and may do this, by name: what is given to others they could not even open."""
    return [one for one in users.find_users(db(), include_inactive=False) if may(one.role, permission)]


def offer_holders(unit_field: ChoiceField, user_field: ChoiceField, permission: Permission,
                  kept: Held | None = None) -> None:
    """Let the units, and the people with ``permission``, be chosen, or none; those of ``kept`` too, though closed or gone."""
    there = {one.id: one.name for one in reference.units(db())}
    people = {one.id: f"{one.full_name} – {one.unit}" if one.unit else one.full_name for one in who_may(permission)}
    if kept is not None and kept.unit_id is not None:
        there.setdefault(kept.unit_id, kept.unit)
    if kept is not None and kept.user_id is not None:
        people.setdefault(kept.user_id, kept.user)
    nobody = (None, gettext("(chưa chọn)"))
    unit_field.offer([nobody, *there.items()])
    user_field.offer([nobody, *people.items()])


def issuer_chosen(typed: Field, chosen: Field, *, on: date | None) -> int | None:
    """Return the issuer's id: the one chosen if the name still is its name, else found by the name typed.

    Raises:
        UnknownIssuer: no single body is called so.
    """
    name = typed.data
    if not name:
        return None
    issuer_id = read_id(chosen.data)
    body = organisations.get_choice(db(), issuer_id)
    if body is not None and name in {body.name, body.label}:
        return body.id
    return organisations.named(db(), name, on=on)
