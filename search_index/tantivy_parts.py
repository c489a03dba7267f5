"""The tantivy queries that a plan is made of.

Every word of a document stands in one field (``BODY``, see :mod:`search_index.tantivy_schema`): whether a document
is found is one intersection, and title, meta and neighbours only add to the score of what is found. The ranking is
the one of :mod:`search_index.evaluate` as far as sums of weights can say it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise

from tantivy import FieldType, Occur, Query

from search_index import analysis
from search_index import schema as s
from search_index.plan import Alternative, Plan, Slot
from search_index.tantivy_reader import Reader
from search_index.tantivy_schema import HEAD, HEAD_FOLDED, POSITION_ID
from search_index.weights import (
    AS_TYPED,
    BEGUN_NUMBER,
    DATED,
    DAY_KNOWN,
    FEW_WORDS,
    FIRST_TIER,
    QUESTIONS,
    WHOLE_NUMBER,
    Weights,
)

_TITLE = {False: s.TITLE, True: s.TITLE_FOLDED}
_META = {False: s.META, True: s.META_FOLDED}
_HEAD = {False: HEAD, True: HEAD_FOLDED}
_ALL = {False: s.BODY, True: s.BODY_FOLDED}
_MANY = 10_000  # beyond, those that have everything in the subject come first
_VERY_MANY = 50_000  # beyond, the newest of those: so many subjects with the whole query tell little apart
_MANY_WAYS = 6  # beyond, the words that a beginning may stand for are looked up together and count alike
_BY_WORD = 0.4  # the part of the bonus for the whole query that each word in title or meta gets for itself
_CLOSE_BY_WORD = 15.0  # CLOSE, as far as the scores of words say it
Clause = tuple[Occur, Query]


@dataclass(frozen=True)
class Way:
    """One way to take a plan: what a document must have, and what raises it.

    ``present``, ``either`` and ``adding`` say the same for where few documents are in question: what must be there,
    without scores; what may be there in several ways; and what scores, each by itself.
    """

    needed: tuple[Query, ...]
    raising: tuple[Query, ...] = ()
    present: tuple[Query, ...] = ()
    either: tuple[tuple[Way, ...], ...] = ()
    adding: tuple[Query, ...] = ()

    @property
    def clauses(self) -> list[Clause]:
        """The clauses of the query."""
        return [*((Occur.Must, one) for one in self.needed), *((Occur.Should, one) for one in self.raising)]

    @property
    def unscored(self) -> Way:
        """The same documents, nothing raised: for counting, and for an order of its own."""
        return replace(self, raising=(), adding=(), either=tuple(tuple(way.unscored for way in ways) for ways in self.either))

    @property
    def looks_up(self) -> bool:
        """Whether :meth:`among_few` is there."""
        return bool(self.present or self.either)

    def among_few(self, limits: Sequence[Clause]) -> Query:
        """Return the query that looks up what scores for each document found.

        tantivy goes through all the lists of a boolean query's Should clauses, however few documents are found,
        except where there is just one. The same goes for what may be there in one way or another: each way is
        kept within what must be there.
        """
        inside = [*((Occur.Must, one) for one in self.present), *limits]
        ways = [any_of([way.among_few(inside) for way in ways], best=True) for ways in self.either]
        query = Query.boolean_query([*inside, *((Occur.Must, one) for one in ways)])
        for adding in self.adding:
            query = Query.boolean_query([(Occur.Must, query), (Occur.Should, adding)])
        return query


class Parts:
    """The queries that a plan is made of."""

    def __init__(self, reader: Reader, plan: Plan) -> None:
        self._reader = reader
        self._plan = plan
        self._slots = _joined(plan.slots)
        self._weights: Weights = QUESTIONS if plan.question else FEW_WORDS
        # What stands in more documents than this tells nothing about any: it is looked for, and not reckoned with.
        self._everyday = max(reader.live_count // (2 if plan.question else 3), 10)

    def everything(self) -> Query:
        """Return the query for every document."""
        position = self._reader.term("id", POSITION_ID)
        return unscored(Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, position)]))

    def every(self) -> Way:
        """Return the way to ask for all slots."""
        ways = [self.slot(slot) for slot in self._slots]
        whole = [*self._lifts(folded=False), *self._heads()]
        return Way(
            tuple(query for way in ways for query in way.needed),
            (*(query for way in ways for query in way.raising), *whole),
            tuple(query for way in ways for query in way.present),
            tuple(either for way in ways for either in way.either),
            (*(query for way in ways for query in way.adding), *whole),
        )

    def narrower(self, total: int) -> Iterator[Way]:
        """Yield ways to find some of the ``total`` documents that have all slots, by the score of the subject alone.

        The strictest first: who has everything asked for in the subject word by word, then who has it anywhere
        there. They stand first, and where they fill the page nothing else need be scored.
        """
        if total < _MANY or self._plan.question or self._plan.dated:
            return
        pairs = {pair for line in self._lines for pair in analysis.pairs(line, folded=self._plan.plain)}
        if pairs and all(self._reader.frequency(s.PAIR, pair) for pair in pairs):
            words = [self._in_title(Slot(slot.alternatives[:1])) for slot in self._slots]  # as typed: a line is nothing else
            in_line = (*(unscored(self._reader.term(s.PAIR, pair)) for pair in pairs), *filter(None, words))
            if total > _VERY_MANY:
                yield Way((self._of_late(), *in_line))
            yield Way(in_line)
        anywhere = tuple(filter(None, map(self._in_title, self._slots)))
        if len(anywhere) == len(self._slots):
            yield Way(anywhere)

    def _of_late(self) -> Query:
        """Return the query for the documents of the newest years, at least a sixteenth of all."""
        late: list[Query] = []
        year, found = date.fromordinal(max(self._reader.newest, 1)).year, 0
        while found * 16 < self._reader.live_count and len(late) < 100:
            late.append(self._reader.term("year", year - len(late)))
            found += self._reader.frequency("year", year - len(late) + 1)
        return unscored(any_of(late))

    @property
    def _lines(self) -> tuple[tuple[str, ...], ...]:
        """Runs of words that make up the query, as long as nothing in it is doubtful."""
        if self._plan.phrases:
            return self._plan.phrases if len(self._plan.phrases) == len(self._plan.slots) else ()
        return self._plan.line if len(self._plan.line) == 1 else ()

    def _in_title(self, slot: Slot) -> Query | None:
        """Return what fills a slot in the subject, None when no subject has it."""
        reader, ways = self._reader, []
        folds = {one.words for one in slot.alternatives if one.folded}
        alternatives = self._known(slot.alternatives)
        begun = [one for one in alternatives if one.begun]
        if len(begun) > _MANY_WAYS:
            ways.append(self._begun(begun).raising[0])
            alternatives = [one for one in alternatives if not one.begun]
        for one in alternatives:
            if not one.folded and tuple(map(analysis.folded, one.words)) in folds:
                continue  # found without its marks as well
            name = _TITLE[one.folded]
            parts = [reader.term(name, word) for word in one.words]
            if len(parts) > 1 and not one.apart:
                parts += [unscored(reader.term(s.PAIR, pair)) for pair in analysis.pairs(one.words, folded=one.folded)]
            if one.phrase:
                parts.append(self._phrase(one.words))
            if all(reader.frequency(name, word) for word in one.words):
                ways.append(every_of(parts))
        return any_of(ways, best=True) if ways else None

    def filled_up(self, exact: Way) -> Way:
        """Return the way to ask for all slots with or without tone marks, those of ``exact`` first."""
        loose = [self.slot(slot.without_marks()) for slot in self._slots]
        return Way(
            tuple(query for way in loose for query in way.needed),
            (Query.const_score_query(every_of(exact.needed), FIRST_TIER),
             *(query for way in loose for query in way.raising), *self._lifts(folded=True), *self._heads()),
        )

    def some(self, least: int) -> Way:
        """Return the way to ask for ``least`` of the slots."""
        ways = [self.slot(slot) for slot in self._plan.slots]
        slots = [Query.boolean_query(way.clauses) if way.raising or len(way.needed) > 1 else way.needed[0] for way in ways]
        shoulds = [(Occur.Should, slot) for slot in slots]
        query = Query.boolean_query(shoulds, minimum_number_should_match=least)
        return Way((query,), (*self._lifts(folded=True), *self._heads()))

    def slot(self, slot: Slot) -> Way:
        """Return what fills a slot. What has a word with its tone marks has it without: that is no other way, but raises."""
        loose = {one.words[0]: one.weight for one in slot.alternatives if one.folded and len(one.words) == 1}
        ways: list[Way] = []
        raising: list[Query] = []
        alternatives = self._known(slot.alternatives)
        begun = [one for one in alternatives if one.begun]
        for one in alternatives:
            if len(one.words) == 1 and not one.folded and not one.date and (fold := analysis.folded(one.words[0])) in loose:
                more = self._word(one.words[0], folded=False, weight=max(one.weight - loose[fold], 0.1))
                raising += more.adding
            elif not one.begun or len(begun) <= _MANY_WAYS:
                ways.append(self._alternative(one))
        if len(begun) > _MANY_WAYS:
            ways.append(self._begun(begun))
        if len(ways) == 1:
            return replace(ways[0], raising=(*ways[0].raising, *raising), adding=(*ways[0].adding, *raising))
        either = any_of([Query.boolean_query(way.clauses) for way in ways], best=True)
        return Way((either,), tuple(raising), either=(tuple(ways),), adding=tuple(raising))

    def _known(self, alternatives: Sequence[Alternative]) -> Sequence[Alternative]:
        """Return the alternatives whose words some document has; the first one when there is none."""
        if len(alternatives) == 1:
            return alternatives
        known = [one for one in alternatives if one.date or all(
            self._reader.frequency(_ALL[one.folded], word) for word in one.words)]
        return known or alternatives[:1]

    def _alternative(self, alternative: Alternative) -> Way:
        reader, words = self._reader, alternative.words
        if alternative.date:
            worth = 2 * reader.idf(reader.frequency(s.META, words[0]))
            dated = (Query.const_score_query(reader.term(s.META, words[0]), worth),)
            return Way(dated, present=(unscored(reader.term(s.META, words[0])),), adding=dated)
        parts = [self._word(word, alternative.folded, alternative.weight) for word in words]
        if len(parts) == 1:
            return parts[0]
        adding = tuple(query for part in parts for query in part.adding)
        if alternative.apart:
            return Way(
                tuple(query for part in parts for query in part.needed),
                tuple(query for part in parts for query in part.raising),
                tuple(query for part in parts for query in part.present), adding=adding)
        beside = self._phrase(words) if alternative.phrase else self._side_by_side(words, alternative.folded)
        return Way((beside,), adding, (beside,), adding=adding)

    def _word(self, word: str, folded: bool, weight: float = 1.0) -> Way:
        reader, weights = self._reader, self._weights
        # Who has most of the query in title and meta, not all, gets his share word by word; the rest is in _heads.
        share = weights.coverage * _BY_WORD if len(self._plan.slots) > 2 else 0.0
        worths = ((_HEAD, weights.meta + share), (_TITLE, weights.title - weights.meta))
        anywhere = reader.term(_ALL[folded], word)
        tells = reader.frequency(_ALL[folded], word) <= self._everyday
        present = unscored(anywhere)
        needed = Query.boost_query(anywhere, weights.body * weight) if tells else present
        raising = tuple(
            Query.boost_query(reader.term(names[folded], word), worth * weight)
            for names, worth in worths if 0 < reader.frequency(names[folded], word) <= self._everyday)
        return Way((needed,), raising, (present,), adding=(needed, *raising) if tells else raising)

    def _begun(self, alternatives: Sequence[Alternative]) -> Way:
        """Return the way to ask for any of many words; which one it is says little about a document."""
        reader, folded = self._reader, alternatives[0].folded
        words = [one.words[0] for one in alternatives]
        title, body = _TITLE[folded], _ALL[folded]
        worth = alternatives[0].weight * max(reader.idf(sum(reader.frequency(body, word) for word in words)), 0.1)
        begun = (Query.const_score_query(Query.term_set_query(reader.schema, body, words), worth * self._weights.body),)
        in_title = Query.const_score_query(Query.term_set_query(reader.schema, title, words), worth * self._weights.title)
        present = unscored(Query.term_set_query(reader.schema, body, words))
        return Way(begun, (in_title,), (present,), adding=(in_title,))

    def _side_by_side(self, words: Sequence[str], folded: bool) -> Query:
        heads = every_of([self._reader.term(s.PAIR, pair) for pair in analysis.pairs(words, folded=folded)])
        if folded:
            body = every_of([self._reader.term(s.BODY_FOLDED, word) for word in words])
        else:
            body = every_of([self._reader.term(s.BODY_PAIR, _bucket(left, right)) for left, right in pairwise(words)])
        return unscored(any_of([heads, body]))

    def _phrase(self, words: Sequence[str]) -> Query:
        return unscored(Query.phrase_query(self._reader.schema, s.BODY, list(words)))

    def _lifts(self, *, folded: bool) -> list[Query]:
        """Return what raises a document with words side by side; ``folded``: of which some may lack their tone marks."""
        reader, weights = self._reader, self._weights
        worths: dict[tuple[str, str], float] = defaultdict(float)
        # Shares of the query cannot be squared here: a straight line between stands for the curve.
        steep = 1.0 + weights.pair_coverage * 0.6
        for lift in self._plan.lifts:
            if lift.folded and not folded and not self._plan.plain:
                continue
            (pair,) = analysis.pairs((lift.left, lift.right), folded=lift.folded)
            if 0 < (count := reader.frequency(s.PAIR, pair)) <= self._everyday:
                worths[s.PAIR, pair] += weights.title_pair * steep * lift.weight * reader.idf(count)
            if lift.folded:
                continue
            bucket = _bucket(lift.left, lift.right)
            if 0 < (count := reader.frequency(s.BODY_PAIR, bucket)) <= self._everyday:
                worths[s.BODY_PAIR, bucket] += weights.body_pair * steep * lift.weight * reader.idf(count)
        for line in self._plan.line:
            if len(line) == 2:
                (pair,) = analysis.pairs(line, folded=self._plan.plain)
                if reader.frequency(s.PAIR, pair):
                    worths[s.PAIR, pair] += weights.title_phrase * self._importance
        return [Query.const_score_query(reader.term(*term), worth) for term, worth in worths.items()]

    def _heads(self) -> list[Query]:
        """Return the bonus for having the whole query in title and meta, in the title, in meta alone, or in one line."""
        plan, weights, reader = self._plan, self._weights, self._reader
        importance = self._importance
        bonus = []
        if whole := self._all_in(_HEAD):
            bonus.append((whole, weights.coverage * importance * (1.0 - _BY_WORD if len(plan.slots) > 2 else 1.0)))
        if weights.whole_title and not plan.dated and (in_title := self._all_in(_TITLE)):
            bonus.append((in_title, weights.whole_title * importance))
        for line in (line for line in plan.line if len(line) > 2):  # two words are a pair, raised as one
            pairs = analysis.pairs(line, folded=plan.plain)
            if all(reader.frequency(s.PAIR, pair) for pair in pairs):
                bonus.append((every_of([reader.term(s.PAIR, pair) for pair in pairs]), weights.title_phrase * importance))
        if whole := self._all_in(_META):
            bonus.append((whole, weights.meta_coverage * importance + (DATED - DAY_KNOWN if plan.dated else 0.0)))
            if plan.dated:
                known = Query.range_query(reader.schema, "day", FieldType.Unsigned, 1, date.max.toordinal())
                bonus.append((every_of([whole, unscored(known)]), DAY_KNOWN))
        raising = [Query.const_score_query(query, score) for query, score in bonus]
        if whole and plan.dated:  # the shorter a meta is, the more its words score: Quốc hội, not its Ủy ban Thường vụ
            close = [Query.boost_query(reader.term(_META[one.folded], word), _CLOSE_BY_WORD)
                     for slot in self._slots for one in slot.alternatives for word in one.words]
            raising.append(every_of([unscored(whole), any_of(close)]))
        return raising

    @cached_property
    def _importance(self) -> float:
        """How much the words of the query tell."""
        return sum(math.log(1 + (self._reader.live_count + 1) / (self._most(slot) + 1)) for slot in self._plan.slots)

    def _most(self, slot: Slot) -> int:
        """Return in how many documents the commonest way to fill a slot stands."""
        return max(self._reader.frequency(_ALL[one.folded], one.words[0]) for one in slot.alternatives)

    def _all_in(self, names: Mapping[bool, str]) -> Query | None:
        """Return the query for documents that fill every slot within one field, or None when there can be none."""
        parts = []
        for slot in self._slots:
            ways = [
                every_of([self._reader.term(names[one.folded], word) for word in one.words])
                for one in slot.alternatives
                if all(self._reader.frequency(names[one.folded], word) for word in one.words)
            ]
            if not ways:
                return None
            parts.append(any_of(ways))
        return every_of(parts)

    def share(self) -> float:
        """Return which share of all documents can have the phrases asked for."""
        shares = [1.0]
        for slot in self._plan.slots:
            for one in slot.alternatives[:1]:
                if one.phrase and len(slot.alternatives) == 1:
                    pairs = (self._reader.frequency(s.BODY_PAIR, _bucket(left, right))
                             + self._reader.frequency(s.PAIR, f"{left} {right}") for left, right in pairwise(one.words))
                    shares.append(min(pairs) / max(self._reader.live_count, 1))
        return min(shares)

    def numbers(self, key: str, zeros: str) -> Way:
        """Return the way to ask for a number: whole, begun, or cited; with the zeros typed before those without."""
        reader = self._reader
        ways = [
            Query.const_score_query(reader.term(s.NUMBER, f"={key}"), WHOLE_NUMBER - BEGUN_NUMBER),
            Query.const_score_query(reader.term(s.NUMBER, key), BEGUN_NUMBER),
        ]
        if zeros:
            ways.append(every_of([unscored(reader.term(s.NUMBER, key)), Query.const_score_query(reader.term(s.TITLE, zeros), AS_TYPED)]))
        if not reader.frequency(s.NUMBER, key):
            begun = [term for term, _ in reader.terms(s.NUMBER, key, 50)]
            if begun:
                terms = Query.term_set_query(reader.schema, s.NUMBER, begun)
                ways.append(Query.const_score_query(terms, BEGUN_NUMBER / 2))
        if "/" in key and len(key) > 6:
            ways.append(Query.boolean_query(self._word(key, folded=True).clauses))
        return Way((any_of(ways),))


def _joined(slots: Sequence[Slot]) -> list[Slot]:
    """Return the slots with the words of one long form ("ủy ban nhân dân", or else UBND) as one slot."""
    joined = []
    for others, group in groupby(slots, key=lambda slot: slot.alternatives[1:]):
        same = list(group)
        firsts = [slot.alternatives[0] for slot in same]
        if others and len(same) > 1 and all(len(first.words) == 1 and first.folded == firsts[0].folded for first in firsts):
            words = tuple(first.words[0] for first in firsts)
            same = [Slot((replace(firsts[0], words=words, apart=True), *others))]
        joined += same
    return joined


def unscored(query: Query) -> Query:
    """Return the query for the same documents, which adds nothing to their scores."""
    return Query.const_score_query(query, 0.0)


def every_of(queries: Sequence[Query]) -> Query:
    """Return the query for what all of ``queries`` match."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Sequence[Query], *, best: bool = False) -> Query:
    """Return the query for what one of ``queries`` matches; ``best``: by the best score of them, not by their sum."""
    if len(queries) == 1:
        return queries[0]
    return Query.disjunction_max_query(list(queries)) if best else Query.boolean_query([(Occur.Should, query) for query in queries])


def _bucket(left: str, right: str) -> str:
    return analysis.bucket_term(analysis.pair_bucket(left, right))
