"""Confirmed cards become documents: what is wrong is said at its card, and holds no other back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from registry.domain.errors import NeedsConfirmation, UnknownIssuer
from registry.domain.values import Direction
from registry.services import intake, organisations
from registry.services.document_rows import NewDocument
from registry.web.context import actor, db, now
from registry.web.documents.references import read_rows
from registry.web.forms import show_on
from registry.web.intake.filling import Card, kind_ids, to_new_document
from search_index.text import fold_line


def confirm(cards: Sequence[Card], *, only: int | None, direction: Direction, book_id: int | None,
            received_on: date | None) -> int:
    """Register the cards chosen, or the ``only`` one, and return how many were chosen; each shows what became of it."""
    chosen = [card for card in cards if card.done is None and (
        card.place == only if only is not None else card.form.chosen.data)]
    readable = [card for card in chosen if card.form.validate()]
    issuers = organisations.ids_by_name(db(), {
        (card.form.issuer.data, card.form.issued_on.data) for card in readable if card.form.issuer.data})
    kinds = kind_ids()
    ready: list[tuple[Card, NewDocument]] = []
    for card in readable:
        new = _read(card, kinds, issuers, direction=direction, book_id=book_id, received_on=received_on)
        if new is not None:
            ready.append((card, new))
    outcomes = intake.register_chosen(db(), [new for _card, new in ready], actor=actor(), at=now())
    for (card, _new), outcome in zip(ready, outcomes, strict=True):
        _tell(card, outcome)
    return len(chosen)


def _read(card: Card, kinds: dict[str, int], issuers: dict[tuple[str, date | None], int | None], *,
          direction: Direction, book_id: int | None, received_on: date | None) -> NewDocument | None:
    form = card.form
    kind_id = kinds.get(fold_line(form.kind_id.data))
    if form.kind_id.data and kind_id is None:
        form.kind_id.errors = [_("Không có loại văn bản này trong danh sách.")]
    issuer_id = issuers.get((form.issuer.data, form.issued_on.data))
    if form.issuer.data and issuer_id is None and form.issuer.data != form.new_issuer.data and not form.confirmed.data:
        show_on(form, UnknownIssuer(form.issuer.data))
        card.asks_confirmation = True
    references = read_rows(card.references)
    card.reference_fault = references is None
    if references is None or form.errors:
        return None
    return to_new_document(card, direction=direction, book_id=book_id, received_on=received_on, kind_id=kind_id,
                           issuer_id=issuer_id, references=references)


def _tell(card: Card, outcome: intake.Outcome) -> None:
    if outcome.registered is not None:
        card.form.done.data = str(outcome.registered.document_id)
        card.existing = None
    elif outcome.existing is not None:
        card.existing = outcome.existing
        card.form.chosen.data = False
    elif outcome.error is not None:
        show_on(card.form, outcome.error)
        card.asks_confirmation = isinstance(outcome.error, NeedsConfirmation)
