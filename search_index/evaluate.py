"""Evaluation of a plan over whole posting lists as NumPy arrays.

Knows nothing of files: an engine supplies :class:`Postings`. Every array has one place per document
of the snapshot, so that sets are boolean masks and scores are one array of floats.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index import analysis, phrases, schema
from search_index.plan import Alternative, Lift, Plan, Slot

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Keys = NDArray[np.floating[Any]]

K1 = 1.2


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts; found by trial on labelled queries."""

    title: float = 2.0
    meta: float = 1.0
    body: float = 0.7
    body_slope: float = 0.6  # how strongly a long body is held against a document
    title_pair: float = 2.5
    body_pair: float = 0.6
    pair_coverage: float = 0.0  # the share of the query's pairs in the document
    title_phrase: float = 1.0  # the whole query, word by word, in the subject
    coverage: float = 2.0  # the share of the query in title and meta
    meta_coverage: float = 4.0  # the share of the query in meta alone
    recency: float = 0.04
    bodiless: float = 1.0  # evens out that a document without text can only score in its subject
    statutes: float = 1.0  # a question about the law is answered by a law first


FEW_WORDS = Weights()
QUESTIONS = Weights(
    title=0.8, meta=0.3, body=1.2, title_pair=0.8, body_pair=2.0, pair_coverage=1.0, coverage=1.5,
    meta_coverage=0.3, recency=0.02, bodiless=1.6, statutes=1.15,
)  # fmt: skip
TITLE_SLOPE, META_SLOPE = 0.3, 0.5
WHOLE_NUMBER, BEGUN_NUMBER = 10_000.0, 5_000.0
FIRST_TIER, DATED = 1_000.0, 300.0
ENOUGH = 20  # exact hits; with fewer, matches without tone marks fill up behind
PARTIAL_SHARE, QUESTION_SHARE = 0.5, 0.55
META_FOR_TITLE = 0.7  # a word of kind or issuer where one of the subject was hoped for

# Luật, bộ luật: what a question about the law is answered by before the texts that only guide it.
_STATUTES = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})

#: Who fills a slot, with what score, who has it in the title, and who in meta.
Filled = tuple[Mask, Scores, Mask, Mask]
_EXACT = (schema.TITLE, schema.META, schema.BODY)
_FOLDED = (schema.TITLE_FOLDED, schema.META_FOLDED, schema.BODY_FOLDED)


