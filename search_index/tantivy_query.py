"""A plan as one tantivy query.

The ranking is the one of :mod:`search_index.evaluate` as far as sums of weights can say it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from tantivy import FieldType, Occur, Order, Query

from search_index import analysis
from search_index import schema as s
from search_index.plan import Alternative, Plan, Slot
from search_index.postings import Allowed, Outcome
from search_index.tantivy_reader import Reader
from search_index.tantivy_schema import HEADS, POSITION_ID
from search_index.weights import (
    BEGUN_NUMBER,
    DATED,
    DAY_KNOWN,
    ENOUGH,
    FEW_WORDS,
    FIRST_TIER,
    PARTIAL_SHARE,
    QUESTION_SHARE,
    QUESTIONS,
    WHOLE_NUMBER,
    Weights,
)

_FACET_VALUES = 1_000
_WORDS = {False: (s.TITLE, s.META, s.BODY), True: (s.TITLE_FOLDED, s.META_FOLDED, s.BODY_FOLDED)}


class Found:
    """A plan as one tantivy query, with the limits beside it."""

    approximate = False  # positions decide on phrases

    def __init__(self, reader: Reader, plan: Plan, allowed: Allowed) -> None:
        self._reader = reader
        self._weights: Weights = QUESTIONS if plan.question else FEW_WORDS
        self._limits = _limits(reader, allowed)
        self._limits += [(Occur.MustNot, self._slot(slot)) for slot in plan.excluded]
        self.partial = False
        self.filled_up = False
        self._query = self._whole(plan)

    def reject(self, ids: Sequence[int]) -> None:
        self._limits += [(Occur.MustNot, self._reader.term("id", ident)) for ident in ids]

    def page(self, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]) -> Outcome:
        searcher = self._reader.searcher
        query = self._limited(self._query)
        order: dict[str, Any] = {}
        if sort == "date":
            order = {"order_by_field": "by_date" if descending else "by_date_up"}
        elif sort == "number":
            order = {"order_by_field": "by_number"}
        if order:
            order["order"] = Order.Desc if descending else Order.Asc
        result = searcher.search(query, max(limit, 1), count=True, offset=offset, **order)
        places = [place for _, place in result.hits][:limit]
        ids = searcher.fast_field_values("id", places) if places else []
        scores = [0.0] * len(ids) if order else [score for score, _ in result.hits][:limit]
        return Outcome(
            ids=tuple(map(int, ids)), scores=tuple(scores), total=int(result.count), partial=self.partial,
            filled_up=self.filled_up, facets=self._facets(query, facets),
        )  # fmt: skip

    def _facets(self, query: Query, names: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
        if not names:
            return {}
        asked = {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in names}
        counted = self._reader.searcher.aggregate(query, asked)
        result = {}
        for name in names:
            pairs = [(_text(one["key"]), int(one["doc_count"])) for one in counted[name]["buckets"]]
            if name == "year":
                pairs = sorted((pair for pair in pairs if pair[0] != "0"), key=lambda pair: -int(pair[0]))
            else:
                pairs.sort(key=lambda pair: (-pair[1], pair[0]))
            result[name] = tuple(pairs)
        return result

    def _limited(self, query: Query) -> Query:
        return Query.boolean_query([(Occur.Must, query), *self._limits])

    def _whole(self, plan: Plan) -> Query:
        if plan.number:
            numbered = self._numbers(plan.number)
            if self._reader.total(self._limited(numbered)):
                return numbered
        if not plan.slots:
            return Query.empty_query() if plan.number else Query.const_score_query(Query.all_query(), 0.0)
        slots = [self._slot(slot) for slot in plan.slots]
        lifts = self._lifts(plan)
        if plan.loose:
            least = max(1, math.ceil(QUESTION_SHARE * len(slots)))
            self.partial = not self._reader.total(self._limited(_every(slots)))
            return self._some(slots, lifts, least)
        every = _every(slots)
        total = self._reader.total(self._limited(every))
        if total < ENOUGH and not plan.plain and not plan.phrases:
            loose = _every([self._slot(slot.without_marks()) for slot in plan.slots])
            more = self._reader.total(self._limited(loose))
            if more > total:
                self.filled_up = True
                tier = Query.const_score_query(every, FIRST_TIER)
                return Query.boolean_query([(Occur.Must, loose), (Occur.Should, tier), (Occur.Should, every), *lifts])
        if total or plan.phrases:
            return Query.boolean_query([(Occur.Must, every), *lifts])
        self.partial = True
        return self._some(slots, lifts, max(1, math.ceil(PARTIAL_SHARE * len(slots))))

    def _some(self, slots: Sequence[Query], lifts: list[tuple[Occur, Query]], least: int) -> Query:
        shoulds = [(Occur.Should, slot) for slot in slots]
        while least > 1:
            query = Query.boolean_query(shoulds, minimum_number_should_match=least)
            if self._reader.total(self._limited(query)):
                return Query.boolean_query([(Occur.Must, query), *lifts])
            least -= 1
        return Query.boolean_query([(Occur.Must, Query.boolean_query(shoulds)), *lifts])

    def _slot(self, slot: Slot) -> Query:
        ways = [self._alternative(alternative) for alternative in slot.alternatives]
        return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)

    def _alternative(self, alternative: Alternative) -> Query:
        if alternative.date:
            word = alternative.words[0]
            worth = 2 * self._reader.idf(self._reader.frequency(s.META, word))
            return Query.const_score_query(self._reader.term(s.META, word), worth)
        parts = [self._word(word, alternative.folded) for word in alternative.words]
        query = parts[0]
        if alternative.apart and len(parts) > 1:
            query = _every(parts)
        elif alternative.phrase and len(parts) > 1:
            beside = self._phrase(alternative.words)
            query = Query.boolean_query([(Occur.Must, beside), *((Occur.Should, part) for part in parts)])
        elif len(parts) > 1:
            beside = self._side_by_side(alternative.words, alternative.folded)
            query = Query.boolean_query([(Occur.Must, beside), *((Occur.Should, part) for part in parts)])
        return Query.boost_query(query, alternative.weight) if alternative.weight != 1.0 else query

    def _word(self, word: str, folded: bool) -> Query:
        weights = (self._weights.title, self._weights.meta, self._weights.body)
        names = zip(_WORDS[folded], weights, strict=True)
        return Query.boolean_query(
            [(Occur.Should, Query.boost_query(self._reader.term(name, word), weight)) for name, weight in names]
        )

    def _side_by_side(self, words: Sequence[str], folded: bool) -> Query:
        heads = _every([self._reader.term(s.PAIR, pair) for pair in analysis.pairs(words)])
        if folded:
            body = _every([self._word(word, folded) for word in words])
        else:
            buckets = [
                analysis.bucket_term(analysis.pair_bucket(left, right))
                for left, right in pairwise(words)
            ]
            body = _every([self._reader.term(s.BODY_PAIR, bucket) for bucket in buckets])
        return Query.const_score_query(Query.boolean_query([(Occur.Should, heads), (Occur.Should, body)]), 0.0)

    def _phrase(self, words: Sequence[str]) -> Query:
        ways = [Query.phrase_query(self._reader.schema, name, list(words)) for name in (HEADS, s.BODY)]
        return Query.const_score_query(_any(ways), 0.0)

    def _lifts(self, plan: Plan) -> list[tuple[Occur, Query]]:
        reader, weights = self._reader, self._weights
        lifts = []
        # Shares of the query cannot be squared here: a straight line between stands for the curve.
        steep = 1.0 + weights.pair_coverage * 0.6
        for lift in plan.lifts:
            pair = f"{lift.left} {lift.right}"
            if count := reader.frequency(s.PAIR, pair):
                worth = weights.title_pair * steep * lift.weight * reader.idf(count)
                lifts.append((Occur.Should, Query.const_score_query(reader.term(s.PAIR, pair), worth)))
            if not lift.folded:
                bucket = analysis.bucket_term(analysis.pair_bucket(lift.left, lift.right))
                if count := reader.frequency(s.BODY_PAIR, bucket):
                    worth = weights.body_pair * steep * lift.weight * reader.idf(count)
                    lifts.append((Occur.Should, Query.const_score_query(reader.term(s.BODY_PAIR, bucket), worth)))
        return lifts + self._heads(plan)

    def _heads(self, plan: Plan) -> list[tuple[Occur, Query]]:
        """Return the bonus for having the whole query, or all but a word of it, in title and meta."""
        weights = self._weights
        title, meta, importance = [], [], 0.0
        for slot in plan.slots:
            in_title, in_meta, most = [], [], 0
            for alternative in slot.alternatives:
                names = _WORDS[alternative.folded]
                most = max(most, *(self._reader.frequency(name, alternative.words[0]) for name in names))
                in_meta.append(_every([self._reader.term(names[1], word) for word in alternative.words]))
                if not alternative.date:
                    in_title.append(_every([self._reader.term(names[0], word) for word in alternative.words]))
            importance += math.log(1 + (self._reader.size + 1) / (most + 1))
            title.append(_any(in_title + in_meta))
            meta.append(_any(in_meta))
        whole = weights.coverage * importance
        bonus = [(_every(title), whole)]
        if len(title) > 2:
            most_of = Query.boolean_query([(Occur.Should, one) for one in title], minimum_number_should_match=len(title) - 1)
            bonus = [(_every(title), whole * 0.6), (most_of, whole * 0.4)]
        for line in plan.line:
            pairs = _every([self._reader.term(s.PAIR, pair) for pair in analysis.pairs(line)])
            bonus.append((pairs, weights.title_phrase * importance))
        bonus.append((_every(meta), weights.meta_coverage * importance + (DATED - DAY_KNOWN if plan.dated else 0.0)))
        if plan.dated:
            known = Query.range_query(self._reader.schema, "day", FieldType.Unsigned, 1, date.max.toordinal())
            bonus.append((_every([*meta, Query.const_score_query(known, 0.0)]), DAY_KNOWN))
        return [(Occur.Should, Query.const_score_query(query, score)) for query, score in bonus]

    def _numbers(self, key: str) -> Query:
        reader = self._reader
        ways = [
            Query.const_score_query(reader.term(s.NUMBER, f"={key}"), WHOLE_NUMBER - BEGUN_NUMBER),
            Query.const_score_query(reader.term(s.NUMBER, key), BEGUN_NUMBER),
        ]
        if not reader.frequency(s.NUMBER, key):
            begun = [term for term, _ in reader.terms(s.NUMBER, key, 50)]
            if begun:
                terms = Query.term_set_query(reader.schema, s.NUMBER, begun)
                ways.append(Query.const_score_query(terms, BEGUN_NUMBER / 2))
        if "/" in key and len(key) > 6:
            ways.append(self._word(key, True))
        return Query.boolean_query([(Occur.Should, way) for way in ways])


def _text(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _every(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _limits(reader: Reader, allowed: Allowed) -> list[tuple[Occur, Query]]:
    def values(name: str, wanted: Iterable[str]) -> Query:
        return Query.const_score_query(_any([reader.term(name, value) for value in wanted] or [Query.empty_query()]), 0.0)

    def between(name: str, first: int, last: int) -> Query:
        if last < first:
            return Query.empty_query()
        return Query.const_score_query(
            Query.range_query(reader.schema, name, FieldType.Unsigned, first, last), 0.0
        )

    limits = [(Occur.MustNot, reader.term("id", POSITION_ID))]
    limits += [(Occur.Must, values(name, wanted)) for name, wanted in allowed.values]
    limits += [(Occur.MustNot, values(name, wanted)) for name, wanted in allowed.not_values]
    if allowed.years:
        limits.append((Occur.Must, _any([between("year", *span) for span in allowed.years])))
    if allowed.days:
        limits.append((Occur.Must, between("day", *allowed.days)))
    for key in allowed.numbers:
        limits.append((Occur.Must, values(s.NUMBER, (key, f"~{key}"))))
    if allowed.access is not None:
        limits.append((Occur.Must, values(s.ACCESS, sorted(allowed.access))))
    return limits
