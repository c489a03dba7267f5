"""A text cleaned for reading, with the way back to the places in the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from search_index.text import clean, plain_signs

_DIRTY = re.compile(r"[^\S \n]|\s\s|[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u00d0\u00f0\u0189\u0256\u0300-\u036f"
                    r"\u200b-\u2015\u202a-\u202e\u2044\u2060-\u2069\u2212\u2215\ufe58\ufe63\ufeff\uff0d\uff0f]")
_ADDED = "\u0300-\u036f\u200b-\u200f\u2060\ufeff"
_UNIT = re.compile(rf"\s+|[^\s{_ADDED}][{_ADDED}]*|[{_ADDED}]+")
# What may change length or sign; everything between stays as it is.
_UNEVEN = re.compile(rf"\s{{2,}}|[^\S \n]|[^\s{_ADDED}][{_ADDED}]+|[{_ADDED}]+|{_DIRTY.pattern}")


def cleaned_with_map(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` cleaned and, for each place in it, the place in ``text``.

    Cleaned means NFC, true Đ, plain dashes and slashes, nothing invisible, and each run of white
    space as one sign: a line break where the run held one, else a space. The map has one more
    entry than the cleaned text has characters: the end.
    """
    if not _DIRTY.search(text) and unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for odd in _UNEVEN.finditer(text):
        if odd.start() > at:
            _keep(text, at, odd.start(), pieces, places)
        _take(odd[0], odd.start(), pieces, places)
        at = odd.end()
    _keep(text, at, len(text), pieces, places)
    places.append(len(text))
    return "".join(pieces), places


def _keep(text: str, start: int, end: int, pieces: list[str], places: list[int]) -> None:
    run = text[start:end]
    if unicodedata.is_normalized("NFC", run):
        pieces.append(run)
        places.extend(range(start, end))
        return
    for unit in _UNIT.finditer(run):  # signs that NFC replaces though they carry no mark
        _take(unit[0], start + unit.start(), pieces, places)


def _take(raw: str, start: int, pieces: list[str], places: list[int]) -> None:
    piece = ("\n" if "\n" in raw else " ") if raw.isspace() else plain_signs(clean(raw))
    pieces.append(piece)
    places.extend([start] * len(piece))


def lowered(text: str) -> str:
    """Return ``text`` in lower case, with no character changing places."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
