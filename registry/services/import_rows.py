"""Rows of a file that is imported: each becomes what the form would make of it, or is told why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.domain.errors import BadDocumentNumber, DuplicateDocument, NotPossible, RegistryError, SecretDocument
from registry.domain.import_errors import IdOfAnother, KeptAsText, RepeatedRow, TwiceInFile
from registry.domain.importing_columns import Meaning
from registry.domain.importing_rows import Remark, RowReading, check_row_secrecy, content_id, read_row
from registry.domain.numbers import DocumentNumber
from registry.domain.values import Direction
from registry.models import Document, Field, Kind
from registry.services import settings
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument, fitting
from registry.services.import_files import SourceRow
from registry.services.import_issuers import LONGEST_NAME, Issuers
from registry.services.import_report import Fault, ImportReport, Outcome, RowOutcome
from registry.services.linking import read_new
from registry.services.refusals import record_refusal
from registry.services.registration import enter
from registry.services.unusual import unusual
from search_index.text import fold_line, one_line

TWICE_IN_FILE = "trùng trong tệp nhập"
READ_AT_ONCE = 30_000
"""Characters of text whose citations are read with the row; longer ones are read when all rows are in."""
_LONGEST_SHOWN = 120


class RowBatch:
    """The rows of one transaction."""

    def __init__(
        self, session: Session, mapping: Mapping[str, Meaning], actor: Actor, at: datetime,
        direction: Direction | None, seen: dict[str, int], report: ImportReport,
    ) -> None:
        self.session = session
        self.mapping = mapping
        self.actor = actor
        self.at = at
        self.direction = direction
        self.seen = seen
        self.report = report
        self.entered: list[tuple[Document, str]] = []
        self.long_texts: list[int] = []
        self.issuers = Issuers(session, actor=actor, at=at)
        kinds = session.scalars(select(Kind)).all()
        self.kinds_by_code = {row.code: row for row in kinds}
        self.kinds_by_name = {row.name_key: row for row in kinds}
        self.fields = {row.name_key: row.id for row in session.scalars(select(Field))}
        self.office = settings.load(session)

    def take(self, rows: Iterable[SourceRow]) -> None:
        """Take the rows one after the other, each to an outcome."""
        rows = list(rows)
        ids = {row.line: self._id_of(row) for row in rows}
        there = {external_id: (number, subject) for external_id, number, subject in self.session.execute(
            select(Document.external_id, Document.number, Document.subject)
            .where(Document.external_id.in_({key for key in ids.values() if len(key) <= 100})))}
        self.report.converted.update(row.converted for row in rows if row.converted)
        for row in rows:
            self.report.add(self._row(row, ids[row.line], there))

    def link(self) -> None:
        """Link what the documents of the batch cite, with one look-up for all."""
        read_new(self.session, self.entered, actor=self.actor, at=self.at)

    def _id_of(self, row: SourceRow) -> str:
        """Return the row's own id, else one made of its content, so that the file can be imported again."""
        column = next((name for name, meaning in self.mapping.items() if meaning == Meaning.ID), None)
        return one_line(row.cells.get(column, "") if column else "") or content_id(row.cells)

    def _row(self, row: SourceRow, external_id: str, there: Mapping[str | None, tuple[str | None, str]]) -> RowOutcome:
        if row.fault is not None:  # not looked at for secrecy marks, so nothing of it is shown
            return replace(self._refusal(row, row.fault), shown={})
        try:
            check_row_secrecy(row.cells, self.mapping)
        except SecretDocument as error:
            return self._secret(row, error)
        first = self.seen.setdefault(external_id, row.line)
        if first != row.line:
            return self._refusal(row, RepeatedRow(first))
        if external_id in there:
            return self._already(row, *there[external_id])
        made_before = len(self.report.new_issuers)
        try:
            with self.session.begin_nested():
                return self._register(row, external_id)
        except SecretDocument as error:
            outcome = self._secret(row, error)
        except RegistryError as error:
            outcome = self._refusal(row, error)
        except IntegrityError:
            # Somebody registered the same between the look and the write.
            outcome = self._refusal(row, NotPossible("meanwhile"))
        self.issuers.forget(self.report.new_issuers[made_before:])
        del self.report.new_issuers[made_before:]
        return outcome

    def _register(self, row: SourceRow, external_id: str) -> RowOutcome:
        reading = read_row(row.cells, self.mapping)
        kind, new = self._new_document(reading, external_id)
        document = self._enter(new, reading)
        text = fitting("text", new.text)
        if len(text) > READ_AT_ONCE:
            self.long_texts.append(document.id)
        self.entered.append((document, text if len(text) <= READ_AT_ONCE else ""))
        shown = self._shown(reading, kind, new) if self.report.everything else {}
        return RowOutcome(row.line, Outcome.REGISTERED,
                          tuple(Fault(remark.column, _short(remark.value), remark.error)
                                for remark in reading.remarks),
                          {name: _short(value) for name, value in shown.items()})

    def _new_document(self, reading: RowReading, external_id: str) -> tuple[Kind | None, NewDocument]:
        """Return what the row says of a document, and its kind; what is unusual becomes remarks of the reading."""
        issued_on = reading.dates.get(Meaning.ISSUED_ON)
        kind = self._kind(reading)
        issuer_id = self._issuer(reading, issued_on)
        own = {self.office.organisation_id, self.office.default_issuer_id} - {None}
        direction = self.direction or (Direction.OUTGOING if issuer_id in own else Direction.INCOMING)
        texts = reading.texts
        known_field = self.fields.get(fold_line(texts.get(Meaning.FIELD, ""))[:200])
        if texts.get(Meaning.FIELD) and known_field is None:
            reading.keep(self._column(Meaning.FIELD), texts[Meaning.FIELD], KeptAsText("field_id"))
        number = self._number(reading.number)
        if number is not None:
            for warning in unusual(self.session, number, kind_id=kind.id if kind else None, issued_on=issued_on,
                                   issuer_id=issuer_id):
                reading.remarks.append(Remark(self._column(Meaning.NUMBER), reading.number, warning))
            if kind is None and len(number.kinds) == 1 and not any(
                    remark.error.field == "kind_id" for remark in reading.remarks):
                kind = self.kinds_by_code.get(number.kinds[0].code)
        return kind, NewDocument(
            direction=direction, subject=texts.get(Meaning.SUBJECT, ""), kind_id=kind.id if kind else None,
            number=reading.number, issued_on=issued_on, issuer_id=issuer_id,
            signer_name=texts.get(Meaning.SIGNER, ""), signer_position=texts.get(Meaning.POSITION, ""),
            urgency=reading.urgency, field_id=known_field, received_on=reading.dates.get(Meaning.RECEIVED_ON),
            handed_to=texts.get(Meaning.HANDED_TO, ""), handed_on=reading.dates.get(Meaning.HANDED_ON),
            recipients=texts.get(Meaning.RECIPIENTS, ""), archive_unit=texts.get(Meaning.ARCHIVE_UNIT, ""),
            copies=reading.copies, envelopes=reading.envelopes, pages=reading.pages, sent_on=reading.dates.get(Meaning.SENT_ON),
            reply_due_on=reading.dates.get(Meaning.REPLY_DUE_ON), language=texts.get(Meaning.LANGUAGE, ""),
            notes="\n".join(reading.notes), text=reading.text, external_id=external_id, confirmed=True,
            keep_unread_number=True)

    def _enter(self, new: NewDocument, reading: RowReading) -> Document:
        try:
            return enter(self.session, new, actor=self.actor, at=self.at, links=False)
        except DuplicateDocument as error:
            twin = self.session.get_one(Document, error.existing_id)
            if twin.external_id not in self.seen:
                raise
            # The file itself gives it twice, under two ids: both are kept, and told.
            document = enter(self.session, replace(new, duplicate_reason=TWICE_IN_FILE), actor=self.actor,
                             at=self.at, links=False)
            reading.remarks.append(Remark(self._column(Meaning.NUMBER), reading.number,
                                          TwiceInFile(self.seen[twin.external_id or ""])))
            return document

    @staticmethod
    def _shown(reading: RowReading, kind: Kind | None, new: NewDocument) -> dict[str, str]:
        return {
            "number": reading.number, "kind": kind.name if kind else "",
            "issued_on": f"{new.issued_on:%d/%m/%Y}" if new.issued_on else "",
            "issuer": reading.texts.get(Meaning.ISSUER, ""), "subject": new.subject, "direction": new.direction.value,
            "notes": new.notes,
        }

    def _kind(self, reading: RowReading) -> Kind | None:
        if reading.kind is not None:
            return self.kinds_by_code.get(reading.kind.code)
        # A kind that the office added itself is known to its lists alone.
        for remark in reading.remarks:
            own = self.kinds_by_name.get(fold_line(remark.value[:200])) if remark.error.field == "kind_id" else None
            if own is not None:
                reading.remarks.remove(remark)
                reading.notes.remove(f"{remark.column}: {remark.value}")
                return own
        return None

    def _issuer(self, reading: RowReading, on: date | None) -> int | None:
        name = reading.texts.get(Meaning.ISSUER, "")
        if not name:
            return self.office.default_issuer_id if self.direction in {
                Direction.OUTGOING, Direction.INTERNAL} else None
        if len(name) > LONGEST_NAME:
            # A sentence in the wrong column is no body's name: the document is kept without one.
            del reading.texts[Meaning.ISSUER]
            reading.keep(self._column(Meaning.ISSUER), name, KeptAsText("issuer"))
            return None
        found, made = self.issuers.named(name, on)
        if made:
            self.report.new_issuers.append(name)
        return found

    def _number(self, text: str) -> DocumentNumber | None:
        try:
            return DocumentNumber.parse(text) if text else None
        except BadDocumentNumber:
            return None

    def _already(self, row: SourceRow, number: str | None, subject: str) -> RowOutcome:
        """Say that nothing was updated; refuse where the id is another document's, as two files' 1, 2, 3 are."""
        try:
            reading = read_row(row.cells, self.mapping)
        except RegistryError:
            return RowOutcome(row.line, Outcome.ALREADY, shown=self._typed(row))
        given, held = self._number(reading.number), self._number(number or "")
        same_number = given.key == held.key if given and held else fold_line(reading.number) == fold_line(number or "")
        if same_number or fold_line(reading.texts.get(Meaning.SUBJECT, "")) == fold_line(subject):
            return RowOutcome(row.line, Outcome.ALREADY, shown=self._typed(row))
        return self._refusal(row, IdOfAnother(number or subject))

    def _secret(self, row: SourceRow, error: SecretDocument) -> RowOutcome:
        if not self.report.dry_run:
            record_refusal(self.session, error, actor=self.actor, at=self.at)
        return RowOutcome(row.line, Outcome.REFUSED, (Fault("", "", error),))

    def _refusal(self, row: SourceRow, error: RegistryError) -> RowOutcome:
        column = self._column_of(error.field)
        return RowOutcome(row.line, Outcome.REFUSED, (Fault(column, _short(row.cells.get(column, "")), error),),
                          self._typed(row))

    def _typed(self, row: SourceRow) -> dict[str, str]:
        """Return what a preview shows of a row that becomes no document: its cells as they are."""
        if not self.report.everything:
            return {}
        return {name: _short(row.cells.get(self._column(meaning), "")) for name, meaning in (
            ("number", Meaning.NUMBER), ("issued_on", Meaning.ISSUED_ON), ("issuer", Meaning.ISSUER),
            ("subject", Meaning.SUBJECT))}

    def _column(self, meaning: Meaning) -> str:
        return next((name for name, one in self.mapping.items() if one == meaning), "")

    def _column_of(self, name: str | None) -> str:
        """Return the user's own column for a field of the form."""
        meanings = {"kind_id": Meaning.KIND, "issuer": Meaning.ISSUER, "issuer_id": Meaning.ISSUER,
                    "field_id": Meaning.FIELD, "external_id": Meaning.ID}
        meaning = meanings.get(name or "") or (Meaning(name) if name in set(Meaning) else None)
        return self._column(meaning) if meaning else ""


def _short(text: str) -> str:
    line = one_line(text[:_LONGEST_SHOWN * 4])
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"
