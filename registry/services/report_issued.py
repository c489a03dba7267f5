"""Report on documents issued and advised (văn bản đã ban hành, tham mưu ban hành), as paragraph and as table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.report_paragraph import IssuedDocument, in_order, issued_paragraph, name_at_home
from registry.domain.report_spans import Span
from registry.domain.values import Direction, Status
from registry.models import Document, Kind, Organisation, Unit
from registry.services import organisations
from registry.services.actors import Actor
from registry.services.documents import visible
from registry.services.report_request import Names, ReportRequest, Undated, counted, names

MOST = 500
"""More documents than anybody reads in a paragraph; the counts go on behind it."""
# Letters, invitations and slips are counted, and no report names them one by one.
_ROUTINE = ("CV", "GM", "GGT", "GNP", "PG", "PC", "PB", "TCG")


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One document of the table."""

    id: int
    named: IssuedDocument
    unit: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class IssuedGroup:
    """What one body issued, the paragraph first."""

    issuer_id: int | None
    issuer: str
    advised: bool
    """The office drafted it for another body."""
    paragraph: str
    rows: list[IssuedRow]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of a kind were issued, in this period and in the one compared with."""

    kind: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """The documents of a period by issuer; ``total`` counts also those that are not named."""

    groups: list[IssuedGroup]
    kinds: list[KindCount]
    total: int
    total_before: int
    named: int
    cut: bool
    """More than ``MOST`` would have to be named."""
    restricted: int
    """How many of the named ones are restricted: whoever hands the report on should know."""
    undated_elsewhere: int
    """Documents without a date that were registered outside the period."""


def issued(db: Sessions, request: ReportRequest, *, actor: Actor) -> IssuedReport:
    """Return what was issued in the period, as far as ``actor`` may see it."""
    with reading(db) as session:
        told = names(session, request)
        rows = _named(session, request, actor)
        kinds = _kinds(session, request, actor)
        elsewhere = 0 if request.undated is Undated.ALL else sum(
            session.scalar(select(func.count()).select_from(Document).where(
                *_undated(session, request, actor), outside)) or 0
            for outside in (Document.counted_on < request.span.start, Document.counted_on > request.span.end))
    groups: dict[int | None, list[Any]] = {}
    for row in rows[:MOST]:
        groups.setdefault(row.issuer_id, []).append(row)
    made = [_group(issuer_id, found, told) for issuer_id, found in groups.items()]
    # What was drafted for others is what such a report is about: it comes first.
    made.sort(key=lambda group: (not group.advised, -len(group.rows), group.issuer_id or 0))
    return IssuedReport(
        made, kinds, sum(kind.now for kind in kinds), sum(kind.before for kind in kinds), len(rows[:MOST]),
        len(rows) > MOST, sum(row.restricted for group in made for row in group.rows), elsewhere)


def _named(session: Session, request: ReportRequest, actor: Actor) -> list[Any]:
    """Return one row more than can be named, so that the caller sees whether there are more."""
    span = request.span
    kinds: list[ColumnElement[bool]] = []
    if not request.letters:
        routine = session.scalars(select(Kind.id).where(Kind.code.in_(_ROUTINE))).all()
        kinds = [or_(Document.kind_id.is_(None), Document.kind_id.not_in(routine))]
    # Each part is found in the order of an index; of a long period no more is read than is named.
    found = [(row.counted_on, row.id) for row in session.execute(_first(
        *counted(session, request, actor, span.start, span.end), Document.direction == Direction.OUTGOING,
        Document.issued_on.is_not(None), *kinds))]
    if request.undated is not Undated.NONE:
        within = [] if request.undated is Undated.ALL else [_registered_in(span)]
        found += [(row.counted_on, row.id) for row in session.execute(_first(
            *_undated(session, request, actor), *within, *kinds))]
    ids = [key for _on, key in sorted(found)[:MOST + 1]]
    return list(session.execute(
        select(Document.id, Document.number, Document.issued_on, Document.subject, Document.restricted,
               Document.issuer_id, Kind.name.label("kind"), Organisation.name.label("issuer"), Unit.name.label("unit"))
        .outerjoin(Kind, Kind.id == Document.kind_id).outerjoin(Organisation, Organisation.id == Document.issuer_id)
        .outerjoin(Unit, Unit.id == Document.unit_id).where(Document.id.in_(ids))
        .order_by(Document.counted_on, Document.id)))


def _first(*clauses: ColumnElement[bool]) -> Any:
    return (select(Document.counted_on, Document.id).where(*clauses)
            .order_by(Document.counted_on, Document.id).limit(MOST + 1))


def _undated(session: Session, request: ReportRequest, actor: Actor) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = [
        # Few are without a date and have an index of their own; "not cancelled" leads SQLite to no other.
        Document.issued_on.is_(None), Document.direction == Direction.OUTGOING,
        Document.status != Status.CANCELLED, visible(actor)]
    if request.unit_id is not None:
        clauses.append(Document.unit_id == request.unit_id)
    if request.issuer_id is not None:
        clauses.append(Document.issuer_id.in_(organisations.with_predecessors(session, request.issuer_id)))
    return clauses


def _registered_in(span: Span) -> ColumnElement[bool]:
    """Without a date of issue a document counts on the day of its registration."""
    return Document.counted_on.between(span.start, span.end)


def _group(issuer_id: int | None, found: list[Any], told: Names) -> IssuedGroup:
    own = issuer_id is None or issuer_id in told.own_ids
    issuer = found[0].issuer or told.office_full
    rows = {row.id: IssuedRow(
        row.id, IssuedDocument(row.kind or "", row.number or "", row.issued_on, row.subject, row.id),
        row.unit or "", row.restricted) for row in found}
    ordered = in_order(row.named for row in rows.values())
    return IssuedGroup(
        issuer_id, issuer, not own,
        issued_paragraph(told.office, None if own else name_at_home(issuer, told.place), ordered),
        [rows[one.place] for one in ordered])


def _kinds(session: Session, request: ReportRequest, actor: Actor) -> list[KindCount]:
    def by_kind(start: date, end: date) -> dict[int | None, int]:
        return {row.kind_id: row.many for row in session.execute(
            select(Document.kind_id, func.count().label("many"))
            .where(*counted(session, request, actor, start, end), Document.direction == Direction.OUTGOING)
            .group_by(Document.kind_id))}

    now = by_kind(request.span.start, request.span.end)
    before = by_kind(request.other.start, request.other.end)
    known = {row.id: (row.position, row.name) for row in session.execute(select(Kind.id, Kind.position, Kind.name))}
    last = (10_000, "")
    keys = sorted({*now, *before}, key=lambda key: known.get(key or 0, last))
    return [KindCount(known.get(key or 0, last)[1], now.get(key, 0), before.get(key, 0)) for key in keys]
