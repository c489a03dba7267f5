"""What reading a file takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["text", "ocr", "mixed"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much reading one file may take before it is given up."""

    seconds: float = 30.0
    """Wall clock for reading or rendering, without OCR."""
    memory_mb: int = 1024
    """Address space of the reading process; where the system knows no such limit, it has none."""
    pages: int = 2000
    characters: int = 4_000_000
    unpacked_mb: int = 300
    """What the parts of a DOCX or XLSX may come to when unpacked."""
    ocr_pages: int = 200
    ocr_seconds_a_page: float = 30.0
    convert_seconds: float = 90.0
    """LibreOffice's time for one old Word file."""

    @property
    def convert_memory_mb(self) -> int:
        """Address space for LibreOffice, which maps far more than it uses."""
        return max(self.memory_mb, 4096)


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file (nội dung chữ)."""

    text: str
    """Unicode NFC; pages are joined by a form feed."""
    pages: int
    """Pages of the file; 1 where the kind has none."""
    source: Source
    needs_ocr: bool = False
    """Whether there are pages that hold pictures and no text."""
    notes: tuple[str, ...] = ()
    """Codes of what a person should know, each one of ``NOTES``."""


NOTES = (
    "image_pages",  # pages that are pictures: their text is missing until OCR
    "stamp_over_head",  # number or date are missing, and a picture stands where they belong
    "legacy_font",  # text in TCVN3 or VNI was converted
    "tracked_changes",  # a Word file with changes not yet accepted: read as if they were
    "low_confidence",  # OCR was unsure of much of what it read
    "pages_unreadable",  # some pages are damaged
)
