"""Numbers in running text, with the kind in front and the date and issuer behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from registry.domain import citation_patterns as patterns
from registry.domain.errors import BadDocumentNumber
from registry.domain.issuer_phrases import read_issuer, written_out
from registry.domain.issuer_symbols import CENTRAL_BODIES, known_symbol
from registry.domain.numbers import DocumentNumber
from registry.domain.reading import Reading
from search_index.text import fold

_BEFORE = 110  # characters looked at in front of a number: the longest head with its issuer


@dataclass(slots=True)
class Found:
    """A citation in the making; places are those of ``Reading.plain``."""

    start: int
    end: int
    kind: str
    number: str | None = None
    organ: str = ""
    """The symbol behind the kind, bare: what two numbers of one issuer share."""
    issued_on: date | None = None
    year: int | None = None
    issuer: str | None = None
    list_issuer: str | None = None
    """Stated in front of a list: "các Nghị định của Chính phủ: số …; số …"."""
    name: str | None = None
    locator: str | None = None
    locator_start: int | None = None
    kind_by_symbol: bool = False
    """The kind is not in the words: "số 294/BC-STP"."""
    elided: bool = False
    """Without a kind of its own: "số 08/…" in a list."""
    optional: bool = False
    leading: str = "cites"
    """The relation of the first citation of its clause."""
    relation: str = "cites"
    relation_words: str = ""

    @property
    def first(self) -> int:
        """Where it begins with its locator."""
        return self.start if self.locator_start is None else self.locator_start


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number and symbol as they stand in ``Reading.plain``."""

    start: int
    end: int
    ordinal: str
    year: int | None
    symbol: str
    """Marked, in the letters of the text, without spaces."""
    bare: str


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number or a name: date, year, issuer, and where that ends."""

    end: int
    issued_on: date | None = None
    year: int | None = None
    issuer: str | None = None
    end_of_date: int = 0
    """Where it ends without the issuer."""


def number_matches(reading: Reading, start: int = 0, end: int | None = None) -> Iterator[NumberMatch]:
    """Yield what has the shape of a number and symbol between two places, in order."""
    plain, bare = reading.plain, reading.bare
    for found in patterns.NUMBER.finditer(bare, start, len(bare) if end is None else end):
        at = found.start("symbol")
        stop = _at_dot(plain, at, _untorn(reading, found.end("symbol"), found.end()))
        if found["sep"].strip() != found["sep"] and not _may_be_spaced(reading, found, stop):
            continue
        if stop < len(plain) and (plain[stop].isalnum() or plain[stop] in "/_%"):
            continue
        symbol = "".join(plain[at:stop].split())
        year = int(found["year"]) if found["year"] and len(found["year"]) == 4 else None
        yield NumberMatch(found.start(), stop, "".join(plain[found.start() : at].split()), year, symbol,
                          "".join(bare[at:stop].split()))


def _untorn(reading: Reading, symbol_end: int, end: int) -> int:
    """Return the end of the symbol with what a line break or a stray space has torn off."""
    plain, bare = reading.plain, reading.bare
    if end > symbol_end:  # a year stands behind the symbol
        return end
    while found := patterns.TORN.match(bare, end):
        torn = plain[found.start("group") : found.end("group")]
        first = re.split(r"[-/]", torn, maxsplit=1)[0]
        one_sided = not (plain[end].isspace() and plain[found.start("group") - 1].isspace())
        known = fold(first).rstrip("0123456789.") in _ORGANS
        before = bare[max(0, end - 8) : end].split("/")[-1].split("-")[-1]
        single = bare.rfind("-", max(0, end - 12), end) <= bare.rfind("/", max(0, end - 12), end)  # "2273/CTK - CSCL ngày"
        ampersand = found[0].startswith((" & ", "\n& "))  # "15972/SXD-QLN & TTBĐS ngày"
        letter = (before in _ORGANS or single or ampersand) and first.isupper() and _LETTER_GOES_ON.match(bare, found.end()) is not None
        if not (first.isupper() or known) or not (one_sided or (known and before in _KINDS) or letter):
            break
        joint = bare.rfind("lt", max(0, symbol_end - 40), symbol_end) != -1
        if found[0].startswith((" ", "\n")) and found[0][1] == "-" and not (
                known or before in _KINDS or joint or letter):
            break
        end = found.end()
    return end


_LETTER_GOES_ON = re.compile(r"\s(?:ngay|cua)\s")
_ORGANS = frozenset(
    ["ubnd", "cp", "ttg", "hdnd", "qh", "ubtvqh", "tw", "tu", "bca", "bqp", "btc", "bct", "byt", "bnv", "btp", "bxd", "bng", "bgtvt", "btnmt", "bnnptnt", "bnnmt", "bkhcn", "bvhttdl", "btttt", "bdttg", "bgddt", "bldtbxh", "bkhdt", "nhnn", "vpcp", "vpqh", "ctn", "bnn", "bgd", "ttcp", "ktnn", "tandtc", "vksndtc"])
_KINDS = frozenset(patterns.SYMBOL_KINDS) | frozenset(patterns.MARKED_SYMBOL_KINDS) | {"nd", "cd", "da", "hd", "qdi"}


_FILE_ENDS = frozenset(("doc", "docx", "pdf", "xls", "xlsx", "rtf", "odt", "zip", "rar"))


def _at_dot(plain: str, start: int, end: int) -> int:
    """Return where the symbol ends when a sentence does inside it: "NĐ-CP.Điều", but not "QĐ-VP.UBND"."""
    at = plain.find(".", start, end)
    while at != -1:
        group = re.split(r"[-/.]", plain[at + 1 : end], maxsplit=1)[0]
        if not group or (not group.isupper() and not plain[start:at].islower()) or group.lower() in _FILE_ENDS:
            return at
        at = plain.find(".", at + 1, end)
    while end > start and plain[end - 1] in ".&":
        end -= 1
    return end


def _may_be_spaced(reading: Reading, found: re.Match[str], end: int) -> bool:
    """Whether "3578 / QĐ-BKHCN" is a number: spaces make "2/3 - xã" look like one."""
    first = re.split(r"[-/.]", found["symbol"], maxsplit=1)[0].rstrip("0123456789")
    if first in _KINDS or first in _ORGANS:
        return True
    text = reading.plain[found.start("symbol") : end]
    return text.isupper() and "-" in text


# -- kind ------------------------------------------------------------------------------------------


def with_head(reading: Reading, match: NumberMatch, previous: Found | None) -> Found | None:
    """Return the citation that ``match`` is the number of, or None where it is none.

    ``previous`` is the citation before: a list names its kind once.
    """
    bare = reading.bare
    low = max(0, match.start - _BEFORE)
    before = bare[low : match.start]
    word = patterns.NUMBER_WORD.search(before)
    ahead = before[: word.start()] if word else before
    following = bare[match.end : match.end + 12].lstrip()
    if ahead.endswith(("no. ", "no ", "no.\n")) or re.search(r"\.\d+[a-z]\Z", match.ordinal.rstrip("/-").lower()):
        return None  # English, and a statistical form: 001.2N/BCB-CT
    if following.startswith("cong hoa x") or match.symbol.lower() in ("", "ngay", "ngày"):
        return None
    by_symbol = symbol_kind(match)
    head = patterns.HEAD.search(ahead)
    if head is not None and head["kind"] == "thu" and reading.plain[low + head.start() : low + head.end("kind")].lower() != "thư":
        head = None  # "văn bản giải trình, tiếp thu số …"
    more = patterns.HEAD_AND_MORE.search(ahead) if head is None and word else None
    if head is None and more is not None:
        more = _nearest(more, ahead)
    head = head or more
    if head is not None and _fits(reading, head, low, by_symbol, match, spoken=word is not None):
        general = by_symbol not in (None, "Công văn") and word is not None and head["kind"] in ("van ban", "van\nban", "vb")
        # "văn bản số 308/BC-BXD" is a report: its kind is not in the words, so it begins at "số"
        return _finish(reading, match, _head_kind(head, by_symbol), low + (word.start() if general and word else head.start("kind")))
    if patterns.FORM_WORDS.search(ahead[-60:]) and not _in_list(reading, previous, match, low, word):
        return None
    start = low + word.start() if word else match.start
    start += len(bare[start : match.start]) - len(bare[start : match.start].lstrip(" \n:"))
    if _in_list(reading, previous, match, low, word) and previous is not None:
        kind = by_symbol or ("Công văn" if previous.kind_by_symbol else previous.kind)
        made = _finish(reading, match, kind, start, elided=True)
        made.kind_by_symbol = by_symbol is not None
        return made
    if previous is not None and by_symbol is None and _in_titled_list(reading, previous, match, low, word):
        return _finish(reading, match, previous.kind, start, elided=True)
    if word is not None:
        return _behind_issuer(reading, match, before, word, low, start, by_symbol)
    if match.year and by_symbol in NORMATIVE and match.symbol.split("-")[0].isupper():
        return _finish(reading, match, by_symbol, start, elided=True)
    if by_symbol and "-" in match.symbol and match.symbol.split("-")[0].isupper():  # in the cell of a table
        made = _finish(reading, match, by_symbol, start, elided=True)
        return made if made.issued_on and made.issuer else None
    return None


NORMATIVE = frozenset(("Nghị định", "Thông tư", "Thông tư liên tịch", "Quyết định", "Nghị quyết", "Nghị quyết liên tịch"))


def _nearest(found: re.Match[str], ahead: str) -> re.Match[str]:
    """Return the head nearest to the number: of "kế hoạch thực hiện báo cáo thẩm tra", the report."""
    while following := patterns.HEAD_AND_MORE.search(ahead, found.start("kind") + 1):
        found = following
    return found


def _fits(reading: Reading, head: re.Match[str], low: int, by_symbol: str | None, match: NumberMatch, *,
          spoken: bool) -> bool:
    """Whether the words found are the head of this number, not words that happen to stand there."""
    more = head["more"] if head.re is patterns.HEAD_AND_MORE else ""
    kind = _head_kind(head, by_symbol)
    if kind == "Thư công" or (kind == "Đề án" and match.bare == "cp"):
        return False
    if head["short"] and not more and (by_symbol == kind or (kind == "Công văn" and by_symbol is None and "-" in match.symbol)):
        return True  # in any case of letters: "kh số 346/kh-ubnd", "Cv 2844/SGDĐT-KHTC"
    if head["short"] and not reading.plain[low + head.start("kind") : low + head.end("kind")].replace("Tr", "TR").isupper():
        return head["short"] in ("qd", "nd", "tt", "nq") and reading.plain[match.start : match.end].islower() and not more
    if more:
        if patterns.BROKEN_HEAD.search(more) or not spoken or head["short"]:
            return False
        return by_symbol == kind or (by_symbol is None and kind in ("Công văn", "Báo cáo", "Tờ trình"))
    if head["short"] and not spoken and by_symbol != kind and match.bare not in _ORGANS:
        return False
    if not spoken and by_symbol is None and not match.year and kind not in ("Nghị định", "Công văn"):
        return len(match.symbol) > 3 and "-" in match.symbol
    return True


def _head_kind(head: re.Match[str], by_symbol: str | None) -> str:
    if head["short"]:
        return patterns.SHORT_KINDS[head["short"]]
    name = patterns.KIND_NAMES[" ".join(head["kind"].split())]
    return name or by_symbol or "Công văn"


def symbol_kind(match: NumberMatch) -> str | None:
    """Return the kind that the symbol tells: "TTr-STC" → Tờ trình; None for letters and laws."""
    groups = re.split(r"[-/]", match.symbol.lower())
    first = groups[0]
    if len(groups) < 2:
        return None
    kind = patterns.MARKED_SYMBOL_KINDS.get(first) or patterns.SYMBOL_KINDS.get(fold(first))
    if kind is None and groups[-1] in ("qđ", "tb", "nq", "tt", "bc", "kh") and len(groups) == 2 and groups[0] in ("lb", "ub", "hđbt"):
        kind = patterns.SYMBOL_KINDS.get(fold(groups[-1]))
    if kind == "Thông tư" and fold(groups[1]).startswith(("tw", "tu")):
        return "Thông tri"
    return kind


def _in_list(reading: Reading, previous: Found | None, match: NumberMatch, low: int, word: re.Match[str] | None) -> bool:
    """Whether only list signs stand between the citation before and this number."""
    if previous is None or not 0 <= match.start - previous.end <= 24:
        return False
    start = low + word.start() if word else match.start
    return patterns.LIST_GAP.fullmatch(reading.bare[previous.end : max(start, previous.end)]) is not None


def _in_titled_list(reading: Reading, previous: Found, match: NumberMatch, low: int, word: re.Match[str] | None) -> bool:
    """Whether a number of the National Assembly goes on a list of them that gives each its subject.

    "các Nghị quyết số 55/2010/QH12 về miễn, giảm thuế …; số 28/2016/QH14 về sửa đổi …": the symbol tells no kind.
    """
    if word is None or not (patterns.ASSEMBLY_SYMBOL.fullmatch(match.bare) and patterns.ASSEMBLY_SYMBOL.fullmatch(previous.organ)):
        return False
    between = reading.bare[previous.end : low + word.start()]
    return len(between) < 250 and between.rstrip(" \nva").endswith(";") and ". " not in between


def _behind_issuer(reading: Reading, match: NumberMatch, before: str, word: re.Match[str], low: int, start: int,
                   by_symbol: str | None) -> Found | None:
    """Read "các Nghị định của Chính phủ: số 63/2010/NĐ-CP"; else "số" and a symbol that tells the kind."""
    ahead = before[: word.start()]
    for head in reversed(list(_KIND_THEN_ISSUER.finditer(ahead))):
        at = low + head.end()
        body = read_issuer(reading, at)
        if body and not patterns_rest(reading.bare[body.end : low + word.start()]):
            kind = patterns.KIND_NAMES[" ".join(head["kind"].split())] or by_symbol or "Công văn"
            if by_symbol in (None, kind):
                made = _finish(reading, match, kind, low + head.start())
                made.issuer = made.list_issuer = made.issuer or body.name
                return made
        break
    if by_symbol is None or patterns.OWN_NUMBER.search(before) or _own_line(reading, start, match.end):
        return None
    made = _finish(reading, match, by_symbol, start, elided=True)
    made.kind_by_symbol = True
    return made


def _own_line(reading: Reading, start: int, end: int) -> bool:
    """Whether the number fills a line: the document's own, "Số 212-KL/TW" in its head."""
    plain = reading.plain
    if start and plain[start - 1] != "\n":
        return False
    return plain[end : end + 1] in ("", "\n") and not reading.bare.startswith(("ngay", "cua"), end + 1)


