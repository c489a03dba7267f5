"""The list of obligations, the month, and the file for Excel."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.dates import print_short_date
from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.services import obligation_lists, reference, users, work_calendar
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.obligation_needs import Need
from registry.services.obligation_order import Sort
from registry.web.access import may, requires
from registry.web.context import actor, db, now, today
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.fields import read_id
from registry.web.labels import label
from registry.web.obligations.blueprint import bp
from registry.web.obligations.directives import document_here, documents_here
from registry.web.obligations.words import NEEDS, ORDERS, STANDINGS, STATES, TONES
from registry.web.paging import here, here_with

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
    standing, need = given.get("standing", ""), given.get("need", "")
    week = given.get("due") == "week"
    # Who oversees starts with the whole office, others with their own.
    start = Scope.ALL if Scope.ALL.value in known else Scope.MINE
    return ObligationFilter(
        scope=Scope(scope) if scope in known else start,
        states=tuple(ObligationState(state) for state in given.getlist("state") if state in set(ObligationState)),
        standing=Timeliness(standing) if standing in set(Timeliness) else None,
        due_by=_end_of_week(today()) if week else None,
        due_on=_day(given.get("on", "")), unit_id=read_id(given.get("unit_id")), user_id=read_id(given.get("user_id")),
        document_id=read_id(given.get("document_id")), text=given.get("q", "")[:200],
        closed=given.get("closed") == "1", need=Need(need) if need in set(Need) else None,
        to_decide=given.get("decide") == "1", no_unit=given.get("unit_id") == "none")


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
        tones=TONES, needs=NEEDS, orders=ORDERS, order=f"{'-' if descending else ''}{sort}", faults=faults,
        document=document_here(wanted), typed=request.args.get("document", "")[:200], week=request.args.get("due") == "week",
        units=reference.units(db()), people=users.find_users(db(), include_inactive=False),
        next=here_with(after=page.after) if page.after else None, today=today(),
        first=here_with(after=None) if request.args.get("after") else None,
        files=offered(url_for(".export"), here()), here_with=here_with,
        narrowed=wanted != ObligationFilter(scope=wanted.scope) or bool(faults))


@bp.get("/export")
@requires(Permission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the whole list with the filter, the columns and the order that the screen has."""
    wanted, _faults = documents_here(wanted_here())
    sort, descending = order_here()
    total = obligation_lists.find_obligations(db(), wanted, actor=actor(), now=now(), limit=1).total
    columns = [
        Column(_("Hạn"), 12), Column(_("Hạn (lời văn)"), 24), Column(_("Thời hạn"), 18), Column(_("Nhiệm vụ"), 60),
        Column(_("Văn bản giao"), 20), Column(_("Ngày văn bản"), 12), Column(_("Người thực hiện"), 22), Column(_("Đơn vị"), 26),
        Column(_("Trạng thái"), 16), Column(_("Ngày hoàn thành"), 12)]
    rows = ((row.due_on, row.words, label(STANDINGS, row.standing), row.task,
             " ".join(part for part in (row.document_kind, row.document_number) if part), row.document_issued_on, row.user,
             row.unit or row.named, label(STATES, row.state), row.done_on)
            for row in obligation_lists.find_all(db(), wanted, actor=actor(), now=now(), sort=sort, descending=descending))
    table = Table(_("Danh sách nhiệm vụ"), columns, rows, told(_filtered_by(wanted)))
    return answer(chosen_format(), table, name="nhiem-vu", total=total, taken=Taken("obligation"))


def _filtered_by(wanted: ObligationFilter) -> list[str]:
    """Return the filters in words, for the file."""
    units = {one.id: one.name for one in reference.units(db())} if wanted.unit_id else {}
    people = {one.id: one.full_name for one in users.find_users(db())} if wanted.user_id else {}
    document = document_here(wanted)
    said = [
        dict(scopes()).get(wanted.scope.value, ""), *(label(STATES, state) for state in wanted.states),
        label(STANDINGS, wanted.standing) if wanted.standing else "",
        _("hạn đến ngày %(day)s", day=print_short_date(wanted.due_by)) if wanted.due_by else "",
        _("hạn ngày %(day)s", day=print_short_date(wanted.due_on)) if wanted.due_on else "",
        units.get(wanted.unit_id or 0, ""), people.get(wanted.user_id or 0, ""),
        _("văn bản giao: %(number)s", number=document.number or document.subject) if document else "", wanted.text,
        _("chưa giao đơn vị") if wanted.no_unit else "", label(NEEDS, wanted.need) if wanted.need else "",
        _("chờ tôi quyết định gia hạn") if wanted.to_decide else "", _("cả việc đã xong") if wanted.closed else ""]
    return [words for words in said if words]


@bp.get("/calendar")
@requires(Permission.WORK_OBLIGATIONS)
def month() -> ResponseReturnValue:
    """Show a month with what falls due on each day; days off are marked."""
    year, number = _month_here()
    wanted = wanted_here()
    counting = work_calendar.get(db())
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    found = obligation_lists.by_day(db(), weeks[0][0], weeks[-1][-1], wanted, actor=actor(), now=now())
    first = date(year, number, 1)
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    off = {day for week in weeks for day in week if counting.is_day_off(day)}
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
