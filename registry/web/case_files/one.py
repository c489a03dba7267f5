"""The page of one case file and what is done with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.case_files import FileState
from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import case_file_changes, case_files
from registry.services.case_files import CaseFileRow
from registry.web.access import may, requires
from registry.web.case_files.blueprint import bp
from registry.web.case_files.forms import AddForm, CaseFileForm, CloseForm, HandOverForm, KeepBackForm, ReasonForm
from registry.web.context import actor, db, now, today
from registry.web.documents.references import document_chosen
from registry.web.exports import BOOKS, offered
from registry.web.fields import read_id
from registry.web.forms import Form, FormRefused, carry_out, show_on, status, tell_apart
from registry.web.labels import FILE_STATES
from registry.web.paging import here_with
from registry.web.trail import readable


@bp.get("/<int:case_file_id>")
@requires(Permission.READ)
def show(case_file_id: int) -> ResponseReturnValue:
    """Show one file, its documents in their order, and what happened to it."""
    return _page(case_files.get_case_file(db(), case_file_id, actor=actor()))


def _page(row: CaseFileRow, refused: str = "", form: Form | None = None) -> ResponseReturnValue:
    version = str(row.version)
    forms: dict[str, Form] = {
        "add": AddForm(formdata=None), "close": CloseForm(formdata=None, version=version, ended_on=today()),
        "reopen": ReasonForm(formdata=None, version=version), "keep": KeepBackForm(formdata=None, version=version),
        "hand_over": HandOverForm(formdata=None, version=version, handed_over_on=today())}
    if form is not None:
        forms[refused] = form
    tell_apart(forms)
    entries = case_files.find_entries(
        db(), row.id, actor=actor(), after=read_id(request.args.get("after")))
    may_change = may(Permission.MANAGE_CASE_FILES) or (may(Permission.KEEP_CASE_FILES) and row.own)
    return render_template(
        "case_files/show.html", row=row, entries=entries, forms=forms, refused=refused, states=FILE_STATES,
        today=today(), may_change=may_change, is_open=row.state == FileState.OPEN,
        contents=offered(url_for(".contents", case_file_id=row.id), "", BOOKS),
        history=readable(case_files.get_history(db(), row.id, actor=actor())),
        next=here_with(after=entries.after) if entries.after else None,
        first=here_with(after=None) if request.args.get("after") else None), 422 if refused else 200


def _do(case_file_id: int, name: str, form: Form, work: Callable[[], object], done: str) -> ResponseReturnValue:
    """Do one thing with a file; refused, its page comes back with what was typed."""
    if carry_out(form, work):
        flash(done, "success")
        return redirect(url_for(".show", case_file_id=case_file_id))
    return _page(case_files.get_case_file(db(), case_file_id, actor=actor()), name, form)


@bp.route("/<int:case_file_id>/edit", methods=["GET", "POST"])
@requires(Permission.KEEP_CASE_FILES)
def edit(case_file_id: int) -> ResponseReturnValue:
    """Correct what a file says."""
    row = case_files.get_case_file(db(), case_file_id, actor=actor())
    form = CaseFileForm()
    form.offer(row)
    if form.validate_on_submit():
        try:
            case_file_changes.change(db(), case_file_id, form.seen, form.to_new(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu thay đổi."), "success")
            return redirect(url_for(".show", case_file_id=case_file_id))
    elif not form.is_submitted():
        form.show(row)
    return render_template("case_files/form.html", form=form, row=row, ids=[],
                           cancel=url_for(".show", case_file_id=case_file_id)), status(form)


@bp.post("/<int:case_file_id>/add")
@requires(Permission.KEEP_CASE_FILES)
def add(case_file_id: int) -> ResponseReturnValue:
    """Put the document typed or chosen into the file."""
    form = AddForm()

    def put_in() -> None:
        document_id = document_chosen(form.document, form.document_id)
        if document_id is None:
            form.document.errors = [_("Hãy gõ số, ký hiệu hoặc trích yếu rồi chọn văn bản.")]
            raise FormRefused
        if not case_file_changes.add_documents(db(), case_file_id, [document_id], actor=actor(), at=now()):
            form.document.errors = [_("Văn bản này có trong hồ sơ rồi.")]
            raise FormRefused

    return _do(case_file_id, "add", form, put_in, _("Đã đưa văn bản vào hồ sơ."))


@bp.post("/<int:case_file_id>/documents/<int:document_id>")
@requires(Permission.KEEP_CASE_FILES)
def place(case_file_id: int, document_id: int) -> ResponseReturnValue:
    """Move a document up or down, or take it out of the file."""
    answer = request.form.get("answer", "")
    try:
        if answer in {"up", "down"}:
            case_file_changes.move_document(
                db(), case_file_id, document_id, -1 if answer == "up" else 1, actor=actor(), at=now())
        elif answer == "remove":
            case_file_changes.remove_document(db(), case_file_id, document_id, actor=actor(), at=now())
            flash(_("Đã đưa văn bản ra khỏi hồ sơ; văn bản vẫn ở trong sổ."), "success")
    except RegistryError as error:
        flash(say(error), "error")
    return redirect(url_for(".show", case_file_id=case_file_id, after=read_id(request.form.get("after")),
                            _anchor=f"d{document_id}"))


@bp.post("/<int:case_file_id>/by-time")
@requires(Permission.KEEP_CASE_FILES)
def by_time(case_file_id: int) -> ResponseReturnValue:
    """Put the documents in order of time."""
    try:
        case_file_changes.order_by_time(db(), case_file_id, actor=actor(), at=now())
    except RegistryError as error:
        flash(say(error), "error")
    else:
        flash(_("Đã xếp văn bản theo thời gian."), "success")
    return redirect(url_for(".show", case_file_id=case_file_id))


@bp.post("/<int:case_file_id>/close")
@requires(Permission.KEEP_CASE_FILES)
def close(case_file_id: int) -> ResponseReturnValue:
    """Close the file: the work is done."""
    form = CloseForm()
    return _do(case_file_id, "close", form, lambda: case_file_changes.close(
        db(), case_file_id, form.seen, form.ended_on.data, actor=actor(), at=now()), _("Đã kết thúc hồ sơ."))


@bp.post("/<int:case_file_id>/reopen")
@requires(Permission.KEEP_CASE_FILES)
def reopen(case_file_id: int) -> ResponseReturnValue:
    """Open a closed file again."""
    form = ReasonForm()
    return _do(case_file_id, "reopen", form, lambda: case_file_changes.reopen(
        db(), case_file_id, form.seen, form.reason.data, actor=actor(), at=now()), _("Đã mở lại hồ sơ."))


@bp.post("/<int:case_file_id>/keep-back")
@requires(Permission.KEEP_CASE_FILES)
def keep_back(case_file_id: int) -> ResponseReturnValue:
    """Keep until when the unit may hold the file back."""
    form = KeepBackForm()
    return _do(case_file_id, "keep", form, lambda: case_file_changes.keep_back(
        db(), case_file_id, form.seen, form.until.data, form.reason.data, actor=actor(), at=now()),
        _("Đã ghi hạn nộp lưu mới."))


@bp.post("/<int:case_file_id>/hand-over")
@requires(Permission.MANAGE_CASE_FILES)
def hand_over(case_file_id: int) -> ResponseReturnValue:
    """Keep that the file was handed over to the archive."""
    form = HandOverForm()
    return _do(case_file_id, "hand_over", form, lambda: case_file_changes.hand_over(
        db(), case_file_id, form.seen, form.handed_over_on.data, form.note.data, actor=actor(), at=now()),
        _("Đã ghi nhận nộp lưu."))
