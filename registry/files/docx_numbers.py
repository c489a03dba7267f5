"""The numbers that Word puts before paragraphs and does not write into the text: "Điều 3.", "b)", "IV."."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_PART = re.compile(r"%([1-9])")
_LEVELS = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(slots=True)
class _Level:
    start: int
    pattern: str
    kind: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    _levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    _of_list: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """Return what ``numbering.xml`` says."""
        read = cls()
        for plan in root.iter(qn("w:abstractNum")):
            for level in plan.iter(qn("w:lvl")):
                key = plan.get(qn("w:abstractNumId"), ""), _whole(level.get(qn("w:ilvl")), 0)
                read._levels[key] = _Level(_whole(_value(level, "w:start"), 1), _value(level, "w:lvlText"), _value(level, "w:numFmt"))
        for one in root.iter(qn("w:num")):
            read._of_list[one.get(qn("w:numId"), "")] = _value(one, "w:abstractNumId")
        return read

    def label(self, number: str, depth: int) -> str:
        """Return the number of the next paragraph of list ``number`` at ``depth``, counting it; empty for none."""
        plan = self._of_list.get(number)
        level = self._levels.get((plan, depth)) if plan is not None else None
        if plan is None or level is None or not 0 <= depth < _LEVELS:
            return ""
        counts = self._counts.setdefault(plan, [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.kind == "bullet":
            return "-"
        return _PART.sub(lambda found: self._count(plan, counts, int(found[1]) - 1), level.pattern)

    def _count(self, plan: str, counts: list[int | None], depth: int) -> str:
        level = self._levels.get((plan, depth))
        count = counts[depth]
        if level is None:
            return ""
        return _written(level.start if count is None else count, level.kind)


def _written(count: int, kind: str) -> str:
    if kind in {"upperRoman", "lowerRoman"} and 0 < count < 4000:
        roman = ""
        for value, letters in _ROMAN:
            while count >= value:
                roman, count = roman + letters, count - value
        return roman if kind == "upperRoman" else roman.lower()
    if kind in {"upperLetter", "lowerLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "decimalZero":
        return f"{count:02}"
    return "" if kind == "none" else str(count)


def _value(parent: Any, tag: str) -> str:
    child = parent.find(qn(tag))
    return "" if child is None else child.get(qn("w:val"), "")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
