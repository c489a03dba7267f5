"""The page of one document, and its entry's own life: cancelled with a reason, restored."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField

from registry.domain.errors import RegistryError
from registry.domain.relations import RELATIONS_BY_CODE
from registry.domain.roles import Permission
from registry.services import attachments, documents, validity, waiting
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, config, db, now, today
from registry.web.documents.blueprint import bp
from registry.web.documents.chain import compact
from registry.web.fields import TextField, read_id
from registry.web.forms import Form, show_on, status
from registry.web.obligations.section import of_page
from registry.web.signatures.section import shown
from registry.web.trail import readable


class ReasonForm(Form):
    """Why an entry is cancelled or restored."""

    version = HiddenField()
    reason = TextField(lazy_gettext("Lý do"), longest=500)


@bp.get("/<int:document_id>")
@requires(Permission.READ)
def show(document_id: int) -> ResponseReturnValue:
    """Show the document, what it cites, what cites it, and its history."""
    page = documents.get_document(db(), document_id, actor=actor())
    files = attachments.of_document(db(), document_id, actor=actor())
    return render_template("documents/show.html", page=page, row=page.row, relations=RELATIONS_BY_CODE, chain=compact(document_id),
                           waiting=waiting.of_document(db(), document_id, actor=actor()), effects=labels.EFFECTS,
                           validity=validity.of_document(db(), document_id, actor=actor(), today=today()),
                           obligations=of_page(page), files=files, signatures=shown([one.file_id for one in files]),
                           roles=labels.FILE_ROLES, notes=labels.FILE_NOTES, most_upload=config().max_upload_mb,
                           history=readable(documents.get_history(db(), document_id, actor=actor())))


@bp.route("/<int:document_id>/cancel", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def cancel(document_id: int) -> ResponseReturnValue:
    """Ask for the reason, then cancel the entry; its number stays used."""
    return _change(document_id, "documents/cancel.html", documents.cancel, _("Đã hủy văn bản; số của nó vẫn được giữ."))


@bp.route("/<int:document_id>/restore", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def restore(document_id: int) -> ResponseReturnValue:
    """Ask, then put a cancelled entry back in force."""
    return _change(document_id, "documents/restore.html", documents.restore, _("Đã khôi phục văn bản."))


def _change(document_id: int, template: str, service: documents.ChangeOfStatus, done: str) -> ResponseReturnValue:
    page = documents.get_document(db(), document_id, actor=actor())
    form = ReasonForm(version=str(page.version))
    if form.validate_on_submit():
        # What is no version is an old one: never a way around the check.
        version = read_id(form.version.data or str(page.version)) or 0
        try:
            service(db(), document_id, version, form.reason.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(done, "success")
            return redirect(url_for(".show", document_id=document_id))
    return render_template(template, form=form, page=page, row=page.row, here=request.path), status(form)
