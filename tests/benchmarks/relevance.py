"""hit@1 and hit@10 of the labelled queries, straight through :class:`SearchIndex`.

usage: python -m tests.benchmarks.relevance FOLDER [--corpus CORPUS] [--engine whoosh|tantivy]

The index is built into FOLDER once and used again afterwards. Next to the figures,
``FOLDER/results-*.jsonl`` holds one line a query, as ``sovanban search --queries`` prints them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

from registry.services.indexing import common_pairs
from search_index.errors import IndexProblem
from search_index.index import SearchIndex, open_index
from search_index.rebuild import start_rebuild
from tests.benchmarks import corpus


def opened(folder: Path, source: Path, engine: str) -> SearchIndex:
    """Open the index of the corpus, built first where there is none."""
    try:
        return open_index(folder, common=common_pairs())
    except IndexProblem:
        with start_rebuild(folder, engine, position=0, processes=2) as rebuild:  # type: ignore[arg-type]
            rebuild.put(doc for doc in corpus.documents(source) if doc.id > rebuild.done)
            rebuild.finish()
        return open_index(folder, common=common_pairs())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER)
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--misses", action="store_true", help="print the queries that miss")
    asked = parser.parse_args()
    index = opened(asked.folder, asked.corpus, asked.engine)
    rows = list(corpus.rows(asked.corpus))
    names = [str(row["id"]) for row in rows]
    shown = [f"{row['title']}\n{row['body'] or ''}" for row in rows]

    def texts(ids: list[int]) -> dict[int, str]:
        return {ident: shown[ident - 1] for ident in ids}

    for source in ("search_queries_dev", "alqac_queries_dev"):
        kinds: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        took = []
        with (asked.corpus / f"{source}.jsonl").open(encoding="utf-8") as file, (
            asked.folder / f"results-{source}.jsonl"
        ).open("w", encoding="utf-8") as out:
            for line in file:
                query = json.loads(line)
                begun = time.perf_counter()
                found = index.search(query["query"], texts=texts)  # type: ignore[arg-type]
                took.append((time.perf_counter() - begun) * 1000)
                results = [names[ident - 1] for ident in found.ids]
                wanted = set(query["relevant_ids"])
                first, ten = results[:1], results[:10]
                kinds[query["kind"]].append((bool(wanted & set(first)), bool(wanted & set(ten))))
                if asked.misses and not wanted & set(first):
                    place = next((at for at, one in enumerate(results, 1) if one in wanted), 0)
                    print(f"    {query['kind']}: {query['query'][:110]!r} at {place} of {found.total} {found.suggestion!r}")
                    for ident in found.ids[:1]:
                        print(f"        {rows[ident - 1]['number']} {rows[ident - 1]['title']}"[:150])
                out.write(json.dumps({**query, "results": results, "ms": round(took[-1], 2)}, ensure_ascii=False) + "\n")
        took.sort()
        print(f"{source}: p50 {took[len(took) // 2]:.1f} ms, p95 {took[int(len(took) * 0.95)]:.1f} ms")
        for kind, hits in sorted([*kinds.items(), ("all", [hit for group in kinds.values() for hit in group])]):
            one, ten_share = (sum(hit[at] for hit in hits) / len(hits) for at in (0, 1))
            print(f"  {kind:18} n={len(hits):3}  hit@1 {one:.3f}  hit@10 {ten_share:.3f}")


if __name__ == "__main__":
    main()
