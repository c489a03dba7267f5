"""Links between documents: typed references and what a text cites, kept as a person left them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registry.domain.citations import Citation as Words
from registry.domain.errors import NotFound
from registry.domain.laws import KNOWN_LAWS, Law, LawTable, law_key
from registry.domain.mentions import Mention, find_mentions
from registry.domain.numbers import DocumentNumber
from registry.domain.validity import EFFECT_OF_RELATION
from registry.models import Citation, Document, Kind, KnownLaw, WaitingCitation
from registry.services import audit, validity_marks
from registry.services.actors import Actor
from registry.services.cited_documents import CitedDocuments, Item
from registry.services.document_rows import Reference, identity_year, label
from search_index.text import fold_line


@dataclass(slots=True)
class Linked:
    """What reading changed in one document's links, as its history tells it."""

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def laws(session: Session) -> LawTable:
    """Return the known laws with those that the office added."""
    rows = session.execute(select(KnownLaw.name, KnownLaw.number, KnownLaw.issued_on).order_by(KnownLaw.id))
    return _extended(tuple(Law(name, number, on) for name, number, on in rows))


@lru_cache(maxsize=2)
def _extended(more: tuple[Law, ...]) -> LawTable:
    return KNOWN_LAWS.extended(more) if more else KNOWN_LAWS


# -- what the text says ------------------------------------------------------------------------------


def read_new(session: Session, documents: Sequence[tuple[Document, str]], *, actor: Actor, at: datetime) -> None:
    """Read the links of documents registered or changed, and resolve again what waited for one of their numbers."""
    read_all(session, documents, actor=actor, at=at)
    settle_waiting(session, [document for document, _ in documents], actor=actor, at=at)


def read_all(session: Session, documents: Sequence[tuple[Document, str]], *, actor: Actor, at: datetime) -> None:
    """Bring the links of documents, each with its text, in step with what text and subject cite.

    What a person typed, confirmed, corrected or removed stays so; what only was read and is said no
    longer goes. Reading the same text again changes nothing. Many are read with the look-ups of one.
    """
    table = laws(session)
    readings = [_Reading(document, find_mentions(text, subject=document.subject, laws=table))
                for document, text in documents]
    by_id = {one.document.id: one for one in readings}
    ids = list(by_id)
    for citation in session.scalars(select(Citation).where(Citation.citing_id.in_(ids)).order_by(Citation.id)):
        by_id[citation.citing_id].stored.append(citation)
    for row in session.scalars(select(WaitingCitation).where(
            WaitingCitation.citing_id.in_(ids)).order_by(WaitingCitation.id)):
        by_id[row.citing_id].rows.append(row)
    items = [item for one in readings for item in one.open_items()]
    if items:
        CitedDocuments(session, actor=actor, at=at).settle(items)
    linked = [one.apply(session) for one in readings]
    session.flush()
    made = [_columns(citation) for one in readings for citation in one.made]
    if made:
        session.execute(insert(Citation), made)
    for one, (_, text), changed in zip(readings, documents, linked, strict=True):
        if one.stored or any(citation.relation in EFFECT_OF_RELATION for citation in one.made):
            validity_marks.follow(session, one.document, text, partly=one.partly)
        _record(session, one.document, changed, actor=actor, at=at)


def _columns(citation: Citation) -> dict[str, object]:
    """Return a new row for an insert of many, which the ORM would make one by one."""
    return {name: getattr(citation, name) for name in (
        "citing_id", "cited_id", "relation", "position", "origin", "relation_read", "start", "end", "quote", "locator",
        "doubtful")}


def _record(session: Session, document: Document, linked: Linked, *, actor: Actor, at: datetime) -> None:
    changes: dict[str, object] = {}
    if linked.added or linked.removed:
        changes["references"] = [linked.removed or None, linked.added or None]
    if linked.waiting:
        changes["waiting"] = [None, linked.waiting]
    if changes:
        audit.record(session, actor, at, "read_links", "document", document.id, label=label(document), changes=changes)


