"""Drafts of reports (dự thảo báo cáo): a person words what was computed, and sees at any time which is which.

Only what differs is kept. A paragraph left as computed is computed again each time; of one that was changed, what
was computed then is kept beside it, so that a later change of the figures shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import ChangedMeanwhile, NotFound, SecretDocument, TooLong
from registry.domain.report_document import ReportHead, usual_signature
from registry.domain.secrecy import find_secrecy_mark
from registry.domain.tables import writable
from registry.models import Organisation, ReportDraft
from registry.services import audit, settings
from registry.services.actors import Actor
from registry.services.refusals import record_refusal
from registry.services.report_request import ReportRequest
from registry.services.report_sections import ReportKey, Section, sections
from search_index.text import clean, one_line

LONGEST_LINE = 500
LONGEST_TEXT = 200_000
"""A paragraph of 500 documents is about that long."""
_MOST_OWN = 20


@dataclass(frozen=True, slots=True)
class DraftHead(ReportHead):
    """What stands around the paragraphs, and what is printed."""

    sections: tuple[ReportKey, ...] = tuple(ReportKey)
    tables: bool = True
    """Print tables and charts as annexes."""
    mark_edited: bool = False

    def as_printed(self) -> ReportHead:
        """Return what is printed of it."""
        return ReportHead(**{each.name: getattr(self, each.name) for each in fields(ReportHead)})


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One paragraph of a draft: as it reads, and what the figures give now."""

    key: str
    text: str
    computed: str | None
    """None for a paragraph of one's own, "" where the figures give none any more."""
    moved: bool = False
    """The figures have changed since the person edited it."""

    @property
    def own(self) -> bool:
        """Whether a person added it."""
        return self.computed is None

    @property
    def edited(self) -> bool:
        """Whether a person worded it."""
        return self.text != self.computed

    @property
    def mark(self) -> str:
        """Return what tells whether the figures moved while the page was open."""
        return fingerprint(self.computed or "")


@dataclass(frozen=True, slots=True)
class DraftSection:
    """The paragraphs of one report in the draft."""

    section: Section
    blocks: list[DraftBlock]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft as its page shows it; ``version`` is 0 where none is kept yet."""

    version: int
    head: DraftHead
    sections: list[DraftSection]
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed: paragraphs by key, each with the mark of what was computed when the page was made."""

    head: DraftHead
    texts: Mapping[str, str]
    marks: Mapping[str, str] = field(default_factory=dict)
    own: tuple[tuple[ReportKey, str], ...] = ()
    """New paragraphs, behind those of their part."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a person's list."""

    subject: str
    key: str
    """What tells it apart, see ``key_of``."""
    address: str
    """The arguments of its page."""
    updated_at: datetime


def fingerprint(text: str) -> str:
    """Return what stands for a computed paragraph in a form."""
    return sha256(text.encode()).hexdigest()[:16]


def find_drafts(db: Sessions, *, actor: Actor) -> list[DraftRow]:
    """Return the person's drafts, the last touched first."""
    with reading(db) as session:
        rows = session.scalars(
            select(ReportDraft).where(ReportDraft.user_id == actor.id)
            .order_by(ReportDraft.updated_at.desc(), ReportDraft.id.desc()).limit(100)).all()
        issuers = {row.id: int(found[1]) for row in rows if (found := _ISSUER.search(row.request_key))}
        bodies = {row.id: row.name for row in session.execute(
            select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(issuers.values()))))}
    return [DraftRow(_head(row.head).subject, row.request_key, _address(row.request_key, bodies.get(issuers.get(row.id, 0))),
                     row.updated_at) for row in rows]


_ISSUER = re.compile(r"\bissuer_id=([0-9]+)")


def _address(key: str, issuer: str | None) -> str:
    """Return the arguments of a draft's page: its box of the issuer shows a name, and what it shows counts."""
    return f"{key}&{urlencode({'issuer': issuer})}" if issuer else key


