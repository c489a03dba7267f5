"""From a :class:`~search_index.query.Query` to what an engine looks up: the same for both engines.

A *slot* is one thing a document should have; its *alternatives* are the word itself, what an
abbreviation stands for (and the other way round), and the word that was probably meant. *Lifts* are
word pairs that raise a document without being asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from search_index import analysis, schema
from search_index.query import Clause, Query, Term

#: Words side by side → the word sequences that mean the same. Keys and values are analysed words.
Abbreviations = Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]

_YEAR = re.compile(r"^(?:\d{1,2}/){0,2}(?:19|20)\d\d$")

# "thông tư của Thanh tra Chính phủ năm 2013": neither kind nor issuer has the word between them.
_OF = frozenset({"của", "cua"})

MOST_SLOTS = 40
MOST_EXPANSIONS = 4
MOST_CONSIDERED, MOST_COMPLETIONS = 60, 12
MARKED = 0.7  # what words side by side count that were typed without their marks and are read with them


class Lexicon(Protocol):
    """What planning asks of one generation of an index."""

    @property
    def live_count(self) -> int:
        """The number of living documents."""

    def values(self, name: str) -> list[str]:
        """Return the values of a coded field."""

    def frequency(self, name: str, term: str) -> int:
        """Return in how many documents the term stands."""

    def together(self, *terms: tuple[str, str]) -> int:
        """Return how many documents have all of the (field, term) given."""

    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return up to ``most`` terms that begin so, with their document counts."""


class Speller(Protocol):
    """What planning asks of the spelling module."""

    def corrections(self, words: Sequence[str], plain: bool, *, unknown_only: bool = False) -> dict[int, list[str]]:
        """Return for the place of a doubtful word what was probably meant, best first."""

    def marked(self, words: Sequence[str]) -> list[str]:
        """Return words typed without marks as they are most probably written; empty for too many."""

    def rewritten(self, typed: str, words: Sequence[str], corrections: Mapping[int, list[str]]) -> str:
        """Return the query as typed with the doubtful words replaced."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fill a slot: a word, or several words, as a rule side by side."""

    words: tuple[str, ...]
    folded: bool = False  # looked up without tone marks
    weight: float = 1.0
    date: bool = False  # only among the dates of the document
    apart: bool = False  # several words anywhere in the document
    phrase: bool = False  # asked for in quotes: really side by side, which pairs alone do not tell
    begun: bool = False  # begins as the unfinished last word does


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing a document should have."""

    alternatives: tuple[Alternative, ...]

    @property
    def is_date(self) -> bool:
        """Whether a year or a date is looked for."""
        first = self.alternatives[0]
        return first.date or (len(first.words) == 1 and bool(_YEAR.match(first.words[0])))

    def without_marks(self) -> Slot:
        """Return the slot with its words looked up without tone marks as well, weighing less."""
        loose = tuple(
            replace(a, words=tuple(map(analysis.folded, a.words)), folded=True, weight=a.weight * 0.4)
            for a in self.alternatives
            if not a.folded and not a.date and not a.phrase
        )
        return Slot(tuple(dict.fromkeys(self.alternatives + loose)))


@dataclass(frozen=True, slots=True)
class Lift:
    """Two words side by side; ``folded`` pairs are known for titles only."""

    left: str
    right: str
    folded: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine looks up."""

    slots: tuple[Slot, ...] = ()
    excluded: tuple[Slot, ...] = ()
    lifts: tuple[Lift, ...] = ()
    number: str = ""
    zeros: str = ""
    plain: bool = False
    question: bool = False
    loose: bool = False
    dated: bool = False  # a year or a date beside at least two other words
    phrases: tuple[tuple[str, ...], ...] = ()
    line: tuple[tuple[str, ...], ...] = ()  # all words in order, as typed and as corrected
    corrected: str = ""  # the query as probably meant, empty when nothing was doubtful


