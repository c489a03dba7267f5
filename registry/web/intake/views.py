"""The pages of intake: a text is pasted, what was read is reviewed, and confirmed documents are registered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from registry.domain.errors import RegistryError
from registry.domain.intake import Content
from registry.domain.relations import RELATIONS
from registry.domain.roles import Permission
from registry.domain.values import Direction
from registry.services import books, intake, intake_batches, reference, registration
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, config, db, now, today
from registry.web.documents.forms import DocumentForm
from registry.web.documents.references import taken_away
from registry.web.fields import ChoiceField, Required, TextField, VietnameseDateField, read_id
from registry.web.files import drafts
from registry.web.forms import Form, show_on, status
from registry.web.intake import confirming
from registry.web.intake.filling import (
    MOST_REFERENCES,
    Card,
    fill_document,
    new_card,
    point_to_sources,
    proposed_words,
    sent_card,
    show_sources,
)
from registry.web.intake.marks import marks_of, pieces
from registry.web.obligations.section import deadlines_waiting
from registry.web.signatures.section import shown

bp = Blueprint("intake", __name__, url_prefix="/intake")

_LONGEST = 4_000_000
CONTENTS = ((Content.DOCUMENT, _("Một văn bản")), (Content.LISTING, _("Bài, báo cáo liệt kê nhiều văn bản")),
            (Content.TABLE, _("Bảng")))
DIRECTIONS = (Direction.INCOMING, Direction.OUTGOING, Direction.INTERNAL)


class PasteForm(Form):
    """The text, and what it is where the person says so."""

    text = TextField(_("Văn bản"), [Required()], longest=_LONGEST)
    content = ChoiceField(_("Nội dung là"), choices=[("", _("Tự nhận biết")), *CONTENTS])
    first = HiddenField()


class SharedForm(Form):
    """What several documents share: their book and the day they arrived."""

    target = ChoiceField(_("Chiều và sổ đăng ký"))
    received_on = VietnameseDateField(_("Ngày đến (khi vào sổ văn bản đến)"))

    def offer(self) -> None:
        """Offer each direction without a book, for documents of former years, and with each of its books."""
        held = books.choices(db())
        self.target.offer([
            entry for direction in DIRECTIONS for entry in (
                (f"{direction}:", gettext("%(direction)s – không vào sổ", direction=_DIRECTION_NAMES[direction])),
                *((f"{direction}:{book.id}", f"{_DIRECTION_NAMES[direction]} – {book.name}")
                  for book in held if book.direction == direction))])


def likely_target(rows: Sequence[intake.ReviewRow]) -> str:
    """Return the choice of ``SharedForm`` for the direction that most of the documents seem to have, in no book."""
    directions = Counter(row.direction for row in rows)
    return f"{directions.most_common(1)[0][0] if directions else Direction.INCOMING}:"


class ListForm(SharedForm):
    """What all rows of a list share, with the text that they come from."""

    text = TextField(_("Văn bản"), [Required()], longest=_LONGEST)
    content = HiddenField()
    first = HiddenField()


_DIRECTION_NAMES = {Direction.INCOMING: _("Văn bản đến"), Direction.OUTGOING: _("Văn bản đi"),
                    Direction.INTERNAL: _("Văn bản nội bộ")}


@bp.route("", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def index() -> ResponseReturnValue:
    """Take a text, and show what it proposes beside it."""
    form = PasteForm()
    if form.validate_on_submit():
        try:
            review = intake.propose(db(), form.text.data, actor=actor(), at=now(), content=_content(form.content.data),
                                    first=read_id(form.first.data) or 0)
        except RegistryError as error:
            # A secret text is not sent back either.
            form = PasteForm(formdata=None)
            show_on(form, error)
            return index_page(form), 422
        if review.rows:
            return _first_review(form.text.data, review)
        form.text.errors = [gettext("Không đọc được văn bản nào ở đây. Chọn lại nội dung là gì, hoặc đăng ký bằng biểu mẫu.")]
    return index_page(form), status(form)


def index_page(form: PasteForm, faults: Sequence[str] = ()) -> str:
    """Return the page that takes texts and files, with the batches that are not done."""
    return render_template("intake/index.html", form=form, file_faults=faults, most_upload=config().max_upload_mb,
                           batches=intake_batches.find_batches(db(), actor=actor(), under_way=True))


def _content(text: str | None) -> Content | None:
    return next((one for one in Content if one == text), None)


def _first_review(text: str, review: intake.Review) -> ResponseReturnValue:
    if review.content is Content.DOCUMENT:
        direction = review.rows[0].direction
        form = DocumentForm(formdata=None)
        fill_document(form, review.rows[0], direction, text)
        return document_page(form, direction, review.rows[0], None)
    shared = ListForm(formdata=None, data={
        "text": text, "content": review.content.value, "first": str(review.first), "target": likely_target(review.rows),
        "received_on": today()})
    shared.offer()
    return _list_page(shared, review, [new_card(place, row) for place, row in enumerate(review.rows)])


@bp.post("/document")
@requires(Permission.REGISTER)
def document() -> ResponseReturnValue:
    """Register the reviewed document, or show the form of another direction with what was typed."""
    switched = request.form.get("switch")
    direction = next((one for one in DIRECTIONS if one == (switched or request.form.get("direction"))),
                     Direction.INCOMING)
    form = DocumentForm()
    form.offer(direction)
    error: RegistryError | None = None
    faults = drafts.take_in(form)
    if switched is None and not faults and not drafts.is_only_about_files() and form.validate_on_submit():
        new = form.to_new_document(direction)
        if new is not None:
            try:
                done = registration.register_document(
                    db(), replace(new, dismissed=taken_away(request.form, form.reference_rows)), actor=actor(), at=now())
            except RegistryError as refused:
                error = refused
                show_on(form, refused)
            else:
                batch_id = read_id(request.form.get("batch"))
                name = done.number or new.subject[:80]
                if direction == Direction.INCOMING and done.entry:  # the clerk writes it on the paper now
                    flash(gettext("Đã đăng ký %(name)s, số đến %(entry)s.", name=name, entry=done.entry), "success")
                else:
                    flash(gettext("Đã đăng ký %(name)s.", name=name), "success")
                if batch_id is not None:
                    return redirect(url_for(".batch", batch_id=batch_id))
                return redirect(url_for("documents.show", document_id=done.document_id))
    elif switched is not None and direction == Direction.INCOMING and form.received_on.data is None:
        form.received_on.data = today()
    try:
        review = intake.propose(db(), form.text.data, actor=actor(), at=now(), content=Content.DOCUMENT)
    except RegistryError as refused:
        form = PasteForm(formdata=None)
        show_on(form, refused)
        return index_page(form), 422
    return document_page(form, direction, review.rows[0], error, faults), 422 if faults else status(form)


def document_page(form: DocumentForm, direction: Direction, row: intake.ReviewRow, error: RegistryError | None,
                  faults: Sequence[str] = ()) -> str:
    """Return the page that shows one proposed document beside its source."""
    marks = marks_of(row.proposal)
    show_sources(form, marks)
    point_to_sources(form.reference_rows, row, marks)
    asked = form.asks(error)
    new_issuer = row.issuer if row.issuer_id is None and form.issuer.data == row.issuer else ""
    return render_template(
        "intake/document.html", form=form, row=row, direction=direction, directions=DIRECTIONS, relations=RELATIONS,
        pieces=pieces(form.text.data, list(marks.values())), contents=CONTENTS, content=Content.DOCUMENT,
        new_issuer=new_issuer, proposed=proposed_words(row, MOST_REFERENCES),
        further=max(0, len(row.references) - MOST_REFERENCES), batch=read_id(request.values.get("batch")),
        notes=labels.FILE_NOTES, **_files(form, faults), **dict(asked, asks_confirmation=asked["asks_confirmation"] or bool(new_issuer)))


def _files(form: DocumentForm, faults: Sequence[str]) -> dict[str, object]:
    """Return the files of the form, the one that it was read from, and what is known of its signatures."""
    shown_files = drafts.for_page(form, faults)
    source = next((one for one in drafts.shown(form.request_id.data) if one.role == "main"), None)
    return {**shown_files, "source": source, "signed": shown([source.file_id]).get(source.file_id) if source else None}


@bp.post("/list")
@requires(Permission.REGISTER)
def several() -> ResponseReturnValue:
    """Register the rows chosen; each says what became of it, and those refused stay as they were typed."""
    shared = ListForm()
    shared.offer()
    content = _content(shared.content.data) or Content.LISTING
    try:
        review = intake.propose(db(), shared.text.data, actor=actor(), at=now(), content=content,
                                first=read_id(shared.first.data) or 0)
    except RegistryError as error:
        form = PasteForm(formdata=None)
        show_on(form, error)
        return index_page(form), 422
    cards = [sent_card(place, row) for place, row in enumerate(review.rows)]
    if shared.validate():
        direction, _colon, book_id = shared.target.data.partition(":")
        if not confirming.confirm(cards, only=read_id(request.form.get("only")), direction=Direction(direction),
                                  book_id=read_id(book_id), received_on=shared.received_on.data) \
                and not any(card.done for card in cards):
            shared.form_errors.append(gettext("Chưa chọn văn bản nào."))
    refused = shared.errors or any(card.form.errors or card.reference_fault for card in cards)
    return _list_page(shared, review, cards), 422 if refused else 200


def _list_page(shared: ListForm, review: intake.Review, cards: list[Card]) -> str:
    marks = [mark for card in cards for mark in card.marks.values()]
    return render_template(
        "intake/list.html", form=shared, review=review, cards=cards, pieces=pieces(shared.text.data, marks),
        contents=CONTENTS, content=review.content, relations=RELATIONS, kinds=reference.kinds(db()), deadlines=deadlines_waiting)
