"""What is printed of case files: the lists of the decree's forms, one file as PDF and XML."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from flask import Response, abort, stream_with_context
from flask.typing import ResponseReturnValue

from registry.domain.roles import Permission
from registry.domain.tables import Table
from registry.printing.pdf_table import write_pdf
from registry.printing.sheet import write_xlsx
from registry.printing.word import write_docx
from registry.services import case_file_export, case_files
from registry.web.access import requires
from registry.web.case_files.blueprint import bp
from registry.web.case_files.views import wanted_here
from registry.web.context import actor, db, files, now, today

_CHUNK = 64 * 1024
_TYPES = {
    "pdf": "application/pdf", "xml": "application/xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WRITERS: dict[str, Callable[[IO[bytes], Table], None]] = {"pdf": write_pdf, "xlsx": write_xlsx, "docx": write_docx}


@bp.get("/catalogue.<ending>")
@requires(Permission.EXPORT)
def catalogue(ending: str) -> ResponseReturnValue:
    """Send the list of files (danh mục hồ sơ) as it is filtered."""
    return _list(lambda: case_file_export.catalogue(db(), wanted_here(), actor=actor(), today=today()), ending, "danh-muc-ho-so")


@bp.get("/hand-over.<ending>")
@requires(Permission.EXPORT)
def hand_over_list(ending: str) -> ResponseReturnValue:
    """Send the list of files for the archive (mục lục hồ sơ, tài liệu nộp lưu) as it is filtered."""
    return _list(lambda: case_file_export.hand_over_list(db(), wanted_here(), actor=actor(), today=today()), ending,
                 "muc-luc-ho-so-nop-luu")


@bp.get("/<int:case_file_id>/contents.<ending>")
@requires(Permission.EXPORT)
def contents(case_file_id: int, ending: str) -> ResponseReturnValue:
    """Send the list of documents in one file (mục lục văn bản trong hồ sơ)."""
    return _list(lambda: case_file_export.contents(db(), case_file_id, actor=actor()), ending, "muc-luc-van-ban")


@bp.get("/<int:case_file_id>/file.<ending>")
@requires(Permission.EXPORT)
def whole(case_file_id: int, ending: str) -> ResponseReturnValue:
    """Send one file with what is kept of its documents, in order of time: PDF or XML."""
    row = case_files.get_case_file(db(), case_file_id, actor=actor())
    who, at, name = actor(), now(), f"ho-so-{row.id}"
    if ending == "pdf":
        return _answer(lambda file: case_file_export.write_pdf(
            db(), file, row.id, store=files(), actor=who, at=at), ending, name)
    if ending == "xml":
        return _answer(lambda file: case_file_export.write_xml(db(), file, row.id, actor=who, at=at), ending, name)
    return abort(404)



def _list(table: Callable[[], Table], ending: str, name: str) -> Response:
    writer = _WRITERS.get(ending)
    if writer is None:
        abort(404)
    made = table()
    case_file_export.record_list(db(), actor=actor(), at=now())
    return _answer(lambda file: writer(file, made), ending, name)


def _answer(write: Callable[[IO[bytes]], None], ending: str, name: str) -> Response:
    """Return what ``write`` writes as a file to be saved; it is written before the answer begins, so faults show."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sent
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Response(stream_with_context(_chunks(file)), content_type=_TYPES[ending], headers={
        "Content-Disposition": f"attachment; filename={name}.{ending}", "Cache-Control": "no-store"})


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
