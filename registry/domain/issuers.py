"""Issuing bodies (cơ quan ban hành): their names read, compared and found while typing.

A name key proposes; whether two rows of the register are one organisation also depends on time:
"Ủy ban nhân dân tỉnh Ninh Bình" before and after 01/7/2025 are two bodies of one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from typing import TypeVar

from registry.domain.issuer_symbols import CENTRAL_BODIES, DEPARTMENTS, OTHER_SPELLINGS
from registry.domain.phrases import longest_first
from registry.domain.places import CENTRAL_CITY_KEYS, PROVINCE_KEYS, one_place_spelling
from search_index.text import fold, one_line, one_tone_placement, plain_signs

Thing = TypeVar("Thing")

MAX_QUERY = 300
"""So many characters of what was typed are looked at; no name is longer."""

# Abbreviations of words and bodies, besides the symbols of ministries and departments.
ABBREVIATIONS: dict[str, str] = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "VPUBND": "Văn phòng Ủy ban nhân dân",
    "VPUB": "Văn phòng Ủy ban nhân dân",
    "CTUBND": "Chủ tịch Ủy ban nhân dân",
    "TTHĐND": "Thường trực Hội đồng nhân dân",
    "ĐĐBQH": "Đoàn đại biểu Quốc hội",
    "TU": "Tỉnh ủy",
    "VPTU": "Văn phòng Tỉnh ủy",
    "TƯ": "Trung ương",
    "TW": "Trung ương",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "BCĐ": "Ban Chỉ đạo",
    "BQL": "Ban Quản lý",
    "BCHQS": "Bộ Chỉ huy quân sự",
    "KCN": "khu công nghiệp",
    "KKT": "khu kinh tế",
    "MTTQ": "Mặt trận Tổ quốc",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "TAND": "Tòa án nhân dân",
    "VKSND": "Viện kiểm sát nhân dân",
    "THADS": "Thi hành án dân sự",
    "BHXH": "Bảo hiểm xã hội",
    "KBNN": "Kho bạc Nhà nước",
    "CAT": "Công an tỉnh",
    "VP": "Văn phòng",
    "TP": "thành phố",
    "TPHCM": "thành phố Hồ Chí Minh",
    "HCM": "Hồ Chí Minh",
    "VN": "Việt Nam",
}

# What stands behind "Bộ" or "Sở": "Bộ TT&TT", "sở gd-đt".
BRANCHES: dict[str, str] = {
    symbol[1:]: name.partition(" ")[2]
    for symbol, name in {**CENTRAL_BODIES, **DEPARTMENTS}.items()
    if name.startswith(("Bộ ", "Sở "))
} | {"GD": "Giáo dục và Đào tạo", "NN": "Nông nghiệp và Phát triển nông thôn"}

# "tu", "vp": in small letters these are syllables or too short to be sure of.
_CAPITALS_ONLY = frozenset({"TU", "TƯ", "CP", "QH", "CAT", "HĐBT"})
_FORMS = {
    **{symbol: name for symbol, name in CENTRAL_BODIES.items() if symbol not in {"TW", "BTS"}},
    **DEPARTMENTS,
    **{other: DEPARTMENTS[usual] for other, usual in OTHER_SPELLINGS.items() if usual in DEPARTMENTS},
    **{other: CENTRAL_BODIES[usual] for other, usual in OTHER_SPELLINGS.items() if usual in CENTRAL_BODIES},
    **ABBREVIATIONS,
}  # fmt: skip


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


_ANY_CASE = {_bare(form): name for form, name in _FORMS.items() if form not in _CAPITALS_ONLY}
_CAPITALS = {form: name for form, name in _FORMS.items() if form in _CAPITALS_ONLY}
_BRANCH = {_bare(form): name for form, name in BRANCHES.items()}

# A word may hold signs: "GD&ĐT", "VP.UBND", "LĐ-TB&XH", "VH,TT&DL"; a last dot belongs to "TP.".
_WORD = re.compile(r"[^\W_]+(?:[&.,\-][^\W_]+)*\.?")
_PART = re.compile(r"[^\W_]+\.?|[^\w]+")
# What only the next word makes clear.
_BEFORE = (
    (re.compile(r"\bTT\.?\s*(?=(?:HĐND|HDND|Hội đồng nhân dân)\b)", re.IGNORECASE), "Thường trực "),
    (re.compile(r"\bCT\.?\s*(?=(?:UBND|Ủy ban nhân dân)\b)", re.IGNORECASE), "Chủ tịch "),
)
_TOWN = {"tx.": "thị xã", "tt.": "thị trấn", "t.": "tỉnh"}


def expand_name(text: str) -> str:
    """Return a name with its abbreviations written out: ``UBND TP. Huế`` → ``Ủy ban nhân dân thành phố Huế``.

    Whole words only, in any case and without tone marks (``hdnd``, ``bo tttt``), except those that
    in small letters are ordinary syllables (``TU``). What is no abbreviation stays as it is written.
    """
    text = one_line(text)
    for pattern, words in _BEFORE:
        text = pattern.sub(words, text)
    pieces: list[str] = []
    end = 0
    before = ""
    for found in _WORD.finditer(text):
        if found.start() < end:
            continue
        pieces.append(text[end : found.start()])
        end = found.end()
        written = _expand_word(found[0], before)
        if written != found[0]:
            end += _said_again(written, text[end : end + len(written) + 8])
            if found[0].endswith(".") and text[end : end + 1].isalnum():
                written += " "
        pieces.append(written)
        before = fold(found[0])
    pieces.append(text[end:])
    return one_line("".join(pieces))


def _expand_word(word: str, before: str) -> str:
    """Return one word written out; ``before`` is the folded word in front of it."""
    if (town := _TOWN.get(word.lower())) and (word[0].isupper() or town != "tỉnh"):
        return town
    known = _lookup(word, before)
    if known is not None:
        return known
    if not re.search(r"[&.,\-]", word):
        return word
    written = ""
    for part in _PART.findall(word):
        known = _lookup(part, before) if part[0].isalnum() else None
        written += part if known is None else known + (" " if part.endswith(".") else "")
        before = fold(part) if part[0].isalnum() else before
    return written.rstrip(" ")


def _lookup(word: str, before: str) -> str | None:
    """Return what an abbreviation stands for, or None."""
    word = word.rstrip(".")
    bare = _bare(word)
    if before in ("bo", "so") and bare in _BRANCH:
        return _BRANCH[bare]
    if word in _CAPITALS:
        return _CAPITALS[word]
    if any(letter in "ưứừửữự" for letter in word.lower()):  # "TƯ" is not TU, nor "tư" anything
        return None
    return _ANY_CASE.get(bare)


def _said_again(written: str, rest: str) -> int:
    """Return how much of ``rest`` repeats the end of ``written``: ``NHNN Việt Nam`` says it once."""
    words = fold(written).split()
    following = _fold_each(rest)
    for count in range(len(words) - 1, 0, -1):
        repeated = r"\s+" + r"\s+".join(words[-count:]) + r"(?!\w)"
        if found := re.match(repeated, following):
            return found.end()
    return 0


def _fold_each(text: str) -> str:
    """Return ``text`` folded letter by letter, so that places in it stay."""
    return "".join((fold(letter) or " ")[0] for letter in text)


def _words(text: str) -> str:
    """Return words only: every sign a space, "và" and "&" left out, for they are written either way."""
    text = re.sub(r"[^\w]+|_", " ", plain_signs(text))
    return " ".join(word for word in text.split() if word.casefold() not in ("và", "va"))


def name_key(text: str) -> str:
    """Return the key two spellings of one organisation share.

    Case, tone marks and their placement, abbreviations, dashes, "Đắk/Đăk/Đắc", i for y, and the level of
    a province ("tỉnh Hà Nam", "T. Hà Nam", "Hà Nam") make no difference. A town stays apart from the
    province of its name (thành phố Bắc Ninh). The key proposes: in rare cases two communes share it.
    """
    return _one_level(one_place_spelling(_one_i(fold(_words(expand_name(text))))))


def _one_i(folded: str) -> str:
    return re.sub(r"\b([hklmst]|qu)y\b", r"\1i", folded)


def _one_level(folded: str) -> str:
    """Leave out the level in front of a province's name."""

    def short(found: re.Match[str]) -> str:
        name = found[2]
        known = CENTRAL_CITY_KEYS if found[1] == "thanh pho" else PROVINCE_KEYS
        return name if name in known else found[0]

    return _PLACE.sub(short, folded)


