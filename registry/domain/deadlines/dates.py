"""Deadlines on a day: "trước ngày 15/6", "chậm nhất ngày 30/6/2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from registry.domain.deadlines import date_patterns as p
from registry.domain.deadlines import words
from registry.domain.deadlines.date_cases import is_conditional
from registry.domain.deadlines.text import DeadlineText, Found, op_of, opens_item, time_of
from registry.domain.deadlines.values import Deadline
from registry.domain.deadlines.year_days import year_days

_LATE = 1100  # days: consolidated texts repeat orders of some years ago
_LATEST = 3660  # a period with its year is an order, even of many years ago
_OLDEST = 2000  # where the document's date is unknown, older days are history, not tasks


def limits(text: DeadlineText) -> Iterator[Found]:
    """Yield the days that limit a task ("trước ngày 15/6", "chậm nhất ngày…"), also those of each year."""
    for m in text.candidates(p.LIMIT):
        if not _is_day(m):
            continue
        yearly = None if m["year"] or m["wyear"] else year_days(text, m)
        yield from _one_day(text, m) if yearly is None else yearly


def _is_day(m: re.Match[str]) -> bool:
    """Tell a day from other numbers: with no "ngày" and no year, only "trước 15/6" and "trước 15 tháng 6" are days."""
    if not (1 <= int(m["month"] or m["wmonth"]) <= 12 and 1 <= int(m["day"]) <= 31):
        return False
    surely = m["word"] or m["year"] or m["wyear"]
    return bool(surely) or not (m["until"] or m["on"] or m["by"] or m["sep"] in {".", "-"})


def _one_day(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """Yield the day of one year that ``m`` is, if it limits a task."""
    op, before, start = op_of(m), text.before(m.start()), m.start()
    end = m.start("tail") if m["tail"] else m.end()
    due = text.day_of(m)
    if due is None or due.year < _OLDEST or not _is_date_limit(text, op, before, start, end):
        return
    if text.past(due) and not ((m["year"] or m["wyear"]) and is_ordered(text, due, before, op)):
        return
    finishing = p.FINISHING.search(before) if op in {"before", "by"} else None
    start -= len(finishing[0]) if finishing else 0
    yield Found(start, end, Deadline(0, 0, "", "date", due, op, time_of(m)))


def is_ordered(text: DeadlineText, due: date, before: str, op: str) -> bool:
    """Tell whether a day before the document's own is still an order: conclusions of a meeting, consolidated texts.

    ``op`` is that of the day, or "within" for a period, however that is bound.
    """
    if text.doc_date is None or words.DONE.search(before):
        return False
    if op == "by":
        return True
    age, ordered = (text.doc_date - due).days, p.ORDERED.search(before) is not None
    if op == "within":
        return age < _LATEST and (ordered or opens_item(before))
    # "nhưng phải hoàn thành trước ngày 01/7/2017" orders more surely than a verb alone
    return op == "before" and ordered and age < (_LATEST if p.MUST_FINISH.search(before) else _LATE)


# -- whether the day limits a task -----------------------------------------------------------------


def _is_date_limit(text: DeadlineText, op: str, before: str, start: int, end: int) -> bool:
    """Tell whether something is to be done by the day; "chậm nhất" always says so, "đến", "vào" and "trước" do not."""
    if op == "by":
        return True
    if op in {"on", "until"} and p.HANDED_FROM.search(before):
        return True
    if op == "until" and _runs_until(before, text.after(end, start)):
        return True
    if words.RANGE_START.search(before) or p.ACCOUNTS_END.search(before):
        return False
    if op == "before":
        return _limits_before(text, before, start, end)
    near = before[-90:]
    if p.IN_FORCE.search(near) or is_conditional(text, start, end) or words.DONE.search(near):
        return False
    return (_limits_until if op == "until" else _limits_on)(before, text.after(end, start))


def _runs_until(before: str, after: str) -> bool:
    """Tell a stretch in which someone has work: "Trong thời gian từ ngày … đến hết ngày …, người sử dụng lao động nộp"."""
    return bool(p.WITHIN_FROM.search(before) and words.DOER.match(after) and words.STRONG_TASK.search(after[:160]))


def _limits_before(text: DeadlineText, before: str, start: int, end: int) -> bool:
    """Tell "trước ngày …" of a task from the day that a law takes effect and from whom a rule is for."""
    if text.doc_date is None and not words.TASK.search(before) and not before.rstrip(" -+•(\n").endswith(":"):
        return opens_item(before)
    return not p.IN_EFFECT.search(before[-90:]) and not is_conditional(text, start, end)


def _limits_until(before: str, after: str) -> bool:
    """Tell "đến hết ngày …" of a task from the day up to which figures are counted."""
    if opens_item(before) and not after.strip(" ./"):
        return True  # an item of "Thời hạn nộp:" in the line before
    return bool(words.TASK.search(before)) and not p.FIGURES.search(before[-90:])


def _limits_on(before: str, after: str) -> bool:
    """Tell "vào ngày …", "trong ngày …" of what is handed in from the day on which something happens."""
    if opens_item(before) and p.TO_BE_DONE.match(after):
        return True
    return bool(p.DUE_ON.search(before[-90:]))
