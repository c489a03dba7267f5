"""What is printed of case files: the lists of the decree's forms, one file as PDF and XML."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from flask import abort
from flask.typing import ResponseReturnValue

from registry.domain.roles import Permission
from registry.services import case_file_export, case_files
from registry.web.access import requires
from registry.web.case_files.blueprint import bp
from registry.web.case_files.views import wanted_here
from registry.web.context import actor, db, files, now, today
from registry.web.exports import BOOKS, Taken, answer, chosen_format, made_behind, written

_MOST_DOCUMENTS_AT_ONCE, _MOST_FILES_AT_ONCE = 200, 3
"""Of a case file whose PDF takes two seconds or so; the pages of each attached file are copied in a process."""


@bp.get("/catalogue")
@requires(Permission.EXPORT)
def catalogue() -> ResponseReturnValue:
    """Send the list of files (danh mục hồ sơ) as it is filtered."""
    table = case_file_export.catalogue(db(), wanted_here(), actor=actor(), today=today())
    return answer(chosen_format(BOOKS), table, name="danh-muc-ho-so", total=_total(), taken=Taken("case_file"))


@bp.get("/for-archive")
@requires(Permission.EXPORT)
def hand_over_list() -> ResponseReturnValue:
    """Send the list of files for the archive (mục lục hồ sơ, tài liệu nộp lưu) as it is filtered."""
    table = case_file_export.hand_over_list(db(), wanted_here(), actor=actor(), today=today())
    return answer(chosen_format(BOOKS), table, name="muc-luc-ho-so-nop-luu", total=_total(), taken=Taken("case_file"))


@bp.get("/<int:case_file_id>/contents")
@requires(Permission.EXPORT)
def contents(case_file_id: int) -> ResponseReturnValue:
    """Send the list of documents in one file (mục lục văn bản trong hồ sơ)."""
    row = case_files.get_case_file(db(), case_file_id, actor=actor())
    return answer(chosen_format(BOOKS), case_file_export.contents(db(), row.id, actor=actor()),
                  name="muc-luc-van-ban", total=row.documents, taken=Taken("case_file", row.id, row.code))


@bp.get("/<int:case_file_id>/file.<ending>")
@requires(Permission.EXPORT)
def whole(case_file_id: int, ending: str) -> ResponseReturnValue:
    """Send one file with what is kept of its documents, in order of time: PDF or XML."""
    row = case_files.get_case_file(db(), case_file_id, actor=actor())
    who, at, name = actor(), now(), f"ho-so-{row.id}.{ending}"
    if ending == "pdf":
        sessions, store = db(), files()

        def write(file: IO[bytes], on_progress: Callable[[int], None] | None = None) -> None:
            case_file_export.write_pdf(sessions, file, row.id, store=store, actor=who, at=at, on_progress=on_progress)

        weight = case_file_export.weight(sessions, row.id, actor=who)
        if weight.documents <= _MOST_DOCUMENTS_AT_ONCE and weight.files <= _MOST_FILES_AT_ONCE:
            return written(write, name, "application/pdf")
        return made_behind(write, name, "application/pdf", weight.documents + weight.files)
    if ending == "xml":
        return written(lambda file: case_file_export.write_xml(db(), file, row.id, actor=who, at=at), name,
                        "application/xml")
    return abort(404)


def _total() -> int:
    return case_files.find_case_files(db(), wanted_here(), actor=actor(), today=today(), limit=1).total
