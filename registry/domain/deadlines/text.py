"""A text in which deadlines are looked for: its sentences, its date, and places in it as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from registry.domain.deadlines.around import Around
from registry.domain.deadlines.parts import NUMBER_WORDS
from registry.domain.deadlines.values import Deadline
from registry.domain.phrases import spaced
from registry.domain.reading import Reading, lowered
from registry.domain.recurrence import rule_text
from registry.domain.workdays import Unit, last_day_of_month

EACH = ("hàng", "hằng", "mỗi", "từng")  # the words of which every cycle has one
FREQUENCY = {"ngày": ("daily", 1), "tuần": ("weekly", 1), "tháng": ("monthly", 1), "quý": ("monthly", 3),
             "quí": ("monthly", 3), "năm": ("yearly", 1)}
LARGEST = {Unit.day: 3660, Unit.working_day: 1000, Unit.week: 520, Unit.month: 600, Unit.year: 100,
           Unit.hour: 9999, Unit.working_hour: 9999}
# A stop, the sign of the next item of a list at the head of a line or in it, a dash behind a clause
_SENTENCE_END = spaced(
    r"[;!?]"
    r"|\.(?!\d)"
    r"|: ?(?=[-+•*\n])"
    r"|\n(?= ?(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\)|điều \d|[ivx]{1,4}\.|\n))"
    r"| [+•] (?=\w)"
    r"|[,)”\"] - (?=\w)")
_ITEM_OPENS = spaced(r"[ +•(-]{0,6}(?:[a-zđ0-9]{1,3}[.)] )?")
_SIGHT = 260
_CROWD, _CROWDED = 64, 8000  # at most so many of a kind are read in so many characters: a long table has fewer


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline and its place in the cleaned text."""

    start: int
    end: int
    deadline: Deadline


class DeadlineText:
    """One text being read; places are in the cleaned text until ``placed``."""

    def __init__(self, text: str, doc_date: date | None) -> None:
        self.given = text
        self.reading = Reading(text)
        self.plain = self.reading.plain
        self.low = lowered(self.plain)
        self.doc_date = doc_date
        breaks = [found.span() for found in _SENTENCE_END.finditer(self.low)]
        self.stops = [start for start, _ in breaks]
        self.ends = [end for _, end in breaks]

    def placed(self, found: Found, lead: int, tail: int) -> Deadline:
        """Return the deadline with its place and words in the text as given; its list runs from ``lead`` to ``tail``."""
        start, end = self.reading.raw_span(found.start, found.end)
        while end > start and self.given[end - 1].isspace():
            end -= 1
        first, last = self.sentence(found.start)
        if first and self.low[first - 1].isalnum():  # cut short by the limit of sight: begin with a whole word
            first = max(first, self.low.find(" ", first, found.start) + 1)
        at = bisect_right(self.ends, first) - 1
        earlier = max(self.ends[at - 1] if at > 0 else 0, first - _SIGHT) if at >= 0 and self.ends[at] == first else first
        around = Around(self.plain, earlier, first, min(found.start, max(lead, first)), min(tail, max(found.end, last)), last)
        return replace(found.deadline, start=start, end=end, text=self.given[start:end], around=around)

    def candidates(self, pattern: re.Pattern[str], *words: str) -> Iterator[re.Match[str]]:
        """Yield what ``pattern`` finds, but of a crowd only the first: no one writes dates by the dozen in a line.

        ``words``: every match has one of them, so that a text without them need not be looked through.
        """
        if words and not any(word in self.low for word in words):
            return
        recent: deque[int] = deque(maxlen=_CROWD)
        for found in pattern.finditer(self.low):
            if len(recent) == _CROWD and found.start() - recent[0] < _CROWDED:
                continue
            recent.append(found.start())
            yield found

    def sentence(self, start: int) -> tuple[int, int]:
        """Return where the sentence around ``start`` begins and ends, as far as one looks."""
        at = bisect_right(self.ends, start)
        begin = self.ends[at - 1] if at else 0
        nearest = bisect_right(self.stops, start)
        stop = self.stops[nearest] if nearest < len(self.stops) else len(self.low)
        return max(begin, start - _SIGHT), min(stop, start + 2 * _SIGHT)

    def item(self, start: int) -> int:
        """Return where the item of a list begins that holds ``start``: semicolons do not end it."""
        at = bisect_right(self.ends, start)
        while at and self.low[self.ends[at - 1] - 1] == ";" and start - self.ends[at - 1] < _SIGHT:
            at -= 1
        return self.ends[at - 1] if at else 0

    def before(self, start: int) -> str:
        """Return the sentence up to ``start``, in lower case."""
        return self.low[self.sentence(start)[0]:start]

    def after(self, end: int, start: int) -> str:
        """Return the rest, from ``end``, of the sentence that ``start`` is in."""
        return self.low[end:max(end, self.sentence(start)[1])]

    def ends_at(self, place: int) -> bool:
        """Tell whether a sentence ends at ``place``."""
        at = bisect_right(self.stops, place)
        return bool(at) and self.stops[at - 1] == place

    def closed(self, start: int, end: int) -> int:
        """Return ``end``, or the place behind the bracket that closes one opened since ``start``."""
        inside = self.low[start:end]
        return end + 1 if inside.count("(") > inside.count(")") and self.low[end:end + 1] == ")" else end

    def year_for(self, month: int, day: int) -> int | None:
        """Return the year of a day printed without one: the next such day from the date of the document."""
        if self.doc_date is None:
            return None
        year = self.doc_date.year
        try:
            due = date(year, month, min(day, last_day_of_month(year, month).day))
        except ValueError:
            return None
        # "trước ngày 15/01" in a document of December is of the year to come.
        return year if due >= self.doc_date else year + 1

    def day_of(self, m: re.Match[str]) -> date | None:
        """Return the day that ``parts.DAY`` found, in the year printed or to be understood; None if there is none."""
        month, day, year = int(m["month"] or m["wmonth"]), int(m["day"]), m["year"] or m["wyear"]
        if not 1 <= month <= 12:
            return None
        wanted = int(year) if year else self.year_for(month, day)
        try:
            return date(wanted, month, day) if wanted else None
        except ValueError:
            return None

    def past(self, due: date) -> bool:
        """Tell whether ``due`` is before the date of the document."""
        return self.doc_date is not None and due < self.doc_date


