"""Abbreviations (chữ viết tắt) both ways: CNTT = công nghệ thông tin. The table is data that an office extends."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from search_index import analysis
from search_index.plan import Abbreviations


def table(rows: Iterable[tuple[str, str]]) -> Abbreviations:
    """Return the look-up table of ``(short, long)`` rows: each side finds the other.

    Shorts are also found as typed without marks (QSDD) and, where they have signs, written apart and
    together (KT-XH, KTXH); longs as typed without marks. One short may stand for several longs.
    """
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}

    def add(key: tuple[str, ...], meaning: tuple[str, ...]) -> None:
        if key and meaning and key != meaning:
            found.setdefault(key, {})[meaning] = None

    for short, long in rows:
        short_words, long_words = tuple(analysis.words(short)), tuple(analysis.words(long))
        joined = ("".join(short_words),)
        shorts = dict.fromkeys((short_words, joined))
        for key in shorts:
            add(key, long_words)
            add(tuple(map(analysis.folded, key)), long_words)
        # A two-letter short stands for too much to be looked for when the long form is typed.
        if len(joined[0]) > 2:
            for key in shorts:
                add(long_words, key)
                add(tuple(map(analysis.folded, long_words)), key)
    return {key: tuple(meanings) for key, meanings in found.items()}


@lru_cache(maxsize=1)
def seed() -> Abbreviations:
    """Return the table that comes with the application."""
    return table(seed_rows())


def seed_rows() -> list[tuple[str, str]]:
    """Return the rows of the table that comes with the application: short, long."""
    with files("search_index").joinpath("abbreviations.csv").open(encoding="utf-8") as file:
        return [(row["short"], row["long"]) for row in csv.DictReader(file)]
