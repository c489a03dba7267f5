"""How fast a search is, beside its peers on the same documents in the same run.

usage: python -m tests.benchmarks.search [--documents short-5000|real|short-100000|full-100000|short-1000000]
       [--engine whoosh,tantivy] [--peers fts5,postgres,tantivy] [--repeat N] [--saves N] [--keep FOLDER]

``real`` is the corpus beside the project, ``short-N`` register entries of 40 words made of it, ``full-N``
the same with texts of 700 words. Prints p50/p95 in milliseconds for each class, how many times as long
each peer takes (p95), documents built a second, and what a server process takes: whole pages, single
documents from the follower's turn to found (p50, p95, worst), memory. With ``--keep`` what was built is used again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from registry.db import make_sessions
from registry.services import indexing
from search_index.schema import IndexedDocument
from tests.benchmarks import corpus
from tests.benchmarks.search_classes import Questions, Task, classes, timed
from tests.benchmarks.search_peers import PEERS
from tests.benchmarks.search_register import build, database, fill, serve

_WIDTH = 18


def run(folder: Path, asked: argparse.Namespace) -> None:
    """Build what is not there and print the tables."""

    def documents() -> Iterator[IndexedDocument]:
        return corpus.named(asked.documents, asked.corpus)

    engine = database(folder)
    db = make_sessions(engine)
    count = fill(engine, db, documents())
    ask = Questions(list(islice(documents(), 20_000)))
    texts = indexing.texts(db)
    print(f"{asked.documents}: {count} documents; load {os.getloadavg()[0]:.1f}", flush=True)
    columns: dict[str, dict[str, list[Task]]] = {}
    rates: dict[str, float] = {}
    engines = [name for name in asked.engine.split(",") if name]
    for name in engines:
        (folder / name).mkdir(exist_ok=True)
        index, rates[name] = build(db, folder / name, name)
        columns[name] = classes(index, ask, texts)
        print(f"  {name} ready, {rates[name]:.0f} documents a second", flush=True)
    for name in filter(None, asked.peers.split(",")):
        peer = PEERS[name](folder, documents)
        title = f"bare {name}" if name in engines else name
        columns[title], rates[title] = peer.classes(ask, texts), peer.rate
        print(f"  {title} ready, {peer.rate:.0f} documents a second", flush=True)
    _table(columns, rates, engines, asked.repeat)
    for name in engines:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            _server(name, pool.submit(serve, folder, folder / name, ask, asked.repeat, asked.saves).result())
    print(f"load {os.getloadavg()[0]:.1f}")


def _table(columns: dict[str, dict[str, list[Task]]], rates: dict[str, float], engines: list[str], repeat: int) -> None:
    print(f"\n{'p50 / p95 ms':20}" + "".join(f"{column:>{_WIDTH}}" for column in columns))
    p95: dict[str, dict[str, float]] = {}
    for name in dict.fromkeys(name for tasks in columns.values() for name in tasks):
        took = {}
        for column, tasks in columns.items():
            timed(tasks[name][:8], 1)  # what a first question reads from the disk is not counted
            took[column] = timed(tasks[name], repeat)
        p95[name] = {column: worst for column, (_, worst) in took.items()}
        print(f"{name:20}" + "".join(f"{f'{middle:.2f} / {worst:.2f}':>{_WIDTH}}" for middle, worst in took.values()), flush=True)
    print(f"{'documents a second':20}" + "".join(f"{f'{rates[one]:.0f}' if rates[one] else '-':>{_WIDTH}}" for one in columns))
    peers = [column for column in columns if column not in engines]
    for ours in engines if peers else ():
        print(f"\n{f'p95 beside {ours} = 1':20}" + "".join(f"{peer:>{_WIDTH}}" for peer in peers))
        for name, worst in p95.items():
            print(f"{name:20}" + "".join(f"{worst[peer] / worst[ours]:>{_WIDTH}.2f}" for peer in peers))


def _server(name: str, told: dict[str, tuple[Any, ...]]) -> None:
    print(f"\n{name}, a server process:")
    for title, values in told.items():
        if "memory" in title:
            said = "{} ({} of it mapped files), at most {}".format(*values)
        else:
            said = " / ".join(f"{value:.1f}" for value in values) + " ms"
        print(f"  {title:56} {said}")


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", default="short-5000")
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER)
    parser.add_argument("--engine", default="whoosh,tantivy")
    parser.add_argument("--peers", default="fts5,postgres,tantivy")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--saves", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="a folder to keep what is built in, one for each size of documents")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        run(folder, asked)


if __name__ == "__main__":
    main()
