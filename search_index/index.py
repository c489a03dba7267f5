"""The search index behind one narrow interface; two engines stand behind it.

A folder holds ``current`` (the name of the living index, replaced in one step) and one folder per
index. Every process may search; one at a time may write (:class:`~search_index.errors.IndexBusy`
says so). The position in the change log is committed together with the content, so that replaying
from :attr:`SearchIndex.position` is always right.

    index = open_index(folder)                      # IndexMissing, IndexOutdated, IndexDamaged: rebuild
    index.put([IndexedDocument(id=7, ...)], position=42)
    found = index.search("kế hoạch chuyển đổi số", Filters(kinds=("Kế hoạch",)), facets=("year",))
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from search_index import abbreviations as short_forms
from search_index import common_pairs, highlight
from search_index.common_pairs import CommonPairs
from search_index.disk import sync_folder, version
from search_index.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexProblem
from search_index.limits import Filters, resolve
from search_index.plan import Abbreviations, Lexicon, Plan, make_plan
from search_index.postings import Allowed, Outcome
from search_index.query import Query, parse
from search_index.schema import SCHEMA_VERSION, DocumentTerms, IndexedDocument, analyse
from search_index.spelling import Vocabulary

Engine = Literal["whoosh", "tantivy"]
Sort = Literal["relevance", "date", "number"]
#: Given document ids, returns their whole text as shown: subject, a line break, body.
Texts = Callable[[Sequence[int]], Mapping[int, str]]

PAGE = 20
EVERYTHING = Filters()
MOST_RESULTS = 10_000  # as deep as pages go
PHRASES_CHECKED = 200  # texts read to see whether a phrase is really there
_CURRENT = "current"
_ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of a search.

    ``total`` is exact, except that with ``approximate`` some phrase was not checked in every text.
    ``partial``: nothing has all the words, these have most of them. ``filled_up``: behind the exact hits
    stand some that match without tone marks. ``suggestion``: the query as probably meant; its words are
    already searched for. ``notes``: codes of what was left out of the query (see ``Query``).
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    partial: bool = False
    filled_up: bool = False
    approximate: bool = False
    suggestion: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the hits, best first."""
        return tuple(hit.id for hit in self.hits)


class Found(Protocol):
    """The documents that a plan finds, not yet ordered."""

    @property
    def approximate(self) -> bool:
        """Whether phrases were too much to look up: some found may only have all the pairs of one."""

    def reject(self, ids: Sequence[int]) -> None:
        """Leave out documents whose text turned out not to have the phrase."""

    def page(self, *, sort: str, descending: bool, offset: int, limit: int, facets: Sequence[str]) -> Outcome:
        """Return one page."""


class Files(Protocol):
    """An engine's index in one folder."""

    def generation(self) -> int:
        """Return the newest commit's number."""

    def lexicon(self) -> Lexicon:
        """Return the newest generation's words."""

    def count(self) -> int:
        """Return the number of living documents."""

    def ids(self) -> list[int]:
        """Return the ids of all living documents."""

    def find(self, plan: Plan, allowed: Allowed) -> Found:
        """Evaluate a plan on the generation that :meth:`lexicon` last opened."""

    def position(self) -> tuple[int, int]:
        """Return the change-log position and the last rebuilt id."""

    def write(
        self, documents: Iterable[DocumentTerms], gone: set[int], position: int | None, *,
        done: int | None = None, optimise: bool = False, wait: float = 0.0,
    ) -> None:
        """Commit one batch."""

    def tidy(self, *, wait: float = 0.0) -> bool:
        """Merge small pieces."""

    def untidy(self) -> int:
        """Return how many there are to merge."""

    def release(self) -> None:
        """Give the writer's lock back, where an engine keeps it between commits."""


