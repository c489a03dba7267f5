"""Lists and books that leave the register: who took what, and the files that are made behind a request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from registry.db import Sessions
from registry.domain.errors import NotFound, NotPossible
from registry.services import audit, kept_files
from registry.services.actors import Actor

_SILENT_SECONDS = 60
_TELL_EVERY_SECONDS = 0.5
_beginning = threading.Lock()
MOST_UNDER_WAY = 4
"""Of one person: one file is being made, the others wait for their turn."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What leaves the register, for the audit trail: of which objects, or of which one, and what narrowed it."""

    object_type: str
    object_id: int | None = None
    label: str = ""
    changes: Mapping[str, Any] | None = None


def record(db: Sessions, taken: Taken, *, actor: Actor, at: datetime) -> None:
    """Keep in the audit trail that a list or a book was taken out."""
    with db.begin() as session:
        audit.record(session, actor, at, "export", taken.object_type, taken.object_id, label=taken.label,
                     changes=taken.changes)


@dataclass(frozen=True, slots=True)
class Making:
    """A file that is being made: how many rows of how many, and whether it is done or cut off."""

    name: str
    mimetype: str
    total: int | None
    """None where the list is too long to be counted."""
    rows: int = 0
    done: bool = False
    reference: str = ""
    """Of a fault of the program, as the log has it."""
    cut_off: bool = False

    @property
    def is_under_way(self) -> bool:
        """Whether it is being made or waits for its turn."""
        return not (self.done or self.reference or self.cut_off)


def begin(data: Path, user_id: int, name: str, mimetype: str, total: int | None) -> str:
    """Remember that a file is being made and return its token; what has lain for a day is deleted.

    Raises:
        NotPossible: ``exports_under_way``, the person has to wait for those that are being made.
    """
    folder = kept_files.folder(data, "exports")
    kept_files.purge(folder)
    with _beginning:
        if sum(1 for place in folder.glob(f"{user_id}-*.json") if _is_under_way(place)) >= MOST_UNDER_WAY:
            raise NotPossible("exports_under_way", most=MOST_UNDER_WAY)
        token = kept_files.new_token()
        _tell(data, user_id, token, Making(name, mimetype, total))
    return token


def _is_under_way(place: Path) -> bool:
    try:
        return _read(place).is_under_way
    except FileNotFoundError:  # another request tidies
        return False


def still_waits(data: Path, user_id: int, token: str) -> None:
    """Tell that a file waits for its turn, and was not cut off."""
    _path(data, user_id, token, "json").touch()


def make(data: Path, user_id: int, token: str, write: Callable[[IO[bytes], Callable[[int], None]], None]) -> None:
    """Let ``write`` write the file, and keep how far it is, for the page that waits.

    ``write`` is handed the file and a function to tell the rows done to.
    """
    making = get(data, user_id, token)
    told_at = 0.0

    def on_progress(rows: int) -> None:
        nonlocal told_at
        if (moment := time.monotonic()) - told_at > _TELL_EVERY_SECONDS:
            told_at = moment
            _tell(data, user_id, token, replace(making, rows=rows))

    with kept_files.private(_path(data, user_id, token, "file")) as file:
        write(file, on_progress)
    _tell(data, user_id, token, replace(making, done=True))


def fail(data: Path, user_id: int, token: str, reference: str) -> None:
    """Keep that the file could not be made."""
    making = get(data, user_id, token)
    _tell(data, user_id, token, replace(making, reference=reference))
    _path(data, user_id, token, "file").unlink(missing_ok=True)


def get(data: Path, user_id: int, token: str) -> Making:
    """Return how far the person's own file is.

    Raises:
        NotFound: there is none of this token, or it is somebody else's.
    """
    try:
        return _read(_path(data, user_id, token, "json"))
    except FileNotFoundError as error:
        raise NotFound("export", token) from error


def _read(place: Path) -> Making:
    making = Making(**json.loads(place.read_bytes()))
    silent = time.time() - place.stat().st_mtime
    return replace(making, cut_off=making.is_under_way and silent > _SILENT_SECONDS)


def file_of(data: Path, user_id: int, token: str) -> Path:
    """Return where the finished file lies.

    Raises:
        NotFound: as ``get``, or it is not finished.
    """
    if not get(data, user_id, token).done:
        raise NotFound("export", token)
    path = _path(data, user_id, token, "file")
    if not path.is_file():
        raise NotFound("export", token)
    return path


def _tell(data: Path, user_id: int, token: str, making: Making) -> None:
    kept_files.replace(_path(data, user_id, token, "json"), json.dumps(asdict(making)).encode())


def _path(data: Path, user_id: int, token: str, suffix: str) -> Path:
    return kept_files.path(kept_files.folder(data, "exports"), user_id, token, suffix)
