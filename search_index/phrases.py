"""Whether words stand side by side, looked up in the words of the documents in order (:class:`Postings`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from search_index import analysis, schema

if TYPE_CHECKING:
    from search_index.postings import Postings

#: So many words are looked through for one query, some fifty milliseconds; beyond, pairs alone decide.
MOST_WORDS = 60_000_000


def with_phrase(reader: Postings, places: NDArray[np.int64], words: Sequence[str]) -> NDArray[np.int64]:
    """Return those of the documents at ``places`` (ascending) that have ``words`` in order in one line.

    Words are compared by their codes of 16 bits: of documents known to have every pair of the phrase,
    fewer than one in ten thousand passes without having it.
    """
    codes = analysis.word_codes(" ".join(words))
    rarest = min(range(len(words)), key=lambda at: reader.frequency(schema.BODY, words[at]))
    found = []
    for chunk, text, starts in reader.in_order(places):
        at = _where(text, codes, rarest)
        found.append(chunk[np.unique(np.searchsorted(starts, at, side="right") - 1)])
    return np.concatenate(found) if found else places[:0]


def _where(text: NDArray[np.uint16], codes: NDArray[Any], first: int) -> NDArray[np.int64]:
    """Return where ``codes`` begin in ``text``; the one at ``first`` is the one looked for first."""
    last = len(text) - len(codes)
    at = np.flatnonzero(text[first : last + first + 1] == codes[first]) if last >= 0 else np.zeros(0, dtype=np.int64)
    for offset, code in enumerate(codes):
        if offset != first:
            at = at[text[at + offset] == code]
    return at
