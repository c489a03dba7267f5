"""The classes of queries that the benchmark of the search asks, and how they are timed."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from search_index import analysis
from search_index.highlight import highlight
from search_index.index import SearchIndex
from search_index.limits import Filters
from search_index.query import parse
from search_index.schema import IndexedDocument

Task = Callable[[], object]
Texts = Callable[[Sequence[int]], Mapping[int, str]]
COMMON = ("quy định", "kế hoạch", "ủy ban nhân dân", "thực hiện", "ban hành", "tổ chức", "quản lý nhà nước", "công tác")
FACETS = ("kind", "year", "issuer")


class Questions:
    """The queries of each class, drawn from the documents themselves."""

    def __init__(self, documents: Sequence[IndexedDocument]) -> None:
        chance = random.Random(1)
        titled = [doc for doc in documents if len(doc.subject.split()) > 8]
        picked = chance.sample(titled, min(60, len(titled)))
        self.numbers = [doc.number for doc in picked if "/" in doc.number]
        self.rare = [max(analysis.words(doc.subject), key=len) for doc in picked]
        self.three = [" ".join(chance.sample(analysis.words(doc.subject), 3)) for doc in picked]
        self.phrases = [" ".join(doc.subject.split()[2:6]).replace('"', "") for doc in picked]
        self.common = [chance.choice(COMMON) for _ in picked]


def classes(index: SearchIndex, ask: Questions, texts: Texts) -> dict[str, list[Task]]:
    """Return the tasks of each class for one of our indexes."""
    find = index.search

    def shown(typed: str) -> object:
        return fragments(typed, find(typed, texts=texts, facets=FACETS).ids, texts)

    return {
        "number": [lambda q=q: find(q) for q in ask.numbers],
        "number prefix": [lambda q=q: find(q.split("/")[0][:3], typing=True) for q in ask.numbers],
        "rare word": [lambda q=q: find(q) for q in ask.rare],
        "common words": [lambda q=q: find(q) for q in ask.common],
        "three words": [lambda q=q: find(q) for q in ask.three],
        "phrase": [lambda q=q: find(f'"{q}"', texts=texts) for q in ask.phrases],
        "no tone marks": [lambda q=q: find(analysis.folded(q)) for q in ask.phrases + ask.common],
        "filter": [lambda q=q: find(q, Filters(kinds=("Quyết định",), years=(2019,))) for q in ask.common],
        "sort by date": [lambda q=q: find(q, sort="date") for q in ask.common],
        "three facets": [lambda q=q: find(q, facets=FACETS) for q in ask.common],
        "while typing": [lambda q=q: find(q[: max(3, len(q) - 2)], typing=True, size=8) for q in ask.phrases],
        "page with fragments": [lambda q=q: shown(q) for q in ask.common + ask.three],
    }


def fragments(typed: str, ids: Sequence[int], texts: Texts) -> object:
    """Return the marked fragments of a page of 20, as a page shows them; the same for every engine."""
    query = parse(typed)
    return [highlight(text, query) for text in texts(ids[:20]).values()]


def timed(tasks: Sequence[Task], repeat: int) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    took = []
    for _ in range(repeat):
        for task in tasks:
            begun = time.perf_counter()
            task()
            took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.95))]
