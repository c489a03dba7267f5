"""Files that wait for an import, and what came of it: in the data folder, each person's own, for a day at most."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from registry.domain.errors import NotFound
from registry.domain.import_errors import BadImportFile
from registry.domain.secrecy import find_secrecy_mark_in_file_name
from registry.services import kept_files
from registry.services.import_files import SUFFIXES
from search_index.text import one_line

_LONGEST_NAME = 200
_SILENT_SECONDS = 120
"""An import that has told nothing for so long has been cut off: a batch takes seconds."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sent: where it lies, and what they call it."""

    token: str
    path: Path
    name: str


def keep(data: Path, user_id: int, name: str, stream: IO[bytes]) -> str:
    """Keep a sent file under a random name and return its token; what others left for a day is deleted.

    Raises:
        BadImportFile: its format is not one of ours, or its name bears a secrecy mark; it is not kept.
    """
    name = one_line(name.replace("\\", "/").rsplit("/", 1)[-1])[-_LONGEST_NAME:]
    if find_secrecy_mark_in_file_name(name):
        raise BadImportFile("name_secret")
    if not name.casefold().endswith(SUFFIXES):
        raise BadImportFile("format")
    folder = _folder(data)
    kept_files.purge(folder)
    token = kept_files.new_token()
    with kept_files.private(folder / f"{user_id}-{token}.data") as file:
        shutil.copyfileobj(stream, file)
    with kept_files.private(folder / f"{user_id}-{token}.name") as file:
        file.write(name.encode())
    return token


def get(data: Path, user_id: int, token: str) -> Upload:
    """Return the person's own file.

    Raises:
        NotFound: there is none of this token, or it is somebody else's, or it was imported.
    """
    path = _path(data, user_id, token, "data")
    try:
        name = path.with_suffix(".name").read_text(encoding="utf-8")
    except OSError as error:
        raise NotFound("import", token) from error
    if not path.is_file():
        raise NotFound("import", token)
    return Upload(token, path, name)


def claim(data: Path, user_id: int, token: str) -> Upload:
    """Return the file for its import; a second click finds it no more.

    Raises:
        NotFound: as ``get``, or the import has begun.
    """
    upload = get(data, user_id, token)
    claimed = upload.path.with_suffix(".running")
    try:
        upload.path.rename(claimed)
    except OSError as error:
        raise NotFound("import", token) from error
    return Upload(token, claimed, upload.name)


def release(data: Path, user_id: int, upload: Upload) -> None:
    """Put a claimed file back, unless it was discarded meanwhile: it was only looked at, and waits for its import."""
    with suppress(FileNotFoundError):
        upload.path.replace(_path(data, user_id, upload.token, "data"))


def drop(data: Path, user_id: int, token: str) -> None:
    """Delete the file and what it was found to change; its result, if there is one, stays."""
    for suffix in ("data", "running", "name", "compared"):
        _path(data, user_id, token, suffix).unlink(missing_ok=True)


def save_progress(data: Path, user_id: int, token: str, rows: int) -> None:
    """Keep how many rows are done, for the page that waits."""
    kept_files.replace(_path(data, user_id, token, "progress"), str(rows).encode())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: rows done, and whether it was cut off (the machine went off, the program ended)."""

    rows: int
    cut_off: bool


def progress(data: Path, user_id: int, token: str) -> Progress:
    """Return how far the person's own import is.

    Raises:
        NotFound: none is under way.
    """
    path = _path(data, user_id, token, "progress")
    try:
        return Progress(int(path.read_text()), time.time() - path.stat().st_mtime > _SILENT_SECONDS)
    except FileNotFoundError as error:
        raise NotFound("import", token) from error


def save_result(data: Path, user_id: int, token: str, result: dict[str, Any]) -> None:
    """Keep what came of the import for its page."""
    _save(data, user_id, token, "result", result)


def result(data: Path, user_id: int, token: str) -> dict[str, Any] | None:
    """Return what came of the person's own import, None where it is not done or no longer known."""
    return _saved(data, user_id, token, "result")


def save_comparison(data: Path, user_id: int, token: str, comparison: dict[str, Any]) -> None:
    """Keep what the file would change, for its page."""
    _save(data, user_id, token, "compared", comparison)


def comparison(data: Path, user_id: int, token: str) -> dict[str, Any] | None:
    """Return what the person's own file would change, None where it was not compared."""
    return _saved(data, user_id, token, "compared")


def forget_comparison(data: Path, user_id: int, token: str) -> None:
    """Let the file be compared anew."""
    _path(data, user_id, token, "compared").unlink(missing_ok=True)


def _save(data: Path, user_id: int, token: str, suffix: str, told: dict[str, Any]) -> None:
    kept_files.replace(_path(data, user_id, token, suffix), json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
    _path(data, user_id, token, "progress").unlink(missing_ok=True)


def _saved(data: Path, user_id: int, token: str, suffix: str) -> dict[str, Any] | None:
    try:
        read: dict[str, Any] = json.loads(_path(data, user_id, token, suffix).read_bytes())
    except FileNotFoundError:
        return None
    return read


def _folder(data: Path) -> Path:
    return kept_files.folder(data, "imports")


def _path(data: Path, user_id: int, token: str, suffix: str) -> Path:
    return kept_files.path(_folder(data), user_id, token, suffix)
