"""The head of a document (thể thức phần đầu): Quốc hiệu, issuer, number, place and date, kind, subject.

Pasted heads come as two columns one after the other, side by side in one line, or broken anywhere,
so the lines of the Republic's name are taken out wherever they stand and the rest is read in order.
Source of the layout: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from registry.domain import citation_patterns as patterns
from registry.domain.body_names import official_name
from registry.domain.citation_numbers import NumberMatch, number_matches, official_symbol, symbol_kind
from registry.domain.citation_patterns import KIND_NAMES
from registry.domain.intake_subject import Line, kind_line, letter_subject, made, titled_subject
from registry.domain.issuer_symbols import implied_issuer
from registry.domain.places import PROVINCE_KEYS, place_key
from registry.domain.proposals import DOUBTFUL, LIKELY, SURE, Field
from registry.domain.reading import Reading
from search_index.text import fold

HEAD_REACH = 3000
_HEAD_ENDS = re.compile(r"(?:\n|\A)\s?(?:can\scu|kinh\sgui|dieu\s1[.:]|chuong\si\n|thuc\shien\s(?:nghi\s(?:quyet|dinh)|quyet\sdinh|chi\sthi|ke\shoach|luat)(?![a-z])|xet\s)")
_REPUBLIC = re.compile(
    r"cong\s{1,2}h(?:oa|oà)\s{1,2}xa\s{1,2}hoi(?:\s{1,2}chu\s{1,2}nghia)?(?:\s{1,2}viet\s{1,2}nam)?|chu\s{1,2}nghia\s{1,2}viet\s{1,2}nam"
    r"|doc\s{1,2}lap\s{0,2}[-.]\s{0,2}tu\s{1,2}do\s{0,2}[-.]\s{0,2}hanh\s{1,2}phuc"
    r"|(?<=\n)dang\s{1,2}cong\s{1,2}san\s{1,2}viet\s{1,2}nam")
_NOISE_LINE = re.compile(
    r"(?:\d{1,4}|[a-z]|[-_=*~. |]+|cong\sbao.*|van\sban\s(?:quy\spham\sphap\sluat|phap\sluat\skhac)|viet\snam|ky\sboi:.*|nguoi\sky:.*"
    r"|email:.*|co\squan:.*|thoi\sgian\sky:.*|du\sthao(?:\slan\s\d)?|so\s?:?|dang)")
_DAY = re.compile(r"ngay\s{0,2}(?P<d>\d{1,2})\s{0,2}(?:thang|/)\s{0,2}(?P<m>\d{1,2})\s{0,2}(?:nam|/)\s{0,2}(?P<y>\d{4})")
_NUMBER_WORD = re.compile(r"(?<![a-z0-9])so\s{0,2}[:.]?\s{0,2}\Z")
# "Số:" anywhere but behind a kind in running text; "Số" alone where a line begins.
_OWN_NUMBER_WORD = re.compile(
    r"(?:(?:\A|[\n|])\s{0,2}(?:so\s{0,2}[:.]?|(?:(?:bo\s)?luat|nghi\squyet|phap\slenh|nghi\sdinh|thong\stu)\sso\s{0,2}:)"
    r"|(?<!quyet\sdinh\s)(?<!cong\svan\s)(?<!ke\shoach\s)(?<!nghi\sdinh\s)(?<!thong\stu\s)(?<!mau\s)(?<![a-z])so\s{0,2}:)\s{0,2}\Z")
_URGENCY = (("hoa toc hen gio", "Hỏa tốc hẹn giờ"), ("hoa toc", "Hỏa tốc"), ("thuong khan", "Thượng khẩn"), ("khan", "Khẩn"))
_SECRECY = (("tuyet mat", "Tuyệt mật"), ("toi mat", "Tối mật"), ("mat", "Mật"))
_BODY_START = re.compile(
    r"(?:chu\stich\s(?:uy|ubnd|hoi)|tieu\sban|uy\sban|ubnd|hdnd|hoi\sdong|chinh\sphu|thu\stuong|bo(?!\sphan)|so|cuc|tong\scuc|chi\scuc|ban|van\sphong|quoc\shoi|tinh\suy"
    r"|thanh\suy|huyen\suy|dang\suy|trung\stam|cong\sty|truong(?!\Z)|phong|vien|thanh\stra|cong\san|ngan\shang|kiem\stoan|bao\shiem"
    r"|kho\sbac|toa\san|thue|hai\squan|doan|dang\sbo|chi\sbo|lien\sdoan|hoi(?!\sdong)|tong\scong\sty|tap\sdoan|chu\stich\snuoc|uy\sban)(?![a-z])")
_CONSOLIDATED = re.compile(r"van\sban\shop\snhat\s?-?\s?")
_SECOND_BODY = re.compile(r"(?<!\scua)(?<!\sva)\s(?=(?:cuc|tong\scuc|chi\scuc|so)\s(?!cuc))(?<=[a-z]\s)(?<!tong\s)(?<!chi\s)")
_UNFINISHED = re.compile(r"(?:uy|uy\sban|uy\sban\snhan|hoi|hoi\sdong|hoi\sdong\snhan|van|van\sphong|thu|chinh|quoc|tong|bo|so|cuc)|.*(?:\sva|\scua|-|,|\suy\sban|\snhan)")
@dataclass(slots=True)
class Head:
    """The fields of the head; places are spans of the text as given."""

    kind: Field[str] | None = None
    number: Field[str] | None = None
    issued_on: Field[date] | None = None
    issuer: Field[str] | None = None
    parent: Field[str] | None = None
    place: Field[str] | None = None
    subject: Field[str] | None = None
    urgency: Field[str] | None = None
    secrecy: Field[str] | None = None
    end: int = 0
    """Where, in ``Reading.plain``, the head ends."""
    to_someone: bool = False
    """Whether it is addressed ("Kính gửi"), as letters are."""


def read_head(reading: Reading) -> Head:
    """Read the head of the document that ``reading`` holds."""
    bare = reading.bare
    ends = next((found for found in _HEAD_ENDS.finditer(bare, 0, HEAD_REACH)
                 if _sentence_case(reading.plain[found.start() : found.end()].strip())), None)
    limit = ends.start() if ends else min(len(bare), HEAD_REACH)
    head = Head(end=limit, to_someone=bool(ends and "kinh" in ends[0]))
    number = _number(reading, limit)
    day = _place_and_day(reading, limit, head)
    if number:
        head.number = made(reading, number.ordinal + official_symbol(number.symbol), number.start, number.end)
    lines = _lines(reading, limit, 0)
    before_end = min([place for place in (_number_word_at(reading, number), day) if place is not None], default=limit)
    titled = kind_line(lines, before_end if number or day else 0)
    lines = _lines(reading, limit, titled[0].start if titled else limit)
    _marks(reading, lines, head)
    _bodies(reading, lines, min(before_end, titled[0].start if titled else limit), head)
    if titled:
        first, last, name = titled
        head.kind = made(reading, name, first.start, last.end)
        head.subject = titled_subject(reading, lines, last, name, limit, head.issuer.value if head.issuer else "")
    else:
        head.subject = letter_subject(reading, lines)
    _settle_kind(reading, number, head)
    _displaced(reading, head)
    _consolidated(reading, head)
    _issuer_by_symbol(head)
    return head


def _issuer_by_symbol(head: Head) -> None:
    """Take the issuer from the symbol where the head names none."""
    if head.issuer is not None or head.number is None:
        return
    groups = re.split(r"[-/]", head.number.value)
    organs = [group for group in groups[1:] if not group.isdigit() and not patterns.SYMBOL_KINDS.get(fold(group)) and fold(group) != "nd"]
    name = implied_issuer(organs, head.kind.value if head.kind else None, place=head.place.value if head.place else None)
    if name:
        head.issuer = Field(name, head.number.start, head.number.end, DOUBTFUL)


def _displaced(reading: Reading, head: Head) -> None:
    """Take number and date from a letterhead that the file gives behind the preamble, as some gazette files do."""
    if head.number is not None or head.kind is None:
        return
    bare = reading.bare
    for match in number_matches(reading, head.end, head.end + HEAD_REACH):
        near = max(head.end, match.start - _NEAR_NUMBER)
        if symbol_kind(match) != head.kind.value or not _LINE_OF_NUMBER.search(bare[near : match.start]) or (
                not _REPUBLIC.search(bare, near, match.end + _NEAR_NUMBER)):
            continue
        head.number = made(reading, match.ordinal + official_symbol(match.symbol), match.start, match.end, LIKELY)
        head.issued_on = head.issued_on or _day_behind_place(reading, match.end, match.end + _NEAR_NUMBER)
        return


_NEAR_NUMBER = 160
_LINE_OF_NUMBER = re.compile(r"\n\s?so\s?:\s?\Z")


def _consolidated(reading: Reading, head: Head) -> None:
    """Take the number and date of a consolidated text (văn bản hợp nhất) from its end, where it is certified."""
    bare = reading.bare
    certified = bare.find("xac thuc van ban hop nhat")
    if certified == -1 and "van ban hop nhat" not in " ".join(bare[: head.end].split()) and not (
            head.kind and _AMENDED_BY.search(bare, head.kind.start, head.end + _PREAMBLE_OF_AMENDED)):
        return
    if head.kind is not None:
        head.kind = Field("Văn bản hợp nhất", head.kind.start, head.kind.end, LIKELY)
    at = bare.find("/vbhn-", max(0, certified - 300))
    if at == -1 or (head.number and "VBHN" in head.number.value):
        return
    for match in number_matches(reading, max(0, at - 12), at + 60):
        head.number = made(reading, match.ordinal + official_symbol(match.symbol), match.start, match.end)
        head.issued_on = _day_behind_place(reading, at, at + 400)
        return


# Only a consolidated text tells its amendments between title and preamble: "Luật A số …, có hiệu lực kể từ …, được sửa đổi, bổ sung bởi:".
_AMENDED_BY = re.compile(r"co\shieu\sluc\s[^.;:]{0,90},?\s(?:da\s)?duoc\ssua\sdoi,\sbo\ssung(?:\smot\sso\sdieu)?\s(?:boi|theo)\s?:")
_PREAMBLE_OF_AMENDED = 700


def _sentence_case(text: str) -> bool:
    """Whether a line begins as a sentence does: "Căn cứ", not "CĂN CỨ" in a title nor "thực hiện" within one."""
    return text[:1].isupper() and not text.isupper()


# -- number, place and date ------------------------------------------------------------------------


def _number(reading: Reading, limit: int) -> NumberMatch | None:
    """Return the document's own number: the first behind "Số"."""
    for match in number_matches(reading, end=limit):
        if match.bare.startswith("ngay"):  # the running head of the gazette: CÔNG BÁO/Số 290/Ngày 29-05-2026
            continue
        low = max(0, match.start - 40)
        word = _OWN_NUMBER_WORD.search(reading.bare[low : match.start])
        if word and (":" in word[0] or not reading.plain[low + word.start() : match.start].lstrip(" |\n").startswith("s")):
            return match  # not "một số điều của Nghị định\nsố 28/2015/NĐ-CP" in the subject
    return None


