"""From a proposal to forms: the registration form of one document, a card for each of several."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from registry.domain.proposals import Proposal
from registry.domain.values import Direction, Urgency
from registry.services import books, reference
from registry.services.document_rows import LIMITS, NewDocument, Reference
from registry.services.drafts import Likeness
from registry.services.intake import ReviewRow
from registry.web.context import db, today
from registry.web.documents.forms import REQUEST_ID, DocumentForm
from registry.web.documents.references import ReferenceRow, taken_away, typed_rows
from registry.web.fields import LineField, Required, TextField, VietnameseDateField, read_id
from registry.web.forms import Form
from registry.web.intake.marks import Mark, marks_of
from search_index.text import fold_line

_LONGEST_REFERENCE = 200
MOST_REFERENCES = 60
MOST_ON_CARD = 8
_URGENCIES = {"khan": Urgency.URGENT, "thuong khan": Urgency.VERY_URGENT, "hoa toc": Urgency.EXPRESS,
              "hoa toc hen gio": Urgency.EXPRESS}


def fill_document(form: DocumentForm, row: ReviewRow, direction: Direction, text: str) -> None:
    """Fill the registration form with what was read of one document; the text becomes its full text."""
    one = row.proposal
    form.offer(direction)
    form.request_id.data = str(uuid.uuid4())
    offered = [book for book in books.choices(db()) if book.direction == direction]
    form.book_id.data = offered[0].id if len(offered) == 1 else None
    form.kind_id.data = row.kind_id
    form.issuer.data, form.issuer_id.data = row.issuer, str(row.issuer_id or "")
    form.number.data = one.number.value if one.number else ""
    form.issued_on.data = one.issued_on.value if one.issued_on else None
    form.received_on.data = today() if direction == Direction.INCOMING else None
    form.subject.data = one.subject.value if one.subject else ""
    form.signer_name.data = one.signer.value if one.signer else ""
    form.signer_position.data = one.position.value if one.position else ""
    form.urgency.data = _urgency(one)
    form.recipients.data = "\n".join(each.value for each in one.recipients)
    form.notes.data = _notes(one)
    form.text.data = text
    form.reference_rows = reference_rows(row, MOST_REFERENCES)


def _urgency(one: Proposal) -> int:
    return int(_URGENCIES.get(fold_line(one.urgency.value), Urgency.NORMAL)) if one.urgency else 0


def _notes(one: Proposal) -> str:
    """Return what the form has no field for: the authority to sign, the number of arrival elsewhere."""
    lines = []
    if one.capacity:
        lines.append(f"Quyền hạn ký: {one.capacity.value}")
    if one.arrival_number:
        lines.append(f"Số đến: {one.arrival_number.value}")
    return "\n".join(lines)


def reference_rows(row: ReviewRow, most: int) -> list[ReferenceRow]:
    """Return what the document cites as rows of the form; of very many the first, the rest is linked by reading."""
    return [ReferenceRow(one.citation.relation, one.words[:_LONGEST_REFERENCE], str(one.document_id or ""))
            for one in row.references[:most]]


def proposed_words(row: ReviewRow, most: int) -> list[str]:
    """Return the references as they were offered, so that what a person takes away is known."""
    return [one.words[:_LONGEST_REFERENCE] for one in row.references[:most]]


def point_to_sources(rows: Iterable[ReferenceRow], row: ReviewRow, marks: dict[str, Mark]) -> None:
    """Give each reference that stands as it was read the place in the text."""
    places = {(one.start, one.end): mark.id for one, mark in zip(
        row.proposal.references, [marks[f"reference-{n}"] for n in range(len(row.proposal.references))], strict=True)}
    known = {one.words[:_LONGEST_REFERENCE]: places[one.citation.start, one.citation.end] for one in row.references}
    for one in rows:
        one.mark = known.get(one.number, "")


def show_sources(form: Form, marks: dict[str, Mark]) -> None:
    """Give each field the place in the text that its value was read from."""
    for name, mark in marks.items():
        if name in form:
            form[name].source = mark


class RowForm(Form):
    """One of several documents; what a table tells further stands below its card."""

    class Meta(Form.Meta):
        """The token stands in the form around all cards."""

        csrf = False

    request_id = HiddenField()
    done = HiddenField()
    new_issuer = HiddenField()
    chosen = BooleanField(_("Chọn"))
    kind_id = LineField(_("Loại văn bản"), longest=100)
    number = LineField(_("Số, ký hiệu"), longest=LIMITS["number"])
    issued_on = VietnameseDateField(_("Ngày văn bản"))
    issuer = LineField(_("Cơ quan ban hành"), longest=300)
    subject = TextField(_("Trích yếu nội dung"), [Required()], longest=LIMITS["subject"])
    received_on = VietnameseDateField(_("Ngày đến"))
    signer_name = LineField(_("Người ký"), longest=LIMITS["signer_name"])
    signer_position = LineField(_("Chức vụ người ký"), longest=LIMITS["signer_position"])
    recipients = TextField(_("Nơi nhận"), longest=LIMITS["recipients"])
    notes = TextField(_("Ghi chú"), longest=LIMITS["notes"])
    confirmed = BooleanField(_("Đã xem các lưu ý, vẫn lưu"))

    FURTHER = ("received_on", "signer_name", "signer_position", "recipients", "notes")


@dataclass
class Card:
    """One proposal on the page: its form, what it cites, and what became of it."""

    place: int
    form: RowForm
    review: ReviewRow
    references: list[ReferenceRow]
    existing: Likeness | None = None
    asks_confirmation: bool = False
    reference_fault: bool = False
    marks: dict[str, Mark] = field(default_factory=dict)

    @property
    def done(self) -> int | None:
        """The document that this row became."""
        return read_id(self.form.done.data)

    @property
    def proposed(self) -> list[str]:
        """The references as they were offered."""
        return proposed_words(self.review, MOST_ON_CARD)

    @property
    def request_id(self) -> str | None:
        """What tells a form sent twice."""
        sent = self.form.request_id.data or ""
        return sent if REQUEST_ID.fullmatch(sent) else None

    @property
    def further(self) -> list[object]:
        """The fields beyond those of every card that say something."""
        return [self.form[name] for name in RowForm.FURTHER if self.form[name].data or self.form[name].errors]


def new_card(place: int, row: ReviewRow) -> Card:
    """Return the card of a proposal that nobody has touched yet."""
    one = row.proposal
    form = RowForm(formdata=None, prefix=f"row{place}-", data={
        "request_id": str(uuid.uuid4()), "chosen": row.existing is None or not row.existing.exact,
        "new_issuer": row.issuer if row.issuer_id is None else "", "kind_id": row.kind,
        "number": one.number.value if one.number else "", "issued_on": one.issued_on.value if one.issued_on else None,
        "issuer": row.issuer, "subject": one.subject.value if one.subject else "",
        "received_on": one.received_on.value if one.received_on else None,
        "signer_name": one.signer.value if one.signer else "",
        "signer_position": one.position.value if one.position else "",
        "recipients": "\n".join(each.value for each in one.recipients), "notes": _notes(one)})
    return _with_sources(Card(place, form, row, reference_rows(row, MOST_ON_CARD), row.existing))


def sent_card(place: int, row: ReviewRow) -> Card:
    """Return the card as it was sent back."""
    prefix = f"row{place}-"
    card = Card(place, RowForm(prefix=prefix), row, typed_rows(request.form, prefix))
    if read_id(card.form.done.data) is None:
        card.existing = row.existing
    return _with_sources(card)


def _with_sources(card: Card) -> Card:
    card.marks = marks_of(card.review.proposal, f"{card.place}-")
    show_sources(card.form, card.marks)
    point_to_sources(card.references, card.review, card.marks)
    return card


def kind_ids() -> dict[str, int]:
    """Return the kinds by their folded names, as a card names them."""
    return {fold_line(kind.name): kind.id for kind in reference.kinds(db())}


def to_new_document(card: Card, *, direction: Direction, book_id: int | None, received_on: date | None,
                    kind_id: int | None, issuer_id: int | None, references: tuple[Reference, ...]) -> NewDocument:
    """Return what the card says, in the book and direction chosen for all."""
    form = card.form
    return NewDocument(
        direction=direction, subject=form.subject.data, kind_id=kind_id, number=form.number.data,
        issued_on=form.issued_on.data, issuer_id=issuer_id, issuer_name="" if issuer_id else form.issuer.data,
        book_id=book_id, received_on=form.received_on.data or (
            received_on if direction == Direction.INCOMING and book_id else None),
        signer_name=form.signer_name.data, signer_position=form.signer_position.data,
        recipients=form.recipients.data, notes=form.notes.data, references=references,
        dismissed=taken_away(request.form, card.references, f"row{card.place}-"),
        confirmed=form.confirmed.data, request_id=card.request_id)