class Postings(ABC):
    """What evaluation reads of one generation of an index."""

    _fresh: Scores | None = None
    size: int
    live_count: int
    live: Mask

    @abstractmethod
    def postings(self, name: str, term: str) -> tuple[NDArray[np.int64], NDArray[np.int64] | None]:
        """Return the documents with the term in ascending order and the counts (None: all one)."""

    @abstractmethod
    def frequency(self, name: str, term: str) -> int:
        """Return in how many documents the term stands."""

    def together(self, *terms: tuple[str, str]) -> int:
        """Return how many documents have all of the (field, term) given."""
        found = self.postings(*terms[0])[0]
        for name, term in terms[1:]:
            if not len(found):
                break
            found = np.intersect1d(found, self.postings(name, term)[0], assume_unique=True)
        return len(found)

    @abstractmethod
    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return up to ``most`` terms that begin so, with their document counts."""

    @abstractmethod
    def numeric(self, name: str) -> NDArray[np.int64]:
        """Return a numeric column."""

    def freshness(self) -> Scores:
        """Return how recent each document is beside the newest: 1 today, less with the years, 0.3 unknown."""
        if self._fresh is None:
            days = self.numeric("day")
            years = (int(days.max(initial=0)) - days).astype(np.float32) / np.float32(365.0)
            self._fresh = np.where(days > 0, np.exp(-years / np.float32(8.0)), np.float32(0.3)).astype(np.float32)
        return self._fresh

    @abstractmethod
    def lengths(self, name: str) -> Scores:
        """Return the length of a field in each document."""

    @abstractmethod
    def average_length(self, name: str) -> float:
        """Return the mean length of a field."""

    @abstractmethod
    def order_lengths(self) -> NDArray[np.int64]:
        """Return how many codes :meth:`in_order` gives of each document."""

    @abstractmethod
    def in_order(self, places: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.int64]]]:
        """Yield the words in order (:func:`analysis.word_codes`) of the documents at ``places``, some at a time.

        Which documents, all their codes in one array, and where in it each of them begins. A line break
        stands at least before each document.
        """

    @abstractmethod
    def codes(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        """Return each document's place in the list of values of a coded field (-1: none), and the list."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The limits of a search, resolved: every part must hold. Values are those of the coded fields."""

    values: tuple[tuple[str, frozenset[str]], ...] = ()
    not_values: tuple[tuple[str, frozenset[str]], ...] = ()
    years: tuple[tuple[int, int], ...] = ()  # any of these ranges
    days: tuple[int, int] | None = None
    numbers: tuple[str, ...] = ()  # each must be the beginning or a part of the number
    access: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan finds: the documents on the page asked for, and counts of all."""

    ids: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    partial: bool = False
    filled_up: bool = False
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


class Evaluation:
    """One plan over one snapshot: ``matches`` and ``scores`` are there after construction."""

    def __init__(self, reader: Postings, plan: Plan, allowed: Allowed) -> None:
        self.reader = reader
        self.partial = False
        self.filled_up = False
        self.approximate = False
        self._words_left = phrases.MOST_WORDS
        self._words: dict[tuple[str, bool], Filled] = {}
        self.allowed = allowed_mask(reader, allowed)
        self.scores: Scores = np.zeros(reader.size, dtype=np.float32)
        self._weights = QUESTIONS if plan.question else FEW_WORDS
        self.matches: Mask = self._match(plan)
        for slot in plan.excluded:
            self.matches &= ~self._slot(slot)[0]
        self.matches &= self.allowed

    def _match(self, plan: Plan) -> Mask:
        size = self.reader.size
        if plan.number:
            found = self._numbers(plan.number)
            if found.any():
                return found
        if not plan.slots:
            return np.ones(size, dtype=bool) if not plan.number else np.zeros(size, dtype=bool)
        every, covered, importance = self._slots(plan.slots, plan.dated)
        self._lift(plan.lifts, plan.plain)
        for line in plan.line:
            self.scores += self._all_pairs(schema.PAIR, analysis.pairs(line)) * np.float32(self._weights.title_phrase * importance)
        self._favour_recent()
        if plan.question:
            self._even_out()
        if plan.loose:
            wide = covered >= QUESTION_SHARE * importance
            self.partial = not (every & self.allowed).any()
            return wide if (wide & self.allowed).any() else covered > 0
        enough = int((every & self.allowed).sum())
        if enough < ENOUGH and not plan.plain and not plan.phrases:
            every = self._fill_up(plan, every)
        if (every & self.allowed).any() or plan.phrases:
            return every
        self.partial = True
        wide = covered >= PARTIAL_SHARE * importance
        return wide if (wide & self.allowed).any() else covered > 0

    def _slots(self, slots: Sequence[Slot], dated: bool) -> tuple[Mask, Scores, float]:
        """Score the slots; return who has all, how much of the query's weight each has, and the weight."""
        size = self.reader.size
        every = np.ones(size, dtype=bool)
        covered, in_head, in_meta = (np.zeros(size, dtype=np.float32) for _ in range(3))
        importance = 0.0
        for slot in slots:
            mask, score, title, meta = self._slot(slot)
            every &= mask
            weight = np.float32(np.log(1 + (size + 1) / (int(mask.sum()) + 1)))
            importance += float(weight)
            covered += mask * weight
            in_head += np.where(title, weight, meta * (weight * np.float32(META_FOR_TITLE)))
            in_meta += meta * weight
            self.scores += score
        if importance:
            whole = np.float32(importance)
            share = in_head / whole
            self.scores += np.float32(self._weights.coverage * importance) * share * share * share
            share = in_meta / whole
            share *= share  # products: a power of floats takes ten times as long
            self.scores += np.float32(self._weights.meta_coverage * importance) * share * share
            if dated:  # "kế hoạch UBND tỉnh 2025": who has all of it in kind, issuer and year is meant
                self.scores += np.float32(DATED) * (in_meta >= whole * np.float32(0.999))
        return every, covered, importance

    def _fill_up(self, plan: Plan, every: Mask) -> Mask:
        loose = np.ones(self.reader.size, dtype=bool)
        for slot in plan.slots:
            loose &= self._slot(slot.without_marks())[0]
        more = loose & ~every
        if not (more & self.allowed).any():
            return every
        exact_scores = self.scores
        self.scores = np.zeros(self.reader.size, dtype=np.float32)
        self._slots([slot.without_marks() for slot in plan.slots], plan.dated)
        self._lift(plan.lifts, plan.plain)
        self._favour_recent()
        self.scores = np.where(every, exact_scores + np.float32(FIRST_TIER), self.scores)
        self.filled_up = True
        return every | loose

    def _slot(self, slot: Slot) -> Filled:
        """Return who fills the slot, with what score, and who does in title or meta."""
        first, *others = [self._alternative(alternative) for alternative in slot.alternatives]
        if not others:
            return first
        mask, score, title, meta = first[0].copy(), first[1].copy(), first[2].copy(), first[3].copy()
        for other in others:
            mask |= other[0]
            np.maximum(score, other[1], out=score)
            title |= other[2]
            meta |= other[3]
        return mask, score, title, meta

    def _alternative(self, alternative: Alternative) -> Filled:
        if alternative.date:
            return self._date(alternative.words[0])
        found = [self._word(word, alternative.folded) for word in alternative.words]
        mask, score, title, meta = found[0]
        if len(found) > 1:
            mask, heads = self._side_by_side(alternative.words, alternative.folded)
            if alternative.phrase:
                mask = self._in_order(mask, alternative.words)
            score = np.where(mask, sum(part[1] for part in found), np.float32(0))
            title = np.logical_and.reduce([heads, *(part[2] for part in found)])
            meta = np.logical_and.reduce([heads, *(part[3] for part in found)])
        if alternative.weight != 1.0:
            score = score * np.float32(alternative.weight)
        return mask, score, title, meta

    def _word(self, word: str, folded: bool) -> Filled:
        key = (word, folded)
        if key not in self._words:
            self._words[key] = self._look_up(word, _FOLDED if folded else _EXACT)
        return self._words[key]

    def _look_up(self, word: str, names: tuple[str, str, str]) -> Filled:
        reader, weights = self.reader, self._weights
        mask, title, meta = (np.zeros(reader.size, dtype=bool) for _ in range(3))
        score = np.zeros(reader.size, dtype=np.float32)
        ids, values = bm25(reader, names[0], word, TITLE_SLOPE, counted=False)
        title[ids] = mask[ids] = True
        score[ids] += np.float32(weights.title) * values
        ids, values = bm25(reader, names[1], word, META_SLOPE, counted=False)
        meta[ids] = mask[ids] = True
        score[ids] += np.float32(weights.meta) * values
        ids, values = bm25(reader, names[2], word, weights.body_slope)
        mask[ids] = True
        score[ids] += np.float32(weights.body) * values
        return mask, score, title, meta

    def _date(self, word: str) -> Filled:
        mask = np.zeros(self.reader.size, dtype=bool)
        mask[self.reader.postings(schema.META, word)[0]] = True
        return mask, mask * np.float32(2 * idf(self.reader, int(mask.sum()))), mask, mask

    def _side_by_side(self, words: Sequence[str], folded: bool) -> tuple[Mask, Mask]:
        """Return who has the words side by side (as far as the index knows), and who has it in title or meta."""
        heads = self._all_pairs(schema.PAIR, analysis.pairs(words))
        if folded:
            # Bodies have exact pairs only: without marks, having all the words must do.
            body = np.ones(self.reader.size, dtype=bool)
            for word in words:
                body &= self._word(word, folded)[0]
        else:
            buckets = [
                analysis.bucket_term(analysis.pair_bucket(left, right))
                for left, right in pairwise(words)
            ]
            body = self._all_pairs(schema.BODY_PAIR, buckets)
        return heads | body, heads

    def _in_order(self, mask: Mask, words: Sequence[str]) -> Mask:
        """Return who of ``mask`` really has the phrase; beyond a bound, pairs alone go on deciding."""
        places = np.flatnonzero(mask & self.allowed)
        self._words_left -= int(self.reader.order_lengths()[places].sum())
        if self._words_left < 0:
            self.approximate = True
            return mask
        found = np.zeros(self.reader.size, dtype=bool)
        found[phrases.with_phrase(self.reader, places, words)] = True
        return found

    def _all_pairs(self, name: str, terms: Sequence[str]) -> Mask:
        mask = np.zeros(self.reader.size, dtype=bool)
        lists = sorted((self.reader.postings(name, term)[0] for term in set(terms)), key=len)
        found = lists[0]
        for other in lists[1:]:
            if not len(found):
                break
            found = np.intersect1d(found, other, assume_unique=True)
        mask[found] = True
        return mask

    def _lift(self, lifts: Sequence[Lift], plain: bool) -> None:
        """Raise documents with words of the query side by side, the more of them the more."""
        reader, weights = self.reader, self._weights
        had = np.zeros(reader.size, dtype=np.float32)
        possible = 0.0
        for lift in lifts:
            titles, _ = reader.postings(schema.PAIR, f"{lift.left} {lift.right}")
            worth = lift.weight * idf(reader, len(titles))
            if len(titles):
                self.scores[titles] += np.float32(weights.title_pair * worth)
            if lift.folded:
                if plain and len(titles):
                    had[titles] += np.float32(worth)
                    possible += worth
                continue
            bodies, _ = reader.postings(schema.BODY_PAIR, analysis.bucket_term(analysis.pair_bucket(lift.left, lift.right)))
            worth = lift.weight * idf(reader, len(bodies) + len(titles))
            possible += worth
            if len(bodies):
                self.scores[bodies] += np.float32(weights.body_pair * worth)
            had[bodies] += np.float32(worth)
            if len(titles):
                only = titles[~np.isin(titles, bodies, assume_unique=True)] if len(bodies) else titles
                had[only] += np.float32(worth)
        if possible and weights.pair_coverage:
            share = had / np.float32(possible)
            self.scores += np.float32(weights.pair_coverage * possible) * share * share

    def _even_out(self) -> None:
        weights = self._weights
        bodiless = self.reader.lengths(schema.BODY) == 0
        self.scores *= np.where(bodiless, np.float32(weights.bodiless), np.float32(1.0))
        statutes = _has_value(self.reader, "kind", _STATUTES)
        self.scores *= np.where(statutes, np.float32(weights.statutes), np.float32(1.0))

    def _favour_recent(self) -> None:
        self.scores *= np.float32(1.0) + np.float32(self._weights.recency) * self.reader.freshness()

    def _numbers(self, key: str) -> Mask:
        mask = np.zeros(self.reader.size, dtype=bool)
        begun, _ = self.reader.postings(schema.NUMBER, key)
        whole, _ = self.reader.postings(schema.NUMBER, f"={key}")
        if not len(begun) and not len(whole):
            for term, _count in self.reader.terms(schema.NUMBER, key, 50):
                ids, _ = self.reader.postings(schema.NUMBER, term)
                mask[ids] = True
                self.scores[ids] = BEGUN_NUMBER / 2
        mask[begun] = True
        self.scores[begun] = BEGUN_NUMBER
        mask[whole] = True
        self.scores[whole] = WHOLE_NUMBER
        self._favour_recent()
        cited = self._word(key, True)
        if "/" in key and len(key) > 6:
            mask |= cited[0]
            self.scores += cited[1]
        return mask


