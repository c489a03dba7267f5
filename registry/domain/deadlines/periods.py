"""Deadlines at the end of a period: "trong tháng 6/2021", "hoàn thành trong quý II"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from registry.domain.deadlines import date_patterns, words
from registry.domain.deadlines import period_patterns as p
from registry.domain.deadlines.dates import is_ordered
from registry.domain.deadlines.text import DeadlineText, Found, opens_item, recurs
from registry.domain.deadlines.values import Deadline
from registry.domain.workdays import last_day_of_month

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PARTS = [f"{part} {whole}" for part in ("đầu", "giữa", "cuối") for whole in ("tháng", "quý", "quí")]


def periods(text: DeadlineText) -> Iterator[Found]:
    """Yield the ends of periods: "trong tháng 6/2021", "hoàn thành trong quý II", also those of each year."""
    yield from _opening_quarters(text)
    for m in text.candidates(p.PERIOD):
        op = next(name for name in ("by", "before", "until", "within") if m[name])
        before = text.before(m.start())
        yearly_end = _yearly_end(text, m, before)
        if yearly_end is not None:
            yield from _each_year(m.start(), yearly_end, _month(m), op)
        else:
            yield from _one_period(text, m, op, before)


def _opening_quarters(text: DeadlineText) -> Iterator[Found]:
    """Yield quarters and months of each year: "Quý I hàng năm, phê duyệt …", "cuối tháng 12 hàng năm"."""
    for m in text.candidates(p.YEARLY_QUARTER, "hàng năm,", "hằng năm,", "mỗi năm,"):
        if words.TASK.search(text.after(m.end(), m.start())[:140]):
            yield from _each_year(m.start(), m.end(), _month(m), "within")
    for m in text.candidates(p.YEARLY_PART, *_PARTS):
        if words.TASK.search(text.before(m.start())) or words.TASK.search(text.after(m.end(), m.start())[:200]):
            yield from _each_year(m.start(), m.end(), _month(m), "within")


def _yearly_end(text: DeadlineText, m: re.Match[str], before: str) -> int | None:
    """Return where the words of a quarter or month of each year end; None where it is of one year."""
    if m["quarter"] and m["following"]:
        return m.end()
    if not (m["quarter"] or m["month"]):
        return None
    if each := p.EACH_YEAR.match(text.low, m.end()):
        return each.end()
    return m.end() if not (m["qyear"] or m["myear"]) and p.YEARLY_BEFORE.search(before) else None


def _each_year(start: int, end: int, month: int, op: str) -> Iterator[Found]:
    """Yield the end of that month of each year: "chậm nhất tháng 5 hàng năm"."""
    if 1 <= month <= 12:
        last = last_day_of_month(2001, month).day  # a year without 29/2
        yield recurs(start, end, "yearly", 1, op, months=(month,), month_day=last)


def _one_period(text: DeadlineText, m: re.Match[str], op: str, before: str) -> Iterator[Found]:
    """Yield the end of one year's period, if something is to be done by it."""
    due = period_end(text, m, before=op == "before")
    if due is None:
        return
    if text.past(due) and not ((m["qyear"] or m["myear"] or m["year"]) and is_ordered(text, due, before, "within")):
        return
    if _is_period_limit(m, op, before, text.after(m.end(), m.start())):
        yield Found(m.start(), m.end(), Deadline(0, 0, "", "period", due, op))


# -- whether the period limits a task --------------------------------------------------------------


