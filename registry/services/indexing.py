"""Keeping the search index in step with the database, which is the truth.

One writer a machine follows the change log from the index's own position. Applying a change again
is harmless, so a kill at any moment only means replay.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.syllables import frequent_pairs
from registry.models import (
    Abbreviation,
    Change,
    Document,
    DocumentText,
    Field,
    JournalHead,
    Kind,
    Organisation,
)
from registry.services import file_texts
from search_index import abbreviations, rebuild
from search_index.common_pairs import CommonPairs
from search_index.errors import IndexBusy
from search_index.index import Engine, SearchIndex, open_index
from search_index.schema import IndexedDocument

OPEN, RESTRICTED = "open", "restricted"
"""Access tokens: what everybody may find, and what READ_RESTRICTED is needed for."""

_BATCH = 500
_MOMENT = 0.2  # seconds to wait for the lock: what was merged beside is committed in less
# Beyond this Whoosh still answers, but slowly; ``doctor`` then recommends the other engine.
WHOOSH_WITH_TEXT = 20_000
WHOOSH_WITHOUT_TEXT = 100_000


def index_folder(data: Path) -> Path:
    """Return the folder of the index inside the data folder."""
    return data / "index"


def open_for(db: Sessions, folder: Path) -> SearchIndex:
    """Open the living index with the office's abbreviations and the names of organisations.

    Raises:
        IndexProblem: it is missing, damaged or of an older format; search goes on in SQL meanwhile.
    """
    with reading(db) as session:
        pairs = [(row.short, row.long) for row in session.scalars(select(Abbreviation).order_by(Abbreviation.id))]
        names = session.scalars(select(Organisation.name).where(Organisation.valid_to.is_(None))).all()
    return open_index(folder, abbreviations=abbreviations.table(pairs) if pairs else None, names=names, common=common_pairs())


@functools.cache
def common_pairs() -> CommonPairs:
    """Return the shipped pairs of words that official texts often have."""
    lines = resources.files("registry.data").joinpath("syllable_pairs.txt").read_text(encoding="utf-8")
    return CommonPairs.of(frequent_pairs(lines.splitlines()))


def follow(db: Sessions, index: SearchIndex, *, most: int = _BATCH) -> int:
    """Bring the next changes into the index in one commit; return how many, 0 when it is up to date.

    A document changed several times is read once, as it is now. Somebody else writing is no error:
    the work is being done.
    """
    with reading(db) as session:
        changes = session.execute(
            select(Change.seq, Change.document_id).where(Change.seq > index.position)
            .order_by(Change.seq).limit(most)).all()
        if not changes:
            return 0
        documents = list(indexed(session, sorted({change.document_id for change in changes})))
    try:
        index.put(documents, position=changes[-1].seq, wait=_MOMENT)
    except IndexBusy:
        return 0
    return len(changes)


def indexed(session: Session, ids: Sequence[int]) -> Iterator[IndexedDocument]:
    """Yield the documents as the index takes them, in order of id."""
    query = (
        select(Document, Kind.name.label("kind"), Organisation.name.label("issuer"), Field.name.label("field"))
        .outerjoin(Kind, Kind.id == Document.kind_id).outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .outerjoin(Field, Field.id == Document.field_id)
        .where(Document.id.in_(ids)).order_by(Document.id))
    bodies = file_texts.searchable(session, ids)
    for row in session.execute(query):
        document = row.Document
        yield IndexedDocument(
            id=document.id, number=document.number or "", number_key=document.number_key or "", kind=row.kind or "",
            issuer=row.issuer or "", issuer_id=document.issuer_id, issued_on=document.issued_on, year=document.year,
            direction=document.direction, field=row.field or "", status=document.status, subject=document.subject,
            signer=document.signer_name, body=bodies.get(document.id, ""),
            access=frozenset({RESTRICTED if document.restricted else OPEN}))


def texts(db: Sessions) -> Callable[[Sequence[int]], Mapping[int, str]]:
    """Return the function by which the index looks phrases up in the texts as they are shown."""

    def read(ids: Sequence[int]) -> Mapping[int, str]:
        with reading(db) as session:
            bodies = file_texts.searchable(session, ids)
            rows = session.execute(select(Document.id, Document.subject).where(Document.id.in_(ids)))
            return {row.id: f"{row.subject}\n{bodies.get(row.id, '')}" for row in rows}

    return read


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild is: documents done of how many."""

    done: int
    total: int


def build(db: Sessions, folder: Path, engine: Engine, *, processes: int = 1, fresh: bool = False,
          on_progress: Callable[[Progress], None] = lambda _: None) -> None:
    """Build the index anew beside the living one and swap it in; a build that was cut off goes on.

    Changes made meanwhile lie behind the position that the build began at, so that following the log
    from there brings them in.

    Raises:
        IndexBusy: another process is building it.
    """
    with reading(db) as session:
        position = session.scalars(select(JournalHead.change_seq)).one()
    with rebuild.start_rebuild(folder, engine, position=position, processes=processes, fresh=fresh) as under_way:
        with reading(db) as session:
            total = session.scalar(select(func.count()).select_from(Document)) or 0
            done = session.scalar(select(func.count()).select_from(Document).where(
                Document.id <= under_way.done)) or 0
        last = under_way.done
        while True:
            with reading(db) as session:
                ids = session.scalars(
                    select(Document.id).where(Document.id > last).order_by(Document.id).limit(_BATCH)).all()
                documents = list(indexed(session, ids)) if ids else []
            if not ids:
                break
            under_way.put(documents)
            last, done = ids[-1], done + len(ids)
            on_progress(Progress(done - under_way.waiting, total))
        under_way.finish()
        on_progress(Progress(done, total))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Index beside database: what the index lacks, and what it has too much."""

    documents: int
    missing: tuple[int, ...]
    extra: tuple[int, ...]
    waiting: int
    """Changes of the log that the index has not taken yet; those are no fault."""
    outgrown: bool
    """The register is larger than what the default engine answers quickly."""

    @property
    def equal(self) -> bool:
        """Whether both hold the same documents."""
        return not self.missing and not self.extra


def compare(db: Sessions, index: SearchIndex) -> Comparison:
    """Compare the ids of the index with those of the database."""
    with reading(db) as session:
        stored = set(session.scalars(select(Document.id)))
        waiting = set(session.scalars(select(Change.document_id).where(Change.seq > index.position)))
        with_text = session.scalar(select(func.count()).select_from(DocumentText)) or 0
    held = set(index.ids())
    outgrown = index.engine == "whoosh" and (
        with_text > WHOOSH_WITH_TEXT or len(stored) > WHOOSH_WITHOUT_TEXT)
    return Comparison(len(stored), tuple(sorted(stored - held - waiting)), tuple(sorted(held - stored)),
                      len(waiting), outgrown)


def repair(db: Sessions, index: SearchIndex, found: Comparison) -> None:
    """Put in what the index lacks and take out what it has too much."""
    for start in range(0, max(len(found.missing), 1), _BATCH):
        with reading(db) as session:
            documents = list(indexed(session, found.missing[start:start + _BATCH]))
        index.put(documents, removed=found.extra if start == 0 else (), wait=30)
