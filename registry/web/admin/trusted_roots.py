"""The certificates that the office trusts to vouch for digital signatures: list, add from a file, remove."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FileField

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.files.certificates import LONGEST
from registry.services import trusted_roots
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.forms import Form, show_on, status

bp = Blueprint("trusted_roots", __name__, url_prefix="/trusted-roots")


class CertificateForm(Form):
    """A file of certificates."""

    file = FileField(_("Tệp chứng thư"))


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show whom the office trusts, and add to it."""
    form = CertificateForm()
    sent = request.files.get("file")
    if form.validate_on_submit():
        if sent is None or not sent.filename:
            form.file.errors = [gettext("Hãy chọn một tệp.")]
        else:
            try:
                added = trusted_roots.add(db(), sent.stream.read(LONGEST + 1), actor=actor(), at=now())
            except RegistryError as error:
                show_on(form, error)
            else:
                flash(gettext("Đã tin cậy thêm %(count)s chứng thư. Các tệp đã ký được kiểm tra lại trong ít phút.",
                              count=added) if added else gettext("Các chứng thư trong tệp đã được tin cậy từ trước."), "success")
                return redirect(url_for(".index"))
    return render_template("admin/trusted_roots.html", form=form, rows=trusted_roots.find(db()), now=now()), status(form)


@bp.post("/<int:root_id>/remove")
@requires(Permission.MANAGE_LISTS)
def remove(root_id: int) -> ResponseReturnValue:
    """Trust a certificate no longer."""
    subject = trusted_roots.remove(db(), root_id, actor=actor(), at=now())
    flash(gettext("Đã thôi tin cậy %(subject)s. Các tệp đã ký được kiểm tra lại trong ít phút.", subject=subject), "success")
    return redirect(url_for(".index"))
