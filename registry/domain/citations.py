"""Citations (viện dẫn): which documents a text names, where, and in what relation.

``find_citations`` knows no register: it reads what the text says. ``resolve_citations`` is handed a
look-up and keeps one candidate or none; the rest is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from registry.domain import citation_patterns as patterns
from registry.domain.citation_numbers import Found, number_matches, with_head
from registry.domain.citation_short import short_numbers
from registry.domain.issuer_symbols import implied_issuer
from registry.domain.law_names import find_laws
from registry.domain.laws import KNOWN_LAWS, LawTable
from registry.domain.reading import Reading
from registry.domain.relations import ends_by, relation_before

_BEFORE = 150  # what is looked at in front of a number: the longest head with its issuer
_YEAR_IN_NUMBER = re.compile(r"[/.](?:19|20)\d\d(?:/|$)")
_CLAUSE = 220  # and for the relation


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation. ``start`` and ``end`` are offsets into the text as given."""

    start: int
    end: int
    text: str
    kind: str
    """Tên loại: "Nghị định"."""
    number: str | None = None
    """As the text states it, in official letters and without spaces."""
    issued_on: date | None = None
    year: int | None = None
    """From the number, the date or the words "năm 2024"."""
    issuer: str | None = None
    """Only as the text states it; stated once at the end of a list, it is every member's."""
    issuer_implied: str | None = None
    """What the symbol or the kind tells."""
    name: str | None = None
    """Of a law: "Luật Đất đai"."""
    locator: str | None = None
    """Điểm, khoản, điều: "khoản 2 Điều 1"."""
    relation: str = "cites"
    relation_words: str = ""
    optional: bool = False
    """A law by its bare name, without number or date: a mention rather than a reference."""

    @property
    def year_in_number(self) -> bool:
        """Whether the number itself names the year, so that it does not come back: 30/2020/NĐ-CP."""
        return self.number is not None and _YEAR_IN_NUMBER.search(self.number) is not None


def as_json(citation: Citation) -> dict[str, object]:
    """Return a citation as ``extract citations --jsonl`` writes it."""
    return {
        "span": [citation.start, citation.end],
        "text": citation.text,
        "type": citation.kind,
        "number": citation.number,
        "date": citation.issued_on.isoformat() if citation.issued_on else None,
        "issuer": citation.issuer,
        "issuer_implied": citation.issuer_implied,
        "name": citation.name,
        "locator": citation.locator,
        "relation": citation.relation,
    } | ({"optional": True} if citation.optional else {})


def citations_as_json(text: str) -> list[dict[str, object]]:
    """Return what ``extract citations --jsonl`` writes for one text: its citations, bare mentions of laws left out."""
    return [as_json(one) for one in find_citations(text) if not one.optional]


def find_citations(text: str, *, laws: LawTable = KNOWN_LAWS) -> list[Citation]:
    """Return the citations of ``text`` in the order they stand.

    Laws by bare name ("Luật Hải quan", "Luật Đất đai năm 2024") come with ``optional`` set, and only those
    that ``laws`` holds.
    """
    reading = Reading(text)
    found = _all(reading, laws)
    found = sorted([*found, *short_numbers(reading, found)], key=lambda one: one.start)
    _share(reading, found)
    _relate(reading, found)
    return [_citation(reading, one) for one in found]


def _all(reading: Reading, laws: LawTable) -> list[Found]:
    """Return all that is found, in order. A number inside a law's citation is the law's."""
    numbers = list(number_matches(reading))
    named = find_laws(reading, numbers, laws)
    found: list[Found] = []
    rest = iter([*named, None])
    law = next(rest)
    end = 0
    for match in numbers:
        while law is not None and law.end <= match.start:
            if law.start >= end:
                found.append(law)
                end = law.end
            law = next(rest)
        if match.start < end or (law is not None and law.start <= match.start < law.end):
            continue
        made = with_head(reading, match, found[-1] if found else None)
        if made is not None and made.start >= end:
            found.append(made)
            end = made.end
    while law is not None:
        if law.start >= end:
            found.append(law)
            end = law.end
        law = next(rest)
    return found


# -- lists -----------------------------------------------------------------------------------------


def _listed(reading: Reading, one: Found, following: Found) -> bool:
    """Whether ``following`` continues the list that ``one`` is in."""
    gap = reading.bare[one.end : following.first]
    return len(gap) < 24 and patterns.LIST_GAP.fullmatch(gap) is not None


