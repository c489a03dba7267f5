"""A report or article that lists documents: one proposal each, with what each cites.

"Sở … đã tham mưu với UBND tỉnh ban hành: Quyết định số … . Kế hoạch số … ." The list runs from the
words "ban hành:" as long as its sentences begin with a kind. What a report plans to do is no list
of documents, though it names their kinds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.domain import citation_patterns as patterns
from registry.domain.citations import Citation, find_citations
from registry.domain.intake_regions import ITEM, Region, item_start, place_of, placed, regions, sentence_end
from registry.domain.issuer_symbols import implied_issuer
from registry.domain.proposals import DOUBTFUL, LIKELY, SURE, Field, Proposal
from registry.domain.reading import Reading
from search_index.text import fold

_ITEM_SIGN = re.compile(r"(?:\s?,\s(?:va\s)?|\sva\s)\Z")


def read_listing(text: str) -> list[Proposal]:
    """Return one proposal for each document that ``text`` says was issued, in the order listed."""
    reading = Reading(text)
    cited = [one for one in find_citations(text) if not one.optional]
    place = place_of(reading)
    proposals: list[Proposal] = []
    for region in regions(reading, place):
        proposals += _items(reading, region, cited, place)
    return proposals


def _items(reading: Reading, region: Region, cited: list[Citation], place: str | None) -> list[Proposal]:
    proposals: list[Proposal] = []
    at = item_start(reading, region.start)
    while at < region.end:
        end = min(sentence_end(reading, at), region.end)
        for first, last in _parts(reading, at, end, cited):
            one = _item(reading, first, last, region, cited, place)
            if one is not None:
                proposals.append(one)
        at = item_start(reading, max(end, at + 1))
    return proposals


def _parts(reading: Reading, start: int, end: int, cited: list[Citation]) -> Iterator[tuple[int, int]]:
    """Yield the parts of one sentence that name a document each: "Quyết định số … về A, Kế hoạch số … về B"."""
    head = ITEM.match(reading.bare, start, end)
    if head is None:
        return
    raw_start, raw_end = reading.raw_span(head.start("kind"), max(end, head.end()))
    inside = cited[bisect_left(cited, raw_start, key=_start) : bisect_left(cited, raw_end, key=_start)]
    before = inside[0] if inside and inside[0].start == raw_start and inside[0].number else None
    at, earlier = start, before.end if before else 0
    for one in inside[1:]:
        gap, earlier = one.start - earlier, one.end
        if before is None or _organs(one) != _organs(before) or one.issuer:
            continue
        place = reading.place(one.start)
        sign = _ITEM_SIGN.search(reading.bare, max(at, place - 8), place)
        if sign and gap > 8 and _organs(one):
            yield at, sign.start()
            at, before = place, one
    yield at, end


def _start(one: Citation) -> int:
    return one.start


def _organs(one: Citation) -> set[str]:
    """Return the groups of a symbol that stand for bodies: UBND of 325/KH-UBND and of 2201/UBND-VX."""
    groups = [fold(group) for group in re.split(r"[-/.]", one.number.split("/")[-1])] if one.number else []
    return set(groups[:1] if one.kind == "Công văn" else groups[1:])


def _item(reading: Reading, start: int, end: int, region: Region, cited: list[Citation],
          place: str | None) -> Proposal | None:
    """Return the proposal for the document that one sentence of the list names."""
    head = ITEM.match(reading.bare, start, end)
    if head is None:
        return None
    kind_start = head.start("kind")
    raw_start, raw_end = reading.raw_span(kind_start, max(end, kind_start + 1))
    own = next((one for one in cited if one.start == raw_start and one.end <= raw_end), None)
    if own is not None:
        kind = Field(own.kind, own.start, own.start + len(own.kind), SURE)
        number = Field(own.number, own.start, own.end, SURE) if own.number else None
        issued_on = Field(own.issued_on, own.start, own.end, SURE) if own.issued_on else region.issued_on
        subject_start = own.end
    else:
        name = patterns.KIND_NAMES[" ".join(head["kind"].split())]
        kind_end = head.end("kind")
        kind = Field(name, *reading.raw_span(kind_start, kind_end), LIKELY)
        number = issued_on = None
        subject_start = reading.raw(kind_end)
    subject = _subject(reading.given, subject_start, raw_end)
    if own is None and subject is None:
        return None
    issuer = _issuer(own, region, place)
    references: tuple[Citation, ...] = ()
    if subject is not None:
        references = tuple(one for one in _shifted(subject.value_text, subject.start) if not one.optional)
    return Proposal(raw_start, raw_end, kind, number, issued_on, issuer,
                    subject=Field(subject.shown, subject.start, subject.end, SURE if own else LIKELY) if subject else None,
                    references=references)


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int
    end: int
    value_text: str
    shown: str


def _subject(given: str, start: int, end: int) -> _Subject | None:
    """Return the subject (trích yếu) that stands behind number and date, without the signs around it."""
    text = given[start:end]
    left = len(text) - len(text.lstrip(" \n\t,:;-–"))
    right = len(text.rstrip(" \n\t.;/"))
    if right - left < 4:
        return None
    inner = text[left:right]
    shown = " ".join(inner.split())
    return _Subject(start + left, start + right, inner, shown[:1].upper() + shown[1:])


def _shifted(text: str, offset: int) -> list[Citation]:
    """Return the citations of a part of the text, with places in the whole."""
    return [replace(one, start=one.start + offset, end=one.end + offset) for one in find_citations(text)]


def _issuer(own: Citation | None, region: Region, place: str | None) -> Field[str] | None:
    """Return who issued a listed document: as its own words say, as its symbol tells, as the list says."""
    if own is not None and own.issuer:
        return Field(placed(own.issuer, place), own.start, own.end, SURE)
    symbol = own.number.split("/")[-1] if own and own.number else ""
    groups = [group for group in re.split(r"[-/.]", symbol) if group]
    if own and own.kind == "Công văn":
        groups = ["", *groups[:1]] if groups else []  # 2201/UBND-VX: the body stands first
    central = implied_issuer(groups[1:] or groups, own.kind if own else None) if groups else None
    if central:
        return Field(central, own.start, own.end, LIKELY) if own else None
    if region.issuer and region.issuer_span and _agrees(groups, region.issuer):
        return Field(region.issuer, *region.issuer_span, SURE if own else LIKELY)
    local = implied_issuer(groups[1:] or groups, own.kind if own else None, place=place) if groups and place else None
    if local and own:
        return Field(local, own.start, own.end, DOUBTFUL)
    return None


def _agrees(groups: list[str], issuer: str) -> bool:
    """Whether the list's issuer can have given a number with these groups."""
    organs = [fold(group) for group in groups[1:]] or [fold(group) for group in groups]
    if not organs:
        return True
    bodies = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ctubnd": "uy ban nhan dan", "ttg": "thu tuong", "cp": "chinh phu",
              "tu": "uy"}
    wanted = bodies.get(organs[0])
    if wanted is None:
        initials = "".join(word[0] for word in fold(issuer).split() if word != "va" and word[0].isalpha())
        return initials.startswith(organs[0]) or organs[0] in initials
    return wanted in fold(issuer)

