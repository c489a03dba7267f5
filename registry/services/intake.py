"""Intake (đăng ký từ văn bản): a pasted text becomes proposals for a clerk to confirm; nothing is saved before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.citations import Citation
from registry.domain.dates import print_short_date
from registry.domain.errors import BadDocumentNumber, DuplicateDocument, RegistryError, SecretDocument
from registry.domain.intake import Content, read_as
from registry.domain.kinds import find_kind
from registry.domain.numbers import DocumentNumber
from registry.domain.proposals import Proposal
from registry.domain.resolution import Candidate, known_law, resolve_citations
from registry.domain.values import Direction
from registry.models import Document, Kind, Organisation, Unit
from registry.services import linking, organisations, registration, settings
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument, identity_year
from registry.services.documents import visible
from registry.services.drafts import Likeness
from registry.services.refusals import record_refusal
from registry.services.registration import Registered
from search_index.text import fold_line, one_line

MOST = 80
"""Proposals shown at once: a page that one person can look through."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ReferenceProposal:
    """A citation as a reference of the proposed document."""

    citation: Citation
    words: str
    """As a reference is typed: ``Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ``."""
    document_id: int | None
    """The one document held, or known by citations, that is meant."""
    held: bool
    """It is registered, not only cited."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One proposal beside what the register knows of it."""

    proposal: Proposal
    kind_id: int | None
    kind: str
    issuer_id: int | None
    issuer: str
    """The body's name in the list, else as read: then it is a new one."""
    direction: Direction
    references: tuple[ReferenceProposal, ...]
    unnumbered: tuple[Citation, ...]
    """Cited without number, and no known law."""
    existing: Likeness | None = None
    """Registered already; ``exact`` tells whether surely."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a text proposes: ``rows`` from the one at ``first`` on, of ``total``."""

    content: Content
    rows: list[ReviewRow] = field(default_factory=list)
    total: int = 0
    first: int = 0


def propose(db: Sessions, text: str, *, actor: Actor, at: datetime, content: Content | None = None,
            first: int = 0) -> Review:
    """Return what ``text`` proposes to register, at most ``MOST`` from the one at ``first`` on; nothing is saved.

    Raises:
        SecretDocument: the text bears a mark of state secrecy; only that it was refused is recorded.
    """
    registration.refuse_secret(db, NewDocument(direction=Direction.INCOMING, subject="", text=text), actor=actor, at=at)
    content, proposals = read_as(text, content)
    if any(one.secrecy for one in proposals):
        with db.begin() as session:
            record_refusal(session, SecretDocument("label"), actor=actor, at=at)
        raise SecretDocument("label")
    shown = proposals[first:first + MOST]
    with reading(db) as session:
        return Review(content, _Reviewer(session, actor, shown).rows(), len(proposals), first)


def propose_each(db: Sessions, texts: Sequence[str], *, actor: Actor) -> list[ReviewRow]:
    """Return what each text, one document, proposes; their secrecy was looked at when they were taken in."""
    proposals = [read_as(text, Content.DOCUMENT)[1][0] for text in texts]
    with reading(db) as session:
        return _Reviewer(session, actor, proposals).rows()


