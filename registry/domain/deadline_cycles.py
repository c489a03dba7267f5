"""Recurring deadlines (định kỳ): "trước ngày 15 hằng tháng", "định kỳ 6 tháng, năm"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from registry.domain import deadline_cycle_day_patterns as dated
from registry.domain import deadline_cycle_patterns as p
from registry.domain import deadline_words as words
from registry.domain.deadline_text import (
    FREQUENCY,
    DeadlineText,
    Found,
    last_of,
    number,
    of_each_year,
    op_of,
    recurs,
    time_of,
)
from registry.domain.recurrence import rule_text

_EACH = ("hàng", "hằng", "mỗi", "từng")
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6} | {str(n): n - 2 for n in range(2, 8)}


def weekly(text: DeadlineText) -> Iterator[Found]:
    """Yield days of the week and hours of the day: "trước 15h, thứ năm hàng tuần", "trước 19h00 hằng ngày"."""
    for m in chain(text.candidates(dated.WEEKLY, "tuần"), text.candidates(dated.WEEKLY_ON, "tuần")):
        if not (m["by"] or m["before"]) and not words.TASK.search(text.before(m.start())):
            continue  # "10 giờ vào thứ sáu, thứ bảy hằng tuần": when people work
        yield recurs(m.start(), text.closed(m.start(), m.end()), "weekly", 1, op_of(m),
                     week_day=_WEEKDAYS[m["weekday"].split()[-1]], at=time_of(m))
    for m in text.candidates(dated.PART_OF, "tuần", "tháng"):
        before = text.before(m.start())
        if not (words.RANGE_START.search(before) or words.DONE.search(before) or "số liệu" in before):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["each"] or m["cycle"]], "within")
    for m in text.candidates(dated.DAILY_AT, *_EACH):
        if (m["by"] or m["before"]) and words.TASK.search(text.before(m.start())):
            end = m.start() + len(text.low[m.start():m.end()].rstrip(" ,"))
            yield recurs(m.start(), text.closed(m.start(), end), "daily", 1, op_of(m), at=time_of(m))
    for m in text.candidates(dated.DAILY, *_EACH):
        if op_of(m) in {"before", "by"} or words.REPORTED.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), "daily", 1, op_of(m), at=time_of(m))


def named_months(text: DeadlineText) -> Iterator[Found]:
    """Yield days whose months are named: "ngày 17 các tháng 3, 6, 9", the last day of a month, stretches of each year."""
    for m in text.candidates(dated.MONTHS_DAY, "tháng"):
        day, months = int(m["day"]), sorted({int(n) for n in dated.NUMBERS.findall(m["months"])})
        if not (1 <= day <= 31 and months[0] >= 1 and months[-1] <= 12 and len(months) > 1):
            continue
        steps = {later - earlier for earlier, later in pairwise(months)}
        interval = steps.pop() if len(steps) == 1 else 0
        frequency, each = ("monthly", interval) if interval in {3, 6} else ("yearly", 1)
        rule = rule_text("yearly", 1, months=months, month_day=day)  # whatever month counting starts in
        lead = dated.MONTHS_LEAD.search(text.before(m.start())[-50:])
        found = recurs(m.start() - len(lead[0] if lead else ""), m.end(), frequency, each, op_of(m), at=time_of(m))
        yield replace(found, deadline=replace(found.deadline, rrule=rule))
    for m in text.candidates(dated.YEARLY_ON, *_EACH):
        yield from of_each_year(m, m.start(), m.end(), "on")
    for m in text.candidates(dated.MONTHS_YEARLY, "tháng"):
        months = sorted({int(n) for n in dated.NUMBERS.findall(m["months"])})
        if months[0] >= 1 and months[-1] <= 12 and "số liệu" not in text.before(m.start()):
            yield recurs(m.start(), m.end(), "yearly", 1, "within", months=months, month_day=31)
    for m in text.candidates(dated.LAST_DAY, "cuối"):
        if op_of(m) in {"on", "until"} and words.RANGE_START.search(text.before(m.start())):
            continue  # "số liệu tính từ ngày đầu tiên đến ngày cuối cùng của tháng"
        yield recurs(m.start(), m.end(), "monthly", 1 if m["monthly"] else 3, op_of(m), month_day=31, at=time_of(m))
    for m in text.candidates(dated.FIRST_DAYS, "đầu"):
        day = int(m["day"])
        if m["alone"] and not words.STRONG_TASK.search(text.before(m.start())) and not words.STRONG_TASK.match(text.after(m.end(), m.start()).lstrip(" ,")):
            continue  # "trong 10 ngày đầu tháng, xuất khẩu đạt …"
        if 1 <= day <= 31 and 1 <= int(m["month"] or 1) <= 12:
            frequency, each = FREQUENCY[m["cycle"] or m["following"] or m["inside"] or m["alone"] or "năm"]
            yield recurs(m.start(), m.end(), frequency, each, "within", months=(int(m["month"]),) if m["month"] else (),
                         month_day=None if frequency == "weekly" else day)
    for m in text.candidates(dated.YEARLY_RANGE, "năm"):
        month, before = int(m["month"]), text.before(m.start())
        if 1 <= month <= 12 and 1 <= int(m["day"] or 1) <= 31 and words.TASK.search(before) and "số liệu" not in before:
            day = int(m["day"] or 31)
            yield recurs(m.start(), m.end(), "yearly", 1, "within", months=(month,), month_day=day)


def month_days(text: DeadlineText) -> Iterator[Found]:
    """Yield days of each month or of a month of each quarter: "trước ngày 20 tháng cuối quý"."""
    for m in text.candidates(dated.MONTH_DAY, "tháng", *_EACH):
        day, place, cycle = int(m["day"]), m["place"] or "", m["cycle"]
        if not 1 <= day <= 31:
            continue
        if "quý" in place or "quí" in place or cycle in {"quý", "quí"}:
            frequency, interval = "monthly", 3
        elif "kỳ" in place and place.startswith(("cuối", "đầu")):
            frequency, interval = _shortest_cycle_before(text, m.start()) or ("monthly", 3)
        elif place:
            frequency, interval = _cycle_before(text, m.start()) or ("monthly", 1)
        elif cycle == "năm":
            frequency, interval = "yearly", 1
        else:
            frequency, interval = "monthly", 1
        start, end = m.start(), m.end()
        before = text.before(start)
        if (m["until"] or m["on"]) and words.RANGE_START.search(before):
            continue
        lead = dated.CYCLE_LEAD.search(before)
        if lead:
            start -= len(lead[0])
        days = sorted({day} | {int(number) for number in dated.NUMBERS.findall(m["more"] or "") if 1 <= int(number) <= 31})
        yield recurs(start, text.closed(start, end), frequency, interval, op_of(m), month_day=days, at=time_of(m))


def bare_days(text: DeadlineText) -> Iterator[Found]:
    """Yield days whose month is said before them: "hằng tháng báo cáo …, gửi Sở trước ngày 25"."""
    for m in text.candidates(dated.BARE_DAY, *_EACH):
        before = text.before(m.start())
        lead = last_of(p.RECURRING, before)
        if lead and lead["cycle"] == "tháng" and 1 <= int(m["day"]) <= 31 and not p.NO_TASK_NOUN.search(before[:lead.start()]):
            near = lead["fixed"] or len(before) - lead.end() < 60
            start = m.start() - len(before) + lead.start() if near else m.start()
            yield recurs(start, m.end(), "monthly", 1, op_of(m), month_day=int(m["day"]), at=time_of(m))


def _cycle_before(text: DeadlineText, start: int) -> tuple[str, int] | None:
    words = list(dated.CYCLE_WORD.finditer(text.before(start)))
    words = [word for word in words if dated.CYCLE_NAMED.search(text.before(start)[:word.start()])]
    if not words:
        return None
    n = words[-1]["n"]
    return ("monthly", int(n)) if n else FREQUENCY[words[-1]["cycle"]]


def _shortest_cycle_before(text: DeadlineText, start: int) -> tuple[str, int] | None:
    """Return the cycle of "báo cáo quý, 6 tháng, năm … tháng cuối kỳ" that comes round most often."""
    listed = last_of(p.CYCLE_LIST, text.before(start))
    if listed is None:
        return _cycle_before(text, start)
    items = [(FREQUENCY[item["cycle"]], int(item["count"] or 1)) for item in p.PLAIN_ITEM.finditer(listed[0])]
    months = [each * count * (12 if frequency == "yearly" else 1) for (frequency, each), count in items if frequency != "weekly"]
    return ("yearly", 1) if min(months, default=12) >= 12 else ("monthly", min(months))


def every(text: DeadlineText) -> Iterator[Found]:
    """Yield "03 tháng một lần" and each cycle of "định kỳ quý, 6 tháng, năm"."""
    for m in text.candidates(p.EVERY, "lần"):
        cycle = m["cycle"] or m["ecycle"] or m["ocycle"]
        count = int(number(m["count"])) if m["count"] else 1
        frequency, each = FREQUENCY[cycle]
        if 1 <= count <= 120:
            yield recurs(m.start(), m.end(), frequency, each * count, None)
    for m in text.candidates(p.ONCE_IN, "lần"):
        before = text.before(m.start())
        frequency, each = FREQUENCY[m["cycle"]]
        if 1 <= (count := int(m["count"] or 1)) <= 120 and not words.ENTITLED.search(before) and (
                p.ONCE_DONE.search(before) or words.TASK.search(before[-120:])):
            yield recurs(m.start(), m.end(), frequency, each * count, None)
    for m in text.candidates(p.END_OF_EACH, *_EACH):
        if words.STRONG_TASK.search(text.before(m.start())[-120:]) or words.TASK.search(text.after(m.end(), m.start())[:120]):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["cycle"]], "within")
    for m in text.candidates(dated.YEARLY_DAYS, *_EACH):
        days = list(dated.DAY_OF_YEAR.finditer(text.low, m.start(), m.start("each"))) if words.TASK.search(text.before(m.start())) else []
        for one in days:
            yield from of_each_year(one, one.start(), m.end() if one is days[-1] else one.end(), "on")
    for m in text.candidates(p.TIMES_EACH, *_EACH):
        if words.TASK.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["cycle"]], None)
    for m in text.candidates(p.TIMES_A, "lần"):
        if m["cycle"] == "năm":
            if m["fixed"] and int(m["times"]) in {2, 3, 4, 6}:
                yield recurs(m.start(), m.end(), "monthly", 12 // int(m["times"]), None)
        elif words.REPORTED.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["cycle"]], None)
    for m in text.candidates(p.PLAIN_LIST, "định"):
        if text.plain[m.start():m.end()].isupper() or p.DATA_PERIOD.match(text.low, m.end()) \
                or p.YEARLY_THING.search(text.before(m.start())) or p.FORM_NAME.search(text.before(m.start())):  # a title: "BÁO CÁO ĐỊNH KỲ NĂM"
            continue
        for item in p.PLAIN_ITEM.finditer(text.low, m.start("items"), m.end("items")):
            start = m.start() if item.start() == m.start("items") or text.low[m.start():item.start()].count(" ") < 3 \
                else item.start()
            yield recurs(start, item.end(), *_cycle_of(item), None)


def recurring(text: DeadlineText, taken: Sequence[Found]) -> Iterator[Found]:
    """Yield cycles without a day ("Hằng năm, … báo cáo") that no deadline of ``taken`` already says."""
    near = sorted(found.start for found in taken if found.deadline.kind == "recurring")
    for m in text.candidates(p.RECURRING, *_EACH):
        at = bisect_right(near, m.start())
        first, stop = text.sentence(m.start())
        if at < len(near) and near[at] < (stop if m["cycle"] == "năm" else min(stop, m.end() + 60)) and not m["fixed"]:
            continue
        if p.DATA_PERIOD.match(text.low, m.end()) or p.FORM_NAME.search(text.before(m.start())) or ((not m["fixed"] or p.YEARLY_THING.search(text.before(m.start()))) and not _is_recurring(text, m, first, stop)):
            continue
        frequency, interval = FREQUENCY[m["cycle"]]
        yield recurs(m.start(), m.end(), frequency, interval, None)
        listed = p.CYCLES_ON.match(text.low, m.end())
        if listed:
            yield from _each_cycle(text, m.end(), listed.end())


def _each_cycle(text: DeadlineText, start: int, end: int) -> Iterator[Found]:
    """Yield the cycles of a list: ", quý, 6 tháng, năm"."""
    for item in p.PLAIN_ITEM.finditer(text.low, start, end):
        yield recurs(item.start(), item.end(), *_cycle_of(item), None)


def _cycle_of(item: re.Match[str]) -> tuple[str, int]:
    """Return the cycle of one item of a list: "6 tháng"."""
    frequency, each = FREQUENCY[item["cycle"]]
    return frequency, each * int(item["count"] or 1) or 1


def _is_recurring(text: DeadlineText, m: re.Match[str], first: int, stop: int) -> bool:
    before, after = text.low[first:m.start()], p.YEAR_IN_BRACKETS.sub("", text.low[m.end():stop], count=1)
    if p.YEARLY_THING.search(before) or p.UP_TO_DAY.search(before):
        return False
    if not before.endswith(": ") and p.BANNED_OR_PAID.match(before):
        return False  # what is punished or paid, not what is due
    if m["cycle"] == "ngày":  # what is done every day is no deadline, a report is
        return bool(words.REPORTED.search(before))
    if m[0].startswith(("mỗi", "từng")):
        return not before.strip(" -+•\n(") and after.startswith(",") and bool(words.TASK.search(after[:120]))
    opening = p.CYCLE_BEFORE.sub("", before)
    opening = p.CYCLE_AND_COMMA.sub("", opening)
    if not opening.strip(" -+•\n(") or (opening.endswith(": ") and after.strip(" ./")) or p.ONLY_NUMBERED.fullmatch(opening):
        return bool(after.strip(" ./")) and not p.TOLD_YEARLY.match(after)
    if words.DONE_EACH.search(before) or words.LIGHT_VERB.search(before) or words.PASSIVE.search(before):
        return True
    if p.RESULTS_TOLD.search(before):
        return True
    if words.BODY_ALONE.match(before):  # the line before it ends with the verb
        return True
    if p.BENEFIT.search(before) or p.PLAN_FOR.search(before):
        return False
    if (listed := p.CYCLES_ON.match(after)) and listed["demand"] and words.TASK.search(before):
        return True
    if p.GROUNDS.search(before) or p.NO_TASK_NOUN.search(before[-40:]) or p.NOUN_PHRASE.search(before[-60:]) or p.MODIFIED.match(after):
        return False
    if words.DOES.match(after) and words.DOER.search(before):
        return True
    if before.rstrip().endswith(","):
        if after.startswith(","):  # "căn cứ …, hằng năm, người sử dụng lao động lập kế hoạch"
            return bool(words.TASK.search(after[:140]))
        return bool(words.TASK.match(after.lstrip(" ,")) or words.STRONG_TASK.search(after[:40]))
    ends = not after.strip(" ./") or bool(p.CLAUSE_GOES_ON.match(after))
    return ends and bool(words.TASK.search(text.low, max(text.item(m.start()), m.start() - 160), m.start()))
