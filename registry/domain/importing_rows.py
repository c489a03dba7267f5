"""One row of an office's file (một dòng của tệp nhập), read into the fields of a document.

Nothing is dropped: what cannot be read is kept in the notes under the column's own name, and told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from registry.domain.citations import find_citations
from registry.domain.dates import read_date
from registry.domain.errors import BadDate, BadDocumentNumber, MissingValue, RegistryError, SecretDocument
from registry.domain.import_errors import KeptAsText, SubjectMade
from registry.domain.importing_columns import Meaning
from registry.domain.kinds import DocumentKind, find_kind
from registry.domain.numbers import DocumentNumber
from registry.domain.secrecy import find_secrecy_mark, find_secrecy_mark_in_column
from registry.domain.values import Urgency
from search_index.text import clean, fold_line, one_line

_DATES = {Meaning.ISSUED_ON, Meaning.RECEIVED_ON, Meaning.HANDED_ON, Meaning.SENT_ON, Meaning.REPLY_DUE_ON}
_TEXTS = {Meaning.ISSUER, Meaning.SUBJECT, Meaning.SIGNER, Meaning.POSITION, Meaning.RECIPIENTS, Meaning.HANDED_TO,
          Meaning.ARCHIVE_UNIT, Meaning.LANGUAGE, Meaning.FIELD}
_URGENCIES = {
    "": Urgency.NORMAL, "thuong": Urgency.NORMAL, "binh thuong": Urgency.NORMAL, "khong": Urgency.NORMAL,
    "0": Urgency.NORMAL, "khan": Urgency.URGENT, "1": Urgency.URGENT, "thuong khan": Urgency.VERY_URGENT,
    "2": Urgency.VERY_URGENT, "hoa toc": Urgency.EXPRESS, "3": Urgency.EXPRESS,
}
_EXCEL_FIRST_DAY = date(1899, 12, 30)
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.0+)?")
_LONGEST_CELL_READ = 400
"""Characters of a cell that may be a number, a date or both."""
_LONGEST_TEXT_SUBJECT = 200
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd about one cell: the user's own column name, the value, and the fault."""

    column: str
    value: str
    error: RegistryError


@dataclass(slots=True)
class RowReading:
    """What a row says; ``texts`` holds the plain fields by the names of ``Meaning``."""

    external_id: str = ""
    number: str = ""
    kind: DocumentKind | None = None
    dates: dict[Meaning, date] = field(default_factory=dict)
    texts: dict[Meaning, str] = field(default_factory=dict)
    text: str = ""
    urgency: Urgency = Urgency.NORMAL
    copies: int | None = None
    envelopes: int | None = None
    pages: int | None = None
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def keep(self, column: str, value: str, error: RegistryError | None = None) -> None:
        """Keep ``value`` in the notes under the column's name, and tell why."""
        self.notes.append(f"{column}: {value}")
        if error is not None:
            self.remarks.append(Remark(column, value, error))


def check_row_secrecy(cells: Mapping[str, str], meanings: Mapping[str, Meaning]) -> None:
    """Refuse a row that bears a mark of state secrecy in any cell, known or not.

    Raises:
        SecretDocument: naming the rule and nothing of the row.
    """
    for column, value in cells.items():
        meaning = meanings.get(column, Meaning.KEPT)
        heading = "độ mật" if meaning == Meaning.SECRECY else column
        mark = find_secrecy_mark_in_column(heading, value)
        if mark is None and meaning != Meaning.SECRECY:
            mark = find_secrecy_mark(value, whole_text=meaning == Meaning.TEXT)
        if mark is not None:
            raise SecretDocument(mark.rule)


def read_row(cells: Mapping[str, str], meanings: Mapping[str, Meaning]) -> RowReading:
    """Read the cells of one row, given by the names of their columns.

    Raises:
        MissingValue: the row has neither number, subject nor text: it names no document.
    """
    row = RowReading()
    numeral = symbol = ""
    for column, raw in cells.items():
        meaning = meanings.get(column, Meaning.KEPT)
        value = clean(raw).strip() if meaning in {Meaning.TEXT, Meaning.NOTES, Meaning.RECIPIENTS} else one_line(raw)
        if not value or meaning in {Meaning.SKIPPED, Meaning.SECRECY}:
            continue
        if meaning in _DATES:
            _read_day(row, column, value, meaning)
        elif meaning in _TEXTS:
            row.texts[meaning] = value
        elif meaning == Meaning.ID:
            row.external_id = value
        elif meaning == Meaning.NUMBER:
            _read_number(row, column, value)
        elif meaning == Meaning.NUMERAL:
            numeral = re.sub(r"\.0+$", "", value)
        elif meaning == Meaning.SYMBOL:
            symbol = value
        elif meaning == Meaning.KIND:
            row.kind = find_kind(value) or row.kind
            if find_kind(value) is None:
                row.keep(column, value, KeptAsText("kind_id"))
        elif meaning == Meaning.TEXT:
            row.text = value
        elif meaning == Meaning.URGENCY:
            known = read_urgency(value)
            if known is None:
                row.keep(column, value, KeptAsText("urgency"))
            row.urgency = known or Urgency.NORMAL
        elif meaning in {Meaning.COPIES, Meaning.ENVELOPES, Meaning.PAGES}:
            _read_count(row, column, value, meaning)
        elif meaning == Meaning.NOTES:
            row.notes.append(value)
        else:
            row.keep(column, value)
    if numeral or symbol:
        whole = symbol if not numeral or symbol.startswith(numeral) else f"{numeral}/{symbol.lstrip('/-')}"
        if row.number or not symbol:
            row.keep("Số", whole)
        else:
            _read_number(row, "Số, ký hiệu", whole)
    _subject(row)
    return row


