"""The register books' printed forms (mẫu sổ): title, columns in their order, cover.

A book is kept in Vietnamese whatever language the person reads, so its words stand here.
Source: Nghị định 30/2020/NĐ-CP, Phụ lục IV.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.dates import print_date, print_short_date
from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.tables import Column
from registry.domain.values import Direction
from search_index.text import fold_line


class RegisterForm(StrEnum):
    """Which form of a register book."""

    OUTGOING = "outgoing"
    """Sổ đăng ký văn bản đi."""
    INCOMING = "incoming"
    """Sổ đăng ký văn bản đến."""
    FOLLOW_UP = "follow-up"
    """Sổ theo dõi giải quyết văn bản đến."""
    POST = "post"
    """Sổ gửi văn bản đi bưu điện."""


TITLES: dict[RegisterForm, str] = {
    RegisterForm.OUTGOING: "Sổ đăng ký văn bản đi",
    RegisterForm.INCOMING: "Sổ đăng ký văn bản đến",
    RegisterForm.FOLLOW_UP: "Sổ theo dõi giải quyết văn bản đến",
    RegisterForm.POST: "Sổ gửi văn bản đi bưu điện",
}

COLUMNS: dict[RegisterForm, tuple[Column, ...]] = {
    RegisterForm.OUTGOING: (
        Column("Số, ký hiệu văn bản", 18), Column("Ngày tháng văn bản", 13, "center"),
        Column("Tên loại và trích yếu nội dung văn bản", 46), Column("Người ký", 16),
        Column("Nơi nhận văn bản", 24), Column("Đơn vị, người nhận bản lưu", 15), Column("Số lượng bản", 9, "center"),
        Column("Ngày chuyển", 13, "center"), Column("Ký nhận", 9), Column("Ghi chú", 14),
    ),
    RegisterForm.INCOMING: (
        Column("Ngày đến", 13, "center"), Column("Số đến", 8, "center"), Column("Tác giả", 22),
        Column("Số, ký hiệu văn bản", 18), Column("Ngày tháng văn bản", 13, "center"),
        Column("Tên loại và trích yếu nội dung văn bản", 44), Column("Đơn vị hoặc người nhận", 18),
        Column("Ngày chuyển", 13, "center"), Column("Ký nhận", 9), Column("Ghi chú", 14),
    ),
    RegisterForm.FOLLOW_UP: (
        Column("Số đến", 8, "center"),
        Column("Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành", 46), Column("Đơn vị hoặc người nhận", 26),
        Column("Thời hạn giải quyết", 20), Column("Tiến độ giải quyết", 26), Column("Số, ký hiệu văn bản trả lời", 22),
        Column("Ghi chú", 20),
    ),
    RegisterForm.POST: (
        Column("Ngày chuyển", 13, "center"), Column("Số, ký hiệu văn bản", 22), Column("Nơi nhận văn bản", 60),
        Column("Số lượng bì", 10, "center"), Column("Ký nhận và dấu bưu điện", 30), Column("Ghi chú", 24),
    ),
}

OF_DIRECTION: dict[str, tuple[RegisterForm, ...]] = {
    Direction.OUTGOING: (RegisterForm.OUTGOING,),
    Direction.INTERNAL: (RegisterForm.OUTGOING,),
    Direction.INCOMING: (RegisterForm.INCOMING, RegisterForm.FOLLOW_UP),
}
"""The forms in which a book of a direction is printed, its own first. The post book is one for the whole office."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover (bìa sổ): who keeps the book, what it is, and what this volume (quyển) holds."""

    parent: str
    agency: str
    title: str
    book: str
    """The book's own name, where an office keeps several of one form."""
    year: int
    since: date | None
    until: date | None
    first: str
    last: str
    volume: str

    @property
    def lines(self) -> list[str]:
        """Năm; Từ ngày … đến ngày …; Từ số … đến số …; Quyển số: what is open has dots, to be filled in by hand."""
        since = print_date(self.since) if self.since else "ngày ……………"
        until = print_date(self.until) if self.until else "ngày ……………"
        return [
            f"Năm: {self.year}", f"Từ {since} đến {until}",
            f"Từ số {self.first or '………'} đến số {self.last or '………'}", f"Quyển số: {self.volume or '………'}",
        ]


def kind_and_subject(kind: str, subject: str) -> str:
    """Return "Tên loại và trích yếu" of one cell: a subject that begins with its kind has it once."""
    return subject if not kind or fold_line(subject).startswith(fold_line(kind)) else f"{kind} {subject}"


def told_document(kind: str, number: str, issued_on: date | None, issuer: str) -> str:
    """Return "Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành" of one cell."""
    named = " ".join(part for part in (
        kind or "Văn bản", f"số {number}" if number else "", print_date(issued_on) if issued_on else "") if part)
    return f"{named} của {issuer}" if issuer else named


_PROGRESS = {
    ObligationState.NEW: "Chưa thực hiện", ObligationState.WORKING: "Đang thực hiện",
    ObligationState.WAITING: "Chờ xác nhận", ObligationState.DONE: "Hoàn thành",
    ObligationState.PAUSED: "Tạm dừng", ObligationState.CANCELLED: "Đã hủy",
}
_STANDING = {Timeliness.OVERDUE: "quá hạn", Timeliness.DONE_LATE: "quá hạn", Timeliness.DONE_IN_TIME: "đúng hạn"}


def progress(state: ObligationState, standing: Timeliness, done_on: date | None) -> str:
    """Return "Tiến độ giải quyết" of one piece of work: "Hoàn thành ngày 28/6/2021, đúng hạn"."""
    words = _PROGRESS[state]
    if done_on is not None and state in {ObligationState.DONE, ObligationState.WAITING}:
        words += f" ngày {print_short_date(done_on)}"
    return f"{words}, {_STANDING[standing]}" if standing in _STANDING else words
