"""Reading case files (hồ sơ): lists, one file with its documents, the files that a document stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.case_files import NOTICE, FileState
from registry.domain.errors import NotFound
from registry.domain.roles import Permission
from registry.models import CaseFile, CaseFileDocument, Document, Unit, User
from registry.services import audit, hidden_events
from registry.services.actors import Actor
from registry.services.documents import DocumentRow, rows_of, visible
from search_index.text import fold_line

PAGE, ENTRIES = 50, 100
_MOST_CHOICES = 15
Order = Literal["position", "time"]


@dataclass(frozen=True, slots=True)
class CaseFileFilter:
    """What a list is narrowed to; None and empty mean any."""

    year: int | None = None
    unit_id: int | None = None
    user_id: int | None = None
    mine: bool = False
    """Of the actor and of their unit."""
    state: FileState | None = None
    due: bool = False
    """Closed, and due at the archive within the days of the notice, or overdue there."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaseFileRow:
    """One case file as lists and its page show it."""

    id: int
    version: int
    year: int
    code: str
    heading: str
    title: str
    retention_years: int | None
    construction: bool
    restricted: bool
    language: str
    started_on: date
    ended_on: date | None
    unit_id: int | None
    unit: str
    user_id: int | None
    user: str
    description: str
    state: FileState
    hand_over_on: date | None
    kept_back_reason: str
    handed_over_on: date | None
    handed_over_note: str
    documents: int
    """All documents in it, also those that the person may not see."""
    own: bool
    """Whether it is the person's or their unit's."""

    def is_due(self, today: date) -> bool:
        """Tell whether it is to be handed over within the days of the notice, or should have been."""
        return self.state == FileState.CLOSED and self.hand_over_on is not None and self.hand_over_on <= today + NOTICE


@dataclass(frozen=True, slots=True)
class CaseFilePage:
    """A page of the list, the newest year first; ``after`` continues it, None at the end."""

    rows: list[CaseFileRow]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a case file: its place, and the pages that it takes up where all before it are counted."""

    document: DocumentRow
    ordinal: int
    first_page: int | None
    last_page: int | None
    note: str

    @property
    def sheets(self) -> str:
        """Print the pages: "3", "4-7"; nothing where they are not known."""
        if self.first_page is None:
            return ""
        return str(self.first_page) if self.first_page == self.last_page else f"{self.first_page}-{self.last_page}"


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some documents of a file; ``hidden`` counts those of the whole file that the person may not see."""

    rows: list[Entry]
    total: int
    hidden: int
    after: int | None


_ORDER = (-CaseFile.year, CaseFile.code_key, CaseFile.id)
"""By year, the newest first, then by code."""


