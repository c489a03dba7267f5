"""The foot of a document (thể thức phần cuối): recipients, signer's capacity, position and name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.domain.proposals import SURE, Field
from registry.domain.reading import Reading

_RECIPIENTS = re.compile(r"noi\s{1,2}nhan\s{0,2}:")
_LAST_RECIPIENT = re.compile(r"luu\s{0,2}:?[^\n;|]{0,60}")
_LONGEST_LIST = 4000
_FOOT = 900
_CAPACITY = re.compile(r"(?<![A-ZĐa-z])(?P<code>TM|KT|TL|TUQ|Q|T/M|K/T|T/L|TUN)\s?\.?\s(?=[A-ZĐỦÔÂĂÊƠƯ])")
_UPPER = r"A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LOWER = r"a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_NAME_WORD = rf"[{_UPPER}][{_LOWER}]{{0,7}}(?:\.|-[{_UPPER}][{_LOWER}]{{1,7}})?"
_NAME = rf"(?:(?:Đại|Thượng|Trung|Thiếu)\s(?:tướng|tá|úy)\s)?(?:(?:GS\.|PGS\.|TS\.|BS\.|ThS\.)\s?)*(?P<name>{_NAME_WORD}(?:\s{{1,2}}{_NAME_WORD}){{1,4}})"
_POSITION_WORDS = (
    rf"(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CỤC TRƯỞNG|PHÓ CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|BÍ THƯ"
    rf"|PHÓ CHÁNH VĂN PHÒNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|THỐNG ĐỐC|PHÓ THỐNG ĐỐC|TRƯỞNG [{_UPPER} ,]+|PHÓ TRƯỞNG [{_UPPER} ,]+"
    rf"|TỔNG [{_UPPER} ]+|PHÓ [{_UPPER} ]+|CHÁNH [{_UPPER} ]+|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM[{_UPPER} ,]*|VỤ TRƯỞNG|KIỂM TOÁN [{_UPPER} ]+)")
_SIGNED = re.compile(
    rf"(?P<block>(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?\.?\s{{1,2}}[{_UPPER} ,\n&/().-]{{3,160}}?|{_POSITION_WORDS})"
    rf"(?:[\s.]{{1,3}}[{_UPPER} ,\n&/.-]{{3,120}})?)[\s.|]{{1,6}}(?:\(\s?(?:đã ký|Đã ký|ĐÃ KÝ)\s?\)\s{{0,2}}|\[[a-z]{{0,8}}\]?\s{{1,2}})?{_NAME}(?=\s*(?:\n|$|[{_UPPER}]{{3}}|_{{3}}|\[|\|))")


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
    else:
        signed = _after_end_mark(reading, head_end)
    if signed is None:
        return foot
    block = signed["block"]
    codes = [found["code"] for found in _CAPACITY.finditer(" " + block.replace("\n", " "))]
    if codes:
        first = signed.start("block")
        foot.capacity = _made(reading, " ".join(f"{code.replace('/', '')}." for code in codes), first, first + len(block))
    place, position = _position(block)
    if position:
        at = signed.start("block") + place
        foot.position = _made(reading, position, at, signed.end("block"))
    foot.signer = _made(reading, " ".join(signed["name"].split()), signed.start("name"), signed.end("name"))
    return foot


def _made(reading: Reading, value: str, start: int, end: int, confidence: float = SURE) -> Field[str]:
    return Field(value, *reading.raw_span(start, max(end, start + 1)), confidence)


def _recipients(reading: Reading, start: int) -> tuple[tuple[Field[str], ...], int]:
    """Return the recipients and where their list ends, behind "Lưu: VT"."""
    plain, bare = reading.plain, reading.bare
    limit = min(len(plain), start + _LONGEST_LIST)
    last = _LAST_RECIPIENT.search(bare, start, limit)
    end = last.end() if last else min(limit, _next_blank(plain, start, limit))
    if last and (capital := re.search(rf"\s(?:TM|KT|TL|TUQ|Q)\s?\.\s|\s{_POSITION_WORDS}\s", plain[last.start() : end])):
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


def _signed(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    return _SIGNED.search(reading.plain, max(0, start), min(len(reading.plain), end))


def _after_end_mark(reading: Reading, head_end: int) -> re.Match[str] | None:
    """Return the signature behind "./." where there is no list of recipients, else the last one of the text."""
    plain = reading.plain
    at = plain.find("./.", head_end)
    if at != -1 and (signed := _signed(reading, at, at + _FOOT)):
        return signed
    capacity = _CAPACITY.search(plain, head_end)
    while capacity:
        if signed := _signed(reading, capacity.start(), capacity.start() + _FOOT):
            return signed
        capacity = _CAPACITY.search(plain, capacity.end())
    return _signed(reading, max(head_end, len(plain) - _FOOT), len(plain))


def _position(block: str) -> tuple[int, str]:
    """Return where the signer's own position stands in the block, and its name: "Phó Chủ tịch"."""
    words = " ".join(block.split())
    last = None
    for found in re.finditer(rf"(?<![{_UPPER}])(?:PHÓ |THỨ |CHÁNH |TRƯỞNG |CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|BÍ THƯ"
                             r"|TỔNG |VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM|VỤ TRƯỞNG|KIỂM TOÁN TRƯỞNG)", words):
        if last is not None and found.start() < last.end() + 1:
            continue
        last = found
    if last is None:
        return 0, ""
    text = words[last.start() :].strip(" .,")
    at = max(0, block.rfind(text.split()[0]))
    for place in range(len(block)):
        if " ".join(block[place:].split()) == words[last.start() :] and not block[place].isspace():
            at = place
            break
    return at, _position_case(text)


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
