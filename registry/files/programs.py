"""Programs that may or may not stand beside us, found when they are needed: LibreOffice and Tesseract."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

from registry.domain.file_errors import FileFault, FileUnreadable

_OFFICE = ("soffice", "libreoffice")
_WINDOWS_OFFICE = (r"C:\Program Files\LibreOffice\program\soffice.com", r"C:\Program Files (x86)\LibreOffice\program\soffice.com")
_WINDOWS_TESSERACT = (r"C:\Program Files\Tesseract-OCR\tesseract.exe",)
_LANGUAGE = "vie"


def libreoffice() -> str:
    """Return LibreOffice's command.

    Raises:
        FileUnreadable: ``needs_libreoffice``.
    """
    found = _find(_OFFICE, _WINDOWS_OFFICE)
    if found is None:
        raise FileUnreadable(FileFault.NEEDS_LIBREOFFICE)
    return found


def tesseract() -> str:
    """Return Tesseract's command, where it knows Vietnamese.

    Raises:
        FileUnreadable: ``needs_tesseract``.
    """
    found = _find(("tesseract",), _WINDOWS_TESSERACT)
    if found is None or _LANGUAGE not in _languages(found):
        raise FileUnreadable(FileFault.NEEDS_TESSERACT)
    return found


def _find(names: tuple[str, ...], windows: tuple[str, ...]) -> str | None:
    for name in names:
        if found := shutil.which(name):
            return found
    return next((place for place in windows if os.name == "nt" and Path(place).is_file()), None)


@functools.cache
def _languages(command: str) -> frozenset[str]:
    listed = subprocess.run([command, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return frozenset(listed.stdout.split()[1:])
