"""Rows pasted from a spreadsheet (tab-separated), with Vietnamese headings or none, to proposals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from registry.domain import citation_patterns as patterns
from registry.domain.body_names import official_name
from registry.domain.citation_numbers import number_matches, official_symbol, symbol_kind
from registry.domain.citations import Citation, find_citations
from registry.domain.intake_head import starts_body
from registry.domain.issuer_phrases import read_issuer
from registry.domain.kinds import find_kind
from registry.domain.proposals import DOUBTFUL, LIKELY, SURE, Field, Proposal
from registry.domain.reading import Reading
from search_index.text import fold_line

# Headings of registers and follow-up sheets (Nghị định 30/2020/NĐ-CP, Phụ lục IV, and practice).
_HEADINGS: tuple[tuple[str, str], ...] = (
    (r"so den", "arrival_number"),
    (r"ngay (?:den|nhan)", "received_on"),
    (r"(?:so,? ?(?:va )?ky hieu|so hieu|so van ban|ky hieu|so kh|so/ky hieu|so cong van)(?: van ban| vb)?", "number"),
    (r"so", "number"),
    (r"ngay,? ?thang(?:,? ?nam)?(?: van ban| ban hanh| vb| ky)?|ngay (?:ban hanh|van ban|vb|ky|bh)|ngay|thoi gian ban hanh", "issued_on"),
    (r"ten loai va trich yeu(?: noi dung)?(?: van ban)?|trich yeu(?: noi dung)?(?: van ban)?|noi dung(?: van ban| trich yeu)?|ten van ban"
     r"|ve viec|tieu de|trich yeu/noi dung", "subject"),
    (r"ten loai(?: van ban)?|loai(?: van ban| vb)?|hinh thuc(?: van ban)?|the loai", "kind"),
    (r"co quan ban hanh|tac gia|noi ban hanh|don vi ban hanh|noi gui|co quan gui|cq ban hanh|chu the ban hanh|co quan", "issuer"),
    (r"nguoi ky", "signer"),
    (r"(?:chuc vu|chuc danh)(?: nguoi ky)?", "position"),
    (r"do khan|muc do khan", "urgency"),
    (r"noi nhan(?: van ban)?|don vi hoac nguoi nhan|don vi nhan", "recipients"),
    (r"stt|tt|so thu tu|ghi chu|so trang|ky nhan|ngay chuyen|so luong ban|luu y", ""),
)  # fmt: skip
_HEADING_PATTERNS = tuple((re.compile(pattern), name) for pattern, name in _HEADINGS)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def looks_like_table(text: str) -> bool:
    """Whether ``text`` is rows of a spreadsheet: most of its rows have the same tabs, two columns or more."""
    rows = [row for row in _rows(text) if any(cell.text for cell in row)]
    wide = [row for row in rows if len(row) > 1]
    return bool(wide) and len(wide) >= 0.7 * len(rows)


def read_table(text: str) -> list[Proposal]:
    """Return one proposal for each row of a pasted table that names a document."""
    rows = [row for row in _rows(text) if any(cell.text for cell in row)]
    if not rows:
        return []
    columns = _headings(rows[0])
    body = rows[1:] if columns else rows
    if not columns:
        columns = _guess_columns(body)
    proposals = [_proposal(row, columns) for row in body]
    return [one for one in proposals if one is not None]


def _rows(text: str) -> list[list[_Cell]]:
    """Split into rows and cells as spreadsheets paste them: a cell with a line break stands in quotes."""
    rows: list[list[_Cell]] = [[]]
    at = 0
    while at <= len(text):
        if text.startswith('"', at) and (close := _closing_quote(text, at + 1)) is not None:
            rows[-1].append(_cell(text, at + 1, close))
            at = close + 1
        else:
            found = _CELL_END.search(text, at)
            end = found.start() if found else len(text)
            rows[-1].append(_cell(text, at, end))
            at = end
        if at >= len(text):
            break
        if text[at] == "\t":
            at += 1
            if at == len(text):
                rows[-1].append(_Cell(at, at, ""))
                break
        else:
            at += 2 if text.startswith("\r\n", at) else 1
            rows.append([])
    return rows


_CELL_END = re.compile(r"[\t\n\r]")


def _closing_quote(text: str, at: int) -> int | None:
    """Return the quote that ends a quoted cell: one before a tab, a line end or the end."""
    while (at := text.find('"', at)) != -1:
        if text.startswith('""', at):
            at += 2
            continue
        return at if at + 1 == len(text) or text[at + 1] in "\t\r\n" else None
    return None


def _cell(text: str, start: int, end: int) -> _Cell:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    stripped = inner.strip()
    return _Cell(start + left, start + left + len(stripped), stripped)


def _headings(row: list[_Cell]) -> dict[str, int]:
    """Return the column of each field; empty when the row holds no headings."""
    found: dict[str, int] = {}
    known = 0
    for at, cell in enumerate(row):
        words = re.sub(r"\s*\(.*?\)\s*", " ", fold_line(cell.text)).strip(" .:*")
        for pattern, name in _HEADING_PATTERNS:
            if pattern.fullmatch(words):
                known += 1
                if name and name not in found:
                    found[name] = at
                break
    return found if known >= 2 or (known == 1 and len(row) == 1) else {}


def _guess_columns(rows: list[list[_Cell]]) -> dict[str, int]:
    """Return the column of each field by what its cells hold."""
    width = max(len(row) for row in rows)
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("number", lambda text: _number(text) is not None and len(text) < 60),
        ("issued_on", lambda text: _day(text) is not None and len(text) < 40),
        ("kind", lambda text: len(text) < 40 and find_kind(text) is not None),
        ("issuer", lambda text: len(text) < 120 and _body(text) is not None),
    )
    columns: dict[str, int] = {}
    for name, test in tests:
        counts = [sum(1 for row in rows if at < len(row) and at not in columns.values() and test(row[at].text)) for at in range(width)]
        if max(counts) * 2 > len(rows):
            columns[name] = counts.index(max(counts))
    lengths = [sum(len(row[at].text) for row in rows if at < len(row)) if at not in columns.values() else -1 for at in range(width)]
    if max(lengths) > 0:
        columns["subject"] = lengths.index(max(lengths))
    return columns


def _number(text: str) -> Citation | tuple[str, str] | None:
    """Return number and bare symbol of a cell."""
    reading = Reading(text)
    for match in number_matches(reading):
        return match.ordinal + official_symbol(match.symbol), match.bare
    return None


def _day(text: str) -> date | None:
    found = patterns.DATE.search(Reading(text).bare)
    if found:
        return patterns.read_day(found)
    iso = re.fullmatch(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?:[ T]\d\d:\d\d.*)?", text.strip())
    if iso is None:
        return None
    try:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return None


def _body(text: str) -> str | None:
    reading = Reading(text)
    if not starts_body(reading.bare):
        return None
    found = read_issuer(reading, 0)
    return found.name if found and found.end >= len(reading.plain) - 2 else None


def _proposal(row: list[_Cell], columns: dict[str, int]) -> Proposal | None:
    """Return the proposal of one row; None where nothing in it names a document."""

    def cell(name: str) -> _Cell | None:
        at = columns.get(name)
        return row[at] if at is not None and at < len(row) and row[at].text else None

    subject, own, references = _subject(cell("subject"))
    number_cell, day_cell, kind_cell, issuer_cell = cell("number"), cell("issued_on"), cell("kind"), cell("issuer")
    number = kind = issuer = None
    issued_on: Field[date] | None = None
    by_symbol: str | None = None
    if number_cell:
        number, by_symbol = _number_field(number_cell)
    elif own and own.number:
        number = Field(own.number, own.start, own.end, LIKELY)
    if day_cell and (day := _day(day_cell.text)):
        issued_on = Field(day, day_cell.start, day_cell.end)
    elif number_cell and (day := _day(number_cell.text)):
        issued_on = Field(day, number_cell.start, number_cell.end, LIKELY)
    elif own and own.issued_on:
        issued_on = Field(own.issued_on, own.start, own.end, LIKELY)
    if kind_cell and (named := find_kind(kind_cell.text)):
        kind = Field(named.name, kind_cell.start, kind_cell.end)
    elif own:
        kind = Field(own.kind, own.start, own.end, LIKELY)
    elif by_symbol and number:
        kind = Field(by_symbol, number.start, number.end, LIKELY)
    elif number:
        kind = Field("Công văn", number.start, number.end, DOUBTFUL)
    if issuer_cell:
        issuer = Field(official_name(issuer_cell.text), issuer_cell.start, issuer_cell.end)
    elif own and own.issuer:
        issuer = Field(own.issuer, own.start, own.end, LIKELY)
    if number is None and subject is None:
        return None
    filled = [one for one in row if one.text]
    return Proposal(
        filled[0].start, filled[-1].end, kind, number, issued_on, issuer, subject=subject,
        signer=_plain(cell("signer")), position=_plain(cell("position")), urgency=_plain(cell("urgency")),
        recipients=_recipients(cell("recipients")), arrival_number=_plain(cell("arrival_number")),
        received_on=_received(cell("received_on")), references=references)


def _number_field(cell: _Cell) -> tuple[Field[str] | None, str | None]:
    reading = Reading(cell.text)
    for match in number_matches(reading):
        start, end = reading.raw_span(match.start, match.end)
        return (Field(match.ordinal + official_symbol(match.symbol), cell.start + start, cell.start + end), symbol_kind(match))
    value = " ".join(cell.text.split())
    return (Field(value, cell.start, cell.end, DOUBTFUL) if any(char.isdigit() for char in value) else None), None


def _subject(cell: _Cell | None) -> tuple[Field[str] | None, Citation | None, tuple[Citation, ...]]:
    """Return the subject of a cell, the document that the cell itself begins with, and what it cites."""
    if cell is None:
        return None, None, ()
    found = [replace(one, start=one.start + cell.start, end=one.end + cell.start)
             for one in find_citations(cell.text) if not one.optional]
    own = found[0] if found and found[0].start == cell.start and found[0].number else None
    start = own.end if own else cell.start
    text = cell.text[start - cell.start :]
    left = len(text) - len(text.lstrip(" ,:;-–\n"))
    shown = " ".join(text[left:].split()).rstrip(" .;")
    rest = tuple(one for one in found if one is not own)
    if not shown:
        return None, own, rest
    return Field(shown[:1].upper() + shown[1:], start + left, cell.end, SURE if own is None else LIKELY), own, rest


def _plain(cell: _Cell | None) -> Field[str] | None:
    return Field(" ".join(cell.text.split()), cell.start, cell.end) if cell else None


def _received(cell: _Cell | None) -> Field[date] | None:
    day = _day(cell.text) if cell else None
    return Field(day, cell.start, cell.end) if cell and day else None


def _recipients(cell: _Cell | None) -> tuple[Field[str], ...]:
    if cell is None:
        return ()
    return tuple(
        Field(part[0].strip(), cell.start + part.start(), cell.start + part.end())
        for part in re.finditer(r"[^;\n]+", cell.text) if part[0].strip())
