"""Files that wait in the data folder, each person's own, for a day at most: sent to be imported, made to be fetched."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path
from typing import IO

from registry.domain.errors import NotFound

_KEPT_SECONDS = 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")


def new_token() -> str:
    """Return a name that nobody guesses."""
    return secrets.token_hex(16)


def folder(data: Path, name: str) -> Path:
    """Return the folder of such files under the data folder; nobody else on the machine may look into it."""
    made = data / name
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def path(within: Path, user_id: int, token: str, suffix: str) -> Path:
    """Return where a person's file lies.

    Raises:
        NotFound: this is no token.
    """
    if not _TOKEN.fullmatch(token):
        raise NotFound(within.name, token)
    return within / f"{user_id}-{token}.{suffix}"


def private(place: Path) -> IO[bytes]:
    """Open a file for writing that this account alone reads."""
    return os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")


def replace(place: Path, content: bytes) -> None:
    """Write so that a reader finds the old content or the new, never half of it."""
    beside = place.with_suffix(f".{secrets.token_hex(4)}")
    with private(beside) as file:
        file.write(content)
    beside.replace(place)


def purge(within: Path) -> None:
    """Delete what has lain for a day."""
    oldest = time.time() - _KEPT_SECONDS
    for place in within.iterdir():
        try:
            if place.stat().st_mtime < oldest:
                place.unlink()
        except FileNotFoundError:  # another request tidies, too
            continue
