"""Names of provinces (tỉnh, thành phố trực thuộc trung ương), before and after 01/7/2025.

Source of the merger: Nghị quyết 202/2025/QH15.
"""

from __future__ import annotations

import re

from search_index.text import fold, one_line, plain_signs

CENTRAL_CITIES: tuple[str, ...] = (
    "Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh",
)  # fmt: skip

MERGED_PROVINCES: dict[str, tuple[str, ...]] = {
    "Tuyên Quang": ("Hà Giang", "Tuyên Quang"),
    "Lào Cai": ("Yên Bái", "Lào Cai"),
    "Thái Nguyên": ("Bắc Kạn", "Thái Nguyên"),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình", "Phú Thọ"),
    "Bắc Ninh": ("Bắc Giang", "Bắc Ninh"),
    "Hưng Yên": ("Thái Bình", "Hưng Yên"),
    "Hải Phòng": ("Hải Dương", "Hải Phòng"),
    "Ninh Bình": ("Hà Nam", "Nam Định", "Ninh Bình"),
    "Quảng Trị": ("Quảng Bình", "Quảng Trị"),
    "Đà Nẵng": ("Quảng Nam", "Đà Nẵng"),
    "Quảng Ngãi": ("Kon Tum", "Quảng Ngãi"),
    "Gia Lai": ("Gia Lai", "Bình Định"),
    "Đắk Lắk": ("Phú Yên", "Đắk Lắk"),
    "Khánh Hòa": ("Khánh Hòa", "Ninh Thuận"),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận", "Lâm Đồng"),
    "Đồng Nai": ("Bình Phước", "Đồng Nai"),
    "Tây Ninh": ("Long An", "Tây Ninh"),
    "Hồ Chí Minh": ("Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang", "Cần Thơ"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh", "Vĩnh Long"),
    "Đồng Tháp": ("Tiền Giang", "Đồng Tháp"),
    "An Giang": ("Kiên Giang", "An Giang"),
    "Cà Mau": ("Bạc Liêu", "Cà Mau"),
}
"""The 23 provinces made on 01/7/2025, each with those it was formed from."""

UNCHANGED_PROVINCES: tuple[str, ...] = (
    "Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn",
    "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Cao Bằng",
)  # fmt: skip
"""The 11 provinces that the merger left as they were. Huế was Thừa Thiên Huế before 01/01/2025."""

_LEVEL = re.compile(
    r"(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+(.+)", re.IGNORECASE | re.DOTALL)
_PROVINCE_LEVELS = ("tỉnh", "thành phố")
# Spellings that folding and one sign for every dash leave apart.
_SPELLINGS = (
    (re.compile(r"\b(?:dac|dak)\s?(?:lac|lak)\b"), "dak lak"),
    (re.compile(r"\b(?:dac|dak)\s?nong\b"), "dak nong"),
    (re.compile(r"\bbac can\b"), "bac kan"),
    (re.compile(r"\bkontum\b"), "kon tum"),
    (re.compile(r"\bhochiminh\b"), "ho chi minh"),
)  # fmt: skip


def one_place_spelling(folded: str) -> str:
    """Return folded text with one spelling of each province: ``dac lac`` → ``dak lak``."""
    for pattern, spelling in _SPELLINGS:
        folded = pattern.sub(spelling, folded)
    return folded


def place_key(name: str) -> str:
    """Return what two spellings of a place name share: ``Bà Rịa–Vũng Tàu`` → ``ba ria vung tau``."""
    return one_place_spelling(" ".join(fold(plain_signs(one_line(name))).replace("-", " ").split()))


_OLD_NAMES = [old for olds in MERGED_PROVINCES.values() for old in olds]
_OFFICIAL = {place_key(name): name for name in [*_OLD_NAMES, *UNCHANGED_PROVINCES, "Thừa Thiên Huế"]}
CENTRAL_CITY_KEYS = frozenset(map(place_key, CENTRAL_CITIES))
PROVINCE_KEYS = frozenset(_OFFICIAL)


def full_place(place: str) -> str:
    """Return a place with its level: ``Hà Nam`` → ``tỉnh Hà Nam``, ``TP. Hà Nội`` → ``thành phố Hà Nội``.

    A name without a level is taken for a province, and a province gets its official spelling.
    """
    place = re.sub(r"^TP(?:\.\s*|\s+)", "thành phố ", one_line(place), flags=re.IGNORECASE)
    place = re.sub(r"^T\.\s*", "tỉnh ", place)
    if found := _LEVEL.fullmatch(place):
        level, name = found[1].lower(), found[2]
        return f"{level} {_OFFICIAL.get(place_key(name), name) if level in _PROVINCE_LEVELS else name}"
    key = place_key(place)
    return f"{'thành phố' if key in CENTRAL_CITY_KEYS else 'tỉnh'} {_OFFICIAL.get(key, place)}"
