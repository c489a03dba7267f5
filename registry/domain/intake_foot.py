"""The foot of a document (thể thức phần cuối): recipients, signer's capacity, position and name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.domain.proposals import SURE, Field
from registry.domain.reading import Reading

_RECIPIENTS = re.compile(r"noi\s{1,2}nhan\s{0,2}:")
_LAST_RECIPIENT = re.compile(r"[-;\n]\s?luu\s{0,2}:?[^\n;|]{0,60}")
_LONGEST_LIST = 4000
_FOOT = 900
_CAPACITY = re.compile(r"(?<![A-ZĐa-z])(?P<code>TM|KT|TL|TUQ|Q|T/M|K/T|T/L|TUN)\s?\.?\s(?=[A-ZĐỦÔÂĂÊƠƯ])")
_POSITION = (
    r"(?:CHỦ TỊCH|PHÓ |BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|CHÁNH |BÍ THƯ|THỦ TƯỚNG|THỐNG ĐỐC|TRƯỞNG |TỔNG |VIỆN TRƯỞNG"
    r"|HIỆU TRƯỞNG|CHỦ NHIỆM|VỤ TRƯỞNG|KIỂM TOÁN TRƯỞNG|THỦ TRƯỞNG|CHỈ HUY TRƯỞNG)")
_START = re.compile(rf"(?<!\w)(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?\.?\s+(?=[^\W\d_a-z])|{_POSITION})")
_OWN_POSITION = re.compile(rf"(?<!\w){_POSITION}")
_WORD = re.compile(r"\S+")
_NOT_NAME = re.compile(r"\(\s?[Đđ]ã|[Kk]ý\s?\)|\[\w{0,8}\]?|\||GS\.|PGS\.|TS\.|BS\.|ThS\.|GS\.TS\.?|PGS\.TS\.?|\(|\)")
_SCRAWL = re.compile(r"[^\w\n]*(?:\w[^\w\n]*){0,3}\n")
"""A line with too few letters for a name: what OCR makes of a seal or a signature."""
_RANK = re.compile(r"(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)")
_MOST_TRIES = 40
_LONGEST_BLOCK = 40  # words of capacity and position


@dataclass(frozen=True, slots=True)
class _Signature:
    start: int
    block: str
    name: str
    name_start: int
    name_end: int


@dataclass(slots=True)
class Foot:
    """The fields of the foot; places are spans of the text as given."""

    signer: Field[str] | None = None
    position: Field[str] | None = None
    capacity: Field[str] | None = None
    recipients: tuple[Field[str], ...] = ()


def read_foot(reading: Reading, head_end: int) -> Foot:
    """Read the foot that stands behind ``head_end``; what follows it (appendices) is left alone."""
    foot = Foot()
    start = head_end
    if recipients := _RECIPIENTS.search(reading.bare, head_end):
        foot.recipients, start = _recipients(reading, recipients.end())
        signed = _signed(reading, start, start + _FOOT) or _signed(reading, max(head_end, recipients.start() - _FOOT),
                                                                   recipients.start())
        signed = signed or _after_end_mark(reading, head_end)
    else:
        signed = _after_end_mark(reading, head_end)
    if signed is None:
        return foot
    block = signed.block
    codes = [found["code"] for found in _CAPACITY.finditer(" " + block.replace("\n", " "))]
    if codes:
        first = signed.start
        foot.capacity = _made(reading, " ".join(f"{code.replace('/', '')}." for code in codes), first, first + len(block))
    place, position = _position(block)
    if position:
        foot.position = _made(reading, position, signed.start + place, signed.start + len(block))
    foot.signer = _made(reading, signed.name, signed.name_start, signed.name_end)
    return foot


def _made(reading: Reading, value: str, start: int, end: int, confidence: float = SURE) -> Field[str]:
    return Field(value, *reading.raw_span(start, max(end, start + 1)), confidence)


def _recipients(reading: Reading, start: int) -> tuple[tuple[Field[str], ...], int]:
    """Return the recipients and where their list ends, behind "Lưu: VT"."""
    plain, bare = reading.plain, reading.bare
    limit = min(len(plain), start + _LONGEST_LIST)
    last = _LAST_RECIPIENT.search(bare, start, limit)
    end = last.end() if last else min(limit, _next_blank(plain, start, limit))
    if last and (capital := _START.search(plain[last.start() : end])):
        end = last.start() + capital.start()
    items: list[Field[str]] = []
    for part in re.finditer(r"[^;\n]+(?:\n(?![-+*•\n])[^;\n-]+)*", plain[start:end]):
        text = part[0]
        left = len(text) - len(text.lstrip(" \n-+*•|"))
        value = " ".join(text[left:].split()).strip(" .;|-")
        if value:
            at = start + part.start() + left
            items.append(_made(reading, value, at, at + len(text[left:].rstrip())))
    return tuple(items), end


def _next_blank(plain: str, start: int, limit: int) -> int:
    at = plain.find("\n\n", start + 4, limit)
    return limit if at == -1 else at


def _signed(reading: Reading, start: int, end: int) -> _Signature | None:
    """Return the first signature between two places: capitals with the position, then a name."""
    plain = reading.plain
    end = min(len(plain), end)
    found = _START.search(plain, max(0, start), end)
    for _ in range(_MOST_TRIES):
        if found is None:
            return None
        signed = _signature(plain, found.start(), end)
        if signed is not None:
            return signed
        found = _START.search(plain, found.end(), end)
    return None


def _signature(plain: str, start: int, end: int) -> _Signature | None:
    """Read one signature that begins at ``start``, word for word."""
    at = block_end = start
    words = 0
    while (word := _WORD.match(plain, at, end)) and words < _LONGEST_BLOCK:
        text = word[0]
        if not (text.isupper() or (text.strip(",.&/|-") == "" and text != "|")):
            break
        block_end = word.end()
        words += 1
        at = _skip(plain, word.end(), end)
    for _ in range(6):
        if rank := _RANK.match(plain, at, end):
            at = _skip(plain, rank.end(), end)
        elif scrawl := _SCRAWL.match(plain, at, end):
            at = _skip(plain, scrawl.end(), end)
        elif (mark := _NOT_NAME.match(plain, at, end)) and mark.end() > at:
            at = _skip(plain, mark.end(), end)
        else:
            break
    name_start = at
    names: list[str] = []
    name_end = at
    while len(names) < 6 and (word := _WORD.match(plain, at, end)):
        text = word[0].rstrip("|_[.,;")
        if not _is_name_word(text):
            break
        names.append(text)
        name_end = word.start() + len(text)
        if len(text) < len(word[0]) or plain[word.end() : word.end() + 2] in ("\n\n", ""):
            break
        if plain[word.end() : word.end() + 1] == "\n" and len(names) > 1:
            break
        at = _skip(plain, word.end(), end)
    if not 2 <= len(names) <= 5 or words == 0:
        return None
    return _Signature(start, plain[start:block_end], " ".join(names), name_start, name_end)


def _skip(plain: str, at: int, end: int) -> int:
    while at < end and plain[at] in " \n":
        at += 1
    return at


def _is_name_word(text: str) -> bool:
    """Whether a word can be part of a person's name: Nguyễn, Y, H'Lan, Ka-Phú."""
    return 1 <= len(text) <= 12 and text[0].isupper() and text[0].isalpha() and (
        len(text) == 1 or (text[1:].islower() and text.replace("'", "").isalpha()) or "-" in text[1:-1])


def _after_end_mark(reading: Reading, head_end: int) -> _Signature | None:
    """Return the signature behind "./." where there is no list of recipients, else the first one, else the last lines'."""
    plain = reading.plain
    at = plain.find("./.", head_end)
    if at != -1 and (signed := _signed(reading, at, at + _FOOT)):
        return signed
    for tried, capacity in enumerate(_CAPACITY.finditer(plain, head_end)):
        if tried >= _MOST_TRIES:
            break
        if signed := _signed(reading, capacity.start(), capacity.start() + _FOOT // 3):
            return signed
    return _signed(reading, max(head_end, len(plain) - _FOOT), len(plain))


def _position(block: str) -> tuple[int, str]:
    """Return where the signer's own position stands in the block, and its name: "Phó Chủ tịch"."""
    own = None
    for found in _OWN_POSITION.finditer(block.replace("\n", " ")):
        gap = block[own.end() : found.start()] if own else ""
        if own is not None and "\n" not in block[own.start() : found.start()] and not _CAPACITY.search(" " + gap + " A") and (
                own[0].endswith(" ") and not gap.strip()):
            continue  # PHÓ CHỦ TỊCH: one position
        own = found
    if own is None:
        return 0, ""
    text = " ".join(block[own.start() :].split()).strip(" .,")
    return own.start(), _position_case(text)


_LOW_WORDS = {"CHỦ TỊCH": "Chủ tịch", "BỘ TRƯỞNG": "Bộ trưởng", "GIÁM ĐỐC": "Giám đốc", "CỤC TRƯỞNG": "Cục trưởng",
              "THỦ TƯỚNG": "Thủ tướng", "THỐNG ĐỐC": "Thống đốc", "CHÁNH VĂN PHÒNG": "Chánh Văn phòng", "BÍ THƯ": "Bí thư",
              "TRƯỞNG BAN": "Trưởng ban", "VỤ TRƯỞNG": "Vụ trưởng"}


def _position_case(text: str) -> str:
    head, _, rest = text.partition(" ")
    if head == "PHÓ":
        return "Phó " + _position_case(rest)
    for upper, cased in _LOW_WORDS.items():
        if text.startswith(upper):
            return cased + text[len(upper) :].lower()
    return text[:1] + text[1:].lower()
