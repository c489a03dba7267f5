"""Sentences in which nothing is due, whatever day or cycle they name: worked examples, rights, headings."""

from __future__ import annotations

import re

from registry.domain.deadlines import date_patterns, words
from registry.domain.deadlines.parts import ITEM
from registry.domain.deadlines.text import DeadlineText, Found
from registry.domain.phrases import one_of, spaced, word

# -- for every kind --------------------------------------------------------------------------------

# Ví dụ 9: Trong tháng 10, công ty X bố trí … · Trường hợp doanh nghiệp A nộp đủ trong tháng 01 năm 2016 thì …: who has a
# letter for a name. For the text in its own case
_EXAMPLE = spaced(
    r"[ +•-]{0,4}(?:[Vv]í|[Tt]hí) dụ(?!\w)"
    r"|.{0,200}?(?<!\w)" + one_of(
        "[Dd]oanh nghiệp|[Cc]ông ty|[Cc]ơ sở|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị",
        r"[Đđ]ồng chí(?: [^\W\d_]{2,8}){0,4}") + r" [A-Z](?![\w.])", re.DOTALL)
# Do đó, ông không phải trực tiếp thông báo hằng tháng
_NOT_BOUND = spaced(r"(?<!\w)không (?:phải|cần|bắt buộc|thực hiện) (?!là |chỉ )[^,;:)]{0,80}$")
# Lý do: Thời gian giải quyết là 20 ngày làm việc, thực tế có thể rút ngắn …
_REASON = spaced("[ +•-]{0,4}lý do ?:")

# -- for what comes round --------------------------------------------------------------------------

# được hỗ trợ tối đa 01 lần/01 năm · Người cai nghiện được thăm gặp người thân …, mỗi tuần một lần
_RIGHT = spaced(word(one_of(
    "được (?:hưởng|hỗ trợ|trợ cấp|miễn|giảm|thăm|gặp|sử dụng|thưởng|cộng)",
    "nghỉ(?: hằng năm| gộp)?",
    "hỗ trợ|trợ cấp|phụ cấp|thưởng|thăm,? gặp|phương thức đóng|xảy ra"))
    + "(?:(?!" + word("(?:phải|báo cáo|có trách nhiệm|gửi|rà soát|tổng hợp)") + ")[^;:]){0,140}$")
# Đối với thông tin công bố định kỳ hằng năm: Trong thời hạn 90 ngày … · Đối với bản án, quyết định về cấp dưỡng theo
# định kỳ hằng tháng, quý thì …
_OBJECT = spaced(r"(?<!\w)đối với [^,;:]{3,120}$|" + ITEM + "đối với [^;:]{3,160}$")
_OBJECT_END = spaced(r"(?:, (?:(?:hằng|hàng) )?(?:quý|năm))? ?(?:\([^()\n]{1,20}\) ?)?(?::|thì(?!\w))")
# Nguồn số liệu: báo cáo hằng năm
_SOURCE = spaced("[ +•-]{0,4}nguồn số liệu ?:")
# Phạt tiền … đối với hành vi không báo cáo định kỳ hằng năm: what is fined. (A term may be to
# be kept there: "Trường hợp … hành vi … mà không …, trong thời hạn 15 ngày …, cấp có thẩm quyền …")
_FINED = spaced(word("(?:phạt tiền|hành vi)") + r"[^;:]*(?<!\w)không [^;:]*$")
# a) Hằng năm, không niêm yết công khai … · nhưng đến ngày 30 tháng 6 hàng năm chưa phân bổ
_LEFT_UNDONE = spaced(r" ?,? (?:mà )?(?:chưa|vẫn|còn|không)(?! quá)(?!\w)")
# Số liệu được chốt vào ngày làm việc cuối cùng của tháng
_FIGURES_OF = spaced(word("(?:số liệu|số dư)") + "[^,;:]{0,60} (?:chốt|tính|lấy)(?: đến| tại)? $")


def nothing_due(text: DeadlineText, found: Found) -> bool:
    """Tell whether what was ``found`` stands where nothing is due."""
    kind, (first, stop) = found.deadline.kind, text.sentence(found.start)
    before = text.low[first:found.start]
    if _EXAMPLE.match(text.plain[first:found.end]) or text.low.startswith("?", stop) or _NOT_BOUND.search(before):
        return True
    if kind in {"period", "recurring"} and text.plain[found.start:found.end].isupper():
        return True  # a heading: "… TRONG THÁNG 5 NĂM 2026", "BÁO CÁO ĐỊNH KỲ NĂM"
    if kind == "relative":
        return _REASON.match(before) is not None
    if kind != "recurring":
        return False
    after = text.low[found.end:max(found.end, stop)]
    return _is_of_figures(before) or _is_of_object(before, after) or _is_fined(before, after) \
        or (found.deadline.op is None and _is_right(before, after))


def _is_of_figures(before: str) -> bool:
    """Tell a day or a cycle of figures: where they are taken from, when they are drawn up, when the year of accounts ends."""
    return bool(_SOURCE.match(before) or _FIGURES_OF.search(before) or date_patterns.ACCOUNTS_END.search(before))


def _is_of_object(before: str, after: str) -> bool:
    """Tell the cycle of a thing that a rule is for; its time stands behind."""
    return _OBJECT.search(before) is not None and _OBJECT_END.match(after) is not None


def _is_fined(before: str, after: str) -> bool:
    """Tell what someone did not do in its time."""
    return bool(_FINED.search(before) or words.OFFENCE.match(before) or _LEFT_UNDONE.match(after))


def _is_right(before: str, after: str) -> bool:
    """Tell how often someone may have something, unless a clause of its own says what is to be done."""
    acts = words.STRONG_TASK.match(after.lstrip(" ,")) or words.ACTS.match(after)
    return not acts and _RIGHT.search(before) is not None
