"""Marks of validity (hiệu lực) that follow from links."""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.validity import EFFECT_OF_RELATION, ENDS, takes_effect
from registry.models import Citation, Document, ValidityMark, living_citations


def follow(session: Session, document: Document, text: str, *, partly: Set[tuple[int, str]] | None = None) -> None:
    """Bring the marks that ``document`` makes in step with its links.

    ``partly`` holds (cited id, relation) of what its words end in part only; without it what was in part
    stays so. What a person confirmed, made or removed stays.
    """
    stored = {(mark.document_id, mark.effect): mark for mark in session.scalars(
        select(ValidityMark).where(ValidityMark.by_document_id == document.id))}
    in_part = {key[0] for key in stored if key[1] == "partly"} if partly is None else {key[0] for key in partly}
    wanted: dict[tuple[int, str], None] = {}
    for cited_id, relation in session.execute(select(Citation.cited_id, Citation.relation).where(
            Citation.citing_id == document.id, Citation.relation.in_(EFFECT_OF_RELATION), living_citations())):
        effect = EFFECT_OF_RELATION[relation]
        wanted[cited_id, "partly" if effect in ENDS and cited_id in in_part else effect] = None
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
