"""Issuing bodies as people keep them in order: looked at, corrected, linked to successors, merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain import issuers
from registry.domain.errors import NameTaken, NotFound, NotPossible, OrganisationUnclear
from registry.models import Change, Document, Organisation, OrganisationName, RegisterBook, Setting, Succession
from registry.services import audit, organisations
from registry.services.actors import Actor

LEVELS = ("central", "party", "province", "commune", "other")
MANNERS = ("merged", "split", "renamed", "tasks")
_PAGE = 50
_SUFFIXES = (" (đến ", " (từ ")


@dataclass(frozen=True, slots=True)
class OrganisationData:
    """What a person enters of an issuing body."""

    name: str
    short_name: str = ""
    aliases: str = ""
    symbol: str = ""
    interchange_code: str = ""
    level: str = "other"
    place: str = ""
    parent_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One body as the list shows it."""

    id: int
    name: str
    short_name: str
    symbol: str
    level: str
    valid_from: date | None
    valid_to: date | None
    needs_review: bool
    documents: int


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """A page of bodies in the order of names; ``after`` continues behind it, None at the end."""

    rows: list[OrganisationRow]
    after: int | None
    total: int


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A body that took over, or was taken over."""

    id: int
    organisation_id: int
    name: str
    on: date | None
    manner: str


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """All about one body."""

    id: int
    code: str | None
    data: OrganisationData
    label: str
    parent: str
    needs_review: bool
    documents: int
    predecessors: list[SuccessionRow]
    successors: list[SuccessionRow]


def find_organisations(
    db: Sessions, *, text: str = "", level: str | None = None, only_review: bool = False, only_living: bool = False,
    after: int | None = None, limit: int = _PAGE,
) -> OrganisationList:
    """Return the bodies with a name or symbol that contains ``text``, behind the one with the id ``after``."""
    clauses: list[Any] = []
    if text.strip():
        key = issuers.name_key(text)
        clauses.append(or_(
            Organisation.id.in_(select(OrganisationName.organisation_id).where(
                OrganisationName.name_key.contains(key, autoescape=True))),
            func.lower(Organisation.symbol) == text.strip().lower()))
    if level:
        clauses.append(Organisation.level == level)
    if only_review:
        clauses.append(Organisation.needs_review)
    if only_living:
        clauses.append(Organisation.valid_to.is_(None))
    counted = (select(func.count()).where(Document.issuer_id == Organisation.id)
               .correlate(Organisation).scalar_subquery())
    with reading(db) as session:
        total = session.scalar(select(func.count()).select_from(Organisation).where(*clauses)) or 0
        query = select(Organisation, counted).where(*clauses)
        last = session.get(Organisation, after) if after is not None else None
        if last is not None:
            query = query.where(tuple_(Organisation.name_key, Organisation.id) > (last.name_key, last.id))
        found = session.execute(query.order_by(Organisation.name_key, Organisation.id).limit(limit + 1)).all()
    rows = [OrganisationRow(row.id, row.name, row.short_name, row.symbol, row.level, row.valid_from, row.valid_to,
                            row.needs_review, documents) for row, documents in found[:limit]]
    return OrganisationList(rows, rows[-1].id if len(found) > limit else None, total)


def find_all(db: Sessions, **wanted: Any) -> Iterator[OrganisationRow]:
    """Yield the whole list; ``wanted`` is as ``find_organisations`` takes it."""
    after: int | None = None
    while True:
        page = find_organisations(db, **wanted, after=after, limit=500)
        yield from page.rows
        after = page.after
        if after is None:
            return


def get_organisation(db: Sessions, organisation_id: int) -> OrganisationPage:
    """Return all about one body.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        row = _get(session, organisation_id)
        parent = session.get(Organisation, row.parent_id) if row.parent_id else None
        documents = session.scalar(select(func.count()).where(Document.issuer_id == row.id)) or 0
        return OrganisationPage(
            row.id, row.code, _data(row), label_of(row), label_of(parent) if parent else "", row.needs_review,
            documents, _successions(session, row.id, forwards=False), _successions(session, row.id, forwards=True))


def label_of(row: Organisation) -> str:
    """Return the name with its years where it exists no longer."""
    return organisations.OrganisationChoice(
        row.id, row.name, row.short_name, row.symbol, row.valid_from, row.valid_to).label


def _get(session: Session, organisation_id: int) -> Organisation:
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound("organisation", organisation_id)
    return row


def _data(row: Organisation) -> OrganisationData:
    return OrganisationData(row.name, row.short_name, row.aliases, row.symbol, row.interchange_code, row.level,
                            row.place, row.parent_id, row.valid_from, row.valid_to, row.basis)


