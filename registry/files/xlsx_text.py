"""XLSX: the values of the cells, sheet by sheet, as they were saved; formulas are not computed."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from registry.domain.errors import FileFault, FileUnreadable
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
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        left = limits.characters
        texts = []
        for sheet in sheets:
            lines = []
            for row in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
                line = " | ".join(filter(None, (_shown(value) for value in row)))
                left -= len(line)
                if left < 0:
                    raise FileUnreadable(FileFault.TOO_LONG, limits.characters)
                if line:
                    lines.append(line)
            texts.append("\n".join(lines))
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, ParseError) as error:
        raise FileUnreadable(FileFault.DAMAGED) from error
    read, encoding = legacy.read_together(texts)
    text = unicodedata.normalize("NFC", "\f".join(read))
    return FileText(text, max(len(sheets), 1), "text", notes=("legacy_font",) if encoding else ())


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
