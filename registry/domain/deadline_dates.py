"""Deadlines on a day: "trước ngày 15/6", "chậm nhất ngày 30/6/2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from registry.domain import deadline_date_patterns as p
from registry.domain import deadline_words as words
from registry.domain.deadline_text import DeadlineText, Found, last_of, op_of, time_of
from registry.domain.deadline_values import Deadline
from registry.domain.deadline_year_days import year_days

_LATE = 1100  # days: consolidated texts repeat orders of some years ago
_LATEST = 3660  # what says "chậm nhất" is an order, however old
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
    """Tell whether a day before the document's own is still an order: conclusions of a meeting, consolidated texts."""
    if text.doc_date is None or op not in {"before", "by"} or words.DONE.search(before):
        return False
    if (text.doc_date - due).days >= (_LATEST if op == "by" else _LATE):
        return False
    return bool(p.ORDERED.search(before) or (op == "by" and not before.strip(" -+•")))


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
    if p.IN_FORCE.search(near) or _is_conditional(text, start, end) or words.DONE.search(near):
        return False
    return (_limits_until if op == "until" else _limits_on)(before, text.after(end, start))


def _runs_until(before: str, after: str) -> bool:
    """Tell a stretch in which someone has work: "Trong thời gian từ ngày … đến hết ngày …, người sử dụng lao động nộp"."""
    return bool(p.WITHIN_FROM.search(before) and words.DOER.match(after) and words.STRONG_TASK.search(after[:160]))


def _limits_before(text: DeadlineText, before: str, start: int, end: int) -> bool:
    """Tell "trước ngày …" of a task from the day that a law takes effect and from whom a rule is for."""
    opening = before.strip(" -+(")
    if text.doc_date is None and not words.TASK.search(before) and not opening.endswith(":"):
        return not opening
    return not p.IN_EFFECT.search(before[-90:]) and not _is_conditional(text, start, end)


def _limits_until(before: str, after: str) -> bool:
    """Tell "đến hết ngày …" of a task from the day up to which figures are counted."""
    if not before.strip(" -+•(") and not after.strip(" ./"):
        return True  # an item of "Thời hạn nộp:" in the line before
    return bool(words.TASK.search(before)) and not p.FIGURES.search(before[-90:])


def _limits_on(before: str, after: str) -> bool:
    """Tell "vào ngày …", "trong ngày …" of what is handed in from the day on which something happens."""
    if not before.strip(" -+•(") and p.TO_BE_DONE.match(after):
        return True
    return bool(p.DUE_ON.search(before[-90:]))


# -- whom a rule is for ----------------------------------------------------------------------------


def _is_conditional(text: DeadlineText, start: int, end: int) -> bool:
    """Tell whether the date limits whom a rule is for, not when something is to be done."""
    before, after = text.before(start), text.after(end, start)
    if p.FINISHED.search(before) or (text.low.startswith("xong", start) and not before.endswith("đã ")):
        return False
    if p.IF_THEN.match(after) or _is_state(before, after) or _was_done(before, after):
        return True
    opener = last_of(p.CONDITION, before)
    if opener is None:
        return bool(p.STATE_NEAR.search(before[-30:]) and p.STILL.match(after))
    return _under_condition(before, after, opener.end())


def _is_state(before: str, after: str) -> bool:
    """Tell how something was until that day: a contract made, land in use, years of service, a pension."""
    if p.MADE.search(before) and not words.THEN.search(before):
        return True
    if p.STATE.search(before[-40:]) or p.SERVED.search(before) or p.RULE_FOLLOWS.match(after):
        return True
    entitled = words.ENTITLED.search(before)
    return entitled is not None and not words.STRONG_TASK.search(entitled[0])


def _was_done(before: str, after: str) -> bool:
    """Tell that something was done by that day: "viên chức đã được tuyển dụng … trước 01 tháng 01 năm 2021 phải chuẩn hóa"."""
    if p.MUST.match(after) and words.DONE.search(before):
        return True
    done = words.DONE.search(before, max(0, len(before) - 70))
    return done is not None and not p.CLAUSE_OR_MUST.search(before[done.end():])


def _under_condition(before: str, after: str, opened: int) -> bool:
    """Tell whether the condition whose first words ("trường hợp", "đối với") end at ``opened`` holds the day."""
    said = before[opened:]
    if p.OF_PEOPLE.match(said) and not words.STRONG_TASK.search(said) and not _opens_with_task(before):
        return True
    if words.THEN.search(before, opened):
        return False
    if p.AFTER_CONDITION.match(after) or (p.THEN_BEHIND.search(after[:160]) and not p.CLAUSE_ENDS.search(before)):
        return True
    return bool(words.DONE.search(before, opened)) and not words.STRONG_TASK.search(before[-40:])


def _opens_with_task(before: str) -> bool:
    """Tell whether a sentence orders from its first word: "c) Kết thúc hoạt động đối với người …"."""
    sign = words.BULLET.match(before)
    return words.STRONG_TASK.match(before, sign.end() if sign else 0) is not None
