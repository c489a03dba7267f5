"""The issuer as a text states it: "của Bộ trưởng Bộ Tài chính quy định …" ends before "quy định".

No comma or capital letter tells where the name of a body ends, so three things are used: the
bodies and sectors that are known, the levels and names of places, and the words that begin
the subject of a document (về, quy định, sửa đổi …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.domain.issuer_symbols import CENTRAL_BODIES, DEPARTMENTS, known_symbol
from registry.domain.phrases import longest_first
from registry.domain.places import PROVINCE_KEYS
from registry.domain.reading import Reading
from search_index.text import fold, one_tone_placement

_WINDOW = 260  # the longest issuer read: a joint resolution's three bodies have 110 characters
_MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class IssuerPhrase:
    """Where an issuer stands in ``Reading.plain``, and its name with UBND and HĐND written out."""

    start: int
    end: int
    name: str


def _spaced(names: set[str]) -> str:
    """Return alternatives for bare names, longest first, with any dash, comma or break between words."""
    return longest_first({re.sub(r"[^a-z]+", " ", fold(name)).strip() for name in names}, r"[\s,-]{1,3}")


_MORE_SECTORS = {
    "Văn hóa", "Khoa học, Công nghệ và Môi trường", "Lao động Thương binh và Xã hội", "Văn hóa và Thông tin",
    "Nông nghiệp và PTNT", "Giáo dục", "Dân tộc", "Công nghiệp", "Xây dựng", "Nội vụ", "Thủy lợi", "Lâm nghiệp",
    "Thương binh và Xã hội", "Xã hội", "Văn hóa và Xã hội", "Kinh tế", "Kinh tế và Tài chính", "Tài chính, Ngân sách",
    "Pháp luật", "Dân nguyện và Giám sát", "Quốc phòng, An ninh và Đối ngoại", "Công tác đại biểu", "Pháp chế", "Dân nguyện",
    "An toàn giao thông Quốc gia", "Lao động và Thương binh và Xã hội", "Văn hóa, Giáo dục", "Các vấn đề xã hội",
    "Giao thông công chánh", "Quy hoạch và Kiến trúc", "Văn hóa - Xã hội", "Kinh tế - Ngân sách",
    "Kinh tế, Hạ tầng và Đô thị", "Kinh tế và Hạ tầng", "Tài chính - Kế hoạch", "Tài chính và Kế hoạch",
    "Nông nghiệp và Phát triển nông thôn",
    "Tuyên giáo và Dân vận", "Pháp luật và Tư pháp", "Du lịch", "Bưu chính, Viễn thông", "Dân tộc và Tôn giáo",
}  # fmt: skip
_SECTORS = _spaced(
    {name.split(" ", 1)[1] for name in (*CENTRAL_BODIES.values(), *DEPARTMENTS.values())
     if name.startswith(("Bộ ", "Sở "))} | _MORE_SECTORS)
_SECTOR = re.compile(rf"(?:bo|so|phong|ban|vu|cuc|tong\scuc|uy\sban|nganh|lao\sdong)\s(?:{_SECTORS})(?![a-z])")
_NEXT_SECTOR = re.compile(rf"(?:\s?,\s|\sva\s|,\sva\s|\s-\s)(?:{_SECTORS})(?![a-z])")
# Bodies whose names hold words that else begin a subject or end a name.
_STEERING = re.compile(
    r"ban\schi\sdao(?:\s(?:[0-9]{3}|quoc\sgia\sphong,\schong\s(?:dich\s)?covid-19|(?:trung\suong\s)?(?:ve\s)?phat\strien\skhoa\shoc,\scong\snghe,\sdoi\smoi\ssang\stao(?:\sva|,)\schuyen\sdoi\sso"
    r"|nha\snuoc\sve\sdu\slich|tong\sdieu\stra\skinh\ste|cai\scach\shanh\schinh|chuyen\sdoi\sso|xay\sdung\snong\sthon\smoi))?(?![a-z])"
    r"|hoi\sdong\stu\svan\scai\scach\sthu\stuc\shanh\schinh|uy\sban\squoc\sgia\sve\s(?:chuyen\sdoi\sso|chinh\sphu\sdien\stu)")
_LEADERLESS = re.compile(rf"bo\struong\s(?:{_SECTORS})(?![a-z])")
_CENTRAL = re.compile(
    r"(?:thu\stuong(?:\schinh\sphu)?|chinh\sphu(?:\snuoc)?|uy\sban\sthuong\svu\squoc\shoi|ubtvqh|quoc\shoi"
    r"|chu\stich\snuoc|bo\schinh\stri(?:(?:,|\sva)\sban\sbi\sthu(?:\strung\suong(?:\sdang)?)?)?|ban\sbi\sthu(?:\strung\suong(?:\sdang)?)?"
    r"|hoi\snghi\strung\suong\s[0-9]{1,2}\skhoa\s[ivx]{1,5}|(?:hoi\snghi\s[^.;,()]{1,30}\s)?ban\schap\shanh\strung\suong(?:\sdang)?(?:\s(?:cong\ssan\sviet\snam))?(?:\skhoa\s[ivx]{1,5})?"
    r"|hoi\sdong\sbo\struong|hoi\sdong\schinh\sphu|tong\skiem\stoan\snha\snuoc|thanh\stra\schinh\sphu"
    r"|tong\sthanh\stra\schinh\sphu|van\sphong\s(?:chinh\sphu|quoc\shoi|chu\stich\snuoc|trung\suong(?:\sdang)?)"
    r"|thong\sdoc\s(?:ngan\shang\snha\snuoc(?:\sviet\snam)?|nhnn(?:\sviet\snam)?)|ngan\shang\snha\snuoc(?:\sviet\snam)?"
    r"|bo\struong,?\schu\snhiem\svan\sphong\schinh\sphu|hoi\sdong\sbau\scu\squoc\sgia"
    r"|(?:chanh\san\s)?toa\san\snhan\sdan\stoi\scao|(?:vien\struong\s)?vien\skiem\ssat\snhan\sdan\stoi\scao"
    r"|hoi\sdong\stham\sphan\stoa\san\snhan\sdan\stoi\scao|kiem\stoan\snha\snuoc)(?![a-z])")
_PROVINCES = "|".join(sorted((key.replace(" ", r"[\s-]{1,3}") for key in PROVINCE_KEYS), key=len, reverse=True))
_PROVINCE = re.compile(rf"(?:{_PROVINCES}|dac\slac|dak\slac|dac\slak|bac\scan|kontum|hcm|hn)(?![a-z])")
_LEVEL = re.compile(r"(?:tinh|thanh\spho|tp\.?|huyen|quan|thi\sxa|xa|phuong|thi\stran|dac\skhu)(?![a-z])")
_SMALLER_FIRST = re.compile(r",\s(?=(?:tinh|thanh\spho|tp\.?|huyen|quan|thi\sxa|xa|phuong)\s)")
_GOES_ON = re.compile(r"\s(?:-\s|(?:tinh|thanh|tp|huyen|quan|xa|phuong|hoi\sdong|hdnd|uy\sban|ubnd|bo|viet\snam|trung\suong)(?![a-z]))")
_COMMITTEE = re.compile(r"(?:ubnd|hdnd|uy\sban\snhan\sdan|hoi\sdong\snhan\sdan)\s(?=(?:tinh|thanh|huyen|quan|thi|xa|phuong|dac)(?![a-z]))")
_PARTY = re.compile(r"(?:tinh|thanh|huyen|quan|thi|dang)\suy(?![a-z])")
_HEADS = (
    r"(?:uy\sban|ubnd|ub|hdnd|hoi\sdong|chinh\sphu|thu\stuong|lien\sbo|bo|so|ban|van\sphong|(?:tinh|thanh|huyen|quan|thi|dang)\suy"
    r"|tong\scuc|cuc|chi\scuc|cong\san|toa\san|vien|chu\stich|pho\schu\stich|giam\sdoc|quoc\shoi|thong\sdoc|tong|cong\sty"
    r"|truong|trung\stam|thanh\stra|ngan\shang|kho\sbac|phong|hoi|lien|mat\stran|doan|thuong\struc|kiem\stoan|bao\shiem"
    r"|thue|hai\squan|dang|bch|btv|bts|trung\suong|chanh|vu|to|quy|hiep\shoi|tap\sdoan|hoc\svien|dai\shoc|benh\svien|bhxh)(?![a-z])")
_HEAD = re.compile(_HEADS)
_JOINED = re.compile(rf"(?:\s?,\s?|\sva\s|\s?-\s?|\s?,\sva\s)(?={_HEADS})")

# Words that begin the subject or the next clause, whatever their case, and those that do so in lower case.
_ENDS = re.compile(
    r"(?:về|v/v|ban\s+hành|quy\s+định|quy\s+đinh|sửa\s+đổi|phê\s+duyệt|bổ\s+sung|thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|hủy\s+bỏ"
    r"|công\s+bố|khóa|khoá|v/v:|hướng\s+dẫn|quy\s+chế|đính\s+chính)(?!\w)", re.IGNORECASE)
_LOWER_ENDS = re.compile(
    r"(?:việc|năm|thì|được|đã|đang|có|như|theo|tại|trên|trong|để|cho|đối|nhằm|khi|là|bằng|kèm|còn|hết|nêu|đến|từ|với|hoặc"
    r"|cùng|gồm|trước|sau|giao|nay|trừ|mà|nếu|do|bị|phải|không|chưa|vẫn|sẽ|cũng|này|nói|ngày|căn|xét|hiện|vào|mới|các"
    r"|những|một|số|ở|của|ký|gửi|trình|khóa|khoá|và\s+các|thực\s+hiện|triển\s+khai|tổ\s+chức|đề\s+nghị|yêu\s+cầu|thành\s+lập"
    r"|quyết\s+định|quyết\s+nghị|xác\s+định|thu\s+hồi|giải\s+(?:thích|quyết|trình)|đồng\s+(?:ý|thời)|chấp\s+thuận|chỉ\s+đạo"
    r"|kết\s+luận|thông\s+(?:qua|báo)|báo\s+cáo|điều\s+chỉnh|công\s+nhận|công\s+khai|liên\s+quan|quản\s+lý|kiểm\s+tra"
    r"|phân\s+(?:công|cấp|bổ|loại|quyền)|ấn\s+định|kéo\s+dài|gia\s+hạn|tăng\s+cường|đẩy\s+mạnh|phát\s+(?:triển|động|hành)"
    r"|khuyến\s+khích|hỗ\s+trợ|chuyển|tiếp\s+tục|áp\s+dụng|quán\s+triệt|đẩy|làm|thí\s+điểm|tạm\s+(?:thời|dừng|ngừng)|dừng"
    r"|chuẩn\s+bị|phối\s+hợp|cấp\s+(?:phép|giấy|đổi|lại|cho)|giảm|miễn|nâng|xử\s+(?:lý|phạt)|rà\s+soát|đình\s+chỉ|hợp\s+nhất"
    r"|tuy\s+nhiên|nhưng|vì|nên|chấn\s+chỉnh|bảo\s+đảm|đảm\s+bảo|xây\s+dựng|lập|cụ\s+thể|bao\s+gồm|trả\s+lời|đôn\s+đốc|chi\s+tiết"
    r"|chương\s+trình|kế\s+hoạch|nghị\s+(?:định|quyết)|thông\s+tư|quyết\s+định|luật|danh\s+mục|giấy|và\s+giấy|cải\s+cách)(?!\w)")
_SHORT_BODY = re.compile(r"(?:ubnd|hdnd|ub|bch|btv|bqp|tp|bhxh|nhnn|ubmttq|mttq)(?![a-z])")
_KIND_WORDS = re.compile(
    r"(?:nghi\s(?:dinh|quyet)|quyet\sdinh|thong\stu|ke\shoach|luat|phap\slenh|chi\sthi|cong\s(?:van|dien)|bao\scao|to\strinh"
    r"|thong\sbao|huong\sdan|chuong\strinh|de\san|quy\s(?:che|dinh)|ket\sluan|van\sban|dieu\sle|dieu\s\d|hien\sphap|phu\sluc"
    r"|danh\smuc|quy\strinh|khoan\s\d)(?![a-z])")
_WORD = re.compile(r"[^\s]+")
_ABBREVIATED_MINISTRY = re.compile(r"\b(Bộ|Sở) ([A-ZĐ][A-ZĐ&\-]{1,9})\b")
_SECTOR_SYMBOL = re.compile(r"(?:bo|so)\s[a-z&]{2,9}(?![a-z])")
_SHORT = (
    (re.compile(r"\bUB\s?ND\b", re.IGNORECASE), "Ủy ban nhân dân"),
    (re.compile(r"\bH[ĐD]ND\b", re.IGNORECASE), "Hội đồng nhân dân"),
)


def read_issuer(reading: Reading, at: int, *, joint: bool = False) -> IssuerPhrase | None:
    """Return the body whose name starts at ``at`` in ``reading.plain``, or None.

    ``joint`` lets several bodies follow each other (liên tịch).
    """
    end = _one_body(reading, at)
    if end is None:
        return None
    while joint and (found := _JOINED.match(reading.bare, end)):
        following = _one_body(reading, found.end())
        if following is None:
            break
        end = following
    return IssuerPhrase(at, end, written_out(reading.line(at, end)))


def written_out(name: str) -> str:
    """Return an issuer's name with UBND, HĐND and a ministry's abbreviation written out."""
    for pattern, full in _SHORT:
        name = pattern.sub(full, name)
    name = _ABBREVIATED_MINISTRY.sub(_ministry, name)
    return one_tone_placement(name)


def _ministry(found: re.Match[str]) -> str:
    symbol = known_symbol(found[1][0] + found[2].replace("-", ""))
    name = CENTRAL_BODIES.get(symbol or "") or DEPARTMENTS.get(symbol or "")
    return name if name and name.startswith(found[1]) else found[0]


def _one_body(reading: Reading, at: int) -> int | None:
    bare, plain = reading.bare, reading.plain
    if _KIND_WORDS.match(bare, at):
        return None
    if found := _CENTRAL.match(bare, at) or _LEADERLESS.match(bare, at):
        return found.end()
    first = plain[at : at + 1]
    word = _WORD.match(plain, at)
    loud = word is not None and len(word[0]) > 1 and word[0].isupper() and not _SHORT_BODY.match(bare, at)
    rest = plain[at : at + 40]
    capitals = sum(char.isupper() for char in rest)
    mixed = first.isupper() and capitals < 0.7 * sum(char.isalpha() for char in rest)
    if not _HEAD.match(bare, at) and not (mixed and first.isalpha()):
        return None
    return _walk(reading, at, mixed=mixed and not loud, loud=loud)


def _walk(reading: Reading, at: int, *, mixed: bool, loud: bool) -> int | None:
    """Return the end of an unknown body's name: word for word, until something ends it."""
    bare, plain = reading.bare, reading.plain
    end = place = at
    joint = bare.startswith("lien", at)
    limit = min(len(plain), at + _WINDOW)
    for _ in range(_MOST_WORDS):
        if found := _STEERING.match(bare, place):
            end = found.end()
        elif (found := _SECTOR.match(bare, place)) or ((found := _SECTOR_SYMBOL.match(bare, place)) and known_symbol(found[0][0] + found[0][3:]) in (CENTRAL_BODIES.keys() | DEPARTMENTS.keys())):
            end = found.end()
            while joint and (more := _NEXT_SECTOR.match(bare, end)):
                end = more.end()  # "liên Bộ Tài chính - Lao động - Thương binh và Xã hội"
            if not _GOES_ON.match(bare, end):
                return end
        elif (found := _CENTRAL.match(bare, place)) and place > at:
            return found.end()
        elif found := _PARTY.match(bare, place):
            return _committee_end(reading, found.end(), mixed=mixed)
        elif found := _LEVEL.match(bare, place):
            return _place_end(reading, found.end(), mixed=mixed)
        else:
            word = _WORD.match(plain, place)
            if word is None or word.end() > limit:
                break
            text = word[0]
            if text[0] in "(\"“”[…/;:+*" or text[0].isdigit():
                break
            inner = text.rstrip(".,;:)\"”]")
            if loud and any(char.islower() for char in inner):
                break
            if not inner or (set(text[:-1]) & set("();\"“”[]") and text[-1] != ";"):
                break
            end = place + len(inner)
            if inner != text:
                break
        gap = _gap(reading, end)
        if gap is None:
            break
        nxt = end + gap
        if _ends_here(reading, nxt, mixed=mixed):
            break
        place = nxt
    return end if end > at else None


