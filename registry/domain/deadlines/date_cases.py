"""Days that tell whom a rule is for ("hợp đồng ký trước ngày …", "trường hợp … trước ngày …"), not when something is due."""

from __future__ import annotations

from registry.domain.deadlines import words
from registry.domain.deadlines.text import DeadlineText, last_of
from registry.domain.phrases import one_of, spaced

# "xong trước ngày …" is a task whatever else is said; "đã hoàn thành trước ngày …" is not
_FINISHED = spaced(r"(?<!đã )(?:xong|hoàn thành) $")
# trước ngày … nếu không nộp thì bị phạt: what follows from missing or keeping it
_IF_THEN = spaced(" nếu [^;]{3,120} thì ")
# hợp đồng lao động giao kết trước ngày …, tổ hợp tác thành lập trước ngày …
_MADE = spaced(
    r"(?<!\w)(?:hợp đồng|tổ hợp tác|hợp tác xã|doanh nghiệp|dự án|công trình|giấy tờ|tài liệu|giấy phép|trái phiếu|văn bản)(?!\w)"
    "[^;:.]{0,60} (?:giao kết|thành lập|xác nhận|phát hành|ký(?: kết)?|cấp) $")
# "thời gian làm việc trước ngày 01/01/1995", "đất sử dụng trước ngày", "người lao động xuất cảnh trước ngày", "hợp tác xã
# thành lập trước ngày": a state, not a task
_STATE = spaced(one_of(
    r"làm việc|công tác|sử dụng(?: đất)?|loại đất|(?<!\w)ở|trở lên|nghỉ hưu",
    "(?<!đăng ký )tham gia|phát sinh|tồn tại|sinh|(?:xuất|nhập) cảnh|(?<!thủ tục )(?<!việc )thành lập",
    "được (?:cấp|giao|(?:ký|giao) kết(?: và thực hiện)?)") + " $")
# chương trình, dự án đang hoạt động trước ngày …; người sử dụng lao động đang tham gia bảo hiểm trước ngày …
_ONGOING = spaced(r"(?<!\w)đang (?!\w{1,6} khai(?! thác))[^,;:]{2,60}$")
# thời gian đóng bảo hiểm xã hội bắt buộc trước ngày …; tiền lương làm căn cứ đóng … trước ngày …
_SERVED = spaced(
    r"(?<!\w)(?:thời gian|tiền lương|người(?! sử dụng)|mà)(?!\w)(?:(?! phải | có trách nhiệm )[^;:]){0,110}"
    r"(?<!\w)(?:đóng|tham gia|hưởng|công tác|nghỉ việc|trốn đóng) (?:(?! phải )[^;:,]){0,60}$")
# "viên chức đã được tuyển dụng … trước 01 tháng 01 năm 2021 phải chuẩn hóa"
_MUST = spaced(r" phải(?!\w)")
# Between "đã …" and the day: with another clause, or "phải", the day is of something else
_CLAUSE_OR_MUST = spaced(r"[,;]|(?<!\w)phải(?!\w)")
# đối với người tham gia … trước ngày
_OF_PEOPLE = spaced(r" (?:người|hộ|cá nhân|đối tượng|cán bộ)(?!\w)[^,]{0,90}$")
# đã nghỉ hưu trước ngày … nhưng vẫn …
_STATE_NEAR = spaced(r"(?:đã|được|ở|về|trở về|hưu|ký kết|ký)(?: \w{1,8}){0,2} ?$")
_STILL = spaced(" (?:nhưng|được tiếp|vẫn)")
# "Trường hợp khám bệnh trước ngày 01/7/2025 và kết thúc đợt điều trị … thì áp dụng …"
_THEN_BEHIND = spaced(" thì ")
_CLAUSE_ENDS = spaced("[,:] $")
# How a case goes on behind its day: "mà chưa được cấp", "thì tiếp tục"
_AFTER_CONDITION = spaced(
    r"[ ,)]{0,3}(?:mà|thì|nhưng|được|vẫn|tiếp tục|chưa|không|đang|đã|có đủ|phù hợp|theo quy định của luật)(?!\w)")


def is_conditional(text: DeadlineText, start: int, end: int) -> bool:
    """Tell whether the date limits whom a rule is for, not when something is to be done."""
    before, after = text.before(start), text.after(end, start)
    if _FINISHED.search(before) or (text.low.startswith("xong", start) and not before.endswith("đã ")):
        return False
    if _IF_THEN.match(after) or _is_state(before, after) or _was_done(before, after):
        return True
    opener = last_of(words.CONDITION, before)
    if opener is None:
        return bool(_STATE_NEAR.search(before[-30:]) and _STILL.match(after))
    return _under_condition(before, after, opener.end())


def _is_state(before: str, after: str) -> bool:
    """Tell how something was until that day: a contract made, land in use, years of service, a pension."""
    if _MADE.search(before) and not words.THEN.search(before):
        return True
    if _STATE.search(before[-40:]) or _SERVED.search(before) or words.RULE_FOLLOWS.match(after):
        return True
    ongoing = _ONGOING.search(before)
    if ongoing and not words.STRONG_TASK.search(ongoing[0]) and not words.THEN.search(ongoing[0]):
        return True
    entitled = words.ENTITLED.search(before)
    return entitled is not None and not words.STRONG_TASK.search(entitled[0])


def _was_done(before: str, after: str) -> bool:
    """Tell that something was done by that day: "viên chức đã được tuyển dụng … trước 01 tháng 01 năm 2021 phải chuẩn hóa"."""
    if _MUST.match(after) and words.DONE.search(before):
        return True
    done = words.DONE.search(before, max(0, len(before) - 70))
    return done is not None and not _CLAUSE_OR_MUST.search(before[done.end():])


def _under_condition(before: str, after: str, opened: int) -> bool:
    """Tell whether the condition whose first words ("trường hợp", "đối với") end at ``opened`` holds the day."""
    said = before[opened:]
    if _OF_PEOPLE.match(said) and not words.STRONG_TASK.search(said) and not _opens_with_task(before):
        return True
    if words.THEN.search(before, opened):
        return False
    if _AFTER_CONDITION.match(after) or (_THEN_BEHIND.search(after[:160]) and not _CLAUSE_ENDS.search(before)):
        return True
    return bool(words.DONE.search(before, opened)) and not words.STRONG_TASK.search(before[-40:])


def _opens_with_task(before: str) -> bool:
    """Tell whether a sentence orders from its first word: "c) Kết thúc hoạt động đối với người …"."""
    sign = words.BULLET.match(before)
    return words.STRONG_TASK.match(before, sign.end() if sign else 0) is not None
