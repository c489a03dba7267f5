"""Days that tell whom a rule is for ("hợp đồng ký trước ngày …", "trường hợp … trước ngày …"), not when something is due."""

from __future__ import annotations

from registry.domain.deadlines import date_patterns as p
from registry.domain.deadlines import words
from registry.domain.deadlines.text import DeadlineText, last_of


def is_conditional(text: DeadlineText, start: int, end: int) -> bool:
    """Tell whether the date limits whom a rule is for, not when something is to be done."""
    before, after = text.before(start), text.after(end, start)
    if p.FINISHED.search(before) or (text.low.startswith("xong", start) and not before.endswith("đã ")):
        return False
    if p.IF_THEN.match(after) or _is_state(before, after) or _was_done(before, after):
        return True
    opener = last_of(words.CONDITION, before)
    if opener is None:
        return bool(p.STATE_NEAR.search(before[-30:]) and p.STILL.match(after))
    return _under_condition(before, after, opener.end())


def _is_state(before: str, after: str) -> bool:
    """Tell how something was until that day: a contract made, land in use, years of service, a pension."""
    if p.MADE.search(before) and not words.THEN.search(before):
        return True
    if p.STATE.search(before[-40:]) or p.SERVED.search(before) or words.RULE_FOLLOWS.match(after):
        return True
    ongoing = p.ONGOING.search(before)
    if ongoing and not words.STRONG_TASK.search(ongoing[0]) and not words.THEN.search(ongoing[0]):
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