def own(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the files of a person and of their unit."""
    if actor.id is None:
        return CaseFile.id < 0
    unit_id = session.scalar(select(User.unit_id).where(User.id == actor.id))
    mine = CaseFile.user_id == actor.id
    return mine if unit_id is None else or_(mine, CaseFile.unit_id == unit_id)


def may_see(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that leaves the files that ``actor`` may see."""
    if actor.may(Permission.READ_RESTRICTED):
        return literal(value=True)
    return or_(CaseFile.restricted.is_(False), own(session, actor))


def is_due(today: date) -> ColumnElement[bool]:
    """Return the condition for files that are to be handed over soon, or should have been."""
    return and_(CaseFile.state == FileState.CLOSED, CaseFile.hand_over_on <= today + NOTICE)


def _query(session: Session, actor: Actor) -> Select[*tuple[Any, ...]]:
    inside = (select(func.count()).select_from(CaseFileDocument).where(CaseFileDocument.case_file_id == CaseFile.id)
              .correlate(CaseFile).scalar_subquery())
    query: Select[*tuple[Any, ...]] = (
        select(CaseFile, Unit.name.label("unit"), User.full_name.label("user"), inside.label("documents"),
               own(session, actor).label("own"))
        .outerjoin(Unit, Unit.id == CaseFile.unit_id).outerjoin(User, User.id == CaseFile.user_id))
    return query


def _row(found: Any) -> CaseFileRow:
    one: CaseFile = found.CaseFile
    return CaseFileRow(
        id=one.id, version=one.version, year=one.year, code=one.code, heading=one.heading, title=one.title,
        retention_years=one.retention_years, construction=one.construction, restricted=one.restricted,
        language=one.language, started_on=one.started_on, ended_on=one.ended_on, unit_id=one.unit_id,
        unit=found.unit or "", user_id=one.user_id, user=found.user or "", description=one.description,
        state=FileState(one.state), hand_over_on=one.hand_over_on, kept_back_reason=one.kept_back_reason,
        handed_over_on=one.handed_over_on, handed_over_note=one.handed_over_note, documents=found.documents,
        own=bool(found.own))


def _clauses(session: Session, wanted: CaseFileFilter, actor: Actor, today: date) -> list[ColumnElement[bool]]:
    clauses = [may_see(session, actor)]
    if wanted.year is not None:
        clauses.append(CaseFile.year == wanted.year)
    if wanted.unit_id is not None:
        clauses.append(CaseFile.unit_id == wanted.unit_id)
    if wanted.user_id is not None:
        clauses.append(CaseFile.user_id == wanted.user_id)
    if wanted.mine:
        clauses.append(own(session, actor))
    if wanted.state is not None:
        clauses.append(CaseFile.state == wanted.state)
    if wanted.due:
        clauses.append(is_due(today))
    clauses += [or_(CaseFile.title_key.contains(word, autoescape=True), CaseFile.code_key.contains(word, autoescape=True))
                for word in fold_line(wanted.text[:200]).split()]
    return clauses


def find_case_files(db: Sessions, wanted: CaseFileFilter, *, actor: Actor, today: date, after: str | None = None,
                    limit: int = PAGE) -> CaseFilePage:
    """Return a page of the list: by year, the newest first, then by code."""
    with reading(db) as session:
        clauses = _clauses(session, wanted, actor, today)
        query, place = _query(session, actor).where(*clauses), _read_place(after)
        if place is not None:
            query = query.where(tuple_(*_ORDER) > place)
        found = [_row(row) for row in session.execute(query.order_by(*_ORDER).limit(limit + 1))]
        total = session.scalar(select(func.count()).select_from(CaseFile).where(*clauses)) or 0
    rows = found[:limit]
    return CaseFilePage(rows, total, _place(rows[-1]) if len(found) > limit else None)


def _place(row: CaseFileRow) -> str:
    return f"{row.year}_{row.id}_{code_key(row.code)}"


def _read_place(text: str | None) -> tuple[int, str, int] | None:
    year, _, rest = (text or "")[:120].partition("_")
    key, _, code = rest.partition("_")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in (year, key)) or "\x00" in code:
        return None
    return -int(year), code, int(key)


def code_key(code: str) -> str:
    """Return what two spellings of one code share."""
    return fold_line(code).replace(" ", "")


def get_case_file(db: Sessions, case_file_id: int, *, actor: Actor) -> CaseFileRow:
    """Return one case file.

    Raises:
        NotFound: there is none that ``actor`` may see.
    """
    with reading(db) as session:
        return row_in(session, case_file_id, actor)


def find_chosen(db: Sessions, ids: Sequence[int], *, actor: Actor) -> list[CaseFileRow]:
    """Return those of the case files that ``actor`` may see, in the order of the list."""
    with reading(db) as session:
        return [_row(row) for row in session.execute(
            _query(session, actor).where(CaseFile.id.in_(ids), may_see(session, actor)).order_by(*_ORDER))]


def row_in(session: Session, case_file_id: int, actor: Actor) -> CaseFileRow:
    """Return one case file in the caller's transaction; raises as ``get_case_file`` does."""
    found = session.execute(_query(session, actor).where(
        CaseFile.id == case_file_id, may_see(session, actor))).one_or_none()
    if found is None:
        raise NotFound("case_file", case_file_id)
    return _row(found)