def _successions(session: Session, organisation_id: int, *, forwards: bool) -> list[SuccessionRow]:
    mine, other = ((Succession.predecessor_id, Succession.successor_id) if forwards
                   else (Succession.successor_id, Succession.predecessor_id))
    found = session.execute(
        select(Succession, Organisation).join(Organisation, Organisation.id == other)
        .where(mine == organisation_id).order_by(Succession.on, Organisation.name_key, Succession.id))
    return [SuccessionRow(link.id, row.id, label_of(row), link.on, link.manner) for link, row in found]


def resolve(db: Sessions, typed: str, field: str) -> int | None:
    """Return the body that a person typed, by label or name; None for nothing typed.

    Raises:
        OrganisationUnclear: none or several fit.
    """
    if not typed:
        return None
    bare = typed
    for suffix in _SUFFIXES:
        bare = bare.partition(suffix)[0]
    found = organisations.suggest(db, bare, limit=30)
    wanted = [one for one in found if one.label == typed]
    if not wanted:
        key = issuers.name_key(bare)
        wanted = [one for one in found if key in {issuers.name_key(one.name), issuers.name_key(one.short_name)}]
        wanted = [one for one in wanted if one.valid_to is None] or wanted
    if len(wanted) != 1:
        raise OrganisationUnclear(field, [one.label for one in (wanted or found)[:5]])
    return wanted[0].id


def save_organisation(
    db: Sessions, organisation_id: int | None, data: OrganisationData, *, actor: Actor, at: datetime,
) -> int:
    """Add a body, or change the one given, which counts as looked at; return its id.

    Raises:
        NotPossible: ``own_parent``, ``dates_reversed``.
        NotFound: no such body or parent.
    """
    if data.valid_from and data.valid_to and data.valid_to < data.valid_from:
        raise NotPossible("dates_reversed", "valid_to")
    with db.begin() as session:
        row = Organisation(name="", name_key="") if organisation_id is None else _get(session, organisation_id)
        _check_parent(session, organisation_id, data.parent_id)
        before: dict[str, Any] = {} if organisation_id is None else {
            **asdict(_data(row)), "needs_review": row.needs_review}
        for name, value in asdict(data).items():
            setattr(row, name, value)
        row.name_key = issuers.name_key(data.name)[:300]
        row.needs_review = False
        session.add(row)
        organisations.name_again(session, row)
        changes = audit.differences(before, {**asdict(data), "needs_review": False})
        if changes:
            audit.record(session, actor, at, "update" if before else "create", "organisation", row.id,
                         label=row.name, changes=changes)
        if before and {"name", "short_name", "aliases"} & changes.keys():
            _index_again(session, row.id)
        return row.id


def _check_parent(session: Session, organisation_id: int | None, parent_id: int | None) -> None:
    step, seen = parent_id, set[int]()
    while step is not None and step not in seen:
        if step == organisation_id:
            raise NotPossible("own_parent", "parent")
        seen.add(step)
        step = _get(session, step).parent_id


def _index_again(session: Session, organisation_id: int) -> None:
    """Note in the change log that what is searchable of this body's documents has changed."""
    session.execute(insert(Change).from_select(
        ["document_id"], select(Document.id).where(Document.issuer_id == organisation_id).order_by(Document.id)))


def link(
    db: Sessions, predecessor_id: int, successor_id: int, on: date | None, manner: str, *, actor: Actor, at: datetime,
) -> None:
    """Say that one body took over from another, wholly or in part.

    Raises:
        NotPossible: ``own_successor``: it would follow itself, perhaps round a corner.
        NameTaken: the link is there already.
        NotFound: no such body.
    """
    try:
        with db.begin() as session:
            before, after = _get(session, predecessor_id), _get(session, successor_id)
            if successor_id in organisations.with_predecessors(session, predecessor_id):
                raise NotPossible("own_successor", "successor")
            session.add(Succession(predecessor_id=predecessor_id, successor_id=successor_id, on=on, manner=manner))
            audit.record(session, actor, at, "link", "organisation", predecessor_id, label=before.name,
                         changes={"successor": [None, label_of(after)], "on": on, "manner": manner})
    except IntegrityError as error:
        raise NameTaken(after.name) from error