def make_plan(
    query: Query, lexicon: Lexicon, speller: Speller, abbreviations: Abbreviations, *, typing: bool = False
) -> Plan:
    """Return the plan for ``query``. ``typing``: the last word may be the beginning of one."""
    clauses = query.wanted[:MOST_SLOTS]
    plain = query.plain
    words = [_single(clause) for clause in clauses]
    unfinished = typing and bool(clauses) and words[-1] is not None and not query.text.endswith((" ", '"'))
    # Who asks in a sentence puts words side by side as no document does.
    corrections = _corrections(words[:-1] if unfinished else words, speller, plain, unknown_only=query.loose)
    corrections = {at: meant for at, meant in corrections.items() if words[at] not in query.weak | _in_capitals(query.text)}
    slots: list[Slot] = []
    lifts: list[Lift] = []
    at = 0
    while at < len(clauses):
        length, expansions = _expansions(words, at, abbreviations, plain)
        if length > 1:
            group = tuple(word or "" for word in words[at : at + length])
            alternatives = [_alternative(group, plain)] + [_alternative(found, plain) for found in expansions]
            # The words of the long form are each worth finding, also apart from one another.
            if len(group) > 1 and not all(len(found) > length for found in expansions):
                slots += [Slot((_alternative((word,), plain), *alternatives[1:])) for word in group]
            else:
                slots.append(Slot(tuple(alternatives)))
            for found in (group, *expansions):
                lifts += _lifts(found, plain)
        else:
            slots.append(_slot(clauses[at], expansions, corrections.get(at, []), plain))
            for found in expansions:
                lifts += _lifts(found, plain)
        at += length
    lifts += _neighbours(clauses, words, corrections, plain)
    if plain and len(words) > 1 and None not in words:
        marked = speller.marked([analysis.folded(word) for word in words if word is not None])
        lifts += [Lift(left, right, folded=False, weight=MARKED) for left, right in pairwise(marked)]
    if unfinished:
        slots[-1] = _completed(slots[-1], words[-1] or "", words[-2] if len(words) > 1 else None, lexicon, plain)
    has_year = any(_YEAR.match(word) for word in (*query.words, *query.date_words))
    if weak := query.weak | (_OF if has_year else frozenset()):
        slots = [slot for slot in slots if not _is_weak(slot, weak)] or slots
    slots += [Slot((Alternative((word,), date=True),)) for word in query.date_words]
    corrected = ""
    if corrections:
        corrected = speller.rewritten(query.text, [word or "" for word in words], corrections)
    return Plan(
        slots=tuple(slots),
        excluded=tuple(_slot(clause, (), [], plain=False) for clause in query.clauses if clause.excluded),
        lifts=tuple(dict.fromkeys(lifts)),
        number=query.number,
        zeros=query.zeros,
        plain=plain,
        question=query.question,
        loose=query.loose,
        dated=len(slots) > 2 and has_year,
        phrases=query.phrases,
        line=_lines(words, corrections, plain),
        corrected=corrected,
    )


