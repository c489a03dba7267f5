"""A plan looked up in tantivy: the strictest way that finds something, its page, totals and facets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from tantivy import FieldType, Occur, Order, Query

from search_index import schema as s
from search_index.plan import Plan
from search_index.postings import Allowed, Outcome, freshness
from search_index.tantivy_parts import Clause, Parts, Way, any_of, every_of, unscored
from search_index.tantivy_reader import Reader
from search_index.tantivy_schema import ANSWER, LACKS
from search_index.weights import ENOUGH, FEW_WORDS, PARTIAL_SHARE, QUESTION_SHARE

# So many documents of like score are put in order by their day as well; pages of any size are cut out of them.
_TOGETHER = 100
_FEW = 1 / 16  # the share of all documents below which it is worth looking up each document found
_FEW_VALUES = 50  # of a field: what limits leave out is looked at
_SPARSE = 1 / 64  # the same where what was found is known, not estimated


@dataclass(frozen=True)
class Taken:
    """The way that a plan is taken, with how many documents it finds and their facets."""

    way: Way
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    sorted: tuple[int, ...] = ()  # the ids asked for, where the order is one of a column
    exact: bool = False  # all slots, with their tone marks
    partial: bool = False
    filled_up: bool = False


Look = Callable[[Way], Taken]


class Found:
    """A plan with the limits beside it, looked up when a page is asked for.

    First all documents are counted, which scores none of them; then the page is looked up in the cheapest
    way for so many.
    """

    approximate = False  # positions decide on phrases

    def __init__(self, reader: Reader, plan: Plan, allowed: Allowed) -> None:
        self._reader = reader
        self._plan = plan
        self._parts = Parts(reader, plan)
        self._limits = _limits(reader, allowed)
        self._few = _share(reader, allowed) * self._parts.share() < _FEW
        self._limits += [(Occur.MustNot, every_of(self._parts.slot(slot).needed)) for slot in plan.excluded]

    def reject(self, ids: Sequence[int]) -> None:
        self._limits += [(Occur.MustNot, self._reader.term("id", ident)) for ident in ids]

    def page(self, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]) -> Outcome:
        def counted(way: Way) -> Taken:
            return Taken(way, *self._count(way, facets))

        def in_order(way: Way) -> Taken:
            result = self._reader.searcher.search(
                self._limited(way.unscored), max(limit, 1), count=True, offset=offset,
                order_by_field="by_number" if sort == "number" else "by_date" if descending else "by_date_up",
                order=Order.Desc if descending else Order.Asc)
            ids = self._column("id", [place for _, place in result.hits])
            return Taken(way, result.count, self._count(way, facets)[1] if facets else {}, tuple(ids))

        taken = self._take(counted if sort == "relevance" else in_order)
        found = [(ident, 0.0) for ident in taken.sorted]
        if sort == "relevance" and offset < taken.total:
            first, last = offset // _TOGETHER * _TOGETHER, min(offset + max(limit, 1), taken.total)
            found = self._best(taken, first, -(-last // _TOGETHER) * _TOGETHER)[offset - first : last - first]
        return Outcome(
            ids=tuple(ident for ident, _ in found), scores=tuple(score for _, score in found), total=taken.total,
            partial=taken.partial, filled_up=taken.filled_up, facets=taken.facets)

    def _take(self, look: Look) -> Taken:
        """Return the strictest way that finds something, as ``look`` tells of it."""
        plan, parts = self._plan, self._parts
        if plan.number and (taken := look(parts.numbers(plan.number, plan.zeros))).total:
            return taken
        if not plan.slots:
            return look(Way((Query.empty_query() if plan.number else parts.everything(),)))
        exact = parts.every()
        if plan.loose:
            taken = self._some(max(1, math.ceil(QUESTION_SHARE * len(plan.slots))), look)
            return replace(taken, partial=not self._count(exact)[0])
        taken = replace(look(exact), exact=True)
        if taken.total < ENOUGH and not plan.plain and not plan.phrases:
            more = look(parts.filled_up(exact))
            if more.total > taken.total:
                return replace(more, filled_up=True)
        if taken.total or plan.phrases:
            return taken
        return replace(self._some(max(1, math.ceil(PARTIAL_SHARE * len(plan.slots))), look), partial=True)

    def _some(self, least: int, look: Look) -> Taken:
        """Return what has ``least`` of the slots, or else as many as any document has."""
        while True:
            taken = look(self._parts.some(least))
            if taken.total or least == 1:
                return taken
            least -= 1

    def _count(self, way: Way, facets: Sequence[str] = ()) -> tuple[int, dict[str, tuple[tuple[str, int], ...]]]:
        total, counted = self._reader.count(self._limited(way.unscored), facets)
        return total, {name: _facet(name, pairs) for name, pairs in counted.items()}

    def _best(self, taken: Taken, first: int, last: int) -> list[tuple[int, float]]:
        """Return ids and scores of the places ``first`` to ``last``, best first."""
        way, limits = taken.way, self._limits
        found: list[tuple[int, float]] = []
        before = 0  # so many have what was asked for so far
        for narrower in self._parts.narrower(taken.total) if taken.exact else ():
            query = _inside(limits, narrower, few=False)
            found += self._scored(query, first + len(found), last, before)
            if first + len(found) >= last:
                return found
            before += self._reader.count(query)[0]
            limits = [*limits, (Occur.MustNot, every_of(narrower.needed))]
        few = self._few or taken.total < _SPARSE * self._reader.live_count
        return found + self._scored(_inside(limits, way, few=few), first + len(found), last, before)

    def _scored(self, query: Query, first: int, last: int, before: int) -> list[tuple[int, float]]:
        """Return ids and scores of the places asked for, of which ``before`` are others'.

        The newer of those that stand together gain a little.
        """
        weighted = {"weight_by_field": ANSWER} if self._plan.question else {}
        hits = self._reader.searcher.search(query, last - first, count=False, offset=first - before, **weighted).hits
        places = [place for _, place in hits]
        ids, scores = np.array(self._column("id", places), dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float64)
        if not self._plan.question:  # for a question the column has told of it
            days = np.array(self._column("day", places), dtype=np.int64)
            scores *= 1.0 + FEW_WORDS.recency * freshness(days, self._reader.newest)
            order = np.lexsort((ids, -days, -scores, (first + np.arange(len(ids))) // _TOGETHER))
            ids, scores = ids[order], scores[order]
        return list(zip(ids.tolist(), scores.tolist(), strict=True))

    def _column(self, name: str, places: Sequence[Any]) -> list[int]:
        return self._reader.searcher.fast_field_values(name, places) if places else []

    def _limited(self, way: Way) -> Query:
        return _inside(self._limits, way, few=self._few)


def _inside(limits: Sequence[Clause], way: Way, *, few: bool) -> Query:
    if few and way.looks_up:
        return way.among_few(limits)
    return Query.boolean_query([*way.clauses, *limits])


def _facet(name: str, counted: Sequence[tuple[Any, int]]) -> tuple[tuple[str, int], ...]:
    """Return values and counts: years newest first, of the others the most frequent first."""
    pairs = [(_text(value), count) for value, count in counted]
    if name == "year":
        return tuple(sorted((pair for pair in pairs if pair[0] != "0"), key=lambda pair: -int(pair[0])))
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _text(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _share(reader: Reader, allowed: Allowed) -> float:
    """Return about which share of all documents is inside the limits."""
    size = max(reader.live_count, 1)
    share = 1.0
    for name, wanted in allowed.values:
        share *= min(1.0, sum(reader.frequency(name, value) for value in wanted) / size)
    if allowed.years and all(first == last for first, last in allowed.years):
        share *= min(1.0, sum(reader.frequency("year", first) for first, _ in allowed.years) / size)
    return share


def _limits(reader: Reader, allowed: Allowed) -> list[Clause]:
    def between(name: str, first: int, last: int) -> Query:
        if last < first:
            return Query.empty_query()
        if first == last:  # a range is looked for in a column, document by document
            return unscored(reader.term(name, first))
        return unscored(Query.range_query(reader.schema, name, FieldType.Unsigned, first, last))

    limits = [clause for name, wanted in allowed.values for clause in _within(reader, name, wanted)]
    limits += [(Occur.MustNot, _values(reader, name, wanted)) for name, wanted in allowed.not_values]
    if allowed.years:
        limits.append((Occur.Must, any_of([between("year", *span) for span in allowed.years])))
    if allowed.days:
        limits.append((Occur.Must, between("day", *allowed.days)))
    for key in allowed.numbers:
        limits.append((Occur.Must, _values(reader, s.NUMBER, (key, f"~{key}"))))
    if allowed.access is not None:
        limits += _within(reader, s.ACCESS, allowed.access)
    return limits


def _within(reader: Reader, name: str, wanted: frozenset[str]) -> list[Clause]:
    """Return what keeps documents to the values wanted: nothing where no document has another, or what is shorter to say."""
    known = reader.terms(name, "", _FEW_VALUES + 1)
    if len(known) <= _FEW_VALUES and not reader.frequency(LACKS, name):
        others = [value for value, _ in known if value not in wanted]
        if not others:
            return []
        if name != s.ACCESS and 2 * sum(count for value, count in known if value in wanted) > reader.live_count:  # one value a document
            return [(Occur.MustNot, _values(reader, name, others))]
    return [(Occur.Must, _values(reader, name, wanted))]


def _values(reader: Reader, name: str, wanted: Iterable[str]) -> Query:
    return unscored(any_of([reader.term(name, value) for value in wanted] or [Query.empty_query()]))
