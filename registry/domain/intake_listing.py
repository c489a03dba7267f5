"""A report or article that lists documents: one proposal each, with what each cites.

"Sở … đã tham mưu với UBND tỉnh ban hành: Quyết định số … . Kế hoạch số … ." The list runs from the
words "ban hành:" as long as its sentences begin with a kind. What a report plans to do is no list
of documents, though it names their kinds.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from registry.domain import citation_patterns as patterns
from registry.domain.citations import Citation, find_citations
from registry.domain.issuer_phrases import read_issuer
from registry.domain.issuer_symbols import implied_issuer
from registry.domain.issuers import expand_name
from registry.domain.places import PROVINCE_KEYS, full_place
from registry.domain.proposals import DOUBTFUL, LIKELY, SURE, Field, Proposal
from registry.domain.reading import Reading
from search_index.text import fold

# "đã tham mưu với UBND tỉnh ban hành (các văn bản sau):", "UBND tỉnh đã ban hành Kế hoạch số".
_ISSUED = re.compile(
    r"(?<![a-z])(?:ban\shanh|trien\skhai)(?P<mid>(?:\s(?:cac|mot\sso|nhieu|duoc|\d{1,3}))?(?:\s(?:van\sban|quyet\sdinh|ke\shoach)[^.:;\n]{0,60})?)"
    r"\s?(?::|,?\s(?:gom|nhu|bao\sgom|cu\sthe|sau(?:\sday)?)\s?:?|(?=\s(?:quyet\sdinh|ke\shoach|chi\sthi|cong\svan|bao\scao|nghi\squyet|thong\sbao|chuong\strinh|cong\sdien)\s(?:so\s)?\d))")
_LEAD = 220  # characters looked at in front of "ban hành"
_PLANNED = re.compile(r"(?<!\w)(?:sẽ|dự\s+kiến|tiếp\s+tục|nhiệm\s+vụ|phấn\s+đấu|trình|đề\s+nghị|chuẩn\s+bị|đang|xây\s+dựng|thời\s+gian\s+tới|cần)(?!\w)",
                      re.IGNORECASE)
_DONE = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)", re.IGNORECASE)
_KIND = "|".join(name.replace(" ", r"\s") for name in sorted(
    (name for name, kind in patterns.KIND_NAMES.items() if kind and name not in ("thu", "van ban")), key=len, reverse=True))
_ITEM = re.compile(
    rf"(?:\A|(?<=[.;:!]\s)|(?<=\n)|(?<=[.;:]))(?P<mark>\s?(?:[-+*•]|\(?\d{{1,2}}[.)]|[a-z]\)|\(\d{{1,2}}\))?\s?)(?P<kind>{_KIND})(?![a-z])(?!\snay)")
_PLACE = re.compile(r"(?<![a-z])(?P<level>tinh|thanh\spho|tp\.?)\s(?P<name>[a-z]+(?:[\s-]{1,3}[a-z]+){1,4})")
_LOCAL = re.compile(r"\A(?:ubnd|hdnd|vpubnd|tu|ubnd\w*)")
_LEVEL_ONLY = re.compile(r"(?:tỉnh|thành phố|Tỉnh|Thành phố)$")


@dataclass(frozen=True, slots=True)
class _Region:
    start: int
    end: int
    issuer: str | None
    issuer_span: tuple[int, int] | None


def read_listing(text: str) -> list[Proposal]:
    """Return one proposal for each document that ``text`` says was issued, in the order listed."""
    reading = Reading(text)
    cited = [one for one in find_citations(text) if not one.optional]
    place = place_of(reading)
    proposals: list[Proposal] = []
    for region in _regions(reading, place):
        proposals += _items(reading, region, cited, place)
    return proposals


def place_of(reading: Reading) -> str | None:
    """Return the province that a text speaks of most: "tỉnh Hà Nam"."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for found in _PLACE.finditer(reading.bare):
        words = re.split(r"[\s-]+", found["name"])
        for count in range(min(4, len(words)), 0, -1):
            key = " ".join(words[:count])
            if key in PROVINCE_KEYS:
                counts[key] += 1
                start = found.start("name")
                match = re.match(r"[\s-]{0,3}".join(map(re.escape, words[:count])), reading.bare[start:])
                if match:
                    name = reading.line(start, start + match.end())
                    if key not in shown or name.istitle():
                        shown[key] = name
                break
    if not counts:
        return None
    key = counts.most_common(1)[0][0]
    return full_place(shown[key].title() if shown[key].isupper() or shown[key].islower() else shown[key])


def _regions(reading: Reading, place: str | None) -> list[_Region]:
    """Return where documents are listed as issued, with the issuer that the words before name."""
    regions: list[_Region] = []
    for found in _ISSUED.finditer(reading.bare):
        if regions and found.start() < regions[-1].end:
            continue
        low = max(0, found.start() - _LEAD)
        lead = reading.plain[low : found.start()]
        sentence = low + max(lead.rfind(". "), lead.rfind("\n"), -1) + 1
        words = reading.plain[sentence : found.start()]
        if not _DONE.search(words) and _PLANNED.search(words):
            continue
        if not _ITEM.match(reading.bare, _item_start(reading, found.end())):
            continue
        end = _region_end(reading, found.end())
        issuer = _lead_issuer(reading, sentence, found.start(), place)
        regions.append(_Region(found.end(), end, *issuer))
    return regions