def idf(reader: Postings, count: int) -> float:
    """Return how much a term that ``count`` documents have is worth, as Whoosh's BM25F reckons it."""
    return float(np.log(max(reader.size, 1) / (count + 1)) + 1) if count else 0.0


def bm25(
    reader: Postings, name: str, term: str, slope: float, *, counted: bool = True
) -> tuple[NDArray[np.int64], Scores]:
    """Return the documents with a term in one field and their BM25 scores, as Whoosh's BM25F gives them.

    Not ``counted``: a word said twice counts once, as is right for a subject.
    """
    ids, counts = reader.postings(name, term)
    if not counted:
        counts = None
    if not len(ids):
        return ids, np.zeros(0, dtype=np.float32)
    frequency = np.ones(1, dtype=np.float32) if counts is None else counts.astype(np.float32)
    norm = np.float32(1 - slope) + np.float32(slope / reader.average_length(name)) * reader.lengths(name)[ids]
    worth = np.float32(idf(reader, len(ids)) * (K1 + 1))
    values = worth * frequency / (frequency + np.float32(K1) * norm)
    return ids, values.astype(np.float32, copy=False)


def allowed_mask(reader: Postings, allowed: Allowed) -> Mask:
    """Return the living documents inside the limits."""
    mask = reader.live.copy()
    for name, values in allowed.values:
        mask &= _has_value(reader, name, values)
    for name, values in allowed.not_values:
        mask &= ~_has_value(reader, name, values)
    if allowed.years:
        years = reader.numeric("year")
        inside = np.zeros(reader.size, dtype=bool)
        for first, last in allowed.years:
            inside |= (years >= first) & (years <= last)
        mask &= inside
    if allowed.days:
        days = reader.numeric("day")
        mask &= (days >= allowed.days[0]) & (days <= allowed.days[1])
    for key in allowed.numbers:
        has = np.zeros(reader.size, dtype=bool)
        has[reader.postings(schema.NUMBER, key)[0]] = True
        has[reader.postings(schema.NUMBER, f"~{key}")[0]] = True
        mask &= has
    if allowed.access is not None:
        may = np.zeros(reader.size, dtype=bool)
        for token in allowed.access:
            may[reader.postings(schema.ACCESS, token)[0]] = True
        mask &= may
    return mask


