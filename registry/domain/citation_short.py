"""Citations without the usual number and symbol: left out, run together as in file names, a company's own, or none at all."""

from __future__ import annotations

import re
from bisect import bisect_left

from registry.domain import citation_patterns as patterns
from registry.domain.citation_numbers import NORMATIVE, Found, add_locator, official_symbol, read_tail
from registry.domain.reading import Reading


def short_numbers(reading: Reading, found: list[Found]) -> list[Found]:
    """Return citations whose number has no symbol, or one run together as in a file name.

    "Nghị định số 104/2016", "NĐ 104.2016", "Quyết định số 1037 ngày 14/5/2025", "TT 26.2013.TT.NHNN".
    ``found`` are the others, in order; what overlaps them is left out.
    """
    starts = [one.start for one in found]

    def taken(start: int, end: int) -> bool:
        at = bisect_left(starts, end)
        return at > 0 and found[at - 1].end > start

    made: list[Found] = []
    for match in patterns.FILE_NUMBER.finditer(reading.bare):
        ahead = reading.bare[max(0, match.start() - 24) : match.start()]
        word = patterns.NUMBER_WORD.search(ahead)
        head = patterns.HEAD.search(ahead[: word.start()] if word else ahead)
        kind = _symbol_kind_of(match["kind"])
        if head is None or kind is None or taken(match.start(), match.end()):
            continue
        start = max(0, match.start() - 24) + head.start("kind")
        digits, year = re.split(r"[._-]", match[0])[:2]
        symbol = official_symbol(reading.plain[match.start("kind") : match.end()].replace(match["s"], "-").replace(".", "-"))
        made.append(Found(start, match.end(), kind, f"{digits}/{year}/{symbol}", "", year=int(year)))
    file_ends = {one.end for one in made}
    for match in patterns.SHORT_NUMBER.finditer(reading.bare):
        one = _short_number(reading, match)
        if one is not None and not taken(one.start, one.end) and not any(
                one.start < end <= one.end + 16 for end in file_ends):
            add_locator(reading, one)
            made.append(one)
    for match in patterns.LETTER_NUMBER.finditer(reading.bare):
        one = _letter(reading, match)
        if one is not None and not taken(one.start, one.end):
            made.append(one)
    for match in patterns.DATED_KIND.finditer(reading.bare):
        tail = read_tail(reading, match.end())
        if tail.issued_on and tail.issuer and not taken(match.start(), tail.end):
            kind = patterns.KIND_NAMES[" ".join(match["kind"].split())]
            made.append(Found(match.start(), tail.end, kind, None, "", tail.issued_on, tail.year, tail.issuer))
    return made


def _letter(reading: Reading, match: re.Match[str]) -> Found | None:
    """Return a letter whose number has a shape of its own; its date or its sender must stand behind it."""
    tail = read_tail(reading, match.end())
    if (tail.issued_on is None and tail.issuer is None) or not any(char.isalpha() for char in match["number"]):
        return None
    number = reading.plain[match.start("number") : match.end()]
    return Found(match.start(), tail.end, "Công văn", number, "", tail.issued_on, tail.year, tail.issuer)


def _short_number(reading: Reading, match: re.Match[str]) -> Found | None:
    short = len(match["kind"]) == 2
    if short and not reading.plain[match.start() : match.start() + 2].isupper():
        return None
    kind = patterns.SHORT_KINDS.get(match["kind"]) or patterns.KIND_NAMES[" ".join(match["kind"].split())]
    year = int(match["year"]) if match["year"] else None
    tail = read_tail(reading, match.end())
    if year and kind not in NORMATIVE and not (tail.issued_on and tail.issued_on.year == year):
        return None
    if year is None and (tail.issued_on is None or not match["so"]):
        return None
    number = match["number"].replace(".", "/")
    if kind == "Nghị định" and year and year > 1997:
        number += "/NĐ-CP"  # only the Government issues decrees, and since 1997 under this symbol alone
    return Found(match.start(), tail.end, kind, number, "cp" if kind == "Nghị định" else "", tail.issued_on,
                 year or tail.year, tail.issuer)


def _symbol_kind_of(abbreviation: str) -> str | None:
    """Return the kind that a bare abbreviation in a symbol stands for."""
    return {"nd": "Nghị định", **patterns.SYMBOL_KINDS}.get(abbreviation)