class SearchIndex:
    """The index of one register; safe to use from several threads."""

    def __init__(
        self, folder: Path, *, abbreviations: Abbreviations | None = None, names: Sequence[str] = (),
        common: CommonPairs = common_pairs.NONE,
    ) -> None:
        """Open the living index of ``folder``; :func:`open_index` is the way in.

        ``abbreviations``: the office's table (``abbreviations.table(rows)``), else the seed.
        ``names``: names of known organisations, good words for suggestions. ``common``: pairs of words that
        the language often has, so that a register that begins takes no other word for a slip.
        """
        self.folder = folder
        self.abbreviations = short_forms.seed() if abbreviations is None else abbreviations
        self.names = tuple(names)
        self.common = common
        self._lock = threading.RLock()
        self._name = ""
        self._current_at: tuple[int, int, int] | None = None
        self._engine: Engine = "whoosh"
        self._files_open: Files | None = None
        self._vocabulary: Vocabulary | None = None
        self._vocabulary_of = -1
        self._files()

    @property
    def engine(self) -> Engine:
        """The engine that the living index was made with."""
        self._files()
        return self._engine

    @property
    def generation(self) -> tuple[str, int]:
        """What changes with every commit and with every rebuild, for caches outside."""
        files = self._files()
        return self._name, files.generation()

    @property
    def position(self) -> int:
        """The change-log position up to which the index is complete."""
        return self._files().position()[0]

    @property
    def count(self) -> int:
        """The number of documents in the index."""
        return self._files().count()

    def ids(self) -> list[int]:
        """Return the ids of all documents in the index, for comparing with the database."""
        return self._files().ids()

    def put(
        self, documents: Iterable[IndexedDocument] = (), *, removed: Iterable[int] = (), position: int | None = None,
        optimise: bool = False, wait: float = 0.0,
    ) -> None:
        """Commit one batch: documents new or changed, documents ``removed``, and the position they reach.

        All of it or nothing. A document given twice counts as given last; putting the same again changes
        nothing. ``optimise`` makes one tidy index of it (a nightly job; it takes long). Every process sees
        the commit with its next search.

        Raises:
            IndexBusy: another process writes and did not finish within ``wait`` seconds.
            OSError: the disk is full or failing; the old state stays and goes on being searched.
        """
        self._files().write(
            map(analyse, documents), set(removed), position, optimise=optimise, wait=wait
        )

    def search(
        self, query: str | Query, filters: Filters = EVERYTHING, *, sort: Sort = "relevance", descending: bool = True,
        page: int = 1, size: int = PAGE, facets: Sequence[str] = (), texts: Texts | None = None, typing: bool = False,
    ) -> SearchResult:
        """Return one page of what ``query`` finds inside ``filters``.

        ``texts`` lets phrases be checked in the best texts where looking them up in all is too much. ``typing``: the last word may be the beginning of one. An empty query finds all
        documents, the newest first.

        Raises:
            IndexDamaged: the files of the index cannot be read: rebuild.
        """
        asked = parse(query) if isinstance(query, str) else query
        files = self._files()
        lexicon = files.lexicon()
        allowed = resolve(filters, asked.fields, lexicon.values, self.abbreviations)
        offset = min(max(page - 1, 0) * size, MOST_RESULTS)
        if asked.number and sort == "relevance":  # a number that is there needs no plan for its words
            found = files.find(Plan(number=asked.number, zeros=asked.zeros), allowed)
            outcome = found.page(sort=sort, descending=descending, offset=offset, limit=size, facets=facets)
            if outcome.total:
                return SearchResult(tuple(map(Hit, outcome.ids, outcome.scores)), outcome.total, outcome.facets, notes=asked.notes)
        plan = make_plan(asked, lexicon, self._speller(lexicon), self.abbreviations, typing=typing)
        found = files.find(plan, allowed)
        if not plan.slots and not plan.number and sort == "relevance":
            sort = "date"
        order = {"sort": sort, "descending": descending}
        approximate = False
        if plan.phrases and found.approximate:
            approximate = texts is None or _check_phrases(found, plan.phrases, texts, order, offset + size)
        outcome = found.page(**order, offset=offset, limit=size, facets=facets)  # type: ignore[arg-type]
        return SearchResult(
            hits=tuple(map(Hit, outcome.ids, outcome.scores)),
            total=outcome.total,
            facets=outcome.facets,
            partial=outcome.partial and outcome.total > 0,
            filled_up=outcome.filled_up,
            approximate=approximate and outcome.total > 0,
            suggestion=plan.corrected,
            notes=asked.notes,
        )

    def tidy(self, *, wait: float = 0.0) -> bool:
        """Merge the pieces that single saves left; return whether there was something to do.

        It takes seconds and memory, which is why the follower leaves it to a process of its own
        (:mod:`search_index.tidying`). Saves go on meanwhile; they wait only while the result is committed.

        Raises:
            IndexBusy: another process writes and did not finish within ``wait`` seconds.
            OSError: the disk is full or failing; the pieces stay.
        """
        return self._files().tidy(wait=wait)

    @property
    def untidy(self) -> int:
        """How many pieces :meth:`tidy` would merge, 0 for nothing to do."""
        return self._files().untidy()

    def release(self) -> None:
        """Give the writer's lock back; tantivy keeps it from the first :meth:`put` on, Whoosh never does."""
        self._files().release()

    def _speller(self, lexicon: Lexicon) -> Vocabulary:
        """Return the vocabulary, made anew when the index has grown by a twentieth."""
        count = lexicon.live_count
        with self._lock:
            if self._vocabulary is None or abs(count - self._vocabulary_of) > self._vocabulary_of // 20:
                self._vocabulary = Vocabulary(lexicon, count, self.names, self.common)
                self._vocabulary_of = count
            else:
                self._vocabulary.follow(lexicon)
            return self._vocabulary

    def _files(self) -> Files:
        with self._lock:
            at = _version_of_current(self.folder)
            if at == self._current_at and self._files_open is not None:
                return self._files_open
            name = _current(self.folder)
            if name != self._name or self._files_open is None:
                about = _read_about(self.folder / name)
                self._engine = about["engine"]
                self._files_open = engine_files(self.folder / name, self._engine)
                self._name = name
                self._vocabulary = None
            self._current_at = at
            return self._files_open


