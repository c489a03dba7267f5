"""Work programmes (chương trình công tác): their periods, the states of a planned document, and lists as pasted."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.domain.dates import FIRST_YEAR, LAST_YEAR, read_date
from registry.domain.errors import BadDate
from registry.domain.kinds import DocumentKind, find_kind
from search_index.text import clean, fold_line, one_line

SOON = timedelta(days=7)
_ROMAN = ("I", "II", "III", "IV")


class PlanState(StrEnum):
    """What has become of a planned document (văn bản dự kiến)."""

    PLANNED = "planned"
    """Dự kiến."""
    DRAFTING = "drafting"
    """Đang soạn thảo."""
    ISSUED = "issued"
    """Đã ban hành."""
    CARRIED = "carried"
    """Chuyển sang kỳ sau: a row of the later period goes on with it."""
    DROPPED = "dropped"
    """Bỏ khỏi chương trình, with a reason."""


OPEN = frozenset({PlanState.PLANNED, PlanState.DRAFTING})
CLOSED = frozenset(PlanState) - OPEN


class PlanStanding(StrEnum):
    """Where a planned document stands in time; computed, never stored."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_TERM = "in_term"
    IN_TIME = "in_time"
    LATE = "late"
    SET_ASIDE = "set_aside"


def standing(state: PlanState, due_on: date, issued_on: date | None, today: date) -> PlanStanding:
    """Return where a planned document stands: issued in time or late, or how near its day is."""
    if state == PlanState.ISSUED:
        return PlanStanding.LATE if issued_on is not None and issued_on > due_on else PlanStanding.IN_TIME
    if state in CLOSED:
        return PlanStanding.SET_ASIDE
    if due_on < today:
        return PlanStanding.OVERDUE
    return PlanStanding.DUE_SOON if due_on <= today + SOON else PlanStanding.IN_TERM


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """Kỳ của chương trình công tác: a year, a half year, a quarter or a month.

    ``part`` is empty for the whole year, ``H1``, ``H2``, ``Q1`` … ``Q4``, ``M01`` … ``M12``.
    """

    year: int
    part: str = ""

    def __post_init__(self) -> None:
        if self.part not in _PARTS:
            raise ValueError(f"no part of a year: {self.part!r}")
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"the year {self.year} is out of range")

    @classmethod
    def read(cls, code: str) -> PlanPeriod:
        """Read ``2021``, ``2021-H2``, ``2021-Q3`` or ``2021-M07``.

        Raises:
            ValueError: it is no period.
        """
        year, _, part = code.partition("-")
        if not (len(year) == 4 and year.isascii() and year.isdigit()) or code.endswith("-"):
            raise ValueError(f"no period: {code[:20]!r}")
        return cls(int(year), part)

    @classmethod
    def around(cls, day: date, length: str = "Q") -> PlanPeriod:
        """Return the month (``M``), quarter (``Q``), half year (``H``) or year (````) that ``day`` lies in."""
        parts = {"M": f"M{day.month:02d}", "Q": f"Q{(day.month + 2) // 3}", "H": f"H{(day.month + 5) // 6}"}
        return cls(day.year, parts.get(length, ""))

    @property
    def code(self) -> str:
        """How it stands in an address and in the database."""
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def start(self) -> date:
        """Return the first day."""
        return date(self.year, _PARTS[self.part][0], 1)

    @property
    def end(self) -> date:
        """Return the last day."""
        month = _PARTS[self.part][1]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def following(self) -> PlanPeriod:
        """Return the period of the same length behind this one; the last one that there is has none and is itself returned."""
        if self.end.year == LAST_YEAR and self.end.month == 12:
            return self
        return PlanPeriod.around(self.end + timedelta(days=1), self.part[:1])

    def __str__(self) -> str:
        """Print "Quý III năm 2021", "6 tháng cuối năm 2021", "Tháng 7 năm 2021", "Năm 2021"."""
        if not self.part:
            return f"Năm {self.year}"
        number = int(self.part[1:])
        name = {"M": f"Tháng {number}", "Q": f"Quý {_ROMAN[(number - 1) % 4]}",
                "H": f"6 tháng {'đầu' if number == 1 else 'cuối'}"}[self.part[0]]
        return f"{name} năm {self.year}"


