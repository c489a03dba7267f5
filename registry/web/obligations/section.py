"""What the page of a document shows of obligations: what it asks for, what its text proposes, what it may fulfil."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.obligations import REMINDED
from registry.domain.roles import Permission
from registry.domain.values import Direction, Status
from registry.services import fulfilment, obligation_lists, obligation_proposals
from registry.services.documents import DocumentPage
from registry.services.fulfilment import Fulfilling
from registry.services.obligation_lists import ObligationFilter, ObligationRow, Scope
from registry.services.obligation_needs import Need
from registry.web.access import may
from registry.web.context import actor, db, now
from registry.web.obligations.words import STANDINGS, STATES, TONES

# Longer texts are read on the page of their deadlines alone: a document should open at once.
_LONGEST_READ = 150_000


@dataclass(frozen=True, slots=True)
class Section:
    """The obligations part of a document's page."""

    rows: list[ObligationRow]
    open_to_person: frozenset[int]
    """Those whose own page the person may open."""
    fulfils: list[ObligationRow]
    """Open obligations of other documents that this one may fulfil."""
    answers: list[Fulfilling]
    """Documents that carry this one out or report on it, while something is open."""
    proposed: int | None
    """How many deadlines in the text wait for a person; None where the text is too long to be read on the way."""
    has_text: bool
    undecided: int
    """Open work of a cancelled document about which nobody has decided."""
    states = STATES
    standings = STANDINGS
    tones = TONES


def of_page(page: DocumentPage) -> Section:
    """Return what a document's page shows of obligations."""
    key = page.row.id
    reads = may(Permission.MANAGE_OBLIGATIONS) and bool(page.text) and page.row.direction != Direction.EXTERNAL
    rows = obligation_lists.of_document(db(), key, actor=actor(), now=now())
    may_open = _open_to_person(rows, key)
    unreported = any(row.state in REMINDED and row.id in may_open for row in rows)
    return Section(
        rows, may_open,
        fulfilment.obligations_for(db(), key, actor=actor(), now=now()) if may(Permission.WORK_OBLIGATIONS) else [],
        fulfilment.answers_to(db(), key, actor=actor()) if unreported else [],
        deadlines_waiting(key) if reads else 0, reads, _undecided(page))


def deadlines_waiting(document_id: int) -> int | None:
    """Return how many deadlines in the text wait for this person; None where it is too long to be read on the way."""
    if not may(Permission.MANAGE_OBLIGATIONS):
        return 0
    return obligation_proposals.count(db(), document_id, actor=actor(), longest=_LONGEST_READ)


def _undecided(page: DocumentPage) -> int:
    if page.row.status != Status.CANCELLED or not may(Permission.MANAGE_OBLIGATIONS):
        return 0
    wanted = ObligationFilter(scope=Scope.ALL, document_id=page.row.id, need=Need.CANCELLED_DOCUMENT)
    return obligation_lists.find_obligations(db(), wanted, actor=actor(), now=now(), limit=1).total


def _open_to_person(rows: list[ObligationRow], document_id: int) -> frozenset[int]:
    if not rows or may(Permission.MANAGE_OBLIGATIONS):
        return frozenset(row.id for row in rows)
    if not may(Permission.WORK_OBLIGATIONS):
        return frozenset()
    own = ObligationFilter(scope=Scope.UNIT, document_id=document_id, closed=True)
    return frozenset(row.id for row in obligation_lists.find_obligations(
        db(), own, actor=actor(), now=now(), limit=100).rows)
