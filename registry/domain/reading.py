"""A text made ready for patterns, with the way back to the text as given.

Pasted text comes decomposed (NFD), with zero-width characters, Icelandic Ð, en dashes and lines
broken inside numbers. ``Reading`` holds one clean form of it and a bare one for patterns, both of
the same length, and gives every place as an offset into the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
# One character for one, so no place moves: lookalikes of Đ, every dash, slash and odd space.
_ONE_FOR_ONE = str.maketrans(
    {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
    | dict(zip(map(ord, "АВЕКМНОРСТХаеорсх"), "ABEKMHOPCTXaeopcx", strict=True))  # Cyrillic, from OCR: TT-BТС
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2044\u2215\uff0f", "/")
    | dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\t" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029", "\n")
)
# Between two pages: the gazette's running head, the block of a digital signature. A sentence goes on behind it.
_RUNNING_HEAD = (
    r"(?:(?:\n\s?\d{1,3}){0,3}\n{1,3}(?:\d{1,4}\s)?CÔNG BÁO/Số [0-9+ ]{1,24}/Ngày \d{1,2}-\d{1,2}-\d{4}(?:\s{1,2}\d{1,4}(?=\n))?"
    r"|\n(?:Người ký: C[^\n]{10,60}\nEmail: |Ký bởi: CÔNG BÁO )[^\n]{1,80}\nCơ quan: [^\n]{1,60}\n(?:Thời gian|Ngày) ký: [^\n]{1,40}"
    r"){1,4}\n{0,3}")
# What changes the length: runs of white space, invisible characters, a letter with combining marks.
_UNEVEN = re.compile(f"(?P<head>{_RUNNING_HEAD})|(?P<gap>[ \n{_INVISIBLE}]{{2,}})|[{_INVISIBLE}]+"
                     f"|(?P<letter>[^\u0300-\u036f \n][\u0300-\u036f{_INVISIBLE}]*[\u0300-\u036f])")
_DROP = re.compile(f"[{_INVISIBLE}]+")
_NOT_PLAIN = re.compile(f"CÔNG BÁO/S|Người ký: C|[ \n]{{2}}|[{_INVISIBLE}]|[\u0300-\u036f]")


def _bare_letters() -> dict[int, str]:
    """Return a table to bare lower-case letters, one character for one: Ế → e, đ → d."""
    table = {code: chr(code).lower() for code in range(0x41, 0x5B)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        first = unicodedata.normalize("NFD", chr(code))[0].lower()
        if "a" <= first <= "z":
            table[code] = first
    return table | {ord("Đ"): "d", ord("đ"): "d"}


_BARE = _bare_letters()


class Reading:
    """``text`` as given, made ready: ``plain`` to show, ``bare`` to search, ``raw`` to point back.

    In ``plain`` white space is single (a space, or a line break where the run held one; a blank
    line is two line breaks). ``bare`` is ``plain`` in lower-case letters without marks.
    """

    __slots__ = ("_plain_starts", "_shifts", "bare", "given", "plain")

    def __init__(self, text: str) -> None:
        self.given = text
        even = text.translate(_ONE_FOR_ONE)
        # Where, in plain, the shift to the given text changes, and the shift from there on.
        self._plain_starts: list[int] = [0]
        self._shifts: list[int] = [0]
        self.plain = self._evened(even) if _NOT_PLAIN.search(even) else even
        self.bare = self.plain.translate(_BARE)

    def _evened(self, even: str) -> str:
        parts: list[str] = []
        length = done = 0
        for found in _UNEVEN.finditer(even):
            start, end = found.span()
            if found["letter"]:
                new = unicodedata.normalize("NFC", _DROP.sub("", found[0]))
            elif found["head"]:
                new = "\n"
            elif found["gap"]:
                breaks = found[0].count("\n")
                new = "\n\n" if breaks > 1 else "\n" if breaks else " " if " " in found[0] else ""
            else:
                new = ""
            if new == found[0]:
                continue
            parts += (even[done:start], new)
            length += start - done + len(new)
            done = end
            self._plain_starts.append(length)
            self._shifts.append(end - length)
        parts.append(even[done:])
        return "".join(parts)

    def raw(self, place: int) -> int:
        """Return where in the text as given the character stands that ``plain`` has at ``place``."""
        at = bisect_right(self._plain_starts, place) - 1
        return place + self._shifts[at]

    def place(self, raw: int) -> int:
        """Return the place in ``plain`` of the character that stands at ``raw`` in the text as given."""
        at = bisect_right(range(len(self._shifts)), raw, key=lambda step: self._plain_starts[step] + self._shifts[step]) - 1
        return raw - self._shifts[at]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return ``plain[start:end]`` (not empty) as a span of the text as given, marks included."""
        last = self.raw(end - 1)
        following = self.raw(end)
        stop = last + 1
        while stop < following and unicodedata.combining(self.given[stop]):
            stop += 1
        return self.raw(start), stop

    def line(self, start: int, end: int) -> str:
        """Return ``plain[start:end]`` on one line."""
        return " ".join(self.plain[start:end].split())


def lowered(text: str) -> str:
    """Return ``text`` in lower case, with no character changing places."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