def _item_start(reading: Reading, at: int) -> int:
    while at < len(reading.bare) and reading.bare[at] in " \n:":
        at += 1
    return at


def _region_end(reading: Reading, start: int) -> int:
    """Return where the list ends: at the first sentence, or line, that begins with no kind."""
    bare = reading.bare
    at = _item_start(reading, start)
    end = at
    while at < len(bare):
        if not re.match(rf"\s?(?:[-+*•]|\(?\d{{1,2}}[.)]|[a-z]\)|\(\d{{1,2}}\))?\s?(?:{_KIND})(?![a-z])", bare[at : at + 60]):
            break
        end = _sentence_end(reading, at)
        at = _item_start(reading, end)
    return max(end, start)


def _sentence_end(reading: Reading, at: int) -> int:
    """Return where the sentence ends that begins at ``at``: a full stop, a line that starts anew."""
    plain = reading.plain
    for found in re.compile(r"[.;!](?=\s|\Z)|\n(?=\n|\s?[-+*•(]|\s?\d{1,2}[.)]\s)").finditer(plain, at):
        if found[0] == ";" and not _ITEM.match(reading.bare, found.end() + 1) and not re.match(
                rf"\s(?:va\s)?(?:[-+*•]|\(\d)?\s?(?:{_KIND})(?![a-z])\s(?:so\s)?\d", reading.bare[found.end() : found.end() + 60]):
            continue
        if found[0] == "." and re.search(r"(?:\b(?:TP|T|đ/c|Tp)|\b\d{1,3})\Z", plain[max(at, found.start() - 4) : found.start()]) and not (
                plain[found.end() : found.end() + 2].strip()[:1].isupper() and plain[found.start() - 1].isdigit()):
            continue
        return found.end()
    return len(plain)


def _lead_issuer(reading: Reading, start: int, end: int, place: str | None) -> tuple[str | None, tuple[int, int] | None]:
    """Return the body that issued what is listed: the last one named before "ban hành"."""
    best: tuple[str | None, tuple[int, int] | None] = (None, None)
    for found in _BODY.finditer(reading.bare, start, end):
        body = read_issuer(reading, found.start())
        if body is None or body.end > end + 1:
            continue
        best = (_placed(body.name, place), reading.raw_span(body.start, body.end))
    return best


_BODY = re.compile(r"(?<![a-z])(?:(?:chu\stich\s)?(?:ubnd|uy\sban\snhan\sdan|hdnd|hoi\sdong\snhan\sdan)|tinh\suy|thanh\suy|so\s(?=[a-z]+\s)|bo\s|chinh\sphu|thu\stuong|ban\sthuong\svu)(?![a-z]?\Z)")


def _placed(name: str, place: str | None) -> str:
    """Return an issuer with its province: "Ủy ban nhân dân tỉnh" in a report of Hà Nam."""
    name = expand_name(name)
    if place is None:
        return name
    if _LEVEL_ONLY.search(name):
        return f"{name.rsplit(' ', 2 if name.lower().endswith('thành phố') else 1)[0]} {place}"
    if fold(name) in ("uy ban nhan dan", "hoi dong nhan dan", "chu tich uy ban nhan dan"):
        return f"{name} {place}"
    if fold(name) in ("tinh uy", "thanh uy", "ban thuong vu tinh uy", "ban thuong vu thanh uy"):
        return f"{name} {place.removeprefix('tỉnh ').removeprefix('thành phố ')}"
    return name


# -- items -----------------------------------------------------------------------------------------


def _items(reading: Reading, region: _Region, cited: list[Citation], place: str | None) -> list[Proposal]:
    proposals: list[Proposal] = []
    at = _item_start(reading, region.start)
    while at < region.end:
        end = min(_sentence_end(reading, at), region.end)
        one = _item(reading, at, end, region, cited, place)
        if one is not None:
            proposals.append(one)
        at = _item_start(reading, max(end, at + 1))
    return proposals


def _item(reading: Reading, start: int, end: int, region: _Region, cited: list[Citation],
          place: str | None) -> Proposal | None:
    """Return the proposal for the document that one sentence of the list names."""
    head = re.match(rf"\s?(?:[-+*•]|\(?\d{{1,2}}[.)]|[a-z]\)|\(\d{{1,2}}\))?\s?(?P<kind>{_KIND})(?![a-z])", reading.bare[start:end])
    if head is None:
        return None
    kind_start = start + head.start("kind")
    raw_start, raw_end = reading.raw_span(kind_start, max(end, kind_start + 1))
    own = next((one for one in cited if one.start == raw_start and one.end <= raw_end), None)
    if own is not None:
        kind = Field(own.kind, own.start, own.start + len(own.kind), SURE)
        number = Field(own.number, own.start, own.end, SURE) if own.number else None
        issued_on = Field(own.issued_on, own.start, own.end, SURE) if own.issued_on else None
        subject_start = own.end
    else:
        name = patterns.KIND_NAMES[" ".join(head["kind"].split())]
        kind_end = start + head.end("kind")
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


def _issuer(own: Citation | None, region: _Region, place: str | None) -> Field[str] | None:
    """Return who issued a listed document: as its own words say, as its symbol tells, as the list says."""
    if own is not None and own.issuer:
        return Field(_placed(own.issuer, place), own.start, own.end, SURE)
    symbol = own.number.split("/")[-1] if own and own.number else ""
    groups = [group for group in re.split(r"[-/.]", symbol) if group]
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

