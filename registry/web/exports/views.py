"""The page that waits for a long file, and the file."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from registry.services import exporting
from registry.web.access import signed_in
from registry.web.context import account, config
from registry.web.exports.answering import send

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("/<token>")
@signed_in
def progress(token: str) -> ResponseReturnValue:
    """Show how far a file is; once it is made, the browser fetches it by itself."""
    return render_template("exports/progress.html", token=token,
                           making=exporting.get(config().data, account().id, token))


@bp.get("/<token>/file")
@signed_in
def fetch(token: str) -> ResponseReturnValue:
    """Send the person's own file."""
    data, user_id = config().data, account().id
    path = exporting.file_of(data, user_id, token)
    making = exporting.get(data, user_id, token)
    return send(path.open("rb"), making.name, making.mimetype)