def _has_value(reader: Postings, name: str, values: frozenset[str]) -> Mask:
    codes, known = reader.codes(name)
    table = np.array([value in values for value in known] + [False], dtype=bool)
    return table[codes]


def page(
    evaluation: Evaluation, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]
) -> Outcome:
    """Return one page of an evaluation in the order asked for, with totals and facets."""
    reader = evaluation.reader
    found = np.flatnonzero(evaluation.matches)
    order = _best(_sort_keys(evaluation, found, sort, descending), offset + limit)[offset:]
    ids = reader.numeric("id")[found[order]]
    return Outcome(
        ids=tuple(ids.tolist()),
        scores=tuple(evaluation.scores[found[order]].tolist()),
        total=len(found),
        partial=evaluation.partial,
        filled_up=evaluation.filled_up,
        facets={name: facet(reader, name, found) for name in facets},
    )


def _sort_keys(evaluation: Evaluation, found: NDArray[np.int64], sort: str, descending: bool) -> list[Keys]:
    """Return the keys of the found documents, most important first; the greatest comes first."""
    reader = evaluation.reader
    day = reader.numeric("day")[found].astype(np.float64)
    ident = reader.numeric("id")[found].astype(np.float64)
    sign = 1.0 if descending else -1.0
    if sort == "date":
        if not descending:
            day = np.where(day == 0, np.inf, day)  # the unknown day comes last either way
        return [sign * day, sign * ident]
    if sort == "number":
        return [sign * reader.numeric("year")[found], sign * reader.numeric("ordinal")[found], sign * ident]
    return [evaluation.scores[found].astype(np.float64), day, -ident]


def _best(keys: Sequence[Keys], most: int) -> NDArray[np.int64]:
    """Return the places of the ``most`` greatest, best first."""
    first = keys[0]
    places = np.arange(len(first))
    if most < len(first):
        bound = np.partition(first, len(first) - most)[len(first) - most]
        places = np.flatnonzero(first >= bound)
        if len(places) > 20_000:  # many equal: only then is the whole order worth its time
            places = places[np.argsort(-keys[1][places], kind="stable")] if most < 20_000 else places
    order = np.lexsort([-key[places] for key in reversed(keys)])
    return places[order][:most]


def facet(reader: Postings, name: str, found: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    """Return the values among the found documents with their counts, most frequent first."""
    if name == "year":
        years = reader.numeric("year")[found]
        counts = np.bincount(years[(years > 0) & (years < 10_000)])
        pairs = [(str(year), int(counts[year])) for year in np.flatnonzero(counts)]
        return tuple(sorted(pairs, key=lambda pair: -int(pair[0])))
    codes, values = reader.codes(name)
    counts = np.bincount(codes[found] + 1, minlength=len(values) + 1)[1:]
    pairs = [(values[code], int(counts[code])) for code in np.flatnonzero(counts)]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