def get_draft(db: Sessions, request: ReportRequest, *, actor: Actor, now: datetime) -> DraftPage:
    """Return the person's draft for this period, unit and issuer, or a new one."""
    with reading(db) as session:
        row = _kept(session, request, actor)
        head = _head(row.head) if row else _first_head(session, request, actor)
    made = sections(db, request, head.sections, actor=actor, now=now)
    kept = list(row.blocks) if row else []
    return DraftPage(row.version if row else 0, head, [DraftSection(one, _blocks(one, kept)) for one in made],
                     row.updated_at if row else None)


def _blocks(section: Section, kept: list[dict[str, Any]]) -> list[DraftBlock]:
    mine = {one["key"]: one for one in kept if one["section"] == section.key}
    found = []
    for one in section.paragraphs:
        edited = mine.pop(one.key, None)
        found.append(DraftBlock(one.key, one.text, one.text) if edited is None else DraftBlock(
            one.key, edited["text"], one.text, moved=edited["computed"] != one.text))
    # What a person worded stays, also where the figures give no such paragraph any more.
    found += [DraftBlock(one["key"], one["text"], None if one["computed"] is None else "", moved=one["computed"] is not None)
              for one in mine.values()]
    return found


def _kept(session: Session, request: ReportRequest, actor: Actor, *, lock: bool = False) -> ReportDraft | None:
    query = select(ReportDraft).where(ReportDraft.user_id == actor.id, ReportDraft.request_key == key_of(request))
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def key_of(request: ReportRequest) -> str:
    """Return what tells a person's drafts apart."""
    return urlencode(sorted(request.arguments().items()))


def _head(stored: Mapping[str, Any]) -> DraftHead:
    known = {each.name for each in fields(DraftHead)}
    given = {name: value for name, value in stored.items() if name in known}
    day = given.get("issued_on")
    given["issued_on"] = date.fromisoformat(day) if day else None
    given["sections"] = tuple(ReportKey(one) for one in given.get("sections", tuple(ReportKey)))
    return DraftHead(**given)


def _first_head(session: Session, request: ReportRequest, actor: Actor) -> DraftHead:
    """Return the head of a new draft."""
    span = request.span
    return _usual_head(session, f"Kết quả công tác {span.name} và nhiệm vụ {span.next().name}", actor)


def usual_head(db: Sessions, subject: str, *, actor: Actor) -> ReportHead:
    """Return the head of a report that nobody drafted: who signs and receives is as in the person's last draft."""
    with reading(db) as session:
        return _usual_head(session, subject, actor).as_printed()


def _usual_head(session: Session, subject: str, actor: Actor) -> DraftHead:
    last = session.scalars(select(ReportDraft).where(ReportDraft.user_id == actor.id)
                           .order_by(ReportDraft.updated_at.desc(), ReportDraft.id.desc()).limit(1)).one_or_none()
    if last is not None:
        before = _head(last.head)
        return DraftHead(subject, recipients=before.recipients, authority=before.authority, position=before.position,
                         signer=before.signer, sections=before.sections, tables=before.tables)
    office = settings.load(session)
    authority, position = usual_signature(office.office_name)
    return DraftHead(subject, recipients="\n".join(line for line in (office.parent_name, "Lưu: VT") if line),
                     authority=authority, position=position)


