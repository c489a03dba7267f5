"""Pictures of a file's pages, for browsers that show no PDF: made once, in the reading process, beside the store."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from registry.files.kinds import FileKind
from registry.files.reading import render_page
from registry.files.store import FileStore

WITH_PICTURES = frozenset({FileKind.PDF, FileKind.IMAGE})
_DPI = 110


def page_picture(store: FileStore, sha256: str, kind: FileKind, page: int) -> Path:
    """Return the PNG of page ``page`` (from 1).

    Raises:
        FileUnreadable: the file has no such page, or cannot be shown.
    """
    folder = store.pictures(sha256)
    path = folder / f"{page}.png"
    if not path.is_file():
        png = render_page(store.path(sha256), kind, page, _DPI)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = folder / f"{page}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(png)
        beside.replace(path)
    return path
