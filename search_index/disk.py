"""Making sure that what was written outlives a power cut."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can be asked to."""
    with contextlib.suppress(OSError):  # Windows opens no folder; a network disk may refuse
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def version(path: Path) -> tuple[int, int, int]:
    """Return what changes when another file is put in the place of this one.

    Raises:
        OSError: there is none.
    """
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size