def recurs(start: int, end: int, frequency: str, interval: int, op: str | None, *,
            months: Sequence[int] = (), month_day: int | Sequence[int] | None = None, week_day: int | None = None,
            at: time | None = None) -> Found:
    """Return a recurring deadline with its rule."""
    rule = rule_text(frequency, interval, months=months, month_day=month_day, week_day=week_day)
    return Found(start, end, Deadline(0, 0, "", "recurring", None, op, at, frequency, interval, rule))


def of_each_year(m: re.Match[str], start: int, end: int, op: str) -> Iterator[Found]:
    """Yield the ``day`` and ``month`` of ``m`` as a day of each year, unless no year has it."""
    month, day = int(m["month"]), int(m["day"])
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield recurs(start, end, "yearly", 1, op, months=(month,), month_day=day)


def last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last match, or None."""
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def opens_item(before: str) -> bool:
    """Tell whether ``before``, a sentence up to some place, is no more than the sign and number of an item: "- ", "a) "."""
    return _ITEM_OPENS.fullmatch(before) is not None


def op_of(m: re.Match[str]) -> str:
    """Return how the words bound the day: by, before, until or on."""
    return next((name for name in ("by", "before", "until", "on") if m[name]), "on")


def time_of(m: re.Match[str]) -> time | None:
    """Return the hour printed with the day; 24 giờ is the last minute of it."""
    if not m["hour"]:
        return None
    hour = int(m["hour"])
    if m["half"] in {"chiều", "tối"} and hour < 12:
        hour += 12
    return time(23, 59) if hour >= 24 else time(hour, int(m["minute"] or 0))


def number(text: str) -> float:
    """Return the number that digits or a word give."""
    if "," in text or "." in text:  # "3,5 ngày" of procedures, also "1.5 ngày"
        return float(text.replace(",", "."))
    return NUMBER_WORDS.get(" ".join(text.split())) or int(text)


def unit_of(m: re.Match[str]) -> Unit:
    """Return the unit of a term."""
    working = bool(m["working"])
    if m["unit"] == "ngày":
        return Unit.working_day if working else Unit.day
    if m["unit"] in {"giờ", "h", "h00"}:
        return Unit.working_hour if working else Unit.hour
    return {"tuần": Unit.week, "tháng": Unit.month, "năm": Unit.year}[m["unit"]]
