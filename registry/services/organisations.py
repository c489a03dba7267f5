"""Issuing bodies: found however they are typed, made by use, and followed through mergers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain import issuers
from registry.domain.errors import MissingValue, UnknownIssuer
from registry.models import Organisation, OrganisationName, Succession
from registry.services import audit
from registry.services.actors import Actor
from search_index.text import one_line


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """An issuing body as forms and lists show it."""

    id: int
    name: str
    short_name: str
    symbol: str
    valid_from: date | None
    valid_to: date | None

    @property
    def label(self) -> str:
        """The name, with its years where it exists no longer: names repeat."""
        if self.valid_to is not None:
            return f"{self.name} (đến {self.valid_to:%d/%m/%Y})"
        if self.valid_from is not None and self.valid_from.year >= 2025:
            return f"{self.name} (từ {self.valid_from:%d/%m/%Y})"
        return self.name


def _choice(row: Organisation) -> OrganisationChoice:
    return OrganisationChoice(row.id, row.name, row.short_name, row.symbol, row.valid_from, row.valid_to)


def existed(row: Organisation | OrganisationChoice, on: date | None) -> bool:
    """Tell whether the body existed on the day; without a day any does."""
    return on is None or ((row.valid_from is None or row.valid_from <= on)
                          and (row.valid_to is None or on <= row.valid_to))


def suggest(db: Sessions, typed: str, *, on: date | None = None, limit: int = 10) -> list[OrganisationChoice]:
    """Return the bodies that ``typed`` may mean, best first; those that existed ``on`` the day before others.

    Tone marks and full names are not needed: "ubnd ha nam" finds Ủy ban nhân dân tỉnh Hà Nam.
    """
    if not typed.strip():
        return []
    with reading(db) as session:
        rows = session.scalars(select(Organisation).order_by(Organisation.id)).all()
        found = issuers.rank(typed[:200], rows, _names, limit * 3)
        found.sort(key=lambda row: not existed(row, on))  # stable: the rank stays within each half
        return [_choice(row) for row in found[:limit]]


def _names(row: Organisation) -> list[str]:
    return [name for name in (row.name, row.short_name, *row.aliases.split(";")) if name.strip()]


def get_choice(db: Sessions, organisation_id: int | None) -> OrganisationChoice | None:
    """Return the body, None for no id and where there is none with this one."""
    if organisation_id is None:
        return None
    with reading(db) as session:
        row = session.get(Organisation, organisation_id)
        return _choice(row) if row else None


def get_label(db: Sessions, organisation_id: int | None) -> str:
    """Return what a field of a form shows of the body; empty for none."""
    choice = get_choice(db, organisation_id)
    return choice.label if choice else ""


def find_by_name(session: Session, name: str, *, on: date | None) -> Organisation | None:
    """Return the body that bears exactly this name (however spelled) on the day, None if none or several do."""
    return find_by_names(session, [(name, on)])[name, on]


def find_by_names(session: Session, wanted: Collection[tuple[str, date | None]]) -> dict[
        tuple[str, date | None], Organisation | None]:
    """Return for each name and day what ``find_by_name`` does, read at once."""
    keys = {name: issuers.name_key(name) for name, _ in wanted}
    rows: dict[str, dict[int, Organisation]] = {}
    for key, row in session.execute(
            select(OrganisationName.name_key, Organisation)
            .join(Organisation, OrganisationName.organisation_id == Organisation.id)
            .where(OrganisationName.name_key.in_(set(keys.values()))).order_by(Organisation.id)):
        rows.setdefault(key, {})[row.id] = row
    return {(name, on): _only(rows.get(keys[name], {}).values(), on) for name, on in wanted}


def _only(rows: Collection[Organisation], on: date | None) -> Organisation | None:
    alive = [row for row in rows if existed(row, on)]
    if on is None and len(alive) > 1:
        alive = [row for row in alive if row.valid_to is None]
    return alive[0] if len(alive) == 1 else None


def find_or_create(session: Session, name: str, *, on: date | None, actor: Actor, at: datetime) -> Organisation:
    """Return the body of that name, made and marked for review where there is none.

    Raises:
        MissingValue: the name is empty.
    """
    name = one_line(name)
    if not name:
        raise MissingValue("issuer")
    found = find_by_name(session, name, on=on)
    if found is not None:
        return found
    row = Organisation(name=name[:300], name_key=issuers.name_key(name)[:300], needs_review=True)
    session.add(row)
    session.flush()
    name_again(session, row)
    audit.record(session, actor, at, "create", "organisation", row.id, label=row.name)
    return row


def named(db: Sessions, name: str, *, on: date | None) -> int:
    """Return the id of the body of that name on the day.

    Raises:
        UnknownIssuer: there is none, or several.
    """
    with reading(db) as session:
        found = find_by_name(session, name, on=on)
        if found is None:
            raise UnknownIssuer(name)
        return found.id


def ids_by_name(db: Sessions, wanted: Collection[tuple[str, date | None]]) -> dict[tuple[str, date | None], int | None]:
    """Return the id of the body of each name on its day, None where there is none, or several."""
    with reading(db) as session:
        return {key: row.id if row else None for key, row in find_by_names(session, wanted).items()}


def name_again(session: Session, row: Organisation) -> None:
    """Store the names under which the body is found; called after each change of its names."""
    session.flush()
    known = {entry.name_key: entry for entry in session.scalars(
        select(OrganisationName).where(OrganisationName.organisation_id == row.id))}
    wanted = {entry.name_key: entry for entry in names_for(row)}
    for key, entry in known.items():
        if key not in wanted:
            session.delete(entry)
    session.add_all([entry for key, entry in wanted.items() if key not in known])


def names_for(row: Organisation) -> list[OrganisationName]:
    """Return the names under which a body that has its id is found, each spelling once."""
    names = {issuers.name_key(name)[:300]: one_line(name)[:300] for name in _names(row)}
    return [OrganisationName(organisation_id=row.id, name=name, name_key=key) for key, name in names.items() if key]


def successors_today(session: Session, ids: Iterable[int]) -> dict[int, list[OrganisationChoice]]:
    """Return for each body that ended the living ones that took over from it (nay là …), however many steps on."""
    wanted = set(ids)
    ended = set(session.scalars(select(Organisation.id).where(
        Organisation.id.in_(wanted), Organisation.valid_to.is_not(None))))
    if not ended:
        return {}
    steps = _links(session, forwards=True)
    reached = {start: _closure(steps, start) - {start} for start in ended}
    rows = {row.id: row for row in session.scalars(
        select(Organisation).where(Organisation.id.in_(set().union(*reached.values()))))}
    return {start: [_choice(rows[i]) for i in sorted(found) if rows[i].valid_to is None]
            for start, found in reached.items() if found}


def with_predecessors(session: Session, organisation_id: int) -> set[int]:
    """Return the body and all that merged into it, however many steps back."""
    return _closure(_links(session, forwards=False), organisation_id)


def _links(session: Session, *, forwards: bool) -> Mapping[int, list[int]]:
    links: dict[int, list[int]] = {}
    for before, after in session.execute(select(Succession.predecessor_id, Succession.successor_id)):
        start, end = (before, after) if forwards else (after, before)
        links.setdefault(start, []).append(end)
    return links


def _closure(steps: Mapping[int, list[int]], start: int) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        for following in steps.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def awaiting_review(db: Sessions) -> int:
    """Return how many bodies grew by use and were not looked at yet."""
    with reading(db) as session:
        return session.scalar(select(func.count()).select_from(Organisation).where(Organisation.needs_review)) or 0
