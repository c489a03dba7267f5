"""One page of an evaluation: order, totals and facets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.evaluate import Evaluation
from search_index.postings import Outcome, Postings

Keys = NDArray[np.floating[Any]]


def page(
    evaluation: Evaluation, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]
) -> Outcome:
    """Return one page of an evaluation in the order asked for, with totals and facets."""
    reader = evaluation.reader
    found = np.flatnonzero(evaluation.matches)
    order = _best(_sort_keys(evaluation, found, sort, descending), offset + limit)[offset:]
    ids = reader.numeric("id")[found[order]]
    return Outcome(
        ids=tuple(ids.tolist()),
        scores=tuple(evaluation.scores[found[order]].tolist()),
        total=len(found),
        partial=evaluation.partial,
        filled_up=evaluation.filled_up,
        facets={name: facet(reader, name, found) for name in facets},
    )


def _sort_keys(evaluation: Evaluation, found: NDArray[np.int64], sort: str, descending: bool) -> list[Keys]:
    """Return the keys of the found documents, most important first; the greatest comes first."""
    reader = evaluation.reader
    day = reader.numeric("day")[found].astype(np.float64)
    ident = reader.numeric("id")[found].astype(np.float64)
    sign = 1.0 if descending else -1.0
    if sort == "date":
        if not descending:
            day = np.where(day == 0, np.inf, day)  # the unknown day comes last either way
        return [sign * day, sign * ident]
    if sort == "number":
        return [sign * reader.numeric("year")[found], sign * reader.numeric("ordinal")[found], sign * ident]
    return [evaluation.scores[found].astype(np.float64), day, -ident]


def _best(keys: Sequence[Keys], most: int) -> NDArray[np.int64]:
    """Return the places of the ``most`` greatest, best first."""
    first = keys[0]
    places = np.arange(len(first))
    if most < len(first):
        bound = np.partition(first, len(first) - most)[len(first) - most]
        places = np.flatnonzero(first >= bound)
        if len(places) > 20_000:  # many equal: only then is the whole order worth its time
            places = places[np.argsort(-keys[1][places], kind="stable")] if most < 20_000 else places
    order = np.lexsort([-key[places] for key in reversed(keys)])
    return places[order][:most]


def facet(reader: Postings, name: str, found: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    """Return the values among the found documents with their counts, most frequent first."""
    if name == "year":
        years = reader.numeric("year")[found]
        counts = np.bincount(years[(years > 0) & (years < 10_000)])
        pairs = [(str(year), int(counts[year])) for year in np.flatnonzero(counts)]
        return tuple(sorted(pairs, key=lambda pair: -int(pair[0])))
    codes, values = reader.codes(name)
    counts = np.bincount(codes[found] + 1, minlength=len(values) + 1)[1:]
    pairs = [(values[code], int(counts[code])) for code in np.flatnonzero(counts)]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
