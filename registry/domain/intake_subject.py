"""Kind and subject (tên loại, trích yếu) in the head of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.domain.kinds import DOCUMENT_KINDS
from registry.domain.proposals import DOUBTFUL, SURE, Field
from registry.domain.reading import Reading
from search_index.text import fold

_PLACE_LINE = re.compile(r"[^\n,;:]{2,40},\s{0,2}(?:ngay\s|\Z)")
_SUBJECT_OF_LETTER = re.compile(r"(?<![a-z])v/v(?![a-z])|\Ave\s(?!\Z)")
_KIND_LINES = {fold(kind.name): kind.name for kind in DOCUMENT_KINDS if kind.klass != "copy"} | {
    "thong bao ket luan": "Thông báo", "quyet nghi": "", "thong tu lien tich": "Thông tư liên tịch"}
_LEADERS = (r"(?:chu\stich|bo\struong|cuc\struong|giam\sdoc|thong\sdoc|tong\scuc\struong|vien\struong|chanh\san|truong\sban|hieu\struong"
            r"|tong\sgiam\sdoc|chu\snhiem|thu\struong|tong\sthanh\stra|tong\skiem\stoan|chi\scuc\struong|chanh\svan\sphong)")




@dataclass(frozen=True, slots=True)
class Line:
    """One line of the head; places are those of ``Reading.plain``, the text is without marks of lists."""

    start: int
    end: int
    text: str
    bare: str


def made(reading: Reading, value: str, start: int, end: int, confidence: float = SURE) -> Field[str]:
    """Return a field read between two places of ``Reading.plain``."""
    return Field(value, *reading.raw_span(start, max(end, start + 1)), confidence)


def kind_line(lines: list[Line], after: int) -> tuple[Line, Line, str] | None:
    """Return the line, or two, that hold the kind alone: "QUYẾT\\nĐỊNH"."""
    for at, line in enumerate(lines):
        if line.start < after:
            continue
        for reach in (1, 2, 3):
            part = lines[at : at + reach]
            if len(part) < reach:
                break
            words = " ".join(" ".join(one.bare.split()) for one in part).strip(" .:*[]()0123456789")
            name = _KIND_LINES.get(words)
            if name and all(one.text.isupper() for one in part):
                return part[0], part[-1], name
    return None


def titled_subject(reading: Reading, lines: list[Line], kind: Line, name: str, limit: int, issuer: str) -> Field[str] | None:
    """Return the subject that stands under the kind; ``issuer`` tells the line of authority behind it.

    ``name`` is the kind's: a consolidated text goes on with the text it comes from, "Nghị định số …, có hiệu lực …".
    """
    source = re.compile(rf"{fold(name)}\s(?:so\s)?\d[^;:]{{20,700}}\sco\shieu\sluc")
    block: list[Line] = []
    upper: bool | None = None
    goes_on = False
    for line in lines:
        if line.start <= kind.start or line.start >= limit:
            continue
        if not block and _is_upper(line.text) and (goes_on or _OF_A_COMMITTEE.match(line.bare)):
            goes_on = line.text.endswith(",")
            continue  # CHỈ THỊ / CỦA BỘ CHÍNH TRỊ, / BAN BÍ THƯ / về tăng cường …
        if upper is None:
            upper = _is_upper(line.text)
        spoken = any(char.isalpha() for char in line.text)  # the last line of a subject may be a year alone
        if block and ((spoken and _is_upper(line.text) != upper) or (not upper and _gap_between(reading, block[-1], line))):
            break
        if block and not upper and source.match(reading.bare, line.start):
            break
        if (not upper and _PLACE_LINE.match(line.bare) and "ngay" in line.bare) or (
                not upper and not line.text[:1].islower() and _STOPS.match(line.bare)):
            break
        block.append(line)
    block = _without_authority(block, fold(issuer))
    if not block:
        return None
    value = _tidy(" ".join(" ".join(line.text.split()) for line in block))
    return made(reading, value, block[0].start, block[-1].end, SURE if len(value) > 8 else DOUBTFUL)


_STOPS = re.compile(r"(?:can\scu|kinh\sgui|dieu\s\d|chuong\s[i1]\b|phan\s[i1]\b|i\.\s|1\.\s|quoc\shoi\sban\shanh|theo\sde\snghi|ngay\s\d)")


_OF_A_COMMITTEE = re.compile(r"cua\s(?:ban|bo|hoi\sdong|uy\sban|thuong\struc|dang\suy)\s")
"""The line between kind and subject that the Party's documents have."""


def _is_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) > 0.85 * len(letters)


def _gap_between(reading: Reading, one: Line, following: Line) -> bool:
    return "\n\n" in reading.plain[one.end : following.start]


def _without_authority(block: list[Line], issuer: str) -> list[Line]:
    """Return the block without the line of authority at its end: CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH."""
    for at in range(len(block) - 1, 0, -1):
        tail = " ".join(" ".join(line.bare.split()) for line in block[at:]).strip(" :.,")
        tail = re.sub(r"\s(?:dien|khoa\s[ivx0-9]+.*|ky\shop.*)\Z", "", tail)
        own = re.sub(rf"\A{_LEADERS}\s", "", tail)
        known = own == issuer or (len(own) > 6 and issuer.startswith(own)) or re.fullmatch(
            rf"{_LEADERS}(?:\s(?:uy\sban\snhan\sdan|ubnd|bo|so|cuc|tong\scuc|hoi\sdong\snhan\sdan|ngan\shang).{{0,60}})?", tail)
        bodies = re.fullmatch(r"(?:uy\sban\snhan\sdan|hoi\sdong\snhan\sdan|chinh\sphu|quoc\shoi|uy\sban\sthuong\svu\squoc\shoi"
                              r"|thu\stuong\schinh\sphu|ban\sthuong\struc\s.*|tong\skiem\stoan\snha\snuoc)(?:\s(?:tinh|thanh\spho|xa|phuong).{0,30})?", tail)
        before = fold(block[at - 1].text).split()
        if (known or bodies) and before[-1] not in ("cua", "va", "boi", "do", "voi", "tai", "giua"):
            return block[:at]
    return block


def letter_subject(reading: Reading, lines: list[Line]) -> Field[str] | None:
    """Return the subject of a letter: "V/v …" under the number."""
    for at, line in enumerate(lines):
        found = _SUBJECT_OF_LETTER.search(line.bare)
        if not found or (found[0].startswith("ve") and not line.text.startswith("Về")):
            continue
        parts = [line.text[found.start() :].strip()]
        last = line
        for following in lines[at + 1 : at + 8]:
            if _PLACE_LINE.match(following.bare) or _STOPS.match(following.bare) or _gap_between(reading, last, following):
                break
            parts.append(" ".join(following.text.split()))
            last = following
        value = _tidy(" ".join(parts))
        return made(reading, value, line.start + found.start(), last.end)
    return None


def _tidy(subject: str) -> str:
    """Return a subject on one line, without footnote marks and rules around it."""
    subject = re.sub(r"\s*\[?\d{1,2}\]\s*$|\s*\(\*\)\s*$", "", " ".join(subject.split()))
    return subject.strip(" -_*").rstrip(" ;")