class _Reviewer:
    """Sets proposals beside the register, with a bounded number of look-ups for all of them."""

    def __init__(self, session: Session, actor: Actor, proposals: Sequence[Proposal]) -> None:
        self._session = session
        self._actor = actor
        self._proposals = proposals
        self._kinds = {kind.code: kind for kind in session.scalars(select(Kind))}
        self._bodies = organisations.find_by_names(session, {
            (one.issuer.value, _day(one)) for one in proposals if one.issuer})
        self._laws = linking.laws(session)
        office = settings.load(session)
        self._own = {office.organisation_id, office.default_issuer_id} - {None}
        self._units = {fold_line(name) for name in session.scalars(select(Unit.name))}

    def rows(self) -> list[ReviewRow]:
        """Return one row for each proposal, in their order."""
        rows = [self._row(one) for one in self._proposals]
        found = existing(self._session, [_identity(row) for row in rows], self._actor)
        cited = self._references()
        return [ReviewRow(
            row.proposal, row.kind_id, row.kind, row.issuer_id, row.issuer, row.direction,
            tuple(one for one in references if one.citation.number),
            tuple(one.citation for one in references if not one.citation.number), likeness)
            for row, references, likeness in zip(rows, cited, found, strict=True)]

    def _row(self, one: Proposal) -> ReviewRow:
        known = find_kind(one.kind.value) if one.kind else None
        kind = self._kinds.get(known.code) if known else None
        body = self._bodies.get((one.issuer.value, _day(one))) if one.issuer else None
        name = body.name if body else one_line(one.issuer.value) if one.issuer else ""
        return ReviewRow(one, kind.id if kind else None, kind.name if kind else "", body.id if body else None, name,
                         self._direction(body, name), (), ())

    def _direction(self, body: Organisation | None, name: str) -> Direction:
        if body is not None and body.id in self._own:
            return Direction.OUTGOING
        return Direction.INTERNAL if fold_line(name) in self._units else Direction.INCOMING

    def _references(self) -> list[list[ReferenceProposal]]:
        cited = [[known_law(one, self._laws) for one in row.references] for row in self._proposals]
        candidates = self._candidates(one for row in cited for one in row)
        found = []
        for row, proposal in zip(cited, self._proposals, strict=True):
            resolved = resolve_citations(row, lambda one: [
                candidate for candidate, _ in candidates.get(_key(one), ())], citing_on=_day(proposal), laws=self._laws)
            found.append([self._reference(
                one.citation, one.candidate, dict(candidates.get(_key(one.citation), ()))) for one in resolved])
        return found

    def _reference(self, citation: Citation, candidate: Candidate | None,
                   held: dict[Candidate, bool]) -> ReferenceProposal:
        return ReferenceProposal(citation, in_words(citation), candidate.id if candidate else None,
                                 held.get(candidate, False) if candidate else False)

    def _candidates(self, cited: Iterable[Citation]) -> dict[str, list[tuple[Candidate, bool]]]:
        keys = iter({_key(one) for one in cited} - {""})
        found: dict[str, list[tuple[Candidate, bool]]] = {}
        while chunk := list(islice(keys, _CHUNK)):
            for row, kind, issuer in self._session.execute(
                    select(Document, Kind.name, Organisation.name).outerjoin(Kind, Kind.id == Document.kind_id)
                    .outerjoin(Organisation, Organisation.id == Document.issuer_id)
                    .where(Document.number_key.in_(chunk), visible(self._actor)).order_by(Document.id)):
                one = Candidate(row.id, kind or "", row.number, row.issued_on, issuer)
                found.setdefault(row.number_key or "", []).append((one, row.direction != Direction.EXTERNAL))
        return found


def in_words(citation: Citation) -> str:
    """Return a citation as a reference is typed, without article and clause."""
    parts = [citation.kind, f"số {citation.number}" if citation.number else citation.name or ""]
    if citation.issued_on:
        parts.append(f"ngày {print_short_date(citation.issued_on)}")
    issuer = citation.issuer or citation.issuer_implied
    if issuer:
        parts.append(f"của {issuer}")
    return one_line(" ".join(part for part in parts if part))


def _key(citation: Citation) -> str:
    return _number_key(citation.number or "")


def _number_key(text: str) -> str:
    try:
        return DocumentNumber.parse(text).key
    except BadDocumentNumber:
        return ""


