"""Files out of a .zip, within fixed limits: nothing is written where a name points to, and no bomb is unpacked."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from registry.domain.file_errors import FileRefused

MOST_FILES = 5000
_MOST_UNPACKED = 4 * 1024 * 1024 * 1024
_MOST_RATIO = 200
"""Times that a file may grow in unpacking; text in Office files and scans stays far below."""
_SMALL = 1024 * 1024
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for an archive that is broken, encrypted or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: its name there, with folders."""

    name: str
    info: zipfile.ZipInfo
    _package: zipfile.ZipFile

    @property
    def fault(self) -> str:
        """Why it cannot be taken: ``encrypted``, ``archive`` (in the archive), ``bomb``; empty where it can."""
        if self.info.flag_bits & _ENCRYPTED_FLAG:
            return "encrypted"
        if self.name.casefold().endswith((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")):
            return "archive"
        if self.info.file_size > max(_SMALL, self.info.compress_size * _MOST_RATIO):
            return "bomb"
        return ""

    def open(self) -> IO[bytes]:
        """Open it for reading.

        Raises:
            FileRefused: ``damaged``; also while it is read, and ``bomb`` for more than its list says.
        """
        try:
            return cast(IO[bytes], _Guarded(self._package.open(self.info), self.info.file_size))
        except _DAMAGED as error:
            raise FileRefused("damaged") from error


class Archive:
    """A .zip that is open for reading; a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the archive at ``path`` and read its list.

        Raises:
            FileRefused: ``archive_damaged``; ``archive_empty``; ``too_many``; ``archive_too_large``, unpacked.
        """
        try:
            self._package = zipfile.ZipFile(path)
        except _DAMAGED as error:
            raise FileRefused("archive_damaged") from error
        infos = [info for info in self._package.infolist() if not info.is_dir() and not _is_noise(info.filename)]
        self.entries = [Entry(_name(info), info, self._package) for info in infos]
        fault = None
        if not infos:
            fault = FileRefused("archive_empty")
        elif len(infos) > MOST_FILES:
            fault = FileRefused("too_many", most=MOST_FILES)
        elif sum(info.file_size for info in infos) > _MOST_UNPACKED:
            fault = FileRefused("archive_too_large", most=_MOST_UNPACKED // (1024 * 1024))
        if fault is not None:
            self._package.close()
            raise fault

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._package.close()


class _Guarded(io.RawIOBase):
    """The content of an entry: never more than its list says, and broken data is a refusal."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        super().__init__()
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left + 1 if size < 0 else min(size, self._left + 1)
        try:
            chunk = self._file.read(wanted)
        except _DAMAGED as error:
            raise FileRefused("damaged") from error
        self._left -= len(chunk)
        if self._left < 0:
            raise FileRefused("bomb")
        return chunk

    def close(self) -> None:
        self._file.close()
        super().close()


def is_archive(stream: IO[bytes]) -> bool:
    """Tell a .zip from Word and Excel files, which are packed the same way; the stream is left at its start."""
    try:
        with zipfile.ZipFile(stream) as package:
            return "[Content_Types].xml" not in package.namelist()
    except _DAMAGED:
        return False
    finally:
        stream.seek(0)


def _is_noise(name: str) -> bool:
    return any(part.startswith(_NOISE) for part in name.split("/")) or name.startswith("__MACOSX/")


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as it was meant; archives of old programs hold it in UTF-8 without saying so, or in a DOS page."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp1258"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name).replace("\\", "/")
