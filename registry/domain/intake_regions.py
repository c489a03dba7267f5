"""Where a report lists the documents that were issued, and by whom: "… đã tham mưu với UBND tỉnh ban hành: …"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from registry.domain import citation_patterns as patterns
from registry.domain.issuer_phrases import read_issuer
from registry.domain.issuers import expand_name
from registry.domain.phrases import longest_first
from registry.domain.places import PROVINCE_KEYS, full_place
from registry.domain.proposals import SURE, Field
from registry.domain.reading import Reading
from search_index.text import fold

# "đã tham mưu với UBND tỉnh ban hành (các văn bản sau):", "UBND tỉnh đã ban hành Kế hoạch số", "ký Quyết định số".
_ISSUED = re.compile(
    r"(?<![a-z])(?:ban\shanh|trien\skhai|ky|da\sco)(?P<mid>(?:\s(?:cac|mot\sso|nhieu|duoc|\d{1,3})){0,3}(?:\s(?:van\sban|quyet\sdinh|ke\shoach)[^.:;\n]{0,60}?)??)"
    r"\s?(?::|,?\s(?:gom|nhu|bao\sgom|cu\sthe|sau(?:\sday)?)\s?:?|(?=\s(?:quyet\sdinh|ke\shoach|chi\sthi|cong\svan|bao\scao|nghi\squyet|thong\sbao|chuong\strinh|cong\sdien|to\strinh|huong\sdan|ket\sluan)(?:\s(?:hanh\sdong|phoi\shop|cong\stac|tham\stra))?\s(?:so\s)?\d))")
_LEAD = 220  # characters looked at in front of "ban hành"
_PLANNED = re.compile(r"(?<!\w)(?:sẽ|dự\s+kiến|tiếp\s+tục|nhiệm\s+vụ|phấn\s+đấu|trình|đề\s+nghị|chuẩn\s+bị|đang|xây\s+dựng|thời\s+gian\s+tới|cần)(?!\w)",
                      re.IGNORECASE)
_DONE = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)", re.IGNORECASE)
_KIND = longest_first(name for name, kind in patterns.KIND_NAMES.items() if kind and name not in ("thu", "van ban"))
ITEM = re.compile(rf"\s?(?:[-+*•]|\(?\d{{1,2}}[.)]|[a-z]\)|\(\d{{1,2}}\))?\s?(?P<kind>{_KIND})(?![a-z])(?!\snay)")
_NEXT_ITEM = re.compile(rf"\s(?:va\s)?(?:[-+*•]|\(\d)?\s?(?:{_KIND})(?![a-z])\s(?:so\s)?\d")
_SENTENCE_END = re.compile(r"[.;!](?=\s|\Z)|\n(?=\n|\s?[-+*•(]|\s?\d{1,2}[.)]\s)")
_PLACE = re.compile(r"(?<![a-z])(?P<level>(?:tinh|thanh)\suy|tinh|thanh\spho|tp\.?)\s(?P<name>[a-z]+(?:[\s-]{1,3}[a-z]+){1,4})")
_LEAD_DAY = re.compile(r"\s?(?:ngay\s)" + patterns.DATE.pattern)
_LEVEL_ONLY = re.compile(r"(?:tỉnh|thành phố|Tỉnh|Thành phố)$")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch that lists documents as issued, and by whom; places are those of ``Reading.plain``."""

    start: int
    end: int
    issuer: str | None
    issuer_span: tuple[int, int] | None
    issued_on: Field[date] | None = None
    """Said before: "Ngày 05/10/2023, UBND tỉnh ban hành Kế hoạch số …"."""


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
                match = re.compile(r"[\s-]{0,3}".join(words[:count])).match(reading.bare, start)
                if match:
                    name = reading.line(start, match.end())
                    if key not in shown or name.istitle():
                        shown[key] = name
                break
    if not counts:
        return None
    key = counts.most_common(1)[0][0]
    return full_place(shown[key].title() if shown[key].isupper() or shown[key].islower() else shown[key])


