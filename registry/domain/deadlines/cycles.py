"""Cycles (định kỳ) that name no day: "03 tháng một lần", "định kỳ 6 tháng, năm", "Hằng năm, … báo cáo"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from registry.domain.deadlines import cycle_patterns as p
from registry.domain.deadlines import words
from registry.domain.deadlines.cycle_day_patterns import DAY_OF_YEAR, YEARLY_DAYS
from registry.domain.deadlines.text import (
    EACH,
    FREQUENCY,
    DeadlineText,
    Found,
    number,
    of_each_year,
    opens_item,
    recurs,
)

_MOST = 120  # months or years between two times
_TASK_SIGHT = 160  # characters before a cycle in which the verb that it goes with is looked for
_NEAR = 60  # characters in which a day of a shorter cycle than a year is looked for


# -- so often, and lists of cycles -----------------------------------------------------------------


def every(text: DeadlineText) -> Iterator[Found]:
    """Yield "03 tháng một lần" and each cycle of "định kỳ quý, 6 tháng, năm"."""
    for part in (_once_each, _once_in, _ends_of_each, _yearly_days, _times, _plain_lists):
        yield from part(text)


def _once_each(text: DeadlineText) -> Iterator[Found]:
    """Yield "định kỳ 03 tháng một lần", "mỗi năm một lần"."""
    for m in text.candidates(p.EVERY, "lần"):
        count = int(number(m["count"])) if m["count"] else 1
        frequency, each = FREQUENCY[m["cycle"] or m["ecycle"] or m["ocycle"]]
        if 1 <= count <= _MOST:
            yield recurs(m.start(), m.end(), frequency, each * count, None)


def _once_in(text: DeadlineText) -> Iterator[Found]:
    """Yield "tần suất tối thiểu 01 lần/06 tháng"; not how often someone is paid."""
    for m in text.candidates(p.ONCE_IN, "lần"):
        before, count = text.before(m.start()), int(m["count"] or 1)
        frequency, each = FREQUENCY[m["cycle"]]
        if not 1 <= count <= _MOST or words.ENTITLED.search(before):
            continue
        if m["fixed"] or p.ONCE_DONE.search(before) or words.TASK.search(before[-120:]):
            yield recurs(m.start(), m.end(), frequency, each * count, None)


def _ends_of_each(text: DeadlineText) -> Iterator[Found]:
    """Yield "vào cuối mỗi quý, tổ chức đánh giá"."""
    for m in text.candidates(p.END_OF_EACH, *EACH):
        if words.STRONG_TASK.search(text.before(m.start())[-120:]) or words.TASK.search(text.after(m.end(), m.start())[:120]):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["cycle"]], "within")


def _yearly_days(text: DeadlineText) -> Iterator[Found]:
    """Yield each day of "ngày 25 tháng 6 và ngày 25 tháng 12 hằng năm"."""
    for m in text.candidates(YEARLY_DAYS, *EACH):
        if not words.TASK.search(text.before(m.start())):
            continue
        days = list(DAY_OF_YEAR.finditer(text.low, m.start(), m.start("each")))
        for day in days:
            yield from of_each_year(day, day.start(), m.end() if day is days[-1] else day.end(), "on")


def _times(text: DeadlineText) -> Iterator[Found]:
    """Yield "mỗi năm ít nhất 02 lần", "báo cáo 02 lần/ngày"; of "định kỳ 2 lần/năm" the months between."""
    for m in text.candidates(p.TIMES_EACH, *EACH):
        if words.TASK.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["cycle"]], None)
    for m in text.candidates(p.TIMES_A, "lần"):
        if m["cycle"] == "năm":
            if m["fixed"] and int(m["times"]) in {2, 3, 4, 6}:
                yield recurs(m.start(), m.end(), "monthly", 12 // int(m["times"]), None)
        elif words.SENT.search(text.before(m.start())):
            yield recurs(m.start(), m.end(), *FREQUENCY[m["cycle"]], None)


def _plain_lists(text: DeadlineText) -> Iterator[Found]:
    """Yield each cycle of "định kỳ 6 tháng, năm"; the first begins with "định kỳ"."""
    for m in text.candidates(p.PLAIN_LIST, "định"):
        before = text.before(m.start())
        if _names_something(text, m, before) or p.YEARLY_THING.search(before):
            continue
        for item in p.PLAIN_ITEM.finditer(text.low, m.start("items"), m.end("items")):
            first = item.start() == m.start("items") or text.low[m.start():item.start()].count(" ") < 3
            yield recurs(m.start() if first else item.start(), item.end(), *_cycle_of(item), None)


def _names_something(text: DeadlineText, m: re.Match[str], before: str) -> bool:
    """Tell the cycle that names a form ("Mẫu báo cáo định kỳ năm") or that figures are counted in."""
    return bool(p.DATA_PERIOD.match(text.low, m.end()) or p.FORM_NAME.search(before))


def _cycle_of(item: re.Match[str]) -> tuple[str, int]:
    """Return the cycle of one item of a list: "6 tháng"."""
    frequency, each = FREQUENCY[item["cycle"]]
    return frequency, each * int(item["count"] or 1) or 1


# -- a cycle alone ---------------------------------------------------------------------------------


def recurring(text: DeadlineText, taken: Sequence[Found]) -> Iterator[Found]:
    """Yield cycles without a day ("Hằng năm, … báo cáo") that no deadline of ``taken`` already says."""
    said = sorted(found.start for found in taken if found.deadline.kind == "recurring")
    for m in text.candidates(p.RECURRING, *EACH):
        first, stop = text.sentence(m.start())
        before, after = text.low[first:m.start()], text.low[m.end():stop]
        sight = stop if m["cycle"] == "năm" else min(stop, m.end() + _NEAR)
        if not m["fixed"] and _is_said(said, m.start(), sight):
            continue
        if _names_something(text, m, before):
            continue
        if (m["fixed"] and not p.YEARLY_THING.search(before)) or _is_recurring(text, m, before, after):
            when = p.WHEN_IN_IT.match(text.low, m.end())
            yield recurs(m.start(), when.end() if when else m.end(), *FREQUENCY[m["cycle"]], None)
            if listed := p.CYCLES_ON.match(text.low, m.end()):
                yield from _each_cycle(text, m.end(), listed.end())


def _is_said(said: list[int], start: int, sight: int) -> bool:
    """Tell whether a recurring deadline, of those that begin at ``said``, stands behind ``start`` and within ``sight``."""
    at = bisect_right(said, start)
    return at < len(said) and said[at] < sight


def _each_cycle(text: DeadlineText, start: int, end: int) -> Iterator[Found]:
    """Yield the cycles of a list: ", quý, 6 tháng, năm"."""
    for item in p.PLAIN_ITEM.finditer(text.low, start, end):
        yield recurs(item.start(), item.end(), *_cycle_of(item), None)


def _is_recurring(text: DeadlineText, m: re.Match[str], before: str, after: str) -> bool:
    """Tell whether something is due in the cycle; most that is yearly is a plan, a sum or a right."""
    after = p.YEAR_IN_BRACKETS.sub("", after, count=1)
    if p.YEARLY_THING.search(before) or p.UP_TO_DAY.search(before) or _is_paid(before):
        return False
    if m["cycle"] == "ngày":
        return _is_due_daily(before, after)
    if m["least"]:
        return bool(words.TASK.search(before[-120:]))
    if m[0].startswith(("mỗi", "từng")):
        return opens_item(before) and after.startswith(",") and bool(words.TASK.search(after[:120]))
    if _is_obliged(before, after):
        return True
    if _opens_clause(before, after):
        return bool(after.strip(" ./")) and not p.TOLD_YEARLY.match(after)
    if _is_done_each(before) or (before.endswith(", ") and words.ACTS.match(after)):
        return True
    if p.BENEFIT.search(before) or p.PLAN_FOR.search(before):
        return False
    if _is_demanded(before, after):
        return True
    return not _is_of_noun(before) and (_is_published(before, after) or _is_in_task(text, m, before, after))


def _is_paid(before: str) -> bool:
    """Tell "Kinh phí hằng năm"; but behind its label stands a task: "Tiền điện thanh toán: Hàng tháng, Bên mua điện …"."""
    return not before.endswith(": ") and p.PAID.match(before) is not None


def _is_due_daily(before: str, after: str) -> bool:
    """Tell what is sent every day; most of what is done every day is no deadline."""
    return words.SENT.search(before) is not None and not after.startswith(" của ")


def _is_obliged(before: str, after: str) -> bool:
    """Tell "hằng năm phải tổ chức đào tạo", and a second duty: "đóng bảo hiểm … và hằng tháng trích từ tiền lương"."""
    return bool(words.MUST_DO.match(after) or (before.endswith(" và ") and words.DOES.match(after)))


def _opens_clause(before: str, after: str) -> bool:
    """Tell whether the cycle, or the list of cycles that it ends, is the first of its sentence or item."""
    opening = p.CYCLES_BEFORE.sub("", before)
    if opens_item(opening) or p.ONLY_NUMBERED.fullmatch(opening) or p.QUOTED.search(opening):
        return True
    return opening.endswith(": ") and bool(after.strip(" ./"))


def _is_done_each(before: str) -> bool:
    """Tell whether a verb right before the cycle says that something is done in it, or stands in the line before."""
    return bool(words.PASSIVE.search(before) or words.LIGHT_VERB.search(before)
                or p.RESULTS_TOLD.search(before) or words.BODY_ALONE.match(before))


def _is_demanded(before: str, after: str) -> bool:
    """Tell times to report by their end: "hằng quý, năm và đột xuất"."""
    listed = p.CYCLES_ON.match(after)
    return listed is not None and bool(listed["demand"]) and words.TASK.search(before) is not None


def _is_of_noun(before: str) -> bool:
    """Tell whether the cycle belongs to a noun before it: "dự toán hằng năm"."""
    return bool(p.GROUNDS.search(before) or p.NO_TASK_NOUN.search(before[-40:]) or p.NOUN_PHRASE.search(before[-60:]))


def _is_published(before: str, after: str) -> bool:
    """Tell "Công khai kết quả giải ngân hằng tháng trên Cổng thông tin": a verb opens the item, a place ends it."""
    return bool(p.PLACE_BEHIND.match(after) and words.DOES_FIRST.match(before))


def _is_in_task(text: DeadlineText, m: re.Match[str], before: str, after: str) -> bool:
    """Tell whether a verb of work goes with a cycle inside a sentence; "hằng năm của tỉnh" goes with what follows."""
    if p.MODIFIED.match(after):
        return False
    if words.DOES.match(after) and words.DOER.search(before):
        return True
    if before.rstrip().endswith(","):
        if after.startswith(","):  # "căn cứ …, hằng năm, người sử dụng lao động lập kế hoạch"
            return bool(words.TASK.search(after[:140]))
        return bool(words.TASK.match(after.lstrip(" ,")) or words.STRONG_TASK.search(after[:40]))
    if after.strip(" ./") and not p.CLAUSE_GOES_ON.match(after):
        return False
    near = max(text.item(m.start()), m.start() - _TASK_SIGHT)
    return bool(words.TASK.search(text.low, near, m.start()) or p.TAKES_PART.match(before))
