"""Open plans and case files pass on with the work of a unit that is dissolved or of a person who leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.domain.case_files import FileState
from registry.domain.work_programme import OPEN
from registry.models import CaseFile, PlannedDocument
from registry.services import audit
from registry.services.actors import Actor


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
    open_plans = session.scalars(select(PlannedDocument).where(plans, PlannedDocument.state.in_(sorted(OPEN)))).all()
    kept_files = session.scalars(select(CaseFile).where(files, CaseFile.state != FileState.HANDED_OVER)).all()
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
