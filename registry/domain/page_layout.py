"""Words with their places on a page, to the text in the order that an official reads it.

The head of a Vietnamese document is two columns: the issuer and the number on the left, the Republic's name, place
and date on the right. Its foot too: whom it goes to (Nơi nhận) and who signed. Read line by line the two would
mix, so both are found and read column by column; all else is read line by line.
Source of the layout: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW of the Party's documents.

Coordinates grow to the right and down, in any unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from registry.domain.kinds import DOCUMENT_KINDS
from search_index.text import fold


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the box around it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall the box is: about the size of the letters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


Row = list[Word]
"""Words of one line, from left to right; never empty."""

_MOTTO = re.compile(r"cong h\w{1,2} x\w h\w{2,3} ch\w|dang cong san viet|doc lap\W{0,3}tu do")
_RECIPIENTS = re.compile(r"no\w nh[aâ]\w ?[:;.]?")
_CAPACITY = re.compile(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)[.,]?")
_HEAD_ROWS = 14
_SIGNATURE_ROWS = 8
_KINDS = "|".join(sorted({re.escape(fold(kind.name)) for kind in DOCUMENT_KINDS}, key=len, reverse=True))
_BODY_BEGINS = re.compile(rf"(?:can cu|kinh gui|kinh trinh|dieu 1\b|(?:{_KINDS})\W*\Z)")
_WIDE_GAP = 1.9  # times the height of the letters: two cells, not two words
_NARROWEST = 0.28  # of the height of the letters: what still parts two columns
_BESIDE = 0.9  # of the height of the letters: what parts two lines side by side, and no two words of one line do
_NEW_PARAGRAPH = 0.95  # white space between two lines, in heights of letters


def page_text(words: Sequence[Word]) -> str:
    """Return the text of one page: lines, a blank line where there is more space between two of them."""
    rows = make_rows(words)
    blocks: list[str] = []
    plain: list[Row] = []
    at = done = 0
    while at < len(rows):
        columns = _head(rows, at, done) or _foot(rows, at, done)
        if columns is None:
            plain.append(rows[at])
            at += 1
            continue
        first, end, left, right = columns
        blocks.append(_lines(plain[: len(plain) - (at - first)]))
        plain = []
        blocks += [_lines(make_rows(left)), _lines(make_rows(right))]
        at = done = end
    blocks.append(_lines(plain))
    return "\n\n".join(block for block in blocks if block)


def make_rows(words: Iterable[Word]) -> list[Row]:
    """Return the words grouped into lines, from the top down."""
    rows: list[Row] = []
    heights: list[tuple[float, float]] = []  # the middle of each row and the height of its letters
    for word in sorted((word for word in words if word.text.strip()), key=lambda one: (one.middle, one.left)):
        near = None
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            middle, height = heights[at]
            distance = abs(word.middle - middle)
            if distance < 0.5 * min(max(word.height, 0.5 * height), height) and (near is None or distance < near[0]):
                near = (distance, at)
        if near is None:
            rows.append([word])
            heights.append((word.middle, max(word.height, 0.1)))
        else:
            rows[near[1]].append(word)
    for row in rows:
        row.sort(key=lambda one: (one.left, one.top))
    rows.sort(key=lambda row: median(word.middle for word in row))
    return rows


# -- two columns -----------------------------------------------------------------------------------

Columns = tuple[int, int, list[Word], list[Word]]
"""Rows [first, end) read as two columns: the words of the left one and of the right one."""


def _head(rows: list[Row], at: int, floor: int) -> Columns | None:
    """Return the head that begins with the row at ``at``, if the Republic's or the Party's name stands there."""
    first = _motto_at(rows[at])
    if first is None:
        return None
    row = rows[at]
    left = row[first - 1].right if first else float("-inf")
    if first and row[first].left - left < _NARROWEST * row[first].height:
        return None
    corridor = (left, row[first].left)
    end, corridor = _follow(rows, at, corridor, stop=_BODY_BEGINS, most=_HEAD_ROWS)
    start = _above(rows, at, floor, corridor, on_left=True)
    if not any(word.right <= corridor[1] for row in rows[start:end] for word in row):
        return None  # the motto stands alone in the middle of the page: nothing to part
    return start, end, *_part(rows[start:end], corridor)


def _foot(rows: list[Row], at: int, floor: int) -> Columns | None:
    """Return the foot that begins with the row at ``at``: whom the document goes to on the left, who signed on the right."""
    row = rows[at]
    if len(row) > 1 and _RECIPIENTS.fullmatch(fold(f"{row[0].text} {row[1].text}")):
        corridor = (row[1].right, row[2].left if len(row) > 2 else float("inf"))
        if corridor[1] - corridor[0] < _BESIDE * row[1].height:
            return None  # "nơi nhận kết quả" in a sentence
    elif (first := _capacity_at(rows, at)) is not None:
        corridor = (row[first - 1].right if first else float("-inf"), row[first].left)
    else:
        return None
    end, corridor = _follow(rows, at, corridor)
    start = _above(rows, at, floor, corridor, on_left=False)
    left, right = _part(rows[start:end], corridor)
    return (start, end, left, right) if left and right else None


def _capacity_at(rows: list[Row], at: int) -> int | None:
    """Return which word of the row begins a signature (KT., TM.) beside a list, where the words over the list are illegible."""
    row = rows[at]
    for place, word in enumerate(row):
        if not _CAPACITY.fullmatch(word.text) or (place and word.left - row[place - 1].right < _BESIDE * word.height):
            continue
        if any(below[0].text.startswith("-") and below[0].right < word.left for below in rows[at : at + _SIGNATURE_ROWS]):
            return place
    return None


def _motto_at(row: Row) -> int | None:
    """Return which word of the row begins the Republic's or the Party's name, in capitals, or the motto."""
    folded = [fold(word.text) for word in row]
    found = _MOTTO.search(" ".join(folded))
    if found is None:
        return None
    place = 0
    for at, text in enumerate(folded):
        if place >= found.start():
            # "nước Cộng hòa xã hội chủ nghĩa Việt Nam" in a sentence is no head.
            return at if row[at].text.isupper() or found[0].startswith("doc lap") else None
        place += len(text) + 1
    return None


def _follow(rows: list[Row], at: int, corridor: tuple[float, float], *, stop: re.Pattern[str] | None = None,
            most: int = 200) -> tuple[int, tuple[float, float]]:
    """Follow the white corridor between two columns down from row ``at``; return where it ends and what is left of it."""
    for place in range(at + 1, min(len(rows), at + most)):
        row = rows[place]
        if stop and stop.match(fold(" ".join(word.text for word in row))):
            return place, corridor
        height = median(word.height for word in row)
        edges = [float("-inf"), *(word.right for word in row)]
        gaps = zip(edges, [*(word.left for word in row), float("inf")], strict=True)
        shared = max(((max(low, corridor[0]), min(high, corridor[1])) for low, high in gaps), key=lambda gap: gap[1] - gap[0])
        both_sides = row[0].left < shared[0] and row[-1].right > shared[1]
        if shared[1] - shared[0] < _NARROWEST * height or (both_sides and _gap(row, shared) < _BESIDE * height):
            return place, corridor
        corridor = shared
    return min(len(rows), at + most), corridor


def _gap(row: Row, corridor: tuple[float, float]) -> float:
    """Return the width of the row's own gap around a part of the corridor."""
    middle = (corridor[0] + corridor[1]) / 2
    left = max(word.right for word in row if word.left < middle)
    return min(word.left for word in row if word.left >= middle) - left