def _number_word_at(reading: Reading, number: NumberMatch | None) -> int | None:
    if number is None:
        return None
    found = _NUMBER_WORD.search(reading.bare[max(0, number.start - 8) : number.start])
    return max(0, number.start - 8) + found.start() if found else number.start


def _place_and_day(reading: Reading, limit: int, head: Head) -> int | None:
    """Note place and date, "Hà Nam, ngày 04 tháng 02 năm 2021"; return where they begin."""
    plain = reading.plain
    for found in _DAY.finditer(reading.bare, 0, limit):
        if not plain.startswith("n", found.start()):  # "NGÀY …" stands in a subject
            continue
        issued_on = patterns.make_day(found["d"], found["m"], found["y"])
        place = _place_before(reading, found.start())
        if issued_on is None or place is None:
            continue
        head.issued_on = Field(issued_on, *reading.raw_span(found.start(), found.end()), SURE)
        start, end = place
        if end > start:
            head.place = made(reading, reading.line(start, end), start, end)
        return start
    return None


def _day_behind_place(reading: Reading, start: int, end: int) -> Field[date] | None:
    """Return the first day that stands behind a place, outside the head."""
    for found in _DAY.finditer(reading.bare, start, end):
        issued_on = patterns.make_day(found["d"], found["m"], found["y"])
        if issued_on and _place_before(reading, found.start()):
            return Field(issued_on, *reading.raw_span(found.start(), found.end()), LIKELY)
    return None


