"""Documents chosen elsewhere (their page, a list, a search) are put into a case file."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import case_file_changes, case_files, documents
from registry.services.case_files import CaseFileRow
from registry.services.documents import DocumentRow
from registry.web.access import requires
from registry.web.case_files.blueprint import bp
from registry.web.case_files.forms import ChooseForm
from registry.web.choosing import ids_chosen
from registry.web.context import actor, db, now
from registry.web.fields import read_id
from registry.web.forms import show_on, status


@bp.route("/choose", methods=["GET", "POST"])
@requires(Permission.KEEP_CASE_FILES)
def choose() -> ResponseReturnValue:
    """Ask which file the chosen documents go into, then put them there."""
    chosen: list[DocumentRow] = documents.find_chosen(db(), ids_chosen(), actor=actor())
    if not chosen:
        flash(_("Hãy chọn văn bản cần đưa vào hồ sơ."), "warning")
        return redirect(url_for("documents.index"))
    form = ChooseForm(formdata=request.form if "confirmed" in request.form else None)
    if form.is_submitted() and "confirmed" in request.form and form.validate():
        case_file_id = _chosen_file(form)
        if case_file_id is not None:
            try:
                many = case_file_changes.add_documents(
                    db(), case_file_id, [row.id for row in chosen], actor=actor(), at=now())
            except RegistryError as error:
                show_on(form, error)
            else:
                flash(_("Đã đưa %(n)s văn bản vào hồ sơ.", n=many) if many == len(chosen) else
                      _("Đã đưa %(n)s văn bản vào hồ sơ; số còn lại đã có từ trước.", n=many), "success")
                return redirect(url_for(".show", case_file_id=case_file_id))
    return render_template("case_files/choose.html", form=form, chosen=chosen,
                           offered=case_files.suggest(db(), "", actor=actor())), status(form)


def _chosen_file(form: ChooseForm) -> int | None:
    """Return the file that is meant: the one chosen, or the only one that fits what was typed."""
    case_file_id = read_id(request.form.get("offered")) or read_id(form.case_file_id.data)
    if case_file_id is not None:
        return case_file_id
    found = case_files.suggest(db(), form.case_file.data, actor=actor()) if form.case_file.data else []
    if len(found) == 1:
        return found[0].id
    form.case_file.errors = [
        _("Hãy chọn hồ sơ.") if not form.case_file.data else
        _("Không có hồ sơ đang lập nào như vậy.") if not found else
        _("Có nhiều hồ sơ như vậy; hãy chọn một trong danh sách gợi ý.")]
    return None


@bp.get("/suggest.json")
@requires(Permission.KEEP_CASE_FILES)
def suggest() -> ResponseReturnValue:
    """Return the open files that what is typed may mean."""
    found = case_files.suggest(db(), request.args.get("q", "")[:200], actor=actor())
    return jsonify([{"id": one.id, "value": _name(one), "label": _name(one)} for one in found])


def _name(one: CaseFileRow) -> str:
    return f"{one.code} ({one.year}) {one.title[:120]}"
