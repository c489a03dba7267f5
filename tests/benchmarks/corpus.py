"""The labelled corpus as documents of the index, as it is or varied to any size.

It lies beside the project and is not part of it.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from search_index.schema import IndexedDocument

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


def rows(folder: Path = FOLDER) -> Iterator[dict[str, str | None]]:
    """Yield the rows of the corpus file."""
    with gzip.open(folder / "documents.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def document(number: int, row: dict[str, str | None]) -> IndexedDocument:
    """Return one row as the index takes it."""
    issued = row.get("date")
    return IndexedDocument(
        id=number,
        number=row.get("number") or "",
        kind=row.get("type") or "",
        issuer=row.get("issuer") or "",
        issued_on=date.fromisoformat(issued) if issued else None,
        subject=row.get("title") or "",
        body=row.get("body") or "",
        direction="đến" if number % 3 else "đi",
        status="còn hiệu lực" if number % 5 else "hết hiệu lực",
        field=("Tài chính", "Nội vụ", "Y tế", "Giáo dục", "Xây dựng")[number % 5],
        access=frozenset({"open"}),
    )


def documents(folder: Path = FOLDER) -> Iterator[IndexedDocument]:
    """Yield the corpus, numbered from 1 in file order."""
    for number, row in enumerate(rows(folder), start=1):
        yield document(number, row)


def short_entries(count: int, folder: Path = FOLDER) -> Iterator[IndexedDocument]:
    """Yield made-up register entries of some 40 words, mixed from real subjects."""
    chance = random.Random(7)
    real = [row for row in rows(folder) if row.get("title")]
    words = [str(row["title"]).split() for row in real]
    for number in range(1, count + 1):
        row = chance.choice(real)
        subject = [*chance.choice(words)[:14], *chance.choice(words)[-14:], *chance.choice(words)[:12]]
        year = chance.randint(2010, 2025)
        yield document(number, {
            **row, "title": " ".join(subject), "body": None,
            "number": f"{chance.randint(1, 9999)}/{str(row.get('number') or 'QĐ-UBND').split('/')[-1]}",
            "date": date(year, chance.randint(1, 12), chance.randint(1, 28)).isoformat(),
        })  # fmt: skip


def full_entries(count: int, folder: Path = FOLDER) -> Iterator[IndexedDocument]:
    """Yield short entries that have a text too: some 700 words in a row from a real one."""
    chance = random.Random(8)
    bodies = [str(row["body"]) for row in rows(folder) if len(row.get("body") or "") > 6000]
    for entry in short_entries(count, folder):
        body = chance.choice(bodies)
        at = chance.randrange(len(body) - 4000)
        yield replace(entry, body=" ".join(body[at:at + 4000].split(" ")[1:701]))


def named(size: str, folder: Path = FOLDER) -> Iterator[IndexedDocument]:
    """Yield the documents of a size: ``real``, ``short-100000`` (entries of 40 words), ``full-100000`` (with texts)."""
    shape, _, count = size.partition("-")
    if shape == "real":
        yield from documents(folder)
    else:
        yield from {"short": short_entries, "full": full_entries}[shape](int(count), folder)
