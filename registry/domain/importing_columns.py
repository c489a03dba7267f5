"""Columns of an office's file (cột của tệp nhập): which line is the header, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from search_index.text import fold_line, one_line


class Meaning(StrEnum):
    """What a column holds."""

    ID = "id"
    NUMBER = "number"
    """Số, ký hiệu; a kind and a date in the same cell are read out of it."""
    NUMERAL = "numeral"
    """The bare numeral (Số) beside a column of symbols."""
    SYMBOL = "symbol"
    KIND = "kind"
    ISSUED_ON = "issued_on"
    ISSUER = "issuer"
    SUBJECT = "subject"
    TEXT = "text"
    SIGNER = "signer_name"
    POSITION = "signer_position"
    RECEIVED_ON = "received_on"
    ARRIVAL_NUMBER = "arrival_number"
    RECIPIENTS = "recipients"
    HANDED_TO = "handed_to"
    HANDED_ON = "handed_on"
    SENT_ON = "sent_on"
    ARCHIVE_UNIT = "archive_unit"
    COPIES = "copies"
    ENVELOPES = "envelopes"
    PAGES = "pages"
    URGENCY = "urgency"
    FIELD = "field"
    LANGUAGE = "language"
    REPLY_DUE_ON = "reply_due_on"
    NOTES = "notes"
    SECRECY = "secrecy"
    KEPT = "kept"
    """No field of ours: kept in the notes under the column's own name."""
    SKIPPED = "skipped"
    """The line's own numbering (STT)."""


