"""The form on which reports are printed with Word: looked at, replaced by the office's own, put back."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import FileField

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.printing.report_word import MOST_BYTES
from registry.services import report_forms
from registry.services.report_files import Format
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.forms import Form, show_on, status
from registry.web.reports.files import sent

bp = Blueprint("report_form", __name__, url_prefix="/report-form")


class ReportFormForm(Form):
    """The office's own form."""

    file = FileField(lazy_gettext("Tệp mẫu (.docx)"))


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show which form is in use; take another one once a sample was printed on it."""
    form = ReportFormForm()
    if form.validate_on_submit():
        file = request.files.get("file")
        if file is None or not file.filename:
            form.file.errors = [_("Hãy chọn tệp mẫu.")]
        else:
            try:
                with closing(file):
                    sent_form = file.read(MOST_BYTES + 1)
                report_forms.replace(db(), file.filename, sent_form, actor=actor(), at=now())
            except RegistryError as error:
                show_on(form, error)
            else:
                flash(_("Đã dùng mẫu mới. Một báo cáo mẫu đã in thử được trên mẫu này."), "success")
                return redirect(url_for(".index"))
    return render_template("admin/report_form.html", form=form, own=report_forms.own(db())), status(form)


@bp.get("/current.docx")
@requires(Permission.MANAGE_LISTS)
def download() -> ResponseReturnValue:
    """Send the form in use, to be changed with Word."""
    return sent(report_forms.content(db()), Format.WORD, "mau-bao-cao")


@bp.get("/shipped.docx")
@requires(Permission.MANAGE_LISTS)
def download_shipped() -> ResponseReturnValue:
    """Send the form that comes with the program."""
    return sent(report_forms.shipped(), Format.WORD, "mau-bao-cao-goc")


@bp.get("/sample.docx")
@requires(Permission.MANAGE_LISTS)
def sample() -> ResponseReturnValue:
    """Send a report of sample figures on the form in use."""
    return sent(report_forms.preview(db(), today=today()), Format.WORD, "bao-cao-mau")


@bp.post("/reset")
@requires(Permission.MANAGE_LISTS)
def reset() -> ResponseReturnValue:
    """Put the shipped form back."""
    report_forms.reset(db(), actor=actor(), at=now())
    flash(_("Đã dùng lại mẫu có sẵn."), "success")
    return redirect(url_for(".index"))
