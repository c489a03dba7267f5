"""Files of documents, read row by row: JSON lines, CSV and Excel workbooks, each within fixed limits."""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from registry.domain.import_errors import BadImportFile
from registry.domain.importing_columns import Header, find_header
from registry.domain.secrecy import find_secrecy_mark_in_file_name
from search_index.legacy import Encoding, detect, read_together

SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".xlsx")
MOST_ROWS = 2_000_000
MOST_COLUMNS = 200
_MEGABYTE = 1024 * 1024
_LONGEST_LINE = 40 * _MEGABYTE
_MOST_UNPACKED = 1500 * _MEGABYTE
_MOST_EMPTY = 2000
"""Empty rows in a row after which a sheet counts as ended; formats reach far below the data."""
_LOOKED_AT = 40
"""First rows of a table among which the header is looked for."""
_ZEROS = re.compile("0{2,9}")
"""A cell's format that shows the number 12 as 012."""
_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError,
            AttributeError, SyntaxError)
"""What openpyxl, gzip and csv raise for a file that is not what its name says."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: its line in the file and its cells by column; or the fault that kept it from being read."""

    line: int
    cells: dict[str, str]
    fault: BadImportFile | None = None
    converted: Encoding | None = None
    """The old encoding that cells of the row were in; they are in Unicode now."""


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: the columns that it shows, and its rows, to be read once."""

    columns: tuple[str, ...]
    rows: Iterator[SourceRow]
    remark: str = ""
    """A code that says how the file was read: ``cp1258``."""


@contextmanager
def open_source(path: Path, name: str | None = None) -> Iterator[Source]:
    """Open a file of documents; ``name`` is what the user calls it.

    Raises:
        BadImportFile: its format, content or size; also while rows are read.
    """
    name = name or path.name
    if find_secrecy_mark_in_file_name(name):
        raise BadImportFile("name_secret")
    suffix = next((suffix for suffix in (".jsonl.gz", *SUFFIXES) if name.casefold().endswith(suffix)), None)
    if suffix is None:
        raise BadImportFile("format")
    try:
        if suffix == ".xlsx":
            with _workbook(path) as source:
                yield source
        elif suffix == ".csv":
            with _csv(path) as source:
                yield source
        else:
            with gzip.open(path) if suffix.endswith(".gz") else path.open("rb") as file:
                yield _json_lines(file)
    except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise BadImportFile("damaged") from error


def _json_lines(file: gzip.GzipFile | IO[bytes]) -> Source:
    rows = _json_rows(file)
    first = list(itertools.islice(rows, 200))
    if not first:
        raise BadImportFile("empty")
    columns = tuple(dict.fromkeys(column for row in first for column in row.cells))
    return Source(columns, itertools.chain(first, rows))


def _json_rows(file: gzip.GzipFile | IO[bytes]) -> Iterator[SourceRow]:
    read, line = 0, 0
    while True:
        try:
            raw = file.readline(_LONGEST_LINE)
        except (OSError, EOFError, zlib.error) as error:
            raise BadImportFile("damaged") from error
        if not raw:
            return
        line += 1
        read += len(raw)
        if line > MOST_ROWS:
            raise BadImportFile("too_many_rows", most=MOST_ROWS)
        if read > 4 * _MOST_UNPACKED:
            raise BadImportFile("too_large", most=4 * _MOST_UNPACKED // _MEGABYTE)
        if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                read += len(rest)
                if read > 4 * _MOST_UNPACKED:
                    raise BadImportFile("too_large", most=4 * _MOST_UNPACKED // _MEGABYTE)
            yield SourceRow(line, {}, BadImportFile("line_too_long", most=_LONGEST_LINE // _MEGABYTE))
            continue
        if raw.strip():
            yield _json_row(line, raw)


def _json_row(line: int, raw: bytes) -> SourceRow:
    try:
        given = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return SourceRow(line, {}, BadImportFile("line"))
    if not isinstance(given, dict) or len(given) > MOST_COLUMNS:
        return SourceRow(line, {}, BadImportFile("line"))
    cells = {str(name): _json_text(value) for name, value in given.items() if value is not None}
    values, converted = read_together(list(cells.values()))
    return SourceRow(line, dict(zip(cells, values, strict=True)), converted=converted)


def _json_text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _storable(text)


def _storable(text: str) -> str:
    """Return ``text`` without halves of surrogate pairs, which no database stores."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


