"""The engine for large registers: tantivy, with the same terms, the same plan and the same answers.

What is indexed is what :mod:`search_index.schema` makes of a document, handed over word by word, so
that no analyser of tantivy's takes part. The ranking is the one of :mod:`search_index.evaluate` as far
as sums of weights can say it. The change-log position is a document of its own, committed with the rest.
"""

from __future__ import annotations

import contextlib
import json
import math
import threading
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from search_index import analysis
from search_index import schema as s
from search_index.errors import IndexBusy, IndexDamaged
from search_index.evaluate import (
    BEGUN_NUMBER,
    DATED,
    ENOUGH,
    FEW_WORDS,
    FIRST_TIER,
    PARTIAL_SHARE,
    QUESTION_SHARE,
    QUESTIONS,
    WHOLE_NUMBER,
    Allowed,
    Outcome,
    Weights,
)
from search_index.plan import Alternative, Plan, Slot

_POSITION_ID = (1 << 63) + 1  # the id of the document that holds the position
_HEAP = 64_000_000
_ORDINAL_BITS, _ID_BITS = 24, 26
_MOST_VALUES = 5_000
_FACET_VALUES = 1_000
_HEADS = "heads"  # subject and values of meta, in order, for phrases
_WORDS = {False: (s.TITLE, s.META, s.BODY), True: (s.TITLE_FOLDED, s.META_FOLDED, s.BODY_FOLDED)}


