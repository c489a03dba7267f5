"""Marks of state secrecy (dấu độ mật): found where they stand as marks, never in ordinary words.

A document so marked may not be kept on a computer that is connected to a network, not even its
register line. What is found tells which rule hit and nothing of the text.
Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15, Điều 5; Nghị định 26/2020/NĐ-CP, Điều 4.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from search_index.text import clean, fold, fold_line

Degree = Literal["mat", "toi_mat", "tuyet_mat"]
Rule = Literal["line", "label", "set_off", "stamp", "file_name", "column"]

_DEGREES: dict[str, Degree] = {"mật": "mat", "tốimật": "toi_mat", "tuyệtmật": "tuyet_mat"}
_BARE_DEGREES: dict[str, Degree] = {"toimat": "toi_mat", "tuyetmat": "tuyet_mat"}  # in capitals, marks lost
_STAMPS = frozenset({"tàiliệuthuhồi", "tàiliệuthuhồithờihạn", "chỉngườicótênmớiđượcbócbì"})
_LONGEST_MARK = 80  # characters of a line that may be a mark, spaced letters and rules around it included
_EDGE = 300  # how far into a field, from either end, a mark set off from the rest is looked for
_WORTH_A_LOOK = re.compile(r"m[\W_]{0,9}[aàáảãạăằắẳẵặâầấẩẫậ][\W_]{0,9}t|thu\s{1,9}hồi|bóc\s{1,9}bì", re.IGNORECASE)

_DEGREE = r"(?P<degree>tuyệt\s*mật|tối\s*mật|mật)"
_LABEL = re.compile(
    rf"(?:độ|mức|cấp) mật ?[:=] ?[\[(“\"]? ?{_DEGREE}(?= ?(?:$|[\])”\";,.|]))", re.IGNORECASE)
_MENTION = re.compile(
    r"\b(?i:tuyệt\s+mật|tối\s+mật)\b|\bđộ\s+[“\"(]?M(?:ật|ẬT)\b|(?<!BÍ )(?<!BẢO )\bMẬT\b(?!\s+[^\W\d_])")
_CELLS = re.compile(r"[\t|]| {4,}")

# In one field, a mark in brackets, or in capitals before or after a dash: "[Mật] Kế hoạch …", "MẬT - …".
_BRACKETED = re.compile(rf"(?:^|\s)[\[(【{{]\s*(?:độ\s+)?{_DEGREE}\s*[\])】}}](?=\s|$|[-–:,.])", re.IGNORECASE)
_LEADING = re.compile(r"[*! ]*(?P<degree>TUYỆT MẬT|TỐI MẬT|MẬT)[*! ]*[-–—:.|]")
_TRAILING = re.compile(r"(?: [-–—|]|[.;:|]) ?(?P<degree>TUYỆT MẬT|TỐI MẬT|MẬT)[.!* ]*$")

_BRACKETED_IN_NAME = re.compile(
    r"[\[(【{]\s*(?P<degree>tuyệt\s*mật|tối\s*mật|mật|tuyet\s*mat|toi\s*mat|mat)\s*[\])】}]", re.IGNORECASE)
# mật as half of another word (bí mật, mật khẩu), and words a broken line ends with.
_COMPOUNDS = frozenset(["bí", "bảo", "cơ", "thân", "bi", "bao", "khẩu", "độ", "ong", "mã", "thư", "vụ", "thám"])
_LEADING_WORDS = frozenset(["bí", "bảo", "cơ", "độ", "tối", "tuyệt", "mật,", "hoặc", "và", "là"])

_COLUMN_NAMES = frozenset({
    "do mat", "muc do mat", "cap do mat", "do mat van ban", "muc mat", "dau do mat", "secrecy", "do mat (neu co)",
    "securitylevel", "security level",
})
_NOT_SECRET = frozenset({
    "", "0", "-", "--", "khong", "khong mat", "khong co", "thuong", "binh thuong", "cong khai", "none", "no", "normal",
    "null", "n/a", "false", "van ban thuong", "do thuong", "khong do mat",
})
_DEGREE_SIGNS: dict[str, Degree] = {
    "mat": "mat", "c": "mat", "1": "mat", "do mat": "mat",
    "toi mat": "toi_mat", "b": "toi_mat", "2": "toi_mat",
    "tuyet mat": "tuyet_mat", "a": "tuyet_mat", "3": "tuyet_mat",
}


@dataclass(frozen=True, slots=True)
class SecrecyMark:
    """Which rule found a mark, and of which degree; nothing of the text that bears it."""

    rule: Rule
    degree: Degree | None = None


def find_secrecy_mark(text: str, *, whole_text: bool) -> SecrecyMark | None:
    """Return the first mark that stands as a mark, None for ordinary words.

    A line or a table cell that consists of MẬT, TỐI MẬT or TUYỆT MẬT (any case, letters spaced or not,
    with brackets or rules around it), "Độ mật: Mật", or the stamp words of secret papers.

    ``whole_text`` says that ``text`` is a document's text: its lines are looked at one by one, and a
    degree that is only the piece of a broken sentence is no mark. Otherwise ``text`` is one field (a
    subject, a cell), where a mark set off in brackets or by a dash counts as well.
    """
    tidy = unicodedata.normalize("NFKC", clean(text))
    if not _WORTH_A_LOOK.search(tidy):
        return None
    lines = tidy.splitlines()
    for index, line in enumerate(lines):
        if not _WORTH_A_LOOK.search(line):
            continue
        for cell in (line, *_CELLS.split(line)):
            mark = _mark_of_cell(cell)
            if mark and not (whole_text and _is_broken_sentence(lines, index, cell)):
                return mark
        mark = _mark_after_label(line) or (None if whole_text else _mark_set_off(line.strip()))
        if mark:
            return mark
    return None


def find_secrecy_mark_in_file_name(name: str) -> SecrecyMark | None:
    """Return the mark that a file's name bears: "[MẬT] KH 12.pdf", "TOI MAT_bao cao.docx", "KH12_MẬT.pdf"."""
    stem = re.split(r"[\\/]", clean(name[-_EDGE:]))[-1]
    stem = re.sub(r"(?:\.[A-Za-z0-9]{1,5}){1,2}$", "", stem)
    bracketed = _BRACKETED_IN_NAME.search(stem)
    if bracketed:
        return SecrecyMark("file_name", _degree_of(bracketed["degree"]))
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    if fold("".join(words)) == "mat" and stem.isupper():
        return SecrecyMark("file_name", "mat")
    for count in (2, 1):
        for edge, neighbour in ((words[:count], words[count:count + 1]), (words[-count:], words[-count - 1:-count])):
            degree = _DEGREES.get("".join(edge).casefold())
            if not degree and "".join(edge).isupper():
                degree = _BARE_DEGREES.get(fold("".join(edge)))
            if degree and not (degree == "mat" and neighbour and neighbour[0].casefold() in _COMPOUNDS):
                return SecrecyMark("file_name", degree)
    return None


