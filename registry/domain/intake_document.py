"""One document's text, head to signature, to the fields of the registration form."""

from __future__ import annotations

import re

from registry.domain import citation_patterns as patterns
from registry.domain.citations import Citation, find_citations
from registry.domain.intake_foot import read_foot
from registry.domain.intake_head import Head, read_head
from registry.domain.issuer_phrases import read_issuer
from registry.domain.issuers import expand_name
from registry.domain.proposals import LIKELY, Field, Proposal
from registry.domain.reading import Reading
from search_index.text import fold

_PASSED = re.compile(r"thong\squa\s(?:tai\s[^.\n]{0,60})?(?:vao\s)?ngay\s")
_PREAMBLE = 6000
_ISSUES = re.compile(
    r"(?<=\n)(?P<who>[a-z][a-z\s,-]{3,90}?)\sban\shanh\s(?:nghi\sdinh|nghi\squyet|thong\stu|quyet\sdinh|chi\sthi|ke\shoach|luat)(?![a-z])")
_MINISTER = re.compile(r"^Bộ trưởng (?=Bộ )")
_LAW_KINDS = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp"))


def read_document(text: str) -> Proposal:
    """Return what the text of one document proposes: each field with the span it came from.

    Its references are the citations of the whole text, once each, those of its preamble (căn cứ) first;
    laws by bare name and the document itself are left out.
    """
    reading = Reading(text)
    head = read_head(reading)
    foot = read_foot(reading, head.end)
    cited = find_citations(text)
    _named_by_appendix(reading, head, cited)
    _passed_on(reading, head)
    _issued_by(reading, head)
    return Proposal(
        0, len(text), head.kind, head.number, head.issued_on, head.issuer, head.parent, head.place, head.subject,
        head.urgency, head.secrecy, foot.signer, foot.position, foot.capacity, foot.recipients,
        references=_references(cited, head))


def _named_by_appendix(reading: Reading, head: Head, citations: list[Citation]) -> None:
    """Take number, date and issuer from under an appendix's title: "(Kèm theo Công văn số 12/STC-NS ngày … của …)"."""
    if head.number is not None or head.kind is None:
        return
    for cited in citations:
        if cited.number is None or cited.kind != head.kind.value or not _ATTACHED.search(fold(reading.given[max(0, cited.start - 40) : cited.start])):
            continue
        head.number = Field(cited.number, cited.start, cited.end, LIKELY)
        if head.issued_on is None and cited.issued_on is not None:
            head.issued_on = Field(cited.issued_on, cited.start, cited.end, LIKELY)
        if head.issuer is None and cited.issuer is not None:
            head.issuer = Field(expand_name(cited.issuer), cited.start, cited.end, LIKELY)
        return


_ATTACHED = re.compile(r"\n\s*\((?:ban\s+hanh\s+)?kem\s+theo\s+\Z")


def _passed_on(reading: Reading, head: Head) -> None:
    """Take the day a law was passed from its end: "kỳ họp thứ 7 thông qua ngày 29 tháng 6 năm 2024"."""
    if head.issued_on is not None or head.kind is None or head.kind.value not in _LAW_KINDS:
        return
    for found in _PASSED.finditer(reading.bare, head.end):
        day = patterns.DATE.match(reading.bare, found.end())
        issued_on = patterns.read_day(day) if day else None
        if day and issued_on:
            head.issued_on = Field(issued_on, *reading.raw_span(day.start(), day.end()), LIKELY)


def _issued_by(reading: Reading, head: Head) -> None:
    """Take the issuer from the preamble where the head is missing: "Bộ trưởng Bộ Nội vụ ban hành Thông tư …"."""
    if head.issuer is not None or (head.kind is not None and head.kind.value == "Văn bản hợp nhất"):
        return
    for found in _ISSUES.finditer(reading.bare, 0, head.end + _PREAMBLE):
        start = found.start("who")
        body = read_issuer(reading, start)
        if body is not None and body.end == found.end("who"):
            name = expand_name(_MINISTER.sub("", body.name))
            head.issuer = Field(name, *reading.raw_span(start, body.end), LIKELY)
            return


def _references(citations: list[Citation], head: Head) -> tuple[Citation, ...]:
    own = head.number.value if head.number else None
    kept: dict[tuple[str, str, str], Citation] = {}
    for cited in citations:
        if cited.optional or (own and cited.number == own and (
                head.issued_on is None or cited.issued_on in (None, head.issued_on.value))):
            continue
        day = cited.issued_on.isoformat() if cited.issued_on and not (cited.number and cited.year_in_number) else ""
        key = (cited.kind, cited.number or cited.name or "", day)
        before = kept.get(key)
        if before is None or (before.relation == "cites" and cited.relation != "cites"):
            kept[key] = cited
    return tuple(kept.values())
