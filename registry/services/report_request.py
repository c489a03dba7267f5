"""What a report is asked for, and the names that it is worded with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.domain.report_paragraph import name_at_home
from registry.domain.report_spans import Counting, Span
from registry.domain.values import Status
from registry.models import Document, Organisation, Unit
from registry.services import organisations, settings
from registry.services.actors import Actor
from registry.services.documents import visible


class Against(StrEnum):
    """Which period the figures are compared with."""

    BEFORE = "before"
    """Kỳ trước liền kề."""
    YEAR = "year"
    """Cùng kỳ năm trước."""


class Undated(StrEnum):
    """Which documents without a date of issue belong to a period."""

    REGISTERED = "registered"
    """Those registered in it."""
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Period, unit and issuer of a report; all of it stands in the address of its page."""

    span: Span
    against: Against = Against.BEFORE
    unit_id: int | None = None
    issuer_id: int | None = None
    """Of the documents, with all bodies that merged into it."""
    undated: Undated = Undated.REGISTERED
    letters: bool = False
    """Name letters, invitations and slips in the paragraph as well."""

    @property
    def other(self) -> Span:
        """Return the period that this one is compared with."""
        return self.span.before() if self.against is Against.BEFORE else self.span.year_before()

    def arguments(self) -> dict[str, str]:
        """Return the request as the arguments of an address; defaults are left out."""
        span = self.span
        found: dict[str, str] = {"kind": span.kind.value}
        if span.year:
            found |= {"year": str(span.year), "number": str(span.number)}
        else:
            found |= {"since": f"{span.start:%d/%m/%Y}", "until": f"{span.end:%d/%m/%Y}"}
        if span.counting is not Counting.CALENDAR:
            found["counting"] = span.counting.value
        if self.against is not Against.BEFORE:
            found["against"] = self.against.value
        for name in ("unit_id", "issuer_id"):
            if (value := getattr(self, name)) is not None:
                found[name] = str(value)
        if self.undated is not Undated.REGISTERED:
            found["undated"] = self.undated.value
        if self.letters:
            found["letters"] = "1"
        return found


@dataclass(frozen=True, slots=True)
class Names:
    """The names a report is worded with, as it says them at home."""

    office: str
    office_full: str
    parent: str
    place: str
    unit: str = ""
    issuer: str = ""
    own_ids: frozenset[int] = field(default_factory=frozenset)
    """The office and all bodies that merged into it: what these issued was advised to nobody."""


def names(session: Session, request: ReportRequest) -> Names:
    """Return the names of the office, of the unit and of the issuer asked for."""
    office = settings.load(session)
    unit = session.get(Unit, request.unit_id) if request.unit_id else None
    issuer = session.get(Organisation, request.issuer_id) if request.issuer_id else None
    own = frozenset(organisations.with_predecessors(session, office.organisation_id) if office.organisation_id else ())
    return Names(
        name_at_home(office.office_name, office.place) or "Cơ quan", office.office_name, office.parent_name,
        office.place, unit.name if unit else "", issuer.name if issuer else "", own)


def counted(session: Session, request: ReportRequest, actor: Actor, start: date, end: date) -> list[ColumnElement[bool]]:
    """Return the conditions of the documents that count in a stretch of days."""
    clauses = [Document.counted_on.between(start, end), Document.status == Status.ACTIVE, visible(actor)]
    if request.unit_id is not None:
        clauses.append(Document.unit_id == request.unit_id)
    if request.issuer_id is not None:
        clauses.append(Document.issuer_id.in_(organisations.with_predecessors(session, request.issuer_id)))
    return clauses
