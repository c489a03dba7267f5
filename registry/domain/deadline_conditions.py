"""What looks like a term (thời hạn) and is none: conditions, bans, and how long a right or a measure lasts."""

from __future__ import annotations

import re

from registry.domain import deadline_patterns as p
from registry.domain.workdays import Unit

LONG_UNITS = {Unit.month, Unit.year}  # rights, bans and the age of papers are counted in these

# hết thời hạn 12 tháng · nếu trong thời hạn 5 ngày · có hiệu lực sau 45 ngày
_LED_IN = re.compile(r"(?:mà|nếu|(?<!được )quá|sau|(?<!đến )hết|trường\shợp|có\shiệu\slực(?:\sthi\shành)?(?:\ssau)?)\s$")
_THEN_PASSIVE = re.compile(r"(?:thì|mà)\s(?:bị|được|vẫn|không)")
# trong vòng 01 năm kể từ ngày được cấp mà nhà cung cấp không triển khai
_LEFT_UNDONE = re.compile(r"\smà\s(?:[^,;]{0,60}\s(?:không|chưa|vẫn)\s|[^;]{3,160}\sthì\s)")
# không được cấp giấy phép trong thời hạn 05 năm
_BAN = re.compile(r"(?<!\w)không\s(?:được\s[^;]{0,100}|cấp\s[^,;]{0,160}|[^,;]{0,60})$|^\W*không\s[^;]{0,200}$")
_AT_MOST = re.compile(r"(?<!\w)không\squá\s$")
# Trong vòng 12 tháng kể từ khi tốt nghiệp, ít nhất 80% người học có việc làm
_SHARE = re.compile(r"[\s,]{1,2}(?:có\s)?(?:ít\snhất|trên|tối\sthiểu|tỷ\slệ)\s[^;,]{0,20}%")
# a) Có thời gian hoạt động không quá 05 năm kể từ ngày …
_AGE = re.compile(r"(?<!\w)(?:có|thời\sgian)\s(?:thời\sgian\s)?(?:hoạt\sđộng|thành\slập|công\stác|kinh\snghiệm)(?!\w)[^,;:]{0,40}$")
_EXCEPT = re.compile(r"(?<!\w)trừ\strường\shợp[^,;:)]*$")
_VALID = re.compile(r"(?:có\s(?:giá\strị|thời\shạn)|(?<!chấm\sdứt\s)hiệu\slực|thời\shạn\ssử\sdụng|giá\strị\ssử\sdụng)[^,;:]{0,30}$")
_VALID_FOR = re.compile(r"thời\shạn\s(?:hiệu\slực|sử\sdụng|có\shiệu\slực)(?!\w)[^;:]*$")


def excluded_term(before: str, after: str, unit: Unit, *, latest: bool = False, due_work: bool = False) -> bool:
    """Tell a condition, a ban or a lasting right from a term in which something is to be done.

    ``before`` and ``after`` are the sentence around the term, in lower case. ``latest``: the term says "chậm
    nhất", which none of them does; ``due_work``: it follows a "thì" or runs from the receipt of papers, as work
    on them does.
    """
    due_work = due_work or latest
    if _is_condition(before, after, unit, latest=latest, due_work=due_work):
        return True
    if unit in LONG_UNITS and _is_long_condition(before, after):
        return True
    return _lasts(before, after, unit, due_work=due_work)


def _is_condition(before: str, after: str, unit: Unit, *, latest: bool, due_work: bool) -> bool:
    """Tell whether the sentence says what follows if the term is kept or not, or fines who misses it."""
    if _LED_IN.search(before) or _THEN_PASSIVE.search(after[:70]) or _EXCEPT.search(before):
        return True
    if p.WHETHER.search(before) or p.OFFENCE.match(before):
        return True
    if not latest and p.REPEATED.match(after) and not (unit not in LONG_UNITS and p.IF_FIT.match(after)):
        return True
    return bool(p.NOT_DONE.search(before) and (re.match(r"\s?,?\s?thì(?!\w)", after) or (not due_work and p.DOER.match(after))))


def _is_long_condition(before: str, after: str) -> bool:
    """Tell whether months or years are those of a ban, a permission or a quality asked for."""
    if _LEFT_UNDONE.match(after) or p.PERMITTED.search(before) or p.CRITERION.match(before) or _SHARE.match(after):
        return True
    if (ban := p.BAN_BEHIND.match(after)) and not p.THEN.search(ban[0]):
        return True
    return bool(p.LASTS.search(before) or _AGE.search(before) or (_BAN.search(before) and not _AT_MOST.search(before)))


def _lasts(before: str, after: str, unit: Unit, *, due_work: bool) -> bool:
    """Tell whether the term is how long a right, a measure or a paper lasts."""
    if not due_work and p.LASTING.search(before):
        return True
    if after.startswith(" phải "):
        return False
    return bool(_VALID.search(before[-60:]) or (unit in LONG_UNITS and _VALID_FOR.search(before)))