_PLACE = re.compile(
    rf"\b(tinh|thanh pho) ({longest_first(map(_one_i, PROVINCE_KEYS), ' ')})\b")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name made ready for matching: folded words, marked words, one string of each."""

    words: tuple[str, ...]
    marked: tuple[str, ...]
    spaced: str
    joined: str
    initials: str


@lru_cache(maxsize=1 << 15)
def _ready(text: str) -> _Name:
    marked = tuple(_words(one_tone_placement(expand_name(text))).casefold().split())
    words = tuple(fold(word) for word in marked)
    return _Name(words, marked, " " + " ".join(words), "".join(words),
                 "".join(word[0] for word in words if word))


@dataclass(frozen=True, slots=True)
class _Typed:
    """A query made ready: its folded words, the same with marks, and each with a space in front."""

    words: tuple[str, ...]
    marked: tuple[str, ...]
    begins: tuple[str, ...]


def _query_forms(query: str) -> list[_Typed]:
    """Return the query with abbreviations written out and, if it differs, as typed."""
    query = query[:MAX_QUERY]
    typed = re.sub(r"(?<=\w)[&.](?=\w)", "", one_tone_placement(one_line(query)))
    forms: list[_Typed] = []
    for form in (one_tone_placement(expand_name(query)), typed):
        marked = tuple(_words(form).casefold().split())
        words = tuple(fold(word) for word in marked)
        if words and all(words) and marked not in [known.marked for known in forms]:
            forms.append(_Typed(words, marked, tuple(f" {word}" for word in words)))
    return forms


def _best_score(forms: list[_Typed], name: _Name) -> float:
    """Return how well ``name`` fits the first form that fits at all: 0 is no match, a whole name about 2.

    Each word typed must begin a word of the name, or be initials of words in a row (``tttt``), or words
    run together (``hanam``). Whole words, the order of the name, its beginning and right tone marks count more.
    """
    for form in forms:
        if score := _form_score(form, name):
            return score
    return 0.0


def _form_score(typed: _Typed, name: _Name) -> float:
    for word, begin in zip(typed.words, typed.begins, strict=True):
        if begin not in name.spaced and word not in name.initials and word not in name.joined:
            return 0.0
    total = 0.0
    covered = 0
    at = 0
    for word, marked in zip(typed.words, typed.marked, strict=True):
        place = _find(word, marked, name, at)
        in_order = place is not None
        if place is None and at:
            place = _find(word, marked, name, 0)
        if place is None:
            return 0.0
        quality, start, length = place
        if not in_order:
            quality *= 0.6
        elif start == at:
            quality += 0.15
        total += quality
        covered += length
        at = start + length
    return total / len(typed.words) + min(1.0, covered / len(name.words)) * 0.85


def _find(word: str, marked: str, name: _Name, since: int) -> tuple[float, int, int] | None:
    """Return the best place of a typed word at or after ``since``: quality, first word, how many words."""
    best: tuple[float, int, int] | None = None
    words = name.words
    for index in range(since, len(words)):
        candidate = words[index]
        if not candidate.startswith(word):
            continue
        quality = 0.9 if candidate == word else 0.7
        if marked != word:
            quality += 0.1 if name.marked[index].startswith(marked) else -0.25
        if best is None or quality > best[0]:
            best = (quality, index, 1)
            if quality >= 0.9:
                return best
    if len(word) > 1 and (best is None or best[0] < 0.65):
        start = name.initials.find(word, since)
        if start >= 0:
            return 0.65, start, len(word)
    if best is None and len(word) > 3 and word in name.joined:
        return _find_run(word, words, since)
    return best


def _find_run(word: str, words: tuple[str, ...], since: int) -> tuple[float, int, int] | None:
    """Return where words written together begin: ``hanam``."""
    for index in range(since, len(words)):
        run = ""
        for length, piece in enumerate(words[index:], 1):
            run += piece
            if len(run) >= len(word):
                if run.startswith(word):
                    return 0.6, index, length
                break
            if not word.startswith(run):
                break
    return None


def rank(
    query: str, candidates: Iterable[Thing], names_of: Callable[[Thing], Iterable[str]], limit: int = 10
) -> list[Thing]:
    """Return the candidates that fit what was typed, best first, at most ``limit``.

    ``names_of`` gives the names of a candidate: official, short, other; the best of them counts. Among
    equals the shorter name comes first, then the order given.
    """
    forms = _query_forms(query)
    scored: list[tuple[float, int, int, Thing]] = []
    for place, candidate in enumerate(candidates):
        best, length = 0.0, 0
        for name in names_of(candidate):
            ready = _ready(name)
            score = _best_score(forms, ready)
            if score > best:
                best, length = score, len(ready.spaced)
        if best > 0:
            scored.append((-best, length, place, candidate))
    return [candidate for *_, candidate in nsmallest(limit, scored, key=lambda row: row[:3])]
