"""Number and symbol of a document (số, ký hiệu văn bản): read, print, compare; and pieces of one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from registry.domain.errors import BadDocumentNumber
from registry.domain.kinds import DocumentKind, find_kind, kinds_of_abbreviation, kinds_of_symbol
from registry.domain.symbols import SYMBOL_LETTERS, is_known, official_kind, official_organ
from search_index.text import clean, fold, one_line, plain_signs

LONGEST_TEXT = 300  # a joint circular of ten ministries with its kind's name in front stays below 150
FIRST_YEAR, LAST_YEAR = 1945, 2100
_FEWEST_DIGITS = 2  # Nghị định 30/2020/NĐ-CP, Phụ lục I: 01 to 09
_LONGEST_ORDINAL = 7  # digits; a phone number has more
_MOST_GROUPS = 14
_LONGEST_GROUP = 30

_SEPARATORS = "/-."
_QUOTES = "\"'`´“”‘’«»"
# Words that follow a number in a sentence typed in capitals: QUYẾT ĐỊNH 21/QĐ-TTG NGAY 06/01/2021.
_NOT_SYMBOLS = frozenset({"ngay", "cua", "ve", "nam", "do", "vv", "so"})

_STANDARD_HEAD = re.compile(r"\b(?:TCVN|QCVN|QCĐP|QCDP|TCCS|TCXDVN|QCXDVN|TCXD)\b", re.IGNORECASE)
_STANDARD = re.compile(r"""
    (?P<head>[A-ZĐ]{4,6}(?:\ [A-Z]{2,6}(?:/[A-Z]{2,6}){0,3})?)\ ?   # TCVN, TCVN ISO/IEC
    (?P<ordinal>[0-9]{1,7})(?P<suffix>(?:[-.][0-9]{1,4}){0,3})      # 5699-2-75
    (?:\ ?:\ ?(?P<year>[0-9]{4}))?(?:/(?P<organ>[A-ZĐ&]{2,12}))?    # :2016/BTTTT
    """, re.VERBOSE)
_DATE = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_ORDINAL = re.compile(r"([0-9]+)((?:\.[0-9]{1,3})*)((?:bis|ter|[a-zđ][0-9]?)(?![^\W_]))?", re.IGNORECASE)
_DOTTED = re.compile(r"([0-9]+)\.((?:19|20)[0-9]{2})(?=\.[A-ZĐ])", re.IGNORECASE)  # 26.2013.TT.NHNN
_DIGITS = re.compile("[0-9]+")
_YEAR_PART = re.compile(r"[0-9]+(?=[/ -])")
_EMPTY_PART = re.compile(r"[/-](?=[/-])")
_WORD = re.compile(r"[^ /.-]*")
_NO_VOWEL = re.compile(r"[bcdđghklmnpqrstvx]+", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?:^|(?<=\s))(?:so(?: va)?(?: ky hieu)?|so hieu|no)\s*[:.]?$")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Số, ký hiệu văn bản: ``15/QĐ-UBND``, ``30/2020/NĐ-CP``, ``125/UBND-VP``, ``12-NQ/TW``."""

    ordinal: int
    symbol: str
    """As printed, without spaces: the official list mixes cases (QyĐ, TTr, TTg). Old forms keep their
    slash (QĐ/TTg). Of a standard: its series and issuer (``QCVN/BTTTT``, ``TCVN ISO``)."""
    year: int | None = None
    suffix: str = ""
    """What makes a sub-number (số chèn): "a" of 325a, ".22" of 66.22, "-1" of QCVN 01-1."""
    separator: str = "/"
    """Between ordinal and symbol: "-" in the Party's numbers and some before 1997."""
    digits: int = field(default=_FEWEST_DIGITS, compare=False)
    """How many the ordinal is printed with: some offices number their documents 001, 002, … It is no other number."""

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """Read one number, with "Số:" or the kind's name in front or not, however it is typed.

        Raises:
            BadDocumentNumber: it is no number; ``reason`` and ``position`` say what is wrong where.
        """
        return _Reader(text).read()

    def __str__(self) -> str:
        """Return the printed form, with the leading zeros that the decree or the office puts."""
        if self.is_standard:
            return self._standard()
        year = f"/{self.year}/" if self.year is not None else self.separator
        return f"{self.ordinal:0{self.digits}d}{self.suffix}{year}{self.symbol}"

    def _standard(self) -> str:
        head, organ = self.symbol, ""
        if " " not in head and "/" in head:
            head, _, organ = head.partition("/")
        ordinal = f"{self.ordinal:02d}" if head.startswith("QC") else str(self.ordinal)
        year = f":{self.year}" if self.year is not None else ""
        return f"{head} {ordinal}{self.suffix}{year}{'/' + organ if organ else ''}"

    @property
    def is_standard(self) -> bool:
        """Whether it is a standard or technical regulation: TCVN 6909:2001, QCVN 102:2016/BTTTT."""
        return _STANDARD_HEAD.match(self.symbol) is not None

    @property
    def groups(self) -> tuple[str, ...]:
        """The parts of the symbol: QĐ, VP, UBND of ``QĐ-VP.UBND``."""
        return tuple(re.split(r"[-/. ]", self.symbol))

    @property
    def kind_group(self) -> str:
        """The abbreviation of the kind (QĐ); empty for a letter (công văn) or a law, which have none."""
        first = self.groups[0]
        return first if self.is_standard or kinds_of_abbreviation(first) else ""

    @property
    def organ_groups(self) -> tuple[str, ...]:
        """The parts after the kind: issuer, drafting unit, field."""
        return self.groups[1:] if self.kind_group else self.groups

    @property
    def symbol_key(self) -> str:
        """What spellings of one symbol share.

        Only the kind keeps its đ: HD is guidance, HĐ a contract; DA a project, ĐA a proposal. An issuer
        is the same however typed (HDND, HĐND), and so is the sign between two parts (QĐ/TTg, QĐ-TTg).
        """
        kind = official_kind(self.kind_group).casefold()
        return "-".join([*([kind] if kind else []), *(fold(group) for group in self.organ_groups)])

    @property
    def key(self) -> str:
        """What two spellings of one number share. Not unique: 15/QĐ-UBND comes back every year."""
        year = f"/{self.year}" if self.year is not None else ""
        return f"{self.ordinal}{self.suffix.casefold()}{year}/{self.symbol_key}"

    @property
    def kinds(self) -> tuple[DocumentKind, ...]:
        """The kinds that the symbol may stand for."""
        if self.is_standard:
            kind = find_kind(self.symbol[:4])
            return (kind,) if kind else ()
        return kinds_of_symbol(self.symbol)


