"""Terms after an event: "trong thời hạn 10 ngày làm việc kể từ ngày nhận được hồ sơ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from math import ceil

from registry.domain import deadline_patterns as p
from registry.domain.deadline_text import LARGEST, DeadlineText, Found, number, unit_of
from registry.domain.deadline_values import Deadline, Relative
from registry.domain.workdays import Unit, plain_end


def relatives(text: DeadlineText) -> Iterator[Found]:
    """Yield the terms that limit a task, with the event they run from where it is said."""
    for m in text.candidates(p.RELATIVE):
        op = m["op"]
        if not (op or m["joint"]):
            continue
        if not (m["joint"] or m["prior"]):
            yield from _term_alone(text, m)
            continue
        unit = unit_of(m)
        n = number(m["n"])
        if not 1 <= n <= LARGEST[unit]:
            continue
        start, _end = m.start(), m.end()
        before = text.before(start)
        short = op.split()[0] if op else ""
        if m["prior"] and short == "trong" and unit in {Unit.month, Unit.year}:
            continue  # "giấy khám sức khỏe được cấp trong thời hạn 06 tháng trước ngày nộp hồ sơ"
        if m["prior"] and short not in {"trước", "chậm", "muộn", "ít", "không", "trong", "tối", "trễ"}:
            continue
        if m["joint"]:
            joint = m["joint"].strip(" ,(")
            if (short in {"sau", "ít"} or op == "tối thiểu" or (short == "trước" and not m["joint"].strip(" ,(").startswith("kể")) or (short == "" and "kể từ" not in joint and "tính từ" not in joint)) \
                    or (joint.startswith("sau khi") and short == "trong" and unit in {Unit.year}):
                continue
            if short == "" and unit in {Unit.year, Unit.month} and not re.search(r"(?:thời\s(?:hạn|gian)[^:;]{0,40}:?|quyết:|hiện:)\s?$", before):
                continue
        event_start, event_end = _event_span(text, m)
        event = " ".join(text.plain[event_start:event_end].split())
        if not event or _excluded_term(before, text.low[event_end:event_end + 140], unit):
            continue
        due = _due_from_issue(text, event, n, unit) if m["joint"] else None
        if op and short in {"trong", "thời"} and re.search(r"(?:chậm nhất|muộn nhất)", op):
            start += re.search(r"(?:chậm|muộn)", op).start()  # type: ignore[union-attr]
        yield Found(start, event_end, Deadline(0, 0, "", "relative", due, "by" if short in {"chậm", "muộn", "trễ"} else "within",
                                                relative=Relative(n, unit, event, bool(m["prior"]) or short == "trước")))


def _event_span(text: DeadlineText, m: re.Match[str]) -> tuple[int, int]:
    """Return where the event of a term is named: "ngày nhận được hồ sơ"."""
    if m["joint"]:
        named = re.search(r"(?<=từ )(?:khi|ngày|thời điểm)$", m["joint"])
        start = m.end("joint") - len(named[0]) if named else m.end("joint") + (not m["joint"].endswith("sau khi"))
    else:
        start = m.start("prior") + m["prior"].index("trước") + 6
    furthest = min(len(text.low), m.end() + 170)
    stop = p.FROM_END.search(text.low, max(start, m.end()), furthest)
    end = stop.start() if stop else min(len(text.low), m.end() + 120)
    if text.low[end:end + 1] == "\n" and not text.ends_at(end):  # a line broken inside the sentence
        again = p.FROM_END.search(text.low, end + 1, furthest)
        end = again.start() if again else end
    if end - start > 75:
        joined = re.search(r"\s(?:hoặc|và|đồng\sthời|nơi|đề\snghị)\s", text.low[start + 25:end])
        end = start + 25 + joined.start() if joined else end
    if text.low[end:end + 1] in {".", ")"}:  # "ngày ban hành Quyết định 2. Giao …"
        numbered = re.search(r"\s(?:\d{1,2}|[a-zđ])$", text.low[start:end])
        end -= len(numbered[0]) if numbered else 0
    return start, end


def _term_alone(text: DeadlineText, m: re.Match[str]) -> Iterator[Found]:
    """A term whose event is left out: "Trường hợp chưa hợp lệ, trong thời hạn 03 ngày làm việc, Sở yêu cầu…"."""
    unit, n = unit_of(m), number(m["n"])
    before, after = text.before(m.start()), text.after(m.end(), m.start())
    if not ((p.TERM_OP.match(m["op"]) or (m["op"] == "không quá" and before.endswith(": "))) and m["unit"] in {"ngày", "giờ"} and 1 <= n <= LARGEST[unit]):
        return
    if not p.AFTER_TERM.match(after) or _excluded_term(before, after, unit):
        return
    if p.TASK.search(before[-120:]) or p.TASK.search(after[:120]) or before.endswith(": "):
        op = "by" if m["op"].startswith(("chậm", "muộn")) else "within"
        yield Found(m.start(), m.end(), Deadline(0, 0, "", "relative", None, op, relative=Relative(n, unit, None)))


def _excluded_term(before: str, after: str, unit: Unit) -> bool:
    """Tell a condition, a ban or a lasting right from a term in which something is to be done."""
    if re.search(r"(?:mà|nếu|(?<!được )quá|sau|(?<!đến )hết|trường\shợp|có\shiệu\slực(?:\sthi\shành)?)\s$", before) or re.search(r"có\shiệu\slực(?:\sthi\shành)?\s(?:sau\s)?$", before[-30:]):
        return True
    if re.search(r"(?:thì|mà)\s(?:bị|được|vẫn|không)", after[:70]) or p.REPEATED.match(after):
        return True
    if unit in {Unit.month, Unit.year} and p.PERMITTED.search(before):
        return True
    if unit in {Unit.month, Unit.year} and re.search(r"(?<!\w)không\s[^,;]{0,60}$", before) \
            and not re.search(r"(?<!\w)không\squá\s$", before):
        return True  # a ban ("không được cấp giấy phép trong thời hạn 05 năm") or a condition
    if p.NOT_DONE.search(before) and re.match(r"\s?,?\s?thì(?!\w)", after):
        return True
    if p.LASTING.search(before) or re.search(r"(?<!\w)trừ\strường\shợp[^;:)]*$", before):
        return True
    return bool(re.search(r"(?:có\s(?:giá\strị|thời\shạn)|hiệu\slực|thời\shạn\ssử\sdụng|giá\strị\ssử\sdụng)[^,;:]{0,30}$", before[-60:]))


def _due_from_issue(text: DeadlineText, event: str, n: float, unit: Unit) -> date | None:
    if text.doc_date is None or unit in {Unit.hour, Unit.working_hour} or not p.ISSUING.match(event.lower()):
        return None
    return plain_end(text.doc_date, ceil(n), unit)
