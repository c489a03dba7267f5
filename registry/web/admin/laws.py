"""The table of laws by which a name and a year are read as a number: list, add, remove."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import known_laws
from registry.web.access import requires
from registry.web.admin.forms import SearchForm
from registry.web.context import actor, db, now
from registry.web.fields import LineField, Required, VietnameseDateField
from registry.web.forms import Form, from_address, show_on, status

bp = Blueprint("laws", __name__, url_prefix="/laws")


class LawForm(Form):
    """A law: its name, number and day of passing."""

    name = LineField(_("Tên luật"), [Required()], longest=300)
    number = LineField(_("Số hiệu"), [Required()], longest=40)
    issued_on = VietnameseDateField(_("Ngày thông qua"))


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show the table and add to it."""
    form, search = LawForm(), from_address(SearchForm)
    if form.validate_on_submit():
        try:
            known_laws.add(db(), form.name.data, form.number.data, form.issued_on.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã thêm %(name)s. Văn bản đăng ký từ nay đọc được; với văn bản cũ hãy chạy sovanban links.",
                          name=form.name.data), "success")
            return redirect(url_for(".index"))
    return render_template("admin/laws.html", form=form, search=search,
                           rows=known_laws.find(db(), search.q.data)), status(form)


@bp.post("/<int:law_id>/remove")
@requires(Permission.MANAGE_LISTS)
def remove(law_id: int) -> ResponseReturnValue:
    """Take a law out of the table."""
    known_laws.remove(db(), law_id, actor=actor(), at=now())
    flash(gettext("Đã bỏ khỏi bảng."), "success")
    return redirect(url_for(".index"))
