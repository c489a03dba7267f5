"""XLSX: the values of the cells, sheet by sheet, as they were saved; formulas are not computed."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files.packages import check_package
from registry.files.values import FileText, Limits
from search_index import legacy

_MOST_COLUMNS = 200


def read_xlsx(path: Path, limits: Limits) -> FileText:
    """Return the cells of each visible sheet, a row a line.

    Raises:
        FileUnreadable: damaged, locked, a bomb, or longer than ``limits`` allow.
    """
    check_package(path, limits)
    try:
        with path.open("rb") as file:  # by its name openpyxl would refuse it: stored files have no suffix
            texts = _sheets(file, limits)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, ParseError) as error:
        raise FileUnreadable(FileFault.DAMAGED) from error
    read, encoding = legacy.read_together(texts)
    text = unicodedata.normalize("NFC", "\f".join(read))
    return FileText(text, max(len(texts), 1), "text", notes=("legacy_font",) if encoding else ())


def _sheets(file: IO[bytes], limits: Limits) -> list[str]:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    left = limits.characters
    texts = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        lines = []
        for row in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
            line = " | ".join(filter(None, map(_shown, row)))
            left -= len(line)
            if left < 0:
                raise FileUnreadable(FileFault.TOO_LONG, limits.characters)
            if line:
                lines.append(line)
        texts.append("\n".join(lines))
    return texts


def _shown(value: object) -> str:
    """Return a cell as a person in Viet Nam sees it: days are 05/02/2021."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