def tantivy_schema() -> tantivy.Schema:
    """Return the tantivy schema: words with counts, everything else without; nothing stored."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "day", "year", "by_date", "by_date_up", "by_number", "position", "done"):
        builder.add_unsigned_field(name, indexed=name in {"id", "day", "year"}, fast=True)
    options = {s.BODY: "position", s.BODY_FOLDED: "freq"}
    for name in s.WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=options.get(name, "basic"))
    builder.add_text_field(_HEADS, tokenizer_name="whitespace", index_option="position")
    for name in s.EXISTENCE_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in s.CODED_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(s.ACCESS, tokenizer_name="raw", index_option="basic")
    return builder.build()


class TantivyFiles:
    """The index files in one folder.

    The first write takes tantivy's lock and keeps it until :meth:`release`, so that merges go on in the
    background between commits.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as error:
            raise IndexDamaged(f"the index cannot be opened: {error}") from error
        self._schema = self._index.schema
        self._lock = threading.RLock()
        self._writer: Any = None
        self._reader: _Reader | None = None

    @classmethod
    def create(cls, folder: Path) -> TantivyFiles:
        """Make an empty index in an empty folder."""
        tantivy.Index(tantivy_schema(), path=str(folder), reuse=False)
        files = cls(folder)
        files.write((), set(), 0, done=-1)
        files.release()
        return files

    def generation(self) -> int:
        """Return the newest commit's number."""
        try:
            return int(json.loads((self.folder / "meta.json").read_text("utf-8"))["opstamp"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"the index does not name its files: {error}") from error

    def lexicon(self) -> _Reader:
        """Return the newest generation opened.

        Raises:
            IndexDamaged: its files are missing or unreadable.
        """
        generation = self.generation()
        with self._lock:
            if self._reader is None or self._reader.generation != generation:
                try:
                    self._index.reload()
                    self._reader = _Reader(self._index.searcher(), self._schema, generation)
                except ValueError as error:
                    raise IndexDamaged(f"the index cannot be read: {error}") from error
            return self._reader

    def count(self) -> int:
        """Return the number of living documents."""
        size: int = self.lexicon().size
        return size

    def ids(self) -> list[int]:
        """Return the ids of all living documents."""
        return self.lexicon().ids()

    def values(self, name: str) -> list[str]:
        """Return the values of a coded field."""
        return [value for value, _ in self.lexicon().terms(name, "", _MOST_VALUES)]

    def find(self, plan: Plan, allowed: Allowed) -> _Found:
        """Evaluate a plan on the newest generation."""
        return _Found(self.lexicon(), plan, allowed)

    def position(self) -> tuple[int, int]:
        """Return the change-log position and the last rebuilt id stored with the newest commit."""
        return self.lexicon().position()

    def write(
        self, documents: Iterable[s.DocumentTerms], gone: set[int], position: int | None, *,
        done: int | None = None, optimise: bool = False, wait: float = 0.0,
    ) -> None:
        """Commit one batch; see :meth:`search_index.index.SearchIndex.put`."""
        with self._lock:
            old = self.position()
            writer = self._take_writer(wait)
            try:
                self._fill(writer, documents, gone)
                marker = tantivy.Document()
                marker.add_unsigned("id", _POSITION_ID)
                marker.add_unsigned("position", old[0] if position is None else position)
                marker.add_unsigned("done", (old[1] if done is None else done) + 1)
                writer.delete_documents_by_query(self._with_id(_POSITION_ID))
                writer.add_document(marker)
                writer.commit()
            except BaseException as error:
                self._give_up(writer)
                if isinstance(error, ValueError):
                    raise OSError(f"the index could not be written: {error}") from error
                raise
            if optimise:
                self.release()  # waits for the merges that the commit began

    def tidy(self, *, wait: float = 0.0) -> bool:
        """Nothing to do: tantivy merges in the background."""
        return False

    def release(self) -> None:
        """Finish running merges and give the lock back."""
        with self._lock:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.wait_merging_threads()

    def _take_writer(self, wait: float) -> Any:
        until = time.monotonic() + wait
        while self._writer is None:
            try:
                self._writer = self._index.writer(_HEAP, 1)
            except ValueError as error:
                if "ock" not in str(error):
                    raise OSError(f"the index cannot be written: {error}") from error
                if time.monotonic() >= until:
                    raise IndexBusy("another process writes to the index") from error
                time.sleep(0.05)
        return self._writer

    def _give_up(self, writer: Any) -> None:
        self._writer = None
        with contextlib.suppress(ValueError):  # the writer may have died of what is being reported
            writer.rollback()

    def _with_id(self, ident: int) -> Query:
        return Query.term_query(self._schema, "id", ident)

    def _fill(self, writer: Any, documents: Iterable[s.DocumentTerms], gone: set[int]) -> None:
        for ident in filter(lambda one: one >= 0, gone):
            writer.delete_documents_by_query(self._with_id(ident))
        for document in documents:
            writer.delete_documents_by_query(self._with_id(document.id))
            writer.add_document(_document(document))


def _document(terms: s.DocumentTerms) -> tantivy.Document:
    document = tantivy.Document()
    ident, day = terms.id, terms.numeric["day"]
    ordinal = min(terms.numeric["ordinal"], (1 << _ORDINAL_BITS) - 1)
    low = ident & ((1 << _ID_BITS) - 1)
    for name, value in (
        ("id", ident), ("day", day), ("year", terms.numeric["year"]), ("position", 0), ("done", 0),
        ("by_date", (day << 40) + ident), ("by_date_up", ((day or (1 << 23)) << 40) + ident),
        ("by_number", (((terms.numeric["year"] << _ORDINAL_BITS) + ordinal) << _ID_BITS) + low),
    ):  # fmt: skip
        document.add_unsigned(name, value)
    for name, words in terms.words.items():
        if name == s.BODY_FOLDED:
            document.add_text(name, "".join([f"{word} " * count for word, count in words.items()]))
        elif name != s.BODY:
            document.add_text(name, " ".join(words))
    for line in terms.heads:
        document.add_text(_HEADS, line)
    document.add_text(s.BODY, terms.text)
    # The notations follow, each beginning with a digit and holding a slash: no word of the text does.
    document.add_text(s.BODY, "".join([f"{word} " * count for word, count in terms.words[s.BODY].items() if "/" in word]))
    for name, marks in terms.marks.items():
        if marks:
            document.add_text(name, " ".join(mark.replace(" ", "_") for mark in marks))
    for name, text in terms.coded.items():
        document.add_text(name, text)
    for token in terms.access:
        document.add_text(s.ACCESS, token)
    return document


class _Reader:
    """One generation opened; makes the small queries that larger ones are built of."""

    def __init__(self, searcher: Any, schema: tantivy.Schema, generation: int) -> None:
        self.searcher = searcher
        self.schema = schema
        self.generation = generation
        self.size = max(searcher.num_docs - 1, 0)

    def term(self, name: str, value: Any) -> Query:
        """Return the query for one term."""
        text = value.replace(" ", "_") if name == s.PAIR else value
        return Query.term_query(self.schema, name, text, "freq")

    def frequency(self, name: str, term: str) -> int:
        """Return in how many documents the term stands."""
        return int(self.searcher.doc_freq(name, term.replace(" ", "_") if name == s.PAIR else term))

    def together(self, *terms: tuple[str, str]) -> int:
        """Return how many documents have all of the (field, term) given."""
        query = Query.boolean_query([(Occur.Must, self.term(name, term)) for name, term in terms])
        return self.total(query)

    def terms(self, name: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return up to ``most`` terms that begin so, with their document counts."""
        return sorted(self.searcher.terms_with_prefix(name, prefix, limit=most))

    def total(self, query: Query) -> int:
        """Return how many documents a query matches."""
        return int(self.searcher.search(query, 1, count=True).count)

    def position(self) -> tuple[int, int]:
        """Return the change-log position and the last rebuilt id."""
        hits = self.searcher.search(self.term("id", _POSITION_ID), 1).hits
        if not hits:
            return 0, -1
        places = [hits[0][1]]
        position = self.searcher.fast_field_values("position", places)[0]
        return int(position), int(self.searcher.fast_field_values("done", places)[0]) - 1

    def ids(self) -> list[int]:
        """Return the ids of all living documents."""
        if not self.size:
            return []
        hits = self.searcher.search(Query.all_query(), self.size + 1).hits
        values = self.searcher.fast_field_values("id", [place for _, place in hits])
        return [int(value) for value in values if value != _POSITION_ID]

    def idf(self, count: int) -> float:
        """Return how much a term that ``count`` documents have is worth."""
        return math.log(max(self.size, 1) / (count + 1)) + 1 if count else 0.0


class _Found:
    """A plan as one tantivy query, with the limits beside it."""

    approximate = False  # positions decide on phrases

    def __init__(self, reader: _Reader, plan: Plan, allowed: Allowed) -> None:
        self._reader = reader
        self._weights: Weights = QUESTIONS if plan.question else FEW_WORDS
        self._limits = _limits(reader, allowed)
        self._limits += [(Occur.MustNot, self._slot(slot)) for slot in plan.excluded]
        self.partial = False
        self.filled_up = False
        self._query = self._whole(plan)

    def reject(self, ids: Sequence[int]) -> None:
        self._limits += [(Occur.MustNot, self._reader.term("id", ident)) for ident in ids]

    def page(self, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]) -> Outcome:
        searcher = self._reader.searcher
        query = self._limited(self._query)
        order: dict[str, Any] = {}
        if sort == "date":
            order = {"order_by_field": "by_date" if descending else "by_date_up"}
        elif sort == "number":
            order = {"order_by_field": "by_number"}
        if order:
            order["order"] = Order.Desc if descending else Order.Asc
        result = searcher.search(query, max(limit, 1), count=True, offset=offset, **order)
        places = [place for _, place in result.hits][:limit]
        ids = searcher.fast_field_values("id", places) if places else []
        scores = [0.0] * len(ids) if order else [score for score, _ in result.hits][:limit]
        return Outcome(
            ids=tuple(map(int, ids)), scores=tuple(scores), total=int(result.count), partial=self.partial,
            filled_up=self.filled_up, facets=self._facets(query, facets),
        )  # fmt: skip

    def _facets(self, query: Query, names: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
        if not names:
            return {}
        asked = {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in names}
        counted = self._reader.searcher.aggregate(query, asked)
        result = {}
        for name in names:
            pairs = [(_text(one["key"]), int(one["doc_count"])) for one in counted[name]["buckets"]]
            if name == "year":
                pairs = sorted((pair for pair in pairs if pair[0] != "0"), key=lambda pair: -int(pair[0]))
            else:
                pairs.sort(key=lambda pair: (-pair[1], pair[0]))
            result[name] = tuple(pairs)
        return result

    def _limited(self, query: Query) -> Query:
        return Query.boolean_query([(Occur.Must, query), *self._limits])

    def _whole(self, plan: Plan) -> Query:
        if plan.number:
            numbered = self._numbers(plan.number)
            if self._reader.total(self._limited(numbered)):
                return numbered
        if not plan.slots:
            return Query.empty_query() if plan.number else Query.const_score_query(Query.all_query(), 0.0)
        slots = [self._slot(slot) for slot in plan.slots]
        lifts = self._lifts(plan)
        if plan.loose:
            least = max(1, math.ceil(QUESTION_SHARE * len(slots)))
            self.partial = not self._reader.total(self._limited(_every(slots)))
            return self._some(slots, lifts, least)
        every = _every(slots)
        total = self._reader.total(self._limited(every))
        if total < ENOUGH and not plan.plain and not plan.phrases:
            loose = _every([self._slot(slot.without_marks()) for slot in plan.slots])
            more = self._reader.total(self._limited(loose))
            if more > total:
                self.filled_up = True
                tier = Query.const_score_query(every, FIRST_TIER)
                return Query.boolean_query([(Occur.Must, loose), (Occur.Should, tier), (Occur.Should, every), *lifts])
        if total or plan.phrases:
            return Query.boolean_query([(Occur.Must, every), *lifts])
        self.partial = True
        return self._some(slots, lifts, max(1, math.ceil(PARTIAL_SHARE * len(slots))))

    def _some(self, slots: Sequence[Query], lifts: list[tuple[Occur, Query]], least: int) -> Query:
        shoulds = [(Occur.Should, slot) for slot in slots]
        while least > 1:
            query = Query.boolean_query(shoulds, minimum_number_should_match=least)
            if self._reader.total(self._limited(query)):
                return Query.boolean_query([(Occur.Must, query), *lifts])
            least -= 1
        return Query.boolean_query([(Occur.Must, Query.boolean_query(shoulds)), *lifts])

    def _slot(self, slot: Slot) -> Query:
        ways = [self._alternative(alternative) for alternative in slot.alternatives]
        return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)

    def _alternative(self, alternative: Alternative) -> Query:
        if alternative.date:
            word = alternative.words[0]
            worth = 2 * self._reader.idf(self._reader.frequency(s.META, word))
            return Query.const_score_query(self._reader.term(s.META, word), worth)
        parts = [self._word(word, alternative.folded) for word in alternative.words]
        query = parts[0]
        if alternative.phrase and len(parts) > 1:
            beside = self._phrase(alternative.words)
            query = Query.boolean_query([(Occur.Must, beside), *((Occur.Should, part) for part in parts)])
        elif len(parts) > 1:
            beside = self._side_by_side(alternative.words, alternative.folded)
            query = Query.boolean_query([(Occur.Must, beside), *((Occur.Should, part) for part in parts)])
        return Query.boost_query(query, alternative.weight) if alternative.weight != 1.0 else query

    def _word(self, word: str, folded: bool) -> Query:
        weights = (self._weights.title, self._weights.meta, self._weights.body)
        names = zip(_WORDS[folded], weights, strict=True)
        return Query.boolean_query(
            [(Occur.Should, Query.boost_query(self._reader.term(name, word), weight)) for name, weight in names]
        )

    def _side_by_side(self, words: Sequence[str], folded: bool) -> Query:
        heads = _every([self._reader.term(s.PAIR, pair) for pair in analysis.pairs(words)])
        if folded:
            body = _every([self._word(word, folded) for word in words])
        else:
            buckets = [
                analysis.bucket_term(analysis.pair_bucket(left, right))
                for left, right in pairwise(words)
            ]
            body = _every([self._reader.term(s.BODY_PAIR, bucket) for bucket in buckets])
        return Query.const_score_query(Query.boolean_query([(Occur.Should, heads), (Occur.Should, body)]), 0.0)

    def _phrase(self, words: Sequence[str]) -> Query:
        ways = [Query.phrase_query(self._reader.schema, name, list(words)) for name in (_HEADS, s.BODY)]
        return Query.const_score_query(_any(ways), 0.0)

    def _lifts(self, plan: Plan) -> list[tuple[Occur, Query]]:
        reader, weights = self._reader, self._weights
        lifts = []
        # Shares of the query cannot be squared here: a straight line between stands for the curve.
        steep = 1.0 + weights.pair_coverage * 0.6
        for lift in plan.lifts:
            pair = f"{lift.left} {lift.right}"
            if count := reader.frequency(s.PAIR, pair):
                worth = weights.title_pair * steep * lift.weight * reader.idf(count)
                lifts.append((Occur.Should, Query.const_score_query(reader.term(s.PAIR, pair), worth)))
            if not lift.folded:
                bucket = analysis.bucket_term(analysis.pair_bucket(lift.left, lift.right))
                if count := reader.frequency(s.BODY_PAIR, bucket):
                    worth = weights.body_pair * steep * lift.weight * reader.idf(count)
                    lifts.append((Occur.Should, Query.const_score_query(reader.term(s.BODY_PAIR, bucket), worth)))
        return lifts + self._heads(plan)

    def _heads(self, plan: Plan) -> list[tuple[Occur, Query]]:
        """Return the bonus for having the whole query, or all but a word of it, in title and meta."""
        weights = self._weights
        title, meta, importance = [], [], 0.0
        for slot in plan.slots:
            in_title, in_meta, most = [], [], 0
            for alternative in slot.alternatives:
                names = _WORDS[alternative.folded]
                most = max(most, *(self._reader.frequency(name, alternative.words[0]) for name in names))
                in_meta.append(_every([self._reader.term(names[1], word) for word in alternative.words]))
                if not alternative.date:
                    in_title.append(_every([self._reader.term(names[0], word) for word in alternative.words]))
            importance += math.log(1 + (self._reader.size + 1) / (most + 1))
            title.append(_any(in_title + in_meta))
            meta.append(_any(in_meta))
        whole = weights.coverage * importance
        bonus = [(_every(title), whole)]
        if len(title) > 2:
            most_of = Query.boolean_query([(Occur.Should, one) for one in title], minimum_number_should_match=len(title) - 1)
            bonus = [(_every(title), whole * 0.6), (most_of, whole * 0.4)]
        for line in plan.line:
            pairs = _every([self._reader.term(s.PAIR, pair) for pair in analysis.pairs(line)])
            bonus.append((pairs, weights.title_phrase * importance))
        bonus.append((_every(meta), weights.meta_coverage * importance + (DATED if plan.dated else 0.0)))
        return [(Occur.Should, Query.const_score_query(query, score)) for query, score in bonus]

    def _numbers(self, key: str) -> Query:
        reader = self._reader
        ways = [
            Query.const_score_query(reader.term(s.NUMBER, f"={key}"), WHOLE_NUMBER - BEGUN_NUMBER),
            Query.const_score_query(reader.term(s.NUMBER, key), BEGUN_NUMBER),
        ]
        if not reader.frequency(s.NUMBER, key):
            begun = [term for term, _ in reader.terms(s.NUMBER, key, 50)]
            if begun:
                terms = Query.term_set_query(reader.schema, s.NUMBER, begun)
                ways.append(Query.const_score_query(terms, BEGUN_NUMBER / 2))
        if "/" in key and len(key) > 6:
            ways.append(self._word(key, True))
        return Query.boolean_query([(Occur.Should, way) for way in ways])


def _text(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _every(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _limits(reader: _Reader, allowed: Allowed) -> list[tuple[Occur, Query]]:
    def values(name: str, wanted: Iterable[str]) -> Query:
        return Query.const_score_query(_any([reader.term(name, value) for value in wanted] or [Query.empty_query()]), 0.0)

    def between(name: str, first: int, last: int) -> Query:
        if last < first:
            return Query.empty_query()
        return Query.const_score_query(
            Query.range_query(reader.schema, name, FieldType.Unsigned, first, last), 0.0
        )

    limits = [(Occur.MustNot, reader.term("id", _POSITION_ID))]
    limits += [(Occur.Must, values(name, wanted)) for name, wanted in allowed.values]
    limits += [(Occur.MustNot, values(name, wanted)) for name, wanted in allowed.not_values]
    if allowed.years:
        limits.append((Occur.Must, _any([between("year", *span) for span in allowed.years])))
    if allowed.days:
        limits.append((Occur.Must, between("day", *allowed.days)))
    for key in allowed.numbers:
        limits.append((Occur.Must, values(s.NUMBER, (key, f"~{key}"))))
    if allowed.access is not None:
        limits.append((Occur.Must, values(s.ACCESS, sorted(allowed.access))))
    return limits
