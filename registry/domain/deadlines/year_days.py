"""Days of each year among those printed without a year: "định kỳ hằng năm (trước ngày 30 tháng 11)"."""

from __future__ import annotations

import re

from registry.domain.deadlines import cycle_patterns, date_patterns, words
from registry.domain.deadlines.date_cases import is_conditional
from registry.domain.deadlines.text import DeadlineText, Found, last_of, of_each_year, op_of, recurs, time_of
from registry.domain.phrases import one_of, spaced

_NEAR = 60  # characters: what says "hằng năm" so near before a day belongs to the words of the deadline

# -- behind the day --------------------------------------------------------------------------------

# trước ngày 31 tháng 3 (của) năm sau · năm kế hoạch · năm liền kề · trước ngày 30 tháng 5 của năm trước năm kế hoạch;
# "told": years that figures may be of, too
_NEXT_YEAR = spaced(
    " (?:của )?năm " + one_of(
        r"(?P<told>trước(?!\w)(?: năm (?:kế hoạch|báo cáo|đánh giá))?(?! (?:đó|năm))|báo cáo|kế hoạch|đó|dương lịch)",
        "sau|tiếp theo|kế tiếp|liền (?:kề|sau)|xét tặng|đánh giá") + r"(?!\w)"
    r"| (?:của|trong) năm(?= ?[),;.]|$)"
    r"| năm n(?!\w)"
    r"| \(báo cáo [^()\n]{0,30}(?:0?6 tháng|năm|quý)\)"
    r"|(?= đối với báo cáo (?:định k[ỳì] )?(?:0?6 tháng|sáu tháng|9 tháng|năm|quý)(?! ?\d))")
# Chậm nhất ngày 31 tháng 12 phải chuyển kinh phí của năm đó · trước ngày 05 tháng 6 để …, gửi Bộ trước ngày 05 tháng 7 năm sau
_YEAR_LATER = spaced(
    r"[^;]{0,200}(?<!\w)" + one_of(
        "của năm đó",
        r"ngày \d{1,2}(?:/| tháng )\d{1,2} (?:của )?năm (?:sau|tiếp theo|kế tiếp|liền kề)") + r"(?!\w)")
# trước ngày 15 tháng 8 năm cuối của chương trình: which year is not said
_LAST_YEAR = spaced(r" (?:của )?năm (?:cuối|đầu|thứ)(?!\w)")
# trước ngày 10/6 và ngày 10/12 hằng năm
_NEXT_DAY = spaced(
    r" ?(?:,|và) (?P<words>(?:trước )?(?:ngày )?(?P<day>\d{1,2}) ?(?:/| tháng ) ?(?P<month>\d{1,2}) (?:hàng|hằng|mỗi) năm)(?!\w)")
# trước ngày 15/6 và (ngày) 15/12
_AND_DAY = spaced(
    r" ?(?:,|và) (?P<words>(?:trước )?(?:ngày )?(?P<day>\d{1,2}) ?(?:/| tháng ) ?(?P<month>\d{1,2}))"
    r"(?! ?[\d/-]|\.\d| (?:hàng|hằng|mỗi|năm))")
# số liệu tính đến ngày 30/6: when figures are counted
_COUNTED_TO = spaced(r"(?<!\w)(?:tính|chốt|số liệu) $")

# -- before the day --------------------------------------------------------------------------------

# A report of each year: "báo cáo 06 tháng gửi chậm nhất ngày 25 tháng 6"
_REPORT = spaced(
    one_of(
        "báo cáo (?:(?:định k[ỳì]|sơ kết|tổng kết|công tác|kết quả) ){0,2}",
        "^ ?(?:và )?(?:cả )?(?=9 tháng|0?6 tháng|năm)",
        "báo cáo[^;]{3,80}, (?:và )?(?=(?:quý|quí) (?:iv|i)|9 tháng|0?6 tháng|năm)")
    + "(?:0?6 tháng|sáu tháng|9 tháng|năm|quý(?: (?:iv|i{1,3}))?)(?: (?:đầu|cuối) năm)?"
    "(?:,? (?:gửi|nộp|báo cáo|xong)){0,2} ?[:(]? ?$")
# What is due on a day stands before it: "6 tháng (trước ngày 16/6), năm (trước 15/12)"
_LABEL = spaced(
    r"(?<!\w)(?:định k[ỳì] )?(?:(?:hàng|hằng) )?"
    + one_of(
        "(?:báo cáo )?(?:tổng kết |sơ kết )?" + one_of(
            "(?:0?6|sáu|9|0?3) tháng(?: (?:đầu|cuối) năm)?",
            "(?:0?1 )?năm",
            "(?:quý|quí)(?: (?:iv|i{1,3}))?"))
    + " ?[:(] ?(?:gửi |báo cáo |nộp )?$")