def _place_before(reading: Reading, at: int) -> tuple[int, int] | None:
    """Return where the place stands before "ngày", empty if there is none; None in the middle of a sentence."""
    plain = reading.plain
    end = len(plain[:at].rstrip(" ,\n"))
    line = max(plain.rfind("\n", 0, end), plain.rfind("|", 0, end)) + 1
    before = plain[line:end]
    start = line + max(_last_number_end(before), before.rfind("  ") + 1, _republic_end(reading, line, end))
    name = plain[start:end].strip(" -_.")
    words = name.split()
    if not words:
        return (at, at) if not before.strip() or re.match(r"\s*so\s?:", reading.bare[line:end]) else None
    if not plain[end:at].strip(" \n"):  # no comma: "Hà Nội ngày 01 tháng 12"
        return (start, end) if place_key(name) in PROVINCE_KEYS else None
    start = plain.find(words[0], start)
    above = max(plain.rfind("\n", 0, max(0, line - 1)), -1) + 1
    joined = reading.line(above, end)
    if start == line and line > 0 and joined[:1].isalpha() and len(joined) < 40 and place_key(joined.removeprefix("Thành phố ").removeprefix("TP. ")) in PROVINCE_KEYS:
        return above, end  # "Thành\nphố Hồ Chí Minh"
    if len(words) > 8 or not words[0][:1].isupper() or any(char.isdigit() for char in name):
        return None
    return start, end