def unlink(db: Sessions, succession_id: int, *, actor: Actor, at: datetime) -> int:
    """Take back a succession entered by mistake; return the predecessor's id.

    Raises:
        NotFound: there is none.
    """
    with db.begin() as session:
        found = session.get(Succession, succession_id)
        if found is None:
            raise NotFound("succession", succession_id)
        before, after = _get(session, found.predecessor_id), _get(session, found.successor_id)
        session.delete(found)
        audit.record(session, actor, at, "unlink", "organisation", before.id, label=before.name,
                     changes={"successor": [label_of(after), None], "on": found.on, "manner": found.manner})
        return before.id


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge moved: documents, and how many of them share their number with one already there."""

    documents: int
    duplicates: int


def merge(db: Sessions, duplicate_id: int, into_id: int, *, actor: Actor, at: datetime) -> Merged:
    """Make one body of two that are the same: documents, books and links move, the duplicate's names become aliases.

    Not for bodies that merged in life: those are linked. A document whose number the other body already
    has is kept beside it, marked as a duplicate with this merge as the reason.

    Raises:
        NotPossible: ``merge_with_itself``; ``merge_shipped``: the duplicate is of the shipped list.
        NotFound: no such body.
    """
    if duplicate_id == into_id:
        raise NotPossible("merge_with_itself", "into")
    with db.begin() as session:
        audit.lock(session)
        duplicate, into = _get(session, duplicate_id), _get(session, into_id)
        if duplicate.code is not None:
            raise NotPossible("merge_shipped", "into")
        result = _move_documents(session, duplicate, into)
        for column in (RegisterBook.issuer_id, Organisation.parent_id):
            session.execute(update(column.class_).where(column == duplicate_id).values({column.key: into_id}))
        if into.parent_id == into_id:
            into.parent_id = None
        _move_links(session, duplicate_id, into_id)
        for setting in session.scalars(select(Setting).where(
                Setting.name.in_(("organisation_id", "default_issuer_id")))):
            if setting.value == duplicate_id:
                setting.value = into_id
        before = _data(into)
        names = [name.strip() for name in (*into.aliases.split(";"), duplicate.name, duplicate.short_name,
                                           *duplicate.aliases.split(";")) if name.strip()]
        known = {into.name, into.short_name}
        into.aliases = "; ".join(dict.fromkeys(name for name in names if name not in known))[:1000]
        into.symbol = into.symbol or duplicate.symbol
        session.execute(delete(OrganisationName).where(OrganisationName.organisation_id == duplicate_id))
        audit.record(session, actor, at, "merge", "organisation", duplicate_id, label=duplicate.name, changes={
            "into": [None, f"{into.name} ({into_id})"], "documents": result.documents,
            "duplicates": result.duplicates,
            **{name: [value, None] for name, value in asdict(_data(duplicate)).items() if value}})
        changes = audit.differences(asdict(before), asdict(_data(into)))
        if changes:
            audit.record(session, actor, at, "update", "organisation", into_id, label=into.name, changes=changes)
        session.flush()
        session.expunge(duplicate)
        session.execute(delete(Organisation).where(Organisation.id == duplicate_id))
        organisations.name_again(session, into)
        _index_again(session, into_id)
        return result


def _move_documents(session: Session, duplicate: Organisation, into: Organisation) -> Merged:
    moved = session.scalars(select(Document).where(Document.issuer_id == duplicate.id).order_by(Document.id)).all()
    taken: dict[tuple[Any, ...], int] = {}
    for series, key, year, rank in session.execute(
            select(Document.series, Document.number_key, Document.year, Document.duplicate_rank)
            .where(Document.issuer_id == into.id, Document.number_key.is_not(None))):
        taken[series, key, year] = max(rank, taken.get((series, key, year), -1))
    duplicates = 0
    for document in moved:
        identity = (document.series, document.number_key, document.year)
        document.issuer_id = into.id
        document.version += 1
        if document.number_key is None or identity not in taken:
            taken[identity] = document.duplicate_rank
            continue
        duplicates += 1
        document.duplicate_rank = taken[identity] = taken[identity] + 1
        document.duplicate_reason = document.duplicate_reason or f"gộp “{duplicate.name}” vào “{into.name}”"[:500]
    session.flush()
    return Merged(len(moved), duplicates)


def _move_links(session: Session, duplicate_id: int, into_id: int) -> None:
    """Give the duplicate's successions to the other body, without links to itself or twice the same."""
    known = {(one.predecessor_id, one.successor_id) for one in session.scalars(select(Succession).where(
        or_(Succession.predecessor_id == into_id, Succession.successor_id == into_id)))}
    for one in session.scalars(select(Succession).where(
            or_(Succession.predecessor_id == duplicate_id, Succession.successor_id == duplicate_id))):
        ends = tuple(into_id if end == duplicate_id else end for end in (one.predecessor_id, one.successor_id))
        if ends[0] == ends[1] or ends in known:
            session.delete(one)
            continue
        known.add((ends[0], ends[1]))
        one.predecessor_id, one.successor_id = ends
    session.flush()


def mark_reviewed(db: Sessions, organisation_id: int, *, actor: Actor, at: datetime) -> None:
    """Say that a body that grew by use is right as it is.

    Raises:
        NotFound: there is none.
    """
    with db.begin() as session:
        row = _get(session, organisation_id)
        if row.needs_review:
            row.needs_review = False
            audit.record(session, actor, at, "update", "organisation", row.id, label=row.name,
                         changes={"needs_review": [True, False]})
