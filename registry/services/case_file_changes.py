"""Changing case files: opened, filled, put in order, closed, kept back, handed over to the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions
from registry.domain.case_files import FileState, goes_to_archive, hand_over_on, latest_kept_back
from registry.domain.errors import (
    ChangedMeanwhile,
    CodeTaken,
    DateInFuture,
    DatesOutOfOrder,
    MissingValue,
    NotFound,
    NotPossible,
    ReasonNeeded,
    TooLong,
)
from registry.domain.roles import Permission
from registry.models import CaseFile, CaseFileDocument, Document
from registry.services import audit
from registry.services.actors import Actor
from registry.services.case_files import code_key, may_see, own
from registry.services.documents import visible
from registry.services.obligations import owing_unit
from registry.services.refusals import refuse_secret_texts
from search_index.text import clean, fold_line, one_line

LIMITS = {"code": 50, "heading": 300, "title": 1000, "language": 50, "description": 5000, "reason": 500, "note": 500}
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCaseFile:
    """All that a form says of one case file."""

    year: int
    code: str
    title: str
    started_on: date | None
    retention_years: int | None
    """None is for ever."""
    heading: str = ""
    construction: bool = False
    restricted: bool = False
    language: str = "Tiếng Việt"
    unit_id: int | None = None
    user_id: int | None = None
    description: str = ""


def create(db: Sessions, new: NewCaseFile, *, actor: Actor, at: datetime) -> int:
    """Open a case file and return its id; whoever may not manage all opens it for themselves or their unit.

    Raises:
        RegistryError: ``MissingValue``, ``TooLong``, ``DateInFuture``, ``CodeTaken``, ``SecretDocument``,
            ``NotFound``, ``NotPossible`` (``closed_unit``, ``inactive_person``, ``file_not_yours``).
    """
    refuse_secret_texts(db, [new.title, new.heading, new.description], actor=actor, at=at)
    try:
        with db.begin() as session:
            one = CaseFile(state=FileState.OPEN, kept_back_reason="", handed_over_note="", created_at=at,
                           created_by_id=actor.id)
            _fill(session, one, new, at=at)
            session.add(one)
            session.flush()
            _check_own(session, one.id, actor)
            audit.record(session, actor, at, "create", "case_file", one.id, label=_label(one),
                         changes={name: [None, value] for name, value in _facts(one).items() if value not in (None, "")})
            return one.id
    except IntegrityError as error:
        raise CodeTaken(new.code, new.year) from error


def change(db: Sessions, case_file_id: int, version: int, new: NewCaseFile, *, actor: Actor, at: datetime) -> None:
    """Correct what a file says, until it is handed over; its day at the archive follows its retention.

    Raises:
        NotFound, ChangedMeanwhile: no such file; somebody changed it after ``version``.
        NotPossible: ``file_handed_over``, ``file_not_yours``.
        RegistryError: as in ``create``.
    """
    refuse_secret_texts(db, [new.title, new.heading, new.description], actor=actor, at=at)
    try:
        with db.begin() as session:
            one = _get(session, case_file_id, version, actor)
            if one.state == FileState.HANDED_OVER:
                raise NotPossible("file_handed_over")
            before = _facts(one)
            kept_back = one.hand_over_on if one.kept_back_reason else None
            _fill(session, one, new, at=at)
            if one.ended_on is not None:
                if one.ended_on < one.started_on:
                    raise DatesOutOfOrder("started_on", one.ended_on, one.started_on)
                due_on = hand_over_on(one.ended_on, one.retention_years, construction=one.construction)
                one.hand_over_on = kept_back if due_on is not None and kept_back is not None else due_on
            session.flush()
            _check_own(session, one.id, actor)
            changes = audit.differences(before, _facts(one))
            if changes:
                audit.record(session, actor, at, "update", "case_file", one.id, label=_label(one), changes=changes)
    except IntegrityError as error:
        raise CodeTaken(new.code, new.year) from error


def _fill(session: Session, one: CaseFile, new: NewCaseFile, *, at: datetime) -> None:
    texts = {"code": one_line(new.code), "heading": one_line(new.heading), "title": one_line(new.title),
             "language": one_line(new.language), "description": clean(new.description).strip()}
    for name in ("code", "title"):
        if not texts[name]:
            raise MissingValue(name)
    for name, value in texts.items():
        if len(value) > LIMITS[name]:
            raise TooLong(name, len(value), LIMITS[name])
        setattr(one, name, value)
    if new.started_on is None:
        raise MissingValue("started_on")
    if new.started_on > at.date():
        raise DateInFuture("started_on", new.started_on, at.date())
    if (new.unit_id, new.user_id) != (one.unit_id, one.user_id):
        one.unit_id, one.user_id = owing_unit(session, new.unit_id, new.user_id), new.user_id
    one.code_key, one.title_key = code_key(one.code), fold_line(one.title)
    one.year, one.started_on, one.retention_years = new.year, new.started_on, new.retention_years
    one.construction, one.restricted, one.updated_at = new.construction, new.restricted, at


def _facts(one: CaseFile) -> dict[str, Any]:
    return {name: getattr(one, name) for name in (
        "year", "code", "heading", "title", "retention_years", "construction", "restricted", "language", "started_on",
        "ended_on", "unit_id", "user_id", "description", "hand_over_on")}


def _label(one: CaseFile) -> str:
    return f"{one.code} ({one.year}) {one.title}"


def _check_own(session: Session, case_file_id: int, actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_CASE_FILES) and session.scalar(select(CaseFile.id).where(
            CaseFile.id == case_file_id, own(session, actor))) is None:
        raise NotPossible("file_not_yours", "user_id")


def _get(session: Session, case_file_id: int, version: int | None, actor: Actor) -> CaseFile:
    """Return a file that ``actor`` may change, locked, with its version raised; without ``version`` any will do."""
    one = session.scalars(select(CaseFile).where(
        CaseFile.id == case_file_id, may_see(session, actor)).with_for_update()).one_or_none()
    if one is None:
        raise NotFound("case_file", case_file_id)
    _check_own(session, case_file_id, actor)
    if version is not None and one.version != version:
        raise ChangedMeanwhile
    one.version += 1
    return one


def _get_open(session: Session, case_file_id: int, actor: Actor) -> CaseFile:
    one = _get(session, case_file_id, None, actor)
    if one.state != FileState.OPEN:
        raise NotPossible("file_closed")
    return one


def add_documents(db: Sessions, case_file_id: int, document_ids: Sequence[int], *, actor: Actor, at: datetime) -> int:
    """Put documents into an open file, in order of time behind those that are there; return how many were new.

    Raises:
        NotFound: no such file, or none of the documents can be seen.
        NotPossible: ``file_closed``, ``file_not_yours``.
    """
    with db.begin() as session:
        one = _get_open(session, case_file_id, actor)
        documents = session.scalars(select(Document).where(
            Document.id.in_(document_ids[:MOST_AT_ONCE]), visible(actor)).order_by(
            Document.listed_on, Document.id)).all()
        if not documents:
            raise NotFound("document", document_ids[0] if document_ids else None)
        there = set(session.scalars(select(CaseFileDocument.document_id).where(
            CaseFileDocument.case_file_id == one.id, CaseFileDocument.document_id.in_([row.id for row in documents]))))
        last = session.scalar(select(func.max(CaseFileDocument.position)).where(
            CaseFileDocument.case_file_id == one.id)) or 0
        new = [row for row in documents if row.id not in there]
        session.add_all([CaseFileDocument(case_file_id=one.id, document_id=row.id, position=last + place, note="",
                                          added_at=at, added_by_id=actor.id) for place, row in enumerate(new, 1)])
        if new:
            one.updated_at = at
            audit.record(session, actor, at, "add_documents", "case_file", one.id, label=_label(one),
                         changes={"documents_added": [row.id for row in new]})
        return len(new)


def remove_document(db: Sessions, case_file_id: int, document_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a document out of an open file; it stays registered, and in the other files that hold it.

    Raises:
        NotFound: no such file, or no such document in it.
        NotPossible: ``file_closed``, ``file_not_yours``.
    """
    with db.begin() as session:
        one = _get_open(session, case_file_id, actor)
        session.delete(_entry(session, one.id, document_id, actor))
        one.updated_at = at
        audit.record(session, actor, at, "remove_document", "case_file", one.id, label=_label(one),
                     changes={"documents_removed": [document_id]})


