"""Terms after an event: "trong thời hạn 10 ngày làm việc kể từ ngày nhận được hồ sơ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from math import ceil

from registry.domain import deadline_event_patterns as event_p
from registry.domain import deadline_term_patterns as p
from registry.domain import deadline_words as words
from registry.domain.deadline_conditions import LONG_UNITS, excluded_term
from registry.domain.deadline_text import LARGEST, DeadlineText, Found, number, unit_of
from registry.domain.deadline_values import Deadline, Relative
from registry.domain.workdays import Unit, plain_end

_SHORT = {Unit.day, Unit.working_day, Unit.hour, Unit.working_hour}


def relatives(text: DeadlineText) -> Iterator[Found]:
    """Yield the terms that limit a task, with the event they run from where it is said."""
    for m in text.candidates(p.RELATIVE):
        if m["joint"] or m["prior"]:
            yield from _term_of_event(text, m)
        elif m["op"]:
            yield from _term_alone(text, m)
    for m in text.candidates(p.TERM_IS, " là "):
        yield from _stated(text, m)
    for m in text.candidates(p.PROCEDURE, "thời gian", "thời hạn"):
        if unit_of(m) in _SHORT:
            yield from _stated(text, m)
    for m in text.candidates(p.CASE_TERM, ": "):
        if unit_of(m) in {Unit.day, Unit.working_day}:
            yield from _stated(text, m)
    for m in text.candidates(p.ITEM_TERM, "làm việc đối với"):
        if unit_of(m) is Unit.working_day:
            yield from _stated(text, m)


def _stated(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """Yield a term that a sentence states, and those beside it: "Thời gian thẩm định là 20 ngày đối với …, 15 ngày đối với …"."""
    found: re.Match[str] | None = m
    while found:
        n, unit = number(found["n"]), unit_of(found)
        end = found.end("working") if found["working"] else found.end("unit")
        # One that says what it runs from is read as a term of that event.
        if 1 <= n <= LARGEST[unit] and not p.RUNS_FROM.match(text.low[end:end + 12]):
            start = found.start("lead") if "lead" in found.re.groupindex and found["lead"] else found.start("n")
            yield Found(start, end, Deadline(0, 0, "", "relative", None, "within", relative=Relative(n, unit, None)))
        found = p.TERM_ALSO.match(text.low, end)


def counted_days(text: DeadlineText) -> Iterator[Found]:
    """Yield days told by counting on: "chậm nhất là ngày làm việc tiếp theo", "ngày cuối cùng của tháng thứ 3 kể từ …"."""
    for m in text.candidates(p.NTH, "ngày"):
        before, op = text.before(m.start()), _op(m)
        choice = op in {"trong", "vào"} and before.endswith("hoặc ")  # "trong ngày hoặc trong ngày làm việc tiếp theo"
        if choice or p.DAY_OFF.search(before) or p.CASE_BEFORE.search(before) or (op == "vào" and not words.TASK.search(before[-120:])):
            continue
        end = _event_end(text, m.end(), m.end()) if m["joint"] else m.end()
        event = " ".join(text.plain[m.end():end].split()) or None
        n, unit = (1, Unit.working_day) if m["next"] else (number(m["n"]), Unit.month)
        if 1 <= n <= LARGEST[unit]:
            yield Found(m.start(), end, Deadline(0, 0, "", "relative", None, "within" if op == "trong" else "by",
                                                 relative=Relative(n, unit, event)))


def _op(m: re.Match[str]) -> str:
    """Return the words that bound a term, on one line: "trong thời hạn", "chậm nhất"."""
    return " ".join((m["op"] or "").split())


def notices(text: DeadlineText) -> Iterator[Found]:
    """Yield terms that end before an event: "báo trước ít nhất 30 ngày", "trước khi trình 20 ngày"."""
    for m in text.candidates(p.NOTICE, "trước"):
        before = text.before(m.start())
        if unit_of(m) is Unit.hour and not (m["joint"] or m["least"] or m["lowest"]) and number(m["n"]) < 24:
            continue  # "trước 16 giờ": the clock
        if not words.OFFENCE.match(before) and (m["least"] or m["lowest"] or words.TASK.search(before[-160:])) and not p.NOT_NOTICE.match(text.low, m.end()):
            end = _event_end(text, m.start("event"), m.end()) if m["joint"] else m.end()
            yield from _notice(m, end, text.plain[m.start("event"):end] if m["joint"] else None)
    for m in text.candidates(p.AHEAD_OF, "trước"):
        if unit_of(m) in _SHORT and not p.CLAUSE.search(m["event"]) and not p.DURATION.search(text.before(m.start())):
            yield from _notice(m, m.end(), text.plain[m.start("event"):m.end("event")])


def _notice(m: re.Match[str], end: int, event: str | None) -> Iterator[Found]:
    relative = Relative(number(m["n"]), unit_of(m), " ".join(event.split()) if event else None, backwards=True)
    if 1 <= relative.n <= LARGEST[relative.unit]:
        yield Found(m.start(), end, Deadline(0, 0, "", "relative", None, "by", relative=relative))


def _term_of_event(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    op, unit, n = _op(m), unit_of(m), number(m["n"])
    before = text.before(m.start())
    if not 0.5 <= n <= LARGEST[unit] or not (_runs_after(m, before, unit) if m["joint"] else _runs_before(m, unit, before)):
        return
    event_start = _event_start(m)
    event_end = _event_end(text, event_start, m.end())
    event = " ".join(text.plain[event_start:event_end].split())
    if op.startswith("thời hạn") and before.endswith("có "):
        return  # "Giấy phép có thời hạn 05 năm kể từ ngày cấp"
    if not event or p.NO_EVENT.search(event.lower()) or p.EXAMPLE.match(before):
        return
    due_work = before.endswith("thì ") or (unit in _SHORT and p.RECEIPT.match(event.lower()) is not None)
    if excluded_term(before, text.low[event_end:event_end + 280], unit, latest=bool(m["prior"]) or op.startswith(("chậm", "muộn")),
                      due_work=due_work):
        return
    start = m.start()
    latest = p.LATEST_WORDS.search(op)
    if latest and op.startswith(("trong", "thời")):  # "trong thời gian chậm nhất 1 ngày kể từ …" begins with "chậm nhất"
        start += latest.start()
    backwards = bool(m["prior"]) or op.startswith("trước")
    due = _due_from_issue(text, event, n, unit) if m["joint"] else None
    yield Found(start, event_end, Deadline(
        0, 0, "", "relative", due, "by" if op.startswith(("chậm", "muộn", "trễ")) else "within",
        relative=Relative(n, unit, event, backwards)))


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
    if (op.startswith(("sau", "ít", "tối thiểu")) and op != "sau tối đa") or (op.startswith("trước") and not joint.startswith("kể")):
        return False
    if joint.startswith("sau khi") and op.startswith("trong") and unit is Unit.year:
        return False
    if joint.startswith("đầu") and not op.startswith("trong"):
        return False  # "trong khoảng thời gian 30 ngày đầu kể từ ngày hết thời hạn hưởng chế độ"
    if op:
        return True
    if "kể từ" not in joint and "tính từ" not in joint:  # "10 ngày làm việc từ ngày nhận được hồ sơ": a procedure's
        if joint == "sau khi":
            return unit in _SHORT and bool(p.HANDED_IN.search(before))
        return unit is Unit.working_day and joint in {"từ ngày", "từ khi"} and not m.string[m.end():m.end() + 2].strip().isdigit()
    return unit not in LONG_UNITS or bool(p.TERM_LABEL.search(before))


def _event_start(m: re.Match[str]) -> int:
    if m["joint"]:
        named = p.EVENT_WORD.search(m["joint"])
        return m.end("joint") - len(named[0]) if named else m.end("joint") + (not m["joint"].rstrip().endswith(("sau khi", "sau")))
    return m.start("prior") + m["prior"].index("trước") + 6


def _event_end(text: DeadlineText, start: int, certain: int) -> int:
    """Return where the name of an event ends that begins at ``start``: "ngày nhận được hồ sơ"; not before ``certain``."""
    furthest = min(len(text.low), certain + 170)
    stop = event_p.FROM_END.search(text.low, max(start, certain), furthest)
    end = stop.start() if stop else min(len(text.low), certain + 120)
    broken = text.low[end:end + 1] == "\n" and not text.ends_at(end)  # a line broken inside the sentence
    listed = event_p.LIST_ON.match(text.low, end, furthest) if text.low[end:end + 1] == "," else None
    if listed:  # "ngày nhận đủ hồ sơ, tài liệu, Sở Tài chính …"
        end = listed.end()
    elif broken or _unsaid(text, start, end):
        later = event_p.FROM_END.search(text.low, end + 1, furthest)
        while later:
            end = later.start()
            later = event_p.FROM_END.search(text.low, end + 1, furthest) if _unsaid(text, start, end) else None
    if force := event_p.FORCE_END.search(text.low, start, end):
        end = force.end()
    if end - start > 75:
        joined = event_p.JOINED.search(text.low[start + 25:end])
        end = start + 25 + joined.start() if joined else end
    if text.low[end:end + 1] in {".", ")"}:  # "ngày ban hành Quyết định 2. Giao …"
        numbered = event_p.NUMBERED.search(text.low[start:end])
        end -= len(numbered[0]) if numbered else 0
    return end


def _unsaid(text: DeadlineText, start: int, end: int) -> bool:
    """Tell whether the event is not yet said at a comma: "ngày Sở Tài chính, Sở Xây dựng có ý kiến"."""
    if text.low[end:end + 1] != ",":
        return False
    if text.low.startswith(", bổ sung", end) and text.low.endswith("sửa đổi", start, end):
        return True
    someone_else = event_p.NEXT_BODY.match(text.low, end) and not event_p.BODY_EVENT.match(text.low, start)
    return not event_p.HAPPENS.search(text.low, start, end) and not someone_else


def _term_alone(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """A term whose event is left out: "Trường hợp chưa hợp lệ, trong thời hạn 03 ngày làm việc, Sở yêu cầu…"."""
    unit, n = unit_of(m), number(m["n"])
    before, after = text.before(m.start()), text.after(m.end(), m.start())
    op, opens = _op(m), not p.ITEM_SIGN.sub("", before, count=1)
    must = unit in LONG_UNITS and op.startswith("trong") and words.SOMEONE_MUST.match(after) is not None
    if not 0.5 <= n <= LARGEST[unit] or not (must or _limits(m, before, unit)):
        return
    latest = op.startswith(("chậm", "muộn"))
    if not (_surely_ends(op, unit, before, after) or p.AFTER_TERM.match(after)) \
            or excluded_term(before, after, unit, latest=latest, due_work=before.endswith("thì ")):
        return
    item = (opens and unit in _SHORT and not op.startswith("tối")) or before.endswith(": ") or p.CASE_ONLY.fullmatch(before)
    if must or item or words.TASK.search(before[-120:]) or words.TASK.search(after[:120]):
        bound = "by" if latest else "within"
        yield Found(m.start(), m.end(), Deadline(0, 0, "", "relative", None, bound, relative=Relative(n, unit, None)))
        if also := p.TERM_ALSO.match(text.low, m.end()):
            yield from _stated(text, also)


def _surely_ends(op: str, unit: Unit, before: str, after: str) -> bool:
    """Tell whether the words before a term make it a limit, whatever follows."""
    if op.startswith(("chậm nhất", "muộn nhất")) or (unit is Unit.working_day and p.TERM_OP.match(op)):
        return True
    if unit not in _SHORT or not op.startswith(("trong thời", "trong vòng")) or "thiểu" in op:
        return False
    # "lập trong thời gian 60 ngày tính đến ngày …" is an age; "Trong thời hạn 30 ngày tính đến …, người … nộp" is none
    aged = after.startswith(" tính đến") and bool(p.ITEM_SIGN.sub("", before, count=1))
    return not (aged or p.STRETCH_GOES_ON.match(after) or p.POSTED.search(before))


def _limits(m: re.Match[str], before: str, unit: Unit) -> bool:
    """Tell whether the words before a term without event make it a limit and no length of time."""
    op = _op(m)
    if p.DURATION.search(before) or p.REWORDED.search(before) or p.EXAMPLE.match(before) or (op.startswith("tối đa") and p.FROM_TO.search(before)):
        return False
    if unit not in _SHORT:  # "thời hạn giám định tối đa không quá 04 tháng" · "phải lắp đặt chậm nhất sau 02 năm"
        return op.startswith(("chậm nhất", "muộn nhất")) or bool(p.TASK_TERM.search(before))
    if op.startswith("tối thiểu"):  # "phải thông báo tối thiểu 05 ngày làm việc cho doanh nghiệp có liên quan"
        return before.endswith("thông báo ")
    return bool(p.TERM_OP.match(op)) or (op == "không quá" and (before.endswith(": ") or not p.ITEM_SIGN.sub("", before, count=1))) \
        or (op in {"trong", "không quá"} and unit is Unit.working_day)


def _due_from_issue(text: DeadlineText, event: str, n: float, unit: Unit) -> date | None:
    if text.doc_date is None or unit in {Unit.hour, Unit.working_hour} or not p.ISSUING.match(event.lower()):
        return None
    return plain_end(text.doc_date, ceil(n), unit)
