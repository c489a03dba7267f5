"""What an issuer's symbol (ký hiệu cơ quan ban hành) in a document number tells.

``21/QĐ-TTg`` names the Prime Minister; ``325/KH-UBND`` names some People's Committee, and only
the place says which. The tables are data. Names of central bodies and symbols were checked
against the number and issuer pairs of some ten thousand real documents (1951-2026).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from registry.domain.places import full_place
from search_index.text import clean, fold, one_line

CENTRAL_BODIES: dict[str, str] = {
    # Nhà nước
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "CTN": "Chủ tịch nước",
    "CP": "Chính phủ",
    "HĐBT": "Hội đồng Bộ trưởng",
    "TTg": "Thủ tướng Chính phủ",
    "HĐTP": "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    "TANDTC": "Tòa án nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "KTNN": "Kiểm toán nhà nước",
    "HĐBCQG": "Hội đồng bầu cử quốc gia",
    "VPQH": "Văn phòng Quốc hội",
    "VPCTN": "Văn phòng Chủ tịch nước",
    "VPCP": "Văn phòng Chính phủ",
    # Bộ, cơ quan ngang bộ
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công Thương",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGTVT": "Bộ Giao thông vận tải",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNG": "Bộ Ngoại giao",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TTCP": "Thanh tra Chính phủ",
    "UBDT": "Ủy ban Dân tộc",
    # Bộ, ngành trước 2007
    "BBCVT": "Bộ Bưu chính, Viễn thông",
    "BCN": "Bộ Công nghiệp",
    "BKHCNMT": "Bộ Khoa học, Công nghệ và Môi trường",
    "BTM": "Bộ Thương mại",
    "BTS": "Bộ Thủy sản",
    "BVHTT": "Bộ Văn hóa - Thông tin",
    "TCCP": "Ban Tổ chức - Cán bộ Chính phủ",
    "TCĐC": "Tổng cục Địa chính",
    "UBTDTT": "Ủy ban Thể dục thể thao",
    # Cơ quan thuộc bộ, cơ quan trung ương khác
    "CHQ": "Cục Hải quan",
    "TCHQ": "Tổng cục Hải quan",
    "TCT": "Tổng cục Thuế",
    # Đảng, Mặt trận. "TW" also stands under papers of the Politburo and of the Secretariat.
    "TW": "Ban Chấp hành Trung ương",
    "VPTW": "Văn phòng Trung ương Đảng",
    "BTCTW": "Ban Tổ chức Trung ương",
    "UBKTTW": "Ủy ban Kiểm tra Trung ương",
    "BTGTW": "Ban Tuyên giáo Trung ương",
    "BDVTW": "Ban Dân vận Trung ương",
    "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương",
    "BNCTW": "Ban Nội chính Trung ương",
    "BKTTW": "Ban Kinh tế Trung ương",
    "BĐNTW": "Ban Đối ngoại Trung ương",
    "MTTW": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
}

# Other spellings of one symbol, as real numbers carry them.
OTHER_SPELLINGS: dict[str, str] = {
    "BGD": "BGDĐT", "BNN": "BNNPTNT", "BNNPTN": "BNNPTNT", "BLĐTBX": "BLĐTBXH", "BKH": "BKHĐT",
    "BNgG": "BNG", "NHNNVN": "NHNN", "TATC": "TANDTC", "TANDTTC": "TANDTC", "VKSTC": "VKSNDTC",
    "TTgCP": "TTg", "TTr CP": "TTCP", "ĐCTMTTW": "MTTW", "MTTQTW": "MTTW",
    "SGD": "SGDĐT", "SNN": "SNNPTNT", "SNG": "SNgV", "SVHTTTTDL": "SVHTTDL",
    "VPUB": "VPUBND", "BQLKCN": "BQLCKCN", "TTRT": "TTr", "CA": "CAT", "TTHĐND": "TT HĐND",
}  # fmt: skip

DEPARTMENTS: dict[str, str] = {
    # Cơ quan chuyên môn thuộc UBND cấp tỉnh: "Sở … tỉnh Hà Nam"
    "SCT": "Sở Công Thương",
    "SDL": "Sở Du lịch",
    "SDTTG": "Sở Dân tộc và Tôn giáo",
    "SGDĐT": "Sở Giáo dục và Đào tạo",
    "SGTVT": "Sở Giao thông vận tải",
    "SKHCN": "Sở Khoa học và Công nghệ",
    "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "SNgV": "Sở Ngoại vụ",
    "SNNMT": "Sở Nông nghiệp và Môi trường",
    "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "SNV": "Sở Nội vụ",
    "SQHKT": "Sở Quy hoạch - Kiến trúc",
    "STC": "Sở Tài chính",
    "STNMT": "Sở Tài nguyên và Môi trường",
    "STP": "Sở Tư pháp",
    "STTTT": "Sở Thông tin và Truyền thông",
    "SVHTT": "Sở Văn hóa và Thể thao",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "SXD": "Sở Xây dựng",
    "SYT": "Sở Y tế",
    "BDT": "Ban Dân tộc",
    "BQLCKCN": "Ban Quản lý các khu công nghiệp",
    "BQLKKT": "Ban Quản lý khu kinh tế",
}

# {place} is "tỉnh Hà Nam", {committee} "Tỉnh ủy Hà Nam".
LOCAL_BODIES: dict[str, str] = {
    "UBND": "Ủy ban nhân dân {place}",
    "CTUBND": "Chủ tịch Ủy ban nhân dân {place}",
    "VPUBND": "Văn phòng Ủy ban nhân dân {place}",
    "HĐND": "Hội đồng nhân dân {place}",
    "TT HĐND": "Thường trực Hội đồng nhân dân {place}",
    "VPĐĐBQHHĐND": "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân {place}",
    "ĐĐBQH": "Đoàn đại biểu Quốc hội {place}",
    "UBBC": "Ủy ban bầu cử {place}",
    "TTr": "Thanh tra {place}",
    "CAT": "Công an {place}",
    "BCHQS": "Bộ Chỉ huy quân sự {place}",
    "TAND": "Tòa án nhân dân {place}",
    "VKSND": "Viện kiểm sát nhân dân {place}",
    "CTHADS": "Cục Thi hành án dân sự {place}",
    "BHXH": "Bảo hiểm xã hội {place}",
    "MTTQ": "Ủy ban Mặt trận Tổ quốc Việt Nam {place}",
    "TTPVHCC": "Trung tâm Phục vụ hành chính công {place}",
    "TU": "{committee}",
    "HU": "{committee}",
    "ĐU": "{committee}",
    "VPTU": "Văn phòng {committee}",
    "BTCTU": "Ban Tổ chức {committee}",
    "UBKTTU": "Ủy ban Kiểm tra {committee}",
    "BTGTU": "Ban Tuyên giáo {committee}",
    "BTGDVTU": "Ban Tuyên giáo và Dân vận {committee}",
    "BDVTU": "Ban Dân vận {committee}",
    "BNCTU": "Ban Nội chính {committee}",
}

SYMBOLS: dict[str, dict[str, str]] = {
    "central": CENTRAL_BODIES,
    "department": DEPARTMENTS,
    "local": LOCAL_BODIES,
}
"""Every known symbol by the level of its body."""

# Abbreviations of kinds that are also a body's symbol, in letters alone: "5102/CT-CS", Cục Thuế, 2025.
LETTER_BODIES: dict[str, str] = {"CT": "Cục Thuế"}

# Kinds that only one body can issue (Luật 64/2025/QH15, Điều 4).
KIND_ISSUERS: dict[str, str] = {
    "hien phap": "Quốc hội", "luat": "Quốc hội", "bo luat": "Quốc hội",
    "hp": "Quốc hội", "l": "Quốc hội", "bl": "Quốc hội",
    "phap lenh": "Ủy ban Thường vụ Quốc hội", "pl": "Ủy ban Thường vụ Quốc hội",
    "nghi dinh": "Chính phủ", "nd": "Chính phủ", "lenh": "Chủ tịch nước", "l-ctn": "Chủ tịch nước",
}  # fmt: skip

# Abbreviations of kinds that bodies issue together; in full they say "liên tịch" or "phối hợp".
_JOINT_KINDS = ("ttlt", "nqlt", "ctlt", "qclt", "qcph", "tt", "thong tu")
_TERM = re.compile(r"(\D.*?)\d{0,2}")  # QH13, UBTVQH15, HĐND8, NHNN2: the term or unit follows the letters


def _symbol_key(symbol: str) -> str:
    """Return the symbol with bare lower-case letters alone: ``SGD&ĐT`` and ``sgdđt`` are one."""
    return re.sub(r"[^a-z0-9]", "", fold(symbol))


_TABLE = {_symbol_key(s): s for table in SYMBOLS.values() for s in table}
_TABLE |= {_symbol_key(other): s for other, s in OTHER_SPELLINGS.items()}


def known_symbol(symbol: str) -> str | None:
    """Return the usual spelling of an issuer's symbol: ``sgd&đt`` → ``SGDĐT``; None if it is not known.

    A term number after the letters is left out: ``QH13`` → ``QH``.
    """
    if clean(symbol).strip(" .").upper() in ("TƯ", "T.Ư"):  # Trung ương; folded it would be TU, Tỉnh ủy
        return "TW"
    key = _symbol_key(symbol)
    if key in _TABLE:
        return _TABLE[key]
    found = _TERM.fullmatch(key)
    return _TABLE.get(found[1]) if found else None


def department_name(symbol: str, place: str) -> str | None:
    """Return a department of a province: ``("SNV", "Hà Nam")`` → ``Sở Nội vụ tỉnh Hà Nam``."""
    known = known_symbol(symbol)
    return f"{DEPARTMENTS[known]} {full_place(place)}" if known in DEPARTMENTS else None


def implied_issuer(groups: Sequence[str], kind: str | None = None, *, place: str | None = None) -> str | None:
    """Return the name of the issuer (cơ quan ban hành) that a document's symbol alone tells.

    ``groups`` are the groups of the symbol behind the kind: ``("TTg",)``, ``("BTTTT", "CVT")``,
    ``("QH13",)``; ``kind`` is the kind's abbreviation or name. Of several groups the first is the
    issuer and the rest a unit or field, unless the kind can be issued jointly (liên tịch) and
    all of them are central bodies: ``("VPCP", "BNV")`` with TTLT → ``Văn phòng Chính phủ và Bộ Nội vụ``.

    A local body (UBND, HĐND, TU, Sở …) is named only with a ``place`` (``Hà Nam``, ``tỉnh Hà Nam``,
    ``xã Chiềng Mai``). None if the symbol does not tell.
    """
    kind_key = fold(one_line(kind or ""))
    groups = _joined([group for group in groups if group.strip()])
    if not groups:
        return KIND_ISSUERS.get(kind_key)
    known = [known_symbol(group) for group in groups]
    central = [CENTRAL_BODIES[symbol] for symbol in known if symbol in CENTRAL_BODIES]
    joint_kind = kind_key in _JOINT_KINDS or "lien tich" in kind_key or "phoi hop" in kind_key
    if len(groups) > 1 and len(central) == len(groups) and joint_kind:
        return f"{', '.join(central[:-1])} và {central[-1]}"
    symbol = known[0]
    if symbol is None:
        return LETTER_BODIES.get(groups[0].strip()) if kind_key in ("", "cv", "cong van") else None
    if symbol in CENTRAL_BODIES:
        return CENTRAL_BODIES[symbol]
    if place is None or not place.strip():
        return None
    if symbol in DEPARTMENTS:
        return department_name(symbol, place)
    return LOCAL_BODIES[symbol].format(place=full_place(place), committee=_party_committee(place))


def _joined(groups: list[str]) -> list[str]:
    """Return the groups with a symbol cut in two made whole: VP, UBND of ``QĐ-VP.UBND``."""
    if len(groups) > 1 and known_symbol(groups[0]) is None:
        whole = "".join(groups[:2])
        if known_symbol(whole) is not None:
            return [whole, *groups[2:]]
    return groups


def _party_committee(place: str) -> str:
    """Return the Party committee of a place: ``Tỉnh ủy Hà Nam``, ``Thành ủy Hà Nội``, ``Đảng ủy xã …``."""
    level, _, name = full_place(place).partition(" ")
    if level == "tỉnh":
        return f"Tỉnh ủy {name}"
    if level == "thành":
        return f"Thành ủy {name.removeprefix('phố ')}"
    if level == "huyện":
        return f"Huyện ủy {name}"
    return f"Đảng ủy {level} {name}"
