"""The page of one file, and what is done with the files of a document."""

from __future__ import annotations

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import MultipleFileField

from registry.domain.errors import NotFound, RegistryError
from registry.domain.roles import Permission
from registry.services import attachments, documents, file_reading
from registry.services.attachments import AttachmentRow
from registry.web import labels
from registry.web.access import requires, wants_json
from registry.web.context import actor, db, now
from registry.web.fields import LineField, Required, read_id
from registry.web.files.blueprint import bp
from registry.web.files.receiving import receive, sent, the_one, told
from registry.web.files.serving import SHOWN_INLINE, mime_type
from registry.web.forms import Form, show_on, status
from registry.web.headers import CONTENT_SECURITY_POLICY

_FRAME_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
_MOST_PICTURES = 300


class RemoveForm(Form):
    """Why a file is removed."""

    reason = LineField(lazy_gettext("Lý do"), [Required()], longest=500)


class ReplaceForm(Form):
    """The new version of a file."""

    files = MultipleFileField(lazy_gettext("Tệp mới"))


@bp.get("/<int:attachment_id>")
@requires(Permission.READ)
def show(attachment_id: int) -> ResponseReturnValue:
    """Show a file beside what is known of it: in the browser's viewer, as pictures, or as the text read from it."""
    row = attachments.get(db(), attachment_id, actor=actor())
    document = documents.get_document(db(), row.document_id, actor=actor()) if row.document_id else None
    versions = [one for one in attachments.of_document(db(), row.document_id, actor=actor())
                if one.replaced_by_id == row.id] if row.document_id else []
    response = make_response(render_template(
        "files/show.html", file=row, document=document, versions=versions, roles=labels.FILE_ROLES,
        notes=labels.FILE_NOTES, inline=mime_type(row) in SHOWN_INLINE, view=request.args.get("view", ""),
        pictures=range(1, min(max(row.pages, 1), _MOST_PICTURES) + 1), text=attachments.text(db(), row.file_id)))
    response.headers["Content-Security-Policy"] = _FRAME_POLICY
    return response


@bp.get("/<int:attachment_id>/state")
@requires(Permission.READ)
def state(attachment_id: int) -> ResponseReturnValue:
    """Tell a script how far the reading of a file is."""
    row = attachments.get(db(), attachment_id, actor=actor())
    return jsonify(waiting=row.is_waiting, html=render_template("files/_state_of.html", file=row, notes=labels.FILE_NOTES))


@bp.post("/<int:attachment_id>/retry")
@requires(Permission.REGISTER)
def retry(attachment_id: int) -> ResponseReturnValue:
    """Let a file that could not be read be read again in the background."""
    row = attachments.get(db(), attachment_id, actor=actor())
    file_reading.try_again(db(), row.file_id, actor=actor(), at=now())
    flash(_("Tệp sẽ được đọc lại trong giây lát."), "success")
    batch_id = read_id(request.args.get("batch"))
    return redirect(url_for("intake.batch", batch_id=batch_id) if batch_id else _back(row))


def _back(row: AttachmentRow) -> str:
    if row.document_id is not None:
        return url_for("documents.show", document_id=row.document_id, _anchor="files")
    return url_for("intake.from_file", attachment_id=row.id)


@bp.post("/of/<int:document_id>")
@requires(Permission.REGISTER)
def attach(document_id: int) -> ResponseReturnValue:
    """Attach files to a document; a refused one keeps no other back."""
    faults: list[tuple[str, RegistryError]] = []
    done = 0
    for one in sent():
        try:
            attachments.attach(db(), document_id, receive(one), actor=actor(), at=now())
            done += 1
        except NotFound:
            raise
        except RegistryError as error:
            faults.append((one.filename or "", error))
    if wants_json():
        return jsonify(faults=told(faults)), 422 if faults else 200
    if done:
        flash(_("Đã đính kèm %(count)s tệp.", count=done), "success")
    for fault in told(faults) or ([] if done else [_("Hãy chọn một tệp.")]):
        flash(fault, "error")
    return redirect(url_for("documents.show", document_id=document_id, _anchor="files"))


@bp.route("/<int:attachment_id>/replace", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def replace(attachment_id: int) -> ResponseReturnValue:
    """Ask for a new version of a file; the older one stays readable."""
    row = _of_document(attachment_id)
    form = ReplaceForm()
    if form.validate_on_submit():
        try:
            attachments.replace(db(), attachment_id, the_one(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã thay tệp; phiên bản cũ vẫn xem được."), "success")
            return redirect(_back(row))
    return render_template("files/replace.html", form=form, file=row), status(form)


@bp.route("/<int:attachment_id>/remove", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def remove(attachment_id: int) -> ResponseReturnValue:
    """Ask why, then remove a file from its document."""
    row = _of_document(attachment_id)
    form = RemoveForm()
    if form.validate_on_submit():
        try:
            attachments.remove(db(), attachment_id, form.reason.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã gỡ tệp khỏi văn bản."), "success")
            return redirect(_back(row))
    return render_template("files/remove.html", form=form, file=row), status(form)


@bp.post("/<int:attachment_id>/role")
@requires(Permission.REGISTER)
def role(attachment_id: int) -> ResponseReturnValue:
    """Make a file the document itself, or an annex."""
    row = _of_document(attachment_id)
    attachments.set_role(db(), attachment_id, "main" if request.form.get("role") == "main" else "annex",
                         actor=actor(), at=now())
    return redirect(_back(row))


def _of_document(attachment_id: int) -> AttachmentRow:
    row = attachments.get(db(), attachment_id, actor=actor())
    if row.document_id is None:
        raise NotFound("file", attachment_id)
    return row


