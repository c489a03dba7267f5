"""Deadlines behind a label: "Thời gian hoàn thành: Quý I/2026", "Thời hạn: 05 ngày", "Hạn cuối: 30/9/2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from registry.domain.deadlines import period_patterns as p
from registry.domain.deadlines.periods import period_end, quarter
from registry.domain.deadlines.text import LARGEST, DeadlineText, Found, number, recurs, time_of, unit_of
from registry.domain.deadlines.values import Deadline, Relative
from registry.domain.workdays import last_day_of_month


def headed(text: DeadlineText) -> Iterator[Found]:
    """Yield what stands after a label: "Thời gian hoàn thành: Quý I/2026", "Thời hạn: 05 ngày"."""
    for latest in text.candidates(p.LATEST, "nhất"):
        yield from _to_come(text, latest.start(), latest.end(), "date", text.day_of(latest), "by")
    for final in text.candidates(p.FINAL_DAY, "hạn cuối", "hạn chót", "hạn nộp", "hạn gửi", "hạn nhận"):
        yield from _final_day(text, final)
    for head in text.candidates(p.HEADED, ":"):
        yield from next((found for kind in _KINDS if (found := kind(text, head)) is not None), ())


def _to_come(text: DeadlineText, start: int, end: int, kind: str, due: date | None, op: str, at: time | None = None) -> list[Found]:
    """Return the deadline, unless there is no such day or it was over when the document was issued."""
    return [Found(start, end, Deadline(0, 0, "", kind, due, op, at))] if due and not text.past(due) else []


def _final_day(text: DeadlineText, m: re.Match[str]) -> list[Found]:
    """Return the day of "Hạn cuối nhận bài dự thi: 30/9/2021", which may be one of each year."""
    due, start, at = text.day_of(m), m.start("words"), time_of(m)
    each = p.EACH_YEAR.match(text.low, m.end())
    if due and each:
        return [recurs(start, each.end(), "yearly", 1, "by", months=(due.month,), month_day=due.day, at=at)]
    return _to_come(text, start, m.end(), "date", due, "by", at)


# -- what may stand behind the colon ---------------------------------------------------------------
# Each returns what it finds there, and None where something else stands.


def _term(text: DeadlineText, head: re.Match[str]) -> list[Found] | None:
    """Read "Thời hạn giải quyết: 05 ngày làm việc", "Thời hạn: không quá 2 tháng"."""
    m = p.HEADED_TERM.match(text.low, head.end())
    if m is None or not (m["unit"] in {"ngày", "giờ"} or p.BOUND.match(m[0])):
        return None
    unit, n = unit_of(m), number(m["n"])
    if not 1 <= n <= LARGEST[unit]:
        return []
    return [Found(m.start(), m.end(), Deadline(0, 0, "", "relative", None, "within", relative=Relative(n, unit, None)))]


def _months(text: DeadlineText, head: re.Match[str]) -> list[Found] | None:
    """Read "Thời gian hoàn thành: Tháng 11 - 12/2025"."""
    m = p.HEADED_RANGE.match(text.low, head.end())
    if m is None or not p.LABEL_OF_END.search(head[0]):
        return None
    month = quarter(m["quarter"]) * 3 if m["quarter"] else int(m["month"])
    due = last_day_of_month(int(m["year"]), month) if 1 <= month <= 12 else None
    return _to_come(text, m.start(), m.end(), "period", due, "within")


def _stretch(text: DeadlineText, head: re.Match[str]) -> list[Found] | None:
    """Read "Thời hạn hoàn thành: Từ ngày 01/01/2026 đến ngày 31/3/2026"."""
    m = p.HEADED_DAYS.match(text.low, head.end())
    if m is None or not p.LABEL_OF_STRETCH.search(head[0]):
        return None
    return _to_come(text, m.start("last"), m.end(), "date", text.day_of(m), "until", time_of(m))


def _period(text: DeadlineText, head: re.Match[str]) -> list[Found] | None:
    """Read "Thời gian: Quý I/2026", also "Quý IV/2025 và Quý I/2026": done when the last is over."""
    m = p.HEADED_PERIOD.match(text.low, head.end())
    if m is None or not p.PERIOD_ENDS.match(text.low[m.end():m.end() + 10]):
        return None
    last = p.HEADED_SECOND.match(text.low, m.end()) or m
    return _to_come(text, m.start(), last.end(), "period", period_end(text, last), "within")


def _day(text: DeadlineText, head: re.Match[str]) -> list[Found] | None:
    """Read "Hạn nộp: 17 giờ ngày 15/8/2021"."""
    m = p.HEADED_DAY.match(text.low, head.end())
    if m is None or not p.LABEL_OF_DAY.search(head[0]) or p.RANGE_GOES_ON.match(text.low[m.end():m.end() + 6]):
        return None
    return _to_come(text, m.start(), m.end(), "date", text.day_of(m), "on", time_of(m))


# The first that is there counts: "Tháng 11 - 12/2025" is also a month with something behind it.
_KINDS = (_term, _months, _stretch, _period, _day)
