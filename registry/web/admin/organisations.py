"""Issuing bodies: looked through, corrected, linked to successors, merged when entered twice."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.services import organisations
from registry.services import organisations_admin as admin
from registry.web import labels
from registry.web.access import requires
from registry.web.admin.forms import MergeForm, OrganisationFilterForm, OrganisationForm, SuccessorForm
from registry.web.context import actor, db, now
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.forms import from_address, show_on, status
from registry.web.paging import here, here_with

bp = Blueprint("organisations", __name__, url_prefix="/organisations")


@bp.get("")
@requires(Permission.EDIT_ORGANISATIONS)
def index() -> ResponseReturnValue:
    """Show the bodies that fit the filters, in the order of names."""
    form = from_address(OrganisationFilterForm)
    page = admin.find_organisations(
        db(), text=form.q.data, level=form.level.data or None, only_review=form.review.data,
        only_living=form.living.data, after=form.after.data)
    return render_template(
        "admin/organisations.html", form=form, page=page, levels=labels.LEVELS,
        awaiting=organisations.awaiting_review(db()), files=offered(url_for(".export"), here()),
        next=here_with(after=page.after) if page.after else None,
        first=here_with(after=None) if form.after.data else None), status(form)


@bp.get("/export")
@requires(Permission.EDIT_ORGANISATIONS)
def export() -> ResponseReturnValue:
    """Send the bodies that fit the filters as a file."""
    form = from_address(OrganisationFilterForm)
    wanted: dict[str, Any] = {"text": form.q.data, "level": form.level.data or None, "only_review": form.review.data,
                              "only_living": form.living.data}
    total = admin.find_organisations(db(), **wanted, limit=1).total
    columns = [Column(_("Tên đầy đủ"), 60), Column(_("Tên ngắn"), 26), Column(_("Ký hiệu"), 14), Column(_("Cấp"), 18),
               Column(_("Có từ"), 12), Column(_("Có đến"), 12), Column(_("Số văn bản"), 10, "right"),
               Column(_("Cần rà soát"), 12)]
    rows = ((row.name, row.short_name, row.symbol, labels.label(labels.LEVELS, row.level), row.valid_from, row.valid_to,
             row.documents, _("Cần rà soát") if row.needs_review else "")
            for row in admin.find_all(db(), **wanted))
    filters = [form.q.data, labels.label(labels.LEVELS, form.level.data) if form.level.data else "",
               _("đang hoạt động") if form.living.data else "", _("cần rà soát") if form.review.data else ""]
    table = Table(_("Cơ quan ban hành"), columns, rows, told([words for words in filters if words]))
    return answer(chosen_format(), table, name="co-quan", total=total, taken=Taken("organisation"))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_ORGANISATIONS)
def add() -> ResponseReturnValue:
    """Add a body."""
    form = OrganisationForm()
    saved = _save(None, form)
    return saved or (render_template("admin/organisation.html", form=form, page=None), status(form))


@bp.route("/<int:organisation_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_ORGANISATIONS)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Show a body with its successions, and change it."""
    page = admin.get_organisation(db(), organisation_id)
    form = OrganisationForm(obj=page.data, data={"parent": page.parent})
    return _save(organisation_id, form) or _show(page, status(form), form=form)


def _save(organisation_id: int | None, form: OrganisationForm) -> ResponseReturnValue | None:
    if form.validate_on_submit():
        try:
            saved_id = admin.save_organisation(
                db(), organisation_id, form.to_organisation(admin.resolve(db(), form.parent.data, "parent")),
                actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu %(name)s.", name=form.name.data), "success")
            return redirect(url_for(".edit", organisation_id=saved_id))
    return None


def _show(page: admin.OrganisationPage, code: int, **forms: Any) -> ResponseReturnValue:
    # Only the form that was sent is shown as sent; the others start afresh.
    shown = {
        "form": OrganisationForm(formdata=None, obj=page.data, data={"parent": page.parent}),
        "successor": SuccessorForm(formdata=None), "merge": MergeForm(formdata=None), **forms}
    return render_template("admin/organisation.html", page=page, manners=labels.MANNERS, **shown), code


@bp.post("/<int:organisation_id>/reviewed")
@requires(Permission.EDIT_ORGANISATIONS)
def reviewed(organisation_id: int) -> ResponseReturnValue:
    """Say that a body that grew by use is right as it is."""
    admin.mark_reviewed(db(), organisation_id, actor=actor(), at=now())
    flash(_("Đã rà soát."), "success")
    return redirect(url_for(".index", review="y"))


@bp.post("/<int:organisation_id>/successors")
@requires(Permission.EDIT_ORGANISATIONS)
def add_successor(organisation_id: int) -> ResponseReturnValue:
    """Say which body took over."""
    page = admin.get_organisation(db(), organisation_id)
    form = SuccessorForm()
    if form.validate_on_submit():
        try:
            admin.link(db(), organisation_id, admin.resolve(db(), form.successor.data, "successor") or 0,
                       form.on.data, form.manner.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã nối cơ quan kế thừa."), "success")
            return redirect(url_for(".edit", organisation_id=organisation_id))
    return _show(page, status(form), successor=form)


@bp.post("/<int:organisation_id>/successions/<int:succession_id>/remove")
@requires(Permission.EDIT_ORGANISATIONS)
def remove_succession(organisation_id: int, succession_id: int) -> ResponseReturnValue:
    """Take back a succession entered by mistake."""
    admin.unlink(db(), succession_id, actor=actor(), at=now())
    flash(_("Đã bỏ liên kết kế thừa."), "success")
    return redirect(url_for(".edit", organisation_id=organisation_id))


@bp.post("/<int:organisation_id>/merge")
@requires(Permission.EDIT_ORGANISATIONS)
def merge(organisation_id: int) -> ResponseReturnValue:
    """Make one body of two that are the same."""
    page = admin.get_organisation(db(), organisation_id)
    form = MergeForm()
    if form.validate_on_submit():
        try:
            into_id = admin.resolve(db(), form.into.data, "into") or 0
            merged = admin.merge(db(), organisation_id, into_id, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã gộp; %(count)s văn bản chuyển sang cơ quan này, trong đó %(same)s trùng số.",
                    count=merged.documents, same=merged.duplicates), "warning" if merged.duplicates else "success")
            return redirect(url_for(".edit", organisation_id=into_id))
    return _show(page, status(form), merge=form)
