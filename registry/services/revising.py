"""Documents edited in a spreadsheet: taken out, compared with the register, and the differences written.

A row is compared field by field. What differs is written by the rules of the form, a row a savepoint and a batch a
transaction; a row whose document changed since it was taken out, or that breaks a rule, is refused and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import (
    ChangedMeanwhile,
    MissingValue,
    NotFound,
    NotPossible,
    RegistryError,
    SecretDocument,
)
from registry.domain.import_errors import BadCell, BadImportFile, ChangedSinceExport, RepeatedRow, RowOfAnother
from registry.domain.importing_rows import check_row_secrecy
from registry.domain.numbers import DocumentNumber
from registry.domain.revising import EDITABLE, ID, NUMBER, SHOWN, URGENCIES, VERSION, Editable, Sort, read_cell
from registry.domain.tables import Cell, Column, Table, cell_text, undefused
from registry.domain.values import Direction, Urgency
from registry.models import Change, Document, DocumentText, Field, Organisation
from registry.services import audit
from registry.services.actors import Actor
from registry.services.document_lists import DocumentFilter, SortKey, find_ids
from registry.services.document_rows import NewDocument, fill, fitting, label, snapshot
from registry.services.document_units import count_anew
from registry.services.documents import visible
from registry.services.import_files import Source, SourceRow
from registry.services.importing import batches
from registry.services.linking import read_new
from registry.services.refusals import record_refusal
from registry.services.registration import check_dates, check_secrecy, get_for_change
from search_index.text import fold_line, one_line

MOST_ROWS = 20_000
"""Rows of a file: all are compared while the person waits."""
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: the column's heading, and both values as the file has them."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowRevision:
    """One row that differs or is refused; of a secret row the line alone."""

    line: int
    document_id: int | None = None
    document: str = ""
    differences: tuple[Difference, ...] = ()
    column: str = ""
    error: RegistryError | None = None


@dataclass(slots=True)
class Revision:
    """What a file of changes does; ``told`` holds the rows that differ or were refused, in order."""

    rows: int = 0
    changed: int = 0
    refused: int = 0
    told: list[RowRevision] = field(default_factory=list)
    fault: BadImportFile | None = None
    """Why the file could not be read to its end."""

    @property
    def same(self) -> int:
        """The rows that say what the register says."""
        return self.rows - self.changed - self.refused


def table(db: Sessions, wanted: DocumentFilter, *, actor: Actor, sort: SortKey = "date", descending: bool = True,
          told: Sequence[str] = ()) -> Table:
    """Return the documents of a list with all that may be edited, to be brought back."""
    columns = [*(Column(heading, width) for heading, width in SHOWN),
               *(Column(one.heading, one.width) for one in EDITABLE), Column(ID, 12), Column(VERSION, 10)]
    return Table("Danh sách văn bản để sửa", columns, _taken_out(db, wanted, actor, sort, descending), [
        f"Chỉ sửa các cột từ “{EDITABLE[0].heading}” đến “{EDITABLE[-1].heading}”; giữ nguyên các cột khác, rồi lưu và nhập lại.",
        *told])


def _taken_out(db: Sessions, wanted: DocumentFilter, actor: Actor, sort: SortKey,
               descending: bool) -> Iterator[tuple[Cell, ...]]:
    with reading(db) as session:
        names = {row.id: row.name for row in session.execute(select(Field.id, Field.name))}
        for ids in find_ids(session, wanted, actor=actor, sort=sort, descending=descending):
            found = {row.Document.id: row for row in session.execute(
                select(Document, Organisation.name).outerjoin(Organisation, Organisation.id == Document.issuer_id)
                .where(Document.id.in_(ids)))}
            for document, issuer in (found[one] for one in ids):
                yield (document.number, document.issued_on, issuer,
                       *(_cell(one, getattr(document, one.field), names) for one in EDITABLE),
                       document.id, document.version)
            session.expunge_all()


def _cell(column: Editable, value: Any, names: Mapping[int, str]) -> Cell:
    if column.sort == Sort.FIELD:
        return names.get(value, "")
    if column.sort == Sort.URGENCY:
        return URGENCIES[Urgency(value)]
    cell: Cell = value
    return cell


def run(db: Sessions, source: Source, *, actor: Actor, at: datetime, dry_run: bool = False, file_name: str = "",
        on_progress: Callable[[Revision], None] | None = None) -> Revision:
    """Write what differs in the rows of ``source`` and return what became of each.

    A dry run does all of it and rolls each batch back, so that nobody waits for it. Where the file breaks off, what was read before
    is kept and the report names the fault.
    """
    report = Revision()
    seen: dict[int, int] = {}
    try:
        for batch in batches(_bounded(source.rows), report):
            with _rolled_back(db) if dry_run else db.begin() as session:
                _Batch(session, source.columns, actor, at, seen, report, dry_run=dry_run).take(batch)
            if on_progress is not None:
                on_progress(report)
    finally:
        if not dry_run and report.changed:
            with db.begin() as session:
                audit.record(session, actor, at, "import", "file", label=one_line(file_name)[:200], changes={
                    "rows": report.rows, "changed": report.changed, "refused": report.refused})
    return report


@contextmanager
def _rolled_back(db: Sessions) -> Iterator[Session]:
    with db() as session:
        try:
            yield session
        finally:
            session.rollback()


def _bounded(rows: Iterator[SourceRow]) -> Iterator[SourceRow]:
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            raise BadImportFile("too_many_rows", most=MOST_ROWS)
        yield row


class _Batch:
    """The rows of one transaction."""

    def __init__(self, session: Session, columns: Sequence[str], actor: Actor, at: datetime, seen: dict[int, int],
                 report: Revision, *, dry_run: bool) -> None:
        self.session = session
        self.columns = [one for one in EDITABLE if one.heading in columns]
        self.actor = actor
        self.at = at
        self.seen = seen
        self.report = report
        self.dry_run = dry_run
        rows = session.scalars(select(Field)).all()
        self.names = {row.id: row.name for row in rows}
        self.fields = {row.name_key: row.id for row in rows}

    def take(self, rows: Sequence[SourceRow]) -> None:
        """Take the rows in the order of their documents, so that two files at once do not wait for each other."""
        ids = {row.line: _number(row.cells.get(ID, "")) for row in rows}
        documents = {one.id: one for one in self.session.scalars(select(Document).where(
            Document.id.in_({key for key in ids.values() if key is not None}), visible(self.actor),
            Document.direction != Direction.EXTERNAL))}
        told = []
        for row in sorted(rows, key=lambda row: ids[row.line] or 0):
            self.report.rows += 1
            document = documents.get(ids[row.line] or 0)
            try:
                differences = self._row(row, document)
            except RegistryError as error:
                told.append(self._refusal(row, document, error))
            else:
                self.report.changed += bool(differences)
                if differences and document is not None:
                    told.append(RowRevision(row.line, document.id, label(document), differences))
        self.report.told += sorted(told, key=lambda one: one.line)

    def _row(self, row: SourceRow, document: Document | None) -> tuple[Difference, ...]:
        if row.fault is not None:
            raise row.fault
        check_row_secrecy(row.cells, {})
        version = _number(row.cells.get(VERSION, ""))
        if version is None:
            raise BadCell("version")
        if document is None:
            raise NotFound("document", row.cells.get(ID, ""))
        first = self.seen.setdefault(document.id, row.line)
        if first != row.line:
            raise RepeatedRow(first)
        if fold_line(undefused(row.cells.get(NUMBER, ""))) != fold_line(document.number or ""):
            raise RowOfAnother(label(document))
        changes = self._changes(row, document)
        if not changes:
            return ()
        if version != document.version:
            raise ChangedSinceExport
        differences = tuple(Difference(one.heading, cell_text(_cell(one, getattr(document, one.field), self.names)),
                                       cell_text(_cell(one, value, self.names))) for one, value in changes)
        try:
            with self.session.begin_nested():
                self._write(document, version, {one.field: value for one, value in changes})
        except ChangedMeanwhile as error:
            raise ChangedSinceExport from error
        except IntegrityError as error:
            raise NotPossible("meanwhile") from error
        return differences

    def _changes(self, row: SourceRow, document: Document) -> list[tuple[Editable, Any]]:
        """Return the columns whose cell says something else than the register, with what it says."""
        changes = []
        for column in self.columns:
            text, held = row.cells.get(column.heading, ""), getattr(document, column.field)
            try:
                value = self._value(column, text)
                if value != held and undefused(text) != text:  # a CSV file, or an apostrophe typed as in one
                    value = self._value(column, undefused(text))
            except RegistryError as error:
                error.field = column.field
                raise
            if value != held:
                changes.append((column, value))
        return changes

    def _value(self, column: Editable, text: str) -> Any:
        value = read_cell(column, text)
        if isinstance(value, str) and column.sort == Sort.FIELD:
            if value and fold_line(value) not in self.fields:
                raise BadCell(column.field)
            return self.fields.get(fold_line(value))
        return fitting(column.field, value) if isinstance(value, str) else value

    def _write(self, document: Document, version: int, changes: Mapping[str, Any]) -> None:
        """Change the document as the form would; its number, dates of issue and links stay as they are."""
        get_for_change(self.session, document.id, version)
        new = replace(_as_new(document), **changes)
        check_secrecy(new)
        check_dates(new, self.at.date())
        if not new.subject:
            raise MissingValue("subject")
        before = snapshot(document)
        fill(document, new, DocumentNumber.parse(new.number) if document.number_key else None, at=self.at)
        document.version += 1
        self.session.flush()
        count_anew(self.session, document)
        self.session.add(Change(document_id=document.id))
        audit.record(self.session, self.actor, self.at, "update", "document", document.id, label=label(document),
                     changes=audit.differences(before, snapshot(document)))
        if "subject" in changes:
            text = self.session.get(DocumentText, document.id)
            read_new(self.session, [(document, text.text if text else "")], actor=self.actor, at=self.at)

    def _refusal(self, row: SourceRow, document: Document | None, error: RegistryError) -> RowRevision:
        self.report.refused += 1
        if isinstance(error, SecretDocument):
            if not self.dry_run:
                record_refusal(self.session, error, actor=self.actor, at=self.at)
            return RowRevision(row.line, error=error)
        column = ID if document is None else next((one.heading for one in EDITABLE if one.field == error.field), "")
        return RowRevision(row.line, document.id if document else None, label(document) if document else "",
                           column=column, error=error)


def _as_new(document: Document) -> NewDocument:
    """Return what the document's columns say, as a form would give them."""
    return NewDocument(
        direction=Direction(document.direction), subject=document.subject, kind_id=document.kind_id,
        number=document.number or "", issued_on=document.issued_on, issuer_id=document.issuer_id,
        signer_name=document.signer_name, signer_position=document.signer_position,
        urgency=Urgency(document.urgency), field_id=document.field_id, received_on=document.received_on,
        handed_to=document.handed_to, handed_on=document.handed_on, recipients=document.recipients,
        archive_unit=document.archive_unit, copies=document.copies, envelopes=document.envelopes,
        pages=document.pages, sent_on=document.sent_on, reply_due_on=document.reply_due_on,
        language=document.language, notes=document.notes, restricted=document.restricted, keep_unread_number=True)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= _LARGEST else None
