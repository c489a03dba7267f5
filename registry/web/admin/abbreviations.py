"""The table of abbreviations that search uses: list, add, remove."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import abbreviations
from registry.web.access import requires
from registry.web.admin.forms import SearchForm
from registry.web.context import actor, db, now
from registry.web.fields import LineField, Required
from registry.web.forms import Form, from_address, show_on, status

bp = Blueprint("abbreviations", __name__, url_prefix="/abbreviations")


class AbbreviationForm(Form):
    """A short form and what it stands for."""

    short = LineField(_("Chữ viết tắt"), [Required()], longest=30)
    long = LineField(_("Viết đầy đủ"), [Required()], longest=200)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show the table and add to it."""
    form, search = AbbreviationForm(), from_address(SearchForm)
    if form.validate_on_submit():
        try:
            abbreviations.add(db(), form.short.data, form.long.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã thêm %(short)s. Tìm kiếm dùng ngay trong vòng mười giây.", short=form.short.data),
                  "success")
            return redirect(url_for(".index"))
    rows = abbreviations.find(db(), search.q.data)
    return render_template("admin/abbreviations.html", form=form, search=search, rows=rows), status(form)


@bp.post("/<int:abbreviation_id>/remove")
@requires(Permission.MANAGE_LISTS)
def remove(abbreviation_id: int) -> ResponseReturnValue:
    """Take a pair out of the table."""
    abbreviations.remove(db(), abbreviation_id, actor=actor(), at=now())
    flash(gettext("Đã bỏ chữ viết tắt."), "success")
    return redirect(url_for(".index"))
