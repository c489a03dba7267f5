"""The engine for large registers: tantivy, with the same terms, the same plan and the same answers.

The change-log position is a document of its own, committed with the rest.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from search_index import schema as s
from search_index.disk import version
from search_index.errors import IndexBusy, IndexDamaged
from search_index.plan import Plan
from search_index.postings import Allowed
from search_index.tantivy_query import Found
from search_index.tantivy_reader import Reader
from search_index.tantivy_schema import POSITION_ID, tantivy_schema, to_document

_HEAP = 64_000_000


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
        self._reader: Reader | None = None
        self._generation, self._generation_at = -1, (0, 0, 0)

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
            at = version(self.folder / "meta.json")
            if at != self._generation_at:
                generation = int(json.loads((self.folder / "meta.json").read_text("utf-8"))["opstamp"])
                self._generation, self._generation_at = generation, at
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"the index does not name its files: {error}") from error
        return self._generation

    def lexicon(self) -> Reader:
        """Return the newest generation opened.

        Raises:
            IndexDamaged: its files are missing or unreadable.
        """
        generation = self.generation()
        with self._lock:
            if self._reader is None or self._reader.generation != generation:
                try:
                    self._index.reload()
                    self._reader = Reader(self._index.searcher(), self._schema, generation)
                except ValueError as error:
                    raise IndexDamaged(f"the index cannot be read: {error}") from error
            return self._reader

    def count(self) -> int:
        """Return the number of living documents."""
        return self.lexicon().live_count

    def ids(self) -> list[int]:
        """Return the ids of all living documents."""
        return self.lexicon().ids()

    def find(self, plan: Plan, allowed: Allowed) -> Found:
        """Evaluate a plan on the newest generation."""
        return Found(self.lexicon(), plan, allowed)

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
                marker.add_unsigned("id", POSITION_ID)
                marker.add_unsigned("position", old[0] if position is None else position)
                marker.add_unsigned("done", (old[1] if done is None else done) + 1)
                writer.delete_documents_by_query(self._with_id(POSITION_ID))
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

    def untidy(self) -> int:
        """Nothing to do."""
        return 0

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
            writer.add_document(to_document(document))
