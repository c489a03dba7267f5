"""The folder of the Whoosh index, for one writer: what a commit names is on disk before the commit is."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import FileLock

from search_index.disk import sync_file, sync_folder


def file_lock(path: Path) -> Any:
    """Return a lock between processes, as ``acquire()`` and ``release()``; the system frees it when its holder dies."""
    return FileLock(str(path))


class WriterStorage(FileStorage):  # type: ignore[misc]
    """A folder that remembers what one writer made in it, to sync it, or to close it when all failed.

    ``apart``: its temporary files are apart from those of other processes writing there. Otherwise the
    lock keeps others out, and the next writer clears up what a killed one left.
    """

    def __init__(self, folder: Path, *, apart: bool = False) -> None:
        super().__init__(str(folder))
        self._ending = f".{os.getpid()}" if apart else ""
        self._made: list[tuple[str, Any]] = []
        self._temporary: list[WriterStorage] = []

    def create_file(self, name: str, *args: Any, **options: Any) -> Any:
        """Create a file and remember it."""
        file = super().create_file(name, *args, **options)
        self._made.append((name, file))
        return file

    def temp_storage(self, name: str | None = None) -> Any:
        """Return a folder inside this one for files that are gone after the commit."""
        inside = WriterStorage(Path(self.folder, f"{name}{self._ending}")).create()
        self._temporary.append(inside)
        return inside

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename; Whoosh does so once, to put the new table of contents in place: the moment of the commit.

        A power cut may cost the new commit, not the old state: the new files are on disk before the table that
        lists them is the newest one, and that one is before Whoosh deletes what the old one listed.
        """
        self.sync()
        super().rename_file(oldname, newname, safe)
        sync_folder(Path(self.folder))

    def sync(self) -> None:
        """Wait until the files made so far are on disk."""
        for name, _ in self._made:
            with contextlib.suppress(FileNotFoundError):  # put together into one file meanwhile
                sync_file(Path(self.folder, name))
        self._made.clear()

    def close_all(self) -> None:
        """Close what a failed commit left open; on a full disk the last bytes fail again."""
        for _, file in self._made:
            with contextlib.suppress(Exception):
                file.close()
        for inside in self._temporary:
            inside.close_all()