def regions(reading: Reading, place: str | None) -> list[Region]:
    """Return where documents are listed as issued, with the issuer that the words before name."""
    regions: list[Region] = []
    for found in _ISSUED.finditer(reading.bare):
        if regions and found.start() < regions[-1].end:
            continue
        low = max(0, found.start() - _LEAD)
        lead = reading.plain[low : found.start()]
        sentence = low + max(lead.rfind(". "), lead.rfind("\n"), -1) + 1
        words = reading.plain[sentence : found.start()]
        if found[0].startswith("trien") and ":" not in found[0]:
            continue  # "triển khai Kế hoạch số …" carries out what another issued
        if not _DONE.search(words) and _PLANNED.search(words):
            continue
        if not ITEM.match(reading.bare, item_start(reading, found.end())):
            continue
        end = _region_end(reading, found.end())
        issuer = _lead_issuer(reading, sentence, found.start(), place)
        day = _LEAD_DAY.match(reading.bare, sentence)
        issued_on = Field(found_day, *reading.raw_span(day.start(), day.end()), SURE) if day and (found_day := patterns.read_day(day)) else None
        regions.append(Region(found.end(), end, *issuer, issued_on))
    return regions


def item_start(reading: Reading, at: int) -> int:
    """Return where the next words begin behind white space and colons."""
    while at < len(reading.bare) and reading.bare[at] in " \n:":
        at += 1
    return at


def _region_end(reading: Reading, start: int) -> int:
    """Return where the list ends: at the first sentence, or line, that begins with no kind."""
    bare = reading.bare
    at = item_start(reading, start)
    end = at
    while at < len(bare):
        if not ITEM.match(bare, at):
            break
        end = sentence_end(reading, at)
        at = item_start(reading, end)
    return max(end, start)


def sentence_end(reading: Reading, at: int) -> int:
    """Return where the sentence ends that begins at ``at``: a full stop, a line that starts anew."""
    plain = reading.plain
    for found in _SENTENCE_END.finditer(plain, at):
        if found[0] == ";" and (again := _ISSUED.search(reading.bare, found.end(), found.end() + 120)) and not re.search(
                r"[.;:\n]", plain[found.end() : again.start()]):
            return found.end()  # "…; tham mưu UBND tỉnh ban hành Quyết định số …"
        if found[0] == ";" and not ITEM.match(reading.bare, found.end() + 1) and not _NEXT_ITEM.match(reading.bare, found.end()):
            continue
        if found[0] == "." and re.search(r"(?:\b(?:TP|T|đ/c|Tp)|\b\d{1,3})\Z", plain[max(at, found.start() - 4) : found.start()]) and not (
                plain[found.end() : found.end() + 2].strip()[:1].isupper() and plain[found.start() - 1].isdigit()):
            continue
        return found.end()
    return len(plain)


def _lead_issuer(reading: Reading, start: int, end: int, place: str | None) -> tuple[str | None, tuple[int, int] | None]:
    """Return the body that issued what is listed: the last one named before "ban hành"."""
    best: tuple[str | None, tuple[int, int] | None] = (None, None)
    last = start
    for found in _BODY.finditer(reading.bare, start, end):
        body = read_issuer(reading, found.start()) if found.start() >= last else None  # "Ban Thường vụ Tỉnh ủy" is one
        if body is None or body.end > end + 1:
            continue
        last = body.end
        best = (placed(body.name, place), reading.raw_span(body.start, body.end))
    return best


_BODY = re.compile(r"(?<![a-z])(?:(?:chu\stich\s)?(?:ubnd|uy\sban\snhan\sdan|hdnd|hoi\sdong\snhan\sdan)|tinh\suy|thanh\suy|so\s(?=[a-z]+\s)|bo\s|chinh\sphu|thu\stuong|ban\sthuong\svu)(?![a-z]?\Z)")


def placed(name: str, place: str | None) -> str:
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
