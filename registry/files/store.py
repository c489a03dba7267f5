"""The store of files: each content once, under the SHA-256 of its bytes.

A file is written beside its place, flushed to the disk and renamed, so that what stands under a hash is
whole. Nothing is changed afterwards: a backup copies what is there, and a new version is another file.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from registry.domain.file_errors import FileRefused

_CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part"
_UNFINISHED_KEPT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was put: the hash of its content (hexadecimal) and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """Files in one folder, ``ab/abcdef…``; readable by the owner only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, stream: IO[bytes], *, longest: int) -> Stored:
        """Keep what ``stream`` gives and return its hash; the same content again is stored once.

        Raises:
            FileRefused: ``too_large``, more than ``longest`` bytes; nothing is kept.
        """
        _make(self.root)
        digest, size = hashlib.sha256(), 0
        unfinished = self.root / f"{secrets.token_hex(8)}{_UNFINISHED}"
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > longest:
                        raise FileRefused("too_large", most=longest // (1024 * 1024))
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            self._place(unfinished, digest.hexdigest())
        finally:
            unfinished.unlink(missing_ok=True)
        return Stored(digest.hexdigest(), size)

    def _place(self, unfinished: Path, sha256: str) -> None:
        place = self.path(sha256)
        if place.is_file():
            place.touch()  # what is put anew is not tidied away as something nobody asked for
            return
        _make(place.parent)
        unfinished.replace(place)
        sync_folder(place.parent)

    def path(self, sha256: str) -> Path:
        """Return where the content of that hash lies, or would lie.

        Raises:
            ValueError: it is no SHA-256.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256[:80]!r}")
        return self.root / sha256[:2] / sha256

    def pictures(self, sha256: str) -> Path:
        """Return the folder for pictures of the content's pages, which go with it and can be made again."""
        return self.root / "pictures" / self.path(sha256).name

    def open(self, sha256: str) -> IO[bytes]:
        """Open the content for reading.

        Raises:
            FileNotFoundError: it is not there.
        """
        return self.path(sha256).open("rb")

    def all(self) -> Iterator[str]:
        """Yield the hash of every file that is kept, in order."""
        if not self.root.is_dir():
            return
        for folder in sorted(one for one in self.root.iterdir() if one.is_dir() and len(one.name) == 2):
            yield from sorted(one.name for one in folder.iterdir() if _SHA256.fullmatch(one.name))

    def verify(self, sha256: str) -> bool:
        """Tell whether the content is there and is what its hash says."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def remove(self, sha256: str, *, unless_newer_than: float | None = None) -> bool:
        """Delete a file that no row names any more; return whether it was deleted.

        ``unless_newer_than`` (seconds since 1970) keeps what somebody put again since.
        """
        place = self.path(sha256)
        shutil.rmtree(self.pictures(sha256), ignore_errors=True)
        try:
            if unless_newer_than is not None and place.stat().st_mtime > unless_newer_than:
                return False
            place.unlink()
        except FileNotFoundError:
            return False
        return True

    def tidy(self, now: float) -> None:
        """Delete what uploads that were cut off more than a day before ``now`` (seconds since 1970) left."""
        oldest = now - _UNFINISHED_KEPT
        for path in self.root.glob(f"*{_UNFINISHED}"):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except FileNotFoundError:  # another process tidies as well
                continue


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Flush the folder's own list of names, where the system lets one; Windows writes it through."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
