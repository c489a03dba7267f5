"""Issuing bodies: looked through, corrected, linked to successors, merged when entered twice."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import organisations
from registry.services import organisations_admin as admin
from registry.web import labels
from registry.web.access import requires
from registry.web.admin.forms import MergeForm, OrganisationFilterForm, OrganisationForm, SuccessorForm
from registry.web.context import actor, db, now
from registry.web.forms import from_address, show_on, status
from registry.web.paging import here_with

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
        awaiting=organisations.awaiting_review(db()),
        next=here_with(after=page.after) if page.after else None,
        first=here_with(after=None) if form.after.data else None), status(form)


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
