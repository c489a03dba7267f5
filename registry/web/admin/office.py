"""What the office says of itself."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import organisations, settings
from registry.services.organisations_admin import resolve
from registry.web.access import requires
from registry.web.admin.forms import OfficeForm
from registry.web.context import actor, db, now
from registry.web.forms import show_on, status

bp = Blueprint("settings", __name__, url_prefix="/office")


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show and change the office's settings."""
    kept = settings.get(db())
    form = OfficeForm(obj=kept, data={"organisation": organisations.get_label(db(), kept.organisation_id),
                                      "default_issuer": organisations.get_label(db(), kept.default_issuer_id)})
    if form.validate_on_submit():
        try:
            settings.change(
                db(), actor=actor(), at=now(), office_name=form.office_name.data, parent_name=form.parent_name.data,
                place=form.place.data, organisation_id=resolve(db(), form.organisation.data, "organisation"),
                default_issuer_id=resolve(db(), form.default_issuer.data, "default_issuer"),
                before_is_strict=form.before_is_strict.data)
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu thông tin cơ quan."), "success")
            return redirect(url_for(".index"))
    return render_template("admin/office.html", form=form), status(form)
