"""Zipped packages (DOCX, XLSX): what they unpack to is looked at before anything is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files.values import Limits

_MOST_PARTS = 5000
_ENCRYPTED = 0x1
_MEGABYTE = 1 << 20


def check_package(path: Path, limits: Limits) -> None:
    """Refuse a package that is broken, locked, or a bomb; zipfile holds each part to the size it declares.

    Raises:
        FileUnreadable: damaged, encrypted or too large.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FileUnreadable(FileFault.DAMAGED) from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileUnreadable(FileFault.ENCRYPTED)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limits.unpacked_mb * _MEGABYTE:
        raise FileUnreadable(FileFault.TOO_LARGE, limits.unpacked_mb)
