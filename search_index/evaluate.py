"""Evaluation of a plan over whole posting lists as NumPy arrays. Knows nothing of files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from search_index import analysis, phrases, schema
from search_index.plan import Alternative, Lift, Plan, Slot
from search_index.postings import Allowed, Mask, Postings, Scores, allowed_mask, bm25, has_value, idf
from search_index.weights import (
    AS_TYPED,
    BEGUN_NUMBER,
    CLOSE,
    DATED,
    DAY_KNOWN,
    ENOUGH,
    FEW_WORDS,
    FIRST_TIER,
    HEADED,
    META_FOR_TITLE,
    META_SLOPE,
    PARTIAL_SHARE,
    QUESTION_SHARE,
    QUESTIONS,
    STATUTES,
    WHOLE_NUMBER,
)

#: Who fills a slot, with what score, who has it in the title, and who in meta.
Filled = tuple[Mask, Scores, Mask, Mask]
_EXACT = (schema.TITLE, schema.META, schema.BODY)
_FOLDED = (schema.TITLE_FOLDED, schema.META_FOLDED, schema.BODY_FOLDED)


@lru_cache(1024)
def _folded_words(value: str) -> tuple[str, ...]:
    return tuple(map(analysis.folded, analysis.words(value)))


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
            found = self._numbers(plan.number, plan.zeros)
            if found.any():
                return found
        if not plan.slots:
            return np.ones(size, dtype=bool) if not plan.number else np.zeros(size, dtype=bool)
        every, covered, importance = self._slots(plan.slots, plan, self._lift(plan.lifts, plan.plain))
        for line in plan.line:
            self.scores += self._all_pairs(schema.PAIR, analysis.pairs(line, folded=plan.plain)) * np.float32(self._weights.title_phrase * importance)
        self._favour_recent()
        if plan.question:
            self._even_out()
        if plan.loose:
            wide = covered >= QUESTION_SHARE * importance
            self.partial = not (every & self.allowed).any()
            return wide if (wide & self.allowed).any() else covered > 0
        enough = int(np.count_nonzero(every & self.allowed))
        if enough < ENOUGH and not plan.plain and not plan.phrases:
            every = self._fill_up(plan, every)
        if (every & self.allowed).any() or plan.phrases:
            return every
        self.partial = True
        wide = covered >= PARTIAL_SHARE * importance
        return wide if (wide & self.allowed).any() else covered > 0

    def _slots(self, slots: Sequence[Slot], plan: Plan, paired: Scores) -> tuple[Mask, Scores, float]:
        """Score the slots; return who has all, how much of the query's weight each has, and the weight.

        ``paired``: what :meth:`_lift` returned.
        """
        size = self.reader.size
        every, all_in_title, all_in_head = (np.ones(size, dtype=bool) for _ in range(3))
        covered, in_head, in_meta = (np.zeros(size, dtype=np.float32) for _ in range(3))
        meta_words = np.zeros(size, dtype=np.uint8)
        importance = 0.0
        for slot in slots:
            mask, score, title, meta = self._slot(slot)
            every &= mask
            all_in_title &= title
            if plan.dated:
                all_in_head &= meta if slot.is_date else title | meta
            weight = np.float32(np.log(1 + (size + 1) / (int(np.count_nonzero(mask)) + 1)))
            importance += float(weight)
            covered += mask * weight
            in_head += np.where(title, weight, meta * (weight * np.float32(META_FOR_TITLE)))
            in_meta += meta * weight
            meta_words += meta.view(np.uint8)
            self.scores += score
        if importance:
            whole = np.float32(importance)
            share = in_head / whole
            self.scores += np.float32(self._weights.coverage * importance) * share * share * share
            if not plan.dated:  # words strewn over a long subject are no more than words
                whole_titles = np.flatnonzero(all_in_title)
                together = np.minimum(paired[whole_titles] * np.float32(2), np.float32(1))
                self.scores[whole_titles] += np.float32(self._weights.whole_title * importance) * together
            places = np.flatnonzero(meta_words)
            share = in_meta[places] / whole
            lengths = np.maximum(self.reader.lengths(schema.META)[places], np.float32(1))
            # how near kind, issuer and dates come to being what was typed and no more
            closeness = np.minimum(np.sqrt((meta_words[places] + np.float32(2 if plan.dated else 3)) / lengths), np.float32(1))
            gain = np.float32(self._weights.meta_coverage * importance) * share * share * closeness
            # "kế hoạch UBND tỉnh 2025": who has all of it in kind, issuer and year is meant
            meant = share >= np.float32(0.999)
            kind = self._asked_kind(plan) if plan.dated or meant.any() else None
            if plan.dated:
                known = meant & (self.reader.numeric("day")[places] > 0)
                gain += meant * (np.float32(DATED - DAY_KNOWN - CLOSE) + np.float32(CLOSE) * closeness) + np.float32(DAY_KNOWN) * known
                begun = self._slot(slots[0])[3] if kind is None else kind
                gain += np.float32(HEADED) * closeness * (all_in_head & begun)[places]
            elif kind is not None:
                gain += np.float32(HEADED) * closeness * (meant & kind[places])
            self.scores[places] += gain
        return every, covered, importance

    def _asked_kind(self, plan: Plan) -> Mask | None:
        """Return who is of the kind that the query begins with, in full: "thông tư" is no "thông tư liên tịch"."""
        if not plan.line:
            return None
        codes, values = self.reader.codes("kind")
        kinds = [_folded_words(value) for value in values]
        line = tuple(map(analysis.folded, plan.line[0]))
        begun = max((kind for kind in kinds if kind and len(kind) < len(line) and line[: len(kind)] == kind), key=len, default=None)
        return np.array([*(kind == begun for kind in kinds), False])[codes] if begun else None

    def _fill_up(self, plan: Plan, every: Mask) -> Mask:
        loose = np.ones(self.reader.size, dtype=bool)
        for slot in plan.slots:
            loose &= self._slot(slot.without_marks())[0]
        more = loose & ~every
        if not (more & self.allowed).any():
            return every
        exact_scores = self.scores
        self.scores = np.zeros(self.reader.size, dtype=np.float32)
        paired = self._lift(plan.lifts, plan.plain)
        self._slots([slot.without_marks() for slot in plan.slots], plan, paired)
        self._favour_recent()
        self.scores = np.where(every, exact_scores + np.float32(FIRST_TIER), self.scores)
        self.filled_up = True
        return every | loose

    def _slot(self, slot: Slot) -> Filled:
        """Return who fills the slot, with what score, and who does in title or meta."""
        first, *others = [self._alternative(alternative) for alternative in slot.alternatives]
        if not others:
            return first
        mask, title, meta = first[0].copy(), first[2].copy(), first[3].copy()
        for other in others:
            mask |= other[0]
            title |= other[2]
            meta |= other[3]
        # Words that mean the same are as rare as all of them together: an abbreviation that few
        # documents have, or a slip, is worth no more than the word in full.
        worth = idf(self.reader, int(np.count_nonzero(mask)))
        score = np.zeros(self.reader.size, dtype=np.float32)
        for alternative, found in zip(slot.alternatives, (first, *others), strict=True):
            own = idf(self.reader, int(np.count_nonzero(found[0]))) if len(alternative.words) == 1 else 0.0
            np.maximum(score, found[1] * np.float32(worth / own) if own > worth else found[1], out=score)
        return mask, score, title, meta

    def _alternative(self, alternative: Alternative) -> Filled:
        if alternative.date:
            return self._date(alternative.words[0])
        found = [self._word(word, alternative.folded) for word in alternative.words]
        mask, score, title, meta = found[0]
        if len(found) > 1:
            if alternative.apart:
                mask = heads = np.logical_and.reduce([part[0] for part in found])
            else:
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
        ids, values = bm25(reader, names[0], word, weights.title_slope, counted=False)
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
        return mask, mask * np.float32(2 * idf(self.reader, int(np.count_nonzero(mask)))), mask, mask

    def _side_by_side(self, words: Sequence[str], folded: bool) -> tuple[Mask, Mask]:
        """Return who has the words side by side (as far as the index knows), and who has it in title or meta."""
        heads = self._all_pairs(schema.PAIR, analysis.pairs(words, folded=folded))
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

    def _lift(self, lifts: Sequence[Lift], plain: bool) -> Scores:
        """Raise documents with words of the query side by side; return the share of the pairs in each one's head."""
        reader, weights = self.reader, self._weights
        had, paired = np.zeros(reader.size, dtype=np.float32), np.zeros(reader.size, dtype=np.float32)
        covering = bool(weights.pair_coverage)
        possible = pairable = 0.0
        for lift in lifts:
            (pair,) = analysis.pairs((lift.left, lift.right), folded=lift.folded)
            titles, _ = reader.postings(schema.PAIR, pair)
            worth = lift.weight * idf(reader, len(titles))
            pairable += worth
            if len(titles):
                paired[titles] += np.float32(worth)
                self.scores[titles] += np.float32(weights.title_pair * worth)
            if lift.folded:
                if covering and plain and len(titles):
                    had[titles] += np.float32(worth)
                    possible += worth
                continue
            bodies, _ = reader.postings(schema.BODY_PAIR, analysis.bucket_term(analysis.pair_bucket(lift.left, lift.right)))
            worth = lift.weight * idf(reader, len(bodies) + len(titles))
            if len(bodies):
                self.scores[bodies] += np.float32(weights.body_pair * worth)
            if not covering:
                continue
            possible += worth
            had[bodies] += np.float32(worth)
            if len(titles):
                only = titles[~np.isin(titles, bodies, assume_unique=True)] if len(bodies) else titles
                had[only] += np.float32(worth)
        if possible:
            share = had / np.float32(possible)
            self.scores += np.float32(weights.pair_coverage * possible) * share * share
        return np.divide(paired, np.float32(pairable), out=paired) if pairable else np.ones(reader.size, dtype=np.float32)

    def _even_out(self) -> None:
        weights = self._weights
        bodiless = self.reader.lengths(schema.BODY) == 0
        self.scores *= np.where(bodiless, np.float32(weights.bodiless), np.float32(1.0))
        statutes = has_value(self.reader, "kind", STATUTES)
        self.scores *= np.where(statutes, np.float32(weights.statutes), np.float32(1.0))

    def _favour_recent(self) -> None:
        self.scores *= np.float32(1.0) + np.float32(self._weights.recency) * self.reader.freshness()

    def _numbers(self, key: str, zeros: str) -> Mask:
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
        if zeros:  # 07/2009 as typed, then those that are written 7/2009
            self.scores[np.intersect1d(begun, self.reader.postings(schema.TITLE, zeros)[0], assume_unique=True)] += AS_TYPED
        self._favour_recent()
        if "/" in key and len(key) > 6:
            cited = self._word(key, True)
            mask |= cited[0]
            self.scores += cited[1]
        return mask
