"""The working calendar: what is shipped with the application, and the days that the office decided itself."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import work_calendar
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.fields import ChoiceField, LineField, Required, VietnameseDateField, WholeNumberField
from registry.web.forms import Form, from_address, show_on, status

bp = Blueprint("work_calendar", __name__, url_prefix="/work-calendar")


class YearForm(Form):
    """The year that is shown; read from the address."""

    year = WholeNumberField(_("Năm"), low=1945, high=2100)


class DayForm(Form):
    """A day that the office decides for itself."""

    day = VietnameseDateField(_("Ngày"), [Required()])
    kind = ChoiceField(_("Là ngày"), [Required()], choices=labels.DAY_KINDS.items(), default="off")
    name = LineField(_("Lý do"), longest=200)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show a year's days off and days worked in exchange; add one of the office's own."""
    form, wanted = DayForm(), from_address(YearForm)
    if form.validate_on_submit() and form.day.data is not None:
        try:
            work_calendar.set_day(db(), form.day.data, form.kind.data, form.name.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã lưu. Hạn tính từ nay theo lịch mới; hạn đã ghi không tự dời."), "success")
            return redirect(url_for(".index", year=form.day.data.year))
    days = work_calendar.get_year(db(), wanted.year.data or today().year)
    return render_template("admin/work_calendar.html", form=form, days=days, kinds=labels.DAY_KINDS,
                           statuses=labels.DAY_STATUSES), max(status(form), status(wanted))


@bp.post("/remove")
@requires(Permission.MANAGE_LISTS)
def remove() -> ResponseReturnValue:
    """Let a day be again as the shipped calendar has it."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(404)
    work_calendar.remove_day(db(), day, actor=actor(), at=now())
    flash(gettext("Đã bỏ ngày riêng của cơ quan. Hạn đã ghi không tự dời."), "success")
    return redirect(url_for(".index", year=day.year))
