"""Open plans and case files pass on with the work of a unit that is dissolved or of a person who leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry.domain.case_files import FileState
from registry.domain.work_programme import OPEN
from registry.models import CaseFile, PlannedDocument
from registry.services import audit
from registry.services.actors import Actor

_OPEN_PLANS = PlannedDocument.state.in_(sorted(OPEN))
_KEPT_FILES = CaseFile.state != FileState.HANDED_OVER


def count_papers(session: Session, *, unit_id: int | None = None, user_id: int | None = None) -> int:
    """Return how many open plans and kept files a unit, or a person, has."""
    plans, files = ((PlannedDocument.unit_id == unit_id, CaseFile.unit_id == unit_id) if unit_id is not None
                    else (PlannedDocument.user_id == user_id, CaseFile.user_id == user_id))
    return ((session.scalar(select(func.count()).select_from(PlannedDocument).where(plans, _OPEN_PLANS)) or 0)
            + (session.scalar(select(func.count()).select_from(CaseFile).where(files, _KEPT_FILES)) or 0))


def pass_on_units(session: Session, from_id: int, *, unit_id: int | None, user_id: int | None, actor: Actor,
                  at: datetime) -> None:
    """Pass on what a unit drafts and keeps; people keep what is theirs by name unless ``user_id`` takes it over."""
    _pass_on(session, PlannedDocument.unit_id == from_id, CaseFile.unit_id == from_id, unit_id, user_id,
             keep_person=True, actor=actor, at=at)


def pass_on_persons(session: Session, from_id: int, *, unit_id: int | None, user_id: int | None, actor: Actor,
                    at: datetime) -> None:
    """Pass on what a person drafts and keeps."""
    _pass_on(session, PlannedDocument.user_id == from_id, CaseFile.user_id == from_id, unit_id, user_id,
             keep_person=False, actor=actor, at=at)


def _pass_on(session: Session, plans: ColumnElement[bool], files: ColumnElement[bool], unit_id: int | None,
             user_id: int | None, *, keep_person: bool, actor: Actor, at: datetime) -> None:
    open_plans = session.scalars(select(PlannedDocument).where(plans, _OPEN_PLANS).with_for_update()).all()
    kept_files = session.scalars(select(CaseFile).where(files, _KEPT_FILES).with_for_update()).all()
    papers: list[tuple[str, PlannedDocument | CaseFile, str]] = [
        *(("planned_document", one, one.subject) for one in open_plans),
        *(("case_file", one, one.code) for one in kept_files)]
    for kind, one, label in papers:
        before = {"unit_id": one.unit_id, "user_id": one.user_id}
        one.unit_id, one.user_id = unit_id, user_id or (one.user_id if keep_person else None)
        one.version += 1
        one.updated_at = at
        audit.record(session, actor, at, "update", kind, one.id, label=label, changes=audit.differences(
            before, {"unit_id": one.unit_id, "user_id": one.user_id}))
