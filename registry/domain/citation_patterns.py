"""The patterns that citations are made of, all run on bare text (lower case, no marks, one space).

Every repetition is bounded, so each runs in time linear in the text. ``\\s`` is one space or break.
"""

from __future__ import annotations

import re
from datetime import date

from registry.domain.kinds import DOCUMENT_KINDS
from registry.domain.phrases import longest_first
from search_index.text import fold

# -- numbers ---------------------------------------------------------------------------------------

_SEP = r"\s?[/-]/?\s?"
_GROUP = r"[a-z][a-z0-9&.]{0,29}"
NUMBER = re.compile(rf"""
    (?:(?<![a-z0-9.,/+-])|(?<=\sso))                               # "số142/2018/NĐ-CP"
    (?P<ordinal>[0-9]{{1,6}}(?:\.[0-9]{{1,2}})?[a-z]?[0-9]?)        # 30, 66.22, 12a
    (?:{_SEP}(?P<year>(?:19|20)[0-9]{{2}}|20[0-9](?=\s?/)))?        # 30/2020; "22/201 /QĐ-UBND" as typed
    (?P<sep>{_SEP}|\s?(?=(?:qd|nq|nd|tt|kh|tb|bc|ct)[/-]))           # "2609QĐ/UBND"
    (?P<symbol>{_GROUP}(?:[/-]{_GROUP}){{0,8}}(?:(?<=[/-]cv)-[0-9]{{1,3}}(?![0-9a-z./-]))?)  # NĐ-CP, NQLT/UBTVQH15-CP, GLA-CNTK, CV-01
    (?P<end_year>/(?:19|20)[0-9]{{2}}(?![0-9]))?                     # 09/HDTLMM/2025
    """, re.VERBOSE)
# What a break or a stray space has torn off the symbol: "TT-\nBKHCN", "NQ -CP", "TT - BTC", "QLN & TTBĐS".
TORN = re.compile(r"(?:-\s|\s-|\s-\s|/\s|\s/|\s&\s)(?P<group>[a-z][a-z0-9&.]{0,29}(?:[/-][a-z][a-z0-9&.]{0,29}){0,6})(?![a-z0-9])")
# File names: "TT 26.2013.TT.NHNN", "TT 19-2022-TT-BNNPTNT", "TT 61.2017.BTC", "Phu luc_90_2018_TT-BTC.doc".
_FILE_END = r"(?:docx?|xlsx?|pdf|rar|zip)(?![a-z])"
FILE_NUMBER = re.compile(
    r"(?<![a-z0-9./-])(?P<number>[0-9]{1,4})(?P<s>[._-])(?P<year>(?:19|20)[0-9]{2})(?P=s)(?:(?P<kind>[a-z]{2,6})[._-])?"
    rf"(?!{_FILE_END})(?P<organ>[a-z]{{2,12}})(?![a-z0-9-])(?:(?=(?P<file>[^\n]{{0,40}}?\.{_FILE_END})))?")
# Companies number their letters as they like: "công văn số 128.2025/OL.WMCLV", "01-10/2025/CV-TKV", "20251022/CV-HD".
LETTER_NUMBER = re.compile(
    r"(?<![a-z])(?:cong\svan|van\sban|cong\sthu)\sso\s?:?\s?(?P<number>[0-9][0-9a-z]{0,9}(?:[-./][0-9a-z&]{1,16}){1,6})(?![0-9a-z/-])")
# No number at all: "Nghị quyết ngày 27/11/2025 của Hội đồng nhân dân tỉnh".
DATED_KIND = re.compile(
    r"(?<![a-z])(?P<kind>nghi\sdinh|nghi\squyet|quyet\sdinh|thong\stu|chi\sthi|ket\sluan|cong\sdien|thong\sbao)(?=\s(?:ban\shanh\s)?ngay\s[0-9])")
# A number whose symbol is left out: "Nghị định số 104/2016", "Quyết định số 1037 ngày 14/5/2025".
SHORT_NUMBER = re.compile(
    r"(?<![a-z])(?P<kind>thong\stu\slien\stich|nghi\squyet\slien\stich|nghi\sdinh|thong\stu|quyet\sdinh|nghi\squyet|chi\sthi|cong\svan|cong\sdien|ke\shoach|thong\sbao"
    r"|bao\scao|to\strinh|nd|tt|qd)\s(?P<so>so:?\s)?"
    r"(?P<number>[0-9]{1,5}(?:[/.](?P<year>(?:19|20)[0-9]{2}))?)(?![0-9a-z%]|/|[.-]\s?[0-9])")

# -- dates -----------------------------------------------------------------------------------------

