"""The chain of a document, loaded level by level: a fixed number of statements however wide it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.chains import DEEPEST, MOST, RELATIONS, Branch, Neighbours, Step, Way, grow
from registry.domain.errors import NotFound
from registry.domain.values import Direction, Status
from registry.models import Citation, Document, Kind, Organisation, ValidityMark, living_citations
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.validity import ended_on

_AT_ONCE = 500
"""Ids in one statement: databases have a limit, and this one keeps the plan the same."""


class Standing(StrEnum):
    """What a reader must know of a document before relying on it."""

    IN_FORCE = "in_force"
    CANCELLED = "cancelled"
    EXTERNAL = "external"
    """Cited only; the register does not hold it."""


@dataclass(frozen=True, slots=True)
class ChainDocument:
    """A document as a chain shows it."""

    id: int
    number: str | None
    kind: str | None
    kind_code: str | None
    issued_on: date | None
    issuer: str | None
    subject: str
    standing: Standing
    ended: bool
    """Another document replaces, repeals (perhaps in part) or recalls it."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A document, what stands above it and below it."""

    document: ChainDocument
    up: Branch
    down: Branch
    documents: Mapping[int, ChainDocument]
    """All that the two trees name."""

    @property
    def size(self) -> int:
        """How many documents the chain shows, without the one that it belongs to."""
        return len(self.documents) - 1


def get_chain(db: Sessions, document_id: int, *, actor: Actor, on: date, most: int = MOST,
              deepest: int = DEEPEST) -> Chain:
    """Return the chain of one document, as far as ``actor`` may see it.

    It shows at most ``most`` documents and follows ``deepest`` levels each way. Documents that the actor may not see are left out, with what hangs on them alone, and are not counted.

    Raises:
        NotFound: there is no such document that ``actor`` may see.
    """
    with reading(db) as session:
        if session.scalar(select(Document.id).where(Document.id == document_id, visible(actor))) is None:
            raise NotFound("document", document_id)
        # What a document rests on is little beside what may rest on it; half of the room is plenty.
        up = grow(document_id, _Look(session, actor, Way.UP), most=most // 2, deepest=deepest)
        used = sum(1 for _ in up.walk()) - 1
        down = grow(document_id, _Look(session, actor, Way.DOWN), most=most - used, deepest=deepest)
        keys = {branch.key for tree in (up, down) for branch in tree.walk()}
        documents = {one.id: one for one in _documents(session, sorted(keys), on)}
    return Chain(documents[document_id], up, down, documents)


class _Look:
    """Finds the neighbours of the documents of one level."""

    def __init__(self, session: Session, actor: Actor, way: Way) -> None:
        self.session = session
        self.actor = actor
        self.here, self.there = ((Citation.citing_id, Citation.cited_id) if way == Way.UP else
                                 (Citation.cited_id, Citation.citing_id))

    def __call__(self, keys: Sequence[int], room: int) -> Mapping[int, Neighbours]:
        """Return the neighbours of each of ``keys`` that has any, of each at most ``room``."""
        steps: dict[int, list[Step]] = {}
        totals: dict[int, int] = {}
        for some in _chunks(keys):
            for row in self.session.execute(self._query(some, room)):
                relations = tuple(RELATIONS[rank] for rank in dict.fromkeys((row.closest, row.farthest)))
                steps.setdefault(row.here, []).append(Step(row.there, relations))
                totals[row.here] = row.total
        return {key: Neighbours(tuple(found), totals[key]) for key, found in steps.items()}

    def _query(self, keys: Sequence[int], room: int) -> Select[*tuple[Any, ...]]:
        rank = case({code: place for place, code in enumerate(RELATIONS)}, value=Citation.relation)
        pairs = (
            select(self.here.label("here"), self.there.label("there"), Document.listed_on,
                   func.min(rank).label("closest"), func.max(rank).label("farthest"))
            .join(Document, Document.id == self.there)
            .where(self.here.in_(keys), self.here != self.there, Citation.relation.in_(RELATIONS), living_citations(),
                   visible(self.actor))
            .group_by(self.here, self.there, Document.listed_on)
            .subquery())
        placed = select(
            pairs, func.count().over(partition_by=pairs.c.here).label("total"),
            func.row_number().over(
                partition_by=pairs.c.here,
                order_by=(pairs.c.closest, pairs.c.listed_on.desc(), pairs.c.there.desc())).label("place")).subquery()
        return (select(placed.c.here, placed.c.there, placed.c.closest, placed.c.farthest, placed.c.total)
                .where(placed.c.place <= room).order_by(placed.c.here, placed.c.place))


def _documents(session: Session, keys: Sequence[int], on: date) -> Iterator[ChainDocument]:
    for some in _chunks(keys):
        ended = set(session.scalars(ended_on(on).where(ValidityMark.document_id.in_(some))))
        rows = session.execute(
            select(Document.id, Document.number, Document.issued_on, Document.subject, Document.direction,
                   Document.status, Kind.name.label("kind"), Kind.code, Organisation.name.label("issuer"))
            .outerjoin(Kind, Kind.id == Document.kind_id)
            .outerjoin(Organisation, Organisation.id == Document.issuer_id)
            .where(Document.id.in_(some)))
        for row in rows:
            yield ChainDocument(row.id, row.number, row.kind, row.code, row.issued_on, row.issuer, row.subject,
                                _standing(row.direction, row.status), row.id in ended)


def _standing(direction: str, status: str) -> Standing:
    if status == Status.CANCELLED:
        return Standing.CANCELLED
    return Standing.EXTERNAL if direction == Direction.EXTERNAL else Standing.IN_FORCE


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(keys)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
