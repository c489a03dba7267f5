"""Marks that OCR loses or mistakes, put back where official texts leave no doubt: "tô chúc" → "tổ chức".

Two neighbouring syllables whose letters are nearly always written with the same marks get these marks. What they are
is handed in: see ``registry/data/syllable_pairs.txt`` and ``tests/benchmarks/syllable_pairs.py``, which made it. The
search reads the same file for what stands together in the language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"(?<![/\-\d])[^\W\d_]+(?![/\-\d])")  # not the parts of a number's symbol
_JOINED = re.compile(r"[ \n]")


def bare(text: str) -> str:
    """Return small letters without marks: Đổi → doi."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold().replace("đ", "d")))


@dataclass(frozen=True, slots=True)
class SyllablePairs:
    """Which marks two neighbouring syllables have, by their bare letters."""

    by_letters: Mapping[str, tuple[str, str]]
    certain: frozenset[str]
    """Bare letters of pairs that have next to no other spelling."""
    syllables: frozenset[str]
    """All syllables that occur: another one is a misreading."""

    @classmethod
    def of(cls, lines: Iterable[str]) -> SyllablePairs:
        """Read lines like "chuyển đổi 83": the share does not matter here, nor do pairs with other spellings ("?")."""
        found: dict[str, tuple[str, str]] = {}
        certain: set[str] = set()
        for line in lines:
            one, marked, *_ = line.split()
            if marked.endswith("?"):
                continue
            other = marked.rstrip("!")
            letters = f"{bare(one)} {bare(other)}"
            found[letters] = (one, other)
            if marked.endswith("!"):
                certain.add(letters)
        return cls(found, frozenset(certain), frozenset(syllable for pair in found.values() for syllable in pair))


def frequent_pairs(lines: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Yield all pairs of such lines, and how many of a thousand texts have them side by side, at least 1."""
    for line in lines:
        one, other, *share = line.split()
        yield one, other.rstrip("!?"), int(share[0]) if share else 1


def with_marks(text: str, pairs: SyllablePairs) -> str:
    """Return ``text`` with the marks that its neighbours leave no doubt about.

    A syllable changes where a certain pair says so, where both its neighbours agree, or where one does and the
    syllable as read does not exist. Names stay: a word with a capital before another such word.
    """
    words = list(_WORD.finditer(text))
    letters = [bare(word[0]) for word in words]
    named = [*(one[0].istitle() and other[0].istitle() for one, other in pairwise(words)), False]
    votes: list[list[tuple[str, bool]]] = [[] for _ in words]
    for at in range(len(words) - 1):
        one, other = words[at], words[at + 1]
        found = pairs.by_letters.get(f"{letters[at]} {letters[at + 1]}")
        if found is None or named[at] or named[at + 1] or not _JOINED.fullmatch(text, one.end(), other.start()):
            continue
        certain = f"{letters[at]} {letters[at + 1]}" in pairs.certain
        votes[at].append((found[0], certain))
        votes[at + 1].append((found[1], certain))
    pieces, end = [], 0
    for word, cast in zip(words, votes, strict=True):
        now = word[0].casefold()
        meant = {syllable for syllable, _ in cast}
        sure = len(cast) == 2 or any(certain for _, certain in cast) or now not in pairs.syllables
        if len(meant) == 1 and sure and now not in meant:
            pieces += [text[end : word.start()], _cased(meant.pop(), word[0])]
            end = word.end()
    return "".join([*pieces, text[end:]])


def _cased(syllable: str, like: str) -> str:
    """Return ``syllable`` in the case of ``like``."""
    if like.isupper() and len(like) > 1:
        return syllable.upper()
    return syllable[:1].upper() + syllable[1:] if like[:1].isupper() else syllable
