"""The list of obligations, the month, and the file for Excel."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.roles import Permission
from registry.services import obligation_lists, reference, users, work_calendar
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.obligation_order import Sort
from registry.web.access import may, requires
from registry.web.context import actor, db, now, today
from registry.web.fields import read_id
from registry.web.obligations.answers import excel
from registry.web.obligations.blueprint import bp
from registry.web.obligations.directives import document_here, documents_here
from registry.web.obligations.words import ORDERS, STANDINGS, STATES, TONES
from registry.web.paging import here_with

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def scopes() -> list[tuple[str, str]]:
    """Return whose obligations the person may list."""
    offered = [(Scope.MINE.value, _("Của tôi")), (Scope.UNIT.value, _("Đơn vị tôi"))]
    return [*offered, (Scope.ALL.value, _("Tất cả"))] if may(Permission.MANAGE_OBLIGATIONS) else offered


def wanted_here() -> ObligationFilter:
    """Read the filter from the address; what cannot be read is left out."""
    given = request.args
    scope = given.get("scope", "")
    known = {code for code, _words in scopes()}
    standing, state = given.get("standing", ""), given.get("state", "")
    week = given.get("due") == "week"
    # Who oversees starts with the whole office, others with their own.
    start = Scope.ALL if Scope.ALL.value in known else Scope.MINE
    return ObligationFilter(
        scope=Scope(scope) if scope in known else start,
        states=(ObligationState(state),) if state in set(ObligationState) else (),
        standing=Timeliness(standing) if standing in set(Timeliness) else None,
        due_by=_end_of_week(today()) if week else None,
        due_on=_day(given.get("on", "")), unit_id=read_id(given.get("unit_id")), user_id=read_id(given.get("user_id")),
        document_id=read_id(given.get("document_id")), text=given.get("q", "")[:200],
        closed=given.get("closed") == "1", extension_asked=given.get("extension") == "waiting")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _end_of_week(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def order_here() -> tuple[Sort, bool]:
    """Read from the address what the list is sorted by, and whether backwards: ``sort=-due``."""
    given = request.args.get("sort", "")
    name = given.removeprefix("-")
    return (Sort(name), given.startswith("-")) if name in set(Sort) else (Sort.DUE, False)


@bp.get("")
@requires(Permission.WORK_OBLIGATIONS)
def index() -> ResponseReturnValue:
    """List obligations; the filter and the order stand in the address."""
    wanted, faults = documents_here(wanted_here())
    sort, descending = order_here()
    page = obligation_lists.find_obligations(
        db(), wanted, actor=actor(), now=now(), after=request.args.get("after"), sort=sort, descending=descending)
    return render_template(
        "obligations/index.html", page=page, wanted=wanted, scopes=scopes(), states=STATES, standings=STANDINGS,
        tones=TONES, orders=ORDERS, order=f"{'-' if descending else ''}{sort}", faults=faults,
        document=document_here(wanted), typed=request.args.get("document", "")[:200], week=request.args.get("due") == "week",
        units=reference.units(db()), people=users.find_users(db(), include_inactive=False),
        next=here_with(after=page.after) if page.after else None, today=today(),
        first=here_with(after=None) if request.args.get("after") else None,
        here_with=here_with, narrowed=wanted != ObligationFilter(scope=wanted.scope) or bool(faults))


@bp.get("/export.xlsx")
@requires(Permission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the list as it is filtered and sorted, for Excel."""
    words = {code: str(name) for code, name in [*STATES.items(), *STANDINGS.items()]}
    wanted, _faults = documents_here(wanted_here())
    sort, descending = order_here()
    body = obligation_lists.export(db(), wanted, words, actor=actor(), now=now(), sort=sort, descending=descending)
    return excel(body, "nhiem-vu.xlsx")


@bp.get("/calendar")
@requires(Permission.WORK_OBLIGATIONS)
def month() -> ResponseReturnValue:
    """Show a month with what falls due on each day; days off are marked."""
    year, number = _month_here()
    wanted = wanted_here()
    found = obligation_lists.in_month(db(), year, number, wanted, actor=actor(), now=now())
    counting = work_calendar.get(db())
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    first = date(year, number, 1)
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    off = {day for week in weeks for day in week if day.year in counting.years and not counting.is_working_day(day)}
    return render_template(
        "obligations/calendar.html", weeks=weeks, found=found, off=off, first=first, today=today(), scopes=scopes(),
        wanted=wanted, standings=STANDINGS, tones=TONES,
        before=here_with(year=before.year, month=before.month), after=here_with(year=after.year, month=after.month),
        here_with=here_with)


def _month_here() -> tuple[int, int]:
    year, number = read_id(request.args.get("year")), read_id(request.args.get("month"))
    if year is None or number is None or not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= 12):
        return today().year, today().month
    return year, number