def _is_period_limit(m: re.Match[str], op: str, before: str, after: str) -> bool:
    """Tell whether something is to be done by the end of the period, which may as well be told of, or be a goal's."""
    if _is_told(before, after) or (_is_goal(before) and not m["task"]):
        return False
    if m["task"] or op == "by":
        return True
    if m["half"] and p.TOLD_OF_HALF.search(before):
        return False
    if m["year"] and not m["ypart"]:
        return _is_task_of_year(before, after)
    if words.BODY_ALONE.match(before):
        return True
    opens = opens_item(before)
    if op == "until":  # "Đến cuối năm 2021, hoàn thành kết nối"; "Đến cuối năm 2025, 100% cơ quan …" is a goal
        return opens and bool(date_patterns.TO_BE_DONE.match(after)) and "%" not in after[:60]
    if opens:
        return bool(words.STRONG_TASK.search(after[:160]))
    return bool(words.STRONG_TASK.search(before[-170:]) or (words.DOER.search(before) and words.TASK.search(before[-60:])))


def _is_told(before: str, after: str) -> bool:
    """Tell whether the sentence reports of the period, or says what holds in it."""
    near = before[-60:]
    return bool(before.endswith("tính ") or words.RANGE_START.search(before) or words.DONE.search(near)
                or p.TOLD_OF_PERIOD.match(after) or date_patterns.IN_FORCE.search(near) or p.PASSED.search(before))


def _is_task_of_year(before: str, after: str) -> bool:
    """Tell whether something ends with a whole year; most of what is said of a year goes on in it."""
    if p.CARRIED_OUT.fullmatch(before) or (opens_item(before) and p.TASK_FOLLOWS.match(after)):
        return True
    return bool(p.TASK_OF_YEAR.search(before)) and not p.OF_THE_YEAR.search(before)


def _is_goal(before: str) -> bool:
    """Tell whether what stands before names a figure to be reached, and nothing to be handed in after it."""
    goal = p.GOAL.search(before)
    return goal is not None and not p.HANDED_IN_AFTER.search(goal[0])


# -- the last day ----------------------------------------------------------------------------------


def period_end(text: DeadlineText, m: re.Match[str], *, before: bool = False) -> date | None:
    """Return the last day of the period that ``parts.SPAN`` found; None if no one can know it.

    ``before``: the last day before the period ("trước quý II"), unless its end is named ("trước cuối quý II").
    """
    doc, months = text.doc_date, _months(m, text.doc_date)
    if months is None or not 1 <= months[0] <= 12:
        return None
    first, last, printed = months
    if printed:
        year = int(printed)
    elif doc:
        year = doc.year if last >= doc.month else doc.year + 1
    else:
        return None
    if before and "cuối " not in {m["qpart"], m["mpart"], m["ypart"]}:
        return date(year, first, 1) - timedelta(days=1)
    return last_day_of_month(year, last)


def _months(m: re.Match[str], doc: date | None) -> tuple[int, int, str | None] | None:
    """Return the first month, the last month and the printed year of a period; None for "quý này" of no known day."""
    if m["quarter"]:
        last = quarter(m["quarter"]) * 3
        return last - 2, last, m["qyear"]
    if m["month"]:
        return int(m["month"]), int(m["month"]), m["myear"]
    if m["half"]:
        count = {"sáu": 6, "chín": 9}.get(m["half"]) or int(m["half"])
        first, last = (1, count) if m["end"] == "đầu" else (13 - count, 12)
        return first, last, m["hyear"]
    if m["this"]:
        return _current(m["this"], doc) if doc else None
    return 1, {"đầu ": 3, "giữa ": 6}.get(m["ypart"], 12), m["year"]


def _current(whole: str, doc: date) -> tuple[int, int, str]:
    """Return the month, quarter or year that ``doc`` is in."""
    quarter_start = (doc.month - 1) // 3 * 3 + 1
    first, last = {"tháng": (doc.month, doc.month), "quý": (quarter_start, quarter_start + 2), "năm": (1, 12)}[whole]
    return first, last, str(doc.year)


def quarter(printed: str) -> int:
    """Return the number of a quarter: "iv", "4"."""
    return _ROMAN.get(printed) or int(printed)


def _month(m: re.Match[str]) -> int:
    """Return the month, or the last one of the quarter, that ``m`` names."""
    return quarter(m["quarter"]) * 3 if m["quarter"] else int(m["month"])
