"""What looks like a term (thời hạn) and is none: conditions, bans, and how long a right or a measure lasts."""

from __future__ import annotations

from registry.domain.deadlines import condition_patterns as p
from registry.domain.deadlines import words
from registry.domain.workdays import Unit

LONG_UNITS = {Unit.month, Unit.year}  # rights, bans and the age of papers are counted in these


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
    return not latest and _lasts(before, after, unit, due_work=due_work)


def _is_condition(before: str, after: str, unit: Unit, *, latest: bool, due_work: bool) -> bool:
    """Tell whether the sentence says what follows if the term is kept or not, or fines who misses it."""
    if p.LED_IN.search(before) or p.THEN_PASSIVE.search(after[:70]) or p.EXCEPT.search(before):
        return True
    if words.OFFENCE.match(before) or p.STILL_UNDONE.search(before):
        return True
    if not latest and (p.WHETHER.search(before) or p.LEFT_UNDONE.match(after)):
        return True
    if not latest and p.REPEATED.match(after) and not (unit not in LONG_UNITS and p.IF_FIT.match(after)):
        return True
    return bool(p.NOT_DONE.search(before) and (p.NOT_DONE_THEN.match(after) or (not due_work and words.DOER.match(after))))


def _is_long_condition(before: str, after: str) -> bool:
    """Tell whether months or years are those of a ban, a permission or a quality asked for."""
    if before.endswith("(") or p.SHARE_BEFORE.search(before):  # "hộ mới thoát nghèo (trong vòng 36 tháng, kể từ khi được công nhận)": who is meant
        return True
    if p.CASE_THEN.match(after) or p.PERMITTED.search(before) or p.CRITERION.match(before) or p.SHARE.match(after):
        return True
    if (ban := p.BAN_BEHIND.match(after)) and not words.THEN.search(ban[0]):
        return True
    return bool(p.LASTS.search(before) or p.AGE.search(before) or (p.BAN.search(before) and not p.AT_MOST.search(before)))


def _lasts(before: str, after: str, unit: Unit, *, due_work: bool) -> bool:
    """Tell whether the term is how long a right, a measure or a paper lasts."""
    if not due_work and p.LASTING.search(before):
        return True
    if after.startswith(" phải "):
        return False
    return bool(p.VALID.search(before[-60:]) or (unit in LONG_UNITS and p.VALID_FOR.search(before)))
