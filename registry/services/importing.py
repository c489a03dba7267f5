"""Importing a file of documents (nhập tệp): batch by batch, looked at before, and told."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.import_errors import BadImportFile
from registry.domain.importing_columns import Meaning
from registry.domain.revising import is_taken_out
from registry.domain.values import Direction
from registry.services import audit
from registry.services.actors import Actor
from registry.services.import_files import Source, SourceRow
from registry.services.import_report import BrokenOff, ImportReport
from registry.services.import_rows import RowBatch
from registry.services.rereading import read_these
from search_index.text import one_line

BATCH = 200
"""Rows a transaction: a stop loses at most these, and others wait half a second at most."""


def run(
    db: Sessions, source: Source, *, mapping: Mapping[str, Meaning], actor: Actor, at: datetime,
    direction: Direction | None = None, dry_run: bool = False, file_name: str = "",
    on_progress: Callable[[ImportReport], None] | None = None, links: bool = True,
) -> ImportReport:
    """Import the rows of ``source`` and return what became of each.

    A batch of rows is one transaction, each row a savepoint in it. The same file again finds what
    is there. A dry run does all of it in one transaction and rolls it back. ``direction`` is that of
    every row; without it, what the office itself issued is outgoing and all else incoming. Where the
    file breaks off, what was read before is kept and the report names the fault. With ``links`` what
    the texts cite is linked, that of texts beyond ``import_rows.READ_AT_ONCE`` when all rows are in.

    Raises:
        BadImportFile: ``taken_out``: a list to be edited, see ``revising``, holds no new documents.
    """
    if is_taken_out(source.columns):
        raise BadImportFile("taken_out")
    report = ImportReport(dry_run=dry_run, remark=source.remark)
    columns = dict(mapping)
    seen: dict[str, int] = {}
    long_texts: list[int] = []
    try:
        with _transactions(db, dry_run) as begin:
            for batch in batches(source.rows, report):
                with begin() as session:
                    rows = RowBatch(session, columns, actor, at, direction, seen, report)
                    rows.take(batch)
                    if links:
                        rows.link()
                        long_texts += rows.long_texts
                if on_progress is not None:
                    on_progress(report)
        if not dry_run:
            for _done in read_these(db, long_texts, actor=actor, at=at):
                if on_progress is not None:
                    on_progress(report)
    finally:
        if not dry_run and report.rows:
            with db.begin() as session:
                audit.record(session, actor, at, "import", "file", label=one_line(file_name)[:200], changes={
                    "rows": report.rows, "registered": report.registered, "already": report.already,
                    "refused": report.refused, "new_issuers": len(report.new_issuers)})
    return report


def preview(
    db: Sessions, source: Source, *, mapping: Mapping[str, Meaning], actor: Actor, at: datetime,
    direction: Direction | None = None, limit: int = 20,
) -> ImportReport:
    """Return what an import would make of the first rows: the real run, rolled back."""
    report = ImportReport(dry_run=True, remark=source.remark, everything=True)
    rows = next(batches(itertools.islice(source.rows, limit), report), [])
    with _transactions(db, rolled_back=True) as begin, begin() as session:
        RowBatch(session, dict(mapping), actor, at, direction, {}, report).take(rows)
    return report


def batches(rows: Iterable[SourceRow], report: BrokenOff) -> Iterator[list[SourceRow]]:
    """Yield the rows by the transaction that takes them; where the file breaks off, the report keeps why."""
    batch = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except BadImportFile as error:
        report.fault = error
    if batch:
        yield batch


@contextmanager
def _transactions(db: Sessions, rolled_back: bool) -> Iterator[Callable[[], Any]]:
    """Yield how a batch gets its session: a transaction of its own, or the one that is rolled back at the end."""
    if not rolled_back:
        yield db.begin
        return
    with db() as session:
        @contextmanager
        def lend() -> Iterator[Session]:
            yield session
            session.flush()
            session.expunge_all()  # a long dry run must not hold all the texts

        try:
            yield lend
        finally:
            session.rollback()
