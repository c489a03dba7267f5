"""Kinds of files, told by their content and never by their name."""

from __future__ import annotations

import mmap
import zipfile
from enum import StrEnum
from pathlib import Path

import puremagic

from registry.domain.file_errors import FileRefused

_HEAD = 4096
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ACTIVE_ROOTS = (b"<html", b"<svg", b"<!doctype html")


class FileKind(StrEnum):
    """What a file is (loại tệp). ``DOC`` is the old binary Word format, and RTF, which Word saves under its name."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    IMAGE = "image"
    XML = "xml"

    @property
    def is_scan(self) -> bool:
        """Whether only OCR can read it."""
        return self is FileKind.IMAGE


MIME_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.DOC: "application/msword",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.IMAGE: "application/octet-stream",
    FileKind.XML: "application/xml",
}
"""How a file is declared when it is downloaded."""

_BY_SUFFIX = {
    ".pdf": FileKind.PDF, ".png": FileKind.IMAGE, ".jpg": FileKind.IMAGE, ".jpeg": FileKind.IMAGE,
    ".jfif": FileKind.IMAGE, ".tif": FileKind.IMAGE, ".tiff": FileKind.IMAGE, ".rtf": FileKind.DOC,
}


def detect(path: Path) -> FileKind:
    """Return what the file at ``path`` is, by its content.

    Raises:
        FileRefused: ``empty``, ``kind`` (none of ours), ``encrypted`` (Word or Excel behind a password), ``macro``.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileRefused("empty")
    if b"%PDF-" in head[:1024]:  # readers accept a header that is not quite at the start
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _inside_compound(path)
    if _is_xml(head):
        return FileKind.XML
    try:
        found = {_BY_SUFFIX.get(one.extension) for one in puremagic.magic_string(head)} - {None}
    except (puremagic.PureError, ValueError):
        found = set()
    if len(found) != 1:
        raise FileRefused("kind")
    kind = found.pop()
    assert kind is not None  # noqa: S101 - taken out above
    return kind


def _inside_zip(path: Path) -> FileKind:
    """Tell Word from Excel by the parts of the package; every other archive is none of ours."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused("damaged") from error
    if any(part.endswith("vbaProject.bin") for part in parts):
        raise FileRefused("macro")
    if "[Content_Types].xml" in parts:
        if "word/document.xml" in parts:
            return FileKind.DOCX
        if "xl/workbook.xml" in parts:
            return FileKind.XLSX
    raise FileRefused("kind")


def _inside_compound(path: Path) -> FileKind:
    """Tell old Word files from all else that Office kept in this container, by the names of its streams."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(_ENCRYPTED_STREAM) >= 0:
            raise FileRefused("encrypted")
        if content.find(_WORD_STREAM) >= 0:
            return FileKind.DOC
    raise FileRefused("kind")


def _is_xml(head: bytes) -> bool:
    """Tell an XML declaration, in UTF-8 or UTF-16; pages and drawings that a browser would run are not taken."""
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = head.decode(encoding, "ignore").lstrip().lower().encode()
    return text.startswith(b"<?xml") and not any(root in text for root in _ACTIVE_ROOTS)
