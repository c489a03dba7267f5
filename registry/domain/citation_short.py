"""Citations without the usual number and symbol: left out, run together as in file names, a company's own, or none at all."""

from __future__ import annotations

import re
from bisect import bisect_left

from registry.domain import citation_patterns as patterns
from registry.domain.citation_numbers import NORMATIVE, Found, add_locator, official_symbol, read_tail
from registry.domain.issuer_symbols import known_symbol
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
        one = _file_number(reading, match)
        if one is not None and not taken(match.start("number"), one.end):
            made.append(one)
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


def _file_number(reading: Reading, match: re.Match[str]) -> Found | None:
    """Return a document whose number stands in a file's name; either names the kind, the words in front or the number."""
    low = max(0, match.start() - 24)
    ahead = reading.bare[low : match.start()]
    word = patterns.NUMBER_WORD.search(ahead)
    head = patterns.HEAD.search(ahead[: word.start()] if word else ahead)
    if match["kind"]:
        kind = _symbol_kind_of(match["kind"])
        symbol = re.sub(r"[._]", "-", reading.plain[match.start("kind") : match.end("organ")])
    elif head is not None and head["short"] and known_symbol(match["organ"]):  # "TT 61.2017.BTC"
        kind = patterns.SHORT_KINDS[head["short"]]
        symbol = f"{head['short'].upper()}-{reading.plain[match.start('organ') : match.end('organ')]}"
    else:
        return None
    if kind is None or (head is None and not match["file"]):
        return None
    start = low + head.start("kind") if head else match.start()
    return Found(start, match.end("organ"), kind, f"{match['number']}/{match['year']}/{official_symbol(symbol)}", "", year=int(match["year"]))


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