_DAY = (r"(?P<d>[0-9]{1,2})\s?(?:(?:[/.-])\s?(?P<m>[0-9]{1,2})\s?(?:[/.-]\s?|(?<=\s)(?=(?:19|20)[0-9]{2}))(?P<y>(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9]))"
        # Slips of the pen ("ngày 15 năm 12 năm 2023", "16/6 2025", "năm năm 2011") and the mark of a footnote ("năm 20218") do not matter.
        r"|(?:thang|ngay|nam)\s?(?P<m2>[0-9]{1,2}|gieng|chap),?\s?(?:(?:nam|thang)\s?){1,2}(?P<y2>(?:19|20)[0-9]{2}))(?:[0-9](?=\s))?(?![0-9])")
DATE_AFTER = re.compile(rf"\s?(?P<open>\()?,?\s?(?:cua\s(?=ngay)|hoi\s[0-9]{{1,2}}\s?(?:gio|h|g)[\s0-9,phut]{{0,12}}(?=ngay))?(?:(?:duoc\s)?(?:ban\shanh|ky|de|thong\squa)\s)?(?:ngay[\s:]?\s?){{0,2}}{_DAY}(?(open)(?:\s?\)|(?=\scua\s)))")
DATE = re.compile(_DAY)
NAMED_DAY = re.compile(rf"\s?,?\s?(?:(?:duoc\s)?(?:ban\shanh|thong\squa)\s)?ngay\s{_DAY}")
YEAR_AFTER = re.compile(r"\s?\(?nam\s(?P<year>(?:19|20)[0-9]{2})(?![0-9])|\s(?P<alone>(?:19|20)[0-9]{2})(?=[\s;,.)]|$)")


def read_day(found: re.Match[str]) -> date | None:
    """Return the day that one of the date patterns found; None where there is no such day."""
    month = found["m"] or {"gieng": "1", "chap": "12"}.get(found["m2"], found["m2"])
    return make_day(found["d"], month, found["y"] or found["y2"])


def make_day(day: str, month: str, year: str) -> date | None:
    """Return the day that three numbers mean; None where there is no such day (31/02)."""
    full = int(year)
    if full < 100:
        full += 1900 if full >= 40 else 2000
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


# -- kinds in front of a number --------------------------------------------------------------------

_LONG_NAMES = {
    "thong bao ket luan": "Thông báo", "thong tu lien lich": "Thông tư liên tịch", "thong tu lien bo": "Thông tư liên tịch",
    "thong tu lien nganh": "Thông tư liên tịch", "thong tri": "Thông tri", "van ban": "", "vb": "",
    "thong so": "Thông tư", "cong dien khan": "Công điện", "nghidinh": "Nghị định", "thongtu": "Thông tư",
    "quyetdinh": "Quyết định", "nghiquyet": "Nghị quyết", "thu cong": "Công văn", "cong thu": "Công văn", "thu": "Thư công",
}  # fmt: skip
NOT_CITED = {"Hợp đồng", "Quy chuẩn kỹ thuật quốc gia", "Tiêu chuẩn quốc gia", "Giấy nghỉ phép", "Phiếu báo", "Bản sao y"}
_CITED_KINDS = [kind for kind in DOCUMENT_KINDS if kind.name not in NOT_CITED]
KIND_NAMES: dict[str, str] = {fold(kind.name): kind.name for kind in _CITED_KINDS} | _LONG_NAMES
"""Bare names in front of a number, to the kind; empty where the symbol must tell."""
_SHORT_KINDS = {"nd": "Nghị định", "tt": "Thông tư", "qd": "Quyết định", "nq": "Nghị quyết", "ct": "Chỉ thị",
                "kh": "Kế hoạch", "cv": "Công văn", "tb": "Thông báo", "bc": "Báo cáo", "ttr": "Tờ trình",
                "cd": "Công điện", "ttlt": "Thông tư liên tịch", "kl": "Kết luận", "hd": "Hướng dẫn", "ctr": "Chương trình",
                "vbhn": "Văn bản hợp nhất", "nqlt": "Nghị quyết liên tịch", "pl": "Pháp lệnh"}  # fmt: skip
