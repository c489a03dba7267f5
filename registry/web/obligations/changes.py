"""What a person does with one obligation: each a form of its page."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.obligations import ObligationState
from registry.domain.roles import Permission
from registry.services import extensions, obligation_changes, obligation_page, obligations
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.fields import read_id
from registry.web.forms import Form, carry_out, show_on, status
from registry.web.obligations import one as one_page
from registry.web.obligations.blueprint import bp
from registry.web.obligations.forms import (
    CompleteForm,
    DecisionForm,
    DueForm,
    EditForm,
    ExtensionForm,
    NoteForm,
    ReasonForm,
    TransferForm,
    offer_people,
)


def _do(occurrence_id: int, name: str, form: Form, work: Callable[[], object], done: str) -> ResponseReturnValue:
    """Do ``work`` if the form is right, and lead back to the page; else show it again as it was filled."""
    if isinstance(form, TransferForm):
        offer_people(form)
    if carry_out(form, work):
        flash(done, "success")
        return redirect(url_for(".show", occurrence_id=occurrence_id))
    return one_page.page(obligation_page.get_obligation(db(), occurrence_id, actor=actor(), now=now()), name, form)


@bp.route("/<int:occurrence_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_OBLIGATIONS)
def edit(occurrence_id: int) -> ResponseReturnValue:
    """Say the task in other words, and who takes part."""
    one = obligation_page.get_obligation(db(), occurrence_id, actor=actor(), now=now())
    form = EditForm(
        task=one.row.task, version=one.obligation_version,
        partner_units=[partner.unit_id for partner in one.partners if partner.unit_id is not None],
        partner_users=[partner.user_id for partner in one.partners if partner.user_id is not None])
    form.offer_partners(one.partners)
    if form.validate_on_submit():
        try:
            obligation_changes.change(
                db(), one.row.obligation_id, form.seen, task=form.task.data,
                partner_units=form.partner_units.data or (), partner_users=form.partner_users.data or (),
                actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã sửa nhiệm vụ."), "success")
            return redirect(url_for(".show", occurrence_id=occurrence_id))
    return render_template("obligations/edit.html", form=form, row=one.row), status(form)


@bp.post("/<int:occurrence_id>/note")
@requires(Permission.WORK_OBLIGATIONS)
def note(occurrence_id: int) -> ResponseReturnValue:
    """Keep a note of progress."""
    form = NoteForm()
    return _do(occurrence_id, "note", form, lambda: obligations.add_note(
        db(), occurrence_id, form.seen, form.note.data, actor=actor(), at=now()), _("Đã ghi tiến độ."))


@bp.post("/<int:occurrence_id>/received")
@requires(Permission.WORK_OBLIGATIONS)
def received(occurrence_id: int) -> ResponseReturnValue:
    """Keep that the person knows of it."""
    obligation_page.get_obligation(db(), occurrence_id, actor=actor(), now=now())
    obligations.receive(db(), occurrence_id, actor=actor(), at=now())
    flash(_("Đã ghi nhận."), "success")
    return redirect(url_for(".show", occurrence_id=occurrence_id))


@bp.post("/<int:occurrence_id>/complete")
@requires(Permission.WORK_OBLIGATIONS)
def complete(occurrence_id: int) -> ResponseReturnValue:
    """Report it as done, by the document that fulfils it or with the reason why there is none."""
    form = CompleteForm()
    return _do(occurrence_id, "complete", form, lambda: obligations.complete(
        db(), occurrence_id, form.seen, actor=actor(), at=now(), document_id=form.chosen_document(),
        done_on=form.done_on.data, text=form.note.data), _("Đã báo hoàn thành."))


@bp.post("/<int:occurrence_id>/confirm")
@requires(Permission.MANAGE_OBLIGATIONS)
def confirm(occurrence_id: int) -> ResponseReturnValue:
    """Confirm what was reported, or hand it back with the reason."""
    form = ReasonForm()
    if request.form.get("answer") == "return":
        return _do(occurrence_id, "confirm", form, lambda: obligations.set_state(
            db(), occurrence_id, form.seen, ObligationState.WORKING, reason=form.reason.data, actor=actor(),
            at=now()), _("Đã trả lại để làm tiếp."))
    return _do(occurrence_id, "confirm", form, lambda: obligations.confirm(
        db(), occurrence_id, form.seen, text=form.reason.data, actor=actor(), at=now()), _("Đã xác nhận hoàn thành."))


@bp.post("/<int:occurrence_id>/state")
@requires(Permission.WORK_OBLIGATIONS)
def state(occurrence_id: int) -> ResponseReturnValue:
    """Begin it, pause it, cancel it, or take it up again."""
    form = ReasonForm()
    given = request.form.get("state", "")
    wanted = ObligationState(given) if given in set(ObligationState) else ObligationState.WORKING
    return _do(occurrence_id, "state", form, lambda: obligations.set_state(
        db(), occurrence_id, form.seen, wanted, reason=form.reason.data, actor=actor(), at=now()),
        _("Đã đổi trạng thái."))


@bp.post("/<int:occurrence_id>/due")
@requires(Permission.MANAGE_OBLIGATIONS)
def due(occurrence_id: int) -> ResponseReturnValue:
    """Set another due date."""
    form = DueForm()
    return _do(occurrence_id, "due", form, lambda: obligation_changes.change_due(
        db(), occurrence_id, form.seen, form.due_on.data, form.due_time.data, reason=form.reason.data, actor=actor(),
        at=now()), _("Đã đổi hạn; lịch nhắc được lập lại."))


@bp.post("/<int:occurrence_id>/transfer")
@requires(Permission.WORK_OBLIGATIONS)
def transfer(occurrence_id: int) -> ResponseReturnValue:
    """Hand it to another person or unit."""
    form = TransferForm()
    seen = _do(occurrence_id, "transfer", form, lambda: obligation_changes.transfer(
        db(), occurrence_id, form.seen, unit_id=form.unit_id.data, user_id=form.user_id.data, reason=form.reason.data,
        actor=actor(), at=now()), _("Đã chuyển giao."))
    try:
        obligation_page.get_obligation(db(), occurrence_id, actor=actor(), now=now())
    except RegistryError:
        # It is no longer this person's: their list is where they go on.
        return redirect(url_for(".index"))
    return seen


@bp.post("/<int:occurrence_id>/extension")
@requires(Permission.WORK_OBLIGATIONS)
def extension(occurrence_id: int) -> ResponseReturnValue:
    """Ask for more time."""
    form = ExtensionForm()
    return _do(occurrence_id, "extension", form, lambda: extensions.request(
        db(), occurrence_id, form.seen, form.new_due_on.data, form.reason.data, actor=actor(), at=now()),
        _("Đã gửi đề nghị gia hạn; hạn cũ vẫn tính cho đến khi được đồng ý."))


@bp.post("/<int:occurrence_id>/decide")
@requires(Permission.WORK_OBLIGATIONS)
def decide(occurrence_id: int) -> ResponseReturnValue:
    """Approve or refuse a request for more time."""
    form = DecisionForm()
    asked = read_id(request.form.get("extension_id")) or 0
    return _do(occurrence_id, "decide", form, lambda: extensions.decide(
        db(), asked, approve=request.form.get("answer") == "approve", text=form.reason.data, actor=actor(),
        at=now()), _("Đã ghi quyết định về gia hạn."))


@bp.post("/<int:occurrence_id>/end")
@requires(Permission.MANAGE_OBLIGATIONS)
def end(occurrence_id: int) -> ResponseReturnValue:
    """Let a recurrence end with the occurrence shown; later ones on which nobody has begun are cancelled."""
    form = ReasonForm()
    one = obligation_page.get_obligation(db(), occurrence_id, actor=actor(), now=now())
    return _do(occurrence_id, "state", form, lambda: obligation_changes.end_recurrence(
        db(), one.row.obligation_id, reason=form.reason.data, last_on=max(one.row.printed_on or today(), today()),
        actor=actor(), at=now()), _("Đã thôi lặp lại; các lần sau chưa làm thì hủy."))
