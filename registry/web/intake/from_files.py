"""From a file to the same review as from a pasted text: sent, read, filled in; what takes longer has a page that waits."""

from __future__ import annotations

import uuid
from functools import partial

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from registry.domain.errors import RegistryError
from registry.domain.file_errors import FileRefused
from registry.domain.intake import Content
from registry.domain.roles import Permission
from registry.domain.signatures import SignatureVerdict, proposed_signer
from registry.files.archives import is_archive
from registry.files.kinds import FileKind
from registry.services import attachments, draft_files, intake, intake_receiving, signatures
from registry.services.attachments import AttachmentRow
from registry.services.file_uploads import Upload, as_text
from registry.web import labels
from registry.web.access import requires, wants_json
from registry.web.context import actor, db, file_rules, files, now
from registry.web.documents.forms import DocumentForm
from registry.web.files.receiving import receive, sent, told
from registry.web.intake.filling import fill_document
from registry.web.intake.views import PasteForm, bp, document_page, index_page


@bp.post("/files")
@requires(Permission.REGISTER)
def take_files() -> ResponseReturnValue:
    """Take what was sent: one file is reviewed at once, several or a .zip become a batch."""
    given = sent()
    try:
        address = _take(given)
    except RegistryError as error:
        faults = told([(given[0].filename or "" if given else "", error)])
        if wants_json():
            return jsonify(faults=faults), 422
        return index_page(PasteForm(formdata=None), faults), 422
    return jsonify(next=address, faults=[]) if wants_json() else redirect(address)


def _take(given: list[FileStorage]) -> str:
    if not given:
        raise FileRefused("none")
    if len(given) == 1 and not is_archive(given[0].stream):
        draft = str(uuid.uuid4())
        key = draft_files.add(db(), draft, receive(given[0]), actor=actor(), at=now(), role="main")
        return url_for(".from_file", attachment_id=key)
    if len(given) == 1:
        batch_id = intake_receiving.start_archive(
            db(), files(), Upload(given[0].filename or "", given[0].stream), file_rules(), actor=actor(), at=now())
        return url_for(".batch", batch_id=batch_id)
    batch_id = intake_receiving.start(db(), _("%(count)s tệp tải lên cùng lúc", count=len(given)), total=len(given),
                                    actor=actor(), at=now())
    for position, one in enumerate(given):
        intake_receiving.add_file(db(), files(), batch_id, position, one.filename or "", partial(getattr, one, "stream"),
                                file_rules(), actor=actor(), at=now())
    return url_for(".batch", batch_id=batch_id)


@bp.get("/files/<int:attachment_id>")
@requires(Permission.REGISTER)
def from_file(attachment_id: int) -> ResponseReturnValue:
    """Show what a file proposes to register, or how far its reading is."""
    row = attachments.get(db(), attachment_id, actor=actor())
    if row.document_id is not None:
        return redirect(url_for("documents.show", document_id=row.document_id))
    text = as_text(attachments.text(db(), row.file_id))
    if not text:
        return render_template("intake/waiting.html", file=row, notes=labels.FILE_NOTES)
    return _review(row, text)


def _review(row: AttachmentRow, text: str) -> ResponseReturnValue:
    review = intake.propose(db(), text, actor=actor(), at=now(), content=Content.DOCUMENT)
    direction = review.rows[0].direction
    form = DocumentForm(formdata=None)
    fill_document(form, review.rows[0], direction, text)
    form.request_id.data = row.draft
    signer = proposed_signer(_verdicts(row))
    if signer is not None and not form.signer_name.data:  # the name as printed has its marks; a certificate may not
        form.signer_name.data, form.signer_position.data = signer[0], signer[1] or form.signer_position.data
    if form.pages.data is None and row.pages:
        form.pages.data = row.pages
    return document_page(form, direction, review.rows[0], None)


def _verdicts(row: AttachmentRow) -> tuple[SignatureVerdict, ...]:
    """Return what the signatures of a file say, checked now where they have not been yet."""
    if row.kind is not FileKind.PDF:
        return ()
    known = signatures.find(db(), [row.file_id], at=now()).get(row.file_id)
    return known.verdicts if known is not None else signatures.check_file(db(), files(), row.file_id, at=now())