def _day(proposal: Proposal) -> date | None:
    return proposal.issued_on.value if proposal.issued_on else None


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a document that is registered already is known again."""

    number: str
    issuer_id: int | None
    issued_on: date | None
    received_on: date | None
    subject: str


def _identity(row: ReviewRow) -> Identity:
    one = row.proposal
    return Identity(one.number.value if one.number else "", row.issuer_id, _day(one),
                    one.received_on.value if one.received_on else None, one.subject.value if one.subject else "")


def existing(session: Session, wanted: Sequence[Identity], actor: Actor) -> list[Likeness | None]:
    """Return for each what is registered already: the same issuer, number and year, whatever the book.

    Without a number, the same issuer and subject. Where the day is missing, a number of the same issuer
    is only like it. What is cited alone is not registered: registering makes it the real one.
    """
    keys = {one.number: _number_key(one.number) for one in wanted}
    subjects = {fold_line(one.subject) for one in wanted if not one.number and one.subject}
    clauses: list[ColumnElement[bool]] = [
        Document.number_key.in_(chunk) for chunk in _chunks(set(keys.values()) - {""})]
    clauses += [Document.number_key.is_(None) & Document.subject_key.in_(chunk) for chunk in _chunks(subjects)]
    rows = [row for clause in clauses for row in session.scalars(
        select(Document).where(clause, Document.direction != Direction.EXTERNAL, visible(actor)).order_by(
            Document.duplicate_rank, Document.id))]
    by_key: dict[tuple[str, int | None], list[Document]] = {}
    for row in rows:
        by_key.setdefault((row.number_key or row.subject_key, row.issuer_id), []).append(row)
    return [_likeness(one, by_key.get((keys[one.number] if one.number else fold_line(one.subject), one.issuer_id), ()))
            for one in wanted]


def _chunks(keys: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _likeness(one: Identity, rows: Sequence[Document]) -> Likeness | None:
    if one.number:
        try:
            year = identity_year(DocumentNumber.parse(one.number), one.issued_on, one.received_on)
        except BadDocumentNumber:
            return None
        same = [row for row in rows if row.year == year]
    else:
        year = None
        same = [row for row in rows if row.issued_on == one.issued_on]
    if same:
        return Likeness(same[0].id, same[0].number, same[0].issued_on, same[0].subject, exact=True)
    if rows and year is None:
        return Likeness(rows[0].id, rows[0].number, rows[0].issued_on, rows[0].subject, exact=False)
    return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one confirmed row: registered, there already, or refused."""

    registered: Registered | None = None
    existing: Likeness | None = None
    error: RegistryError | None = None


def register_chosen(db: Sessions, chosen: Sequence[NewDocument], *, actor: Actor, at: datetime) -> list[Outcome]:
    """Register documents one after the other, each in a transaction of its own: a refused one keeps none back.

    What is registered already, under whichever book, is not doubled. The same ``request_id`` again finds the document that it made the first time.
    """
    return [_register(db, new, actor=actor, at=at) for new in chosen]


def _register(db: Sessions, new: NewDocument, *, actor: Actor, at: datetime) -> Outcome:
    try:
        done = registration.already_registered(db, new.request_id)
        if done is not None:
            return Outcome(registered=done)
        twin = _twin(db, new, actor)
        if twin is not None:
            return Outcome(existing=twin)
        return Outcome(registered=registration.register_document(db, new, actor=actor, at=at))
    except DuplicateDocument as error:
        return Outcome(existing=Likeness(error.existing_id, error.number, None, error.subject, exact=True))
    except RegistryError as error:
        return Outcome(error=error)


def _twin(db: Sessions, new: NewDocument, actor: Actor) -> Likeness | None:
    with reading(db) as session:
        issuer_id = new.issuer_id
        if issuer_id is None and new.issuer_name:
            body = organisations.find_by_name(session, new.issuer_name, on=new.issued_on)
            if body is None:
                return None
            issuer_id = body.id
        found = existing(session, [Identity(
            new.number, issuer_id, new.issued_on, new.received_on, new.subject)], actor)[0]
    return found if found is not None and found.exact else None
