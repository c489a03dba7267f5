"""Registering what a batch read surely, in one go: for a command, where nobody looks at each card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from registry.db import Sessions
from registry.domain.values import Direction
from registry.services import intake, intake_batches
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument
from registry.services.intake import Outcome, ReviewRow
from registry.services.intake_batches import PAGE, ItemRow


@dataclass(frozen=True, slots=True)
class Proposed:
    """One file of a batch with what it proposes; None where it could not be read or is decided."""

    item: ItemRow
    review: ReviewRow | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which a person has to look: ``number``, ``issued_on``, ``issuer``, ``subject``."""
        if self.review is None:
            return ()
        one = self.review.proposal
        return tuple(name for name in ("number", "issued_on", "issuer", "subject") if getattr(one, name) is None)

    @property
    def is_sure(self) -> bool:
        """Whether it can be registered as read: nothing is missing, and neither document nor file is there already."""
        return self.review is not None and not self.missing and self.review.existing is None and not self.item.elsewhere


def find_proposed(db: Sessions, batch_id: int, *, actor: Actor) -> Iterator[Proposed]:
    """Yield every file of a batch with what it proposes, in their order, which registering does not change."""
    first = 0
    while items := intake_batches.find_items(db, batch_id, actor=actor, first=first, open_first=False):
        open_items = [one for one in items if one.text and not one.outcome]
        reviews = dict(zip([one.id for one in open_items], intake.propose_each(
            db, [one.text for one in open_items], actor=actor), strict=True))
        yield from (Proposed(one, reviews.get(one.id)) for one in items)
        first += PAGE


def register(db: Sessions, proposed: Proposed, direction: Direction | None, *, actor: Actor, at: datetime) -> Outcome:
    """Register one file as it was read; links are read from its text in the same transaction."""
    row = proposed.review
    if row is None:
        raise ValueError("nothing was read of this file")
    one = row.proposal
    new = NewDocument(
        direction=direction or row.direction, kind_id=row.kind_id, number=one.number.value if one.number else "",
        issued_on=one.issued_on.value if one.issued_on else None, issuer_id=row.issuer_id,
        issuer_name="" if row.issuer_id else row.issuer, subject=one.subject.value if one.subject else "",
        signer_name=one.signer.value if one.signer else "", signer_position=one.position.value if one.position else "",
        recipients="\n".join(each.value for each in one.recipients), request_id=proposed.item.draft)
    return intake.register_chosen(db, [new], actor=actor, at=at)[0]
