"""Finding documents by words, by number, or by both; permissions are applied in the index and again in the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.domain.errors import MissingValue, NotFound, NotPossible
from registry.domain.roles import Permission
from registry.domain.values import Direction
from registry.models import Document, SavedSearch
from registry.services import file_texts, indexing, lookup
from registry.services.actors import Actor
from registry.services.documents import DocumentRow, rows_of
from search_index.errors import IndexProblem
from search_index.highlight import Fragment, highlight, mark
from search_index.index import MOST_RESULTS, PAGE, SearchIndex, Sort
from search_index.legacy import to_unicode
from search_index.limits import Filters
from search_index.query import Query, parse
from search_index.schema import FACETS
from search_index.text import one_line

_LONGEST_QUERY = 2000
_MOST_SAVED = 100


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A whole search (tìm kiếm), as it stands in the address of the page."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    signers: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = "relevance"
    descending: bool = True
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words limits the search."""
        return replace(self, text="", sort="relevance", descending=True, page=1) != SearchRequest()


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One result: the row, its subject with the words marked, and fragments of its text."""

    row: DocumentRow
    subject: Fragment
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results, with what the person should know about them."""

    request: SearchRequest
    results: list[FoundDocument]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    by_number: bool = False
    """The first results stand there because their number is what was typed."""
    partial: bool = False
    """No document has all the words; these have most of them."""
    filled_up: bool = False
    approximate: bool = False
    suggestion: str = ""
    notes: tuple[str, ...] = ()
    without_index: bool = False
    """The index is being rebuilt: numbers and subjects are searched in the database meanwhile."""


def find(db: Sessions, index: SearchIndex | None, request: SearchRequest, *, actor: Actor,
         facets: Sequence[str] = FACETS, size: int = PAGE, fragments: bool = True,
         typing: bool = False) -> SearchPage:
    """Return one page of what ``request`` finds for ``actor``.

    What looks like a number goes for the number first. ``index`` None, or one that turns out to be
    damaged, leaves the search to the database: numbers and subjects. ``typing``: the last word may be
    the beginning of one.
    """
    request = replace(request, text=one_line(to_unicode(request.text[:_LONGEST_QUERY])))
    query = parse(request.text)
    numbers = _numbers(db, request, query, actor=actor)
    if index is None:
        return _without_index(db, request, query, numbers, actor=actor)
    try:
        result = index.search(
            query, _filters(request, query, actor), sort=request.sort, descending=request.descending,
            page=request.page, size=size, facets=facets, texts=indexing.texts(db), typing=typing)
    except IndexProblem:
        return _without_index(db, request, query, numbers, actor=actor)
    ids = list(result.ids)
    shown = parse(result.suggestion) if result.suggestion and not numbers else query  # what was meant is marked
    if numbers and request.page == 1:
        ids = [*numbers, *(one for one in ids if one not in set(numbers))][:size]
    return SearchPage(
        request, _results(db, ids, shown, actor=actor, fragments=fragments), max(result.total, len(numbers)),
        result.facets, by_number=bool(numbers), partial=result.partial and not numbers,
        filled_up=result.filled_up, approximate=result.approximate,
        suggestion="" if numbers else result.suggestion, notes=result.notes)


def _numbers(db: Sessions, request: SearchRequest, query: Query, *, actor: Actor) -> list[int]:
    """Return the documents whose number was typed, unless something narrows or sorts the search."""
    if request.narrowed or request.sort != "relevance" or query.fields or query.phrases:
        return []
    return [row.id for row in lookup.find_by_number(db, request.text, actor=actor) or ()
            if row.direction != Direction.EXTERNAL]


