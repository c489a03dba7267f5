"""Files as a form or a script sends them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import FileStorage

from registry.domain.errors import RegistryError
from registry.domain.file_errors import FileRefused
from registry.messages import say
from registry.services import file_uploads
from registry.services.file_uploads import Received, Upload
from registry.web.context import actor, db, file_rules, files, now


def sent() -> list[FileStorage]:
    """Return the files of this request; a file input that was left empty sends none."""
    return [one for one in request.files.getlist("files") if one.filename]


def receive(one: FileStorage) -> Received:
    """Keep a sent file.

    Raises:
        FileRefused, SecretDocument: nothing of it is kept.
    """
    return file_uploads.receive(
        db(), files(), Upload(one.filename or "", one.stream), file_rules(), actor=actor(), at=now())


def the_one() -> Received:
    """Keep the only file of this request.

    Raises:
        FileRefused: there is none, or it is refused.
        SecretDocument: its text bears a mark of state secrecy.
    """
    given = sent()
    if not given:
        raise FileRefused("none")
    return receive(given[0])


def told(faults: Iterable[tuple[str, RegistryError]]) -> list[str]:
    """Return each refusal with the name of its file; names of secret files are not repeated."""
    return [say(error) if isinstance(error, FileRefused) and error.code in {"name_secret", "twice"}
            else f"{name}: {say(error)}" for name, error in faults]
