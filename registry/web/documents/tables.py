"""The columns of lists of documents, on screen and in files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.tables import Cell, Column, Table
from registry.domain.values import Status
from registry.services.documents import DocumentRow
from registry.web import labels
from registry.web.documents.forms import URGENCIES


class ListColumn(NamedTuple):
    """One column: whether it is shown unless the person chose otherwise, and how a file has it."""

    code: str
    name: object
    shown: bool
    width: int
    cell: Callable[[DocumentRow], Cell]


COLUMNS = (
    ListColumn("entry", _("Số sổ"), True, 8, lambda row: row.entry),
    ListColumn("date", _("Ngày văn bản"), True, 12, lambda row: row.issued_on),
    ListColumn("kind", _("Loại"), True, 15, lambda row: row.kind),
    ListColumn("issuer", _("Cơ quan ban hành"), True, 32, lambda row: row.issuer),
    ListColumn("subject", _("Trích yếu"), True, 70, lambda row: row.subject),
    ListColumn("signer", _("Người ký"), False, 20, lambda row: row.signer),
    ListColumn("field", _("Lĩnh vực"), False, 18, lambda row: row.field),
    ListColumn("received", _("Ngày đến"), False, 12, lambda row: row.received_on),
    ListColumn("recipients", _("Nơi nhận"), False, 32, lambda row: row.recipients),
    ListColumn("handed", _("Chuyển cho"), False, 22, lambda row: row.handed_to),
    ListColumn("direction", _("Chiều"), False, 10, lambda row: labels.label(labels.DIRECTIONS, row.direction)),
)
NAMES: Mapping[str, object] = {column.code: column.name for column in COLUMNS}
_URGENCIES: Mapping[int, object] = {int(code): name for code, name in URGENCIES}


def document_table(title: str, rows: Iterable[DocumentRow], codes: Sequence[str], told: Sequence[str]) -> Table:
    """Return documents as a table: the number, the columns ``codes``, and what the screen marks by tags."""
    picked = [column for code in codes for column in COLUMNS if column.code == code]
    columns = [Column(gettext("Số, ký hiệu"), 20), *(Column(str(one.name), one.width) for one in picked),
               Column(gettext("Tình trạng"), 16)]
    return Table(title, columns, ((row.number, *(one.cell(row) for one in picked), _tags(row)) for row in rows), told)


def _tags(row: DocumentRow) -> str:
    return "; ".join(str(word) for word in (
        gettext("Đã hủy") if row.status == Status.CANCELLED else "",
        _URGENCIES[row.urgency] if row.urgency else "",
        gettext("Hạn chế nội bộ") if row.restricted else "") if word)