def _entry(session: Session, case_file_id: int, document_id: int, actor: Actor) -> CaseFileDocument:
    entry = session.scalars(
        select(CaseFileDocument).join(Document, Document.id == CaseFileDocument.document_id).where(
            CaseFileDocument.case_file_id == case_file_id, CaseFileDocument.document_id == document_id,
            visible(actor))).one_or_none()
    if entry is None:
        raise NotFound("document", document_id)
    return entry


def move_document(db: Sessions, case_file_id: int, document_id: int, steps: int, *, actor: Actor,
                  at: datetime) -> None:
    """Move a document one place up (``steps`` -1) or down (1) among those that ``actor`` sees.

    Raises:
        NotFound, NotPossible: as in ``remove_document``.
    """
    with db.begin() as session:
        one = _get_open(session, case_file_id, actor)
        entry = _entry(session, one.id, document_id, actor)
        seen = (select(CaseFileDocument).join(Document, Document.id == CaseFileDocument.document_id)
                .where(CaseFileDocument.case_file_id == one.id, visible(actor)))
        query = (seen.where(CaseFileDocument.position < entry.position).order_by(CaseFileDocument.position.desc())
                 if steps < 0 else
                 seen.where(CaseFileDocument.position > entry.position).order_by(CaseFileDocument.position))
        neighbour = session.scalars(query.limit(1)).first()
        if neighbour is not None:
            entry.position, neighbour.position = neighbour.position, entry.position
            one.updated_at = at
            audit.record(session, actor, at, "move_document", "case_file", one.id, label=_label(one), changes={
                "documents_moved": [document_id], "position": [neighbour.position, entry.position]})


