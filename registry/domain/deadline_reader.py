"""How deadlines (thời hạn) are told from other dates: ``registry.domain.deadlines`` says what is found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise
from math import ceil

from registry.domain import deadline_patterns as p
from registry.domain.deadline_values import Around, Deadline, Relative
from registry.domain.recurrence import rule_text
from registry.domain.spans import cleaned_with_map, lowered
from registry.domain.workdays import Unit, last_day_of_month, plain_end

_SIGHT = 260
_CROWD, _CROWDED = 16, 1000  # at most so many of a kind are read in so many characters
_LATE = 1100
_OLDEST = 2000  # where the document's date is unknown, older days are history, not tasks
_UNITS = ("ngày", "tháng", "quý", "quí", "năm", "tuần", "giờ")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_FREQUENCY = {"ngày": ("daily", 1), "tuần": ("weekly", 1), "tháng": ("monthly", 1), "quý": ("monthly", 3),
              "quí": ("monthly", 3), "năm": ("yearly", 1)}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6} | {str(n): n - 2 for n in range(2, 8)}
_LARGEST = {Unit.day: 3660, Unit.working_day: 1000, Unit.week: 520, Unit.month: 600, Unit.year: 100,
            Unit.hour: 9999, Unit.working_hour: 9999}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    deadline: Deadline


class DeadlineReader:
    """One text being read; places are in the cleaned text until the end."""

    def __init__(self, text: str, doc_date: date | None) -> None:
        self.given = text
        self.plain, self.map = cleaned_with_map(text)
        self.low = lowered(self.plain)
        self.doc_date = doc_date
        breaks = [found.span() for found in p.SENTENCE_END.finditer(self.low)]
        self.stops = [start for start, _ in breaks]
        self.ends = [end for _, end in breaks]

    def read(self) -> list[Deadline]:
        """Return the deadlines in the order in which they stand."""
        if not any(word in self.low for word in _UNITS):
            return []
        taken: list[_Found] = []
        for source in (self._weekly, self._named_months, self._month_days, self._limits, self._relatives, self._every, self._headed, self._periods,
                       self._recurring):
            for found in source(taken):
                taken.append(found)
            taken = _without_overlaps(taken)
        return [self._placed(found) for found in taken]

    def _placed(self, found: _Found) -> Deadline:
        start, end = self.map[found.start], self.map[found.end]
        while end > start and self.given[end - 1].isspace():
            end -= 1
        first, last = self._sentence(found.start)
        around = Around(self.plain, first, found.start, found.end, last)
        return replace(found.deadline, start=start, end=end, text=self.given[start:end], around=around)

    # What stands around a place

    def _candidates(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield what ``pattern`` finds, but of a crowd only the first: no one writes dates by the dozen in a line."""
        recent: deque[int] = deque(maxlen=_CROWD)
        for found in pattern.finditer(self.low):
            if len(recent) == _CROWD and found.start() - recent[0] < _CROWDED:
                continue
            recent.append(found.start())
            yield found

    def _sentence(self, start: int) -> tuple[int, int]:
        at = bisect_right(self.ends, start)
        begin = self.ends[at - 1] if at else 0
        nearest = bisect_right(self.stops, start)
        stop = self.stops[nearest] if nearest < len(self.stops) else len(self.low)
        return max(begin, start - _SIGHT), min(stop, start + 2 * _SIGHT)

    def _item(self, start: int) -> int:
        """Return where the item of a list begins that holds ``start``: semicolons do not end it."""
        at = bisect_right(self.ends, start)
        while at and self.low[self.ends[at - 1] - 1] == ";" and start - self.ends[at - 1] < _SIGHT:
            at -= 1
        return self.ends[at - 1] if at else 0

    def _before(self, start: int) -> str:
        return self.low[self._sentence(start)[0]:start]

    def _after(self, end: int, start: int) -> str:
        return self.low[end:max(end, self._sentence(start)[1])]

    def _year_for(self, month: int, day: int) -> int | None:
        if self.doc_date is None:
            return None
        year = self.doc_date.year
        try:
            due = date(year, month, min(day, last_day_of_month(year, month).day))
        except ValueError:
            return None
        # "trước ngày 15/01" in a document of December is of the year to come.
        return year if due >= self.doc_date else year + 1

    def _past(self, due: date) -> bool:
        return self.doc_date is not None and due < self.doc_date

    def _ordered(self, due: date, before: str, op: str) -> bool:
        """Tell whether a day before the document's own is still an order: conclusions of a meeting, consolidated texts."""
        return (self.doc_date is not None and op in {"before", "by"} and (self.doc_date - due).days < _LATE
                and not p.DONE.search(before) and bool(p.ORDERED.search(before)))

    def _conditional(self, start: int, end: int) -> bool:
        """Tell whether the date limits whom a rule is for, not when something is to be done."""
        before = self._before(start)
        after = self._after(end, start)
        if p.STATE.search(before[-40:]) or re.match(r"[\s,]{1,2}(?:thì|mà)(?!\w)", after):
            return True
        done = p.DONE.search(before, max(0, len(before) - 70))
        if done and not re.search(r"[,;]|(?<!\w)phải(?!\w)", before[done.end():]):
            return True
        opener = _last(p.CONDITION, before)
        if opener is not None and re.match(r"\s(?:người|hộ|cá\snhân|đối\stượng|cán\sbộ)(?!\w)[^,]{0,90}$", before[opener.end():]) \
                and not p.STRONG_TASK.search(before[opener.end():]):
            return True
        if opener is None:
            return bool(re.search(r"(?:đã|được|ở|về|trở\svề|hưu|ký\skết|ký)(?:\s\w{1,8}){0,2}\s?$", before[-30:])
                        and re.match(r"\s(?:nhưng|được\stiếp|vẫn)", after))
        if p.THEN.search(before, opener.end()):
            return False
        if p.AFTER_CONDITION.match(after):
            return True
        return bool(p.DONE.search(before, opener.end())) and not p.STRONG_TASK.search(before[-40:])

    # Fixed dates

    def _limits(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.LIMIT):
            month, day = int(m["month"] or m["wmonth"]), int(m["day"])
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue
            if not m["word"] and not (m["year"] or m["wyear"]) and (m["until"] or m["on"] or m["sep"] in {".", "-"} or m["by"]):
                continue
            op = _op(m)
            before = self._before(m.start())
            year = m["year"] or m["wyear"]
            start, end = m.start(), m.end()
            if year is None:
                if p.LAST_YEAR.match(self.low, end) or (
                        op in {"until", "on"} and m["cycle"] is None
                        and (p.RANGE_START.search(before) or "số liệu" in before[-60:])):
                    continue
                lead = self._yearly_lead(m.start(), end) if m["cycle"] is None else start
                if m["cycle"] is not None:
                    label = p.LABEL.search(before[-60:])
                    lead = start - len(label[0]) if label else None
                following = p.NEXT_YEAR.match(self.low, end)
                also = p.NEXT_DAY.match(self.low, end)
                if also and 1 <= int(also["month"]) <= 12 and 1 <= int(also["day"]) <= 31:
                    yield self._recurs(also.start("words"), also.end(), "yearly", 1, op, months=(int(also["month"]),),
                                       month_day=int(also["day"]))
                    lead = self._yearly_lead(m.start(), end) if lead is None else lead
                    lead = start if lead is None else lead
                if op in {"on", "until"} and p.UNDONE.match(self.low, m.end()):
                    continue
                if m["cycle"] == "năm" or lead is not None or following:
                    start = start if lead is None else lead
                    end = following.end() if following else end
                    end = self._closed(start, end)
                    yield self._recurs(start, end, "yearly", 1, op, months=(month,), month_day=day, at=_time(m))
                    continue
            if m["tail"]:
                end = m.start("tail")
            wanted = int(year) if year else self._year_for(month, day)
            if wanted is None:
                continue
            try:
                due = date(wanted, month, day)
            except ValueError:
                continue
            if due.year < _OLDEST or not self._is_date_limit(op, before, start, end):
                continue
            if self._past(due) and not (year and self._ordered(due, before, op)):
                continue
            if op in {"before", "by"}:
                lead_word = re.search(r"(?:hoàn\sthành|xong)\s$", before)
                start -= len(lead_word[0]) if lead_word else 0
            yield _Found(start, end, Deadline(0, 0, "", "date", due, op, _time(m)))

    def _is_date_limit(self, op: str, before: str, start: int, end: int) -> bool:
        if op == "by":
            return True
        if p.RANGE_START.search(before):
            return False
        near = before[-90:]
        if op == "before":
            if self.doc_date is None and not p.TASK.search(before) and not before.strip(" -+(").endswith(":"):
                return not before.strip(" -+(")
            return not self._conditional(start, end) and not re.search(r"(?:áp\sdụng|hiệu\slực)[^,]{0,40}$", near)
        if p.IN_FORCE.search(near) or self._conditional(start, end) or p.DONE.search(near):
            return False
        if op == "until":
            return bool(p.TASK.search(before)) and not re.search(r"(?<!\w)tính\s$|số\sliệu", near)
        return bool(re.search(r"(?:gửi|nộp|báo\scáo|hoàn\sthành|trình|xong|thời\shạn)[^,;]{0,70}$", near))

    def _yearly_lead(self, start: int, end: int) -> int | None:
        """Return where a yearly date begins that says so before it: "định kỳ hằng năm (trước ngày 30 tháng 11)"."""
        before = self._before(start)
        begin = start - len(before)
        fixed = _last(p.RECURRING, before)
        if fixed and fixed["cycle"] == "năm" and not p.NO_TASK_NOUN.search(before[:fixed.start()]) \
                and (fixed["fixed"] or not re.search(r"\w\s$", before[:fixed.start()]) or len(before) - fixed.end() < 6):
            return begin + fixed.start() if fixed["fixed"] or len(before) - fixed.end() < 60 else start
        fixed = _last(p.FIXED, before)
        if fixed:
            label = p.LABEL.search(before[-60:])
            return (start - len(label[0])) if label else begin + fixed.start()
        label = p.LABEL.search(before[-60:])
        if label and re.search(r"báo\scáo|hàng|hằng|định", before):
            return start - len(label[0])
        return start if p.REPORT.search(before[-60:]) else None

    def _closed(self, start: int, end: int) -> int:
        inside = self.low[start:end]
        return end + 1 if inside.count("(") > inside.count(")") and self.low[end:end + 1] == ")" else end

    # Recurring

    def _recurs(self, start: int, end: int, frequency: str, interval: int, op: str | None, *,
                months: Sequence[int] = (), month_day: int | None = None, week_day: int | None = None,
                at: time | None = None) -> _Found:
        rule = rule_text(frequency, interval, months=months, month_day=month_day, week_day=week_day)
        return _Found(start, end, Deadline(0, 0, "", "recurring", None, op, at, frequency, interval, rule))

    def _weekly(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.WEEKLY):
            yield self._recurs(m.start(), m.end(), "weekly", 1, _op(m), week_day=_WEEKDAYS[m["weekday"].split()[-1]], at=_time(m))

    def _month_days(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.MONTH_DAY):
            day, place, cycle = int(m["day"]), m["place"] or "", m["cycle"]
            if not 1 <= day <= 31:
                continue
            if "quý" in place or "quí" in place or cycle in {"quý", "quí"}:
                frequency, interval = "monthly", 3
            elif "kỳ" in place:
                frequency, interval = self._cycle_before(m.start()) or ("monthly", 3)
            elif place:
                frequency, interval = self._cycle_before(m.start()) or ("monthly", 1)
            elif cycle == "năm":
                frequency, interval = "yearly", 1
            else:
                frequency, interval = "monthly", 1
            start, end = m.start(), m.end()
            before = self._before(start)
            if m["until"] and p.RANGE_START.search(before):
                continue
            lead = re.search(r"(?:định\sk[ỳì]\s)?(?:hàng|hằng)\s(?:tháng|quý|quí)\s?[(,:]?\s?$", before)
            if lead:
                start -= len(lead[0])
            yield self._recurs(start, self._closed(start, end), frequency, interval, _op(m), month_day=day, at=_time(m))

    def _named_months(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.MONTHS_DAY):
            day, months = int(m["day"]), sorted({int(n) for n in re.findall(r"\d+", m["months"])})
            if not (1 <= day <= 31 and months[0] >= 1 and months[-1] <= 12 and len(months) > 1):
                continue
            steps = {later - earlier for earlier, later in pairwise(months)}
            interval = steps.pop() if len(steps) == 1 else 0
            frequency, each = ("monthly", interval) if interval in {3, 6} else ("yearly", 1)
            rule = rule_text("yearly", 1, months=months, month_day=day)  # whatever month counting starts in
            lead = p.MONTHS_LEAD.search(self._before(m.start())[-50:])
            found = self._recurs(m.start() - len(lead[0] if lead else ""), m.end(), frequency, each, _op(m), at=_time(m))
            yield replace(found, deadline=replace(found.deadline, rrule=rule))
        for m in self._candidates(p.LAST_DAY):
            yield self._recurs(m.start(), m.end(), "monthly", 1 if m["monthly"] else 3, _op(m), month_day=31, at=_time(m))
        for m in self._candidates(p.YEARLY_RANGE):
            month, before = int(m["month"]), self._before(m.start())
            if 1 <= month <= 12 and 1 <= int(m["day"] or 1) <= 31 and p.TASK.search(before) and "số liệu" not in before:
                day = int(m["day"] or 31)
                yield self._recurs(m.start(), m.end(), "yearly", 1, "within", months=(month,), month_day=day)

    def _cycle_before(self, start: int) -> tuple[str, int] | None:
        words = list(re.finditer(r"(?<!\w)(?:(?P<n>[369])\s)?(?P<cycle>tháng|quý|năm)(?!\w)", self._before(start)))
        words = [word for word in words if re.search(r"(?:báo\scáo|hàng|hằng|định\skỳ|,)\s?$", self._before(start)[:word.start()])]
        if not words:
            return None
        n = words[-1]["n"]
        return ("monthly", int(n)) if n else _FREQUENCY[words[-1]["cycle"]]

    def _every(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.EVERY):
            cycle = m["cycle"] or m["ecycle"] or m["ocycle"]
            count = int(_number(m["count"])) if m["count"] else 1
            frequency, each = _FREQUENCY[cycle]
            if 1 <= count <= 120:
                yield self._recurs(m.start(), m.end(), frequency, each * count, None)
        for m in self._candidates(p.PLAIN_LIST):
            if self.plain[m.start():m.end()].isupper() or p.DATA_PERIOD.match(self.low, m.end()) \
                    or p.YEARLY_THING.search(self._before(m.start())):  # a title: "BÁO CÁO ĐỊNH KỲ NĂM"
                continue
            for item in p.PLAIN_ITEM.finditer(self.low, m.start("items"), m.end("items")):
                frequency, each = _FREQUENCY[item["cycle"]]
                start = m.start() if item.start() == m.start("items") or self.low[m.start():item.start()].count(" ") < 3 \
                    else item.start()
                yield self._recurs(start, item.end(), frequency, each * int(item["count"] or 1) or 1, None)

    def _recurring(self, taken: Sequence[_Found]) -> Iterator[_Found]:
        near = sorted(found.start for found in taken if found.deadline.kind == "recurring")
        for m in self._candidates(p.RECURRING):
            at = bisect_right(near, m.start())
            first, stop = self._sentence(m.start())
            if at < len(near) and near[at] < (stop if m["cycle"] == "năm" else min(stop, m.end() + 60)) and not m["fixed"]:
                continue
            if p.DATA_PERIOD.match(self.low, m.end()) or ((not m["fixed"] or p.YEARLY_THING.search(self._before(m.start()))) and not self._is_recurring(m, first, stop)):
                continue
            frequency, interval = _FREQUENCY[m["cycle"]]
            yield self._recurs(m.start(), m.end(), frequency, interval, None)

    def _is_recurring(self, m: re.Match[str], first: int, stop: int) -> bool:
        before, after = self.low[first:m.start()], self.low[m.end():stop]
        if p.YEARLY_THING.search(before):
            return False
        if re.match(r"[\s\-+•]{0,4}(?:[a-zđ0-9]{1,2}[.)]\s)?(?:không|(?:nguồn\s)?(?:kinh\sphí|vốn|chi\sphí|tiền|phụ\scấp|trợ\scấp)|mức\schi)\s", before):
            return False  # what is punished or paid, not what is due
        if m[0].startswith(("mỗi", "từng")):
            return not before.strip(" -+•\n(") and after.startswith(",") and bool(p.TASK.search(after[:120]))
        opening = re.sub(r"(?:hàng|hằng)\s(?:tháng|quý|quí|năm)\s?(?:,|và)?\s?$", "", before)
        opening = re.sub(r"(?:hàng|hằng)\s(?:tháng|quý|quí|năm)\s?,\s?$", "", opening)
        if not opening.strip(" -+•\n(") or re.fullmatch(r"\s?[a-zđ0-9.]{1,4}\)?\s", opening):
            return bool(p.TASK.search(after[:140])) and m["cycle"] != "ngày" and not re.match(
                r"[\s,]{1,3}(?:số\s(?:vụ|lượng|người|hộ)|tỷ\slệ|giảm|tăng|phấn\sđấu|có\s(?:trên|ít|khoảng))(?!\w)", after)
        if p.NO_TASK_NOUN.search(before[-40:]) or p.NOUN_PHRASE.search(before[-60:]) or p.MODIFIED.match(after):
            return False
        if p.DOES.match(after) and p.DOER.search(before) and m["cycle"] != "ngày":
            return True
        if before.rstrip().endswith(","):
            return bool(p.TASK.match(after.lstrip(" ,")) or p.STRONG_TASK.search(after[:40]))
        ends = not after.strip(" ./") or bool(re.match(r"\s?[,)]?\s?(?:để|hoặc|gửi|về|báo\scáo|theo\syêu|và\s(?:đột|tổng\skết|sơ\skết|khi|theo)|trình|\((?!\d))", after))
        return ends and bool(p.TASK.search(self.low, max(self._item(m.start()), m.start() - 160), m.start())) and m["cycle"] != "ngày"

    # Terms after an event

    def _relatives(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.RELATIVE):
            op = m["op"]
            if not (op or m["joint"]):
                continue
            if not (m["joint"] or m["prior"]):
                yield from self._term_alone(m)
                continue
            unit = _unit(m)
            n = _number(m["n"])
            if not 1 <= n <= _LARGEST[unit]:
                continue
            start, end = m.start(), m.end()
            before = self._before(start)
            short = op.split()[0] if op else ""
            if m["prior"] and short == "trong" and unit in {Unit.month, Unit.year}:
                continue  # "giấy khám sức khỏe được cấp trong thời hạn 06 tháng trước ngày nộp hồ sơ"
            if m["prior"] and short not in {"trước", "chậm", "muộn", "ít", "không", "trong", "tối", "trễ"}:
                continue
            if m["joint"]:
                joint = m["joint"].strip(" ,(")
                if (short in {"sau", "trước", "ít"} or (short == "" and "kể từ" not in joint and "tính từ" not in joint)) \
                        or (joint.startswith("sau khi") and short == "trong" and unit in {Unit.year}):
                    continue
                if short == "" and unit in {Unit.year, Unit.month} and not re.search(r"(?:thời\s(?:hạn|gian)[^:;]{0,40}:?|quyết:|hiện:)\s?$", before):
                    continue
            event_start = m.end("joint") if m["joint"] else m.start("prior")
            if m["joint"]:
                event_start += 1 if not re.search(r"từ (?:khi|ngày|thời điểm)$|sau khi$", m["joint"]) else 0
                if re.search(r"từ (?:khi|ngày|thời điểm)$", m["joint"]):
                    event_start = m.end("joint") - len(re.search(r"(?:khi|ngày|thời điểm)$", m["joint"])[0])  # type: ignore[index]
            else:
                event_start = m.start("prior") + m["prior"].index("trước") + 6
            stop = p.FROM_END.search(self.low, max(event_start, end), min(len(self.low), end + 170))
            event_end = stop.start() if stop else min(len(self.low), end + 120)
            if self.low[event_end:event_end + 1] == "\n" and not self._ends_at(event_end):
                again = p.FROM_END.search(self.low, event_end + 1, min(len(self.low), end + 170))
                event_end = again.start() if again else event_end
            if event_end - event_start > 75:
                joined = re.search(r"\s(?:hoặc|và|đồng\sthời|nơi|đề\snghị)\s", self.low[event_start + 25:event_end])
                event_end = event_start + 25 + joined.start() if joined else event_end
            numbered = re.search(r"\s(?:\d{1,2}|[a-zđ])$", self.low[event_start:event_end]) if self.low[event_end:event_end + 1] in {".", ")"} else None
            event_end -= len(numbered[0]) if numbered else 0  # "ngày ban hành Quyết định 2. Giao …"
            event = " ".join(self.plain[event_start:event_end].split())
            if not event or self._excluded_term(before, short, event, self.low[event_end:event_end + 140], n, unit):
                continue
            due = self._due_from_issue(event, n, unit) if m["joint"] else None
            if op and short in {"trong", "thời"} and re.search(r"(?:chậm nhất|muộn nhất)", op):
                start += re.search(r"(?:chậm|muộn)", op).start()  # type: ignore[union-attr]
            yield _Found(start, event_end, Deadline(0, 0, "", "relative", due, "by" if short in {"chậm", "muộn", "trễ"} else "within",
                                                    relative=Relative(n, unit, event, bool(m["prior"]))))

    def _term_alone(self, m: re.Match[str]) -> Iterator[_Found]:
        """A term whose event is left out: "Trường hợp chưa hợp lệ, trong thời hạn 03 ngày làm việc, Sở yêu cầu…"."""
        unit, n = _unit(m), _number(m["n"])
        before, after = self._before(m.start()), self._after(m.end(), m.start())
        if not ((p.TERM_OP.match(m["op"]) or (m["op"] == "không quá" and before.endswith(": "))) and m["unit"] in {"ngày", "giờ"} and 1 <= n <= _LARGEST[unit]):
            return
        if not p.AFTER_TERM.match(after) or self._excluded_term(before, "", "", after, n, unit):
            return
        if p.TASK.search(before[-120:]) or p.TASK.search(after[:120]) or before.endswith(": "):
            op = "by" if m["op"].startswith(("chậm", "muộn")) else "within"
            yield _Found(m.start(), m.end(), Deadline(0, 0, "", "relative", None, op, relative=Relative(n, unit, None)))

    def _ends_at(self, place: int) -> bool:
        at = bisect_right(self.stops, place)
        return bool(at) and self.stops[at - 1] == place

    def _excluded_term(self, before: str, short: str, event: str, after: str, n: float, unit: Unit) -> bool:
        if re.search(r"(?:mà|nếu|quá|sau|có\shiệu\slực(?:\sthi\shành)?)\s$", before) or re.search(r"có\shiệu\slực(?:\sthi\shành)?\s(?:sau\s)?$", before[-30:]):
            return True
        if re.search(r"(?:thì|mà)\s(?:bị|được|vẫn|không)", after[:70]) or re.match(r"[\s,]{0,2}(?:tiếp\stục\svi\sphạm|nếu)", after):
            return True
        if unit in {Unit.month, Unit.year} and re.search(r"(?<!\w)không\s[^,;]{0,60}$", before) \
                and not re.search(r"(?<!\w)không\squá\s$", before):
            return True  # a ban ("không được cấp giấy phép trong thời hạn 05 năm") or a condition
        if p.NOT_DONE.search(before) and re.match(r"\s?,?\s?thì(?!\w)", after):
            return True
        if p.LASTING.search(before) or re.search(r"(?<!\w)trừ\strường\shợp[^;:]*$", before):
            return True
        return bool(re.search(r"(?:có\s(?:giá\strị|thời\shạn)|hiệu\slực|thời\shạn\ssử\sdụng|giá\strị\ssử\sdụng)[^,;:]{0,30}$", before[-60:]))

    def _due_from_issue(self, event: str, n: float, unit: Unit) -> date | None:
        if self.doc_date is None or unit in {Unit.hour, Unit.working_hour} or not p.ISSUING.match(event.lower()):
            return None
        return plain_end(self.doc_date, ceil(n), unit)

    # Ends of periods

    def _headed(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for head in self._candidates(p.HEADED):
            m = p.AFTER_HEAD.match(self.low, head.end())
            if m and (m["unit"] in {"ngày", "giờ"} or re.match(r"chậm|không|tối|trong", m[0])):
                unit, n = _unit(m), _number(m["n"])
                if 1 <= n <= _LARGEST[unit]:
                    yield _Found(m.start(), m.end(), Deadline(0, 0, "", "relative", None, "within", relative=Relative(n, unit, None)))
                continue
            m = p.HEADED_RANGE.match(self.low, head.end())
            if m and re.search(r"hoàn|hạn|xong|tiến\sđộ", head[0]):
                month = _ROMAN[m["quarter"]] * 3 if m["quarter"] else int(m["month"])
                due = last_day_of_month(int(m["year"]), month) if 1 <= month <= 12 else None
                if due and not self._past(due):
                    yield _Found(m.start(), m.end(), Deadline(0, 0, "", "period", due, "within"))
                continue
            m = p.HEADED_PERIOD.match(self.low, head.end())
            if m and re.match(r"\s?(?:$|[.;,)\n/(]|và\stổng|chủ|cơ|đơn)", self.low[m.end():m.end() + 10]):
                due = self._period_end(m)
                if due and not self._past(due):
                    yield _Found(m.start(), m.end(), Deadline(0, 0, "", "period", due, "within"))
                continue
            m = p.HEADED_DAY.match(self.low, head.end())
            if m and re.search(r"hạn|hoàn|gửi|nộp|trình|báo", head[0]) and not re.match(r"\s?(?:đến|-|tới)", self.low[m.end():m.end() + 6]):
                due = self._day_of(m)
                if due and not self._past(due):
                    yield _Found(m.start(), m.end(), Deadline(0, 0, "", "date", due, "on", _time(m)))

    def _day_of(self, m: re.Match[str]) -> date | None:
        month, day, year = int(m["month"] or m["wmonth"]), int(m["day"]), m["year"] or m["wyear"]
        if not 1 <= month <= 12:
            return None
        wanted = int(year) if year else self._year_for(month, day)
        try:
            return date(wanted, month, day) if wanted else None
        except ValueError:
            return None

    def _periods(self, _taken: Sequence[_Found]) -> Iterator[_Found]:
        for m in self._candidates(p.PERIOD):
            before = self._before(m.start())
            op = "by" if m["by"] else "before" if m["before"] else "until" if m["until"] else "within"
            if m["quarter"] and m["following"]:
                month = _quarter(m) * 3
                yield self._recurs(m.start(), m.end(), "yearly", 1, op, months=(month,), month_day=31 if month in {3, 12} else 30)
                continue
            due = self._period_end(m, before=op == "before")
            if due is None or (self._past(due) and not (m["qyear"] or m["myear"] or m["year"]) ):
                continue
            if self._past(due) and not self._ordered(due, before, "by"):
                continue
            if self._is_period_limit(m, op, before):
                yield _Found(m.start(), m.end(), Deadline(0, 0, "", "period", due, op))

    def _is_period_limit(self, m: re.Match[str], op: str, before: str) -> bool:
        after = self._after(m.end(), m.start())
        if p.RANGE_START.search(before) or p.DONE.search(before[-60:]) or re.match(r"\s?(?:,\s)?(?:đã|và\s(?:các\s|những\s)?năm|đến\s(?:năm|tháng|quý)|và\stháng|của|so\svới|được\sgiao)", after):
            return False
        if p.IN_FORCE.search(before[-60:]) or re.search(r"thông\squa\s$", before) or (_is_goal(before) and not m["task"]):
            return False
        if m["task"] or op == "by":
            return True
        if m["year"] and not m["ypart"]:
            head = re.search(r"(?<!\w)(?:hoàn\sthành|xong|ban\shành|trình|báo\scáo|kết\sthúc|phê\sduyệt|khởi\scông|công\sbố)(?!\w)[^;]{0,170}$", before)
            if re.fullmatch(r"[\s+•-]{0,4}thực\shiện\s", before):
                return True
            return bool(head) and not re.search(r"(?:nhiệm\svụ|kế\shoạch|vốn|kinh\sphí|chương\strình|thực\shiện|công\stác|hoạt\sđộng|phát\ssinh)\s$", before)
        if not before.strip(" -+•(\n"):
            return bool(p.STRONG_TASK.search(after[:160]))
        return bool(p.STRONG_TASK.search(before[-170:]))

    def _period_end(self, m: re.Match[str], *, before: bool = False) -> date | None:
        doc = self.doc_date
        if m["quarter"]:
            months, printed = (_quarter(m) * 3 - 2, _quarter(m) * 3), m["qyear"]
        elif m["month"]:
            months, printed = (int(m["month"]), int(m["month"])), m["myear"]
        elif m["half"]:
            count = {"sáu": 6, "chín": 9}.get(m["half"]) or int(m["half"])
            months, printed = ((1, count) if m["end"] == "đầu" else (13 - count, 12)), m["hyear"]
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
        if before:
            return date(year, months[0], 1) - timedelta(days=1)
        return last_day_of_month(year, months[1])


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """Return what does not overlap, in order of place; of two that do, the one found first stays."""
    kept: list[tuple[int, _Found]] = []
    for rank, one in sorted(enumerate(found), key=lambda pair: (pair[1].start, pair[0])):
        if kept and one.start < kept[-1][1].end:
            if rank < kept[-1][0] and (len(kept) < 2 or one.start >= kept[-2][1].end):
                kept[-1] = (rank, one)
            continue
        kept.append((rank, one))
    return [one for _, one in kept]


def _is_goal(before: str) -> bool:
    """Tell whether what stands before names a figure to be reached, and nothing to be handed in after it."""
    goal = re.search(r"(?:mục\stiêu|chỉ\stiêu|tỷ\slệ|phấn\sđấu|tăng|đạt)[^;]{0,80}$", before)
    return goal is not None and not re.search(r",\s(?:báo\scáo|trình|gửi|hoàn\sthành|phê\sduyệt|ban\shành)(?!\w)", goal[0])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _op(m: re.Match[str]) -> str:
    return next((name for name in ("by", "before", "until", "on") if m[name]), "on")


def _time(m: re.Match[str]) -> time | None:
    if not m["hour"]:
        return None
    hour = int(m["hour"])
    if m["half"] in {"chiều", "tối"} and hour < 12:
        hour += 12
    return time(23, 59) if hour >= 24 else time(hour, int(m["minute"] or 0))


def _number(text: str) -> float:
    if "," in text:  # "3,5 ngày" of procedures
        return float(text.replace(",", "."))
    return p.NUMBER_WORDS.get(text) or int(text)


def _quarter(m: re.Match[str]) -> int:
    return _ROMAN.get(m["quarter"]) or int(m["quarter"])


def _unit(m: re.Match[str]) -> Unit:
    working = bool(m["working"])
    if m["unit"] == "ngày":
        return Unit.working_day if working else Unit.day
    if m["unit"] in {"giờ", "h", "h00"}:
        return Unit.working_hour if working else Unit.hour
    return {"tuần": Unit.week, "tháng": Unit.month, "năm": Unit.year}[m["unit"]]
