"""Fragments of a text with the words found marked, tone marks as written. Pure; positions are of the text given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_index import analysis
from search_index import text as vn
from search_index.query import Query

# A text is looked through so far; the words of a long law are in its beginning as a rule.
MOST_CHARACTERS = 200_000
_MOST_MARKS = 400
_LONGEST_PHRASE = 2_000

# One letter for one letter, so that positions hold: lower case, no marks, đ as d.
_FOLD = {
    ord(char): folded
    for code in [*range(0xC0, 0x1B1), *range(0x1E00, 0x1EFA), *range(0x41, 0x5B)]
    if (folded := vn.fold(char := chr(code))) != char and len(folded) == 1
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text; ``marks`` are (begin, end) in ``text``, in order, never overlapping."""

    text: str
    marks: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


def highlight(text: str, query: Query, *, most: int = 2, width: int = 240) -> tuple[Fragment, ...]:
    """Return up to ``most`` fragments of about ``width`` characters where the most different words stand.

    A text without any of the words gives its beginning, unmarked; an empty text gives nothing.
    """
    head = text[:MOST_CHARACTERS]
    if not head.strip():
        return ()
    marks = find(head, query)
    if not marks:
        return (_fragment(head, 0, width, [], len(text)),)
    fragments = []
    for begin in _best_places(head, marks, most, width):
        fragments.append(_fragment(head, begin, width, marks, len(text)))
    return tuple(fragments)


def mark(text: str, query: Query) -> Fragment:
    """Return the whole of a short text, such as a subject, with the words marked."""
    return Fragment(text, tuple(find(text[:MOST_CHARACTERS], query)))


def find(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where the words of ``query`` stand; only where none does, words without tone marks count."""
    words = analysis.distinct(query.words)
    if query.number:
        words = [query.number, *words]
    if not words:
        return []
    found = [] if query.plain else _places(text, _pattern(tuple(words), False))
    if not found:
        found = _places(text.translate(_FOLD), _pattern(tuple(words), True))
    return found


def has_phrases(text: str, phrases: Sequence[Sequence[str]]) -> bool:
    """Whether ``text`` has every phrase: its words in order, only signs and spaces between them."""
    return all(_has_phrase(text, _phrase(tuple(phrase))) for phrase in phrases)


def _has_phrase(text: str, pattern: re.Pattern[str]) -> bool:
    # Piece by piece: a phrase of the subject, or early in a law, is found without lowering all of it.
    begin, size = 0, 2_000
    while begin < len(text):
        if pattern.search(text[begin : begin + size + _LONGEST_PHRASE].lower()):
            return True
        begin += size
        size = 100_000
    return False


def _places(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for found in pattern.finditer(text):
        if places and found.start() - places[-1][1] <= 1 and text[places[-1][1] : found.start()] in {"", " "}:
            places[-1] = places[-1][0], found.end()
        else:
            places.append(found.span())
        if len(places) >= _MOST_MARKS:
            break
    return places


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...], folded: bool) -> re.Pattern[str]:
    ways = {way for word in words for way in (_fold_ways(word) if folded else analysis.spellings(word))}
    joined = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W_])", re.IGNORECASE)


def _fold_ways(word: str) -> set[str]:
    return {analysis.folded(way) for way in analysis.spellings(word)}


@lru_cache(maxsize=64)
def _phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    # Lower case and literal as far as can be: the search then skips through a long text at speed.
    parts = [_one_of(analysis.spellings(word)) for word in words]
    return re.compile(r"[\W_]+".join(parts) + r"(?![^\W_])(?<=\w)")


def _one_of(ways: Sequence[str]) -> str:
    return re.escape(ways[0]) if len(ways) == 1 else "(?:" + "|".join(map(re.escape, ways)) + ")"


def _best_places(text: str, marks: Sequence[tuple[int, int]], most: int, width: int) -> list[int]:
    """Return where the best fragments begin: many different words first, then many marks, then early."""
    room = width * 3 // 4
    scored = []
    end = 0
    for at, (begin, _) in enumerate(marks):
        end = max(end, at)
        while end < len(marks) and marks[end][1] <= begin + room:
            end += 1
        inside = marks[at : max(end, at + 1)]
        different = {word for b, e in inside for word in text[b:e].casefold().split()}
        longest = max(e - b for b, e in inside)
        scored.append((len(different) + longest / 40, len(inside), -begin))
    chosen: list[int] = []
    for _, _, minus in sorted(scored, reverse=True):
        begin = -minus
        if all(abs(begin - other) >= width for other in chosen):
            chosen.append(begin)
        if len(chosen) == most:
            break
    return sorted(chosen)


def _fragment(text: str, at: int, width: int, marks: Sequence[tuple[int, int]], whole: int) -> Fragment:
    begin = max(0, at - width // 4)
    end = min(len(text), begin + width)
    if begin and (space := text.find(" ", begin, at)) >= 0:
        begin = space + 1
    if end < len(text) and (space := text.rfind(" ", at, end)) > at:
        end = space
    piece = text[begin:end]
    inside = tuple((max(b, begin) - begin, min(e, end) - begin) for b, e in marks if b < end and e > begin)
    return Fragment(piece, inside, cut_before=begin > 0, cut_after=end < whole)
