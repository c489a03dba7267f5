"""A leader's overview: the four numbers of the office and of each unit, and a chart."""

from __future__ import annotations

from datetime import date

import pygal
from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pygal.etree import etree
from pygal.style import Style

from registry.domain.dates import read_date
from registry.domain.errors import BadDate
from registry.domain.roles import Permission
from registry.services import obligation_numbers
from registry.services.obligation_numbers import Overview
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.obligations.answers import excel
from registry.web.obligations.blueprint import bp

_MOST_BARS = 25
_STYLE = Style(
    background="white", plot_background="white", font_family="sans-serif",
    colors=("#2f7d4f", "#c98a1b", "#4a7ea5", "#a3242a"), legend_font_size=13, label_font_size=12, major_label_font_size=12,
    guide_stroke_color="#d9dfe5", major_guide_stroke_color="#d9dfe5", opacity=".85")


@bp.get("/overview")
@requires(Permission.MANAGE_OBLIGATIONS)
def overview() -> ResponseReturnValue:
    """Show the four numbers, the unit with most that is overdue first."""
    since, until, faults = _stretch()
    told = obligation_numbers.overview(db(), actor=actor(), now=now(), since=since, until=until)
    return render_template(
        "obligations/overview.html", told=told, since=since, until=until, faults=faults, today=today(),
        waiting=obligation_numbers.waiting_for(db(), actor=actor(), now=now()),
        chart=url_for(".overview_chart", since=request.args.get("since", ""), until=request.args.get("until", "")),
        file=url_for(".overview_export", since=request.args.get("since", ""), until=request.args.get("until", "")))


@bp.get("/overview.svg")
@requires(Permission.MANAGE_OBLIGATIONS)
def overview_chart() -> ResponseReturnValue:
    """Draw the four numbers of each unit as bars."""
    since, until, _faults = _stretch()
    told = obligation_numbers.overview(db(), actor=actor(), now=now(), since=since, until=until)
    return Response(_draw(told), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@bp.get("/overview.xlsx")
@requires(Permission.MANAGE_OBLIGATIONS)
def overview_export() -> ResponseReturnValue:
    """Send the four numbers of each unit, for Excel."""
    since, until, _faults = _stretch()
    body = obligation_numbers.export_overview(db(), actor=actor(), now=now(), since=since, until=until)
    return excel(body, "tong-hop-nhiem-vu.xlsx")


def _draw(told: Overview) -> bytes:
    rows = told.units[:_MOST_BARS]
    chart = pygal.HorizontalStackedBar(
        style=_STYLE, js=(), legend_at_bottom=True, legend_at_bottom_columns=4, width=1000,
        height=120 + 36 * max(len(rows), 1), show_x_guides=True, no_data_text=_("Chưa có nhiệm vụ"),
        disable_xml_declaration=True)
    chart.y_labels = _ticks(max((row.numbers.total for row in rows), default=0))
    chart.x_labels = [row.unit or _("(chưa phân công)") for row in reversed(rows)]
    for words, name in ((_("Hoàn thành đúng hạn"), "done_in_time"), (_("Hoàn thành quá hạn"), "done_late"),
                        (_("Đang làm, trong hạn"), "open_in_term"), (_("Đang làm, quá hạn"), "open_overdue")):
        chart.add(words, [getattr(row.numbers, name) for row in reversed(rows)])
    tree = chart.render_tree()
    for parent in tree.iter():
        for script in [one for one in parent if str(one.tag).endswith("script")]:
            parent.remove(script)  # what moves with the mouse; the page's policy lets no script in
    drawn: bytes = etree.tostring(tree, encoding="utf-8")  # of lxml where it is installed, and then only that writes it
    return drawn


def _ticks(most: int) -> list[int]:
    """Return the marks of the axis: pieces of work in even steps, five of them at the most."""
    step = max(1, -(-most // 4))
    return list(range(0, most + step, step))


def _stretch() -> tuple[date | None, date | None, list[str]]:
    """Read the stretch of due dates from the address; what cannot be read is said and left out."""
    faults: list[str] = []
    found: list[date | None] = []
    for name in ("since", "until"):
        text = request.args.get(name, "").strip()[:60]
        try:
            found.append(read_date(text) if text else None)
        except BadDate:
            faults.append(_("Không đọc được ngày “%(text)s”; bộ lọc này được bỏ qua.", text=text[:30]))
            found.append(None)
    return found[0], found[1], faults
