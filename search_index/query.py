"""What a person typed → :class:`Query`. Pure; never raises; whatever is typed stays bounded.

``kế hoạch "chuyển đổi số" -dự thảo quyết OR nghị (a b) OR (c d) loai:KH so:325 cqbh:"UBND tỉnh" nam:2021 tu:01/2021``
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from search_index import analysis
from search_index import text as vn

MOST_CHARACTERS = 1_000
MOST_WORDS = 60
MOST_ALTERNATIVES = 8
MOST_FIELDS = 12

#: How a field may be named, without tone marks → what it means.
FIELD_NAMES = {
    "loai": "kind", "kind": "kind", "type": "kind", "tenloai": "kind",
    "so": "number", "sokyhieu": "number", "number": "number",
    "cqbh": "issuer", "coquan": "issuer", "issuer": "issuer",
    "nam": "year", "year": "year",
    "tu": "since", "tungay": "since", "since": "since", "from": "since",
    "den": "until", "denngay": "until", "until": "until", "to": "until",
    "ky": "signer", "nguoiky": "signer", "signer": "signer",
    "linhvuc": "field", "field": "field",
    "chieu": "direction", "direction": "direction",
    "tinhtrang": "status", "trangthai": "status", "hieuluc": "status", "status": "status",
}  # fmt: skip

# Words of a question that say nothing about what is looked for; dropped only from questions.
_QUESTION = re.compile(
    r"""\?|\b(?:như\ thế\ nào|thế\ nào|ra\ sao|là\ gì|những\ gì|cái\ gì|điều\ gì|gồm\ gì|bao\ nhiêu|bao\ lâu|khi\ nào|ở\ đâu
    |đúng\ hay\ sai|đúng\ không|phải\ không|hay\ không|được\ không|có\ phải|tại\ sao|vì\ sao|theo\ văn\ bản\ nào
    |(?:cơ\ quan|văn\ bản|trường\ hợp|điều\ kiện|ai|giá|nội\ dung|hành\ vi|quyền|đối\ tượng|người)\ nào|nào\ (?:sau|dưới)\ đây)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FILLER = re.compile(
    r"""\b(?:như\ thế\ nào|thế\ nào|ra\ sao|là\ gì|là\ bao\ nhiêu|những\ gì|gồm\ những\ gì|bao\ nhiêu|bao\ lâu|khi\ nào|ở\ đâu
    |là\ đúng\ hay\ sai|đúng\ hay\ sai|đúng\ không|phải\ không|hay\ không|được\ không|có\ phải|tại\ sao|vì\ sao|sau\ đây|dưới\ đây
    |cho\ biết|cho\ hỏi|theo\ quy\ định\ của\ pháp\ luật|theo\ quy\ định|theo\ văn\ bản\ nào)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_STOP = frozenset(
    analysis.words("của và các những là có được cho ở theo với tại về trong khi thì mà này đó nào gì ai hay hoặc không bị do bởi đến từ ra như phải cần muốn đâu nếu sẽ xin")
)

_OR = frozenset({"OR", "|", "||", "HOẶC"})
_ITEM = re.compile(
    r"""
      (?P<minus>-)?(?P<field>[^\W\d_]{2,12}):(?:"(?P<fquoted>[^"]*)"|(?P<fword>[^\s"()]+))
    | (?P<qminus>-)?"(?P<quoted>[^"]*)(?:"|$)
    | (?P<word>[^\s"()]+)
    | (?P<bracket>[()])
    """,
    re.VERBOSE,
)
# A number alone, or after the name of its kind: "Quyết định số 10/2016/QĐ-TTg", "325", "47/2019", "1244 / QĐ-UBND".
_ONLY_NUMBER = re.compile(
    r"""^\s*(?:(?P<kind>[^\W\d]{2,8}(?:\s+[^\W\d]{1,8}){0,3})\s+)??(?:(?:số|so|sô|no)\s*[:.]?\s*)?
    (?P<number>\d{1,6}[a-zA-ZđĐ]?(?:\.\d{1,4})?
      (?:\s*[/\-]\s*[^\W_]{1,15}(?:\s*[-/&.]\s*[^\W_]{1,15}){0,6})?\s*/?\s*-?)\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_ZEROS = re.compile(r"(?<![\w/])0\d+")
_MONTH = re.compile(r"\b(?:tháng|thang)\s+(\d{1,2})\s*(?:/|-|\s+(?:năm|nam)\s+)\s*((?:19|20)\d\d)\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:ngày|ngay)\s+(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:năm|nam)\s+(?=(?:19|20)\d\d\b)", re.IGNORECASE)
_DATE = re.compile(r"^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing looked for: a word, a phrase (side by side), a group (all, anywhere) or a number word."""

    words: tuple[str, ...]
    phrase: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query; a document has it when it has any of its terms."""

    terms: tuple[Term, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FieldClause:
    """``loai:KH``: ``name`` is a value of :data:`FIELD_NAMES`, ``value`` as typed."""

    name: str
    value: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query read.

    ``number`` is the loose key when the whole query looks like a number, ``zeros`` its first digits where a
    zero leads them ("07"), which the key leaves out. ``plain`` says that nothing
    carries a tone mark. ``question`` says that it reads like a question, ``loose`` that it is one or is
    long: then the best documents need not have every word. ``date_words`` are dates meant for the document itself
    ("tháng 11/2025"). ``weak`` are the words of a question that need not be found. ``notes`` are codes for the person: ``too_long``, ``too_many_words``, ``brackets``,
    ``wildcards``, ``unknown_field``, ``bad_date``.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    fields: tuple[FieldClause, ...] = ()
    number: str = ""
    zeros: str = ""
    plain: bool = False
    question: bool = False
    loose: bool = False
    date_words: tuple[str, ...] = ()
    weak: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """The clauses a document should have."""
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def words(self) -> tuple[str, ...]:
        """All words looked for, in order."""
        return tuple(word for clause in self.wanted for term in clause.terms for word in term.words)

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The phrases that a document must contain, word by word."""
        return tuple(
            clause.terms[0].words for clause in self.wanted if len(clause.terms) == 1 and clause.terms[0].phrase
        )

def parse(typed: str) -> Query:
    """Return what ``typed`` asks for. Any string is read; nothing is an error."""
    notes: list[str] = []
    line = vn.one_line(vn.plain_signs(typed[: MOST_CHARACTERS * 4])).replace("“", '"').replace("”", '"')
    if len(line) > MOST_CHARACTERS:
        line = line[:MOST_CHARACTERS].rsplit(" ", 1)[0]
        notes.append("too_long")
    if "*" in line:
        notes.append("wildcards")
        line = line.replace("*", " ")
    number = _only_number(line)
    dates: list[str] = []
    if not number:
        line = _take_dates(line, dates)
        line = _YEAR.sub(" ", line) if '"' not in line else line
    question = bool(_QUESTION.search(line)) and '"' not in line
    if question:
        line = _FILLER.sub(" ", line)
    clauses, fields = _read_items(line, notes)
    if len(clauses) > MOST_WORDS:
        clauses = clauses[:MOST_WORDS]
        notes.append("too_many_words")
    return Query(
        text=typed[:MOST_CHARACTERS],
        clauses=tuple(clauses),
        fields=tuple(fields[:MOST_FIELDS]),
        number=number,
        zeros=found[0] if number and (found := _ZEROS.search(line)) else "",
        plain=not analysis.has_marks(line),
        question=question,
        loose=question or len(clauses) > 9,
        date_words=tuple(dates),
        weak=_STOP if question else frozenset(),
        notes=tuple(analysis.distinct(notes)),
    )


def date_range(value: str) -> tuple[date, date] | None:
    """Return the first and last day that ``2021``, ``01/2021`` or ``15/01/2021`` means, or None."""
    found = _DATE.match(value.strip())
    if not found:
        return None
    day, month, year = found[1], found[2], int(found[3])
    try:
        if day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            first = date(year, int(month), 1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def _only_number(line: str) -> str:
    found = _ONLY_NUMBER.match(line)
    if not found:
        return ""
    kind = vn.fold(found["kind"] or "")
    if kind and (kind.split()[-1] in {"nam", "thang", "ngay", "quy", "dieu", "khoan"} or "/" not in found["number"]):
        return ""
    if not kind and vn.fold(line).split()[0] in {"nam", "thang", "ngay"}:
        return ""
    return analysis.number_key(found["number"].strip().rstrip("/-"))


def _take_dates(line: str, dates: list[str]) -> str:
    def take(found: re.Match[str]) -> str:
        dates.append("/".join(str(int(part)) for part in found.groups()))
        return " "

    return _MONTH.sub(take, _DAY.sub(take, line))


def _read_items(line: str, notes: list[str]) -> tuple[list[Clause], list[FieldClause]]:
    reading = _Reading(notes)
    items = list(_ITEM.finditer(line))
    ends = _bracket_ends(items)
    at = 0
    while at < len(items) and len(reading.clauses) <= MOST_WORDS:
        end = ends.get(at, at)
        if end > at:
            or_follows = end + 1 < len(items) and items[end + 1]["word"] in _OR
            reading.bracket(items[at + 1 : end], or_follows)
        else:
            reading.item(items[at])
        at = end + 1
    return reading.clauses, reading.fields


def _bracket_ends(items: Sequence[re.Match[str]]) -> dict[int, int]:
    """Return where each bracket that opens closes, as far as it does."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for place, found in enumerate(items):
        if found[0] == "(":
            opened.append(place)
        elif found[0] == ")" and opened:
            ends[opened.pop()] = place
    return ends


class _Reading:
    """What the items read so far ask for."""

    def __init__(self, notes: list[str]) -> None:
        self.clauses: list[Clause] = []
        self.fields: list[FieldClause] = []
        self._notes = notes
        self._joining = False  # the last item was OR

    def item(self, found: re.Match[str]) -> None:
        if found["bracket"]:
            self._notes.append("brackets")
            return
        if found["field"] and (name := FIELD_NAMES.get(vn.fold(found["field"]))):
            self._field(name, found)
            return
        if found["field"]:
            self._notes.append("unknown_field")
        if found["word"] in _OR:
            self._joining = bool(self.clauses)
        elif found["word"] not in {"AND", "&&"}:
            self._add(_clauses_of(found))

    def bracket(self, items: Sequence[re.Match[str]], or_follows: bool) -> None:
        """Read what stands in brackets; beside an OR its words are one thing, else the brackets mean nothing.

        Brackets in brackets are not understood: said, and read as if they were not there.
        """
        inside = _Reading(self._notes)
        for found in items:
            inside.item(found)
        self.fields += inside.fields
        read = inside.clauses
        if len(read) > 1 and (self._joining or or_follows):
            words = [term.words[0] for clause in read for term in clause.terms if len(term.words) == 1]
            if len(words) == len(read) and not any(clause.excluded or len(clause.terms) > 1 for clause in read):
                read = [Clause((Term(tuple(words), group=True),))]
            else:
                self._notes.append("brackets")
        self._add(read)

    def _field(self, name: str, found: re.Match[str]) -> None:
        value = found["fquoted"] if found["fquoted"] is not None else found["fword"]
        if name in {"since", "until"} and date_range(value) is None:
            self._notes.append("bad_date")
        elif value.strip():
            self.fields.append(FieldClause(name, value.strip()[:100], bool(found["minus"])))

    def _add(self, read: list[Clause]) -> None:
        if self._joining and read and self.clauses and not self.clauses[-1].excluded:
            terms = self.clauses[-1].terms + read[0].terms
            self.clauses[-1] = Clause(terms[:MOST_ALTERNATIVES])
            read = read[1:]
        self.clauses += read
        self._joining = False


def _clauses_of(found: re.Match[str]) -> list[Clause]:
    if found["quoted"] is not None:
        words = tuple(analysis.words(found["quoted"]))[:MOST_WORDS]
        return [Clause((Term(words, phrase=len(words) > 1),), bool(found["qminus"]))] if words else []
    raw = found[0]
    excluded = raw.startswith("-") and len(raw) > 1
    numbers = analysis.number_words(raw)
    if numbers:
        return [Clause((Term((numbers[0],)),), excluded)]
    words = tuple(analysis.words(raw))
    if excluded:
        return [Clause((Term(words, phrase=len(words) > 1),), True)] if words else []
    return [Clause((Term((word,)),)) for word in words]