def order_by_time(db: Sessions, case_file_id: int, *, actor: Actor, at: datetime) -> None:
    """Put the documents of an open file in order of time.

    Raises:
        NotFound, NotPossible: as in ``remove_document``.
    """
    with db.begin() as session:
        one = _get_open(session, case_file_id, actor)
        entries = session.scalars(
            select(CaseFileDocument).join(Document, Document.id == CaseFileDocument.document_id)
            .where(CaseFileDocument.case_file_id == one.id).order_by(Document.listed_on, Document.id)).all()
        for place, entry in enumerate(entries, 1):
            entry.position = place
        one.updated_at = at
        audit.record(session, actor, at, "order_documents", "case_file", one.id, label=_label(one))


def close(db: Sessions, case_file_id: int, version: int, ended_on: date | None, *, actor: Actor, at: datetime) -> None:
    """Close a file whose work is done; the day for handing it over follows from ``ended_on``.

    Raises:
        NotFound, ChangedMeanwhile, MissingValue, DateInFuture, DatesOutOfOrder.
        NotPossible: ``file_closed``, ``file_not_yours``.
    """
    if ended_on is None:
        raise MissingValue("ended_on")
    if ended_on > at.date():
        raise DateInFuture("ended_on", ended_on, at.date())
    with db.begin() as session:
        one = _get(session, case_file_id, version, actor)
        if one.state != FileState.OPEN:
            raise NotPossible("file_closed")
        if ended_on < one.started_on:
            raise DatesOutOfOrder("ended_on", ended_on, one.started_on)
        one.ended_on, one.kept_back_reason = ended_on, ""
        one.hand_over_on = hand_over_on(ended_on, one.retention_years, construction=one.construction)
        _become(session, one, FileState.CLOSED, actor=actor, at=at, ended_on=ended_on, hand_over_on=one.hand_over_on)


def _become(session: Session, one: CaseFile, state: FileState, *, actor: Actor, at: datetime, **changes: Any) -> None:
    before, one.state = one.state, state
    one.updated_at = at
    audit.record(session, actor, at, "update", "case_file", one.id, label=_label(one),
                 changes={"file_state": [before, state.value], **changes})


