"""Analysis (phân tích từ): the words, word pairs and number parts of a text, as both engines index them.

Pure. A *word* (từ đơn, âm tiết) is a run of letters and digits: lower case, one tone placement,
one spelling of i/y after a single consonant. Its *folded* form has no tone marks. A *pair* (từ ghép)
is two neighbouring words. A *number word* is a whole notation such as ``325/kh-ubnd``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search_index import text as vn

#: Body pairs are kept as numbers below this bound: the vocabulary stays small, and the rare
#: collision is found out when the phrase is checked on the text itself.
PAIR_BUCKETS = 1 << 18
_MIX_LEFT, _MIX = 0x9E3779B1, 0x9E3779B97F4A7C15
_BUCKET_SHIFT = 64 - PAIR_BUCKETS.bit_length() + 1
#: The code that stands between two lines of a document (:func:`word_codes`): no phrase goes across it.
LINE_BREAK = 0
#: A longer run of letters is no word; it is cut so that one file cannot swell the vocabulary.
LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+")
# "67/2013/NĐ- CP", "1244 / QĐ-UBND", "165/TB-UBND", "66.22/QĐ": digits, a slash, then letters or digits.
_NUMBER = re.compile(
    r"""(?<![\w/])
    \d{1,6}[a-zA-Z]?(?:\.\d{1,4})?              # 325, 12a, 66.22
    (?:\s{0,2}/\s{0,2}(?:19|20)\d\d)?           # /2013
    \s{0,2}/\s{0,2}                             # /
    (?=[^\W\d_])[^\W_]{1,15}                    # NĐ
    (?:\s?[-/&.]\s?[^\W_]{1,15}){0,5}           # -CP, -BKHĐT-BTC, &ĐT
    """,
    re.VERBOSE,
)
_SIGN_SPACES = re.compile(r"\s*([-/&.])\s*")
# i and y read alike after one consonant: kỹ = kĩ, lý = lí, quy = qui (but quý, with its tone, is not qui).
_OPEN_Y = re.compile(r"^(qu|ngh|[ckgnpt]h|tr|gi|[bcdđghklmnprstvx])([yýỳỷỹỵ])$")
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_I_TO_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
_CACHE_LIMIT = 400_000


class _Words(dict[str, str]):
    """Surface form → word, filled as words are met, emptied before it grows without end."""

    def __missing__(self, surface: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        word = self[surface] = _word(surface)
        return word


class _Folds(dict[str, str]):
    """Word → folded word."""

    def __missing__(self, word: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        folded = self[word] = vn.fold(word)
        return folded


class _Hashes(dict[str, int]):
    """Word → a number that is the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        value = self[word] = crc32(word.encode())
        return value


def _word(surface: str) -> str:
    word = vn.one_tone_placement(surface.casefold())[:LONGEST_WORD]
    found = _OPEN_Y.match(word)
    return found[1] + found[2].translate(_Y_TO_I) if found else word


_words, _folds, _hashes = _Words(), _Folds(), _Hashes()


def words(text: str) -> list[str]:
    """Return the exact words of ``text`` in order: lower case, one spelling, tone marks kept."""
    return [_words[surface] for surface in _WORD.findall(vn.clean(text))]


def folded(word: str) -> str:
    """Return ``word`` without tone marks, đ as d."""
    return _folds[word]


def has_marks(text: str) -> bool:
    """Whether any Vietnamese letter with a mark is in ``text``."""
    return any(ord(char) > 127 and vn.fold(char) != char.casefold() for char in vn.clean(text))


def spellings(word: str) -> tuple[str, ...]:
    """Return the ways in which ``word`` is written: hòa and hoà, kĩ and kỹ. For finding it in a text."""
    forms = [word]
    found = re.match(r"^(qu|ngh|[ckgnpt]h|tr|[bcdđghklmnprstvx])([iíìỉĩị])$", word)
    if found:
        forms.append(found[1] + found[2].translate(_I_TO_Y))
    for form in tuple(forms):
        for new, old in vn.NEW_TONES.items():
            if form.endswith(old) and not form.startswith("q"):
                forms.append(form[: -len(old)] + new)
    return tuple(dict.fromkeys(forms))