def numbered(case_file_id: int, order: Order) -> Subquery:
    """Return the documents of a file with their ordinals and pages, counted over all of them."""
    place: Any = ((CaseFileDocument.position, CaseFileDocument.document_id) if order == "position"
                  else (Document.listed_on, Document.id))
    before: dict[str, Any] = {"order_by": place, "rows": (None, -1)}
    return (
        select(CaseFileDocument.document_id, CaseFileDocument.note, Document.pages,
               func.row_number().over(order_by=place).label("ordinal"),
               func.coalesce(func.sum(Document.pages).over(**before), 0).label("pages_before"),
               (func.count().over(**before) - func.count(Document.pages).over(**before)).label("uncounted"))
        .join(Document, Document.id == CaseFileDocument.document_id)
        .where(CaseFileDocument.case_file_id == case_file_id).subquery())


def find_entries(db: Sessions, case_file_id: int, *, actor: Actor, order: Order = "position", after: int | None = None,
                 limit: int = ENTRIES) -> EntryPage:
    """Return documents of a file behind the ordinal ``after``; only those that ``actor`` may see.

    Raises:
        NotFound: there is no such file that ``actor`` may see.
    """
    with reading(db) as session:
        if session.scalar(select(CaseFile.id).where(CaseFile.id == case_file_id, may_see(session, actor))) is None:
            raise NotFound("case_file", case_file_id)
        inside = numbered(case_file_id, order)
        query = select(inside).join(Document, Document.id == inside.c.document_id).where(visible(actor))
        if after is not None:
            query = query.where(inside.c.ordinal > after)
        found = session.execute(query.order_by(inside.c.ordinal).limit(limit + 1)).all()
        rows = {row.id: row for row in rows_of(session, [one.document_id for one in found[:limit]], actor)}
        counted = select(func.count()).select_from(CaseFileDocument).where(
            CaseFileDocument.case_file_id == case_file_id)
        total = session.scalar(counted) or 0
        seen = session.scalar(counted.join(Document, Document.id == CaseFileDocument.document_id)
                              .where(visible(actor))) or 0
    entries = [_entry(one, rows[one.document_id]) for one in found[:limit]]
    return EntryPage(entries, seen, total - seen, entries[-1].ordinal if len(found) > limit else None)


def _entry(found: Any, row: DocumentRow) -> Entry:
    known = not found.uncounted and found.pages
    first = int(found.pages_before) + 1
    return Entry(row, found.ordinal, first if known else None, first + found.pages - 1 if known else None, found.note)


def of_document(db: Sessions, document_id: int, *, actor: Actor) -> list[CaseFileRow]:
    """Return the files that a document stands in, as far as ``actor`` may see them; at most fifty."""
    with reading(db) as session:
        return [_row(row) for row in session.execute(
            _query(session, actor).join(CaseFileDocument, CaseFileDocument.case_file_id == CaseFile.id)
            .where(CaseFileDocument.document_id == document_id, may_see(session, actor))
            .order_by(-CaseFile.year, CaseFile.code_key, CaseFile.id).limit(50))]


def suggest(db: Sessions, typed: str, *, actor: Actor) -> list[CaseFileRow]:
    """Return open files that the actor may add to, whose code or title has every word typed; the newest first."""
    with reading(db) as session:
        clauses = [CaseFile.state == FileState.OPEN, may_see(session, actor)]
        if not actor.may(Permission.MANAGE_CASE_FILES):
            clauses.append(own(session, actor))
        clauses += _clauses(session, CaseFileFilter(text=typed), actor, date.max)[1:]
        return [_row(row) for row in session.execute(
            _query(session, actor).where(*clauses).order_by(-CaseFile.year, CaseFile.code_key, CaseFile.id)
            .limit(_MOST_CHOICES))]


def years(db: Sessions) -> list[int]:
    """Return the years that have files, the newest first."""
    with reading(db) as session:
        return list(session.scalars(select(CaseFile.year).distinct().order_by(CaseFile.year.desc())))


def get_history(db: Sessions, case_file_id: int, *, actor: Actor) -> Sequence[audit.EventRow]:
    """Return what happened to a file, newest first.

    Raises:
        NotFound: there is none that ``actor`` may see.
    """
    with reading(db) as session:
        row_in(session, case_file_id, actor)
        return hidden_events.without_hidden(session, audit.history_of(session, "case_file", case_file_id), actor)