def _filters(request: SearchRequest, query: Query, actor: Actor) -> Filters:
    access = {indexing.OPEN}
    if actor.may(Permission.READ_RESTRICTED):
        access.add(indexing.RESTRICTED)
    directions = request.directions
    if not directions and not any(one.name == "direction" for one in query.fields):
        # What is only cited is found when it is asked for.
        directions = (Direction.OUTGOING, Direction.INCOMING, Direction.INTERNAL)
    return Filters(
        kinds=request.kinds, issuers=request.issuers, years=request.years, since=request.since, until=request.until,
        signers=request.signers, directions=directions, fields=request.fields, statuses=request.statuses, access=frozenset(access))


def _results(db: Sessions, ids: Sequence[int], query: Query, *, actor: Actor,
             fragments: bool) -> list[FoundDocument]:
    with reading(db) as session:
        rows = rows_of(session, ids, actor)
        bodies = file_texts.searchable(session, [row.id for row in rows]) if fragments else {}
    return [FoundDocument(row, mark(row.subject, query),
                          highlight(bodies[row.id], query) if row.id in bodies else ()) for row in rows]


def _without_index(db: Sessions, request: SearchRequest, query: Query, numbers: list[int], *,
                   actor: Actor) -> SearchPage:
    ids = numbers or [row.id for row in lookup.find_by_subject(db, request.text, actor=actor, limit=PAGE)]
    return SearchPage(request, _results(db, ids, query, actor=actor, fragments=False), len(ids),
                      by_number=bool(numbers), without_index=True)


MOST_HITS = MOST_RESULTS
"""As far as pages and files go."""
_STEP = 500


def all_hits(db: Sessions, index: SearchIndex | None, request: SearchRequest, *, actor: Actor) -> Iterator[DocumentRow]:
    """Yield all hits in the order of the search, as far as pages go."""
    for number in range(1, MOST_HITS // _STEP + 1):
        page = find(db, index, replace(request, page=number), actor=actor, facets=(), size=_STEP, fragments=False)
        yield from (one.row for one in page.results)
        if page.without_index or number * _STEP >= page.total:
            return


def external_ids(db: Sessions, ids: Sequence[int]) -> dict[int, str]:
    """Return the ids that imported documents had in their file."""
    with reading(db) as session:
        rows = session.execute(select(Document.id, Document.external_id).where(
            Document.id.in_(ids), Document.external_id.is_not(None)))
        return {row.id: row.external_id for row in rows}


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search (tìm kiếm đã lưu)."""

    id: int
    name: str
    address: str


def saved(db: Sessions, user_id: int) -> list[Saved]:
    """Return the person's saved searches, by name."""
    with reading(db) as session:
        return [Saved(row.id, row.name, row.address) for row in session.scalars(
            select(SavedSearch).where(SavedSearch.user_id == user_id).order_by(SavedSearch.name))]


def save(db: Sessions, user_id: int, name: str, address: str, *, at: datetime) -> None:
    """Keep a search under a name; the same name again replaces it.

    Raises:
        MissingValue: there is no name.
        NotPossible: the address is no search, or the person has too many.
    """
    name = one_line(name)[:100]
    if not name:
        raise MissingValue("name")
    address = tidy_address(address)
    with db.begin() as session:
        mine = session.scalars(select(SavedSearch).where(SavedSearch.user_id == user_id)).all()
        known = next((one for one in mine if one.name == name), None)
        if known is not None:
            known.address = address
        elif len(mine) >= _MOST_SAVED:
            raise NotPossible("too_many_saved", "name", most=_MOST_SAVED)
        else:
            session.add(SavedSearch(user_id=user_id, name=name, address=address, created_at=at))


def tidy_address(address: str) -> str:
    """Return the query part of an address as pairs: it can only ever be one of our own page."""
    return urlencode(parse_qsl(address[:2000], max_num_fields=100))


def forget(db: Sessions, user_id: int, saved_id: int) -> None:
    """Remove a saved search of the person.

    Raises:
        NotFound: the person has none with this id.
    """
    with db.begin() as session:
        row = session.get(SavedSearch, saved_id)
        if row is None or row.user_id != user_id:
            raise NotFound("saved_search", saved_id)
        session.delete(row)
