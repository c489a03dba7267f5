"""A plan looked up in tantivy: the strictest way that finds something, its page, totals and facets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from tantivy import FieldType, Occur, Order, Query

from search_index import schema as s
from search_index.plan import Plan
from search_index.postings import Allowed, Outcome, freshness
from search_index.tantivy_parts import Clause, Parts, Way, any_of, every_of
from search_index.tantivy_reader import Reader
from search_index.tantivy_schema import ANSWER
from search_index.weights import ENOUGH, FEW_WORDS, PARTIAL_SHARE, QUESTION_SHARE

_FACET_VALUES = 1_000
# So many documents of like score are put in order by their day as well; pages of any size are cut out of them.
_TOGETHER = 100
_FEW = 1 / 16  # the share of all documents below which it is worth looking up each document found
Search = Callable[[Way], Any]


class Found:
    """A plan with the limits beside it, looked up when a page is asked for."""

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
        order: dict[str, Any] = {}
        if sort == "date":
            order = {"order_by_field": "by_date" if descending else "by_date_up"}
        elif sort == "number":
            order = {"order_by_field": "by_number"}
        if order:
            order["order"] = Order.Desc if descending else Order.Asc

        if self._plan.question:
            order = order or {"weight_by_field": ANSWER}
        by_score = "order" not in order
        first, last = offset, offset + max(limit, 1)
        if by_score:
            first, last = first // _TOGETHER * _TOGETHER, -(-last // _TOGETHER) * _TOGETHER

        def search(way: Way) -> Any:
            asked = way if by_score else way.unscored
            return self._reader.searcher.search(self._limited(asked), last - first, count=True, offset=first, **order)

        way, result, partial, filled_up = self._best(search)
        found = self._in_order(result.hits, by_score)[offset - first :][:limit]
        return Outcome(
            ids=tuple(ident for ident, _ in found), scores=tuple(score for _, score in found), total=int(result.count),
            partial=partial, filled_up=filled_up, facets=self._facets(way, facets),
        )

    def _in_order(self, hits: Sequence[tuple[Any, Any]], by_score: bool) -> list[tuple[int, float]]:
        """Return ids and scores of what was found; the newer of those that stand together gain a little."""
        if not hits:
            return []
        reader, places = self._reader, [place for _, place in hits]
        ids = reader.searcher.fast_field_values("id", places)
        if not by_score:
            return [(int(ident), 0.0) for ident in ids]
        scores = np.array([score for score, _ in hits], dtype=np.float64)
        if not self._plan.question:  # for a question the column has told of it
            days = np.array(reader.searcher.fast_field_values("day", places), dtype=np.int64)
            scores *= 1.0 + FEW_WORDS.recency * freshness(days, reader.newest)
            order = np.lexsort((ids, -days, -scores, np.arange(len(ids)) // _TOGETHER))
            ids, scores = np.array(ids)[order], scores[order]
        return [(int(ident), float(score)) for ident, score in zip(ids, scores, strict=True)]

    def _best(self, search: Search) -> tuple[Way, Any, bool, bool]:
        """Return the strictest way that finds something, what it finds, and whether that is partial or filled up."""
        plan, parts = self._plan, self._parts
        if plan.number:
            way = parts.numbers(plan.number)
            result = search(way)
            if result.count:
                return way, result, False, False
        if not plan.slots:
            way = Way((Query.empty_query() if plan.number else parts.everything(),))
            return way, search(way), False, False
        exact = parts.every()
        if plan.loose:
            least = max(1, math.ceil(QUESTION_SHARE * len(plan.slots)))
            return *self._some(search, least), not self._count(exact), False
        result = search(exact)
        if result.count < ENOUGH and not plan.plain and not plan.phrases:
            way = parts.filled_up(exact)
            more = search(way)
            if more.count > result.count:
                return way, more, False, True
        if result.count or plan.phrases:
            return exact, result, False, False
        return *self._some(search, max(1, math.ceil(PARTIAL_SHARE * len(plan.slots)))), True, False

    def _some(self, search: Search, least: int) -> tuple[Way, Any]:
        """Return what has ``least`` of the slots, or else as many as any document has."""
        while True:
            way = self._parts.some(least)
            result = search(way)
            if result.count or least == 1:
                return way, result
            least -= 1

    def _count(self, way: Way) -> int:
        return self._reader.total(self._limited(way.unscored))

    def _facets(self, way: Way, names: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
        if not names:
            return {}
        asked = {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in names}
        counted = self._reader.searcher.aggregate(self._limited(way.unscored), asked)
        result = {}
        for name in names:
            pairs = [(_text(one["key"]), int(one["doc_count"])) for one in counted[name]["buckets"]]
            if name == "year":
                pairs = sorted((pair for pair in pairs if pair[0] != "0"), key=lambda pair: -int(pair[0]))
            else:
                pairs.sort(key=lambda pair: (-pair[1], pair[0]))
            result[name] = tuple(pairs)
        return result

    def _limited(self, way: Way) -> Query:
        if self._few and way.present:
            return way.among_few(self._limits)
        return Query.boolean_query([*way.clauses, *self._limits])


def _text(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _share(reader: Reader, allowed: Allowed) -> float:
    """Return about which share of all documents is inside the limits."""
    size = max(reader.size, 1)
    share = 1.0
    for name, wanted in allowed.values:
        share *= min(1.0, sum(reader.frequency(name, value) for value in wanted) / size)
    if allowed.years and all(first == last for first, last in allowed.years):
        share *= min(1.0, sum(reader.frequency("year", first) for first, _ in allowed.years) / size)
    return share


def _limits(reader: Reader, allowed: Allowed) -> list[Clause]:
    def values(name: str, wanted: Iterable[str]) -> Query:
        return Query.const_score_query(any_of([reader.term(name, value) for value in wanted] or [Query.empty_query()]), 0.0)

    def between(name: str, first: int, last: int) -> Query:
        if last < first:
            return Query.empty_query()
        if first == last:  # a range is looked for in a column, document by document
            return Query.const_score_query(reader.term(name, first), 0.0)
        return Query.const_score_query(
            Query.range_query(reader.schema, name, FieldType.Unsigned, first, last), 0.0
        )

    limits = [(Occur.Must, values(name, wanted)) for name, wanted in allowed.values]
    limits += [(Occur.MustNot, values(name, wanted)) for name, wanted in allowed.not_values]
    if allowed.years:
        limits.append((Occur.Must, any_of([between("year", *span) for span in allowed.years])))
    if allowed.days:
        limits.append((Occur.Must, between("day", *allowed.days)))
    for key in allowed.numbers:
        limits.append((Occur.Must, values(s.NUMBER, (key, f"~{key}"))))
    if allowed.access is not None:
        limits.append((Occur.Must, values(s.ACCESS, sorted(allowed.access))))
    return limits
