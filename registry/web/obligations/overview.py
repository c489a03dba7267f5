"""A leader's overview: the four numbers of the office and of each unit, and a chart."""

from __future__ import annotations

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.printing import charts
from registry.services import obligation_numbers
from registry.services.obligation_numbers import Overview
from registry.web.access import requires
from registry.web.addresses import day_in_address
from registry.web.charts import picture
from registry.web.context import actor, db, now
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.obligations.blueprint import bp
from registry.web.paging import here

_MOST_BARS = 25


@bp.get("/overview")
@requires(Permission.MANAGE_OBLIGATIONS)
def overview() -> ResponseReturnValue:
    """Show the four numbers, the unit with most that is overdue first."""
    since, until, faults = _stretch()
    counted = obligation_numbers.overview(db(), actor=actor(), now=now(), since=since, until=until)
    return render_template(
        "obligations/overview.html", told=counted, since=since, until=until, faults=faults,
        waiting=obligation_numbers.waiting_for(db(), actor=actor(), now=now()),
        chart=url_for(".overview_chart", since=request.args.get("since", ""), until=request.args.get("until", "")),
        files=offered(url_for(".overview_export"), here()))


@bp.get("/overview.svg")
@requires(Permission.MANAGE_OBLIGATIONS)
def overview_chart() -> ResponseReturnValue:
    """Draw the four numbers of each unit as bars."""
    since, until, _faults = _stretch()
    counted = obligation_numbers.overview(db(), actor=actor(), now=now(), since=since, until=until)
    return picture(_draw(counted))


@bp.get("/overview/export")
@requires(Permission.MANAGE_OBLIGATIONS)
def overview_export() -> ResponseReturnValue:
    """Send the four numbers of each unit as a file."""
    since, until, _faults = _stretch()
    counted = obligation_numbers.overview(db(), actor=actor(), now=now(), since=since, until=until)
    columns = [Column(_("Đơn vị"), 40), *(Column(words, 16, "right") for words in (
        _("Tổng số"), _("Hoàn thành đúng hạn"), _("Hoàn thành quá hạn"), _("Đang làm, trong hạn"), _("Đang làm, quá hạn")))]
    rows = [*((row.unit or _("(chưa phân công)"), row.numbers) for row in counted.units),
            (_("Cả cơ quan"), counted.whole)]
    table = Table(_("Tổng hợp nhiệm vụ"), columns, [
        (name, n.total, n.done_in_time, n.done_late, n.open_in_term, n.open_overdue) for name, n in rows], told())
    return answer(chosen_format(), table, name="tong-hop-nhiem-vu", total=len(rows), taken=Taken("obligation"))


def _draw(told: Overview) -> bytes:
    rows = told.units[:_MOST_BARS]
    return charts.stacked_bars(
        [row.unit or _("(chưa phân công)") for row in rows],
        [(words, [getattr(row.numbers, name) for row in rows]) for words, name in (
            (_("Hoàn thành đúng hạn"), "done_in_time"), (_("Hoàn thành quá hạn"), "done_late"),
            (_("Đang làm, trong hạn"), "open_in_term"), (_("Đang làm, quá hạn"), "open_overdue"))],
        nothing=_("Chưa có nhiệm vụ"))


def _stretch() -> tuple[date | None, date | None, list[str]]:
    """Read the stretch of due dates from the address; what cannot be read is said and left out."""
    faults: list[str] = []
    return day_in_address("since", faults), day_in_address("until", faults), faults