# "Hằng năm, các cơ quan gửi báo cáo (trước ngày 11/12)": a clause stands between
_CLAUSE_BETWEEN = spaced(r", \w[^;]{12}")
_WORD_BEFORE = spaced(r"\w $")
# What "định kỳ" goes on with: "Định kỳ báo cáo kết quả thực hiện Kế hoạch hằng năm (trước ngày 15/11)"
_REPORTED_YEARLY = spaced(r" báo cáo [^,;\d]{3,100} (?:hàng|hằng) năm \(?")
_REPORT_OR_CYCLE = spaced("báo cáo|hàng|hằng|định")


def year_days(text: DeadlineText, m: re.Match[str]) -> list[Found] | None:
    """Return the days of each year that ``m``, printed without a year, stands for; None where it is a day of one year.

    There are none where it says how far figures or a range of days go.
    """
    op, before = op_of(m), text.before(m.start())
    if _is_of_unsaid_year(text, m) or (m["cycle"] is None and _ends_range(m, op, before)):
        return []
    listed = _of_match(_NEXT_DAY.match(text.low, m.end()), op)
    if op in {"on", "until"} and _COUNTED_TO.search(before):
        return listed
    lead = _lead(text, m, listed=bool(listed))
    following = _NEXT_YEAR.match(text.low, m.end())
    if following and following["told"] and op not in {"before", "by"}:  # "năng lực sản xuất … đến ngày 31 tháng 12 năm báo cáo"
        return []
    if m["cycle"] != "năm" and lead is None and not following and not _is_of_year_named_later(text, m, op):
        return None
    second = _of_match(_AND_DAY.match(text.low, m.end()) if m["cycle"] is None else None, op)
    start = m.start() if lead is None else lead
    end = text.closed(start, following.end() if following else m.end())
    month, day = int(m["month"] or m["wmonth"]), int(m["day"])
    return [*listed, *second, recurs(start, end, "yearly", 1, op, months=(month,), month_day=day, at=time_of(m))]


def _is_of_unsaid_year(text: DeadlineText, m: re.Match[str]) -> bool:
    return _LAST_YEAR.match(text.low, m.end()) is not None or text.low.startswith(" năm năm ", m.end())


def _is_of_year_named_later(text: DeadlineText, m: re.Match[str], op: str) -> bool:
    """Tell a day whose year the sentence names behind it: "ngày 31 tháng 12 phải chuyển kinh phí của năm đó"."""
    if op not in {"before", "by"} or not _YEAR_LATER.match(text.after(m.end(), m.start())):
        return False
    return not is_conditional(text, m.start(), m.end())


def _ends_range(m: re.Match[str], op: str, before: str) -> bool:
    """Tell the end of a range of days ("từ ngày 01/5 đến hết ngày 15/6"), unless something is handed in within it."""
    if op not in {"until", "on"} and not (m["before"] or "").startswith("đến"):
        return False
    return bool(words.RANGE_START.search(before) and not date_patterns.HANDED_FROM.search(before)) or "số liệu" in before[-_NEAR:]


def _of_match(found: re.Match[str] | None, op: str) -> list[Found]:
    """Return the day of each year that stands in a list behind another."""
    return list(of_each_year(found, found.start("words"), found.end(), op)) if found else []


def _lead(text: DeadlineText, m: re.Match[str], *, listed: bool) -> int | None:
    """Return where the words begin that make ``m`` a day of each year; ``listed``: a day behind it is one."""
    start = m.start()
    if m["cycle"] is not None:
        label = _label_start(text.before(start), start)
        if label is not None or not listed:
            return label
    lead = _yearly_lead(text, start)
    return start if lead is None and listed else lead


def _yearly_lead(text: DeadlineText, start: int) -> int | None:
    """Return where a yearly date begins that says so before it: "định kỳ hằng năm (trước ngày 30 tháng 11)"."""
    before = text.before(start)
    begin = start - len(before)
    each = last_of(cycle_patterns.RECURRING, before)
    if each and _is_of_day(each, before):
        if _CLAUSE_BETWEEN.match(before[each.end():]) or not (each["fixed"] or len(before) - each.end() < _NEAR):
            return start
        return begin + each.start()
    label = _label_start(before, start)
    if fixed := last_of(cycle_patterns.FIXED, before):
        if label is None or _REPORTED_YEARLY.fullmatch(before[fixed.end():]):
            return begin + fixed.start()
        return label
    if label is not None and _REPORT_OR_CYCLE.search(before):
        return label
    return start if _REPORT.search(before[-_NEAR:]) else None


def _is_of_day(each: re.Match[str], before: str) -> bool:
    """Tell whether a "hằng năm" before a day is said of it, and not of a noun: "theo dự toán hằng năm"."""
    told = before[:each.start()]
    if each["cycle"] != "năm" or cycle_patterns.NO_TASK_NOUN.search(told):
        return False
    return bool(each["fixed"]) or not _WORD_BEFORE.search(told) or len(before) - each.end() < 6


def _label_start(before: str, start: int) -> int | None:
    """Return where the label of a day begins that stands right before ``start``: "6 tháng (", "báo cáo năm: gửi "."""
    label = _LABEL.search(before[-_NEAR:])
    return start - len(label[0]) if label else None