@lru_cache(4096)
def number_key(number: str) -> str:
    """Return what spellings of one number share: ``"07 / QĐ- UBND"`` → ``"7/qd-ubnd"``.

    Loose: no tone marks, lower case, no spaces beside signs, no leading zeros in the first group.
    """
    line = vn.plain_signs(vn.one_line(vn.fold(vn.plain_signs(vn.clean(number)))))
    line = _SIGN_SPACES.sub(r"\1", line).strip(" .:;,\"'“”()")
    return re.sub(r"^0+(?=\d)", "", line)


def number_prefixes(number: str) -> list[str]:
    """Return the beginnings by which a number is looked for: 47/2019/tt-btc → 47, 47/2019, 47/2019/tt, …

    The last one is the whole key. Empty for an empty number.
    """
    key = number_key(number)
    ends = [found.start() for found in re.finditer(r"[-/&.]", key)]
    return list(dict.fromkeys(key[:end] for end in [*ends, len(key)] if end and key[:end]))


def number_parts(number: str) -> list[str]:
    """Return the pieces of a number: 47/2019/tt-btc → 47, 2019, tt, btc, and the symbol tt-btc."""
    key = number_key(number)
    parts = re.split(r"[-/&.]", key)
    symbol = key.rsplit("/", 1)[-1] if "/" in key else ""
    return list(dict.fromkeys(part for part in [*parts, symbol] if part))


def number_words(text: str) -> list[str]:
    """Return the keys of the notations written in ``text``, in order: the number words."""
    if "/" not in text and not vn.plain_signs(text).count("/"):
        return []
    return [number_key(found[0]) for found in _NUMBER.finditer(vn.plain_signs(text))]


def pairs(sequence: Sequence[str], *, folded: bool = False) -> list[str]:
    """Return the index terms of neighbouring words; ``folded`` ones are told apart from words that have no marks."""
    sign = "~" if folded else " "
    return [f"{left}{sign}{right}" for left, right in pairwise(sequence)]


def pair_bucket(left: str, right: str) -> int:
    """Return the bucket of one pair; the same as :func:`pair_buckets` gives for a text."""
    return (_hashes[left] * _MIX_LEFT + _hashes[right]) * _MIX % (1 << 64) >> _BUCKET_SHIFT


def pair_buckets(sequence: Sequence[str]) -> list[int]:
    """Return the sorted, distinct buckets of all pairs of a body."""
    if len(sequence) < 2:
        return []
    hashes = np.fromiter((_hashes[word] for word in sequence), dtype=np.uint64, count=len(sequence))
    return np.unique(_buckets(hashes)).tolist()  # type: ignore[no-any-return]


def word_codes(line: str) -> NDArray[np.uint16]:
    """Return a small number for each of the words of ``line``, parted by spaces; never :data:`LINE_BREAK`."""
    if not line:
        return np.zeros(0, dtype=np.uint16)
    surfaces = line.split(" ")
    hashes = np.fromiter(map(_hashes.__getitem__, surfaces), dtype=np.uint32, count=len(surfaces))
    return np.asarray(np.maximum(hashes >> np.uint32(16), np.uint32(LINE_BREAK + 1)), dtype=np.uint16)


def _buckets(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = (hashes[:-1] * np.uint64(_MIX_LEFT) + hashes[1:]) * np.uint64(_MIX)
    return np.asarray(mixed >> np.uint64(_BUCKET_SHIFT), dtype=np.uint64)


def bucket_term(bucket: int) -> str:
    """Return the index term of a bucket: short, fixed width, sorts as the number does."""
    return f"{bucket:05x}"


def fold_counts(counts: Counter[str]) -> Counter[str]:
    """Return how often each folded word occurs, from the counts of the exact ones."""
    result: Counter[str] = Counter()
    for word, count in counts.items():
        result[_folds[word]] += count
    return result


def distinct(items: Iterable[str]) -> list[str]:
    """Return the items once each, in order."""
    return list(dict.fromkeys(items))