def find_secrecy_mark_in_column(header: str, value: str) -> SecrecyMark | None:
    """Return the mark in a cell of a "độ mật" column, whatever else it says than "not secret"."""
    if fold_line(header[:100]).strip(" :.*") not in _COLUMN_NAMES:
        return None
    said = fold_line(value[:200]).strip(" .:*")
    if said in _NOT_SECRET:
        return None
    return SecrecyMark("column", _DEGREE_SIGNS.get(said))


def _letters(cell: str) -> str:
    return "".join(sign for sign in cell if sign.isalpha())


def _mark_of_cell(cell: str) -> SecrecyMark | None:
    """Return the mark that the whole of ``cell`` is, whatever signs stand between its letters."""
    cell = cell.strip()
    if not 3 <= len(cell) <= _LONGEST_MARK:
        return None
    letters = _letters(cell)
    said = letters.casefold()
    if said in _STAMPS:
        return SecrecyMark("stamp")
    if any(sign.isdigit() for sign in cell):
        return None
    degree = _DEGREES.get(said) or (_BARE_DEGREES.get(fold(letters)) if letters.isupper() else None)
    return SecrecyMark("line", degree) if degree else None


def _mark_after_label(line: str) -> SecrecyMark | None:
    """Return the mark of "Độ mật: Mật"; a form that lists all degrees bears none."""
    line = " ".join(line.split())
    label = _LABEL.search(line)
    if not label or _MENTION.search(line[label.end():label.end() + _LONGEST_MARK]):
        return None
    return SecrecyMark("label", _degree_of(label["degree"]))


def _mark_set_off(line: str) -> SecrecyMark | None:
    start, end = line[:_EDGE], " ".join(line[-_EDGE:].split())
    found = _BRACKETED.search(start) or _LEADING.match(start) or _BRACKETED.search(end)
    if not found and not line.isupper():
        found = _TRAILING.search(end)
    return SecrecyMark("set_off", _degree_of(found["degree"])) if found else None


def _is_broken_sentence(lines: list[str], index: int, cell: str) -> bool:
    """Whether the file broke a sentence so that a degree stands alone: "nhà nước độ / “Tuyệt mật”."."""
    cell = cell.strip()
    if _letters(cell).isupper():
        return False
    before = next((line for line in reversed(lines[max(0, index - 3):index]) if line.strip()), "").split()
    after = next((line for line in lines[index + 1:index + 4] if line.strip()), "").lstrip()
    said_before = before[-1].casefold() if before else ""
    return said_before in _LEADING_WORDS or after[:1].islower() or cell[-1:] in ".,;"


def _degree_of(words: str) -> Degree:
    said = fold_line(words)
    return "tuyet_mat" if said.startswith("tuyet") else "toi_mat" if said.startswith("toi") else "mat"