_KIND_THEN_ISSUER = re.compile(
    rf"(?<![a-z0-9])(?P<kind>{patterns.NAMES})\s(?:cua\s)?(?=(?:chinh|thu|quoc|uy|ubnd|hdnd|hoi|bo|so|ban|chu)\s)")


def patterns_rest(text: str) -> str:
    """Return what remains between an issuer and "số" beside signs."""
    return text.strip(" \n:,")


# -- what follows ----------------------------------------------------------------------------------


def _finish(reading: Reading, match: NumberMatch, kind: str, start: int, *, elided: bool = False) -> Found:
    groups = [group for group in re.split(r"[-/]", match.bare) if group]
    joint = "liên tịch" in kind or match.bare.startswith(_JOINT_SYMBOLS) or sum(map(_is_ministry, groups)) > 1
    tail = read_tail(reading, match.end, joint=joint)
    organ = "-".join(group for at, group in enumerate(groups) if not (group in _KINDS and (at == 0 or groups[0] in ("lb", "ub"))))
    if tail.issuer and organ.startswith(_STATE_ORGANS) and _COMPANY.match(fold(tail.issuer)):
        # "diện tích tại Quyết định số 348/QĐ-UBND của Công ty A": what the decision is about
        tail = replace(tail, end=tail.end_of_date, issuer=None)
    found = Found(start, tail.end, kind, match.ordinal + official_symbol(match.symbol), organ, tail.issued_on,
                  match.year or tail.year, tail.issuer, elided=elided)
    add_locator(reading, found)
    return found


