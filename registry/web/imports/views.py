"""The pages of an import: send a file, see what its columns hold and a preview, import, see what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import FileField

from registry.domain.errors import NotFound, RegistryError
from registry.domain.import_errors import BadImportFile
from registry.domain.importing_columns import guess
from registry.domain.revising import is_taken_out
from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.domain.values import Direction
from registry.messages import say
from registry.printing.files import Format
from registry.services import import_uploads, importing
from registry.services.actors import Actor
from registry.services.import_files import open_source
from registry.services.import_report import ImportReport, Outcome
from registry.services.import_uploads import Upload
from registry.web.access import requires
from registry.web.context import account, actor, config, db, now
from registry.web.exports import answer
from registry.web.forms import Form, show_on, status
from registry.web.imports import running
from registry.web.imports.meanings import MEANINGS, chosen

bp = Blueprint("imports", __name__, url_prefix="/imports")

_DIRECTIONS = (Direction.INCOMING, Direction.OUTGOING, Direction.INTERNAL)
_MOST_ON_PAGE = 500


class UploadForm(Form):
    """The file to import."""

    file = FileField(_("Tệp"))


@bp.route("", methods=["GET", "POST"])
@requires(Permission.IMPORT)
def index() -> ResponseReturnValue:
    """Take a file and go on to its columns."""
    form = UploadForm()
    sent = request.files.get("file")
    if form.is_submitted() and form.validate():
        if sent is None or not sent.filename:
            form.file.errors = [str(_("Hãy chọn một tệp."))]
        else:
            try:
                token = import_uploads.keep(config().data, account().id, sent.filename, sent.stream)
            except BadImportFile as error:
                show_on(form, error)
            else:
                return redirect(url_for(".mapping", token=token))
    return render_template("imports/index.html", form=form, most=config().max_upload_mb), status(form)


@bp.route("/<token>", methods=["GET", "POST"])
@requires(Permission.IMPORT)
def mapping(token: str) -> ResponseReturnValue:
    """Show the columns with what each is taken for, and the first rows as the import would have them."""
    upload = import_uploads.get(config().data, account().id, token)
    direction = _direction()
    try:
        with open_source(upload.path, upload.name) as source:
            columns = source.columns
            if is_taken_out(columns):
                return redirect(url_for("changes.compare", token=token))
            meanings = chosen(columns, guess(columns), request.form)
            report = importing.preview(db(), source, mapping=meanings, actor=actor(), at=now(), direction=direction)
    except BadImportFile as error:
        import_uploads.drop(config().data, account().id, token)
        form = UploadForm(formdata=None)
        show_on(form, error)
        return render_template("imports/index.html", form=form, most=config().max_upload_mb), 422
    return render_template(
        "imports/mapping.html", upload=upload, columns=columns, meanings=meanings, offered=MEANINGS, report=report,
        direction=direction, directions=_DIRECTIONS, say=say)


@bp.post("/<token>/run")
@requires(Permission.IMPORT)
def run(token: str) -> ResponseReturnValue:
    """Begin to import the whole file behind this request; its page tells how far it is."""
    running.begin(token, partial(_import, actor(), _direction(), request.form.copy()),
                  lambda upload: _plain(ImportReport(), upload.name))
    return redirect(url_for(".result", token=token))


def _import(by: Actor, direction: Direction | None, given: Mapping[str, str], upload: Upload,
            on_progress: Callable[[int], None]) -> dict[str, Any]:
    with open_source(upload.path, upload.name) as source:
        report = importing.run(
            db(), source, mapping=chosen(source.columns, guess(source.columns), given), actor=by, at=now(),
            direction=direction, file_name=upload.name, on_progress=lambda report: on_progress(report.rows))
    return _plain(report, upload.name)


@bp.get("/<token>/result")
@requires(Permission.IMPORT)
def result(token: str) -> ResponseReturnValue:
    """Show what came of an import, or how far it is."""
    data, user_id = config().data, account().id
    found = import_uploads.result(data, user_id, token)
    if found is None:
        return render_template("imports/progress.html", progress=import_uploads.progress(data, user_id, token))
    if "registered" not in found:
        raise NotFound("import", token)
    refused = [row for row in found["told"] if row["refused"]]
    odd = [row for row in found["told"] if not row["refused"]]
    return render_template("imports/result.html", token=token, found=found, refused=refused[:_MOST_ON_PAGE],
                           odd=odd[:_MOST_ON_PAGE], most=_MOST_ON_PAGE)


@bp.get("/<token>/refused.csv")
@requires(Permission.IMPORT)
def refused_csv(token: str) -> ResponseReturnValue:
    """Send the refused rows as a table for Excel."""
    found = import_uploads.result(config().data, account().id, token)
    if found is None or "registered" not in found:
        raise NotFound("import", token)
    rows = [(row["line"], fault["column"], fault["value"], fault["why"])
            for row in found["told"] if row["refused"] for fault in row["faults"]]
    columns = [Column(str(title), 20) for title in (_("Dòng"), _("Cột"), _("Giá trị"), _("Lý do"))]
    return answer(Format.CSV, Table(str(_("Dòng bị từ chối")), columns, rows), name="dong-bi-tu-choi", total=len(rows),
                  taken=None)


@bp.post("/<token>/discard")
@requires(Permission.IMPORT)
def discard(token: str) -> ResponseReturnValue:
    """Delete a file that is not to be imported."""
    import_uploads.drop(config().data, account().id, token)
    return redirect(url_for(".index"))


def _direction() -> Direction | None:
    given = request.form.get("direction", "")
    return Direction(given) if given in set(_DIRECTIONS) else None


def _plain(report: ImportReport, name: str) -> dict[str, Any]:
    return {
        "name": name, "rows": report.rows, "registered": report.registered, "already": report.already,
        "refused": report.refused, "warned": report.warned, "remark": report.remark,
        "converted": report.converted,
        "fault": say(report.fault) if isinstance(report.fault, RegistryError) else "",
        "new_issuers": report.new_issuers,
        "told": [{"line": row.line, "refused": row.outcome == Outcome.REFUSED, "faults": [
            {"column": fault.column, "value": fault.value, "why": say(fault.error)} for fault in row.faults]}
            for row in report.told],
    }