def _above(rows: list[Row], at: int, floor: int, corridor: tuple[float, float], *, on_left: bool) -> int:
    """Return where the columns begin: lines of one column may stand a little higher than the row that told them."""
    while at > floor:
        above, below = rows[at - 1], rows[at]
        height = median(word.height for word in above)
        near = min(word.top for word in below) - max(word.bottom for word in above) < 1.2 * height
        beside = (all(word.right <= corridor[1] for word in above) if on_left
                  else all(word.left >= corridor[0] for word in above))
        if not (near and beside):
            break
        at -= 1
    return at


def _part(rows: list[Row], corridor: tuple[float, float]) -> tuple[list[Word], list[Word]]:
    left: list[Word] = []
    right: list[Word] = []
    for row in rows:
        for word in row:
            (left if word.right <= corridor[1] and word.left < corridor[1] else right).append(word)
    return left, right


# -- lines -----------------------------------------------------------------------------------------


def _lines(rows: list[Row]) -> str:
    pieces: list[str] = []
    bottom: float | None = None
    for row in rows:
        height = median(word.height for word in row)
        top = median(word.top for word in row)
        if bottom is not None:
            pieces.append("\n\n" if top - bottom > _NEW_PARAGRAPH * height else "\n")
        pieces.append(_line(row))
        bottom = median(word.bottom for word in row)
    return "".join(pieces)


def _line(row: Row) -> str:
    height = median(word.height for word in row)
    pieces = [row[0].text]
    for before, word in pairwise(row):
        pieces.append("   " if word.left - before.right > _WIDE_GAP * height else " ")
        pieces.append(word.text)
    return "".join(pieces)


# -- running heads ---------------------------------------------------------------------------------

_PAGE_NUMBER = re.compile(r"[-–—\s|]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s|]*", re.IGNORECASE)
_GAZETTE = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO/Số [\d+ ]+/Ngày [\d-]+(?:\s+\d{1,4})?")
_DIGITS = re.compile(r"\d+")
_OFTEN = 3  # pages that must say the same before a line is a running head


def without_running_heads(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Return the pages without page numbers, the gazette's running heads, and first or last lines that most pages share."""
    edges = [_edges(make_rows(page)) for page in pages]
    often = Counter(key for page in edges for key in {_key(row) for row in page})
    enough = max(_OFTEN, len(pages) // 2 + 1)
    kept = []
    for page, rows in zip(pages, edges, strict=True):
        gone = {id(word) for row in rows for word in row
                if _PAGE_NUMBER.fullmatch(_text(row)) or _GAZETTE.fullmatch(_text(row)) or often[_key(row)] >= enough}
        kept.append([word for word in page if id(word) not in gone])
    return kept


def _edges(rows: list[Row]) -> list[Row]:
    return [rows[0], rows[-1]] if len(rows) > 1 else []


def _text(row: Row) -> str:
    return " ".join(word.text for word in row)


def _key(row: Row) -> str:
    return _DIGITS.sub("#", _text(row))
