"""What a document refers to, as rows of the form: a relation, a number with or without its date, a chosen document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field

from registry.domain.dates import print_short_date, read_date
from registry.domain.errors import BadDate, BadDocumentNumber
from registry.domain.kinds import find_kind
from registry.domain.numbers import DocumentNumber
from registry.domain.relations import RELATIONS_BY_CODE
from registry.messages import say
from registry.services import lookup, organisations, reference
from registry.services.document_rows import Reference
from registry.services.documents import LinkedRow
from registry.web.context import actor, db
from registry.web.fields import read_id
from registry.web.forms import FormRefused
from search_index.text import one_line

MOST = 100
_LONGEST = 200
_KIND = re.compile(r"(?P<kind>[^\W\d_][^\d]*?)\s+(?:số\b|(?=\d))", re.IGNORECASE)
_DATE = re.compile(r"[\s,]+(?:ngày|ngay)\s+(?P<date>\d.*)$", re.IGNORECASE)


@dataclass(slots=True)
class ReferenceRow:
    """One row of the form as it was typed; ``error`` says what is wrong with it."""

    relation: str = "cites"
    number: str = ""
    document_id: str = ""
    error: str = ""
    mark: str = ""
    """The anchor of its source, where it was read in a pasted text."""


def typed_rows(form: MultiDict[str, str], prefix: str = "") -> list[ReferenceRow]:
    """Return the rows of a submitted form, empty ones left out."""
    columns = [form.getlist(prefix + name)[:MOST] for name in ("ref_relation", "ref_number", "ref_id")]
    rows = [ReferenceRow(relation[:30], one_line(number[:_LONGEST * 4]), document_id[:12].strip())
            for relation, number, document_id in zip(*columns, strict=False)]
    return [row for row in rows if row.number]


def taken_away(form: MultiDict[str, str], rows: Sequence[ReferenceRow], prefix: str = "") -> tuple[Reference, ...]:
    """Return what had been read in the text and offered, and stands in no row any more."""
    kept = {row.number for row in rows}
    gone = [ReferenceRow(number=one_line(words[:_LONGEST * 4])) for words in form.getlist(prefix + "ref_proposed")[:MOST]]
    return tuple(one for row in gone if row.number not in kept for one in read_rows([row]) or ())


def stored_rows(cites: Sequence[LinkedRow]) -> list[ReferenceRow]:
    """Return the rows for what a person typed that the document cites; what was read is kept without the form."""
    return [ReferenceRow(row.relation, _shown(row), str(row.document_id)) for row in cites if row.typed]


def _shown(row: LinkedRow) -> str:
    if not row.number:
        return row.subject[:_LONGEST]
    on = f" ngày {print_short_date(row.issued_on)}" if row.issued_on else ""
    return f"{row.number}{on}"


def read_rows(rows: Sequence[ReferenceRow]) -> tuple[Reference, ...] | None:
    """Return what the rows name; None after saying in the rows what is wrong."""
    found = []
    for row in rows:
        try:
            found.append(_read(row))
        except (BadDocumentNumber, BadDate) as error:
            row.error = say(error)
        except ValueError:
            row.error = _("Quan hệ này không có trong danh sách.")
    return None if any(row.error for row in rows) else tuple(found)


def _read(row: ReferenceRow) -> Reference:
    if row.relation not in RELATIONS_BY_CODE:
        raise ValueError(row.relation)
    if row.document_id.isascii() and row.document_id.isdigit() and len(row.document_id) < 10:
        return Reference(document_id=int(row.document_id), relation=row.relation)
    words, of, issuer = row.number.partition(" của ")
    number, issued_on = read_typed(words)
    DocumentNumber.parse(number)
    return Reference(number=number, issued_on=issued_on, relation=row.relation,
                     kind_id=_kind_id(number), issuer_id=_issuer_id(issuer) if of else None)


def _kind_id(number: str) -> int | None:
    """Return the kind that stands in front of a number: "Quyết định số 21/QĐ-TTg"."""
    words = _KIND.match(number)
    kind = find_kind(words["kind"]) if words else None
    return next((one.id for one in reference.kinds(db()) if one.code == kind.code), None) if kind else None


def _issuer_id(name: str) -> int | None:
    """Return the body of that name; what a citation calls it by may stand in no list."""
    return organisations.ids_by_name(db(), [(name, None)])[name, None]


def read_typed(text: str) -> tuple[str, date | None]:
    """Return the number, and the date where one stands behind it: "15/BC-UBND ngày 20/6/2021".

    Raises:
        BadDate: what stands behind "ngày" is none.
    """
    dated = _DATE.search(text)
    return (text[:dated.start()], read_date(dated["date"])) if dated else (text, None)


def document_chosen(typed: Field, chosen: Field) -> int | None:
    """Return the document that is meant: the one chosen, or the only one of the number typed.

    Raises:
        FormRefused: none or several are; the field says so.
    """
    document_id = read_id(chosen.data)
    if document_id is not None or not typed.data:
        return document_id
    try:
        number, on = read_typed(typed.data)
        rows = lookup.find_exactly(db(), number, actor=actor(), on=on)
    except (BadDocumentNumber, BadDate) as error:
        typed.errors = [say(error)]
        raise FormRefused from error
    if len(rows) == 1:
        return rows[0].id
    typed.errors = [
        _("Chưa có văn bản này trong sổ; hãy đăng ký trước, hoặc để trống và ghi lý do.") if not rows
        else _("Có %(n)s văn bản cùng số; hãy ghi thêm ngày, ví dụ: 15/BC-UBND ngày 20/6/2021.", n=len(rows))]
    raise FormRefused
