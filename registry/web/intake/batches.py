"""The page of a batch: how far it is, what each file proposes, confirmed together or one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import NotFound, RegistryError
from registry.domain.relations import RELATIONS
from registry.domain.roles import Permission
from registry.domain.values import Direction
from registry.files.archives import MOST_FILES
from registry.messages import say
from registry.services import intake, intake_batches, intake_receiving, reference
from registry.services.intake_batches import PAGE, ItemRow
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, db, file_rules, files, now, today
from registry.web.fields import read_id
from registry.web.files.receiving import sent
from registry.web.intake import confirming
from registry.web.intake.filling import Card, new_card, sent_card
from registry.web.intake.views import SharedForm, bp, likely_target
from registry.web.obligations.section import deadlines_waiting


@dataclass
class Line:
    """One file on the page: with a card where there is something to confirm."""

    item: ItemRow
    card: Card | None = None


@bp.route("/batches/<int:batch_id>", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def batch(batch_id: int) -> ResponseReturnValue:
    """Show what the files propose, those not decided first; register those chosen."""
    shared = SharedForm(data={"received_on": today()})
    shared.offer()
    first = read_id(request.args.get("first")) or 0
    if request.method == "POST":
        sent_ids = [key for value in request.form.getlist("item")[:PAGE] if (key := read_id(value)) is not None]
        items = intake_batches.get_items(db(), batch_id, sent_ids, actor=actor())
        lines = _lines(items, is_sent=True)
        if shared.validate():
            _confirm(shared, [line.card for line in lines if line.card is not None])
        status = 422 if shared.errors or any(
            line.card.form.errors or line.card.reference_fault for line in lines if line.card) else 200
    else:
        lines, status = _lines(intake_batches.find_items(db(), batch_id, actor=actor(), first=first), is_sent=False), 200
        shared.target.data = likely_target([line.card.review for line in lines if line.card is not None])
    return render_template(
        "intake/batch.html", batch=intake_batches.get_batch(db(), batch_id, actor=actor()), lines=lines, form=shared,
        first=first, page_size=PAGE, relations=RELATIONS, kinds=reference.kinds(db()), deadlines=deadlines_waiting, notes=labels.FILE_NOTES), status


def _lines(items: list[ItemRow], *, is_sent: bool) -> list[Line]:
    lines = [Line(item) for item in items]
    # A card is known by its place among those sent, whatever became of the files of the others meanwhile.
    places = [line for line in lines if is_sent or (line.item.text and not line.item.outcome)]
    readable = [(place, line) for place, line in enumerate(places) if line.item.text]
    reviews = intake.propose_each(db(), [line.item.text for _place, line in readable], actor=actor())
    for (place, line), row in zip(readable, reviews, strict=True):
        card = sent_card(place, row) if is_sent else new_card(place, row)
        if line.item.outcome:
            continue  # decided in another window meanwhile
        card.form.request_id.data = line.item.draft
        _without_text(card)
        if not is_sent and line.item.elsewhere:
            card.form.chosen.data = False
        line.card = card
    return lines


def _without_text(card: Card) -> None:
    """Leave only what is doubtful marked: the text, which marks otherwise lead to, is not on this page."""
    for field in card.form:
        mark = getattr(field, "source", None)
        if mark is not None and mark.doubtful:
            field.source = replace(mark, id=f"card-{card.place}")
        elif mark is not None:
            del field.source
    for one in card.references:
        one.mark = ""


def _confirm(shared: SharedForm, cards: list[Card]) -> None:
    direction, _colon, book_id = shared.target.data.partition(":")
    if not confirming.confirm(cards, only=read_id(request.form.get("only")), direction=Direction(direction),
                              book_id=read_id(book_id), received_on=shared.received_on.data) and cards:
        shared.form_errors.append(_("Chưa chọn văn bản nào."))


@bp.post("/batches")
@requires(Permission.REGISTER)
def begin_batch() -> ResponseReturnValue:
    """Begin a batch for files that a script then sends one by one: together they may be more than one request holds."""
    total = min(read_id(request.form.get("total")) or 1, MOST_FILES)
    batch_id = intake_receiving.start(
        db(), _("%(count)s tệp tải lên cùng lúc", count=total), total=total, actor=actor(), at=now())
    return jsonify(upload=url_for(".add_to_batch", batch_id=batch_id), next=url_for(".batch", batch_id=batch_id))


@bp.post("/batches/<int:batch_id>/files")
@requires(Permission.REGISTER)
def add_to_batch(batch_id: int) -> ResponseReturnValue:
    """Take one more file into a batch; a refused one stands in its list with the reason."""
    row = intake_batches.get_batch(db(), batch_id, actor=actor())
    if row.state not in {"open", "stopped"}:  # ended in another window: its files would be swept away unseen
        raise NotFound("intake_batch", batch_id)
    for one in sent():
        intake_receiving.add_file(db(), files(), batch_id, None, one.filename or "", partial(getattr, one, "stream"),
                                file_rules(), actor=actor(), at=now())
    return jsonify(faults=[])


@bp.get("/batches/<int:batch_id>/state")
@requires(Permission.REGISTER)
def batch_state(batch_id: int) -> ResponseReturnValue:
    """Tell a script how far a batch is."""
    row = intake_batches.get_batch(db(), batch_id, actor=actor())
    return jsonify(waiting=row.is_busy, html=render_template("intake/_batch_progress.html", batch=row))


@bp.post("/batches/<int:batch_id>/stop")
@requires(Permission.REGISTER)
def stop_batch(batch_id: int) -> ResponseReturnValue:
    """Stop reading; what was read stays."""
    intake_batches.stop(db(), batch_id, actor=actor(), at=now())
    return redirect(url_for(".batch", batch_id=batch_id))


@bp.post("/batches/<int:batch_id>/go-on")
@requires(Permission.REGISTER)
def go_on_with_batch(batch_id: int) -> ResponseReturnValue:
    """Go on reading."""
    intake_batches.go_on(db(), batch_id, actor=actor(), at=now())
    return redirect(url_for(".batch", batch_id=batch_id))


@bp.post("/batches/<int:batch_id>/close")
@requires(Permission.REGISTER)
def close_batch(batch_id: int) -> ResponseReturnValue:
    """End a batch; files that nobody registered go."""
    intake_batches.close(db(), files(), batch_id, actor=actor(), at=now())
    flash(_("Đã kết thúc lô tệp."), "success")
    return redirect(url_for(".index"))


@bp.post("/batches/<int:batch_id>/items/<int:item_id>")
@requires(Permission.REGISTER)
def decide_item(batch_id: int, item_id: int) -> ResponseReturnValue:
    """Attach a file to the document that is there already, or leave it out."""
    document_id = read_id(request.form.get("document_id"))
    try:
        if document_id is not None:
            intake_batches.attach_to(db(), batch_id, item_id, document_id, actor=actor(), at=now())
            flash(_("Đã đính kèm tệp vào văn bản đã có."), "success")
        else:
            intake_batches.dismiss(db(), batch_id, [item_id], actor=actor())
    except RegistryError as error:
        flash(say(error), "error")
    return redirect(url_for(".batch", batch_id=batch_id))
