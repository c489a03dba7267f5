"""Deadlines on a day ("trước ngày 15/6") and at the end of a period ("trong quý II/2021")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from registry.domain import deadline_date_patterns as p
from registry.domain import deadline_period_patterns as period
from registry.domain import deadline_words as words
from registry.domain.deadline_cycles import yearly_lead
from registry.domain.deadline_text import (
    LARGEST,
    DeadlineText,
    Found,
    last_of,
    number,
    of_each_year,
    op_of,
    recurs,
    time_of,
    unit_of,
)
from registry.domain.deadline_values import Deadline, Relative
from registry.domain.workdays import last_day_of_month

_LATE = 1100  # days: consolidated texts repeat orders of some years ago
_LATEST = 3660  # what says "chậm nhất" is an order, however old
_OLDEST = 2000  # where the document's date is unknown, older days are history, not tasks
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def limits(text: DeadlineText) -> Iterator[Found]:
    """Yield the days that limit a task ("trước ngày 15/6", "chậm nhất ngày…"), also those of each year."""
    for m in text.candidates(p.LIMIT):
        month, day = int(m["month"] or m["wmonth"]), int(m["day"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        if not m["word"] and not (m["year"] or m["wyear"]) and (m["until"] or m["on"] or m["sep"] in {".", "-"} or m["by"]):
            continue
        op = op_of(m)
        before = text.before(m.start())
        year = m["year"] or m["wyear"]
        start, end = m.start(), m.end()
        if year is None:
            if p.LAST_YEAR.match(text.low, end) or text.low.startswith(" năm năm ", end) or (
                    (op in {"until", "on"} or (m["before"] or "").startswith("đến")) and m["cycle"] is None
                    and ((words.RANGE_START.search(before) and not p.HANDED_FROM.search(before)) or "số liệu" in before[-60:])):
                continue
            lead = yearly_lead(text, m.start()) if m["cycle"] is None else start
            if m["cycle"] is not None:
                label = words.LABEL.search(before[-60:])
                lead = start - len(label[0]) if label else None
            following = p.NEXT_YEAR.match(text.low, end)
            also = p.NEXT_DAY.match(text.low, end)
            if also and (other := list(of_each_year(also, also.start("words"), also.end(), op))):
                yield from other
                lead = yearly_lead(text, m.start()) if lead is None else lead
                lead = start if lead is None else lead
            if op in {"on", "until"} and p.COUNTED_TO.search(before):
                continue
            if op in {"on", "until"} and p.UNDONE.match(text.low, m.end()):
                continue
            if m["cycle"] == "năm" or lead is not None or following:
                second = p.AND_DAY.match(text.low, m.end()) if m["cycle"] is None else None
                if second:
                    yield from of_each_year(second, second.start("words"), second.end(), op)
                start = start if lead is None else lead
                end = following.end() if following else end
                end = text.closed(start, end)
                yield recurs(start, end, "yearly", 1, op, months=(month,), month_day=day, at=time_of(m))
                continue
        if m["tail"]:
            end = m.start("tail")
        wanted = int(year) if year else text.year_for(month, day)
        if wanted is None:
            continue
        try:
            due = date(wanted, month, day)
        except ValueError:
            continue
        if due.year < _OLDEST or not _is_date_limit(text, op, before, start, end):
            continue
        if text.past(due) and not (year and is_ordered(text, due, before, op)):
            continue
        if op in {"before", "by"}:
            lead_word = p.FINISHING.search(before)
            start -= len(lead_word[0]) if lead_word else 0
        yield Found(start, end, Deadline(0, 0, "", "date", due, op, time_of(m)))


def _is_date_limit(text: DeadlineText, op: str, before: str, start: int, end: int) -> bool:
    if op == "by":
        return True
    if op == "until" and p.WITHIN_FROM.search(before) and words.DOER.match(text.after(end, start)) and words.STRONG_TASK.search(text.after(end, start)[:160]):
        return True
    if op in {"on", "until"} and p.HANDED_FROM.search(before):
        return True
    if words.RANGE_START.search(before) or p.ACCOUNTS_END.search(before):
        return False
    near = before[-90:]
    if op == "before":
        if text.doc_date is None and not words.TASK.search(before) and not before.strip(" -+(").endswith(":"):
            return not before.strip(" -+(")
        effect = p.IN_EFFECT.search(near)  # "ban hành …, bảo đảm có hiệu lực trước ngày …"
        return not effect and not is_conditional(text, start, end)
    if p.IN_FORCE.search(near) or is_conditional(text, start, end) or words.DONE.search(near):
        return False
    if op == "until":
        if not before.strip(" -+•(") and not text.after(end, start).strip(" ./"):
            return True  # an item of "Thời hạn nộp:" in the line before
        return bool(words.TASK.search(before)) and not p.FIGURES.search(near)
    if not before.strip(" -+•(") and p.TO_BE_DONE.match(text.after(end, start)):
        return True
    return bool(p.DUE_ON.search(near))


def is_ordered(text: DeadlineText, due: date, before: str, op: str) -> bool:
    """Tell whether a day before the document's own is still an order: conclusions of a meeting, consolidated texts."""
    return (text.doc_date is not None and op in {"before", "by"} and (text.doc_date - due).days < (_LATEST if op == "by" else _LATE)
            and not words.DONE.search(before) and bool(p.ORDERED.search(before) or (op == "by" and not before.strip(" -+•"))))