@contextmanager
def _csv(path: Path) -> Iterator[Source]:
    csv.field_size_limit(_LONGEST_LINE)
    encoding = _encoding_of(path)
    with path.open(encoding=encoding, errors="replace" if encoding.startswith("cp") else "strict", newline="") as file:
        head = file.read(64 * 1024)
        file.seek(0)
        if not head.strip():
            raise BadImportFile("empty")
        yield _table(_numbered(_csv_rows(file, _delimiter(head))), "cp1258" if encoding == "cp1258" else "")


def _encoding_of(path: Path) -> str:
    """Return how the text is written: UTF-8 or UTF-16 with its mark, else what Excel saves."""
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            while text.read(_MEGABYTE):
                pass
    except UnicodeDecodeError:
        return _eight_bits(path)
    return "utf-8-sig"


def _eight_bits(path: Path) -> str:
    """Return the code page of a file: Western where most of its text is in TCVN3 or VNI, else Vietnamese."""
    with path.open(encoding="cp1252", errors="replace", newline="") as text:
        cells = [cell for cell in re.split(r"[\r\n,;\t]+", text.read(_MEGABYTE)) if not cell.isascii()]
    legacy = sum(len(cell) for cell in cells if detect(cell))
    return "cp1252" if legacy * 2 > sum(map(len, cells)) else "cp1258"


def _delimiter(head: str) -> str:
    lines = head.splitlines()[:_LOOKED_AT]
    return max(",;\t", key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _csv_rows(file: IO[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(file, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            raise BadImportFile("damaged") from error
        yield row


@contextmanager
def _workbook(path: Path) -> Iterator[Source]:
    with zipfile.ZipFile(path) as package:
        unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked > _MOST_UNPACKED:
            raise BadImportFile("too_large", most=_MOST_UNPACKED // _MEGABYTE)
    import openpyxl

    # Given the file and not its name: a name with another suffix it would refuse.
    file = path.open("rb")
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _DAMAGED as error:
        file.close()
        raise BadImportFile("damaged") from error
    with file, closing(book):
        best: tuple[int, Any] | None = None
        for sheet in book.worksheets[:30]:
            header = find_header([read_together(row)[0] for row in itertools.islice(_sheet_rows(sheet), _LOOKED_AT)])
            if header is not None:
                found = sum(bool(name) for name in header.names)
                if best is None or found > best[0]:
                    best = found, sheet
        if best is None:
            raise BadImportFile("no_header")
        yield _table(_numbered(_sheet_rows(best[1])))


def _sheet_rows(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows as text; of a formula, the value last calculated."""
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    empty = 0
    rows = sheet.iter_rows()
    while True:
        try:
            row = [_cell_text(cell) for cell in next(rows)]
        except StopIteration:
            return
        except _DAMAGED as error:
            raise BadImportFile("damaged") from error
        while row and not row[-1]:
            row.pop()
        empty = 0 if row else empty + 1
        if empty > _MOST_EMPTY:
            return
        yield row


def _cell_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.day:02d}/{value.month:02d}/{value.year}" if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if type(value) is int and _ZEROS.fullmatch(cell.number_format):
        return f"{value:0{len(cell.number_format)}d}"
    return _storable(str(value))


def _numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str], Encoding | None]]:
    for line, row in enumerate(rows, 1):
        if line > MOST_ROWS:
            raise BadImportFile("too_many_rows", most=MOST_ROWS)
        yield line, *read_together(row)


def _table(rows: Iterator[tuple[int, list[str], Encoding | None]], remark: str = "") -> Source:
    first = list(itertools.islice(rows, _LOOKED_AT))
    header = find_header([row for _, row, _ in first])
    if header is None:
        raise BadImportFile("no_header")
    if len(header.names) > MOST_COLUMNS:
        raise BadImportFile("too_many_columns", most=MOST_COLUMNS)
    names = _with_unnamed(header, (row for _, row, _ in first))
    if len(first) <= header.first_row:
        raise BadImportFile("empty")
    return Source(names, (SourceRow(line, _cells(names, row), converted=converted)
                          for line, row, converted in itertools.chain(first[header.first_row:], rows) if any(row)), remark)


def _with_unnamed(header: Header, rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Give a column without a heading its letters in the sheet, so that what it holds is kept."""
    width = max(len(header.names), *(min(len(row), MOST_COLUMNS) for row in rows))
    names = [*header.names, *[""] * (width - len(header.names))]
    return tuple(name or f"cột {_letters(place)}" for place, name in enumerate(names))


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def _cells(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells = {name: value for name, value in zip(names, row, strict=False) if value}
    beyond = [value for value in row[len(names):] if value]
    if beyond:
        cells["(ngoài bảng)"] = "; ".join(beyond)
    return cells