def save_draft(db: Sessions, request: ReportRequest, version: int, typed: Typed, *, actor: Actor, now: datetime,
               again: str | None = None) -> None:
    """Keep what was typed; the paragraph ``again`` goes back to what was computed.

    Raises:
        ChangedMeanwhile: the draft was saved in another window since.
        TooLong: a text does not fit.
        SecretDocument: one bears a state-secret mark; nothing is kept.
    """
    head = _clean_head(typed.head)
    with reading(db) as session:
        row = _kept(session, request, actor)
        stored = {one["key"]: one for one in row.blocks} if row else {}
    # Parts that the head leaves out keep what was worded in them, also what the page that leaves them out still held.
    shown_parts = {key for key in ReportKey if any(name.startswith(f"{key}.") for name in typed.texts)}
    made = sections(db, request, {*head.sections, *shown_parts, *(key for key, _text in typed.own)}, actor=actor, now=now)
    shown = {one.key for one in made}
    blocks = [one for one in stored.values() if one["section"] not in shown]
    for section in made:
        blocks += _worded(section, typed, stored, again)
    _refuse_secret(db, [head.subject, head.recipients, *(one["text"] for one in blocks)], actor=actor, at=now)
    try:
        with db.begin() as session:
            row = _kept(session, request, actor, lock=True)
            if (row.version if row else 0) != version:
                raise ChangedMeanwhile
            if row is None:
                row = ReportDraft(user_id=actor.id, request_key=key_of(request), created_at=now, version=0)
                session.add(row)
            row.head = asdict(head) | {"issued_on": head.issued_on.isoformat() if head.issued_on else None,
                                       "sections": [one.value for one in head.sections]}
            row.blocks, row.updated_at, row.version = blocks, now, row.version + 1
            session.flush()
            audit.record(session, actor, now, "create" if version == 0 else "update", "report_draft", row.id,
                         label=head.subject, changes={"rows": [len(stored), len(blocks)]})
    except IntegrityError as error:  # two windows kept the first draft at once
        raise ChangedMeanwhile from error


def _worded(section: Section, typed: Typed, stored: Mapping[str, Mapping[str, Any]], again: str | None) -> list[dict[str, Any]]:
    """Return the paragraphs of a part that a person worded."""
    found = []
    computed = {one.key: one.text for one in section.paragraphs}
    keys = [*computed, *(key for key, one in stored.items() if one["section"] == section.key and key not in computed)]
    for key in keys:
        given = typed.texts.get(key)
        if key == again:
            continue
        if given is None:  # the page did not show it
            found += [dict(stored[key])] if key in stored else []
            continue
        text, figures = _clean_text(given), computed.get(key, "")
        own = key in stored and stored[key]["computed"] is None
        # Left as the page showed it: computed, whatever the figures have become since.
        untouched = not own and typed.marks.get(key) == fingerprint(text)
        if untouched or text == figures or (own and not text):
            continue
        before = stored.get(key)
        same = before is not None and before["text"] == text
        found.append({"key": key, "section": section.key.value, "text": text,
                      "computed": None if own else before["computed"] if same and before else figures})
    taken = [int(key.rpartition("-")[2]) for key in stored if key.startswith(f"{section.key}.own-")]
    place = max(taken, default=0)
    for key, text in typed.own[:_MOST_OWN]:
        if key == section.key and (text := _clean_text(text)):
            place += 1
            found.append({"key": f"{section.key}.own-{place}", "section": section.key.value, "text": text,
                          "computed": None})
    return found


def _clean_text(text: str) -> str:
    text = writable(clean(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if len(text) > LONGEST_TEXT:
        raise TooLong("text", len(text), LONGEST_TEXT)
    return text


def _clean_head(head: DraftHead) -> DraftHead:
    lines = {name: one_line(getattr(head, name)) for name in ("subject", "number", "authority", "position", "signer")}
    for name, value in lines.items():
        if len(value) > LONGEST_LINE:
            raise TooLong(name, len(value), LONGEST_LINE)
    return DraftHead(**lines, issued_on=head.issued_on, recipients=_clean_text(head.recipients),
                     sections=head.sections, tables=head.tables, mark_edited=head.mark_edited)


def _refuse_secret(db: Sessions, texts: list[str], *, actor: Actor, at: datetime) -> None:
    mark = next((found for text in texts if text and (found := find_secrecy_mark(text, whole_text=False))), None)
    if mark is None:
        return
    error = SecretDocument(mark.rule)
    with db.begin() as session:
        record_refusal(session, error, actor=actor, at=at)
    raise error


def drop_draft(db: Sessions, request: ReportRequest, *, actor: Actor, at: datetime) -> None:
    """Drop the person's draft; the report is as computed again.

    Raises:
        NotFound: they have none.
    """
    with db.begin() as session:
        row = _kept(session, request, actor)
        if row is None:
            raise NotFound("report_draft", key_of(request))
        session.delete(row)
        audit.record(session, actor, at, "delete", "report_draft", row.id, label=_head(row.head).subject)
