"""Typing errors (lỗi gõ): what was probably meant, from the index's own words, given names and pairs of the language.

A word is doubtful when the index does not know it, or when it knows it but never beside its
neighbours: "ngân xách" has two good words and is still wrong. What is meant is a word close to it
that does stand beside those neighbours. What official texts often have side by side counts beside what the
index has: a small register tells little of the language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, starmap
from operator import or_

from search_index import analysis, common_pairs, schema
from search_index import text as vn
from search_index.common_pairs import CommonPairs
from search_index.plan import Lexicon
from search_index.slips import deletes, how_far, slips, sound

MOST_WORDS = 60_000
MOST_LOOKUPS = 160
MOST_MEANT = 3
LONGEST_QUERY = 30
LONGEST_UNMARKED, MOST_MARKED = 12, 5
_BY_ITSELF = 0.1  # what a word's own frequency counts beside that of the pair
# How much more often a neighbour must stand beside the other word.
_CLEARLY, _TONE_ONLY = 20, 10
_TITLE_WEIGHS = 3  # a pair in a subject counts as so many in texts
_NAME_WEIGHS = 5  # and so does one of a given name
_LONG = 4
_UNLIKELY = 0.02  # a word so much rarer than itself with other marks is no company to judge another by
_MARKS_FIRST = 8  # marks forgotten are likelier than a wrong letter
_GARBLED = 50  # a word so much rarer than itself with other marks is what a scanner or a hasty hand made of it
_COMMON = 0.004  # of all documents: a pair so frequent is never doubted
_REPEATED = re.compile(r"(.)\1+")
_Beside = tuple[str | None, str | None]


class Vocabulary:
    """The words of subjects, issuers and names, with what they sound like; made once a generation or so."""

    def __init__(
        self, lexicon: Lexicon, size: int, names: Iterable[str] = (), common: CommonPairs = common_pairs.NONE
    ) -> None:
        self._lexicon = lexicon
        self._common = common
        self._size = size
        self._count: dict[str, int] = {}
        for name in (schema.TITLE, schema.META):
            for term, count in lexicon.terms(name, "", MOST_WORDS):
                if term.isalpha():
                    self._count[term] = self._count.get(term, 0) + count
        self._named: set[str] = set()
        for name in names:
            words = analysis.words(name)
            self._named.update(analysis.pairs(words))
            for word in words:
                if word.isalpha():
                    self._count.setdefault(word, 1)
        self._by_fold: dict[str, list[str]] = {}
        self._words = dict.fromkeys((*self._count, *sorted(common.words)))
        for word in self._words:
            for spelling in analysis.spellings(word):  # "quuy" is one slip from quy, two from the index's qui
                self._by_fold.setdefault(analysis.folded(spelling), []).append(word)
        self._by_delete: dict[str, list[str]] = {}
        self._by_sound: dict[str, list[str]] = {}
        for fold in self._by_fold:
            self._by_sound.setdefault(sound(fold), []).append(fold)
            for key in deletes(fold):
                self._by_delete.setdefault(key, []).append(fold)

    def follow(self, lexicon: Lexicon) -> None:
        """Look up counts in a newer generation from now on; the words stay."""
        self._lexicon = lexicon

    def corrections(self, words: Sequence[str], plain: bool, *, unknown_only: bool = False) -> dict[int, list[str]]:
        """Return for the place of each doubtful word what was probably meant, best first.

        ``unknown_only``: a word that the index knows is not doubted, in whatever company. Bounded: at most
        :data:`MOST_LOOKUPS` pairs are looked up.
        """
        if not words or len(words) > LONGEST_QUERY:
            return {}
        look = _Lookups(self._lexicon, self._named, self._common, plain)
        mismarked = set() if plain else {place for place in range(len(words)) if self._is_mismarked(place, words, look)}
        if not mismarked and (self._surely_right(words, look, plain) or (len(words) > 2 and look.one_subject(words))):
            return {}
        found: dict[int, list[str]] = {}
        doubted = [place for place, word in enumerate(words) if word.isalpha() and not (
            unknown_only and self._known(word, plain))]
        # The least likely first, so that what stands beside it is judged by what it was meant to be.
        if not plain:
            doubted.sort(key=lambda place: self._likely(words[place]))
        put_off: set[int] = set()
        while doubted:
            place = doubted.pop(0)
            meant = self._meant_at(place, words, found, look, plain, mismarked=place in mismarked)
            if not meant:
                continue
            if place not in put_off and self._known(words[place], plain):
                # Of two neighbours that do not go together, the one is wrong whose correction subjects know better.
                rivals = [at for at in (place - 1, place + 1) if at in doubted]
                worth = self._worth(place, meant, words, look)
                if any(self._worth(at, other, words, look) > worth for at in rivals if (
                        other := self._meant_at(at, words, found, look, plain, mismarked=at in mismarked))):
                    put_off.add(place)
                    doubted.append(place)
                    continue
            found[place] = meant
        return found

    def _worth(self, place: int, meant: Sequence[str], words: Sequence[str], look: _Lookups) -> float:
        """Return how often subjects have what was meant beside the words as typed, the less the farther it is from them."""
        left = words[place - 1] if place else None
        right = words[place + 1] if place + 1 < len(words) else None
        is_tone = analysis.folded(meant[0]) == analysis.folded(words[place])
        return look.in_titles(meant[0], left, right) / how_far(words[place], meant[0], is_tone=is_tone)

    def marked(self, words: Sequence[str]) -> list[str]:
        """Return words typed without marks as they are most probably written, by which stand together in subjects."""
        if len(words) > LONGEST_UNMARKED:
            return []
        ways: list[tuple[float, list[str]]] = [(0.0, [])]
        for word in words:
            alike = sorted(self._by_fold.get(word, [word]), key=lambda other: -self._count.get(other, 0))[:MOST_MARKED]
            ways = [max((score + self._follows(way, other), [*way, other]) for score, way in ways) for other in alike]
        return max(ways)[1]

    def _follows(self, way: Sequence[str], word: str) -> float:
        beside = self._lexicon.frequency(schema.PAIR, f"{way[-1]} {word}") if way else 0
        return math.log1p(beside) + _BY_ITSELF * math.log1p(self._count.get(word, 0))

    def _is_mismarked(self, place: int, words: Sequence[str], look: _Lookups) -> bool:
        """Whether a word stands beside its neighbours in subjects far less often than the same with other marks."""
        word = words[place]
        if not word.isalpha():
            return False
        left = words[place - 1] if place else None
        right = words[place + 1] if place + 1 < len(words) else None
        enough = _CLEARLY * (look.in_titles(word, left, right) + 1)
        return any(look.in_titles(other, left, right) > enough for other in self._by_fold.get(analysis.folded(word), ())
                   if other != word and self._count.get(other, 0) * _TITLE_WEIGHS > enough)

    def _meant_at(
        self, place: int, words: Sequence[str], found: Mapping[int, list[str]], look: _Lookups, plain: bool, *, mismarked: bool
    ) -> list[str]:
        if look.spent > MOST_LOOKUPS:
            return []
        around = [found[at][0].split()[-1 if at < place else 0] if at in found else words[at] if 0 <= at < len(words) else None
                  for at in (place - 1, place + 1)]
        trusted = self._trusted(around, plain)
        return self._meant(words[place], (trusted[0], trusted[1]), (around[0], around[1]), look, plain, mismarked=mismarked)

    def _trusted(self, around: Sequence[str | None], plain: bool) -> list[str | None]:
        return [word if word and (plain or self._likely(word) > _UNLIKELY) else None for word in around]

    def _surely_right(self, words: Sequence[str], look: _Lookups, plain: bool) -> bool:
        """Whether each word stands beside a neighbour so often that none is doubted: cheaper than asking for each."""
        around = [None, *self._trusted(words, plain), None]
        return all(look.surely_beside(word, left, right, self._often)
                   for word, left, right in zip(words, around, around[2:], strict=False) if word.isalpha())

    @property
    def _often(self) -> float:
        return max(2, _COMMON * self._size)

    def _likely(self, word: str) -> float:
        """Return how common a word is among those that differ from it by their marks only: "tien" beside "tiền"."""
        alike = {word, *self._by_fold.get(analysis.folded(word), ())}
        return self._everywhere(word) / max(1, *map(self._everywhere, alike))

    def _everywhere(self, word: str) -> int:
        return self._count.get(word, 0) + self._lexicon.frequency(schema.BODY, word) + (word in self._common.words)

    def rewritten(self, typed: str, words: Sequence[str], corrections: Mapping[int, list[str]]) -> str:
        """Return the query as typed with the doubtful words replaced."""
        surfaces = vn.one_line(typed).split(" ")
        if [analysis.words(surface) for surface in surfaces] == [[word] for word in words]:
            return " ".join(
                _shown(corrections[at][0]) if at in corrections else surface for at, surface in enumerate(surfaces)
            )
        return " ".join(_shown(corrections[at][0] if at in corrections else word) for at, word in enumerate(words))

    def _meant(
        self, word: str, trusted: _Beside, around: _Beside, look: _Lookups, plain: bool, *, mismarked: bool
    ) -> list[str]:
        left, right = trusted
        if not mismarked and look.surely_beside(word, left, right, self._often):
            return []
        beside = look.beside(word, left, right)
        known = any(beside) or self._known(word, plain)
        alone = left is None and right is None
        # A word that stands beside either neighbour often enough is no slip.
        if known and (alone or (max(beside) > self._often and not mismarked)):
            return []
        once = _REPEATED.sub(r"\1", word)
        if not known and once in self._words and (alone or any(look.beside(once, left, right))):
            return [once]  # a key held too long
        scored = []
        for other, is_tone in self._close(word, plain):
            if look.spent > MOST_LOOKUPS:
                break
            needed = (_TONE_ONLY if is_tone else _CLEARLY) if known else 0
            if known and not look.could_gain(other, left, right, beside, needed):
                continue
            theirs = look.beside(other, left, right)
            farther = how_far(word, other, is_tone=is_tone)
            if known:
                gain = max((t + 1) / (m + 1) for t, m in zip(theirs, beside, strict=True))
                loses = any(t * 4 < m for t, m in zip(theirs, beside, strict=True) if m > 2)
                if loses or gain < needed * farther or max(theirs) < 5:
                    continue
            elif not any(theirs) and not is_tone and len(other) < _LONG:
                continue  # a short word has too many near ones to be guessed without its neighbours
            support: float = sum(theirs)
            if not known:  # its neighbours may lack their marks as well
                support += look.loosely_beside(other, *around)
            support *= ((_MARKS_FIRST if mismarked or not known else 2) if is_tone else 1) / farther
            scored.append((support, self._count.get(other, 0), other))
        scored.sort(reverse=True)
        supported = [item for item in scored if item[0] and item[0] * 10 >= scored[0][0]]
        meant = [other for _, _, other in supported[:MOST_MEANT]]
        if not known and not supported:
            meant = _splits(word, self._by_fold, look) or [other for _, _, other in scored[:1]]
        return meant

    def _known(self, word: str, plain: bool) -> bool:
        if self._common.has_word(word, plain=plain):
            return True
        if plain:
            fold = analysis.folded(word)
            return (any(other in self._count for other in self._by_fold.get(fold, ()))
                    or self._lexicon.frequency(schema.BODY_FOLDED, fold) > 2)
        if word in self._count:
            return True
        alike = self._by_fold.get(analysis.folded(word), ())
        commonest = max((self._lexicon.frequency(schema.BODY, other) for other in alike), default=0)
        return self._lexicon.frequency(schema.BODY, word) > max(2, commonest // _GARBLED)

    def _close(self, word: str, plain: bool) -> list[tuple[str, bool]]:
        """Return the words one slip away, and whether only the tone marks differ; the frequent first."""
        fold = analysis.folded(word)
        folds = [fold] if fold in self._by_fold else []
        near = {other for key in deletes(fold) for other in self._by_delete.get(key, ())}
        alike = set(self._by_sound.get(sound(fold), ()))
        folds += sorted((near | alike) - {fold}, key=lambda other: (
            other not in alike and slips(fold, other) > 1, -max(self._count.get(w, 0) for w in self._by_fold[other]), other))
        if plain:
            return [(other, False) for other in folds[:60] if other != fold]
        return [
            (other, at == fold)
            for at in folds[:60]
            for other in sorted(self._by_fold[at], key=lambda w: -self._count.get(w, 0))[:6]
            if other != word
        ]


class _Lookups:
    """How often words stand side by side, counted and bounded."""

    def __init__(self, lexicon: Lexicon, named: set[str], common: CommonPairs, plain: bool) -> None:
        self._lexicon = lexicon
        self._named = named
        self._common = common
        self._plain = plain
        self._pairs: dict[tuple[str, str], int] = {}
        self.spent = 0

    def beside(self, word: str, left: str | None, right: str | None) -> tuple[int, ...]:
        """Return the counts of (left, word) and (word, right); one of them missing is left out."""
        return tuple(starmap(self._count, _pairs(word, left, right))) or (0,)

    def one_subject(self, words: Sequence[str]) -> bool:
        """Whether some subject has all the words, and each stands beside another in subjects: then none is a slip."""
        name = schema.TITLE_FOLDED if self._plain else schema.TITLE
        beside = [bool(self._in_titles(*pair)) for pair in pairwise(words)]
        if not all(map(or_, [False, *beside], [*beside, False])):
            return False
        terms = [(name, analysis.folded(word) if self._plain else word) for word in analysis.distinct(words)]
        return self._lexicon.together(*terms) > 0

    def surely_beside(self, word: str, left: str | None, right: str | None, often: float) -> bool:
        """Whether the word stands beside a neighbour more often, by the subjects alone: cheaper than :meth:`beside`."""
        return self.in_titles(word, left, right) > often

    def in_titles(self, word: str, left: str | None, right: str | None) -> int:
        """Return how often the word stands beside the neighbour that it is more often beside, by the subjects alone."""
        return max(starmap(self._in_titles, _pairs(word, left, right)), default=0)

    def loosely_beside(self, word: str, left: str | None, right: str | None) -> int:
        """Return how often the word stands beside its neighbours in subjects, whatever their tone marks."""
        return sum(starmap(self._folded, _pairs(word, left, right)))

    def _folded(self, one: str, other: str) -> int:
        (pair,) = analysis.pairs((analysis.folded(one), analysis.folded(other)), folded=True)
        return self._lexicon.frequency(schema.PAIR, pair)

    def could_gain(self, word: str, left: str | None, right: str | None, beside: Sequence[int], needed: int) -> bool:
        """Whether the word can stand so much oftener beside a neighbour: a cheap look at upper bounds."""
        most = starmap(self._bound, _pairs(word, left, right))
        return any(bound >= 5 and bound + 1 >= needed * (had + 1) for bound, had in zip(most, beside, strict=True))

    def pair(self, one: str, other: str) -> int:
        """Return in how many documents the two stand side by side."""
        return self._count(one, other)

    def _bound(self, one: str, other: str) -> int:
        if self._plain:
            return 1 << 30
        bucket = analysis.bucket_term(analysis.pair_bucket(one, other))
        return self._in_titles(one, other) + self._lexicon.frequency(schema.BODY_PAIR, bucket) + self._given(one, other)

    def _given(self, one: str, other: str) -> int:
        """Return what the pair counts without the index: as in a register of a thousand official texts."""
        named = _NAME_WEIGHS if f"{one} {other}" in self._named else 0
        return max(named, self._common.share(one, other, plain=self._plain))

    def _in_titles(self, one: str, other: str) -> int:
        if self._plain:
            return self._folded(one, other)
        return self._lexicon.frequency(schema.PAIR, f"{one} {other}") * _TITLE_WEIGHS

    def _count(self, one: str, other: str) -> int:
        key = (one, other)
        if key not in self._pairs:
            self.spent += 1
            self._pairs[key] = self._in_titles(one, other) + self._given(one, other)
            if not self._plain:
                bucket = analysis.bucket_term(analysis.pair_bucket(one, other))
                # Other pairs share the bucket: only documents that have both words count.
                self._pairs[key] += self._lexicon.together(
                    (schema.BODY_PAIR, bucket), (schema.BODY, one), (schema.BODY, other)
                )
        return self._pairs[key]


def _pairs(word: str, left: str | None, right: str | None) -> list[tuple[str, str]]:
    """Return the word with each neighbour that it has, in order."""
    return [pair for pair in ((left, word), (word, right)) if pair[0] and pair[1]]  # type: ignore[misc]


def _splits(word: str, by_fold: dict[str, list[str]], look: _Lookups) -> list[str]:
    """Return two known words that were typed as one: "chuyểnđổi" → "chuyển đổi"."""
    found = []
    for at in range(2, min(len(word) - 1, 8)):
        left, right = word[:at], word[at:]
        if analysis.folded(left) in by_fold and analysis.folded(right) in by_fold and (count := look.pair(left, right)):
            found.append((count, f"{left} {right}"))
    return [text for _, text in sorted(found, reverse=True)[:1]]


_SHOWN = {"qui": "quy", "quí": "quý", "quỉ": "quỷ", "quĩ": "quỹ", "kí": "ký", "kì": "kỳ", "kĩ": "kỹ", "kỉ": "kỷ",
          "lí": "lý", "li": "ly", "lị": "lỵ", "mĩ": "mỹ", "ti": "ty", "tỉ": "tỷ", "hi": "hy", "sĩ": "sĩ"}  # fmt: skip


def _shown(words: str) -> str:
    """Return words of the index as officials write them: the index says kĩ for kỹ."""
    return " ".join(_SHOWN.get(word, word) for word in words.split())