def is_conditional(text: DeadlineText, start: int, end: int) -> bool:
    """Tell whether the date limits whom a rule is for, not when something is to be done."""
    before = text.before(start)
    after = text.after(end, start)
    if p.FINISHED.search(before) or (text.low.startswith("xong", start) and not before.endswith("đã ")):
        return False
    if p.IF_THEN.match(after):
        return True
    if p.MADE.search(before) and not words.THEN.search(before):
        return True
    if p.STATE.search(before[-40:]) or p.SERVED.search(before) or p.RULE_FOLLOWS.match(after):
        return True
    entitled = words.ENTITLED.search(before)
    if entitled and not words.STRONG_TASK.search(entitled[0]):
        return True
    if p.MUST.match(after) and words.DONE.search(before):
        return True  # "viên chức đã được tuyển dụng … trước 01 tháng 01 năm 2021 phải chuẩn hóa"
    done = words.DONE.search(before, max(0, len(before) - 70))
    if done and not p.CLAUSE_OR_MUST.search(before[done.end():]):
        return True
    opener = last_of(p.CONDITION, before)
    if opener is not None and p.OF_PEOPLE.match(before[opener.end():]) \
            and not words.STRONG_TASK.search(before[opener.end():]) and not _opens_with_task(before):
        return True
    if opener is None:
        return bool(p.STATE_NEAR.search(before[-30:])
                    and p.STILL.match(after))
    if words.THEN.search(before, opener.end()):
        return False
    if p.THEN_BEHIND.search(after[:160]) and not p.CLAUSE_ENDS.search(before):
        return True  # "Trường hợp khám bệnh trước ngày 01/7/2025 và kết thúc đợt điều trị … thì áp dụng …"
    if p.AFTER_CONDITION.match(after):
        return True
    return bool(words.DONE.search(before, opener.end())) and not words.STRONG_TASK.search(before[-40:])


def _opens_with_task(before: str) -> bool:
    """Tell whether a sentence orders from its first word: "c) Kết thúc hoạt động đối với người …"."""
    sign = words.BULLET.match(before)
    return words.STRONG_TASK.match(before, sign.end() if sign else 0) is not None


