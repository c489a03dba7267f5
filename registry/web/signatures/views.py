"""Checking the signatures of a file again, on demand."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from registry.domain.roles import Permission
from registry.files.store import FileStore
from registry.services import attachments, signatures
from registry.web.access import requires
from registry.web.context import actor, config, db, now

bp = Blueprint("signatures", __name__, url_prefix="/attachments")


@bp.post("/<int:attachment_id>/check-signatures")
@requires(Permission.READ)
def check(attachment_id: int) -> ResponseReturnValue:
    """Check a file's signatures now, and go back to its document."""
    row = attachments.get(db(), attachment_id, actor=actor())
    found = signatures.check_file(db(), FileStore(config().files_folder), row.file_id, at=now())
    flash(gettext("Đã kiểm tra lại: %(count)s chữ ký số.", count=len(found)) if found else
          gettext("Tệp không có chữ ký số."), "success")
    if row.document_id is None:
        return redirect(url_for("intake.index"))
    return redirect(url_for("documents.show", document_id=row.document_id))