# What joint circulars, resolutions, instructions, rules and plans begin with; older ones name the joint body first (LB).
_JOINT_SYMBOLS = ("ttlt", "tt-l", "nqlt", "lb", "ttlb", "tt/l", "hdln", "hdlt", "qcph", "qcln", "khlt", "khln", "khph")


def _is_ministry(group: str) -> bool:
    """Whether a group of a symbol is a ministry's: ``KH-BCA-BNN&MT`` is of two."""
    return group.startswith("b") and (known_symbol(group) or "") in CENTRAL_BODIES


def read_tail(reading: Reading, end: int, *, joint: bool = False) -> Tail:
    """Read the date and the issuer behind ``end``, in either order."""
    bare = reading.bare
    day, year, issuer = None, None, None
    end_of_date = end
    for _ in range(2):
        found = patterns.DATE_AFTER.match(bare, end) if day is None else None
        if found is not None and (day := patterns.read_day(found)):
            end, year = found.end(), day.year
            end_of_date = end if issuer is None else end_of_date
        elif issuer is None and (of := _OF.match(bare, end) or _BY.match(bare, end)):
            body = read_issuer(reading, of.end(), joint=joint)
            if body is None or (of.re is _BY and not _ISSUED.match(bare, body.end)):
                break
            end, issuer = body.end, body.name
        else:
            break
    if day is None and issuer is None and (found := patterns.YEAR_AFTER.match(bare, end)) and found["year"]:
        year = int(found["year"])
    return Tail(end, day, year, issuer, end_of_date)