_PARTS: dict[str, tuple[int, int]] = {
    "": (1, 12), "H1": (1, 6), "H2": (7, 12), **{f"Q{q}": (q * 3 - 2, q * 3) for q in range(1, 5)},
    **{f"M{m:02d}": (m, m) for m in range(1, 13)}}
"""The first and the last month of each part of a year."""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One document that a pasted list plans."""

    subject: str
    kind: DocumentKind | None = None
    due_on: date | None = None
    unit: str = ""
    """What stood in a further cell and is no day: the drafting unit, as typed."""


_NUMBERING = re.compile(r"^\s*(?:[-–+•*]\s+|(?:\d{1,3}|[a-zđ]|[IVX]{1,5})[.)]\s+)", re.IGNORECASE)
# "Xây dựng Kế hoạch …", "Tham mưu Đề án …", "Trình UBND tỉnh: Quyết định …": what is done with the document.
_DONE_WITH_IT = re.compile(
    r"^(?:(?:xây dựng|tham mưu|soạn thảo|ban hành|hoàn thiện|dự thảo|(?:trình|tham mưu)[^:;]{0,80}:)\s+)+", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:về\s+việc|về|v/v)\s+", re.IGNORECASE)
# "…, trình trước ngày 15/3/2027", "… (hạn: 15/3/2027)": a day alone may be that of a document cited.
_DUE_AT_END = re.compile(
    r"[\s,;(–-]+(?:(?:trình|hoàn thành|ban hành)\s+(?:[^,;()\d]{1,40}?\s+)?)?(?:trước|chậm nhất(?:\s+là)?|thời hạn|hạn)\s*:?"
    r"\s*(?:ngày\s+)?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*\)?$", re.IGNORECASE)
_PARTING = re.compile(r"[;\n]")
_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]")


def read_lines(text: str) -> list[PlannedLine]:
    """Read a list of planned documents: one a line, or parted by semicolons as in a report's sentence.

    Cells of a pasted table (parted by tabs or ``|``) that hold a day give the deadline, another one the
    unit.
    """
    found = []
    for piece in _pieces(clean(text)):
        cells = [one_line(cell) for cell in re.split(r"[\t|]", piece)]
        line = _read_cells([cell for cell in cells if cell and not re.fullmatch(r"[\d.]{1,4}", cell)])
        if line is not None:
            found.append(line)
    return found


def _pieces(text: str) -> list[str]:
    """Part the text, but never inside a quoted title."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    pieces, start = [], 0
    for parting in _PARTING.finditer(text):
        if any(first < parting.start() < last for first, last in quoted):
            continue
        pieces.append(text[start:parting.start()])
        start = parting.end()
    return [*pieces, text[start:]]


def _read_cells(cells: list[str]) -> PlannedLine | None:
    due_on, unit, subject = None, "", ""
    for cell in cells:
        day = _day(cell)
        if day is not None:
            due_on = due_on or day
        elif not subject:
            subject = _NUMBERING.sub("", cell).rstrip(" .;/")
        else:
            unit = unit or cell
    told = _DUE_AT_END.search(subject)
    if told is not None and (day := _day(told[1])) is not None:
        due_on, subject = due_on or day, subject[:told.start()]
    kind, rest = _kind_before(_DONE_WITH_IT.sub("", subject))
    if kind is None:  # "Tập huấn …": no document of a kind, so the verb says what it is
        rest = subject
    rest = _ABOUT.sub("", rest)
    return PlannedLine(rest, kind, due_on, unit) if rest else None


def _day(cell: str) -> date | None:
    try:
        return read_date(cell) if len(cell) <= 60 else None
    except BadDate:
        return None


def _kind_before(subject: str) -> tuple[DocumentKind | None, str]:
    """Part the name of a kind off the beginning: "Kế hoạch cải cách …" → Kế hoạch, "cải cách …"."""
    words = subject.split(" ")
    for count in (4, 3, 2, 1):
        name = " ".join(words[:count])
        kind = find_kind(name) if len(words) > count else None
        if kind is not None and fold_line(kind.name) == fold_line(name):
            return kind, " ".join(words[count:])
    return None, subject