def _check_phrases(
    found: Found, phrases: Sequence[Sequence[str]], texts: Texts, order: Mapping[str, Any], most: int
) -> bool:
    """Reject the best candidates that lack a phrase; return whether some were left unchecked."""
    right: set[int] = set()
    read = 0
    while read < PHRASES_CHECKED:
        outcome = found.page(**order, offset=0, limit=most, facets=())
        fresh = [ident for ident in outcome.ids if ident not in right]
        if not fresh:
            return outcome.total > len(right)
        given = texts(fresh)
        read += len(fresh)
        wrong = [ident for ident in fresh if not highlight.has_phrases(given.get(ident, ""), phrases)]
        right.update(set(fresh) - set(wrong))
        if wrong:
            found.reject(wrong)
    return True


def open_index(
    folder: Path, *, abbreviations: Abbreviations | None = None, names: Sequence[str] = (),
    common: CommonPairs = common_pairs.NONE,
) -> SearchIndex:
    """Open the living index in ``folder``.

    Raises:
        IndexMissing: there is none yet.
        IndexOutdated: it was made by another version of the schema, or its engine is not installed.
        IndexDamaged: its files are incomplete.
    """
    index = SearchIndex(folder, abbreviations=abbreviations, names=names, common=common)
    index.count  # noqa: B018 - reads the newest generation, so that damage shows here
    return index


def create_index(
    folder: Path, engine: Engine = "whoosh", *, abbreviations: Abbreviations | None = None, names: Sequence[str] = (),
    common: CommonPairs = common_pairs.NONE,
) -> SearchIndex:
    """Make an empty index the living one and open it; what was there goes."""
    inside = new_files(folder, engine)
    make_current(folder, inside)
    return open_index(folder, abbreviations=abbreviations, names=names, common=common)


def new_files(folder: Path, engine: Engine, prefix: str = "index") -> Path:
    """Make the files of an empty index in a new folder inside ``folder``, not yet the living one."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # the index is read by unpickling: nobody else may write into it
    inside = folder / f"{prefix}-{secrets.token_hex(4)}"
    inside.mkdir(mode=0o700)
    if engine == "whoosh":
        from search_index.whoosh_engine import WhooshFiles

        WhooshFiles.create(inside)
    else:
        from search_index.tantivy_engine import TantivyFiles

        TantivyFiles.create(inside)
    about = {"engine": engine, "schema": SCHEMA_VERSION}
    (inside / _ABOUT).write_text(json.dumps(about), encoding="ascii")
    return inside


def make_current(folder: Path, inside: Path) -> None:
    """Make ``inside`` the living index in one step, and remove the others."""
    beside = folder / f"{_CURRENT}.{os.getpid()}"
    with beside.open("w", encoding="ascii") as file:
        file.write(inside.name)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(inside)
    beside.replace(folder / _CURRENT)
    sync_folder(folder)
    for other in folder.iterdir():
        if other.is_dir() and other != inside:
            # A process that still reads the old files keeps them open; on Windows they go next time.
            shutil.rmtree(other, ignore_errors=True)


def living_name(folder: Path) -> str:
    """Return the name of the living index inside ``folder``, empty where there is none or it cannot be read."""
    try:
        return _current(folder)
    except IndexProblem:
        return ""


def engine_files(inside: Path, engine: Engine) -> Files:
    """Open an engine's files."""
    if engine == "whoosh":
        from search_index.whoosh_engine import WhooshFiles

        return WhooshFiles(inside)
    try:
        from search_index.tantivy_engine import TantivyFiles
    except ImportError as error:
        raise IndexOutdated("the index was made with tantivy, which is not installed") from error
    return TantivyFiles(inside)


def _version_of_current(folder: Path) -> tuple[int, int, int] | None:
    try:
        return version(folder / _CURRENT)
    except OSError:
        return None  # reading it will say what is wrong


def _current(folder: Path) -> str:
    try:
        name = (folder / _CURRENT).read_text("ascii").strip()
    except FileNotFoundError as error:
        raise IndexMissing(f"no index in {folder}") from error
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{folder / _CURRENT} cannot be read: {error}") from error
    if not name or "/" in name or "\\" in name or not (folder / name).is_dir():
        raise IndexDamaged(f"the living index {name!r} is not there")
    return name


def _read_about(inside: Path) -> dict[str, Any]:
    try:
        about = json.loads((inside / _ABOUT).read_text("ascii"))
        engine, version = about["engine"], about["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{inside / _ABOUT} cannot be read: {error}") from error
    if engine not in ("whoosh", "tantivy") or version != SCHEMA_VERSION:
        raise IndexOutdated(f"the index was made with {engine}, schema {version}; now {SCHEMA_VERSION}")
    return about  # type: ignore[no-any-return]