def _republic_end(reading: Reading, start: int, end: int) -> int:
    """Return how far the Republic's motto reaches into a line."""
    last = 0
    for found in _REPUBLIC.finditer(reading.bare, start, end):
        last = found.end() - start
    return last


def _last_number_end(place: str) -> int:
    """Return where the number ends that stands before the place in one line: "Số: 12/KH-UBND Hà Nam"."""
    found = list(re.finditer(r"\S*[/\d]\S*\s", place))
    return found[-1].end() if found else 0


# -- lines -----------------------------------------------------------------------------------------


def _lines(reading: Reading, limit: int, republic_until: int) -> list[Line]:
    """Return the lines of the head without rules and running heads, and without the Republic's name up to a place."""
    bare = list(reading.bare[:limit])
    plain = list(reading.plain[:limit])
    for found in _REPUBLIC.finditer(reading.bare, 0, republic_until):
        for at in range(found.start(), found.end()):
            if plain[at] != "\n":
                bare[at] = plain[at] = " "
    lines: list[Line] = []
    start = 0
    text, low = "".join(plain), "".join(bare)
    for part in re.finditer(r"[^\n|]*[\n|]?", text):
        start, end = part.start(), part.end()
        shown = re.sub(r"[-_=*]{3,}", lambda rule: " " * len(rule[0]), text[start:end].rstrip("\n|"))
        if shown.strip() and not _NOISE_LINE.fullmatch(low[start:end].strip()):
            left = len(shown) - len(shown.lstrip(" #"))
            line = shown.strip(" #")
            lines.append(Line(start + left, start + left + len(line), line, low[start + left : start + left + len(line)]))
    return lines


def _marks(reading: Reading, lines: list[Line], head: Head) -> None:
    """Note urgency and secrecy marks, each alone on its line."""
    for line in lines:
        words = line.bare.strip(" .:!")
        for mark, name in _URGENCY:
            if words == mark and head.urgency is None and line.text.isupper():
                head.urgency = made(reading, name, line.start, line.end)
        for mark, name in _SECRECY:
            if words == mark and head.secrecy is None and line.text.isupper():
                head.secrecy = made(reading, name, line.start, line.end)


