"""What one text cites: its many mentions brought together, each document once for each relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from registry.domain.citations import Citation, find_citations
from registry.domain.errors import BadDocumentNumber
from registry.domain.issuers import expand_name
from registry.domain.laws import KNOWN_LAWS, LawTable, law_key
from registry.domain.numbers import DocumentNumber
from registry.domain.places import PROVINCE_KEYS, full_place, place_key
from registry.domain.relations import RELATIONS_BY_CODE
from registry.domain.resolution import known_law, same_issuer
from search_index.text import fold_line, one_line

MOST = 500
"""Documents that one text is taken to cite; a catalogue of thousands is not a document's own chain."""
ENDING = frozenset({"replaces", "repeals"})
_WEAK = frozenset({"cites", "attached_to"})
_LONGEST_KEY = 100
_LONGEST_QUOTE = 300


_DIGIT = re.compile("[0-9]")  # no citation that counts is without one


@dataclass(frozen=True, slots=True)
class Mention:
    """One cited document in one relation, at the first place that says so."""

    citation: Citation
    """With date, year and issuer as any mention in the text gives them."""
    number_key: str | None
    relation: str
    start: int | None
    end: int | None
    quote: str
    locator: str = ""
    partly: bool = False
    """The words concern a part of the document only: "bãi bỏ khoản 2 Điều 1 Quyết định …"."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What a text read again says in the same way: kind, number or name, relation."""
        return (fold_line(self.citation.kind), self.number_key or law_key(self.citation.name or ""), self.relation)


@dataclass(slots=True)
class _Cited:
    citation: Citation
    key: str | None
    relations: dict[str, Mention]


def find_mentions(text: str, *, subject: str = "", laws: LawTable = KNOWN_LAWS) -> list[Mention]:
    """Return what ``text`` cites, and what ``subject`` cites beyond it, in order; at most ``MOST`` documents.

    A mention without date is the dated document of that number where the text names one only. A bare
    mention stands for nothing where another relation to the same document is said. What the subject
    says has no place in the text.
    """
    cited: dict[tuple[str, str], list[_Cited]] = {}
    order: list[_Cited] = []
    found = [(one, text) for one in find_citations(text, laws=laws)] if text else []
    if _DIGIT.search(subject):
        found += [(one, "") for one in find_citations(subject, laws=laws)]
    # A law by its bare name is a mention; with its year it is one law.
    made = [(one, source, *_keyed(one, laws)) for one, source in found if not one.optional or one.year]
    # Dated mentions first, so that undated ones find them; the order of the text is kept in the end.
    for _, source, citation, key in sorted(made, key=lambda item: item[2].issued_on is None):
        if key is None and (citation.optional or not citation.name):
            continue
        group = cited.setdefault((fold_line(citation.kind), key or law_key(citation.name or "")), [])
        one = _same(group, citation)
        if one is None:
            if len(order) >= MOST:
                continue
            one = _Cited(citation, key, {})
            group.append(one)
            order.append(one)
        one.citation = _completed(one.citation, citation)
        _relate(one, citation, key, source)
    mentions = [replace(mention, citation=one.citation) for one in order for mention in _told(one.relations)]
    return sorted(mentions, key=lambda one: (one.start is None, one.start or 0))


@lru_cache(maxsize=8192)
def number_key(number: str | None) -> str | None:
    """Return the key under which documents of that number are kept, None where it cannot be read."""
    if not number:
        return None
    try:
        key = DocumentNumber.parse(number).key
    except BadDocumentNumber:
        return None
    return key if len(key) <= _LONGEST_KEY else None


def _keyed(found: Citation, laws: LawTable) -> tuple[Citation, str | None]:
    citation = known_law(found, laws)
    return citation, number_key(citation.number)


def _same(group: Sequence[_Cited], citation: Citation) -> _Cited | None:
    if citation.year_in_number:
        fitting = [one for one in group if same_issuer(one.citation.issuer, citation.issuer)]
    else:
        fitting = [one for one in group if _same_day(one.citation, citation)
                   and same_issuer(one.citation.issuer, citation.issuer)]
    return fitting[0] if len(fitting) == 1 or (fitting and citation.issued_on is not None) else None


