"""One generation of the tantivy index opened."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import tantivy
from tantivy import Occur, Query

from search_index import schema as s
from search_index.tantivy_schema import POSITION_ID

_MOST_KEPT = 20_000  # document counts: each letter typed in the header's box asks for the same ones again
_FACET_VALUES = 1_000
_MOST_VALUES = 5_000
_TOTAL = "documents found"  # no field has this name


class Reader:
    """One generation opened; makes the small queries that larger ones are built of."""

    def __init__(self, searcher: Any, schema: tantivy.Schema, generation: int) -> None:
        self.searcher = searcher
        self.schema = schema
        self.generation = generation
        self.live_count: int = max(searcher.num_docs - 1, 0)
        self._frequencies: dict[tuple[str, str | int], int] = {}
        self._together: dict[tuple[tuple[str, str], ...], int] = {}

    def term(self, name: str, value: Any) -> Query:
        """Return the query for one term."""
        text = value.replace(" ", "_") if name == s.PAIR else value
        return Query.term_query(self.schema, name, text, "freq")

    def frequency(self, name: str, term: str | int) -> int:
        """Return in how many documents the term stands."""
        key = (name, term)
        if key not in self._frequencies:
            if len(self._frequencies) > _MOST_KEPT:
                self._frequencies.clear()
            self._frequencies[key] = int(self.searcher.doc_freq(name, str(term).replace(" ", "_") if name == s.PAIR else term))
        return self._frequencies[key]

    def together(self, *terms: tuple[str, str]) -> int:
        """Return how many documents have all of the (field, term) given."""
        if terms not in self._together:
            if len(self._together) > _MOST_KEPT:
                self._together.clear()
            known = all(self.frequency(name, term) for name, term in terms)
            query = Query.boolean_query([(Occur.Must, self.term(name, term)) for name, term in terms])
            self._together[terms] = self.count(query)[0] if known else 0
        return self._together[terms]

    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return up to ``most`` terms that begin so, with their document counts."""
        return sorted(self.searcher.terms_with_prefix(name, prefix, limit=most))

    def values(self, name: str) -> list[str]:
        """Return the values of a coded field."""
        return [value for value, _ in self.terms(name, "", _MOST_VALUES)]

    def count(self, query: Query, facets: Sequence[str] = ()) -> tuple[int, dict[str, list[tuple[Any, int]]]]:
        """Return how many documents a query matches, and how many of them have each value of the ``facets``.

        Much cheaper than a search: nothing is scored, and columns are read a block at a time.
        """
        asked: dict[str, Any] = {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in facets}
        counted = self.searcher.aggregate(query, {_TOTAL: {"value_count": {"field": "id"}}, **asked})
        values = {name: [(one["key"], int(one["doc_count"])) for one in counted[name]["buckets"]] for name in facets}
        return int(counted[_TOTAL]["value"]), values

    @cached_property
    def newest(self) -> int:
        """The day of the newest document, as an ordinal; 0 when none is known."""
        hits = self.searcher.search(Query.all_query(), 1, count=False, order_by_field="by_date").hits
        return int(self.searcher.fast_field_values("day", [hits[0][1]])[0]) if hits else 0

    def position(self) -> tuple[int, int]:
        """Return the change-log position and the last rebuilt id."""
        hits = self.searcher.search(self.term("id", POSITION_ID), 1).hits
        if not hits:
            return 0, -1
        places = [hits[0][1]]
        position = self.searcher.fast_field_values("position", places)[0]
        return int(position), int(self.searcher.fast_field_values("done", places)[0]) - 1

    def ids(self) -> list[int]:
        """Return the ids of all living documents."""
        if not self.live_count:
            return []
        hits = self.searcher.search(Query.all_query(), self.live_count + 1).hits
        values = self.searcher.fast_field_values("id", [place for _, place in hits])
        return [int(value) for value in values if value != POSITION_ID]

    def idf(self, count: int) -> float:
        """Return how much a term that ``count`` documents have is worth."""
        return math.log(max(self.live_count, 1) / (count + 1)) + 1 if count else 0.0