def _reason(text: str) -> str:
    text = one_line(text)
    if not text:
        raise ReasonNeeded("reason")
    if len(text) > LIMITS["reason"]:
        raise TooLong("reason", len(text), LIMITS["reason"])
    return text


def reopen(db: Sessions, case_file_id: int, version: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """Open a closed file again; one that the archive gave back likewise, by who manages all files.

    Raises:
        NotFound, ChangedMeanwhile, ReasonNeeded, TooLong.
        NotPossible: ``file_open``, ``file_not_yours``, ``file_handed_over``.
    """
    reason = _reason(reason)
    with db.begin() as session:
        one = _get(session, case_file_id, version, actor)
        if one.state == FileState.OPEN:
            raise NotPossible("file_open")
        if one.state == FileState.HANDED_OVER and not actor.may(Permission.MANAGE_CASE_FILES):
            raise NotPossible("file_handed_over")
        one.ended_on = one.hand_over_on = one.handed_over_on = None
        one.kept_back_reason = one.handed_over_note = ""
        _become(session, one, FileState.OPEN, actor=actor, at=at, reason=reason)


def keep_back(db: Sessions, case_file_id: int, version: int, until: date | None, reason: str, *, actor: Actor,
              at: datetime) -> None:
    """Let the unit keep a closed file longer, with the written consent that ``reason`` names.

    Source: Nghị định 30/2020/NĐ-CP, Điều 31 khoản 3 điểm d: at most two years.

    Raises:
        NotFound, ChangedMeanwhile, MissingValue, ReasonNeeded, TooLong.
        NotPossible: ``file_not_closed``, ``file_stays``, ``kept_back_too_long``, ``not_later``, ``file_not_yours``.
    """
    if until is None:
        raise MissingValue("until")
    reason = _reason(reason)
    with db.begin() as session:
        one = _get(session, case_file_id, version, actor)
        if one.state != FileState.CLOSED or one.ended_on is None:
            raise NotPossible("file_not_closed")
        by_rule = hand_over_on(one.ended_on, one.retention_years, construction=one.construction)
        if by_rule is None or one.hand_over_on is None:
            raise NotPossible("file_stays")
        if until <= one.hand_over_on:
            raise NotPossible("not_later", "until")
        if until > latest_kept_back(by_rule):
            raise NotPossible("kept_back_too_long", "until", last=latest_kept_back(by_rule))
        before, one.hand_over_on = one.hand_over_on, until
        one.kept_back_reason, one.updated_at = reason, at
        audit.record(session, actor, at, "update", "case_file", one.id, label=_label(one),
                     changes={"hand_over_on": [before, until], "reason": reason})


def hand_over(db: Sessions, case_file_id: int, version: int, on: date | None, note: str, *, actor: Actor,
              at: datetime) -> None:
    """Keep that a closed file was handed over to the archive (nộp lưu) on ``on``; ``note`` names the record of it.

    Raises:
        NotFound, ChangedMeanwhile, MissingValue, DateInFuture, DatesOutOfOrder, TooLong.
        NotPossible: ``file_not_closed``, ``file_stays``: less than five years of retention; ``managers_only``.
    """
    if not actor.may(Permission.MANAGE_CASE_FILES):
        raise NotPossible("managers_only")
    if on is None:
        raise MissingValue("handed_over_on")
    if on > at.date():
        raise DateInFuture("handed_over_on", on, at.date())
    note = one_line(note)
    if len(note) > LIMITS["note"]:
        raise TooLong("note", len(note), LIMITS["note"])
    with db.begin() as session:
        one = _get(session, case_file_id, version, actor)
        if one.state != FileState.CLOSED or one.ended_on is None:
            raise NotPossible("file_not_closed")
        if not goes_to_archive(one.retention_years):
            raise NotPossible("file_stays")
        if on < one.ended_on:
            raise DatesOutOfOrder("handed_over_on", on, one.ended_on)
        one.handed_over_on, one.handed_over_note = on, note
        _become(session, one, FileState.HANDED_OVER, actor=actor, at=at, handed_over_on=on,
                **({"note": note} if note else {}))
