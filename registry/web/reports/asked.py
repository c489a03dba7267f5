"""Which period, unit and issuer the address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _

from registry.domain.report_spans import FIRST_YEAR, LAST_YEAR, Counting, Span, SpanKind, current_half, days, span
from registry.services import organisations, reference
from registry.services.organisations import OrganisationChoice
from registry.services.reference import Choice
from registry.services.report_request import Against, ReportRequest, Undated
from registry.web.addresses import day_in_address, issuer_in_address
from registry.web.context import db, today
from registry.web.fields import read_id

_LONGEST = timedelta(days=366 * 60)


@dataclass(slots=True)
class Asked:
    """The request as read, with what the form of the page shows, and what could not be read."""

    request: ReportRequest
    issuer: OrganisationChoice | None
    units: list[Choice]
    faults: list[str] = field(default_factory=list)

    @property
    def arguments(self) -> dict[str, Any]:
        """Return what to put into the address of another page on the same period."""
        found: dict[str, Any] = {**self.request.arguments()}
        if self.issuer:
            found["issuer"] = self.issuer.name  # the box shows it, and what it shows counts
        return found


def asked() -> Asked:
    """Read the address; what cannot be read is said, and the half-year that is due stands in its place."""
    faults: list[str] = []
    args = request.args
    units = reference.units(db())
    unit_id = read_id(args.get("unit_id", "").strip())
    issuer_id = issuer_in_address(faults)
    return Asked(
        ReportRequest(
            span=_span(args, faults),
            against=Against.YEAR if args.get("against") == Against.YEAR else Against.BEFORE,
            unit_id=unit_id if unit_id in {unit.id for unit in units} else None, issuer_id=issuer_id,
            undated=Undated(args["undated"]) if args.get("undated") in set(Undated) else Undated.REGISTERED,
            letters=args.get("letters") == "1"),
        organisations.get_choice(db(), issuer_id), units, faults)


def _span(args: Mapping[str, str], faults: list[str]) -> Span:
    default = current_half(today())
    wanted = args.get("kind", "")
    if wanted not in set(SpanKind):
        return default
    kind = SpanKind(wanted)
    if kind is SpanKind.DAYS:
        since, until = day_in_address("since", faults), day_in_address("until", faults)
        if since is None or until is None:
            if not faults:
                faults.append(_("Hãy chọn cả từ ngày và đến ngày; đang dùng %(period)s.", period=default.name))
            return default
        if until < since or until - since > _LONGEST:
            faults.append(_("Đến ngày phải sau từ ngày, và kỳ không dài quá 60 năm; đang dùng %(period)s.",
                            period=default.name))
            return default
        return days(since, until)
    counting = Counting.CUT_OFF if args.get("counting") == Counting.CUT_OFF else Counting.CALENDAR
    year, number = read_id(args.get("year", "").strip()), read_id(args.get("number", "").strip())
    most = {SpanKind.MONTH: 12, SpanKind.QUARTER: 4}.get(kind, 1)
    if year is None or not FIRST_YEAR + 1 <= year <= LAST_YEAR - 1:
        faults.append(_("Năm phải từ %(first)s đến %(last)s; đang dùng năm %(year)s.", first=FIRST_YEAR + 1,
                        last=LAST_YEAR - 1, year=default.year))
        year = default.year
    if most == 1:
        number = 1
    elif number is None or not 1 <= number <= most:
        if args.get("number"):
            faults.append(_("Chỉ có từ %(first)s đến %(last)s; đang dùng %(first)s.", first=1, last=most))
        number = 1
    return span(kind, year, number, counting=counting)
