"""What each person wants of reminders: days, hour, absences, their own calendar."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import reminder_rules, reminder_wishes
from registry.services.reminder_rules import read_days
from registry.web.access import signed_in
from registry.web.choosing import who_may
from registry.web.context import account, actor, config, db, now, today
from registry.web.forms import show_on, status
from registry.web.reminding.forms import AbsenceForm, WishesForm, read_clock

bp = Blueprint("my_reminders", __name__, url_prefix="/my-reminders")


@bp.route("", methods=["GET", "POST"])
@signed_in
def index() -> ResponseReturnValue:
    """Show and change one's own days and hour."""
    form = WishesForm.of(reminder_wishes.get(db(), account().id))
    if form.validate_on_submit():
        try:
            reminder_wishes.save(db(), account().id, read_days(form.days_before.data),
                                 read_clock(form.morning_at.data), form.digest.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu."), "success")
            return redirect(url_for(".index"))
    return _page(form, _absence_form())


@bp.post("/absences")
@signed_in
def add_absence() -> ResponseReturnValue:
    """Enter an absence."""
    form = _absence_form()
    if form.validate_on_submit():
        try:
            reminder_wishes.add_absence(db(), account().id, form.deputy_id.data or 0, *form.to_days(),
                                        form.note.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã ghi ngày vắng; người nhận thay sẽ nhận thư nhắc trong những ngày đó."), "success")
            return redirect(url_for(".index"))
    return _page(WishesForm.of(reminder_wishes.get(db(), account().id)), form)


@bp.post("/absences/<int:absence_id>/remove")
@signed_in
def remove_absence(absence_id: int) -> ResponseReturnValue:
    """Take an absence back."""
    reminder_wishes.remove_absence(db(), account().id, absence_id, actor=actor(), at=now())
    flash(_("Đã bỏ ngày vắng."), "success")
    return redirect(url_for(".index"))


@bp.post("/feed")
@signed_in
def renew_feed() -> ResponseReturnValue:
    """Make a new secret address of one's own calendar and show it, this once."""
    secret = reminder_wishes.renew_feed(db(), account().id, actor=actor(), at=now())
    address = config().base_url + url_for("replies.calendar", secret=secret)
    return _page(WishesForm.of(reminder_wishes.get(db(), account().id)), _absence_form(), address)


def _absence_form() -> AbsenceForm:
    form = AbsenceForm()
    form.deputy_id.offer([(None, _("(chọn người)")), *(
        (one.id, one.full_name) for one in who_may(Permission.WORK_OBLIGATIONS) if one.id != account().id)])
    return form


def _page(form: WishesForm, absence: AbsenceForm, feed: str | None = None) -> ResponseReturnValue:
    refused = form if form.errors else absence
    return render_template(
        "reminding/mine.html", form=form, absence=absence, feed=feed, wishes=reminder_wishes.get(db(), account().id),
        rules=reminder_rules.get(db()), refused=refused,
        absences=reminder_wishes.find_absences(db(), account().id, since=today())), status(refused)