NAMES = longest_first(KIND_NAMES)
_HEAD_START = rf"(?P<kind>(?:(?<![a-z0-9])|(?=nghi|thong\stu|quyet))(?:{NAMES})|(?<![a-z0-9])(?P<short>{longest_first(_SHORT_KINDS)}))"
_HEAD_END = r"(?:\s\((?:[a-z]{2,4})\))?\s?[:,]?\s?\Z"
HEAD = re.compile(_HEAD_START + _HEAD_END)
HEAD_AND_MORE = re.compile(_HEAD_START + r"(?P<more>(?:\s[a-z,]{1,9}){1,4})" + _HEAD_END)
SHORT_KINDS = _SHORT_KINDS
NUMBER_WORD = re.compile(r"(?<![a-z0-9])(?:so(?:\sso|\sva\sky\shieu|\sky\shieu|\shieu)?)\s?[:.]?\s?(?:so\s)?\Z")
# Between the kind and "số" other words may stand: "Báo cáo thẩm tra số", but none of these.
BROKEN_HEAD = re.compile(
    r"\s(?:nay|do|theo|tai|cua|va|ve|kem|ngay|thay|bai|sua|huong|can|thuc|trien|trong|boi|hoac|voi|den|khi|mau|bieu|cac)(?![a-z])")
# A form, an account, a permit: what such words are followed by is no citation.
FORM_WORDS = re.compile(
    r"(?:mau|bieu|bieu\smau|to\skhai|phu\sluc|hoa\sdon|hop\sdong|giay\s[a-z\s]{3,40}|gpkt|gp|tai\skhoan|dien\sthoai|ma|ma\sso"
    r"|bien\slai|ho\sso|cong\sbao|thua\sdat|thua|to\sban\sdo|lo|duong|ngo|nha|quy\schuan|qcvn|tcvn|tieu\schuan|ban\san|vu\san"
    r"|chung\schi|chung\snhan|van\sbang|so\sdo|quyen|the|bang|fax|tel|dt|stk|tk|cmnd|cccd|mst|phieu|lenh\schi|qtkd|dia\schi)"
    r"\s?(?:so)?\s?[:.]?\s?\Z")
OWN_NUMBER = re.compile(r"(?:^|[\n|_-]\s?)(?:[a-z]{3,5}\s?)?so\s?:\s?\Z")

# -- kinds by symbol -------------------------------------------------------------------------------

SYMBOL_KINDS = {"qd": "Quyết định", "nq": "Nghị quyết", "tt": "Thông tư", "ttlt": "Thông tư liên tịch", "ct": "Chỉ thị",
                "kh": "Kế hoạch", "bc": "Báo cáo", "ttr": "Tờ trình", "tb": "Thông báo", "kl": "Kết luận",
                "ctr": "Chương trình", "qyd": "Quy định", "pa": "Phương án", "vbhn": "Văn bản hợp nhất", "gm": "Giấy mời",
                "nqlt": "Nghị quyết liên tịch", "cv": "Công văn", "cttr": "Chương trình", "cthd": "Chương trình", "ctph": "Chương trình", "qd.ub": "Quyết định",
                "qc": "Quy chế", "qcph": "Quy chế", "qcln": "Quy chế", "khhd": "Kế hoạch", "khph": "Kế hoạch", "khlt": "Kế hoạch",
                "khln": "Kế hoạch", "hdlt": "Hướng dẫn", "hdln": "Hướng dẫn"}
"""First group of a bare symbol to the kind; nd, cd, hd and da need their đ looked at."""
MARKED_SYMBOL_KINDS = {"nđ": "Nghị định", "nd": "Nghị định", "cđ": "Công điện", "hd": "Hướng dẫn", "đa": "Đề án",
                       "qđ": "Quyết định", "qyđ": "Quy định", "qđi": "Quy định"}
ASSEMBLY_SYMBOL = re.compile(r"(?:qh[0-9x]{0,4}|(?:ubtvqh|pl[-/]ubtv(?:qh)?)[0-9x]{1,4}|pl[-/]ubtv(?:qh)?)")

# -- lists and places inside documents -------------------------------------------------------------

LIST_GAP = re.compile(r"\s?(?:[,;]\s?(?:va\s|hoac\s)?|va\s|hoac\s|\sva\s|\shoac\s|\s?&\s?|\s?[;,]\s?-\s)(?:(?:cac|so|tai)\s)?\Z")
_POINT = r"(?:diem|khoan|dieu|muc|chuong|phan|phu\sluc|tiet)\s(?:[0-9]{1,3}[a-z]?(?:\.[0-9]{1,2}){0,3}|[a-z]|[ivx]{1,5})"
LOCATOR = re.compile(
    rf"(?<![a-z])(?P<text>{_POINT}(?:(?:\s?,\s?|\sva\s|\s|\scua\s|;\s)(?:{_POINT}|[0-9]{{1,3}}[a-z]?(?=\s?,|\sva\s|\s))){{0,8}})"
    r"(?:\s?,)?\s?(?:(?:cua|tai|ban\shanh\skem\stheo|kem\stheo)\s)?(?:cac\s)?\Z")