def headed(text: DeadlineText) -> Iterator[Found]:
    """Yield what stands after a label: "Thời gian hoàn thành: Quý I/2026", "Thời hạn: 05 ngày"."""
    for latest in text.candidates(period.LATEST, "nhất"):
        due = _day_of(text, latest)
        if due and not text.past(due):
            yield Found(latest.start(), latest.end(), Deadline(0, 0, "", "date", due, "by"))
    for final in text.candidates(period.FINAL_DAY, "hạn cuối", "hạn chót", "hạn nộp", "hạn gửi", "hạn nhận"):
        due = _day_of(text, final)
        if due and (each := period.EACH_YEAR.match(text.low, final.end())):
            yield recurs(final.start("words"), each.end(), "yearly", 1, "by", months=(due.month,), month_day=due.day, at=time_of(final))
        elif due and not text.past(due):
            yield Found(final.start("words"), final.end(), Deadline(0, 0, "", "date", due, "by", time_of(final)))
    for head in text.candidates(period.HEADED, ":"):
        m = period.HEADED_TERM.match(text.low, head.end())
        if m and (m["unit"] in {"ngày", "giờ"} or period.BOUND.match(m[0])):
            unit, n = unit_of(m), number(m["n"])
            if 1 <= n <= LARGEST[unit]:
                yield Found(m.start(), m.end(), Deadline(0, 0, "", "relative", None, "within", relative=Relative(n, unit, None)))
            continue
        m = period.HEADED_RANGE.match(text.low, head.end())
        if m and period.LABEL_OF_END.search(head[0]):
            month = _ROMAN[m["quarter"]] * 3 if m["quarter"] else int(m["month"])
            due = last_day_of_month(int(m["year"]), month) if 1 <= month <= 12 else None
            if due and not text.past(due):
                yield Found(m.start(), m.end(), Deadline(0, 0, "", "period", due, "within"))
            continue
        m = period.HEADED_DAYS.match(text.low, head.end())
        if m and period.LABEL_OF_STRETCH.search(head[0]) and "ủy quyền" not in head[0]:
            due = _day_of(text, m)
            if due and not text.past(due):
                yield Found(m.start(), m.end(), Deadline(0, 0, "", "date", due, "until", time_of(m)))
            continue
        m = period.HEADED_PERIOD.match(text.low, head.end())
        if m and period.PERIOD_ENDS.match(text.low[m.end():m.end() + 10]):
            second = period.HEADED_SECOND.match(text.low, m.end())  # "Quý IV/2025 và Quý I/2026": done when the last is over
            due = _period_end(text, second or m)
            if due and not text.past(due):
                yield Found(m.start(), (second or m).end(), Deadline(0, 0, "", "period", due, "within"))
            continue
        m = period.HEADED_DAY.match(text.low, head.end())
        if m and period.LABEL_OF_DAY.search(head[0]) and not period.RANGE_GOES_ON.match(text.low[m.end():m.end() + 6]):
            due = _day_of(text, m)
            if due and not text.past(due):
                yield Found(m.start(), m.end(), Deadline(0, 0, "", "date", due, "on", time_of(m)))


def _day_of(text: DeadlineText, m: re.Match[str]) -> date | None:
    month, day, year = int(m["month"] or m["wmonth"]), int(m["day"]), m["year"] or m["wyear"]
    if not 1 <= month <= 12:
        return None
    wanted = int(year) if year else text.year_for(month, day)
    try:
        return date(wanted, month, day) if wanted else None
    except ValueError:
        return None


def periods(text: DeadlineText) -> Iterator[Found]:
    """Yield the ends of periods: "trong tháng 6/2021", "hoàn thành trong quý II"."""
    for m in text.candidates(period.YEARLY_QUARTER, "hàng năm,", "hằng năm,", "mỗi năm,"):
        if words.TASK.search(text.after(m.end(), m.start())[:140]):
            yield from _each_year(m.start(), m.end(), _quarter(m) * 3 if m["quarter"] else int(m["month"]), "within")
    for m in text.candidates(period.YEARLY_PART, *(f"{part} {whole}" for part in ("đầu", "giữa", "cuối") for whole in ("tháng", "quý", "quí"))):
        if words.TASK.search(text.before(m.start())) or words.TASK.search(text.after(m.end(), m.start())[:200]):
            yield from _each_year(m.start(), m.end(), _quarter(m) * 3 if m["quarter"] else int(m["month"]), "within")
    for m in text.candidates(period.PERIOD):
        before = text.before(m.start())
        op = "by" if m["by"] else "before" if m["before"] else "until" if m["until"] else "within"
        if m["quarter"] and m["following"]:
            month = _quarter(m) * 3
            yield recurs(m.start(), m.end(), "yearly", 1, op, months=(month,), month_day=31 if month in {3, 12} else 30)
            continue
        yearly = period.EACH_YEAR.match(text.low, m.end())
        if not yearly and not (m["qyear"] or m["myear"]) and (m["quarter"] or m["month"]) and period.YEARLY_BEFORE.search(before):
            yield from _each_year(m.start(), m.end(), _quarter(m) * 3 if m["quarter"] else int(m["month"]), op)
            continue
        if yearly and (m["quarter"] or m["month"]):
            yield from _each_year(m.start(), yearly.end(), _quarter(m) * 3 if m["quarter"] else int(m["month"]), op)
            continue
        due = _period_end(text, m, before=op == "before")
        if due is None or (text.past(due) and not (m["qyear"] or m["myear"] or m["year"]) ):
            continue
        if text.past(due) and not is_ordered(text, due, before, "by"):
            continue
        if _is_period_limit(text, m, op, before):
            yield Found(m.start(), m.end(), Deadline(0, 0, "", "period", due, op))


