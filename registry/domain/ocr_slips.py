"""What OCR gets wrong and what can be said for sure: marks in known phrases, letters for figures, doubled letters.

Only places with one possible reading are mended: a day, a number and its symbol, and lines in capitals, which are
titles, bodies and positions. All other text stays as it was read.
"""

from __future__ import annotations

import re

from registry.domain import places
from registry.domain.issuer_symbols import CENTRAL_BODIES, DEPARTMENTS
from registry.domain.kinds import DOCUMENT_KINDS
from search_index.text import fold

_FIGURES = str.maketrans({"l": "1", "I": "1", "i": "1", "|": "1", "]": "1", "O": "0", "o": "0", "S": "5", "B": "8"})
_FIGURE = r"[\dlIiO|oSB\]]"
_DAY = re.compile(rf"(?P<ngay>ng[àaả]y\s+)(?P<d>{_FIGURE}{{1,2}})(?P<thang>\s+th[áaả]ng\s+)(?P<m>{_FIGURE}{{1,2}})(?P<nam>\s+n[ăaâ]m\s+)(?P<y>{_FIGURE}{{4}})",
                  re.IGNORECASE)
_NUMBER = re.compile(rf"(?P<word>(?<!\w)[Ss][ốôóồổ]\s*[:.;]?\s*)(?P<ordinal>{_FIGURE}{{1,5}})(?P<rest>\s?[/-])")
_SYMBOL = re.compile(r"(?<=\d)(?P<slash>\s?[/-])(?P<symbol>[^\W\d_][\w-]{1,20})")
_TWICE = re.compile("ĐÐ|ÐĐ")
"""One letter read as two: the second is the Icelandic one."""
_SYMBOLS = {fold(one.abbreviation): one.abbreviation for one in DOCUMENT_KINDS if one.abbreviation} | {
    fold(one): one for one in ("UBND", "HĐND", "TTg", "VPCP", "UBTVQH")}
_AMBIGUOUS = {"hd", "da"}
"""Two kinds but for their marks: HD (hướng dẫn) and HĐ (hợp đồng), DA and ĐA."""
_POSITIONS = (
    "Phó Chủ tịch", "Chủ tịch", "Phó Giám đốc", "Giám đốc", "Phó Thủ tướng", "Thủ tướng", "Bộ trưởng", "Thứ trưởng", "Cục trưởng",
    "Phó Cục trưởng", "Phó Chánh Văn phòng", "Chánh Văn phòng", "Phó Bí thư", "Bí thư", "Phó Bí thư Thường trực", "Trưởng ban",
    "Phó Trưởng ban", "Tổng Giám đốc", "Hiệu trưởng", "Viện trưởng", "Thống đốc", "Chủ nhiệm", "Phó Chủ nhiệm", "Vụ trưởng",
    "Trưởng phòng", "Phó Trưởng phòng", "Kiểm toán trưởng", "Tổng Kiểm toán")
_BODIES = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy", "Ban Thường vụ", "Ban Chấp hành",
    "Ban Chỉ đạo", "Ban Tổ chức", "Ban Tuyên giáo", "Ban Quản lý", "Ban Dân vận", "Ủy ban Kiểm tra", "Văn phòng",
    "Cộng hòa xã hội chủ nghĩa Việt Nam", "Đảng Cộng sản Việt Nam", "Tổng cục", "Chi cục", "Trung tâm", "Thành phố",
    "Mặt trận Tổ quốc", "Hỏa tốc", "Thượng khẩn", "Công an", "Trung ương", "Bảo hiểm xã hội")


def _bare(text: str) -> str:
    """Return ``text`` in small letters without marks, of the same length."""
    return "".join(bare if len(bare := fold(char)) == 1 else char for char in text)


def _phrases() -> dict[str, str]:
    """Return the phrases of lines in capitals by their bare form, of two syllables or more, none of them two phrases."""
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    names = [*(kind.name for kind in DOCUMENT_KINDS), *_POSITIONS, *_BODIES, *CENTRAL_BODIES.values(), *DEPARTMENTS.values(),
             # A commune may be called as a province is but for a mark: xã Thạnh Hóa.
             *(f"{level} {name}" for level in ("tỉnh", "tỉnh ủy", "thành phố", "thành ủy")
               for name in (*(old for olds in places.MERGED_PROVINCES.values() for old in olds), *places.UNCHANGED_PROVINCES))]
    for name in names:
        upper, key = name.upper(), _bare(name)
        if found.setdefault(key, upper) != upper:
            ambiguous.add(key)
    return {key: name for key, name in found.items() if " " in key and key not in ambiguous}


_PHRASES = _phrases()
_ESCAPED_SPACE = re.escape(" ")
_PHRASE = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(key).replace(_ESCAPED_SPACE, ' ?') for key in sorted(_PHRASES, key=len, reverse=True))})(?!\w)")
_BY_LETTERS = {key.replace(" ", ""): name for key, name in _PHRASES.items()}

_KIND_LINES = {_bare(kind.name).replace(" ", ""): kind.name.upper() for kind in DOCUMENT_KINDS if " " in kind.name}


def mend(text: str) -> str:
    """Return ``text``, read by OCR, with what is certainly misread put right."""
    text = _TWICE.sub("Đ", _DAY.sub(_day, text))
    text = _NUMBER.sub(lambda found: found["word"] + found["ordinal"].translate(_FIGURES) + found["rest"], text)
    text = _SYMBOL.sub(lambda found: found["slash"] + _symbol(found["symbol"]), text)
    return "\n".join(_line(line) for line in text.split("\n"))


def _day(found: re.Match[str]) -> str:
    day, month, year = (found[part].translate(_FIGURES) for part in "dmy")
    return f"{found['ngay']}{day}{found['thang']}{month}{found['nam']}{year}"


def _symbol(symbol: str) -> str:
    """Return a symbol with its known parts in their own letters: QĐĐ-ƯBND → QĐ-UBND."""
    return "-".join(_part(part) for part in symbol.split("-"))


def _part(part: str) -> str:
    for form in (part, re.sub(r"[ĐÐ]{2}", "Đ", part)):
        key = fold(form)
        if key in _SYMBOLS and key not in _AMBIGUOUS:
            return _SYMBOLS[key]
    return part


def _line(line: str) -> str:
    letters = [char for char in line if char.isalpha()]
    if len(letters) < 4 or sum(map(str.isupper, letters)) < 0.8 * len(letters):
        return line
    bare = _bare(line)
    whole = bare.strip(" -–—_.,*|'")
    if whole.replace(" ", "") in _KIND_LINES:
        return _KIND_LINES[whole.replace(" ", "")]  # a title, with dirt beside it: "QUYẾTĐỊNH -"
    pieces, at = [], 0
    for found in _PHRASE.finditer(bare):
        pieces += [line[at : found.start()], _BY_LETTERS[found[0].replace(" ", "")]]
        at = found.end()
    return "".join([*pieces, line[at:]])
