"""How a page answers with a file: a short one at once, a long one behind a page that shows how far it is."""

from __future__ import annotations

import io
import logging
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.dates import print_short_date
from registry.domain.register_forms import Cover
from registry.domain.tables import Table
from registry.printing.files import MIMETYPES, Format, write
from registry.services import exporting
from registry.services.exporting import Taken
from registry.web import background
from registry.web.context import account, actor, config, db, now, today

_CHUNK = 64 * 1024
log = logging.getLogger(__name__)

Write = Callable[[IO[bytes], Callable[[int], None]], None]
"""Writes into the file that it is handed, and tells how much is done to the function."""
LISTS = (Format.XLSX, Format.CSV, Format.DOCX)
BOOKS = (Format.PDF, Format.DOCX, Format.XLSX)
_NAMES = {Format.XLSX: _("Excel"), Format.CSV: _("CSV"), Format.DOCX: _("Word"), Format.PDF: _("PDF (để in)")}
_MOST_AT_ONCE = {Format.XLSX: 10_000, Format.CSV: 50_000, Format.DOCX: 20_000, Format.PDF: 1_500}
"""Rows that take two seconds or so; more are made behind a page."""


def offered(address: str, query: str, formats: Sequence[Format] = LISTS) -> list[tuple[object, str]]:
    """Return the entries of the menu "Xuất": the name of each format and its address.

    ``query`` is that of the page that shows the list, see ``registry.web.paging.here``.
    """
    return [(_NAMES[form], f"{address}?{query}{'&' if query else ''}format={form.value}") for form in formats]


def chosen_format(formats: Sequence[Format] = LISTS) -> Format:
    """Return the format that the address asks for, the first where it asks for none of ours."""
    given = request.args.get("format", "")
    return Format(given) if given in set(formats) else formats[0]


def told(filters: Sequence[str] = ()) -> list[str]:
    """Return the lines under a list's title: the filters in words, and the day."""
    said = [gettext("Bộ lọc: %(filters)s.", filters="; ".join(filters))] if filters else []
    return [*said, gettext("Xuất ngày %(day)s.", day=print_short_date(today()))]


def answer(form: Format, table: Table, *, name: str, total: int | None, taken: Taken | None,
           cover: Cover | None = None) -> ResponseReturnValue:
    """Answer with ``table`` as a file called ``name`` and the format's ending.

    ``total`` is how many rows there are, None for too many to count; ``taken`` what the audit trail says of it,
    None for what is no part of the register.

    Raises:
        NotPossible: as ``made_behind``; the trail then says nothing.
    """
    name = f"{name}.{form.value}"
    if total is None or total > _MOST_AT_ONCE[form]:
        return made_behind(partial(_write, form, table, cover), name, MIMETYPES[form], total, taken)
    _record(taken)
    return written(lambda file: write(form, file, table, cover=cover), name, MIMETYPES[form])


def made_behind(write_it: Write, name: str, mimetype: str, total: int | None, taken: Taken | None = None) -> ResponseReturnValue:
    """Answer with the page that waits while ``write_it`` writes the file ``name``; ``total`` is all that it will tell.

    ``taken`` is what the audit trail says, unless ``write_it`` sees to that.

    Raises:
        NotPossible: ``exports_under_way``, this person's earlier files come first.
    """
    data, user_id = config().data, account().id
    token = exporting.begin(data, user_id, name, mimetype, total)
    _record(taken)
    background.run(partial(_make, data, user_id, token, write_it), turn=("export", user_id), name=f"export-{token[:8]}",
                   waits=partial(exporting.still_waits, data, user_id, token))
    return redirect(url_for("exports.progress", token=token))


def _record(taken: Taken | None) -> None:
    if taken is not None:
        exporting.record(db(), taken, actor=actor(), at=now())


def _write(form: Format, table: Table, cover: Cover | None, file: IO[bytes], on_progress: Callable[[int], None]) -> None:
    write(form, file, table, cover=cover, on_progress=on_progress)


def _make(data: Path, user_id: int, token: str, write_it: Write) -> None:
    try:
        exporting.make(data, user_id, token, write_it)
    except Exception:
        # The thread is the end of the line: the log keeps what happened, the page says that it did.
        reference = secrets.token_hex(4)
        log.exception("export %s failed, reference %s", token, reference)
        exporting.fail(data, user_id, token, reference)


def written(write_it: Callable[[IO[bytes]], None], name: str, mimetype: str) -> Response:
    """Answer with what ``write_it`` writes; it is written before the answer begins, so that a fault shows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the response
    try:
        write_it(file)
    except BaseException:
        file.close()
        raise
    return send(file, name, mimetype)


def send(file: IO[bytes], name: str, mimetype: str) -> Response:
    """Answer with an open file, to be saved under ``name``, which is ASCII; no cache keeps it."""
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    return Response(_chunks(file), mimetype=mimetype, headers={
        "Content-Length": str(length), "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store"})


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
