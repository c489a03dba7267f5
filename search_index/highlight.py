"""Fragments of a text with the words found marked, tone marks as written. Pure; positions are of the text given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search_index import analysis
from search_index import text as vn
from search_index.query import Query

# A text is looked through so far; the words of a long law are in its beginning as a rule.
MOST_CHARACTERS = 200_000
_MOST_MARKS = 400
_FIRST_PIECE = 6_000
_FAR = 20_000
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
    marks, places = _marks_and_places(head, query, most, width)
    if not marks:
        return (_fragment(head, 0, width, [], len(text)),)
    return tuple(_fragment(head, begin, width, marks, len(text)) for begin in places)


def mark(text: str, query: Query) -> Fragment:
    """Return the whole of a short text, such as a subject, with the words marked."""
    return Fragment(text, tuple(find(text[:MOST_CHARACTERS], query)))


def find(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where the words of ``query`` stand; only where none does, words without tone marks count."""
    for ways, folded in _ways(query):
        if found := _joined(text, _places(text, ways, folded)):
            return found
    return []


def _marks_and_places(head: str, query: Query, most: int, width: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the marks, and where the best fragments begin.

    Piece by piece: a long text is not read to its end when ``most`` fragments have all the words already;
    beyond some pages, any fragments do.
    """
    wanted = len(analysis.distinct(query.words))
    for ways, folded in _ways(query):
        places: list[tuple[int, int]] = []
        marks: list[tuple[int, int]] = []
        begin, size = 0, _FIRST_PIECE
        while begin < len(head) and len(marks) < _MOST_MARKS:
            end = _end_of_word(head, begin + size)
            places += [(b + begin, e + begin) for b, e in _places(head[begin:end], ways, folded)]
            marks = _joined(head, places)
            best = _best_places(head, marks, most, width)
            if len(best) == most and (begin >= _FAR or all(_has_all(place, wanted) for place in best)):
                break
            begin, size = end, size * 3
        if marks:
            return marks, sorted(place.begin for place in best)
    return [], []


def _ways(query: Query) -> list[tuple[tuple[str, ...], bool]]:
    """Return what to look for, and whether without tone marks; the second only where the first is not found."""
    words = analysis.distinct([query.number, *query.words] if query.number else query.words)
    if not words:
        return []
    exact = [] if query.plain else [(_spellings(tuple(words), False), False)]
    return [*exact, (_spellings(tuple(words), True), True)]


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


def _places(piece: str, ways: Sequence[str], folded: bool) -> list[tuple[int, int]]:
    """Return where any of ``ways`` stands as a whole word, in order."""
    # One literal after the other in lower case: several times as fast as one pattern that ignores case.
    low = _one_for_one(piece, folded)
    found = []
    for way in ways:
        at, left = low.find(way), _MOST_MARKS
        while at >= 0 and left:
            end = at + len(way)
            if not (low[at - 1 : at].isalnum() or low[end : end + 1].isalnum()):
                found.append((at, end))
                left -= 1
            at = low.find(way, end)
    found.sort(key=lambda span: (span[0], -span[1]))
    return found


def _joined(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places without overlaps, those with only a space between as one; not more than a bound."""
    marks: list[tuple[int, int]] = []
    for begin, end in places:
        last = marks[-1][1] if marks else -2
        if begin < last:
            continue
        if begin == last or (begin == last + 1 and text[last] == " "):
            marks[-1] = marks[-1][0], end
        elif len(marks) == _MOST_MARKS:
            break
        else:
            marks.append((begin, end))
    return marks


def _one_for_one(text: str, folded: bool) -> str:
    """Return ``text`` in lower case (``folded``: and without tone marks), letter for letter."""
    low = text.lower()
    if len(low) != len(text):  # İ becomes two
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.translate(_FOLD) if folded else low


def _end_of_word(text: str, at: int) -> int:
    """Return the first place from ``at`` on where no word is cut."""
    space = text.find(" ", at, at + _LONGEST_PHRASE)
    return space if space >= 0 else min(at + _LONGEST_PHRASE, len(text))


@lru_cache(maxsize=256)
def _spellings(words: tuple[str, ...], folded: bool) -> tuple[str, ...]:
    ways = (way for word in words for way in analysis.spellings(word))
    return tuple(analysis.distinct(map(analysis.folded, ways) if folded else ways))


@lru_cache(maxsize=64)
def _phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    # Lower case and literal as far as can be: the search then skips through a long text at speed.
    parts = [_one_of(analysis.spellings(word)) for word in words]
    return re.compile(r"[\W_]+".join(parts) + r"(?![^\W_])(?<=\w)")


def _one_of(ways: Sequence[str]) -> str:
    return re.escape(ways[0]) if len(ways) == 1 else "(?:" + "|".join(map(re.escape, ways)) + ")"


class _Place(NamedTuple):
    begin: int
    different: int  # words
    together: int  # words side by side, at most


def _has_all(place: _Place, wanted: int) -> bool:
    """Whether no later fragment need be looked for: two words are mostly one, and should stand together."""
    return place.different >= wanted and (wanted != 2 or place.together >= 2)


def _best_places(text: str, marks: Sequence[tuple[int, int]], most: int, width: int) -> list[_Place]:
    """Return the best fragments: many different words first, then long runs, then many marks, then early."""
    room = width * 3 // 4
    words = [text[begin:end].lower().split() for begin, end in marks]
    counts = list(map(len, words))
    lengths = [end - begin for begin, end in marks]
    scored = []
    end = 0
    for at, (begin, _) in enumerate(marks):
        end = max(end, at)
        while end < len(marks) and marks[end][1] <= begin + room:
            end += 1
        stop = max(end, at + 1)
        different = len(set().union(*words[at:stop]))
        longest = max(lengths[at:stop])
        scored.append((different + longest / 40, stop - at, -begin, different, max(counts[at:stop])))
    chosen: list[_Place] = []
    for _, _, minus, different, together in sorted(scored, reverse=True):
        if all(abs(-minus - other.begin) >= width for other in chosen):
            chosen.append(_Place(-minus, different, together))
        if len(chosen) == most:
            break
    return chosen


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