class _Reader:
    """Reads one number; knows for each sign of the tidied text where it stood in the text given."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain, self.places = _tidy(text)

    def fail(self, reason: str, at: int) -> BadDocumentNumber:
        position = self.places[at] if at < len(self.places) else len(self.text)
        return BadDocumentNumber(self.text, reason, position)

    def read(self) -> DocumentNumber:
        if not self.plain:
            raise BadDocumentNumber(self.text, "empty", 0)
        if _DATE.fullmatch(self.plain):
            raise self.fail("is_date", 0)
        head = _STANDARD_HEAD.search(self.plain)
        if head and self._is_introduction(self.plain[:head.start()]):
            return self._read_standard(head.start())
        start = next((i for i, sign in enumerate(self.plain) if sign in "0123456789"), None)
        if start is None or not self._is_introduction(self.plain[:start]):
            raise self.fail("no_ordinal", 0)
        return self._read_number(start)

    @staticmethod
    def _is_introduction(words: str) -> bool:
        """Whether ``words`` may stand before a number: nothing, "Số:", a kind, both."""
        folded = "".join(fold(sign) if len(fold(sign)) == 1 else sign for sign in words)
        found = _NUMBER_WORD.search(folded.rstrip(" " + _QUOTES))
        named = (words[:found.start()] if found else words).strip(" :.," + _QUOTES)
        if not named or find_kind(named) is not None:
            return True
        return found is not None and any(  # Nghị định của Chính phủ số …
            find_kind(" ".join(named.split(" ")[:count])) for count in range(1, 7))

    def _read_standard(self, start: int) -> DocumentNumber:
        found = _STANDARD.fullmatch(self.plain[start:].upper().replace("QCDP", "QCĐP"))
        if not found:
            raise self.fail("bad_standard", start)
        ordinal, year = int(found["ordinal"]), found["year"]
        if not ordinal:
            raise self.fail("zero_ordinal", start + found.start("ordinal"))
        if year and not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise self.fail("bad_year", start + found.start("year"))
        symbol = f"{found['head']}/{found['organ']}" if found["organ"] else found["head"]
        return DocumentNumber(ordinal, symbol, int(year) if year else None, found["suffix"])

    def _read_number(self, start: int) -> DocumentNumber:
        plain = self.plain
        found = _DOTTED.match(plain, start) or _ORDINAL.match(plain, start)
        digits = found[1].lstrip("0") if found else ""
        if not found or not digits:
            raise self.fail("zero_ordinal", start)
        if len(digits) > _LONGEST_ORDINAL:
            raise self.fail("ordinal_too_long", start)
        dotted = found.re is _DOTTED
        year = int(found[2]) if dotted else None
        suffix = "" if dotted else found[2] + (found[3] or "").lower()
        at = found.end()
        if not any(sign.isalpha() for sign in plain[at:]):
            doubled = _EMPTY_PART.search(plain, at)
            raise self.fail("empty_part", doubled.end()) if doubled else self.fail("no_symbol", len(plain))
        separator = plain[at] if plain[at] in "/-" else "/"
        if plain[at] not in "/- " and not dotted:
            raise self.fail("no_separator" if plain[at].isalnum() else "bad_character", at)
        if plain[at] == " " and not _DIGITS.match(plain, at + 1):
            self._check_symbol_after(at + 1)
        at += 1
        part = _YEAR_PART.match(plain, at)
        if part and not dotted:
            year, separator = int(part[0]), "/"
            if len(part[0]) != 4:
                raise self.fail("bad_year", at)
            at = part.end() + 1
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise self.fail("bad_year", part.start() if part else found.start(2))
        symbol = self._read_symbol(at)
        if separator == "-" and "/" not in symbol and "-" in symbol and official_kind(symbol.split("-")[0]):
            separator = "/"  # a file name: 21-QĐ-TTg
        printed = min(max(len(found[1]), _FEWEST_DIGITS), _LONGEST_ORDINAL)
        return DocumentNumber(int(digits), symbol, year, suffix, separator, printed)

    def _read_symbol(self, start: int) -> str:
        """Return the symbol that fills the text from ``start``, in official letters, without spaces."""
        plain, symbol, group, spaced_at = self.plain, "", "", None
        groups = 0
        for at in range(start, len(plain) + 1):
            sign = plain[at] if at < len(plain) else ""
            if sign == " ":
                spaced_at = at + 1
                self._check_word_after(at + 1)
                if groups == 0 and official_kind(group):
                    sign = "-"  # "QĐ TTg"
                else:
                    continue
            if sign and sign not in _SEPARATORS:
                if sign.upper() not in SYMBOL_LETTERS:
                    raise self.fail("bad_character" if spaced_at is None else "words_after",
                                    at if spaced_at is None else spaced_at)
                group += sign
                if len(group) > _LONGEST_GROUP:
                    raise self.fail("too_long", at)
                continue
            if not group:
                raise self.fail("empty_part" if sign else "unfinished", min(at, len(plain) - 1))
            groups += 1
            if groups > _MOST_GROUPS:
                raise self.fail("too_many_parts", at)
            if groups == 1 and not any(letter.isalpha() for letter in group):
                raise self.fail("no_symbol", at - len(group))
            official = official_kind(group) if groups == 1 else ""
            symbol += (official or official_organ(group)) + sign
            group = ""
        return symbol

    def _check_word_after(self, at: int) -> None:
        """A space inside a symbol is a slip (BCĐ VĐ HMTN) unless a sentence goes on behind it."""
        word = self._word_at(at)
        looks_right = (word == word.upper() or word.startswith("(") or is_known(word)
                       or _NO_VOWEL.fullmatch(word) is not None)
        if fold(word) in _NOT_SYMBOLS or not looks_right:
            raise self.fail("words_after", at)

    def _check_symbol_after(self, at: int) -> None:
        """Between ordinal and symbol a space may stand for "/" (1830 QĐ-UBND), but not in "5 năm"."""
        if not is_known(self._word_at(at)):
            raise self.fail("no_separator", at - 1)

    def _word_at(self, at: int) -> str:
        found = _WORD.match(self.plain, at)
        return found[0] if found else ""


def _tidy(text: str) -> tuple[str, list[int]]:
    """Return ``text`` in one spelling, with the place in ``text`` that each sign comes from.

    NFC, true Đ, plain dashes and slashes, no invisible signs, no space around a separator, no quotes
    around the whole, no dots at the end.

    Raises:
        BadDocumentNumber: it is too long or holds a control character.
    """
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    if last - first > LONGEST_TEXT:
        raise BadDocumentNumber(text, "too_long", first + LONGEST_TEXT)
    signs: list[tuple[str, int]] = []
    at = first
    while at < last:
        end = at + 1
        while end < last and unicodedata.combining(text[end]):
            end += 1
        category = unicodedata.category(text[at])
        if category in ("Cc", "Cs", "Co", "Cn") and not text[at].isspace():
            raise BadDocumentNumber(text, "bad_character", at)
        cluster = " " if text[at].isspace() else plain_signs(clean(text[at:end]))
        for sign in cluster.replace("_", "-").replace("\\", "/"):
            if sign in "/-" and signs and signs[-1][0] == " ":
                signs.pop()
            if not (sign == " " and (not signs or signs[-1][0] in " /-")):
                signs.append((sign, at))
        at = end
    while signs and (signs[-1][0] in ".,;:…" or signs[-1][0] in _QUOTES or signs[-1][0] == " "):
        signs.pop()
    while signs and (signs[0][0] in _QUOTES or signs[0][0] == " "):
        signs.pop(0)
    return "".join(sign for sign, _ in signs), [place for _, place in signs]


@dataclass(frozen=True, slots=True)
class NumberFragment:
    """What a person typed of a number: any of its parts may be missing."""

    ordinal: int | None = None
    suffix: str = ""
    year: int | None = None
    symbol: tuple[str, ...] = ()
    """Parts of the symbol in the order typed, folded: ("qd", "ttg"); a named kind gives its abbreviation."""
    kind: DocumentKind | None = None
    """The kind, where its full name was typed."""


_PIECES = re.compile(r"[0-9]+(?:\.[0-9]{1,3})?(?:bis|ter|[a-zđ](?![^\W_]))?|[^\W\d_][\w&+]*|[^\s\w]", re.IGNORECASE)
_ORDINAL_PIECE = re.compile(r"([0-9]+)(.*)")
_YEAR_WORD = re.compile(r"\bn[aă]m\b\s*(?=(?:19|20)[0-9]{2}\b)", re.IGNORECASE)


def parse_fragment(text: str) -> NumberFragment | None:
    """Read a piece of a number as typed in the look-up box; None for ordinary words, dates, phone numbers.

    "325", "kh-ubnd 325", "21/qd-ttg", "qđ ttg 21", "47/2019", "/QĐ-UBND", "Thông báo số 165".
    """
    if len(text) > LONGEST_TEXT:
        return None
    try:
        number = DocumentNumber.parse(text)
    except BadDocumentNumber as error:
        if error.reason == "is_date":
            return None
    else:
        return NumberFragment(number.ordinal, number.suffix, number.year,
                              tuple(fold(group) for group in number.groups))
    typed = one_line(plain_signs(text)).strip(" .,;:" + _QUOTES)
    line, kind = _named_kind(_YEAR_WORD.sub("", typed))
    pieces = _PIECES.findall(line)
    if any(not piece[0].isalnum() and piece not in "/-.&:" for piece in pieces):
        return None
    numbers = [piece for piece in pieces if piece[0].isdigit()]
    words = [piece for piece in pieces if piece[0].isalpha()]
    joined = "/" in line or bool(re.search(r"[^\W\d_]-[^\W\d_]", line))
    if not _are_symbols(words, joined) or len(numbers) > 2:
        return None
    year_named = _YEAR_WORD.search(typed) is not None
    read = (None, "", int(numbers[0])) if year_named and len(numbers) == 1 else _ordinal_and_year(numbers)
    if read is None or (read[0] is None and not (joined or len(words) > 1)):
        return None  # a year or an abbreviation alone is a word like any other
    if words and not kind and not (joined or is_known(words[0])):
        return None
    symbol = tuple(fold(word) for word in words)
    if kind and kind.abbreviation and not symbol:
        symbol = (fold(kind.abbreviation),)
    return NumberFragment(*read, symbol, kind)


def _named_kind(line: str) -> tuple[str, DocumentKind | None]:
    """Take a kind's full name and the word "số" from the front of ``line``."""
    words = line.split(" ")
    for count in range(min(8, len(words)), 0, -1):
        kind = find_kind(" ".join(words[:count]))
        if kind and (count > 1 or fold(words[0]) == fold(kind.name)):
            line = " ".join(words[count:])
            break
    else:
        kind = None
    return re.sub(r"^(?:s[oố]|no)\b[\s:.]*", "", line, flags=re.IGNORECASE), kind


def _are_symbols(words: list[str], joined: bool) -> bool:
    """Whether the words can all be parts of a symbol rather than of a sentence."""
    for word in words:
        letters = word.upper()
        if len(word) > _LONGEST_GROUP or any(letter not in SYMBOL_LETTERS for letter in letters):
            return False
        if not is_known(word) and not (joined or word == letters):
            return False
    return not words or len(words) <= _MOST_GROUPS


def _ordinal_and_year(numbers: list[str]) -> tuple[int | None, str, int | None] | None:
    """Tell ordinal and year among the digits typed; None where they fit no number."""
    if not numbers:
        return None, "", None
    found = _ORDINAL_PIECE.match(numbers[0])
    if not found or not 0 < int(found[1][:20]) < 10 ** _LONGEST_ORDINAL:
        return None
    year = None
    if len(numbers) == 2:
        if not numbers[1].isdecimal() or not FIRST_YEAR <= int(numbers[1][:20]) <= LAST_YEAR:
            return None
        year = int(numbers[1])
    return int(found[1]), found[2].lower(), year
