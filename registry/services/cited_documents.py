"""From citations to rows: the documents that may be meant, and external ones for what is not held."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Select, and_, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import insert_missing
from registry.domain.citations import Citation
from registry.domain.issuers import name_key
from registry.domain.laws import law_key
from registry.domain.mentions import Mention, in_context, issuer_known
from registry.domain.numbers import DocumentNumber
from registry.domain.resolution import Candidate, issuer_key, resolve_citations, same_issuer
from registry.domain.values import Direction
from registry.models import Change, Document, Kind, NumberSymbol, Organisation, OrganisationName
from registry.services import organisations
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument, fill, identity_year, symbol_key
from search_index.text import fold_line

ISSUER_NOTE = "Cơ quan ban hành: "
"""In the notes of an external document: the issuer as cited, where no list has a body of that name."""
_CHUNK = 500
_SLOTS = 256
_ATTEMPTS = 4
_UNIT = 20_200_305  # of the advisory locks: nobody else's


@dataclass(slots=True)
class Item:
    """One citation on its way to a document; ``settle`` fills in the result."""

    citing: Document
    mention: Mention
    typed: bool = False
    subject: str = ""
    issuer_id: int | None = None
    """Of a typed reference whose issuer was chosen from the list."""
    cited_before: frozenset[int] = frozenset()
    """What the document is linked to already: a year-less number read again means the same."""
    citation: Citation | None = None
    """As it is meant in the citing document: with the province that its issuer tells."""
    cited_id: int | None = None
    doubtful: bool = False
    itself: bool = False
    """It names the citing document itself, which is no link."""
    candidates: list[int] | None = None
    """Not None: a person must choose."""


@dataclass(slots=True)
class _Known:
    candidate: Candidate
    key: str | None
    issuer_id: int | None
    year: int | None
    series: str
    rank: int


@dataclass(slots=True)
class _New:
    """External documents that this pass makes; until they are stored their ids are negative."""

    documents: list[Document] = field(default_factory=list)
    numbers: list[DocumentNumber] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


class CitedDocuments:
    """Brings citations to documents within one transaction."""

    def __init__(self, session: Session, *, actor: Actor, at: datetime) -> None:
        self._session = session
        self._actor = actor
        self._at = at
        self._kinds = {row.name_key: row.id for row in session.scalars(select(Kind))}
        self._issuers: dict[int, Organisation | None] = {}
        self._bodies: dict[str, list[Organisation]] = {}
        self._known: dict[str, list[_Known]] = {}
        self._symbols: set[str] = set()

    def settle(self, items: Sequence[Item], *, enter: bool = True) -> None:
        """Bring each item to one document, to the candidates for a person, or to a new external document.

        Without ``enter`` what is not held is left without document. Two transactions that cite the same
        unknown document make one: the second waits for the first and then finds what it made.
        """
        for item in items:
            item.citation = self._in_context(item)
        locked = self._session.get_bind().dialect.name != "postgresql"  # SQLite lets one transaction write
        for attempt in range(_ATTEMPTS):
            self._look_up(items)
            new = _New()
            for item in items:
                self._settle(item, new if enter else None)
            if not new.documents:
                return
            if not locked:
                self._lock(new.keys)
                locked = True
                continue
            try:
                with self._session.begin_nested():
                    self._session.add_all(new.documents)
                    self._session.flush()
            except IntegrityError:
                # Registered by somebody else between the look and the write.
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            self._finish(items, new)
            return

    def enter_new(self, item: Item) -> int:
        """Enter an external document for ``item``, whatever is known already, and return its id."""
        item.citation = self._in_context(item)
        new = _New()
        self._look_up([item])
        self._enter(item, item.citation, item.mention.number_key or law_key(item.citation.name or ""), new)
        self._session.add_all(new.documents)
        self._session.flush()
        self._finish([item], new)
        return new.documents[0].id

    def _lock(self, keys: Iterable[str]) -> None:
        """Wait for whoever else enters a document of these numbers; in one order, so that none waits for another."""
        slots = sorted({zlib.crc32(key.encode()) % _SLOTS for key in keys})
        self._session.execute(text("SELECT pg_advisory_xact_lock(:unit, slot) FROM unnest(CAST(:slots AS integer[])) slot"),
                              {"unit": _UNIT, "slots": slots})

    def _finish(self, items: Sequence[Item], new: _New) -> None:
        ids = {-(at + 1): document.id for at, document in enumerate(new.documents)}
        for item in items:
            if item.cited_id is not None:
                item.cited_id = ids.get(item.cited_id, item.cited_id)
            if item.candidates is not None:
                item.candidates = [ids.get(one, one) for one in item.candidates]
        for number in new.numbers:
            key = symbol_key(number)
            if key not in self._symbols:
                self._symbols.add(key)
                insert_missing(self._session, NumberSymbol, symbol_key=key)
        self._session.execute(insert(Change), [{"document_id": document.id} for document in new.documents])

    # -- looking up ----------------------------------------------------------------------------------

    def _look_up(self, items: Sequence[Item]) -> None:
        self._known = {}
        keys = {item.mention.number_key for item in items if item.mention.number_key}
        days = {item.mention.citation.issued_on for item in items
                if item.mention.number_key is None and item.mention.citation.issued_on}
        for chunk in _chunks(sorted(keys)):
            self._remember(select(Document).where(Document.number_key.in_(chunk)))
        if days:
            self._remember(select(Document).where(and_(
                Document.direction == Direction.EXTERNAL, Document.listed_on.in_(days),
                Document.number_key.is_(None))))
        self._look_up_bodies({key for item in items for name in _names(_meant(item))
                              for key in (name_key(name), issuer_key(name))})

    def _remember(self, documents: Select[Document]) -> None:
        chosen = documents.subquery()
        columns = chosen.c
        rows = self._session.execute(
            select(columns.id, Kind.name.label("kind"), columns.number, columns.number_key, columns.issued_on,
                   columns.year, columns.issuer_id, Organisation.name.label("issuer"), Organisation.valid_to,
                   columns.direction, columns.notes, columns.series, columns.duplicate_rank, columns.subject)
            .outerjoin(Kind, Kind.id == columns.kind_id)
            .outerjoin(Organisation, Organisation.id == columns.issuer_id).order_by(columns.id)).all()
        ended = {row.issuer_id for row in rows if row.valid_to is not None}
        today = organisations.successors_today(self._session, ended) if ended else {}
        for row in rows:
            issuer = row.issuer or (noted_issuer(row.notes) if row.direction == Direction.EXTERNAL else None)
            also = tuple(body.name for body in today.get(row.issuer_id or 0, ()))
            key = row.number_key or law_key(row.subject)
            self._known.setdefault(key, []).append(_Known(
                Candidate(row.id, row.kind or "", row.number, row.issued_on, issuer, also, row.year), row.number_key,
                row.issuer_id, row.year, row.series, row.duplicate_rank))

    def _look_up_bodies(self, keys: set[str]) -> None:
        missing = sorted(key for key in keys if key and key not in self._bodies)
        for chunk in _chunks(missing):
            self._bodies.update((key, []) for key in chunk)
            for key, body in self._session.execute(
                    select(OrganisationName.name_key, Organisation)
                    .join(Organisation, Organisation.id == OrganisationName.organisation_id)
                    .where(OrganisationName.name_key.in_(chunk)).order_by(Organisation.id)):
                if body not in self._bodies[key]:
                    self._bodies[key].append(body)

    def _body(self, citation: Citation) -> tuple[Organisation | None, str]:
        """Return the one known issuer of that name on the day, and the name as cited or implied."""
        name = next(iter(_names(citation)), "")
        on = citation.issued_on or (date(citation.year, 1, 1) if citation.year else None)
        for key in dict.fromkeys((name_key(name), issuer_key(name))) if name else ():
            alive = [body for body in self._bodies.get(key, ()) if organisations.existed(body, on)]
            if len(alive) == 1:
                return alive[0], name
        return None, name

    # -- settling ------------------------------------------------------------------------------------

    def _settle(self, item: Item, new: _New | None) -> None:
        item.cited_id, item.candidates, item.doubtful = None, None, False
        citation = _meant(item)
        key = item.mention.number_key or law_key(citation.name or "")
        known = self._known.get(key, [])
        if self._is_itself(item, citation):
            item.itself = True
            return
        # What a text seems to cite of the future is misread or misprinted; a person may know better.
        on = None if item.typed else item.citing.issued_on or item.citing.received_on
        if on and ((citation.issued_on and citation.issued_on > on) or (citation.year and citation.year > on.year)):
            item.candidates = [one.candidate.id for one in known if one.candidate.id != item.citing.id][:20]
            return
        others = [one.candidate for one in known if one.candidate.id != item.citing.id]
        (result,) = resolve_citations([citation], lambda _: others, citing_on=on)
        chosen = result.candidate
        undated = citation.issued_on is None and citation.year is None
        if chosen is None and undated and len(result.doubtful) == 1 and (
                item.typed or result.doubtful[0].id in item.cited_before):
            chosen = result.doubtful[0]  # a person looked it up, or the text is read again
            item.doubtful = True
        if chosen is not None:
            item.cited_id = chosen.id
            item.doubtful |= not item.typed and item.mention.number_key is not None and not issuer_known(citation)
        elif result.doubtful:
            item.candidates = [one.id for one in result.doubtful[:20]]
        elif new is not None:
            item.doubtful = undated or (not item.typed and not issuer_known(citation) and citation.name is None)
            self._enter(item, citation, key, new)

    def _in_context(self, item: Item) -> Citation:
        citation = item.mention.citation
        if item.issuer_id is not None:
            body = self._issuer(item.issuer_id)
            return replace(citation, issuer=body.name) if body else citation
        own = self._issuer(item.citing.issuer_id)
        return in_context(citation, own.place) if own is not None and own.place else citation

    def _issuer(self, issuer_id: int | None) -> Organisation | None:
        if issuer_id is None:
            return None
        if issuer_id not in self._issuers:
            self._issuers[issuer_id] = self._session.get(Organisation, issuer_id)
        return self._issuers[issuer_id]

    def _is_itself(self, item: Item, citation: Citation) -> bool:
        own = item.citing
        if item.mention.number_key is None or item.mention.number_key != own.number_key or item.typed:
            return False
        issuer = self._issuer(own.issuer_id)
        same_time = citation.issued_on == own.issued_on if citation.issued_on and own.issued_on else (
            citation.year is None or citation.year == own.year)
        return same_time and same_issuer(citation.issuer or citation.issuer_implied, issuer.name if issuer else None)

    def _enter(self, item: Item, citation: Citation, key: str, new: _New) -> None:
        """Prepare an external document; the items that follow find it."""
        number = DocumentNumber.parse(citation.number) if item.mention.number_key and citation.number else None
        body, name = self._body(citation)
        if item.issuer_id is not None:
            body = self._issuer(item.issuer_id)
        document = Document(direction=Direction.EXTERNAL, created_at=self._at, created_by_id=self._actor.id, series="")
        fill(document, NewDocument(
            direction=Direction.EXTERNAL, kind_id=self._kinds.get(fold_line(citation.kind)),
            issued_on=citation.issued_on, issuer_id=body.id if body else None,
            subject=item.subject or citation.name or str(number),
            notes=f"{ISSUER_NOTE}{name}" if name and body is None else ""), number, at=self._at)
        document.year = identity_year(number, citation.issued_on, None) or citation.year
        known = self._known.setdefault(key, [])
        ranks = [one.rank for one in known if number is not None and (one.issuer_id, one.year, one.series) == (
            document.issuer_id, document.year, "")]
        document.duplicate_rank = max(ranks, default=-1) + 1
        new.documents.append(document)
        if number is not None:
            new.numbers.append(number)
        new.keys.add(key)
        item.cited_id = -len(new.documents)
        known.append(_Known(
            Candidate(item.cited_id, citation.kind, document.number, citation.issued_on, body.name if body else name or None,
                      year=document.year),
            document.number_key, document.issuer_id, document.year, "", document.duplicate_rank))


def noted_issuer(notes: str) -> str | None:
    """Return the issuer that the notes of an external document keep as it was cited."""
    first = notes.partition("\n")[0]
    return first.removeprefix(ISSUER_NOTE) if first.startswith(ISSUER_NOTE) else None


def may_be(document: Document, *, kind_id: int | None, issuer: str | None) -> bool:
    """Whether an external document may be the one registered now: neither kind nor cited issuer speaks against it."""
    return (not document.kind_id or not kind_id or document.kind_id == kind_id) and (
        document.issuer_id is not None or same_issuer(noted_issuer(document.notes), issuer))


def _meant(item: Item) -> Citation:
    return item.citation or item.mention.citation


def _names(citation: Citation) -> Iterator[str]:
    if name := citation.issuer or citation.issuer_implied:
        yield name


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start:start + _CHUNK]


