"""The content of files: as a download, in the browser's own viewer, or as pictures of pages; never as a page of ours."""

from __future__ import annotations

import puremagic
from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue

from registry.domain.errors import NotFound
from registry.domain.file_errors import FileUnreadable
from registry.domain.roles import Permission
from registry.files.kinds import MIME_TYPES, FileKind
from registry.services import attachments, page_pictures
from registry.services.attachments import AttachmentRow
from registry.web.access import requires
from registry.web.context import actor, db, files
from registry.web.files.blueprint import bp

# Not "sandbox": Chromium's viewer, itself a page of another origin, does not start inside one. What the kind
# told by content does not make harmless, this forbids: no script, no request, no form.
_INLINE_POLICY = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})


@bp.get("/<int:attachment_id>/download")
@requires(Permission.READ)
def download(attachment_id: int) -> ResponseReturnValue:
    """Send the file to be saved under its own name."""
    return _send(attachments.get(db(), attachment_id, actor=actor()), as_attachment=True)


@bp.get("/<int:attachment_id>/inline")
@requires(Permission.READ)
def inline(attachment_id: int) -> ResponseReturnValue:
    """Send a PDF or a picture to be shown in a frame of our page; every other kind is a download only."""
    row = attachments.get(db(), attachment_id, actor=actor())
    if mime_type(row) not in SHOWN_INLINE:
        raise NotFound("file", attachment_id)
    response = _send(row, as_attachment=False)
    response.headers["Content-Security-Policy"] = _INLINE_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/<int:attachment_id>/pages/<int:page>.png")
@requires(Permission.READ)
def page(attachment_id: int, page: int) -> ResponseReturnValue:
    """Send one page of a PDF or a scan as a picture."""
    row = attachments.get(db(), attachment_id, actor=actor())
    if row.kind not in page_pictures.WITH_PICTURES or not files().path(row.sha256).is_file():
        raise NotFound("file", attachment_id)
    try:
        path = page_pictures.page_picture(files(), row.sha256, row.kind, page)
    except FileUnreadable:
        abort(404)
    return send_file(path, mimetype="image/png")


def mime_type(row: AttachmentRow) -> str:
    """Return how a file is declared: of a picture, which kind its content says."""
    if row.kind is not FileKind.IMAGE:
        return MIME_TYPES[row.kind]
    path = files().path(row.sha256)
    if not path.is_file():
        return MIME_TYPES[row.kind]
    with path.open("rb") as file:
        found = puremagic.magic_string(file.read(64))
    return found[0].mime_type if found else MIME_TYPES[row.kind]


def _send(row: AttachmentRow, *, as_attachment: bool) -> Response:
    path = files().path(row.sha256)
    if not path.is_file():  # ``sovanban doctor`` names what is missing
        raise NotFound("file", row.id)
    return send_file(path, mimetype=mime_type(row), as_attachment=as_attachment, download_name=row.name,
                     etag=row.sha256)
