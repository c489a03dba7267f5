"""What noise does to a text must not change what is read from it: pasted, scanned, typed in capitals.

The passages are our own; each is turned by several kinds of noise at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.domain.citations import find_citations
from registry.domain.deadlines import find_deadlines

CITING = [
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;",
    "Thực hiện Kế hoạch số 325/KH-UBND ngày 04 tháng 02 năm 2021 của Ủy ban nhân dân tỉnh Hà Nam về ứng dụng công nghệ thông tin",
    "thay thế Quyết định số 35/2024/QĐ-UBND ngày 28/5/2024 của Ủy ban nhân dân thành phố Hà Nội về quy chế xét tặng",
    "theo điểm b khoản 2 Điều 4 Thông tư số 40/2025/TT-BCT ngày 22/6/2025 của Bộ trưởng Bộ Công Thương quy định xuất xứ",
    "Nghị định số 60/2014/NĐ-CP ngày 19/6/2014 và Nghị định số 25/2018/NĐ-CP ngày 28/02/2018 của Chính phủ quy định",
    "quán triệt Chỉ thị số 46-CT/TW ngày 16/5/2025 của Bộ Chính trị về lãnh đạo cuộc bầu cử",
    "Luật Đấu thầu số 22/2023/QH15 được sửa đổi, bổ sung bởi Luật số 57/2024/QH15, Luật số 90/2025/QH15;",
    "tại Tờ trình số 337/TTr-STC ngày 03/11/2025 và Báo cáo số 294/BC-STP ngày 12/9/2025;",
    "trả lời Công văn số 2406/SXD-VP ngày 23 tháng 9 năm 2025 của Sở Xây dựng về việc góp ý",
    "Đề nghị gọi số điện thoại 0226.3852.115; đạt 45/63 chỉ tiêu; Hợp đồng số 15/2021/HĐ-TVXD ngày 10/5/2021.",
    "Nghị quyết này có hiệu lực từ ngày 01 tháng 7 năm 2025 theo Mẫu số 02/TB-ĐĐKD, thửa đất số 12/TBĐ-05.",
]
DUE = [
    "Các sở gửi báo cáo về Văn phòng trước ngày 15/12/2026.",
    "Thời gian hoàn thành: trong quý II/2026.",
    "Định kỳ hằng năm, báo cáo kết quả trước ngày 20/11.",
    "Trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ, Sở Nội vụ trả lời bằng văn bản.",
    "báo cáo Ủy ban nhân dân tỉnh trước ngày 25 hằng tháng để tổng hợp.",
    "Quyết định này có hiệu lực thi hành kể từ ngày 15 tháng 12 năm 2026.",
]
ISSUED = date(2025, 11, 20)

Noise = Callable[[str], str]
SAME: dict[str, Noise] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "eth": lambda text: text.replace("Đ", "\u00d0"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "en dashes": lambda text: text.replace("-", "\u2013"),
    "zero width": lambda text: text.replace("/", "\u200b/"),
    "two spaces": lambda text: text.replace(" ", "  "),
    "a hyphen at the line's end": lambda text: re.sub(r"(?<=[A-ZĐ])-(?=[A-ZĐ])", "-\n", text),
    "a space behind the hyphen": lambda text: re.sub(r"(?<=QĐ|TT|KH|CP)-(?=[A-ZĐ])", "- ", text),
}
CASE: dict[str, Noise] = {"as it is": lambda text: text, "capitals": str.upper, "lower case": str.lower}
BROKEN = st.lists(st.integers(0, 30), max_size=6)


def _breaks(text: str, at: list[int]) -> str:
    """Return ``text`` with a line break in place of some of its spaces."""
    words = text.split(" ")
    return "".join(word + ("" if place == len(words) - 1 else "\n" if place in at else " ") for place, word in enumerate(words))


def _cited(text: str) -> list[tuple[object, ...]]:
    """Return kind, number, day and issuer of what ``text`` cites, in one case and spelling."""
    return [(one.kind, (one.number or "").upper(), one.issued_on, " ".join((one.issuer or "").casefold().split()), one.relation)
            for one in find_citations(text) if not one.optional]


def _due(text: str) -> list[tuple[object, ...]]:
    return [(one.kind, one.due, one.op, one.rrule, one.relative and (one.relative.n, one.relative.unit))
            for one in find_deadlines(text, doc_date=ISSUED)]


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(CITING), st.lists(st.sampled_from(sorted(SAME)), max_size=3, unique=True), BROKEN)
@example(CITING[0], ["decomposed", "a hyphen at the line's end"], [1, 2, 5])
@example(CITING[5], ["en dashes", "eth"], [])
def test_noise_changes_no_citation(passage: str, kinds: list[str], breaks: list[int]) -> None:
    text = _breaks(passage, breaks)
    for kind in kinds:
        text = SAME[kind](text)
    assert _cited(text) == _cited(passage)
    for one in find_citations(text):
        assert text[one.start:one.end] == one.text


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(CITING), st.sampled_from(sorted(CASE)), BROKEN)
def test_capitals_and_lower_case_change_no_citation(passage: str, case: str, breaks: list[int]) -> None:
    assert _cited(CASE[case](_breaks(passage, breaks))) == _cited(passage)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CITING[:9]), st.booleans())
def test_so_and_the_full_name_of_the_kind_may_be_missing(passage: str, short: bool) -> None:
    text = passage.replace(" số ", " ")
    if short:
        for name, abbreviation in (("Nghị định", "NĐ"), ("Quyết định", "QĐ"), ("Thông tư", "TT"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT")):
            text = text.replace(name, abbreviation)
    assert _cited(text) == _cited(passage)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DUE), st.lists(st.sampled_from(sorted(SAME)), max_size=3, unique=True), BROKEN)
def test_noise_changes_no_deadline(passage: str, kinds: list[str], breaks: list[int]) -> None:
    text = _breaks(passage, breaks)
    for kind in kinds:
        text = SAME[kind](text)
    assert _due(text) == _due(passage)


def test_the_passages_hold_what_their_words_say() -> None:
    assert [len(_cited(text)) for text in CITING] == [1, 1, 1, 1, 2, 1, 3, 2, 1, 0, 0]
    assert [len(_due(text)) for text in DUE] == [1, 1, 1, 1, 1, 0]
