"""Terms after or before an event: "trong thời hạn 10 ngày làm việc kể từ ngày nhận được hồ sơ", "báo trước 30 ngày"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from math import ceil

from registry.domain.deadlines import term_patterns as p
from registry.domain.deadlines import words
from registry.domain.deadlines.conditions import LONG_UNITS, excluded_term
from registry.domain.deadlines.event_patterns import NEXT_BODY
from registry.domain.deadlines.events import event_end, event_start
from registry.domain.deadlines.text import LARGEST, DeadlineText, Found, number, opens_item, unit_of
from registry.domain.deadlines.values import Deadline, Relative
from registry.domain.workdays import Unit, plain_end

_SHORT = {Unit.day, Unit.working_day, Unit.hour, Unit.working_hour}
# How a sentence states a term: the words that each match has, and the units that are read.
_STATEMENTS = (
    (p.TERM_IS, (" là ",), set(Unit)),
    (p.PROCEDURE, ("thời gian", "thời hạn"), _SHORT),
    (p.CASE_TERM, (": ",), {Unit.day, Unit.working_day}),
    (p.ITEM_TERM, ("làm việc đối với",), {Unit.working_day}))
_LATEST = ("chậm", "muộn")


def relatives(text: DeadlineText) -> Iterator[Found]:
    """Yield the terms that limit a task, with the event they run from where it is said."""
    for m in text.candidates(p.RELATIVE):
        if m["joint"] or m["prior"]:
            yield from _term_of_event(text, m)
        elif m["op"]:
            yield from _term_alone(text, m)
    for pattern, needed, units in _STATEMENTS:
        for m in text.candidates(pattern, *needed):
            if unit_of(m) in units:
                yield from _stated(text, m)
    for m in text.candidates(p.STEP, "làm việc"):
        if _is_step(m, text.before(m.start())):
            yield from _stated(text, m)


def _term(start: int, end: int, op: str, relative: Relative, due: date | None = None) -> Found:
    return Found(start, end, Deadline(0, 0, "", "relative", due, op, relative=relative))


def _op(m: re.Match[str]) -> str:
    """Return the words that bound a term, on one line: "trong thời hạn", "chậm nhất"."""
    return " ".join((m["op"] or "").split())


def _is_step(m: re.Match[str], before: str) -> bool:
    """Tell the time of a step of a procedure: who has it stands before it, or it is in brackets, or a part of a day."""
    if p.SHORTENED.search(before):
        return False
    return "," in m["n"] or "." in m["n"] or before.endswith("(") or p.STEP_OF.match(before) is not None


def _stated(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """Yield a term that a sentence states, and those beside it: "Thời gian thẩm định là 20 ngày đối với …, 15 ngày đối với …"."""
    found: re.Match[str] | None = m
    while found:
        n, unit = number(found["n"]), unit_of(found)
        end = found.end("working") if found["working"] else found.end("unit")
        # One that says what it runs from is read as a term of that event.
        if 0 < n <= LARGEST[unit] and not p.RUNS_FROM.match(text.low, end):
            start = found.start("lead") if "lead" in found.re.groupindex and found["lead"] else found.start("n")
            yield _term(start, end, "within", Relative(n, unit, None))
        found = p.TERM_ALSO.match(text.low, end)


# -- days told by counting on ----------------------------------------------------------------------


def counted_days(text: DeadlineText) -> Iterator[Found]:
    """Yield days told by counting on: "chậm nhất là ngày làm việc tiếp theo", "ngày cuối cùng của tháng thứ 3 kể từ …"."""
    for m in text.candidates(p.NTH, "ngày"):
        op = _op(m)
        if not _is_counted(op, text.before(m.start())):
            continue
        end = event_end(text, m.end(), m.end()) if m["joint"] else m.end()
        event = " ".join(text.plain[m.end():end].split()) or None
        n, unit = (1, Unit.working_day) if m["next"] else (number(m["n"]), Unit.month)
        if 1 <= n <= LARGEST[unit]:
            yield _term(m.start(), end, "within" if op == "trong" else "by", Relative(n, unit, event))


def _is_counted(op: str, before: str) -> bool:
    """Tell a day by which something is due from a choice, a condition, and the rule of what follows a day off."""
    if op in {"trong", "vào"} and before.endswith("hoặc "):  # "trong ngày hoặc trong ngày làm việc tiếp theo"
        return False
    if p.DAY_OFF.search(before) or p.CASE_BEFORE.search(before):
        return False
    return op != "vào" or words.TASK.search(before[-120:]) is not None


# -- terms before an event -------------------------------------------------------------------------


def notices(text: DeadlineText) -> Iterator[Found]:
    """Yield terms that end before an event: "báo trước ít nhất 30 ngày", "trước 20 ngày khi trình"."""
    for m in text.candidates(p.NOTICE, "trước"):
        if _is_notice(text, m):
            end = event_end(text, m.start("event"), m.end()) if m["joint"] else m.end()
            yield from _notice(m, end, text.plain[m.start("event"):end] if m["joint"] else None)


def ahead(text: DeadlineText) -> Iterator[Found]:
    """Yield terms told behind the event they end before: "trước ngày bầu cử 10 ngày"."""
    for m in text.candidates(p.AHEAD_OF, "trước"):
        if unit_of(m) in _SHORT and not p.CLAUSE.search(m["event"]) and not p.DURATION.search(text.before(m.start())):
            yield from _notice(m, m.end(), text.plain[m.start("event"):m.end("event")])


def _is_notice(text: DeadlineText, m: re.Match[str]) -> bool:
    """Tell a notice from an hour ("trước 16 giờ"), an age ("trước 12 tháng tuổi"), and what is fined."""
    before, at_least = text.before(m.start()), m["least"] or m["lowest"]
    if unit_of(m) is Unit.hour and not (m["joint"] or at_least) and number(m["n"]) < 24:
        return False
    if words.OFFENCE.match(before) or p.NOT_NOTICE.match(text.low, m.end()):
        return False
    if m["joint"] and (before.endswith(": ") or opens_item(before)):
        return True
    return bool(at_least or words.TASK.search(before[-160:]))


def _notice(m: re.Match[str], end: int, event: str | None) -> Iterator[Found]:
    relative = Relative(number(m["n"]), unit_of(m), " ".join(event.split()) if event else None, backwards=True)
    if 1 <= relative.n <= LARGEST[relative.unit]:
        yield _term(m.start(), end, "by", relative)


# -- terms of an event -----------------------------------------------------------------------------


def _term_of_event(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """Yield a term with the event that it runs from ("kể từ ngày …"), or that it ends before ("trước ngày …")."""
    op, unit, n, before = _op(m), unit_of(m), number(m["n"]), text.before(m.start())
    if not 0.5 <= n <= LARGEST[unit] or not (_runs_after(m, before, unit) if m["joint"] else _runs_before(m, unit, before)):
        return
    start = event_start(m)
    end = event_end(text, start, m.end())
    event = " ".join(text.plain[start:end].split())
    if not event or p.NO_EVENT.search(event.lower()) or _is_length(op, before):
        return
    due_work = before.endswith("thì ") or (unit in _SHORT and p.RECEIPT.match(event.lower()) is not None)
    latest = bool(m["prior"]) or op.startswith(_LATEST)
    if excluded_term(before, text.low[end:end + 280], unit, latest=latest, due_work=due_work):
        return
    backwards = bool(m["prior"]) or op.startswith("trước")
    due = _due_from_issue(text, event, n, unit) if m["joint"] else None
    bound = "by" if op.startswith((*_LATEST, "trễ")) else "within"
    yield _term(m.start() + _words_before_latest(op), end, bound, Relative(n, unit, event, backwards), due)


def _is_length(op: str, before: str) -> bool:
    """Tell "Giấy phép có thời hạn 05 năm kể từ ngày cấp", and what a word means: "là khoảng thời gian 30 ngày kể từ …"."""
    if op.startswith("thời gian"):
        return before.endswith("khoảng ") and not p.HANDED_IN.search(before)
    return op.startswith("thời hạn") and before.endswith("có ")


def _words_before_latest(op: str) -> int:
    """Return how much of ``op`` stands before "chậm nhất": "trong thời gian chậm nhất 1 ngày" begins with that."""
    latest = p.LATEST_WORDS.search(op)
    return latest.start() if latest and op.startswith(("trong", "thời")) else 0


def _runs_before(m: re.Match[str], unit: Unit, before: str) -> bool:
    """Tell a term before an event ("chậm nhất 01 ngày trước ngày hết hạn") from the age of a paper."""
    short = _op(m).split(" ")[0]
    if not short:  # "gửi thông báo đến Hải quan … 01 ngày làm việc trước ngày dự định xử lý"
        return unit in _SHORT and bool(p.HANDED_IN.search(before))
    if (short in {"trong", "không"} or _op(m).startswith("tối đa")) and unit in LONG_UNITS:
        return False  # "giấy khám sức khỏe được cấp trong thời hạn 06 tháng trước ngày nộp hồ sơ"
    return short in {"trước", "chậm", "muộn", "ít", "không", "trong", "tối", "trễ"}


def _runs_after(m: re.Match[str], before: str, unit: Unit) -> bool:
    """Tell a term after an event from a time of waiting ("sau 03 năm kể từ ngày …")."""
    op, joint = _op(m), " ".join(m["joint"].split()).strip(" ,(")
    if _is_waiting(op, joint, unit):
        return False
    if joint == "khi":
        return op.startswith(("trong vòng", "trong thời", *_LATEST, "không quá"))
    if op:
        return True
    if joint == "sau khi":
        return unit in _SHORT and bool(p.HANDED_IN.search(before))
    if "kể từ" in joint or "tính từ" in joint:
        return unit not in LONG_UNITS or bool(p.TERM_LABEL.search(before))
    # "10 ngày làm việc từ ngày nhận được hồ sơ": a procedure's
    return unit is Unit.working_day and joint in {"từ ngày", "từ khi"} and not m.string[m.end():m.end() + 2].strip().isdigit()


def _is_waiting(op: str, joint: str, unit: Unit) -> bool:
    """Tell a time that must pass, or the first days of a longer one."""
    if op.startswith(("sau", "ít", "tối thiểu")) and op != "sau tối đa":
        return True
    if op.startswith("trước") and not joint.startswith("kể"):
        return True
    if joint.startswith("sau khi") and op.startswith("trong") and unit is Unit.year:
        return True
    # "trong khoảng thời gian 30 ngày đầu kể từ ngày hết thời hạn hưởng chế độ"
    return joint.startswith("đầu") and not op.startswith("trong")


def _due_from_issue(text: DeadlineText, event: str, n: float, unit: Unit) -> date | None:
    """Return the day of a term that runs from the issue of the document itself, if its date is known."""
    if text.doc_date is None or unit in {Unit.hour, Unit.working_hour} or not p.ISSUING.match(event.lower()):
        return None
    return plain_end(text.doc_date, ceil(n), unit)


# -- terms alone -----------------------------------------------------------------------------------


def _term_alone(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """Yield a term whose event is left out: "Trường hợp chưa hợp lệ, trong thời hạn 03 ngày làm việc, Sở yêu cầu…"."""
    op, unit, n = _op(m), unit_of(m), number(m["n"])
    before, after = text.before(m.start()), text.after(m.end(), m.start())
    must = unit in LONG_UNITS and op.startswith("trong") and _someone_must(before, after)
    if not 0.5 <= n <= LARGEST[unit] or not (must or _limits(op, before, unit)):
        return
    latest = op.startswith(_LATEST)
    if not (_surely_ends(op, unit, before, after) or p.AFTER_TERM.match(after)) \
            or excluded_term(before, after, unit, latest=latest, due_work=before.endswith("thì ")):
        return
    ends = unit is Unit.working_day and not after.strip(" .;")  # however far before the verb stands, or in the page before
    if must or ends or _is_item(op, before, unit) or words.TASK.search(before[-120:]) or words.TASK.search(after[:120]):
        yield _term(m.start(), m.end(), "by" if latest else "within", Relative(n, unit, None))
        if also := p.TERM_ALSO.match(text.low, m.end()):
            yield from _stated(text, also)


def _someone_must(before: str, after: str) -> bool:
    """Tell "Trong thời hạn 5 năm, cơ quan, tổ chức … phải hoàn thành việc chỉnh lý tài liệu" from what a case lets follow."""
    if not p.SOMEONE_MUST.match(after):
        return False
    if opens_item(before):
        return True
    # "Trường hợp …, trong thời gian không quá 01 tháng, cơ quan …" is behind its case, "Trường hợp … trong thời hạn 2 năm" in it
    return NEXT_BODY.match(after) is not None and (before.endswith(", ") or not words.CONDITION.search(before))


def _is_item(op: str, before: str, unit: Unit) -> bool:
    """Tell whether the term needs no verb: it opens an item, or stands behind a colon or a case."""
    if before.endswith(": ") or p.CASE_ONLY.fullmatch(before):
        return True
    return unit in _SHORT and not op.startswith("tối") and opens_item(before)


def _surely_ends(op: str, unit: Unit, before: str, after: str) -> bool:
    """Tell whether the words before a term make it a limit, whatever follows."""
    if op.startswith(("chậm nhất", "muộn nhất")) or (unit is Unit.working_day and p.TERM_OP.match(op)):
        return True
    if unit not in _SHORT or not op.startswith(("trong thời", "trong vòng")) or "thiểu" in op:
        return False
    # "lập trong thời gian 60 ngày tính đến ngày …" is an age; "Trong thời hạn 30 ngày tính đến …, người … nộp" is none
    aged = after.startswith(" tính đến") and not opens_item(before)
    return not (aged or p.STRETCH_GOES_ON.match(after) or p.POSTED.search(before))


def _limits(op: str, before: str, unit: Unit) -> bool:
    """Tell whether the words before a term without event make it a limit and no length of time."""
    if p.DURATION.search(before) or p.REWORDED.search(before):
        return False
    if op.startswith("tối đa") and p.FROM_TO.search(before):
        return False
    if unit not in _SHORT:  # "thời hạn giám định tối đa không quá 04 tháng" · "phải lắp đặt chậm nhất sau 02 năm"
        return op.startswith(("chậm nhất", "muộn nhất")) or bool(p.TASK_TERM.search(before))
    if op.startswith("tối thiểu"):  # "phải thông báo tối thiểu 05 ngày làm việc cho doanh nghiệp có liên quan"
        return before.endswith("thông báo ")
    if op in {"trong", "không quá"} and unit is Unit.working_day:
        return True
    if op == "không quá" and (before.endswith(": ") or opens_item(before)):
        return True
    return bool(p.TERM_OP.match(op))
