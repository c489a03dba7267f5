"""How far two words are from one another: letters and marks mistyped (lỗi gõ), sounds mixed up (phát âm lẫn)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FARTHER = 8  # one slip is so much likelier than two

# What sounds alike somewhere in the country and is mixed up: ch/tr, s/x, d/gi/r, l/n; n/ng and c/t at the end; i/y.
_BEGINS = (("ngh", "ng"), ("gh", "g"), ("tr", "ch"), ("gi", "d"), ("qu", "cu"), ("x", "s"), ("r", "d"), ("l", "n"), ("k", "c"))
_ENDS = (("ng", "n"), ("c", "t"))
# One letter each, so that mixing up ch and tr is no slip more than one.
_ALIKE = {"ngh": "G", "ng": "G", "gh": "g", "tr": "C", "ch": "C", "gi": "d"}
_LIKE = re.compile("^(?:ngh|ng|gh|tr|ch|gi(?=.))|ng$")


def sound(fold: str) -> str:
    """Return what words share that are mixed up by their sound."""
    heard = next((other + fold[len(one) :] for one, other in _BEGINS if fold.startswith(one) and not fold.startswith("kh")), fold)
    heard = next((heard[: -len(one)] + other for one, other in _ENDS if heard.endswith(one) and not heard.endswith("nh")), heard)
    return heard.replace("y", "i")


def deletes(fold: str) -> set[str]:
    """Return the word and what is left of it without one letter."""
    return {fold, *(fold[:at] + fold[at + 1 :] for at in range(len(fold)))} if len(fold) <= 20 else {fold}


def how_far(word: str, other: str, *, is_tone: bool) -> int:
    """Return how much less likely ``other`` is meant than a word one slip away; ``is_tone``: only marks differ."""
    return 1 if is_tone else _FARTHER ** (slips(word, other) - 1)


def slips(word: str, other: str) -> int:
    """Return how many letters and marks must be added, dropped, changed or swapped to make one word of the other."""
    one, two = (_LIKE.sub(lambda found: _ALIKE[found[0]], form) for form in (word, other))
    before: list[int] = []
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one):
        earlier, before, row = before, row, [at + 1]
        for place, meant in enumerate(two):
            least = min(before[place] + _change(letter, meant), before[place + 1] + 1, row[place] + 1)
            if at and place and letter == two[place - 1] and one[at - 1] == meant:
                least = min(least, earlier[place - 1] + 1)
            row.append(least)
    return max(row[-1], 1)


@lru_cache(4096)
def _change(letter: str, meant: str) -> int:
    """Return how many slips make one letter of another: its base and each of its marks count."""
    one, two = unicodedata.normalize("NFD", letter), unicodedata.normalize("NFD", meant)
    return (one[0] != two[0]) + max(len(set(one[1:]) - set(two[1:])), len(set(two[1:]) - set(one[1:])))
