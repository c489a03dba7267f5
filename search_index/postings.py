"""What an engine of whole posting lists supplies, and what is reckoned from it: limits and scores of one word.

Every array has one place per document of the snapshot, so that sets are boolean masks and scores are
one array of floats.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search_index import schema
from search_index.weights import K1

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]


def freshness(days: NDArray[np.int64], newest: int) -> Scores:
    """Return how recent each day is beside the newest one: 1 then, less with the years, 0.3 unknown."""
    years = (newest - days).astype(np.float32) / np.float32(365.0)
    return np.where(days > 0, np.exp(-years / np.float32(8.0)), np.float32(0.3)).astype(np.float32)


class Postings(ABC):
    """What evaluation reads of one generation of an index."""

    _fresh: Scores | None = None
    size: int
    live_count: int
    live: Mask

    @abstractmethod
    def postings(self, name: str, term: str) -> tuple[NDArray[np.int64], NDArray[np.int64] | None]:
        """Return the documents with the term in ascending order and the counts (None: all one)."""

    @abstractmethod
    def frequency(self, name: str, term: str) -> int:
        """Return in how many documents the term stands."""

    def together(self, *terms: tuple[str, str]) -> int:
        """Return how many documents have all of the (field, term) given."""
        found = self.postings(*terms[0])[0]
        for name, term in terms[1:]:
            if not len(found):
                break
            found = np.intersect1d(found, self.postings(name, term)[0], assume_unique=True)
        return len(found)

    @abstractmethod
    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return up to ``most`` terms that begin so, with their document counts."""

    @abstractmethod
    def numeric(self, name: str) -> NDArray[np.int64]:
        """Return a numeric column."""

    def freshness(self) -> Scores:
        """Return the :func:`freshness` of each document."""
        if self._fresh is None:
            days = self.numeric("day")
            self._fresh = freshness(days, int(days.max(initial=0)))
        return self._fresh

    @abstractmethod
    def lengths(self, name: str) -> Scores:
        """Return the length of a field in each document."""

    @abstractmethod
    def average_length(self, name: str) -> float:
        """Return the mean length of a field."""

    @abstractmethod
    def order_lengths(self) -> NDArray[np.int64]:
        """Return how many codes :meth:`in_order` gives of each document."""

    @abstractmethod
    def in_order(self, places: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.int64]]]:
        """Yield the words in order (:func:`analysis.word_codes`) of the documents at ``places``, some at a time.

        Which documents, all their codes in one array, and where in it each of them begins. A line break
        stands at least before each document.
        """

    @abstractmethod
    def codes(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        """Return each document's place in the list of values of a coded field (-1: none), and the list."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The limits of a search, resolved: every part must hold. Values are those of the coded fields."""

    values: tuple[tuple[str, frozenset[str]], ...] = ()
    not_values: tuple[tuple[str, frozenset[str]], ...] = ()
    years: tuple[tuple[int, int], ...] = ()  # any of these ranges
    days: tuple[int, int] | None = None
    numbers: tuple[str, ...] = ()  # each must be the beginning or a part of the number
    access: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan finds: the documents on the page asked for, and counts of all."""

    ids: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    partial: bool = False
    filled_up: bool = False
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


def idf(reader: Postings, count: int) -> float:
    """Return how much a term that ``count`` documents have is worth, as Whoosh's BM25F reckons it."""
    return float(np.log(max(reader.size, 1) / (count + 1)) + 1) if count else 0.0


def bm25(
    reader: Postings, name: str, term: str, slope: float, *, counted: bool = True
) -> tuple[NDArray[np.int64], Scores]:
    """Return the documents with a term in one field and their BM25 scores, as Whoosh's BM25F gives them.

    Not ``counted``: a word said twice counts once, as is right for a subject.
    """
    ids, counts = reader.postings(name, term)
    if not counted:
        counts = None
    if not len(ids):
        return ids, np.zeros(0, dtype=np.float32)
    frequency = np.ones(1, dtype=np.float32) if counts is None else counts.astype(np.float32)
    norm = np.float32(1 - slope) + np.float32(slope / reader.average_length(name)) * reader.lengths(name)[ids]
    worth = np.float32(idf(reader, len(ids)) * (K1 + 1))
    values = worth * frequency / (frequency + np.float32(K1) * norm)
    return ids, values.astype(np.float32, copy=False)


def allowed_mask(reader: Postings, allowed: Allowed) -> Mask:
    """Return the living documents inside the limits."""
    mask = reader.live.copy()
    for name, values in allowed.values:
        mask &= has_value(reader, name, values)
    for name, values in allowed.not_values:
        mask &= ~has_value(reader, name, values)
    if allowed.years:
        years = reader.numeric("year")
        inside = np.zeros(reader.size, dtype=bool)
        for first, last in allowed.years:
            inside |= (years >= first) & (years <= last)
        mask &= inside
    if allowed.days:
        days = reader.numeric("day")
        mask &= (days >= allowed.days[0]) & (days <= allowed.days[1])
    for key in allowed.numbers:
        has = np.zeros(reader.size, dtype=bool)
        has[reader.postings(schema.NUMBER, key)[0]] = True
        has[reader.postings(schema.NUMBER, f"~{key}")[0]] = True
        mask &= has
    if allowed.access is not None:
        may = np.zeros(reader.size, dtype=bool)
        for token in allowed.access:
            may[reader.postings(schema.ACCESS, token)[0]] = True
        mask &= may
    return mask


def has_value(reader: Postings, name: str, values: frozenset[str]) -> Mask:
    """Return who has one of ``values`` in a coded field."""
    codes, known = reader.codes(name)
    table = np.array([value in values for value in known] + [False], dtype=bool)
    return table[codes]