# Whole names, folded and without signs. The registers of Nghị định 30/2020/NĐ-CP, Phụ lục IV, then what
# offices' own workbooks and exports write.
_NAMES: dict[Meaning, tuple[str, ...]] = {
    Meaning.ID: ("id", "ma van ban", "ma dinh danh", "ma dinh danh van ban", "external id"),
    Meaning.NUMBER: (
        "number", "so ky hieu", "so va ky hieu", "so ky hieu van ban", "so ky hieu vb", "so hieu", "so hieu van ban",
        "so van ban", "so vb", "skh", "so va ky hieu van ban", "van ban", "so ky hieu van ban den",
        "so ky hieu van ban di", "so ky hieu ngay thang", "so ky hieu ngay thang van ban",
        "so ky hieu ngay thang nam", "so ky hieu ngay thang nam ban hanh", "so ngay thang van ban",
        "so ngay van ban", "ten loai so ky hieu", "ten so ky hieu van ban"),
    Meaning.NUMERAL: ("so", "so thu tu van ban", "so di"),
    Meaning.SYMBOL: ("ky hieu", "ky hieu van ban"),
    Meaning.KIND: ("type", "kind", "loai", "loai van ban", "loai vb", "ten loai", "ten loai van ban",
                   "hinh thuc van ban", "the loai"),
    Meaning.ISSUED_ON: (
        "date", "issued on", "ngay", "ngay thang", "ngay thang nam", "ngay thang van ban", "ngay thang vb",
        "ngay thang nam van ban", "ngay van ban", "ngay vb", "ngay ban hanh", "ngay thang ban hanh",
        "ngay thang nam ban hanh", "ngay ky", "ngay phat hanh", "ngay ky ban hanh", "thoi gian ban hanh"),
    Meaning.ISSUER: ("issuer", "tac gia", "co quan ban hanh", "don vi ban hanh", "noi ban hanh", "noi gui",
                     "co quan gui", "don vi gui", "noi phat hanh", "co quan ban hanh van ban", "don vi phat hanh",
                     "ten co quan ban hanh", "co quan to chuc ban hanh", "ten co quan to chuc ban hanh van ban"),
    Meaning.SUBJECT: (
        "title", "subject", "trich yeu", "trich yeu noi dung", "trich yeu van ban", "noi dung", "noi dung van ban",
        "ten loai va trich yeu", "ten loai va trich yeu noi dung", "ten loai va trich yeu noi dung van ban",
        "ten loai trich yeu", "ten loai trich yeu noi dung", "ten loai va trich yeu van ban", "ten van ban", "ve viec",
        "noi dung trich yeu", "tom tat noi dung", "tieu de", "trich yeu noi dung van ban"),
    Meaning.TEXT: ("body", "text", "toan van", "noi dung toan van", "noi dung day du"),
    Meaning.SIGNER: ("nguoi ky", "signer", "ho ten nguoi ky", "nguoi ky van ban", "ho va ten nguoi ky"),
    Meaning.POSITION: ("chuc vu", "chuc vu nguoi ky", "chuc danh", "chuc vu cua nguoi ky"),
    Meaning.RECEIVED_ON: ("ngay den", "ngay thang den", "ngay nhan", "ngay van ban den", "received on", "ngay tiep nhan"),
    Meaning.ARRIVAL_NUMBER: ("so den", "so van ban den", "so thu tu den", "so vao so", "so den van ban"),
    Meaning.RECIPIENTS: ("noi nhan", "noi nhan van ban", "don vi nhan van ban", "recipients", "noi nhan chinh"),
    Meaning.HANDED_TO: ("don vi nhan", "don vi hoac nguoi nhan", "don vi nguoi nhan", "nguoi nhan", "don vi xu ly",
                        "nguoi xu ly", "don vi ca nhan nhan", "don vi chu tri", "chuyen cho", "don vi thuc hien"),
    Meaning.HANDED_ON: ("ngay chuyen", "ngay chuyen giao", "ngay giao"),
    Meaning.SENT_ON: ("ngay gui", "ngay chuyen di", "sent on", "ngay gui di"),
    Meaning.ARCHIVE_UNIT: ("don vi nguoi nhan ban luu", "don vi luu", "noi luu", "ban luu", "don vi nhan ban luu"),
    Meaning.COPIES: ("so luong ban", "so ban", "so luong", "so luong ban phat hanh", "so luong phat hanh"),
    Meaning.ENVELOPES: ("so luong bi", "so bi", "so bi thu"),
    Meaning.PAGES: ("so trang", "so to", "so luong trang", "pages", "so trang van ban"),
    Meaning.URGENCY: ("do khan", "muc do khan", "muc do", "urgency"),
    Meaning.FIELD: ("linh vuc", "field", "linh vuc van ban"),
    Meaning.LANGUAGE: ("ngon ngu", "language"),
    Meaning.REPLY_DUE_ON: ("han tra loi", "thoi han tra loi", "han xu ly", "thoi han giai quyet", "thoi han", "han giai quyet"),
    Meaning.NOTES: ("ghi chu", "notes", "note"),
    Meaning.SECRECY: ("do mat", "muc do mat", "cap do mat", "dau do mat", "do mat van ban", "muc mat", "secrecy",
                      "securitylevel", "security level"),
    Meaning.SKIPPED: ("stt", "tt", "so tt", "so thu tu", "no"),
}
_BY_NAME = {name: meaning for meaning, names in _NAMES.items() for name in names}
# Longer headings: the first that occurs in one decides.
_PARTS: tuple[tuple[str, Meaning], ...] = (
    ("do mat", Meaning.SECRECY), ("ban luu", Meaning.ARCHIVE_UNIT), ("han tra loi", Meaning.REPLY_DUE_ON),
    ("trich yeu", Meaning.SUBJECT), ("so ky hieu", Meaning.NUMBER), ("so va ky hieu", Meaning.NUMBER),
    ("so hieu", Meaning.NUMBER), ("co quan ban hanh", Meaning.ISSUER), ("tac gia", Meaning.ISSUER),
    ("nguoi ky", Meaning.SIGNER), ("noi nhan", Meaning.RECIPIENTS), ("ngay den", Meaning.RECEIVED_ON),
    ("ngay ban hanh", Meaning.ISSUED_ON), ("ngay thang", Meaning.ISSUED_ON), ("don vi nhan", Meaning.HANDED_TO),
    ("do khan", Meaning.URGENCY), ("ghi chu", Meaning.NOTES),
)
_LONGEST_HEADING = 120
_TELLING = {Meaning.NUMBER, Meaning.SUBJECT, Meaning.NUMERAL, Meaning.ID}
_COLUMN_NUMBER = re.compile(r"[(\[]?\d{1,2}[)\]]?")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: where its data begin, and the columns' names as the user knows them."""

    first_row: int
    """Index of the first row of data."""
    names: tuple[str, ...]


