"""What tests need that this machine may not have."""

from __future__ import annotations

import pytest

from registry.domain.file_errors import FileUnreadable
from registry.files import programs


def _can_read_scans() -> bool:
    try:
        programs.tesseract()
    except FileUnreadable:
        return False
    return True


needs_tesseract = pytest.mark.skipif(not _can_read_scans(), reason="Tesseract with Vietnamese is not installed")