def _bodies(reading: Reading, lines: list[Line], before: int, head: Head) -> None:
    """Note the issuer, the last body of the head, and the body above it."""
    bodies: list[tuple[int, int, str]] = []
    for found in lines:
        line = _without_title(found)
        if line.start >= before:
            break
        if not line.text[:1].isupper() or any(char.islower() for char in line.text.replace("số", "").replace("Số", "")[:12]):
            continue
        if _SECRET_OR_URGENT.fullmatch(line.bare) or (line.bare.startswith(("so:", "so :", "so ")) and "/" in line.text):
            continue
        text = reading.line(line.start, line.end) if line.end <= before else reading.line(line.start, before)
        text = line.text[: len(text)] if len(text) < len(line.text) else line.text
        if inner := _SECOND_BODY.search(line.bare):  # two bodies in one line: BỘ TÀI CHÍNH CỤC THUẾ
            bodies.append((line.start, line.start + inner.start(), text[: inner.start()]))
            bodies.append((line.start + inner.end(), line.end, text[inner.end() :]))
            continue
        starts_body = _BODY_START.match(line.bare) is not None
        if bodies and (not starts_body or _UNFINISHED.fullmatch(" ".join(fold(bodies[-1][2]).split()))):
            bodies[-1] = (bodies[-1][0], line.end, f"{bodies[-1][2]} {text}")
        elif starts_body or _UNFINISHED.fullmatch(line.bare.strip()):
            bodies.append((line.start, line.end, text))
    named: list[tuple[int, int, str]] = []
    for start, end, text in bodies:
        name = official_name(text)
        if named and fold(named[-1][2]) == fold(name):
            named[-1] = (start, end, name)
        else:
            named.append((start, end, name))
    if not named:
        return
    start, end, name = named[-1]
    if name == "Ngân hàng Nhà nước":  # "VIỆT NAM" in the next line is taken for the Republic's
        name = "Ngân hàng Nhà nước Việt Nam"
    if len(named) > 1:
        above = named[-2]
        if re.match(r"(?:Ban (?:Thường trực|Thường vụ|Chấp hành)|Văn phòng)$", name):
            name = f"{name} {above[2]}"
            start = above[0]
        head.parent = made(reading, above[2], above[0], above[1])
        name = _with_place(name, above[2])
    head.issuer = made(reading, name, start, end, LIKELY if len(named) > 2 else SURE)


_SECRET_OR_URGENT = re.compile(r"(?:hoa\stoc.*|thuong\skhan|khan|mat|toi\smat|tuyet\smat)[.!]?")


def _without_title(line: Line) -> Line:
    """Return the line without "VĂN BẢN HỢP NHẤT -", which the gazette sets before the issuer."""
    found = _CONSOLIDATED.match(line.bare)
    if found is None:
        return line
    return Line(line.start + found.end(), line.end, line.text[found.end() :], line.bare[found.end() :])


def starts_body(bare: str) -> bool:
    """Whether bare text begins as the name of a body does."""
    return _BODY_START.match(bare) is not None


def _with_place(name: str, parent: str) -> str:
    """Return a department's name with its province: Sở Nội vụ under UBND tỉnh Bình Thuận."""
    found = re.search(r"(?:tỉnh|thành phố|huyện|quận|xã|phường) \S.*", parent)
    local = re.match(r"(?:Sở|Phòng|Thanh tra|Ban Thường trực|Văn phòng|Ban Quản lý|Trung tâm)", name)
    if found and local and found[0].split()[-1] not in name:
        return f"{name} {found[0]}"
    return name


_KIND_BEFORE_NUMBER = re.compile(r"(?<![a-z])(?P<kind>(?:bo\s)?luat|phap\slenh|nghi\squyet)\sso\s?:?\s?\Z")


def _settle_kind(reading: Reading, number: NumberMatch | None, head: Head) -> None:
    """Take the kind from the symbol where no line holds it; a letter (công văn) has neither."""
    by_symbol = symbol_kind(number) if number else None
    if by_symbol == "Văn bản hợp nhất" and number and (head.kind is None or head.kind.value != by_symbol):
        head.kind = made(reading, by_symbol, number.start, number.end)
        return
    if head.kind is not None:
        return
    said = _KIND_BEFORE_NUMBER.search(reading.bare, max(0, number.start - 24), number.start) if number else None
    if said:  # "Luật số: 50/2024/QH15" over "LUẬT CÔNG ĐOÀN"
        head.kind = made(reading, KIND_NAMES[" ".join(said["kind"].split())], said.start(), said.end("kind"))
        return
    if by_symbol and number and head.subject is None and not head.to_someone:
        head.kind = made(reading, by_symbol, number.start, number.end, LIKELY)
    elif source := head.number or head.subject:
        head.kind = Field("Công văn", source.start, source.end, LIKELY if head.subject else DOUBTFUL)
    elif head.to_someone:  # a letter pasted without its letterhead
        head.kind = made(reading, "Công văn", head.end, head.end + 1, DOUBTFUL)