def _same_day(one: Citation, other: Citation) -> bool:
    if one.issued_on is not None and other.issued_on is not None:
        return one.issued_on == other.issued_on
    return one.year is None or other.year is None or one.year == other.year


def _completed(one: Citation, other: Citation) -> Citation:
    return replace(one, issued_on=one.issued_on or other.issued_on, year=one.year or other.year,
                   issuer=one.issuer or other.issuer)


def _relate(one: _Cited, citation: Citation, key: str | None, source: str) -> None:
    relation = citation.relation if citation.relation in RELATIONS_BY_CODE else "cites"
    partly = bool(source) and relation in ENDING and _in_part(source, citation)
    here = Mention(citation, key, relation, citation.start if source else None, citation.end if source else None,
                   one_line(citation.text)[:_LONGEST_QUOTE], citation.locator or "", partly)
    known = one.relations.get(relation)
    if known is None:
        one.relations[relation] = here
        return
    first = here if (here.start or 0) < (known.start or 0) and here.start is not None else known
    one.relations[relation] = replace(first, locator=first.locator or here.locator, partly=known.partly and partly)


_PART = re.compile(r"(?:một\s+(?:số|phần)|khoản|điểm|điều|chương|mục|phụ\s+lục|cụm\s+từ|nội\s+dung|tiết|đoạn)\b",
                   re.IGNORECASE)
_ENDING_WORD = re.compile(r"thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thay\s+cho|hết\s+hiệu\s+lực", re.IGNORECASE)
_CLAUSE = 160


def _in_part(text: str, citation: Citation) -> bool:
    """Whether what ends is a part: between the verb and the citation stand the words of one."""
    if citation.locator:
        return True
    before = re.split(r"[.;:]\s|\n\n", text[max(0, citation.start - _CLAUSE):citation.start])[-1]
    verbs = list(_ENDING_WORD.finditer(before))
    return bool(verbs) and _PART.search(before, verbs[-1].end()) is not None


def _told(relations: dict[str, Mention]) -> Iterable[Mention]:
    strong = [one for code, one in relations.items() if code not in _WEAK]
    return strong or list(relations.values())[:1]


# -- whose number it is ------------------------------------------------------------------------------

_GENERAL = re.compile(r"(?:chu tich )?(uy ban nhan dan|hoi dong nhan dan)(?: (?:tinh|thanh pho))?")
_COMMITTEES = {"uy ban nhan dan": "Ủy ban nhân dân", "hoi dong nhan dan": "Hội đồng nhân dân"}
_LOCAL_SYMBOL = re.compile(r"(?:^|[-/])(UBND|HĐND)(?:$|[-/])")


def in_context(citation: Citation, place: str) -> Citation:
    """Return the citation with the province that ``place``, that of the citing document's issuer, tells.

    "UBND tỉnh" and 12/QĐ-UBND without issuer mean the province's own committee.
    """
    if citation.issuer_implied or place_key(place) not in PROVINCE_KEYS:
        return citation
    if citation.issuer:
        body = _general(citation.issuer)
    else:
        symbol = _LOCAL_SYMBOL.search(citation.number or "")
        body = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}[symbol[1]] if symbol else None
    return replace(citation, issuer=f"{body} {full_place(place)}") if body else citation


def issuer_known(citation: Citation) -> bool:
    """Whether the citation tells one issuer; "UBND tỉnh" is any province's."""
    if citation.issuer is None:
        return citation.issuer_implied is not None
    return _general(citation.issuer) is None


@lru_cache(maxsize=4096)
def _general(issuer: str) -> str | None:
    """Return the committee that a name without place means: any province's."""
    general = _GENERAL.fullmatch(fold_line(expand_name(issuer)))
    return _COMMITTEES[general[1]] if general else None