_BY = re.compile(r"\s?,?\s?do\s")
_ISSUED = re.compile(r"\s(?:da\s)?(?:ban\shanh|ky)(?![a-z])")
_STATE_ORGANS = ("ubnd", "hdnd", "ttg", "cp")
_COMPANY = re.compile(r"(?:cong ty|tong cong ty|doanh nghiep|hop tac xa|tap doan|ho |ong |ba )")
# A day that cannot be read ("ngày 03/9/", "ngày tháng năm 2024") and "(sửa đổi)" do not hide who issued it.
_OF = re.compile(
    r"(?:\s?,?\s?ngay[\s0-9./-]{0,14}(?:thang[\s0-9.]{0,6})?(?:nam[\s0-9.]{0,7})?(?<=\s)(?=cua)|\s\((?:da\s)?(?:duoc\s)?(?:sua\sdoi|bo\ssung)[a-z,\s]{0,20}\)\s?)?"
    r"\s?,?\s?cua\s(?:cua\s)?")


def add_locator(reading: Reading, found: Found) -> None:
    """Note điểm, khoản, điều in front of the citation, or behind it."""
    low = max(0, found.start - 90)
    if before := patterns.LOCATOR.search(reading.bare[low : found.start]):
        found.locator_start = low + before.start()
        found.locator = reading.line(low + before.start("text"), low + before.end("text"))


@lru_cache(maxsize=4096)
def official_symbol(symbol: str) -> str:
    """Return a symbol in official letters: ``qđ-ttg`` and ``QĐ-TTG`` → ``QĐ-TTg``."""
    symbol = symbol.rstrip(".,")
    try:
        number = DocumentNumber.parse(f"1/{symbol}")
    except BadDocumentNumber:
        return symbol.upper() if symbol.islower() else symbol
    return number.symbol if fold(number.symbol) == fold(symbol) else symbol


__all__ = ["Found", "NumberMatch", "Tail", "number_matches", "official_symbol", "read_tail", "with_head", "written_out"]
