"""Reports as files to keep, send and print."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from registry.domain.errors import NotFound
from registry.domain.roles import Permission
from registry.services import report_files
from registry.services.report_files import Format
from registry.services.report_sections import ReportKey
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.reports.asked import asked
from registry.web.reports.blueprint import bp

_TYPES = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NAMES = {ReportKey.ISSUED: "van-ban-ban-hanh", ReportKey.DIRECTIVES: "thuc-hien-chi-dao",
          ReportKey.VOLUMES: "so-lieu-van-ban", ReportKey.TASKS: "nhiem-vu-ky-toi"}


@bp.get("/<key>.<format>")
@requires(Permission.EXPORT)
def export(key: str, format: str) -> ResponseReturnValue:  # noqa: A002  the word that stands in the address
    """Send one report as a file, as computed."""
    if key not in set(ReportKey):
        raise NotFound("report", key)
    wanted = asked().request
    body = report_files.export(db(), wanted, ReportKey(key), read_format(format), actor=actor(), now=now())
    return sent(body, read_format(format), f"{_NAMES[ReportKey(key)]}-{wanted.span.start:%Y%m%d}-{wanted.span.end:%Y%m%d}")


def read_format(text: str) -> Format:
    """Return the kind of file that an address names.

    Raises:
        NotFound: there is no such kind.
    """
    if text not in set(Format):
        raise NotFound("format", text)
    return Format(text)


def sent(body: bytes, form: Format, name: str) -> Response:
    """Return a file to be saved under ``name``."""
    return Response(body, mimetype=_TYPES[form], headers={
        "Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"})
