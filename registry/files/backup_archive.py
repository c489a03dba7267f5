"""Backups on the disk: one folder each, whole or not there at all.

``sovanban-20260714-013000/``
    ``manifest.json``  the format, the moment, the schema's revision, how much there is
    ``SHA256SUMS``     of every other file, as ``sha256sum -c`` reads it
    ``database.…``     the database
    ``files/ab/ab12…`` the files of documents, each under the SHA-256 of its content

It is written under another name, flushed and renamed. A file that the backup before it has is shared with that one
by a hard link where the disk knows them: fourteen backups take the room of the files once.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from registry.domain.backup_errors import BackupFault
from registry.files.store import sync_folder

FORMAT = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_NAME = re.compile(r"sovanban-\d{8}-\d{6}(?:-\d+)?")
_UNFINISHED = ".unfinished-"
_UNFINISHED_KEPT = 24 * 3600
_CHUNK = 1024 * 1024
ROOM_LEFT = 64 * 1024 * 1024
"""Bytes that stay free on the disk: a full one stops the office."""
_ALL_AT_ONCE = hasattr(os, "sync")
"""Thousands of files are flushed to the disk together; file by file takes ten times as long. Windows knows no other way."""
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, without its content."""

    format: int
    program: str
    revision: str
    """Of the database's schema."""
    database: str
    """``sqlite`` or ``postgresql``."""
    database_file: str
    taken_at: str
    """The moment that it shows, ISO 8601."""
    documents: int
    events: int
    """Of the audit trail."""
    files: int
    size: int
    """Bytes of database and files."""
    lost: tuple[str, ...] = ()
    """Files that the database names and that were missing or altered in the store."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One whole backup."""

    folder: Path

    @property
    def manifest(self) -> Manifest:
        """Read what it holds.

        Raises:
            BackupFault: it is not one, is unfinished, damaged, or of a newer program.
        """
        if not self.folder.is_dir():
            raise BackupFault("no_archive", path=str(self.folder))
        if self.folder.name.startswith(_UNFINISHED) or not (self.folder / SUMS).is_file():
            raise BackupFault("unfinished", path=str(self.folder))
        try:
            read = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            if read["format"] > FORMAT:
                raise BackupFault("newer_format", program=str(read.get("program", "")))
            return Manifest(**{**read, "lost": tuple(read["lost"])})
        except (OSError, ValueError, TypeError, KeyError) as fault:
            raise BackupFault("damaged", name=MANIFEST) from fault

    def sums(self) -> dict[str, str]:
        """Return the SHA-256 of each of its files by its path within it.

        Raises:
            BackupFault: ``damaged``.
        """
        try:
            lines = (self.folder / SUMS).read_text(encoding="utf-8").splitlines()
            return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
        except (OSError, ValueError) as fault:
            raise BackupFault("damaged", name=SUMS) from fault

    def verify(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Read all of it and compare with its sums.

        Raises:
            BackupFault: ``damaged``, naming the first file that is missing or not as it was written.
        """
        sums = self.sums()
        for done, (path, digest) in enumerate(sums.items(), 1):
            file = self.folder / path
            if not file.is_file() or digest_of(file) != digest:
                raise BackupFault("damaged", name=path)
            if progress:
                progress(done, len(sums))

    def file(self, sha256: str) -> Path:
        """Return where a document's file lies in it, or would lie."""
        return self.folder / "files" / sha256[:2] / sha256


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(parent: Path) -> list[Archive]:
    """Return the whole backups in a folder, the newest first."""
    if not parent.is_dir():
        return []
    return [Archive(one) for one in sorted(parent.iterdir(), reverse=True)
            if _NAME.fullmatch(one.name) and (one / SUMS).is_file()]


class Draft:
    """A backup while it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}
        self.size = 0

    def add(self, name: str, source: IO[bytes]) -> str:
        """Write a file of what ``source`` gives, and return its SHA-256."""
        digest = hashlib.sha256()
        path = self._path(name)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
                self.size += len(chunk)
            if not _ALL_AT_ONCE:
                file.flush()
                os.fsync(file.fileno())
        self.sums[name] = digest.hexdigest()
        return self.sums[name]

    def note(self, name: str) -> None:
        """Take up a file that was written into the folder by other means."""
        path = self.folder / name
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        self.sums[name] = digest_of(path)
        self.size += path.stat().st_size

    def share(self, sha256: str, earlier: Archive | None) -> bool:
        """Share a file with an earlier backup; return whether that was possible.

        What is shared is read first: a copy that went bad on the disk is not handed on.
        """
        if earlier is None:
            return False
        source, name = earlier.file(sha256), _file_name(sha256)
        place = self._path(name)
        try:
            if digest_of(source) != sha256:
                return False
            os.link(source, place)
        except OSError:  # it is not there, or this disk has no hard links
            return False
        self.sums[name] = sha256
        self.size += place.stat().st_size
        return True

    def add_file(self, sha256: str, source: IO[bytes]) -> bool:
        """Copy a document's file; return whether it is what its name says, else nothing is kept."""
        name = _file_name(sha256)
        if self.add(name, source) == sha256:
            return True
        path = self.folder / name
        self.size -= path.stat().st_size
        path.unlink()
        del self.sums[name]
        return False

    def _path(self, name: str) -> Path:
        """Return where a file goes, its folders made for the owner alone."""
        path = self.folder / name
        for folder in reversed(path.relative_to(self.folder).parents):
            (self.folder / folder).mkdir(mode=0o700, exist_ok=True)
        return path

    def finish(self, manifest: Manifest) -> None:
        """Write what it holds, once all else is on the disk."""
        if _ALL_AT_ONCE:
            os.sync()
        self._write(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        self.sums[MANIFEST] = digest_of(self.folder / MANIFEST)
        self._write(SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items())))

    def _write(self, name: str, text: str) -> None:
        with os.fdopen(os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8",
                       newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


def _file_name(sha256: str) -> str:
    return f"files/{sha256[:2]}/{sha256}"


@contextmanager
def begin(parent: Path, at: datetime) -> Iterator[tuple[Draft, Path]]:
    """Open a draft and the path it will have; at the end it gets it, after an error it is gone.

    Raises:
        BackupFault: ``not_writable`` or ``disk_full``.
    """
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(parent)
        final = _free_name(parent, at)
        draft = Draft(parent / f"{_UNFINISHED}{final.name}-{secrets.token_hex(4)}")
        draft.folder.mkdir(mode=0o700)
    except OSError as fault:
        raise _told(fault, parent) from fault
    try:
        yield draft, final
        draft.folder.rename(final)
        sync_folder(parent)
    except OSError as fault:
        raise _told(fault, parent) from fault
    finally:
        if draft.folder.exists():
            shutil.rmtree(draft.folder, ignore_errors=True)


def _told(fault: OSError, parent: Path) -> BackupFault:
    if fault.errno in _FULL:
        return BackupFault("disk_full", path=str(parent))
    return BackupFault("not_writable", path=str(fault.filename or parent), why=fault.strerror or str(fault))


def _free_name(parent: Path, at: datetime) -> Path:
    name = f"sovanban-{at:%Y%m%d-%H%M%S}"
    names = [name, *(f"{name}-{n}" for n in range(2, 100))]
    return next(parent / one for one in names if not (parent / one).exists())


def _tidy(parent: Path) -> None:
    """Remove what a backup that was killed left, once nobody can be writing it any more."""
    oldest = time.time() - _UNFINISHED_KEPT
    for left in parent.glob(f"{_UNFINISHED}*"):
        if left.stat().st_mtime < oldest:
            shutil.rmtree(left, ignore_errors=True)


def prune(parent: Path, keep: int) -> list[Archive]:
    """Remove all whole backups but the newest ``keep``, and return them."""
    gone = find(parent)[keep:]
    for one in gone:
        # Renamed first, so that one whose removal is cut off is not taken for whole.
        try:
            doomed = one.folder.rename(parent / f"{_UNFINISHED}{one.folder.name}-{secrets.token_hex(4)}")
        except FileNotFoundError:  # another backup that ended now makes room as well
            continue
        shutil.rmtree(doomed, ignore_errors=True)
    return gone


def require_room(parent: Path, needed: int) -> None:
    """Make sure that ``needed`` bytes fit.

    Raises:
        BackupFault: ``disk_full``, with both figures.
    """
    free = shutil.disk_usage(parent).free
    if free < needed:
        raise BackupFault("disk_full", path=str(parent), needed=needed, free=free)