class _Reading:
    """One document, what its text cites, and the rows that are there from before."""

    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self.document = document
        self.items = [Item(document, mention) for mention in mentions]
        self.stored: list[Citation] = []
        self.rows: list[WaitingCitation] = []
        self.made: list[Citation] = []
        self.partly: set[tuple[int, str]] = set()

    def open_items(self) -> list[Item]:
        """Return what is to be resolved: all but what a person decided."""
        before = frozenset(one.cited_id for one in self.stored)
        for item in self.items:
            item.cited_before = before
        return [item for item in self.items if self._decision(item.mention) is None]

    def _decision(self, mention: Mention) -> WaitingCitation | None:
        return next((row for row in self.rows if row.state != "waiting" and _same(row, mention)), None)

    def apply(self, session: Session) -> Linked:
        """Write the links; return what changed."""
        linked = Linked()
        seen: set[int] = set()
        kept: set[int] = set()
        for position, item in enumerate(self.items):
            decision = self._decision(item.mention)
            if decision is not None:
                place(decision, item.mention)
                if decision.state == "dismissed" or decision.cited_id is None:
                    continue
                item.cited_id = decision.cited_id
            if item.candidates is not None:
                self._wait(session, item, position, kept, linked)
            elif item.cited_id is not None and item.cited_id != self.document.id:
                self._link(item, item.cited_id, position, seen, linked)
        for citation in [one for one in self.stored if one.id not in seen]:
            self._unsaid(session, citation, linked)
        for row in self.rows:
            if row.state == "waiting" and row.origin == "read" and row.id not in kept:
                session.delete(row)
        return linked

    def _link(self, item: Item, cited_id: int, position: int, seen: set[int], linked: Linked) -> None:
        mention = item.mention
        if mention.partly:
            self.partly.add((cited_id, mention.relation))
        same = [one for one in (*self.stored, *self.made) if one.cited_id == cited_id]
        typed = [one for one in same if one.origin == "typed"]
        known = next((one for one in same if one.relation_read == mention.relation), None) or next(
            (one for one in same if one.relation == mention.relation), None) or next(iter(typed), None)
        if known is not None:
            if known.id is None or known.id not in seen:
                place(known, mention)
            if known.id is not None:
                seen.add(known.id)
            if known.origin == "read":
                known.doubtful = item.doubtful
                known.position = position
                known.relation_read = known.relation_read or mention.relation
            return
        made = Citation(citing_id=self.document.id, cited_id=cited_id, relation=mention.relation, position=position,
                        origin="read", relation_read=mention.relation, doubtful=item.doubtful)
        place(made, mention)
        self.made.append(made)
        linked.added.append(f"{mention.relation}: {told(mention.citation)}")

    def _wait(self, session: Session, item: Item, position: int, kept: set[int], linked: Linked) -> None:
        row = next((one for one in self.rows if one.state == "waiting" and _same(one, item.mention)), None)
        if row is None:
            row = waiting_row(item, position)
            session.add(row)
            self.rows.append(row)
            linked.waiting.append(f"{item.mention.relation}: {told(item.mention.citation)}")
        else:
            row.candidates = list(item.candidates or ())
            place(row, item.mention)
        if row.id is not None:
            kept.add(row.id)

    def _unsaid(self, session: Session, citation: Citation, linked: Linked) -> None:
        """Take away what the text says no longer, unless a person touched it."""
        if (citation.origin == "typed" or citation.confirmed_at is not None or citation.dismissed_at is not None
                or citation.relation != citation.relation_read):
            citation.start = citation.end = None
            return
        cited = session.get(Document, citation.cited_id)
        linked.removed.append(f"{citation.relation}: {label(cited) if cited else citation.cited_id}")
        session.delete(citation)


def told(citation: Words) -> str:
    """Return a cited document as a person calls it."""
    return citation.number or citation.name or citation.text


def place(row: Citation | WaitingCitation, mention: Mention) -> None:
    """Note where and in which words the text says so."""
    row.start, row.end, row.quote, row.locator = mention.start, mention.end, mention.quote, mention.locator[:200]


def _same(row: WaitingCitation, mention: Mention) -> bool:
    words = mention.citation
    key = row.number_key or law_key(row.name)
    return ((fold_line(row.kind), key, row.relation) == mention.identity
            and (row.issued_on, row.year) == (words.issued_on, words.year) and row.issuer == (words.issuer or "")[:300])


def waiting_row(item: Item, position: int) -> WaitingCitation:
    """Return a new row for what a person must decide."""
    words = item.mention.citation
    row = WaitingCitation(
        citing_id=item.citing.id, kind=words.kind[:100], number=(words.number or "")[:100],
        number_key=item.mention.number_key, name=(words.name or "")[:300], issued_on=words.issued_on,
        year=words.year, issuer=(words.issuer or "")[:300], relation=item.mention.relation, position=position,
        origin="typed" if item.typed else "read", candidates=list(item.candidates or ()))
    place(row, item.mention)
    return row


# -- what a person typed -----------------------------------------------------------------------------


def cite(session: Session, citing: Document, references: Sequence[Reference], *, actor: Actor,
         at: datetime) -> list[Citation]:
    """Link ``citing`` to what ``references`` name and return the links, in their order.

    What is not held is entered as an external document; what may mean several waits for a person.

    Raises:
        NotFound: a ``document_id`` names no document.
        BadDocumentNumber: a number cannot be read.
    """
    named = {at: _item(session, citing, one) for at, one in enumerate(references) if one.document_id is None}
    if named:
        CitedDocuments(session, actor=actor, at=at).settle(list(named.values()))
    stored = {(one.cited_id, one.relation): one for one in session.scalars(
        select(Citation).where(Citation.citing_id == citing.id))}
    found = []
    for position, reference in enumerate(references):
        item = named.get(position)
        if item is not None and item.candidates is not None:
            _wait_once(session, item, position)
            continue
        cited_id = item.cited_id if item is not None else _held(session, reference.document_id)
        if cited_id is None or cited_id == citing.id:
            continue
        row = stored.get((cited_id, reference.relation))
        if row is None:
            row = stored[cited_id, reference.relation] = Citation(
                citing_id=citing.id, cited_id=cited_id, relation=reference.relation)
            session.add(row)
        row.origin, row.position = "typed", position
        row.doubtful = item is not None and item.doubtful
        row.dismissed_at = row.dismissed_by_id = None
        found.append(row)
    session.flush()
    return found


