"""Documents taken out to be edited in a spreadsheet and brought back (sửa hàng loạt): the columns, and what a cell says.

The headings name the columns of the file whatever language the person reads, so they stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from registry.domain.dates import read_date
from registry.domain.import_errors import BadCell
from registry.domain.importing_rows import read_urgency
from registry.domain.values import Urgency
from search_index.text import clean, one_line

ID, VERSION, NUMBER = "Mã văn bản", "Phiên bản", "Số, ký hiệu"
"""What tells which document a row is, and that nobody changed it since; these stay as they are."""
SHOWN = ((NUMBER, 20), ("Ngày văn bản", 12), ("Cơ quan ban hành", 30))
"""To know the document by; a change there is made on the document's own page, where its number is looked after."""

_MOST = 100_000
URGENCIES = {Urgency.NORMAL: "Thường", Urgency.URGENT: "Khẩn", Urgency.VERY_URGENT: "Thượng khẩn",
             Urgency.EXPRESS: "Hỏa tốc"}


class Sort(Enum):
    """What a cell holds."""

    LINE = auto()
    LINES = auto()
    DAY = auto()
    COUNT = auto()
    URGENCY = auto()
    FIELD = auto()
    """The name of a field of work (lĩnh vực)."""


@dataclass(frozen=True, slots=True)
class Editable:
    """One column that may be edited: the document's field, and the column's heading and width in the file."""

    field: str
    heading: str
    width: int
    sort: Sort = Sort.LINE


EDITABLE = (
    Editable("subject", "Trích yếu", 60), Editable("signer_name", "Người ký", 20),
    Editable("signer_position", "Chức vụ người ký", 20), Editable("field_id", "Lĩnh vực", 18, Sort.FIELD),
    Editable("urgency", "Mức độ khẩn", 12, Sort.URGENCY), Editable("handed_to", "Chuyển cho", 22),
    Editable("handed_on", "Ngày chuyển", 12, Sort.DAY), Editable("recipients", "Nơi nhận", 30, Sort.LINES),
    Editable("archive_unit", "Đơn vị, người nhận bản lưu", 20), Editable("copies", "Số lượng bản", 9, Sort.COUNT),
    Editable("envelopes", "Số lượng bì", 9, Sort.COUNT), Editable("pages", "Số trang", 9, Sort.COUNT),
    Editable("sent_on", "Ngày gửi", 12, Sort.DAY), Editable("reply_due_on", "Hạn trả lời", 12, Sort.DAY),
    Editable("language", "Ngôn ngữ", 12), Editable("notes", "Ghi chú", 30, Sort.LINES),
)


def is_taken_out(columns: Iterable[str]) -> bool:
    """Tell whether a file was taken out to be edited: it has the document's id and version."""
    return {ID, VERSION} <= set(columns)


def read_cell(column: Editable, text: str) -> str | int | date | None:
    """Return what a cell says: text, a day, a count, an urgency; empty says None, or no text.

    The name of a field of work is returned as text.

    Raises:
        BadDate: it is no day.
        BadCell: it is no count or urgency.
    """
    text = text.replace("\r\n", "\n")
    if column.sort == Sort.LINES:
        return clean(text).strip()
    text = one_line(text)
    if column.sort in {Sort.LINE, Sort.FIELD}:
        return text
    if column.sort == Sort.URGENCY:
        urgency = read_urgency(text)
        if urgency is None:
            raise BadCell(column.field)
        return urgency
    if not text:
        return None
    if column.sort == Sort.DAY:
        return read_date(text)
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= _MOST):
        raise BadCell(column.field)
    return int(text)
