"""Issuers of an import: found by name and date from what the run has seen, made once where unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.issuers import name_key
from registry.models import Organisation, OrganisationName
from registry.services import audit
from registry.services.actors import Actor
from registry.services.organisations import existed, name_again
from search_index.text import one_line

LONGEST_NAME = 300


class Issuers:
    """The bodies that a batch has met, by the key of their name."""

    def __init__(self, session: Session, *, actor: Actor, at: datetime) -> None:
        self._session = session
        self._actor = actor
        self._at = at
        self._known: dict[str, list[Organisation]] = {}

    def named(self, name: str, on: date | None) -> tuple[int, bool]:
        """Return the id of the body of that name on the day, and whether it was made now, for review.

        The name is ``LONGEST_NAME`` characters long at most.
        """
        name = one_line(name)
        key = name_key(name) or name.casefold()
        if key not in self._known:
            self._known[key] = list(self._session.scalars(
                select(Organisation).join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
                .where(OrganisationName.name_key == key[:LONGEST_NAME]).order_by(Organisation.id)).unique())
        found = _best(self._known[key], key, on)
        if found is not None:
            return found.id, False
        row = Organisation(name=name, name_key=key[:LONGEST_NAME], needs_review=True)
        self._session.add(row)
        self._session.flush()
        name_again(self._session, row)
        audit.record(self._session, self._actor, self._at, "create", "organisation", row.id, label=row.name)
        self._known[key].append(row)
        return row.id, True

    def forget(self, names: Iterable[str]) -> None:
        """Forget the bodies that were made for a row which was then refused."""
        for name in names:
            self._known.pop(name_key(one_line(name)) or one_line(name).casefold(), None)


def _best(rows: list[Organisation], key: str, on: date | None) -> Organisation | None:
    """Return the one that is meant; None where there is none, or where an abbreviation stands for several.

    A body's dates of beginning and end are not always known to the day, so that one which did not exist
    on the day still counts where it is the only one of its name.
    """
    alive = [row for row in rows if existed(row, on) and (on is not None or row.valid_to is None)]
    for some in (alive, rows):
        own = [row for row in some if row.name_key == key]
        for chosen in (some, own):
            if len(chosen) == 1:
                return chosen[0]
        review = [row for row in own if row.needs_review]
        if review:
            return review[0]
    return None
