"""Document kinds (tên loại văn bản): their names, abbreviations and what a number tells of them.

One kind per plain name, as a clerk picks it from a list: "Nghị quyết" is one kind whether the
Government, a people's council or the Party issues it. What differs then, the class and the shape of
the number, stands in ``DOCUMENT_FORMS``.

The ``code`` is the official abbreviation. Where there is none, or two kinds share one, it is made
here and never printed in a number: CV (công văn), TCG (thư công), HP, L (luật), BL (bộ luật), PL,
L-CTN (lệnh, printed L), TTri (thông tri, printed TT), SLE (sắc lệnh, printed SL as bản sao lục is).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from search_index.text import clean, fold_line, plain_signs

DocumentClass = Literal["administrative", "normative", "party", "copy"]

_ADMINISTRATIVE = "Nghị định 30/2020/NĐ-CP, Điều 7 và Phụ lục III"
_COPY = "Nghị định 30/2020/NĐ-CP, Điều 25 và Phụ lục III"
_LAW_2015 = "Luật 80/2015/QH13, Điều 10"
_LAW_2025 = "Luật 64/2025/QH15, Điều 4 và Điều 7"
_LAW_87 = "Luật 87/2025/QH15"
_PARTY = "Quy định 399-QĐ/TW (2026), Hướng dẫn 05-HD/VPTW (2026)"
_CUSTOM = "thông lệ trước 1997"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """Tên loại văn bản.

    ``klass`` is the class it mostly belongs to; the number of one document may tell another.
    ``abbreviation`` is what stands in the symbol; empty where the symbol names no kind.
    """

    code: str
    name: str
    name_en: str
    klass: DocumentClass
    abbreviation: str
    example: str
    source: str
    variants: tuple[str, ...] = ()
    """Abbreviations of older rules (Thông tư 01/2011/TT-BNV) and common wrong ones."""


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """One shape of number of a kind: who issues it, of which class, with an example."""

    kind_code: str
    klass: DocumentClass
    name: str
    name_en: str
    example: str
    source: str


def _kind(code: str, name: str, name_en: str, example: str, *variants: str,
          klass: DocumentClass = "administrative", abbreviation: str | None = None,
          source: str = _ADMINISTRATIVE) -> DocumentKind:
    abbreviation = code if abbreviation is None else abbreviation
    return DocumentKind(code, name, name_en, klass, abbreviation, example, source, variants)


DOCUMENT_KINDS: tuple[DocumentKind, ...] = (
    _kind("NQ", "Nghị quyết", "Resolution", "53/NQ-HĐND"),
    _kind("QĐ", "Quyết định", "Decision", "1683/QĐ-UBND"),
    _kind("CT", "Chỉ thị", "Directive", "12/CT-TTg"),
    _kind("QC", "Quy chế", "Regulation", "05/QC-UBND", "QCh"),
    _kind("QyĐ", "Quy định", "Rules", "07/QyĐ-UBND", "QuyĐ", "QYĐ"),
    _kind("TC", "Thông cáo", "Communiqué", "02/TC-UBND"),
    _kind("TB", "Thông báo", "Notice", "45/TB-UBND"),
    _kind("HD", "Hướng dẫn", "Guidance", "12/HD-SKHCN"),
    _kind("CTr", "Chương trình", "Programme", "09/CTr-UBND", "Ctr"),
    _kind("KH", "Kế hoạch", "Plan", "325/KH-UBND"),
    _kind("PA", "Phương án", "Scheme", "18/PA-UBND"),
    _kind("ĐA", "Đề án", "Project proposal", "03/ĐA-UBND"),
    _kind("DA", "Dự án", "Project", "04/DA-UBND", "DAn"),
    _kind("BC", "Báo cáo", "Report", "1534/BC-STP"),
    _kind("BB", "Biên bản", "Minutes", "06/BB-SKHCN"),
    _kind("TTr", "Tờ trình", "Submission", "118/TTr-STTTT"),
    _kind("HĐ", "Hợp đồng", "Contract", "11/HĐ-SKHCN"),
    _kind("CV", "Công văn", "Official letter", "15/UBND-VX", abbreviation=""),
    _kind("CĐ", "Công điện", "Urgent telegram", "04/CĐ-TTg"),
    _kind("BGN", "Bản ghi nhớ", "Memorandum", "01/BGN-UBND", "GN"),
    _kind("BTT", "Bản thỏa thuận", "Agreement", "01/BTT-UBND", "TTh"),
    _kind("GUQ", "Giấy ủy quyền", "Power of attorney", "02/GUQ-SKHCN", "UQ"),
    _kind("GM", "Giấy mời", "Invitation", "77/GM-UBND"),
    _kind("GGT", "Giấy giới thiệu", "Letter of introduction", "21/GGT-SKHCN"),
    _kind("GNP", "Giấy nghỉ phép", "Leave permit", "09/GNP-SKHCN", "NP"),
    _kind("PG", "Phiếu gửi", "Dispatch slip", "13/PG-SKHCN"),
    _kind("PC", "Phiếu chuyển", "Transfer slip", "14/PC-SKHCN"),
    _kind("PB", "Phiếu báo", "Notification slip", "03/PB-SKHCN"),
    _kind("TCG", "Thư công", "Official personal letter", "", abbreviation=""),
    _kind("SY", "Bản sao y", "True copy", "03/SY-UBND", klass="copy", source=_COPY),
    _kind("TrS", "Bản trích sao", "Extract copy", "04/TrS-UBND", klass="copy", source=_COPY),
    _kind("SL", "Bản sao lục", "Copy of a copy", "05/SL-UBND", klass="copy", source=_COPY),
    _kind("HP", "Hiến pháp", "Constitution", "", klass="normative", abbreviation="", source=_LAW_2025),
    _kind("BL", "Bộ luật", "Code", "91/2015/QH13", klass="normative", abbreviation="", source=_LAW_2015),
    _kind("L", "Luật", "Law", "64/2025/QH15", "LCT", klass="normative", abbreviation="", source=_LAW_2015),
    _kind("PL", "Pháp lệnh", "Ordinance", "01/2012/UBTVQH13",
          klass="normative", abbreviation="", source=_LAW_2015),
    _kind("NQLT", "Nghị quyết liên tịch", "Joint resolution", "403/2017/NQLT-UBTVQH14-CP",
          klass="normative", source=_LAW_2025),
    _kind("L-CTN", "Lệnh", "Order", "02/2025/L-CTN", klass="normative", abbreviation="L", source=_LAW_2025),
    _kind("NĐ", "Nghị định", "Decree", "30/2020/NĐ-CP", klass="normative", source=_LAW_2015),
    _kind("TT", "Thông tư", "Circular", "10/2016/TT-BTTTT", klass="normative", source=_LAW_2015),
    _kind("TTLT", "Thông tư liên tịch", "Joint circular", "01/2015/TTLT-VPCP-BNV", "TTLB", "TTLN",
          klass="normative", source=_LAW_2025),
    _kind("VBHN", "Văn bản hợp nhất", "Consolidated text", "03/VBHN-VPQH", "HNVB",
          klass="normative", source="Pháp lệnh hợp nhất văn bản quy phạm pháp luật"),
    _kind("QCVN", "Quy chuẩn kỹ thuật quốc gia", "National technical regulation", "QCVN 102:2016/BTTTT",
          klass="normative", source="Luật Tiêu chuẩn và quy chuẩn kỹ thuật"),
    _kind("TCVN", "Tiêu chuẩn quốc gia", "National standard", "TCVN 6909:2001",
          klass="normative", source="Luật Tiêu chuẩn và quy chuẩn kỹ thuật"),
    _kind("KL", "Kết luận", "Conclusion", "119-KL/TW", klass="party", source=_PARTY),
    _kind("TTri", "Thông tri", "Party circular letter", "03-TT/TU",
          klass="party", abbreviation="TT", source=_PARTY),
    _kind("SLE", "Sắc lệnh", "Decree-law", "102-SL/L-004",
          klass="normative", abbreviation="SL", source=_CUSTOM),
)


def _form(kind_code: str, klass: DocumentClass, name: str, name_en: str, example: str,
          source: str) -> DocumentForm:
    return DocumentForm(kind_code, klass, name, name_en, example, source)


def _party(kind_code: str, name: str, name_en: str, example: str) -> DocumentForm:
    return DocumentForm(kind_code, "party", name, name_en, example, _PARTY)


DOCUMENT_FORMS: tuple[DocumentForm, ...] = (
    *(DocumentForm(k.code, k.klass, k.name, k.name_en, k.example, k.source) for k in DOCUMENT_KINDS),
    _form("NQ", "normative", "Nghị quyết của Quốc hội", "National Assembly resolution",
          "202/2025/QH15", _LAW_2015),
    _form("NQ", "normative", "Nghị quyết của Ủy ban Thường vụ Quốc hội", "Standing Committee resolution",
          "351/2017/UBTVQH14", _LAW_2015),
    _form("NQ", "administrative", "Nghị quyết cá biệt của Ủy ban Thường vụ Quốc hội",
          "Standing Committee resolution (individual)", "1656/NQ-UBTVQH15", _LAW_2015),
    _form("NQ", "normative", "Nghị quyết của Chính phủ (QPPL từ 01/4/2025)",
          "Government resolution (normative since 2025-04-01)", "66.22/2026/NQ-CP", _LAW_2025),
    _form("NQ", "normative", "Nghị quyết của Hội đồng Thẩm phán TANDTC",
          "Resolution of the Judges' Council of the Supreme Court", "05/2017/NQ-HĐTP", _LAW_2025),
    _form("NQ", "normative", "Nghị quyết của HĐND (QPPL)", "People's Council resolution (normative)",
          "12/2021/NQ-HĐND", _LAW_2015),
    _form("NQ", "normative", "Nghị quyết của HĐND cấp xã (QPPL từ 01/7/2025)",
          "Commune Council resolution (normative since 2025-07-01)", "", _LAW_87),
    _form("QĐ", "normative", "Quyết định của Chủ tịch nước", "Decision of the State President", "", _LAW_2025),
    _form("QĐ", "normative", "Quyết định của Thủ tướng Chính phủ (QPPL)",
          "Prime Minister decision (normative)", "28/2018/QĐ-TTg", _LAW_2015),
    _form("QĐ", "normative", "Quyết định của UBND (QPPL)", "People's Committee decision (normative)",
          "07/2021/QĐ-UBND", _LAW_2015),
    _form("QĐ", "normative", "Quyết định của Chủ tịch UBND cấp tỉnh (QPPL từ 01/7/2025)",
          "Decision of the provincial Chairman (normative since 2025-07-01)", "", _LAW_87),
    _form("QĐ", "normative", "Quyết định của UBND cấp xã (QPPL từ 01/7/2025)",
          "Commune Committee decision (normative since 2025-07-01)", "", _LAW_87),
    _party("NQ", "Nghị quyết của Đảng", "Party resolution", "57-NQ/TW"),
    _party("CT", "Chỉ thị của Đảng", "Party directive", "05-CT/TW"),
    _party("QĐ", "Quyết định của Đảng", "Party decision", "399-QĐ/TW"),
    _party("QyĐ", "Quy định của Đảng", "Party regulation", "377-QĐ/TW"),
    _party("QC", "Quy chế của Đảng", "Party working rules", "01-QC/TU"),
    _party("HD", "Hướng dẫn của Đảng", "Party guidance", "05-HD/VPTW"),
    _party("TB", "Thông báo của Đảng", "Party notice", "20-TB/TW"),
    _party("BC", "Báo cáo của Đảng", "Party report", "03-BC/CB"),
    _party("KH", "Kế hoạch của Đảng", "Party plan", "10-KH/TU"),
    _party("CTr", "Chương trình của Đảng", "Party programme", "06-CTr/TU"),
    _party("TTr", "Tờ trình của Đảng", "Party submission", "07-TTr/ĐU"),
    _party("ĐA", "Đề án của Đảng", "Party project proposal", "08-ĐA/TU"),
    _party("PA", "Phương án của Đảng", "Party scheme", "09-PA/TU"),
    _party("CV", "Công văn của Đảng", "Party official letter", "64-CV/TW"),
    _party("BB", "Biên bản của Đảng", "Party minutes", "02-BB/ĐU"),
)

KINDS_BY_CODE: dict[str, DocumentKind] = {kind.code: kind for kind in DOCUMENT_KINDS}

# Other names seen in front of numbers and in drop-downs of other systems.
_OTHER_NAMES = {
    "cong van hanh chinh": "CV", "cong thu": "CV", "thu": "TCG",
    "hop nhat": "VBHN", "luat, bo luat": "L", "thong tu lien bo": "TTLT", "thong tu lien nganh": "TTLT",
    "ban thoa thuan": "BTT", "thoa thuan": "BTT", "uy quyen": "GUQ", "sao y": "SY", "sao y ban chinh": "SY",
    "sao luc": "SL", "trich sao": "TrS", "quy chuan": "QCVN", "tieu chuan": "TCVN",
    "quy chuan viet nam": "QCVN", "tieu chuan viet nam": "TCVN", "lenh cua chu tich nuoc": "L-CTN",
}


def _names() -> dict[str, DocumentKind]:
    names = {fold_line(form.name): KINDS_BY_CODE[form.kind_code] for form in reversed(DOCUMENT_FORMS)}
    names |= {name: KINDS_BY_CODE[code] for name, code in _OTHER_NAMES.items()}
    return names


def _abbreviations(folded: bool) -> dict[str, tuple[DocumentKind, ...]]:
    found: dict[str, tuple[DocumentKind, ...]] = {}
    for kind in DOCUMENT_KINDS:
        for text in dict.fromkeys((kind.code, kind.abbreviation, *kind.variants)):
            key = fold_line(text) if folded else text.casefold()
            if text and kind not in found.get(key, ()):
                found[key] = (*found.get(key, ()), kind)
    return found


_BY_NAME = _names()
_BY_ABBREVIATION = _abbreviations(folded=False)
_BY_FOLDED_ABBREVIATION = _abbreviations(folded=True)
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_LONGEST_NAME = 100


def find_kind(text: str) -> DocumentKind | None:
    """Return the kind that ``text`` names, by name or abbreviation, however it is typed.

    Case, tone marks and a bracketed addition ("Quyết định (cá biệt)") do not matter; HD and HĐ, DA and
    ĐA stay apart, and an abbreviation of two kinds (TT, SL) means the one of everyday use.
    """
    if len(text) > _LONGEST_NAME:
        return None
    typed = clean(text).strip(" .:;,\n\t")
    name = fold_line(typed)
    if not name:
        return None
    by_name = _BY_NAME.get(name) or _BY_NAME.get(_BRACKETED.sub("", name))
    if by_name is not None:
        return by_name
    kinds = kinds_of_abbreviation(typed)
    return kinds[0] if kinds else None


def kinds_of_abbreviation(text: str) -> tuple[DocumentKind, ...]:
    """Return the kinds that share an abbreviation; of kinds that differ in đ alone, the one typed."""
    exact = _BY_ABBREVIATION.get(clean(text).strip().casefold())
    if exact:
        return exact
    folded = _BY_FOLDED_ABBREVIATION.get(fold_line(text), ())
    return folded if len({kind.code for kind in folded}) == 1 else ()


# Issuers whose symbol stands last; needed where a kind's letters are an office's too (CT: Cục Thuế).
_ISSUER = re.compile(
    r"(?:ubnd|hdnd|tthdnd|ttg|cp|qh|ubtvqh|ctn|tw|tu|vptw|tandtc|vksndtc|ktnn|nhnn|ttcp|hdtp|btnmt|b[a-z]{1,8}"
    r"|s[a-z]{1,8}|vp[a-z]{0,8}|ct\w*ubnd|du|hu|qu|cd|cb|dcs|tt)\d*")
_OFFICES_TOO = frozenset({"CT", "TT", "HĐ", "PC", "PA", "PB", "TC", "CV", "SL", "DA", "ĐA"})
_ASSEMBLY = re.compile(r"qh(?:[ivx]{1,4}|\d{1,2})")
_STANDING_COMMITTEE = re.compile(r"(?:ubtvqh|hdnn)(?:[ivx]{1,4}|\d{1,2})")
_GROUPS = re.compile(r"[-/. ]+")
_PARTY_ORGANS = re.compile(r"(?:tw|tu|vptw|vptu|du|hu|qu|tdu|cb|bt[a-z]{0,6}t[wu]|ub[a-z]{0,6}t[wu]|dcs\w{0,10}"
                           r"|b[a-z]{1,5}t[wu]|duk\w{0,8})")


def symbol_groups(symbol: str) -> tuple[str, ...]:
    """Return the groups of a symbol (ký hiệu): "QĐ-VP.UBND" is QĐ, VP, UBND."""
    return tuple(group for group in _GROUPS.split(plain_signs(clean(symbol[:200]))) if group)


def kinds_of_symbol(symbol: str) -> tuple[DocumentKind, ...]:
    """Return the kinds that a symbol may stand for, the likelier first; never empty for a real symbol.

    "KH-UBND" is a plan, "UBND-VX" a letter, "QH15" a law, a code or a resolution, "CT-CS" a directive
    or a letter of the tax office (Cục Thuế). The Party's QĐ is a decision or a regulation, its CV a letter.
    """
    groups = symbol_groups(symbol)
    if not groups:
        return ()
    first, rest = groups[0], groups[1:]
    folded = [fold_line(group) for group in groups]
    letter = KINDS_BY_CODE["CV"]
    if _ASSEMBLY.fullmatch(folded[0]) and not rest:
        return tuple(KINDS_BY_CODE[code] for code in ("L", "BL", "NQ"))
    if _STANDING_COMMITTEE.fullmatch(folded[0]) and not rest:
        return tuple(KINDS_BY_CODE[code] for code in ("PL", "NQ"))
    if len(folded) == 1 and folded[0] in ("cp", "ttg"):  # before 1997: 101/CP, 619/TTg
        return tuple(KINDS_BY_CODE[code] for code in ("NĐ", "QĐ", "NQ", "CV"))
    kinds = kinds_of_abbreviation(first)
    party = bool(rest) and _PARTY_ORGANS.fullmatch(folded[1]) is not None
    if folded[0] == "l" and rest:  # 02/2025/L-CTN is an order; 23-L/CTN once stood on laws
        old = "/" in symbol or folded[1] != "ctn"
        kinds = tuple(KINDS_BY_CODE[code] for code in (("L", "PL", "L-CTN") if old else ("L-CTN",)))
    elif folded[0] == "tt" and rest and folded[1] in ("lb", "lt", "ln"):
        kinds = (KINDS_BY_CODE["TTLT"],)
    elif folded[0] == "tt" and party:
        kinds = (KINDS_BY_CODE["TTri"],)
    elif folded[0] == "tt":
        kinds = (KINDS_BY_CODE["TT"],)
    elif folded[0] == "qd" and party:
        kinds = (KINDS_BY_CODE["QĐ"], KINDS_BY_CODE["QyĐ"])
    elif folded[0] == "sl" and rest:
        kinds = (KINDS_BY_CODE["SLE" if folded[1] == "l" else "SL"],)
    if not kinds:
        return (letter,)
    doubtful = bool(rest) and kinds[0] != letter and first.upper() in _OFFICES_TOO
    if doubtful and not any(_ISSUER.fullmatch(group) for group in folded[1:]):
        return (*kinds, letter)
    return kinds