def read_urgency(text: str) -> Urgency | None:
    """Return the urgency (mức độ khẩn) that a cell says, None for no such word."""
    return _URGENCIES.get(fold_line(text[:40]).strip(" .")) if len(text) <= 40 else None


def content_id(cells: Mapping[str, str]) -> str:
    """Return an id that the same row has again, for files that give none."""
    said = "\x1f".join(f"{column}\x1e{one_line(value)}" for column, value in sorted(cells.items()) if value.strip())
    return "sha256:" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _read_day(row: RowReading, column: str, value: str, meaning: Meaning) -> None:
    serial = _SERIAL.fullmatch(value)
    if serial:
        row.dates[meaning] = _EXCEL_FIRST_DAY + timedelta(days=int(serial[1]))
        return
    try:
        row.dates[meaning] = read_date(value)
    except BadDate as error:
        row.keep(column, value, error)


def _read_number(row: RowReading, column: str, value: str) -> None:
    """Read a number; of "Công văn số 194/TTr-CAT ngày 16/10/2025" also the kind and the date."""
    try:
        DocumentNumber.parse(value)
    except BadDocumentNumber as error:
        found = [one for one in find_citations(value) if one.number] if len(value) <= _LONGEST_CELL_READ else []
        if len(found) != 1:
            if row.number:
                row.keep(column, value, error)
            elif len(value) <= 100:
                row.number = value  # kept as the text it is
                row.remarks.append(Remark(column, value, error))
            else:
                row.keep(column, value, error)
            return
        one = found[0]
        row.number = one.number or ""
        # A kind in words says more than the symbol: 194/TTr-… can be sent as a letter (công văn).
        named = find_kind(one.kind) if fold_line(value).startswith(fold_line(one.kind)) else None
        row.kind = row.kind or named
        if one.issued_on is not None:
            row.dates.setdefault(Meaning.ISSUED_ON, one.issued_on)
        if one.issuer:
            row.texts.setdefault(Meaning.ISSUER, one.issuer)
        if len(value) - (one.end - one.start) > 2:
            row.keep(column, value)
    else:
        row.number = value


def _read_count(row: RowReading, column: str, value: str, meaning: Meaning) -> None:
    found = re.fullmatch(r"0*(\d{1,6})(?:\.0+)?(?: (?:bản|bì|trang|tờ))?", value)
    if found is None or int(found[1]) > _MOST:
        row.keep(column, value, KeptAsText(meaning.value))
    elif meaning == Meaning.COPIES:
        row.copies = int(found[1])
    elif meaning == Meaning.ENVELOPES:
        row.envelopes = int(found[1])
    else:
        row.pages = int(found[1])


def _subject(row: RowReading) -> None:
    """See to a subject, which every document has; a file that gives none is told."""
    subject = row.texts.get(Meaning.SUBJECT, "")
    if subject:
        if row.kind is None:
            row.kind = _leading_kind(subject)
        return
    kind = row.kind.name if row.kind else ""
    if row.number:
        made = f"{kind} số {row.number}" if kind else row.number
    elif row.text:
        made = one_line(row.text[:2000])[:_LONGEST_TEXT_SUBJECT]
    else:
        raise MissingValue("subject")
    row.texts[Meaning.SUBJECT] = made
    row.remarks.append(Remark("", made, SubjectMade()))


def _leading_kind(subject: str) -> DocumentKind | None:
    """Return the kind that a cell of kind and subject begins with: "Kế hoạch triển khai …"."""
    words = subject[:120].split()[:4]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        kind = find_kind(name.strip(" .:;,-–"))
        # By name alone: an abbreviation at the front of a sentence may be anything.
        if kind is not None and fold_line(name).strip(" .:;,-") == fold_line(kind.name):
            return kind
    return None