def _gap(reading: Reading, end: int) -> int | None:
    """Return the length of the white space at ``end``; None where a line begins that starts something new."""
    plain = reading.plain
    if end >= len(plain) or plain[end] not in " \n":
        return None
    if plain.startswith("\n\n", end):
        return None
    if plain[end] == "\n":
        line = plain[end + 1 : end + 40].split("\n", 1)[0]
        if line[:1] in "-+*•|" or line[:1].isdigit() or (
                line.isupper() and " " in line.strip() and not plain[max(0, end - 8) : end].isupper()):
            return None
    return 1


def _ends_here(reading: Reading, at: int, *, mixed: bool) -> bool:
    plain, bare = reading.plain, reading.bare
    if _ENDS.match(plain, at) or _KIND_WORDS.match(bare, at):
        return True
    head = plain[at : at + 24]
    if _LOWER_ENDS.match(head if mixed else head.lower()):
        return True
    if plain.startswith("-", at):
        following = plain[at + 1 : at + 3].strip()
        return not (following[:1].isupper() or not mixed) or bool(_KIND_WORDS.match(bare, at + 2))
    if bare.startswith("va", at) and at + 3 < len(plain) and plain[at + 2] in " \n":
        following_at = at + 3
        if _HEAD.match(bare, following_at) or _KIND_WORDS.match(bare, following_at):
            return True
        return not plain[following_at].isupper() if mixed else True
    return False


