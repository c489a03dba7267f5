"""Names of bodies in official case: ``ỦY BAN NHÂN DÂN TỈNH HÀ NAM`` → ``Ủy ban nhân dân tỉnh Hà Nam``."""

from __future__ import annotations

import re

from registry.domain.issuer_phrases import written_out
from registry.domain.issuer_symbols import CENTRAL_BODIES, DEPARTMENTS
from registry.domain.phrases import longest_first
from registry.domain.places import PROVINCE_KEYS, place_key
from search_index.text import fold, one_line, one_tone_placement

_KNOWN = {re.sub(r"[^a-z]+", " ", fold(name)).strip(): name for name in (*CENTRAL_BODIES.values(), *DEPARTMENTS.values())}
_LEVELS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường")
_PHRASES = {
    phrase.lower(): phrase
    for phrase in (
        "Ủy ban nhân dân", "Hội đồng nhân dân", "Ủy ban Thường vụ", "Thủ tướng", "Chính phủ", "Quốc hội", "Văn phòng",
        "Ban Thường trực", "Ban Thường vụ", "Ban Chấp hành", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy", "Ủy ban MTTQ",
        "Đoàn đại biểu", "Tổng cục", "Chi cục", "Công an", "Bộ trưởng", "Cục trưởng", "Giám đốc", "Chủ tịch", "Trung tâm",
        "Ủy ban", "Hội đồng", "Công ty", "Công ty cổ phần", "Ngân hàng", "Kho bạc", "Thanh tra", "Kiểm toán", "Bảo hiểm",
        "Tòa án", "Đảng bộ", "Chi bộ", "Việt Nam", "Mặt trận Tổ quốc", "Trung ương", "TNHH", "MTV", "MTTQ", "HĐND", "Tiểu ban",
        "Cục", "Sở", "Bộ", "Ban", "Phòng", "Viện", "Trường", "Thuế", "Hải quan", "Vụ",
    )
}  # fmt: skip
_PHRASE = re.compile(rf"(?<!\w)(?:{longest_first(_PHRASES, ' ')})(?!\w)")
_OPEN = frozenset(("cục", "sở", "bộ", "ban", "phòng", "viện", "trường", "tổng cục", "chi cục", "văn phòng", "trung tâm", "ủy ban",
                   "công ty", "ngân hàng", "kho bạc", "thanh tra", "kiểm toán", "bảo hiểm", "tiểu ban", "vụ", "hội đồng"))
_LINKS = frozenset(("và", "của", "-", "các", "với"))
_ROMAN = re.compile(r"[ivx]+")


def official_name(text: str) -> str:
    """Return a body's name in official case when it is in capitals or small letters alone; else as written."""
    name = written_out(one_line(text)).strip(" -_.,:;|")
    letters = [char for char in text if char.isalpha()]
    if not letters or not (text.islower() or _mostly_upper(letters)):
        return one_tone_placement(name)
    low = one_tone_placement(name.lower())
    key = re.sub(r"[^a-z]+", " ", fold(low)).strip()
    if key in _KNOWN:
        return _KNOWN[key]
    body, level, place = _split_place(low)
    known = _KNOWN.get(re.sub(r"[^a-z]+", " ", fold(body)).strip())
    head = known or _cased(body)
    return " ".join(part for part in (head, level, _title(place)) if part)


def _mostly_upper(letters: list[str]) -> bool:
    return sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _split_place(low: str) -> tuple[str, str, str]:
    """Return body, level and place of a small-letter name: sở nội vụ, tỉnh, bình thuận."""
    best = None
    for level in _LEVELS:
        found = re.search(rf"(?:^|\s){level}(?=\s|$)", low)
        if found and not low[found.end():].startswith((" phố", " hội")) and (best is None or found.start() < best[0]):
            if level == "tỉnh" and low[found.end():].startswith(" ủy"):
                continue
            best = (found.start(), level, low[found.end():].strip())
    if best and best[0] > 0:
        return low[: best[0]].strip(), best[1], best[2]
    for committee in ("tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy"):
        at = low.find(committee)
        if at != -1 and low[at + len(committee):].strip():
            return low[: at + len(committee)], "", low[at + len(committee):].strip()
    words = low.split()
    for count in (4, 3, 2):
        if len(words) > count and place_key(" ".join(words[-count:])) in PROVINCE_KEYS:
            return " ".join(words[:-count]), "", " ".join(words[-count:])
    return low, "", ""


def _title(place: str) -> str:
    return " ".join(word if word == "-" else word[:1].upper() + word[1:] for word in place.split())


def _cased(body: str) -> str:
    """Capitalise each body and the first word of its sector: Cục Hải quan, Ban Quản lý dự án."""
    result: list[str] = []
    at = 0
    capital_next = True
    for found in [*_PHRASE.finditer(body), None]:
        for word in body[at : found.start() if found else len(body)].split():
            if _ROMAN.fullmatch(word):
                result.append(word.upper())
            elif capital_next and word not in _LINKS:
                result.append(word[:1].upper() + word[1:])
                capital_next = False
            else:
                result.append(word)
                capital_next = capital_next or word == "-"
        if found:
            inside_sector = found[0] in ("thuế", "hải quan", "vụ", "bộ", "ban", "trường", "phòng", "viện") and not capital_next
            result.append(found[0] if inside_sector else _PHRASES[found[0]])
            capital_next = capital_next and not inside_sector if inside_sector else found[0] in _OPEN
            at = found.end()
    name = " ".join(result)
    return name[:1].upper() + name[1:]
