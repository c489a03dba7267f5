"""The page of one planned document and what is done with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.domain.work_programme import OPEN, PlanState
from registry.services import planned_changes, planned_documents
from registry.services.planned_documents import PlannedOne
from registry.web.access import may, requires
from registry.web.context import actor, db, now, today
from registry.web.documents.references import document_chosen
from registry.web.forms import VersionForm, carry_out, show_on, status, tell_apart
from registry.web.programme.blueprint import bp
from registry.web.programme.forms import CarryForm, IssuedForm, NoteForm, PlannedForm, ReasonForm
from registry.web.programme.words import STANDINGS, STATES, TONES, period_name
from registry.web.trail import readable


@bp.get("/<int:planned_id>")
@requires(Permission.READ)
def show(planned_id: int) -> ResponseReturnValue:
    """Show one planned document, where it comes from and what happened to it."""
    return _page(planned_documents.get_planned(db(), planned_id, actor=actor(), today=today()))


def _page(one: PlannedOne, refused: str = "", form: VersionForm | None = None) -> ResponseReturnValue:
    version = str(one.row.version)
    carry = CarryForm(formdata=None, version=version)
    carry.show_period(one.row.period.following())
    forms: dict[str, VersionForm] = {
        "note": NoteForm(formdata=None, version=version), "drop": ReasonForm(formdata=None, version=version),
        "reopen": ReasonForm(formdata=None, version=version), "carry": carry,
        "issued": IssuedForm(formdata=None, version=version)}
    if form is not None:
        forms[refused] = form
    tell_apart(forms)
    return render_template(
        "programme/show.html", one=one, row=one.row, forms=forms, refused=refused, states=STATES, tones=TONES,
        standings=STANDINGS, period_name=period_name, history=readable(one.history), is_open=one.row.state in OPEN,
        may_work=may(Permission.PLAN_DOCUMENTS) or (may(Permission.WORK_OBLIGATIONS) and one.drafts)), 422 if refused else 200


def _do(planned_id: int, name: str, form: VersionForm, work: Callable[[], object], done: str) -> ResponseReturnValue:
    """Do one thing with a planned document; refused, its page comes back with what was typed."""
    if carry_out(form, work):
        flash(done, "success")
        return redirect(url_for(".show", planned_id=planned_id))
    return _page(planned_documents.get_planned(db(), planned_id, actor=actor(), today=today()), name, form)


@bp.post("/<int:planned_id>/take-up")
@requires(Permission.WORK_OBLIGATIONS)
def take_up(planned_id: int) -> ResponseReturnValue:
    """Keep that it is being drafted, with a note of how far it is."""
    form = NoteForm()
    return _do(planned_id, "note", form, lambda: planned_changes.take_up(
        db(), planned_id, form.seen, actor=actor(), at=now(), note=form.note.data), _("Đã ghi tiến độ soạn thảo."))


@bp.post("/<int:planned_id>/drop")
@requires(Permission.PLAN_DOCUMENTS)
def drop(planned_id: int) -> ResponseReturnValue:
    """Take it out of the programme, with a reason."""
    form = ReasonForm()
    return _do(planned_id, "drop", form, lambda: planned_changes.drop(
        db(), planned_id, form.seen, form.reason.data, actor=actor(), at=now()), _("Đã bỏ khỏi chương trình."))


@bp.post("/<int:planned_id>/reopen")
@requires(Permission.PLAN_DOCUMENTS)
def reopen(planned_id: int) -> ResponseReturnValue:
    """Take up again what was dropped or issued by mistake."""
    form = ReasonForm()
    return _do(planned_id, "reopen", form, lambda: planned_changes.reopen(
        db(), planned_id, form.seen, form.reason.data, actor=actor(), at=now()), _("Đã mở lại."))


@bp.post("/<int:planned_id>/carry")
@requires(Permission.PLAN_DOCUMENTS)
def carry(planned_id: int) -> ResponseReturnValue:
    """Let it go on in a later period."""
    form = CarryForm()
    return _do(planned_id, "carry", form, lambda: planned_changes.carry_over(
        db(), planned_id, form.seen, form.period(), form.reason.data, actor=actor(), at=now(),
        due_on=form.due_on.data), _("Đã chuyển sang kỳ sau."))


@bp.post("/<int:planned_id>/issued")
@requires(Permission.WORK_OBLIGATIONS)
def issued(planned_id: int) -> ResponseReturnValue:
    """Keep that it was issued as a document that is registered already."""
    form = IssuedForm()

    def link() -> None:
        document_id = document_chosen(form.document, form.document_id)
        if document_id is not None:
            planned_changes.link_issued(db(), planned_id, form.seen, document_id, actor=actor(), at=now())

    return _do(planned_id, "issued", form, link, _("Đã ghi nhận văn bản đã ban hành."))


@bp.route("/<int:planned_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_DOCUMENTS)
def edit(planned_id: int) -> ResponseReturnValue:
    """Correct what a planned document says."""
    one = planned_documents.get_planned(db(), planned_id, actor=actor(), today=today())
    if one.row.state in {PlanState.CARRIED, PlanState.DROPPED}:
        flash(_("Mục đã chuyển kỳ sau hoặc đã bỏ không sửa được."), "warning")
        return redirect(url_for(".show", planned_id=planned_id))
    form = PlannedForm()
    form.offer(one.row)
    if form.validate_on_submit():
        given = form.to_new()
        if given is not None:
            try:
                planned_changes.change(db(), planned_id, form.seen, given, actor=actor(), at=now())
            except RegistryError as error:
                show_on(form, error)
            else:
                flash(_("Đã lưu thay đổi."), "success")
                return redirect(url_for(".show", planned_id=planned_id))
    elif not form.is_submitted():
        form.show(one.row)
        form.version.data = str(one.row.version)
    return render_template("programme/form.html", form=form, row=one.row,
                           cancel=url_for(".show", planned_id=planned_id)), status(form)