def _place_end(reading: Reading, end: int, *, mixed: bool) -> int:
    """Return where a place ends whose level (tỉnh, huyện …) ends at ``end``; larger places may follow."""
    end = _name_end(reading, end, mixed=mixed)
    while found := _SMALLER_FIRST.match(reading.bare, end):
        level = _LEVEL.match(reading.bare, found.end())
        if level is None:
            break
        end = _name_end(reading, level.end(), mixed=mixed)
    return end


def _committee_end(reading: Reading, end: int, *, mixed: bool) -> int:
    """Return where a Party committee's name ends: "Đảng ủy xã Lương Minh", "Đảng ủy Chính phủ", "Tỉnh ủy Nghệ An"."""
    bare = reading.bare
    if _gap(reading, end) is not None:
        if committee := _COMMITTEE.match(bare, end + 1):
            end = committee.end() - 1
        if level := _LEVEL.match(bare, end + 1):
            return _place_end(reading, level.end(), mixed=mixed)
        if found := _CENTRAL.match(bare, end + 1) or _SECTOR.match(bare, end + 1):
            return found.end()
    return _name_end(reading, end, mixed=mixed)


def _name_end(reading: Reading, end: int, *, mixed: bool) -> int:
    """Return where the place name after a level or a committee ends; ``end`` itself if there is none."""
    bare, plain = reading.bare, reading.plain
    gap = _gap(reading, end)
    if gap is None:
        return end
    if found := _PROVINCE.match(bare, end + gap):
        return found.end()
    place = end + gap
    for _ in range(4):
        word = _WORD.match(plain, place)
        if word is None or _ends_here(reading, place, mixed=mixed):
            break
        text = word[0].rstrip(".,;:)\"”]")
        if not text or not text[0].isalpha() or not (text[0].isupper() if mixed else len(text) < 8):
            break
        if bare.startswith(("va ", "va\n"), place):
            break
        end = place + len(text)
        gap = _gap(reading, end)
        if len(text) < len(word[0]) or gap is None:
            break
        place = end + gap
    return end
