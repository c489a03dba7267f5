"""The columns of lists of documents, on screen and in files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from flask import request, session
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.tables import Cell, Column, Table, cell_text
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


def _issuer(row: DocumentRow) -> str:
    today = gettext("nay là %(names)s", names=", ".join(row.issuer_today)) if row.issuer_today else ""
    return f"{row.issuer or ''} ({today})" if today else row.issuer or ""


COLUMNS = (
    ListColumn("entry", _("Số sổ"), True, 8, lambda row: row.entry),
    ListColumn("date", _("Ngày văn bản"), True, 12, lambda row: row.issued_on),
    ListColumn("kind", _("Loại"), True, 15, lambda row: row.kind),
    ListColumn("issuer", _("Cơ quan ban hành"), True, 32, _issuer),
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


def chosen_columns(place: str, usual: Sequence[str], order: Sequence[str] | None = None) -> list[str]:
    """Return the columns that the person chose for a list, ``usual`` where they chose none, in their order.

    ``place`` is where the session keeps the choice; other columns than those of ``order`` the list does not have.
    """
    chosen = session.get(place) or usual
    return [code for code in order or tuple(NAMES) if code in chosen]


def choose_columns(place: str) -> None:
    """Keep the choice that the address holds; none of them is the usual ones again."""
    session[place] = [code for code in request.args.getlist("column") if code in NAMES] or None


def cells(row: DocumentRow) -> dict[str, str]:
    """Return what each column says of a document, as it is printed."""
    return {column.code: cell_text(column.cell(row)) for column in COLUMNS}


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