def _item(session: Session, citing: Document, reference: Reference) -> Item:
    number = DocumentNumber.parse(reference.number)
    kind = session.get(Kind, reference.kind_id) if reference.kind_id else None
    words = Words(0, 0, reference.number, kind.name if kind else "", str(number), reference.issued_on,
                  identity_year(number, reference.issued_on, None), relation=reference.relation)
    mention = Mention(words, number.key, reference.relation, None, None, "")
    return Item(citing, mention, typed=True, subject=reference.subject, issuer_id=reference.issuer_id)


def _held(session: Session, document_id: int | None) -> int:
    if document_id is None or session.get(Document, document_id) is None:
        raise NotFound("document", document_id)
    return document_id


def _wait_once(session: Session, item: Item, position: int) -> None:
    rows = session.scalars(select(WaitingCitation).where(
        WaitingCitation.citing_id == item.citing.id, WaitingCitation.number_key == item.mention.number_key))
    if not any(_same(row, item.mention) for row in rows):
        session.add(waiting_row(item, position))


def replace_references(session: Session, document: Document, references: Sequence[Reference], *, actor: Actor,
                       at: datetime) -> None:
    """Make ``references`` what a person typed that the document cites; what was read is not touched.

    A typed link taken away that the text says as well is kept as removed, so that reading does not
    bring it back.
    """
    before = session.scalars(select(Citation).where(
        Citation.citing_id == document.id, Citation.origin == "typed", Citation.dismissed_at.is_(None))).all()
    kept = {one.id for one in cite(session, document, references, actor=actor, at=at)}
    for citation in before:
        if citation.id in kept:
            continue
        if citation.quote:
            citation.dismissed_at, citation.dismissed_by_id = at, actor.id
        else:
            session.delete(citation)


# -- what waited -------------------------------------------------------------------------------------


def settle_waiting(session: Session, documents: Iterable[Document], *, actor: Actor, at: datetime) -> None:
    """Resolve again what waited for a document of these documents' numbers: one of them may be the one meant."""
    keys = sorted({one.number_key for one in documents if one.number_key})
    for start in range(0, len(keys), 500):
        rows = session.scalars(select(WaitingCitation).where(
            WaitingCitation.state == "waiting", WaitingCitation.number_key.in_(keys[start:start + 500]))
            .order_by(WaitingCitation.id).limit(500)).all()
        items = [(row, item) for row in rows if (item := waiting_item(session, row)) is not None]
        if items:
            CitedDocuments(session, actor=actor, at=at).settle([item for _, item in items], enter=False)
        for row, item in items:
            if item.candidates is not None:
                row.candidates = item.candidates
            elif item.cited_id is not None:
                link_waiting(session, row, item.cited_id, doubtful=item.doubtful)
                session.delete(row)
                _record(session, item.citing, Linked(added=[f"{row.relation}: {told(item.mention.citation)}"]),
                        actor=actor, at=at)


def waiting_item(session: Session, row: WaitingCitation) -> Item | None:
    """Return what waits, ready to be resolved again."""
    citing = session.get(Document, row.citing_id)
    if citing is None:
        return None
    words = Words(row.start or 0, row.end or 0, row.quote, row.kind, row.number or None, row.issued_on, row.year,
                  row.issuer or None, name=row.name or None, relation=row.relation)
    mention = Mention(words, row.number_key, row.relation, row.start, row.end, row.quote, row.locator)
    return Item(citing, mention, typed=row.origin == "typed")


def link_waiting(session: Session, row: WaitingCitation, cited_id: int, *, doubtful: bool = False) -> Citation:
    """Return the link to the document that a waiting row turned out to mean."""
    known = session.scalars(select(Citation).where(
        Citation.citing_id == row.citing_id, Citation.cited_id == cited_id, Citation.relation == row.relation)).one_or_none()
    if known is None:
        known = Citation(
            citing_id=row.citing_id, cited_id=cited_id, relation=row.relation, position=row.position,
            origin=row.origin, relation_read=row.relation if row.origin == "read" else None, start=row.start,
            end=row.end, quote=row.quote, locator=row.locator, doubtful=doubtful)
        session.add(known)
        session.flush()
    return known
