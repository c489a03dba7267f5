"""Validity (hiệu lực): marks that follow from links, and what a person makes of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.validity import EFFECT_OF_RELATION, ENDS, takes_effect
from registry.models import Citation, Document, ValidityMark, living_citations


def follow(session: Session, document: Document, text: str, *, partly: set[tuple[int, str]]) -> None:
    """Bring the marks that ``document`` makes in step with its links.

    ``partly`` holds (cited id, relation) of what its words end in part only. What a person confirmed,
    made or removed stays.
    """
    wanted: dict[tuple[int, str], None] = {}
    for cited_id, relation in session.execute(select(Citation.cited_id, Citation.relation).where(
            Citation.citing_id == document.id, Citation.relation.in_(EFFECT_OF_RELATION), living_citations())):
        effect = EFFECT_OF_RELATION[relation]
        wanted[cited_id, "partly" if effect in ENDS and (cited_id, relation) in partly else effect] = None
    stored = {(mark.document_id, mark.effect): mark for mark in session.scalars(
        select(ValidityMark).where(ValidityMark.by_document_id == document.id))}
    if not wanted and not stored:
        return
    from_on = takes_effect(text, document.issued_on)
    for key, mark in stored.items():
        untouched = mark.origin == "read" and mark.confirmed_at is None and mark.dismissed_at is None
        if untouched and key not in wanted:
            session.delete(mark)
        elif untouched:
            mark.from_on = from_on
    session.add_all([ValidityMark(document_id=document_id, by_document_id=document.id, effect=effect, from_on=from_on)
                     for document_id, effect in wanted if (document_id, effect) not in stored])
