"""Reading the citations of documents again, in batches that a stop loses at most one of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from registry.db import Sessions, reading
from registry.domain.errors import NotFound
from registry.domain.values import Direction
from registry.models import Document, DocumentText, Setting
from registry.services.actors import Actor
from registry.services.linking import read_new

BATCH = 50
_FEW = 10  # long texts: others who write wait for one batch
_DONE = "links_read_to"
"""The setting that holds the last document read; not there when nothing is unfinished."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents are done of how many, and where this run began."""

    done: int
    total: int
    resumed: bool


def read_again(db: Sessions, *, actor: Actor, at: datetime, start_over: bool = False,
               on_progress: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Read what all held documents cite; a run that was cut off goes on where it stopped.

    What a person confirmed, corrected, removed or decided stays.
    """
    with reading(db) as session:
        stored = session.get(Setting, _DONE)
        last = 0 if start_over or stored is None else int(stored.value)
        total = session.scalar(select(func.count()).select_from(Document).where(
            Document.direction != Direction.EXTERNAL, Document.id > last)) or 0
    progress = Progress(0, total, last > 0)
    while True:
        with db.begin() as session:
            rows = session.execute(
                select(Document, DocumentText.text).outerjoin(DocumentText, DocumentText.document_id == Document.id)
                .where(Document.direction != Direction.EXTERNAL, Document.id > last)
                .order_by(Document.id).limit(BATCH).with_for_update(of=Document)).all()
            if not rows:
                done = session.get(Setting, _DONE)
                if done is not None:
                    session.delete(done)
                return progress
            read_new(session, [(document, text or "") for document, text in rows], actor=actor, at=at)
            last = rows[-1][0].id
            session.merge(Setting(name=_DONE, value=last))
        progress = Progress(progress.done + len(rows), total, progress.resumed)
        on_progress(progress)


def read_these(db: Sessions, ids: Sequence[int], *, actor: Actor, at: datetime) -> Iterator[int]:
    """Read what these documents cite, in batches of a transaction each; yield how many are done after each."""
    for start in range(0, len(ids), _FEW):
        some = ids[start:start + _FEW]
        with db.begin() as session:
            rows = session.execute(
                select(Document, DocumentText.text).outerjoin(DocumentText, DocumentText.document_id == Document.id)
                .where(Document.direction != Direction.EXTERNAL, Document.id.in_(some))
                .order_by(Document.id).with_for_update(of=Document)).all()
            read_new(session, [(document, text or "") for document, text in rows], actor=actor, at=at)
        yield start + len(some)


def read_one_again(db: Sessions, document_id: int, *, actor: Actor, at: datetime) -> None:
    """Read what one document cites.

    Raises:
        NotFound: it is not held.
    """
    with db.begin() as session:
        document = session.get(Document, document_id, with_for_update=True)
        if document is None or document.direction == Direction.EXTERNAL:
            raise NotFound("document", document_id)
        text = session.get(DocumentText, document_id)
        read_new(session, [(document, text.text if text else "")], actor=actor, at=at)
