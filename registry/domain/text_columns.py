"""Two columns in text without places: tables, and lines where tabs or many spaces part issuer and Republic's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search_index.text import fold

_MOTTO = re.compile(r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia|dang\s+cong\s+san\s+viet\s+nam|doc\s+lap\s*\W\s*tu\s+do")
_RECIPIENTS = re.compile(r"no\w\s+nhan\s*[:;.]?")
_PARTED = re.compile(r"\s*\t[\t ]*| {4,}")
_HEAD_LINES = 12
_WIDEST = 3
"""Columns of a table that only lays out a head or a foot: the middle one is empty."""


def is_motto(text: str) -> bool:
    """Whether the Republic's or the Party's name stands in ``text``, as it does in a head."""
    return bool(_MOTTO.search(fold(text)))


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text: one that only lays out a head or a foot column by column, others row by row."""
    width = max(map(len, rows), default=0)
    lays_out = len(rows) == 1 or any(is_motto(cell) or _RECIPIENTS.match(fold(cell).strip()) for row in rows for cell in row)
    if lays_out and width <= _WIDEST:
        columns = ["\n".join(row[at] for row in rows if at < len(row) and row[at].strip()) for at in range(width)]
        return "\n\n" + "\n\n".join(column for column in columns if column) + "\n"
    lines = [" | ".join(" ".join(cell.split()) for cell in row) for row in rows]
    return "\n".join(line for line in lines if line.strip(" |"))


def part_lines(text: str) -> str:
    """Return ``text`` with a head whose two columns share lines, parted by tabs, read column by column."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if is_motto(line) and len(_halves(line)) == 2), None)
    if first is None:
        return text
    left: list[str] = []
    right: list[str] = []
    end = first
    for end in range(first, min(len(lines), first + _HEAD_LINES)):
        halves = _halves(lines[end])
        if len(halves) == 2:
            left.append(halves[0])
            right.append(halves[1])
        elif lines[end].startswith(("\t", "    ")) and lines[end].strip() and "ngày" in lines[end].casefold():
            right.append(lines[end].strip())
        elif lines[end].strip():
            break
    else:
        end += 1
    return "\n".join([*lines[:first], *filter(None, left), "", *filter(None, right), "", *lines[end:]])


def _halves(line: str) -> list[str]:
    """Return the two halves of a line, or all of it: "SỞ NỘI VỤ⇥Độc lập - Tự do - Hạnh phúc"."""
    parts = [part.strip() for part in _PARTED.split(line.strip())]
    return parts if len(parts) == 2 else [line]
