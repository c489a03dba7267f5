"""A report as it is printed: the head and foot of Nghị định 30/2020/NĐ-CP, and parts of paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from registry.domain.dates import print_date
from registry.domain.tables import Table

EDITED_MARK = "[sửa]"
"""Stands before a paragraph that a person worded, where the report is asked to tell."""


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """One paragraph; ``edited`` where a person changed what was computed, or wrote it."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ReportChart:
    """A chart with what it shows."""

    title: str
    svg: bytes


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A numbered part of a report."""

    heading: str
    paragraphs: tuple[ReportParagraph, ...] = ()
    tables: tuple[Table, ...] = ()
    """Their rows are sequences, read more than once."""
    charts: tuple[ReportChart, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What stands around the parts, as the person who signs wants it."""

    subject: str = ""
    """Below BÁO CÁO: "Kết quả công tác sáu tháng đầu năm 2021"."""
    number: str = ""
    """The whole number, "15/BC-STTTT"; empty leaves room for it."""
    issued_on: date | None = None
    recipients: str = ""
    """A line each."""
    authority: str = ""
    """"TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC"; mostly empty."""
    position: str = ""
    signer: str = ""


_HEADS = (  # how the name of a body begins, on whose behalf its head signs, what the head is called
    ("ủy ban nhân dân", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("văn phòng", "", "CHÁNH VĂN PHÒNG"),
    ("thanh tra", "", "CHÁNH THANH TRA"), ("chi cục", "", "CHI CỤC TRƯỞNG"), ("cục", "", "CỤC TRƯỞNG"),
    ("tổng cục", "", "TỔNG CỤC TRƯỞNG"), ("bộ", "", "BỘ TRƯỞNG"), ("ban", "", "TRƯỞNG BAN"), ("phòng", "", "TRƯỞNG PHÒNG"),
    ("sở", "", "GIÁM ĐỐC"), ("trung tâm", "", "GIÁM ĐỐC"))


def usual_signature(office: str) -> tuple[str, str]:
    """Return (authority, position) of the head of ``office`` as a signature says them, empty where its name does not tell.

    Source: Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục I, II.7: collective bodies sign "TM.", others by their head.
    """
    name = office.casefold()
    return next(((authority, position) for begins, authority, position in _HEADS if name.startswith(f"{begins} ")),
                ("", ""))


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report, ready to be set."""

    office: str
    parent: str
    place: str
    head: ReportHead
    parts: tuple[ReportPart, ...] = ()
    mark_edited: bool = False
    """Tell in print which paragraphs a person worded."""
    symbol: str = field(default="BC")

    @property
    def number_line(self) -> str:
        """Return "Số: 15/BC-STTTT", with room where the number is not taken yet."""
        return f"Số: {self.head.number or f'        /{self.symbol}'}"

    @property
    def place_and_date(self) -> str:
        """Return "Hà Nam, ngày 15 tháng 6 năm 2021", with room where there is no date yet."""
        when = print_date(self.head.issued_on) if self.head.issued_on else "ngày      tháng      năm        "
        return f"{self.place}, {when}" if self.place else when

    @property
    def recipient_lines(self) -> list[str]:
        """Return the recipients without dashes, a line each."""
        lines = (line.strip(" -–;.\t") for line in self.head.recipients.splitlines())
        found = [line for line in lines if line]
        return [f"{line}{'.' if place == len(found) else ';'}" for place, line in enumerate(found, 1)]

    def lines(self, part: ReportPart) -> list[str]:
        """Return the paragraphs of a part as they are printed; a line break begins a new one."""
        found = []
        for one in part.paragraphs:
            lines = [line.strip() for line in one.text.split("\n") if line.strip()]
            if lines and one.edited and self.mark_edited:
                lines[0] = f"{EDITED_MARK} {lines[0]}"
            found += lines
        return found

    @property
    def annexes(self) -> list[tuple[str, ReportPart]]:
        """Return the parts that have tables or charts, each with the heading of its annex (phụ lục)."""
        found = [part for part in self.parts if part.tables or part.charts]
        if len(found) == 1:
            return [(f"PHỤ LỤC: {found[0].heading}", found[0])]
        return [(f"PHỤ LỤC {numbered(place, part.heading)}", part) for place, part in enumerate(found)]


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def numbered(place: int, heading: str) -> str:
    """Return a heading with the Roman numeral of its place, counted from 0."""
    return f"{_ROMAN[place]}. {heading}" if place < len(_ROMAN) else heading
