"""The pages of a file of changes: taken out of a list, edited in Excel, compared, and written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.domain.errors import NotFound
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import import_uploads, revising
from registry.services.actors import Actor
from registry.services.import_files import open_source
from registry.services.import_uploads import Upload
from registry.services.revising import Revision
from registry.web.access import requires
from registry.web.context import account, actor, config, db, now
from registry.web.filters import moment
from registry.web.imports import running

bp = Blueprint("changes", __name__, url_prefix="/changes")

_MOST_ON_PAGE = 500


@bp.get("/<token>")
@requires(Permission.REGISTER)
def compare(token: str) -> ResponseReturnValue:
    """Show what the file would change and what of it is refused, or how far the comparing is; the first look begins it."""
    data, user_id = config().data, account().id
    found = import_uploads.comparison(data, user_id, token)
    if found is None:
        with suppress(NotFound):  # it is being compared: how far it is says the page
            running.begin_comparing(token, partial(_compare, actor()), _nothing)
        found = import_uploads.comparison(data, user_id, token)
    if found is None:
        return _progress(token, comparing=True)
    return _show("changes/compare.html", token, found)


def _compare(by: Actor, upload: Upload, on_progress: Callable[[int], None]) -> dict[str, Any]:
    with open_source(upload.path, upload.name) as source:
        found = revising.run(db(), source, actor=by, at=now(), dry_run=True,
                             on_progress=lambda report: on_progress(report.rows))
    return _plain(found, upload.name)


@bp.post("/<token>/again")
@requires(Permission.REGISTER)
def compare_again(token: str) -> ResponseReturnValue:
    """Compare the file with the register as it is now."""
    import_uploads.forget_comparison(config().data, account().id, token)
    return redirect(url_for(".compare", token=token))


@bp.post("/<token>/write")
@requires(Permission.REGISTER)
def write(token: str) -> ResponseReturnValue:
    """Begin to write the changes behind this request; their page tells how far it is."""
    running.begin(token, partial(_write, actor()), _nothing)
    return redirect(url_for(".result", token=token))


def _nothing(upload: Upload) -> dict[str, Any]:
    return _plain(Revision(), upload.name)


def _progress(token: str, *, comparing: bool) -> ResponseReturnValue:
    return render_template("changes/progress.html", comparing=comparing,
                           progress=import_uploads.progress(config().data, account().id, token))


def _write(by: Actor, upload: Upload, on_progress: Callable[[int], None]) -> dict[str, Any]:
    with open_source(upload.path, upload.name) as source:
        report = revising.run(db(), source, actor=by, at=now(), file_name=upload.name,
                              on_progress=lambda report: on_progress(report.rows))
    return _plain(report, upload.name)


@bp.get("/<token>/result")
@requires(Permission.REGISTER)
def result(token: str) -> ResponseReturnValue:
    """Show what was written, or how far it is."""
    data, user_id = config().data, account().id
    found = import_uploads.result(data, user_id, token)
    if found is None:
        return _progress(token, comparing=False)
    if "changed" not in found:
        raise NotFound("changes", token)
    return _show("changes/result.html", token, found)


def _show(template: str, token: str, found: dict[str, Any]) -> ResponseReturnValue:
    refused = [row for row in found["told"] if row["why"]]
    changed = [row for row in found["told"] if not row["why"]]
    return render_template(template, token=token, found=found, refused=refused[:_MOST_ON_PAGE],
                           changed=changed[:_MOST_ON_PAGE], most=_MOST_ON_PAGE)


def _plain(report: Revision, name: str) -> dict[str, Any]:
    return {
        "name": name, "at": moment(now()), "rows": report.rows, "changed": report.changed, "refused": report.refused, "same": report.same,
        "fault": say(report.fault) if report.fault else "",
        "told": [{"line": row.line, "document_id": row.document_id, "document": row.document, "column": row.column,
                  "differences": [asdict(one) for one in row.differences], "why": say(row.error) if row.error else ""}
                 for row in report.told]}
