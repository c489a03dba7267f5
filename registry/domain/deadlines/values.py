"""What a deadline (thời hạn) is, once read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from math import ceil

from registry.domain.deadlines.around import Around
from registry.domain.workdays import Unit


@dataclass(frozen=True, slots=True)
class Relative:
    """Thời hạn tính từ một sự kiện: ``n`` units after ``event``, or before it when ``backwards``.

    Procedures give half days ("3,5 ngày"): ``n`` is then 3.5, and ``whole`` what days are counted with.
    """

    n: float
    unit: Unit
    event: str | None
    backwards: bool = False

    @property
    def whole(self) -> int:
        """Return ``n`` rounded up to whole units."""
        return ceil(self.n)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Một thời hạn: ``start`` and ``end`` are places in the text as given.

    ``due`` is the printed day (a period's last day); ``op`` is before, by, within, until or on.
    """

    start: int
    end: int
    text: str
    kind: str
    due: date | None = None
    op: str | None = None
    due_time: time | None = None
    frequency: str | None = None
    interval: int | None = None
    rrule: str | None = None
    relative: Relative | None = None
    around: Around | None = field(default=None, repr=False, compare=False)

    @property
    def task(self) -> str | None:
        """Return the words that say what is due, on one line."""
        return self.around.task() if self.around else None

    @property
    def who(self) -> str | None:
        """Return who is to do it, where the sentence says so."""
        return self.around.who() if self.around else None

    def as_json(self) -> dict[str, object]:
        """Return the fields as ``extract deadlines --jsonl`` writes them."""
        relative = self.relative and {"n": self.relative.n, "unit": self.relative.unit.value, "from": self.relative.event}
        shown: dict[str, object] = {
            "span": [self.start, self.end], "span_text": self.text, "kind": self.kind,
            "due": self.due.isoformat() if self.due else None, "op": self.op, "frequency": self.frequency,
            "interval": self.interval, "rrule": self.rrule, "relative": relative}
        if self.due_time:
            shown["time"] = self.due_time.strftime("%H:%M")
        if self.relative and self.relative.backwards:
            shown["direction"] = "before"
        return shown


def last_day(deadline: Deadline, *, strict: bool = True) -> date | None:
    """Return the last day on which the task is in time.

    "trước ngày 30/6" read strictly is 29/6; otherwise, and with any other words, the printed day.
    With an hour ("trước 17 giờ ngày 30/6") and for whole periods it is the day itself.
    """
    if strict and deadline.due and deadline.op == "before" and deadline.kind == "date" and deadline.due_time is None:
        return deadline.due - timedelta(days=1)
    return deadline.due