def _each_year(start: int, end: int, month: int, op: str) -> Iterator[Found]:
    """Yield the end of that month of each year: "chậm nhất tháng 5 hàng năm"."""
    if 1 <= month <= 12:
        last = last_day_of_month(2001, month).day  # a year without 29/2
        yield recurs(start, end, "yearly", 1, op, months=(month,), month_day=last)


def _is_period_limit(text: DeadlineText, m: re.Match[str], op: str, before: str) -> bool:
    after = text.after(m.end(), m.start())
    if words.RANGE_START.search(before) or words.DONE.search(before[-60:]) or before.endswith("tính ") or period.TOLD_OF_PERIOD.match(after):
        return False
    if p.IN_FORCE.search(before[-60:]) or period.PASSED.search(before) or (_is_goal(before) and not m["task"]):
        return False
    if m["task"] or op == "by":
        return True
    if m["year"] and not m["ypart"]:
        head = period.TASK_OF_YEAR.search(before)
        if period.CARRIED_OUT.fullmatch(before):
            return True
        if not before.strip(" -+•(\n") and period.TASK_FOLLOWS.match(after):
            return True
        return bool(head) and not period.OF_THE_YEAR.search(before)
    if words.BODY_ALONE.match(before):
        return True
    if op == "until":  # "Đến cuối năm 2021, hoàn thành kết nối"; "Đến cuối năm 2025, 100% cơ quan …" is a goal
        return not before.strip(" -+•(\n") and bool(p.TO_BE_DONE.match(after)) and "%" not in after[:60]
    if not before.strip(" -+•(\n"):
        return bool(words.STRONG_TASK.search(after[:160]))
    return bool(words.STRONG_TASK.search(before[-170:]) or (words.DOER.search(before) and words.TASK.search(before[-60:])))


def _is_goal(before: str) -> bool:
    """Tell whether what stands before names a figure to be reached, and nothing to be handed in after it."""
    goal = period.GOAL.search(before)
    return goal is not None and not period.HANDED_IN_AFTER.search(goal[0])


def _period_end(text: DeadlineText, m: re.Match[str], *, before: bool = False) -> date | None:
    doc = text.doc_date
    if m["quarter"]:
        months, printed = (_quarter(m) * 3 - 2, _quarter(m) * 3), m["qyear"]
    elif m["month"]:
        months, printed = (int(m["month"]), int(m["month"])), m["myear"]
    elif m["half"]:
        count = {"sáu": 6, "chín": 9}.get(m["half"]) or int(m["half"])
        months, printed = ((1, count) if m["end"] == "đầu" else (13 - count, 12)), m["hyear"]
    elif m["this"]:
        if doc is None:
            return None
        first = {"tháng": doc.month, "quý": (doc.month - 1) // 3 * 3 + 1, "năm": 1}[m["this"]]
        months, printed = (first, {"tháng": first, "quý": first + 2, "năm": 12}[m["this"]]), str(doc.year)
    else:
        months, printed = ((1, 6) if m["ypart"] == "giữa " else (1, 3) if m["ypart"] == "đầu " else (1, 12)), m["year"]
    if not 1 <= months[0] <= 12:
        return None
    if printed:
        year = int(printed)
    elif doc:
        year = doc.year if months[1] >= doc.month else doc.year + 1
    else:
        return None
    if before and "cuối " not in {m["qpart"], m["mpart"], m["ypart"]}:
        return date(year, months[0], 1) - timedelta(days=1)
    return last_day_of_month(year, months[1])


def _quarter(m: re.Match[str]) -> int:
    return _ROMAN.get(m["quarter"]) or int(m["quarter"])