def _lines(
    words: Sequence[str | None], corrections: Mapping[int, list[str]], plain: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the whole query as one run of words, when it is one: who has it so in the subject is meant."""
    if len(words) < 2 or any(word is None for word in words):
        return ()
    given = [word for word in words if word is not None]
    lines = [given]
    if corrections:
        lines.append(" ".join(corrections[at][0] if at in corrections else word for at, word in enumerate(given)).split())
    return tuple(tuple(map(analysis.folded, line)) if plain else tuple(line) for line in lines)


def _is_weak(slot: Slot, weak: frozenset[str]) -> bool:
    first = slot.alternatives[0].words
    return len(first) == 1 and first[0] in weak


def _single(clause: Clause) -> str | None:
    term = clause.terms[0]
    return term.words[0] if len(clause.terms) == 1 and len(term.words) == 1 and not term.phrase else None


def _corrections(
    words: Sequence[str | None], speller: Speller, plain: bool, *, unknown_only: bool
) -> dict[int, list[str]]:
    if any(word is None for word in words) or not words:
        return {}
    return speller.corrections([word for word in words if word is not None], plain, unknown_only=unknown_only)


def _in_capitals(typed: str) -> frozenset[str]:
    """Return the words typed in capitals among others: abbreviations, which no list of words needs to know."""
    surfaces = typed.split()
    if len(surfaces) > 1 and typed.isupper():
        return frozenset()
    return frozenset(word for surface in surfaces if surface.isupper() for word in analysis.words(surface))


def _expansions(
    words: Sequence[str | None], at: int, abbreviations: Abbreviations, plain: bool
) -> tuple[int, list[tuple[str, ...]]]:
    """Return how many words from ``at`` an entry covers (the longest one) and what they may mean."""
    for length in range(min(8, len(words) - at), 0, -1):
        group = words[at : at + length]
        if any(word is None for word in group):
            continue
        found = abbreviations.get(tuple(word for word in group if word is not None))
        if found:
            return length, [tuple(map(analysis.folded, f)) if plain else f for f in found[:MOST_EXPANSIONS]]
    return 1, []


def _alternative(words: tuple[str, ...], plain: bool, weight: float = 1.0) -> Alternative:
    if plain:
        return Alternative(tuple(map(analysis.folded, words)), folded=True, weight=weight)
    return Alternative(words, weight=weight)


def _slot(clause: Clause, expansions: Sequence[tuple[str, ...]], corrections: Sequence[str], plain: bool) -> Slot:
    found: list[Alternative] = []
    for term in clause.terms:
        found += _of_term(term, plain)
    found += [_alternative(words, plain, 0.9) for words in expansions]
    found += [_alternative((word,), plain, 0.4 if at else 0.8) for at, word in enumerate(corrections)]
    return Slot(tuple(dict.fromkeys(found)))


def _of_term(term: Term, plain: bool) -> list[Alternative]:
    if term.phrase:
        return [Alternative(term.words, phrase=True)]  # a phrase is taken as written
    loose = replace(_alternative(term.words, plain), apart=term.group)
    if plain:
        # What is spelt just so, without marks, stands a little higher.
        return [loose, Alternative(term.words, weight=1.1, apart=term.group)]
    return [loose]


def _neighbours(
    clauses: Sequence[Clause], words: Sequence[str | None], corrections: Mapping[int, list[str]], plain: bool
) -> list[Lift]:
    lifts: list[Lift] = []
    for place, (left, right) in enumerate(pairwise(words)):
        if left is None or right is None:
            continue
        lefts = [left, *corrections.get(place, [])]
        rights = [right, *corrections.get(place + 1, [])]
        for one in lefts:
            for other in rights:
                lifts += _lifts((one, other), plain)
    for clause in clauses:
        for term in clause.terms:
            if term.phrase:
                lifts += _lifts(term.words, plain=False)
    return lifts


def _lifts(words: Sequence[str], plain: bool) -> list[Lift]:
    lifts = []
    for left, right in pairwise(words):
        if not plain:
            lifts.append(Lift(left, right, folded=False))
        lifts.append(Lift(analysis.folded(left), analysis.folded(right), folded=True, weight=1.0 if plain else 0.4))
    return lifts


def _completed(slot: Slot, begun: str, before: str | None, lexicon: Lexicon, plain: bool) -> Slot:
    """Return the slot with the words that ``begun`` may become, those that subjects have behind ``before`` first."""
    if len(begun) < 1 or begun.isdecimal():
        return slot
    name = schema.TITLE_FOLDED if plain else schema.TITLE
    words = lexicon.terms(name, analysis.folded(begun) if plain else begun, 400)
    words = sorted(words, key=lambda item: -item[1])[:MOST_CONSIDERED]
    if before:
        def beside(word: str) -> int:
            (pair,) = analysis.pairs((before, word), folded=plain)
            return lexicon.frequency(schema.PAIR, pair)

        words.sort(key=lambda item: -beside(item[0]))
    more = tuple(
        Alternative((word,), folded=plain, weight=0.7, begun=True) for word, _ in words[:MOST_COMPLETIONS] if word != begun
    )
    return Slot(slot.alternatives + more)