def meaning_of(heading: str) -> Meaning | None:
    """Return what a column of this name holds, None for a name that is not known."""
    if len(heading) > _LONGEST_HEADING:
        return None
    name = " ".join(re.sub(r"[^a-z0-9]+", " ", fold_line(re.sub(r"\([^()]*\)", " ", heading))).split())
    if not name:
        return None
    known = _BY_NAME.get(name)
    if known is not None:
        return known
    if len(name.split()) < 2:
        return None
    return next((meaning for part, meaning in _PARTS if part in name), None)


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header among the first rows of a sheet, of one line or two; None where no line looks like one.

    Titles above it are passed over, and so is the line of column numbers (1), (2), (3) below it.
    """
    best: tuple[int, Header] | None = None
    for at, row in enumerate(rows):
        one = _unique([one_line(cell) for cell in row])
        candidates = [Header(at + 1, one)]
        if at + 1 < len(rows) and _may_be_heading(rows[at + 1]):
            candidates.append(Header(at + 2, _unique(_two_lines(row, rows[at + 1]))))
        for header in candidates:
            meanings = {meaning_of(name) for name in header.names} - {None, Meaning.SKIPPED}
            score = len(meanings)
            if score >= 2 and meanings & _TELLING and (best is None or score > best[0]):
                best = score, header
    if best is None:
        return None
    first = best[1].first_row
    while first < len(rows) and _numbers_columns(rows[first]):
        first += 1
    return Header(first, best[1].names)


def guess(names: Sequence[str]) -> dict[str, Meaning]:
    """Return what each column holds; of two that say the same, the second is kept as a note."""
    guessed: dict[str, Meaning] = {}
    for name in names:
        if not name:
            continue
        meaning = meaning_of(name) or Meaning.KEPT
        if meaning in guessed.values() and meaning not in {Meaning.KEPT, Meaning.SKIPPED}:
            meaning = Meaning.KEPT
        guessed[name] = meaning
    if Meaning.NUMERAL in guessed.values() and Meaning.SYMBOL not in guessed.values():
        # "Số" alone is the whole number where nothing else is, else the line's numbering.
        other = Meaning.NUMBER not in guessed.values()
        guessed = {name: (Meaning.NUMBER if other else Meaning.KEPT) if meaning == Meaning.NUMERAL else meaning
                   for name, meaning in guessed.items()}
    return guessed


def _may_be_heading(row: Sequence[str]) -> bool:
    said = [cell for cell in row if cell.strip()]
    return bool(said) and all(len(cell) <= _LONGEST_HEADING and not re.search(r"\d{2}", cell) for cell in said)


def _two_lines(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Join a heading of two lines: "Văn bản" over "Số ký hiệu" and "Ngày"; merged cells hold text at the left alone."""
    names, over = [], ""
    for place in range(max(len(upper), len(lower))):
        top = one_line(upper[place]) if place < len(upper) else ""
        low = one_line(lower[place]) if place < len(lower) else ""
        over = top or (over if low else "")
        if not low:
            names.append(top)
        elif not over:
            names.append(low)
        else:
            joined = f"{over} {low}"
            names.append(low if meaning_of(low) and not _BY_NAME.get(fold_line(joined)) else joined)
    return names


def _unique(names: list[str]) -> tuple[str, ...]:
    """Return the names with a count behind those that come again."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return tuple(made)


def _numbers_columns(row: Sequence[str]) -> bool:
    said = [cell.strip() for cell in row if cell.strip()]
    return len(said) >= 2 and all(_COLUMN_NUMBER.fullmatch(cell) for cell in said)
