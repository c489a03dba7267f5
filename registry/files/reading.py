"""Text and page images of a file, read in a process of its own: what a hostile file breaks is that process.

Nothing here parses anything. The first reading process starts with the first file and is used again for the
next ones; each process of the web, the commands and the worker has its own few.
"""

from __future__ import annotations

import atexit
import base64
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.domain.signatures import Reason, SignatureVerdict, unreadable
from registry.files.kinds import FileKind
from registry.files.values import FileText, Limits
from registry.files.workers import Pool, Progress

__all__ = ["FileText", "Limits", "Progress", "check_signatures", "close_readers", "copy_pages", "ocr_file", "read_file", "render_page"]

_quick = Pool(2)  # as many as the smallest machine has cores
_slow = Pool(1)  # OCR uses two cores by itself; it must not keep an upload waiting



def read_file(path: Path, kind: FileKind, *, limits: Limits = Limits()) -> FileText:
    """Return the text that stands in a file; pictures of text are not read (``needs_ocr`` says that there are some).

    Raises:
        FileUnreadable: the reason, for the person who attached it.
    """
    seconds = limits.seconds + (limits.convert_seconds if kind is FileKind.DOC else 0)
    return _text(_quick.ask(_request("read", path, kind), limits, seconds=seconds))


def ocr_file(path: Path, kind: FileKind, *, limits: Limits = Limits(), progress: Progress | None = None) -> FileText:
    """Return the text of a file, the pages without text read by OCR; ``progress`` is told (pages done, pages in all).

    Takes seconds a page: for a background job, never for a web request.

    Raises:
        FileUnreadable: the reason, for the person who attached it.
    """
    seconds = limits.seconds + limits.ocr_seconds_a_page * limits.ocr_pages
    return _text(_slow.ask(_request("ocr", path, kind), limits, seconds=seconds, progress=progress))


def render_page(path: Path, kind: FileKind, page: int, dpi: int = 100, *, limits: Limits = Limits()) -> bytes:
    """Return page ``page`` (from 1) of a PDF or an image as a PNG.

    Raises:
        FileUnreadable: the kind has no pages to show, there is no such page, or the file is broken.
    """
    answer = _quick.ask(_request("render", path, kind) | {"page": page, "dpi": dpi}, limits, seconds=limits.seconds)
    return base64.b64decode(answer["png"])


def copy_pages(path: Path, to: Path, *, limits: Limits = Limits()) -> None:
    """Write the pages of a PDF to ``to``, a new PDF without scripts, attachments or forms.

    Raises:
        FileUnreadable: the file is broken, has a password or too many pages.
    """
    _quick.ask(_request("copy_pages", path, FileKind.PDF) | {"to": str(to.resolve())}, limits, seconds=limits.seconds)


def check_signatures(path: Path, *, roots: Sequence[bytes], at: datetime,
                     limits: Limits = Limits()) -> tuple[SignatureVerdict, ...]:
    """Return a verdict on each digital signature (chữ ký số) of a PDF, in the order of signing; none where it has none.

    ``roots`` are the trusted root certificates in DER, ``at`` is the moment of the judgement. A file that cannot be
    read gives one verdict that says so.
    """
    asked = _request("signatures", path, FileKind.PDF) | {
        "roots": [base64.b64encode(root).decode("ascii") for root in roots], "at": at.isoformat()}
    try:
        answer = _quick.ask(asked, limits, seconds=limits.seconds)
    except FileUnreadable as fault:
        too_much = fault.reason in (FileFault.TIMED_OUT, FileFault.OUT_OF_MEMORY)
        return (unreadable(Reason.TOO_MUCH if too_much else Reason.DAMAGED),)
    return tuple(SignatureVerdict.from_json(one) for one in answer["verdicts"])


def close_readers() -> None:
    """End the reading processes that wait for work; the next file starts new ones."""
    _quick.close()
    _slow.close()


def _request(job: str, path: Path, kind: FileKind) -> dict[str, Any]:
    return {"job": job, "path": str(path.resolve()), "kind": kind.value}


def _text(answer: dict[str, Any]) -> FileText:
    return FileText(answer["text"], answer["pages"], answer["source"], answer["needs_ocr"], tuple(answer["notes"]))

atexit.register(close_readers)
