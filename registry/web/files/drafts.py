"""Files of a form that is not saved yet: sent by a script one by one, or together with the form."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal, cast

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from registry.domain.errors import NotFound, RegistryError
from registry.domain.roles import Permission
from registry.services import attachments, draft_files
from registry.services.attachments import AttachmentRow
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, config, db, now
from registry.web.documents.forms import REQUEST_ID, DocumentForm
from registry.web.fields import read_id
from registry.web.files.blueprint import bp
from registry.web.files.receiving import receive, sent, told


@bp.post("/drafts/<draft>")
@requires(Permission.REGISTER)
def send(draft: str) -> ResponseReturnValue:
    """Keep the files that a script sends for a form; answer each as the form lists it."""
    if not REQUEST_ID.fullmatch(draft):
        raise NotFound("draft", draft)
    faults = _keep(draft)
    return jsonify(html=render_template("files/_draft_rows.html", files=shown(draft), roles=labels.FILE_ROLES),
                   faults=told(faults)), 422 if faults else 200


@bp.post("/drafts/<draft>/<int:attachment_id>/drop")
@requires(Permission.REGISTER)
def drop(draft: str, attachment_id: int) -> ResponseReturnValue:
    """Take a file away from a form."""
    draft_files.drop(db(), draft, attachment_id, actor=actor())
    return jsonify(html=render_template("files/_draft_rows.html", files=shown(draft), roles=labels.FILE_ROLES),
                   faults=[])


def shown(draft: str | None) -> list[AttachmentRow]:
    """Return the files that a form has so far."""
    return attachments.of_draft(db(), draft, actor=actor()) if draft and REQUEST_ID.fullmatch(draft) else []


def take_in(form: DocumentForm) -> list[str]:
    """Keep what came with the form itself: files, what each is, and the button that takes one away; return faults."""
    draft = form.request_id.data or ""
    if not REQUEST_ID.fullmatch(draft):
        draft = form.request_id.data = str(uuid.uuid4())
    roles = {key: cast(Literal["main", "annex"], value) for name, value in request.form.items()
             if value in labels.FILE_ROLES and name.startswith("file_role-")
             and (key := read_id(name.removeprefix("file_role-"))) is not None}
    draft_files.set_roles(db(), draft, roles, actor=actor())
    dropped = read_id(request.form.get("drop_file"))
    if dropped is not None:
        with suppress(NotFound):  # gone already: the button was pressed twice, and what was typed must not be lost
            draft_files.drop(db(), draft, dropped, actor=actor())
    return told(_keep(draft))


def for_page(form: DocumentForm, faults: Sequence[str] = ()) -> dict[str, object]:
    """Return what the list of files in a form shows."""
    return {"files": shown(form.request_id.data), "file_faults": faults, "roles": labels.FILE_ROLES,
            "most_upload": config().max_upload_mb}


def is_only_about_files() -> bool:
    """Tell whether the form was sent to change its list of files, and not to be saved."""
    return "drop_file" in request.form or "add_files" in request.form


def _keep(draft: str) -> list[tuple[str, RegistryError]]:
    faults: list[tuple[str, RegistryError]] = []
    for one in sent():
        try:
            draft_files.add(db(), draft, receive(one), actor=actor(), at=now())
        except RegistryError as error:
            faults.append((one.filename or "", error))
    return faults