def _share(reading: Reading, found: Sequence[Found]) -> None:
    """Give each member of a list the issuer stated once, at its head or its end, and an elided one the date."""
    head: Found | None = None
    for one in found:
        if one.list_issuer or not (one.elided or one.optional):
            head = one if one.list_issuer else None
        elif head is not None and one.elided and one.issuer is None and (one.kind, one.organ) == (head.kind, head.organ):
            one.issuer = head.list_issuer
    for one, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if not _listed(reading, one, following):
            continue
        same_issuer = one.organ == following.organ and (one.organ or one.kind == following.kind)
        if one.issuer is None and following.issuer is not None and same_issuer and one.name is None:
            one.issuer = following.issuer
        if one.issued_on is None and following.issued_on is not None and following.elided and same_issuer:
            one.issued_on = following.issued_on
            one.year = one.year or following.year


# -- relations -------------------------------------------------------------------------------------


def _relate(reading: Reading, found: Sequence[Found]) -> None:
    """Set each relation from the clause in front.

    A citation inside the title of another ("Kế hoạch thực hiện Quyết định A phê duyệt Đề án theo
    Nghị quyết B") is related to that one, not to the document at hand: it is only cited.
    """
    plain = reading.plain
    for at, one in enumerate(found):
        before = found[at - 1] if at else None
        low = max(0, one.first - _CLAUSE)
        if before is not None and before.end >= low:
            low = before.end
        clause_start = max((ending.end() for ending in _CLAUSE_END.finditer(plain, low, one.first)), default=low)
        if before is not None and clause_start == before.end == low:
            if _listed(reading, before, one):
                one.relation, one.relation_words = before.relation, before.relation_words
            else:
                one.relation, one.relation_words = _nested(plain[low : one.first], before)
        else:
            one.relation, one.relation_words = relation_before(plain[clause_start : one.first])
        opens = before is None or clause_start > before.end
        if opens and one.relation == "cites" and _SIGNS.fullmatch(plain, clause_start, one.first):
            one.relation, one.relation_words = _of_list(plain, clause_start, before)
        one.leading = one.relation if opens or before is None else before.leading
        if one.relation == "cites" and not one.optional and (ending := ends_by(plain[one.end : one.end + 330])):
            one.relation = ending


_SIGNS = re.compile(r"[\s+*•-]{0,6}(?:\d{1,2}[.)]\s|[a-zđ]\)\s)?(?:các\s|tại\s|và\s){0,2}", re.IGNORECASE)
_LISTING = frozenset({"based_on", "repeals", "replaces", "implements"})


def _of_list(plain: str, start: int, before: Found | None) -> tuple[str, str]:
    """Return the relation of an item that says none itself: its list's heading says it, or the item before.

    "Bãi bỏ các Quyết định sau: …", "Căn cứ Nghị định A; Nghị định B".
    """
    window = plain[max(0, start - _CLAUSE) : start]
    ahead = window.rstrip(" \n-+*•")
    if ahead.endswith(":"):
        heading = ahead[max(ahead.rfind(". "), ahead.rfind("\n\n"), ahead.rfind(";")) + 1 :]
        code, said = relation_before(heading)
        return (code, said) if code in _LISTING else ("cites", "")
    end = start - len(window) + len(ahead)
    if ahead.endswith(";") and before is not None and before.leading in _LISTING and (
            end - before.end < _CLAUSE and not _CLAUSE_END.search(plain, before.end, end - 1)):
        return before.leading, ""
    return "cites", ""


_CLAUSE_END = re.compile(r"[;:.][”\"»)]?(?=\s)|\n\n|\n(?=[-+*•]|\d{1,2}[.)]\s|[a-zđ]\)\s|Căn\s)")


def _nested(words: str, before: Found) -> tuple[str, str]:
    """Return the relation of a citation that follows another in one clause."""
    code, said = relation_before(words)
    if code in ("replaces", "repeals") and _AND.search(words[: max(0, words.find(said)) + 1]):
        return code, said  # "… sửa đổi Quyết định A và bãi bỏ Quyết định B"
    if before.leading == "based_on" and _PASSIVE_BY.search(words):
        return "based_on", before.relation_words
    return "cites", said


_AND = re.compile(r"(?:\bvà|,|;)\s+\w*\Z|(?:\bvà|,)\s")
_PASSIVE_BY = re.compile(r"được\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)[^;.]{0,40}(?:bởi|tại|theo|bằng|số)?\s*\Z")


# -- the result ------------------------------------------------------------------------------------


def _citation(reading: Reading, one: Found) -> Citation:
    start, end = reading.raw_span(one.start, one.end)
    return Citation(
        start, end, reading.given[start:end], one.kind, one.number, one.issued_on, one.year, one.issuer,
        None if one.issuer else _implied(one.kind, one.organ), one.name, one.locator, one.relation,
        one.relation_words, one.optional)


@lru_cache(maxsize=4096)
def _implied(kind: str, organ: str) -> str | None:
    if organ.startswith("ubtvqh"):
        return "Ủy ban Thường vụ Quốc hội"
    return implied_issuer([group for group in re.split(r"[-/]", organ) if group], kind)
