"""Days and hours that come round: "trước ngày 15 hằng tháng", "15 giờ thứ Năm hằng tuần", "ngày 17 các tháng 3, 6, 9"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from registry.domain.deadlines import cycle_day_patterns as p
from registry.domain.deadlines import words
from registry.domain.deadlines.cycle_patterns import CYCLE_LIST, NO_TASK_NOUN, PLAIN_ITEM, RECURRING
from registry.domain.deadlines.text import (
    EACH,
    FREQUENCY,
    DeadlineText,
    Found,
    last_of,
    of_each_year,
    op_of,
    opens_item,
    recurs,
    time_of,
)
from registry.domain.recurrence import rule_text

_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6} | {str(n): n - 2 for n in range(2, 8)}
_QUARTERLY = ("monthly", 3)
_FIGURES = "số liệu"  # "số liệu tính đến ngày 15 hằng tháng": when figures are counted, not when they are due


# -- days of the week, hours of the day ------------------------------------------------------------


def weekly(text: DeadlineText) -> Iterator[Found]:
    """Yield days of the week and hours of the day: "trước 15h, thứ năm hàng tuần", "trước 19h00 hằng ngày"."""
    yield from _week_days(text)
    yield from _parts(text)
    yield from _hours(text)


def _week_days(text: DeadlineText) -> Iterator[Found]:
    """Yield "trước 15h, thứ năm hàng tuần"; "10 giờ vào thứ sáu, thứ bảy hằng tuần" is when people work."""
    for m in chain.from_iterable(text.candidates(pattern, "tuần") for pattern in (p.WEEKLY, p.WEEKLY_BY, p.WEEKLY_ON)):
        before = text.before(m.start())
        fixed = p.FIXED_LEAD.search(before)
        acts = opens_item(before) and words.ACTS.match(text.after(m.end(), m.start()))
        if m["by"] or m["before"] or fixed or acts or words.TASK.search(before):
            start = m.start() - len(fixed[0]) if fixed else m.start()
            yield recurs(start, text.closed(start, m.end()), "weekly", 1, op_of(m),
                         week_day=_WEEKDAYS[m["weekday"].split()[-1]], at=time_of(m))


def _parts(text: DeadlineText) -> Iterator[Found]:
    """Yield "vào tháng cuối của mỗi quý"."""
    for m in text.candidates(p.PART_OF, "tuần", "tháng"):
        before = text.before(m.start())
        if not (words.RANGE_START.search(before) or words.DONE.search(before) or _FIGURES in before):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["each"] or m["cycle"]], "within")


def _hours(text: DeadlineText) -> Iterator[Found]:
    """Yield "hằng ngày trước 16 giờ", "trước 19h00 hằng ngày"."""
    for m in text.candidates(p.DAILY_AT, *EACH):
        if (m["by"] or m["before"]) and words.TASK.search(text.before(m.start())):
            end = m.start() + len(text.low[m.start():m.end()].rstrip(" ,"))
            yield recurs(m.start(), text.closed(m.start(), end), "daily", 1, op_of(m), at=time_of(m))
    for m in text.candidates(p.DAILY, *EACH):
        if op_of(m) in {"before", "by"} or words.SENT.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), "daily", 1, op_of(m), at=time_of(m))


# -- named months, and the ends of a month ---------------------------------------------------------


def named_months(text: DeadlineText) -> Iterator[Found]:
    """Yield days whose months are named: "ngày 17 các tháng 3, 6, 9", the last day of a month, stretches of each year."""
    yield from _day_of_months(text)
    for m in text.candidates(p.YEARLY_ON, *EACH):
        yield from of_each_year(m, m.start(), m.end(), "on")
    for m in text.candidates(p.REPORT_DAY, ": ngày"):
        yield from of_each_year(m, m.start("words"), m.end(), "on")
    yield from _months_of_year(text)
    yield from _last_days(text)
    yield from _first_days(text)
    yield from _yearly_ranges(text)


def _numbers(listed: str | None) -> list[int]:
    """Return the different numbers of a list ("3, 6 và 9"), in order."""
    return sorted({int(n) for n in p.NUMBERS.findall(listed or "")})


def _day_of_months(text: DeadlineText) -> Iterator[Found]:
    """Yield "trước ngày 17 các tháng 3, 6, 9"; months at even steps make it quarterly or half-yearly."""
    for m in text.candidates(p.MONTHS_DAY, "tháng"):
        day, months = int(m["day"]), _numbers(m["months"])
        if not (1 <= day <= 31 and months[0] >= 1 and months[-1] <= 12 and len(months) > 1):
            continue
        steps = {later - earlier for earlier, later in pairwise(months)}
        interval = steps.pop() if len(steps) == 1 else 0
        frequency, each = ("monthly", interval) if interval in {3, 6} else ("yearly", 1)
        rule = rule_text("yearly", 1, months=months, month_day=day)  # whatever month counting starts in
        lead = p.MONTHS_LEAD.search(text.before(m.start())[-50:])
        found = recurs(m.start() - len(lead[0] if lead else ""), m.end(), frequency, each, op_of(m), at=time_of(m))
        yield replace(found, deadline=replace(found.deadline, rrule=rule))


def _months_of_year(text: DeadlineText) -> Iterator[Found]:
    """Yield "vào tháng 6 và tháng 12 hằng năm"."""
    for m in text.candidates(p.MONTHS_YEARLY, "tháng"):
        months = _numbers(m["months"])
        if months[0] >= 1 and months[-1] <= 12 and _FIGURES not in text.before(m.start()):
            yield recurs(m.start(), m.end(), "yearly", 1, "within", months=months, month_day=31)


def _last_days(text: DeadlineText) -> Iterator[Found]:
    """Yield "chậm nhất ngày làm việc cuối cùng của tháng"; not "số liệu từ ngày đầu tiên đến ngày cuối cùng của tháng"."""
    for m in text.candidates(p.LAST_DAY, "cuối", "đầu tiên"):
        op = op_of(m)
        if op not in {"on", "until"} or not words.RANGE_START.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), "monthly", 1 if m["monthly"] else 3, op, month_day=1 if m["first"] else 31, at=time_of(m))


def _first_days(text: DeadlineText) -> Iterator[Found]:
    """Yield "trong 15 ngày đầu của tháng 01 hằng năm", "trong 5 ngày đầu mỗi quý"."""
    for m in text.candidates(p.FIRST_DAYS, "đầu"):
        day = int(m["day"])
        if not (1 <= day <= 31 and 1 <= int(m["month"] or 1) <= 12) or (m["alone"] and not _is_strong_task(text, m)):
            continue
        frequency, each = FREQUENCY[m["cycle"] or m["following"] or m["inside"] or m["alone"] or "năm"]
        yield recurs(m.start(), m.end(), frequency, each, "within", months=(int(m["month"]),) if m["month"] else (),
                     month_day=None if frequency == "weekly" else day)


def _is_strong_task(text: DeadlineText, m: re.Match[str]) -> bool:
    """Tell whether work is said around ``m``; "trong 10 ngày đầu tháng, xuất khẩu đạt …" is none."""
    after = text.after(m.end(), m.start()).lstrip(" ,")
    return bool(words.STRONG_TASK.search(text.before(m.start())) or words.STRONG_TASK.match(after))


def _yearly_ranges(text: DeadlineText) -> Iterator[Found]:
    """Yield the end of "từ ngày 16 đến ngày 31 tháng 12 hằng năm"."""
    for m in text.candidates(p.YEARLY_RANGE, "năm"):
        month, day, before = int(m["month"]), int(m["day"] or 31), text.before(m.start())
        if 1 <= month <= 12 and 1 <= day <= 31 and words.TASK.search(before) and _FIGURES not in before:
            yield recurs(m.start(), m.end(), "yearly", 1, "within", months=(month,), month_day=day)


# -- days of each month ----------------------------------------------------------------------------


def month_days(text: DeadlineText) -> Iterator[Found]:
    """Yield days of each month or of a month of each quarter: "trước ngày 20 tháng cuối quý"."""
    for m in text.candidates(p.MONTH_DAY, "tháng", *EACH):
        day, before = int(m["day"]), text.before(m.start())
        if not 1 <= day <= 31 or ((m["until"] or m["on"]) and words.RANGE_START.search(before)):
            continue
        # "Trường hợp sinh con trước ngày 15 của tháng, thì tháng đó …"
        if words.CONDITION.search(before) and words.RULE_FOLLOWS.match(text.low, m.end()):
            continue
        frequency, interval = _cycle_of_day(m, before)
        lead = p.CYCLE_LEAD.search(before)
        start = m.start() - len(lead[0]) if lead else m.start()
        days = sorted({day} | {n for n in _numbers(m["more"]) if 1 <= n <= 31})
        yield recurs(start, text.closed(start, m.end()), frequency, interval, op_of(m), month_day=days, at=time_of(m))


def bare_days(text: DeadlineText) -> Iterator[Found]:
    """Yield days whose month is said before them: "hằng tháng báo cáo …, gửi Sở trước ngày 25"."""
    for m in text.candidates(p.BARE_DAY, *EACH):
        before = text.before(m.start())
        lead = last_of(RECURRING, before)
        if lead and lead["cycle"] == "tháng" and 1 <= int(m["day"]) <= 31 and not NO_TASK_NOUN.search(before[:lead.start()]):
            near = lead["fixed"] or len(before) - lead.end() < 60
            start = m.start() - len(before) + lead.start() if near else m.start()
            yield recurs(start, m.end(), "monthly", 1, op_of(m), month_day=int(m["day"]), at=time_of(m))


def _cycle_of_day(m: re.Match[str], before: str) -> tuple[str, int]:
    """Return how often a day of a month comes round: as it says, else as the words before it say."""
    place, cycle = m["place"] or "", m["cycle"]
    if "quý" in place or "quí" in place or cycle in {"quý", "quí"}:
        return _QUARTERLY
    if place:
        of_term = "kỳ" in place and place.startswith(("cuối", "đầu"))
        return _shortest_cycle(before) or (_QUARTERLY if of_term else FREQUENCY["tháng"])
    return FREQUENCY["năm" if cycle == "năm" else "tháng"]


def _last_cycle(before: str) -> tuple[str, int] | None:
    """Return the cycle that was named last: "báo cáo quý", "định kỳ 6 tháng"."""
    named = [found for found in p.CYCLE_WORD.finditer(before) if p.CYCLE_NAMED.search(before[:found.start()])]
    if not named:
        return None
    n = named[-1]["n"]
    return ("monthly", int(n)) if n else FREQUENCY[named[-1]["cycle"]]


def _shortest_cycle(before: str) -> tuple[str, int] | None:
    """Return the cycle of "báo cáo quý, 6 tháng, năm … tháng cuối kỳ" that comes round most often."""
    listed = last_of(CYCLE_LIST, before)
    if listed is None:
        return _last_cycle(before)
    items = [(FREQUENCY[item["cycle"]], int(item["count"] or 1)) for item in PLAIN_ITEM.finditer(listed[0])]
    months = [each * count * (12 if frequency == "yearly" else 1) for (frequency, each), count in items if frequency != "weekly"]
    return FREQUENCY["năm"] if min(months, default=12) >= 12 else ("monthly", min(months))
