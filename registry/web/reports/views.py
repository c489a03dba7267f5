"""The four reports on screen, and their charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from registry.domain.errors import NotFound
from registry.domain.report_figures import change, percent, share
from registry.domain.report_spans import Counting, SpanKind
from registry.domain.roles import Permission
from registry.services import report_sections
from registry.services.report_directives import directives
from registry.services.report_issued import issued
from registry.services.report_lateness import late_work
from registry.services.report_request import Against, Undated
from registry.services.report_sections import ReportKey
from registry.services.report_tasks import tasks
from registry.services.report_volumes import volumes
from registry.web.access import requires
from registry.web.charts import picture
from registry.web.context import actor, db, now
from registry.web.reports.asked import Asked, asked
from registry.web.reports.blueprint import bp

TABS = ((ReportKey.ISSUED, _("Văn bản ban hành")), (ReportKey.DIRECTIVES, _("Thực hiện chỉ đạo")),
        (ReportKey.TASKS, _("Nhiệm vụ kỳ tới")), (ReportKey.VOLUMES, _("Số liệu văn bản")))
SPANS = {
    SpanKind.MONTH: _("Tháng"), SpanKind.QUARTER: _("Quý"), SpanKind.FIRST_HALF: _("Sáu tháng đầu năm"),
    SpanKind.SECOND_HALF: _("Sáu tháng cuối năm"), SpanKind.NINE_MONTHS: _("Chín tháng"), SpanKind.YEAR: _("Năm"),
    SpanKind.DAYS: _("Từ ngày … đến ngày …"),
}
COUNTINGS = {Counting.CALENDAR: _("Theo lịch"), Counting.CUT_OFF: _("Ngày 15 đến ngày 14 (NĐ 09/2019)")}
COMPARED = {Against.BEFORE: _("Kỳ trước liền kề"), Against.YEAR: _("Cùng kỳ năm trước")}
UNDATED = {Undated.REGISTERED: _("Đăng ký trong kỳ"), Undated.ALL: _("Tất cả"), Undated.NONE: _("Không đưa vào")}


@bp.get("")
@requires(Permission.READ_REPORTS)
def index() -> ResponseReturnValue:
    """Lead to the first report, on the same period."""
    return redirect(url_for(".issued_page", **asked().arguments))


@bp.get("/issued")
@requires(Permission.READ_REPORTS)
def issued_page() -> ResponseReturnValue:
    """Show what was issued and advised, as paragraph and as table."""
    wanted = asked()
    return _page(ReportKey.ISSUED, wanted, found=issued(db(), wanted.request, actor=actor()))


@bp.get("/directives")
@requires(Permission.READ_REPORTS)
def directives_page() -> ResponseReturnValue:
    """Show how directives are carried out."""
    wanted = asked()
    return _page(ReportKey.DIRECTIVES, wanted, found=directives(db(), wanted.request, actor=actor(), now=now()))


@bp.get("/tasks")
@requires(Permission.READ_REPORTS)
def tasks_page() -> ResponseReturnValue:
    """Show what the next period brings."""
    wanted = asked()
    return _page(ReportKey.TASKS, wanted, found=tasks(db(), wanted.request, actor=actor(), now=now()))


@bp.get("/volumes")
@requires(Permission.READ_REPORTS)
def volumes_page() -> ResponseReturnValue:
    """Show how many documents there were."""
    wanted = asked()
    return _page(ReportKey.VOLUMES, wanted, found=volumes(db(), wanted.request, actor=actor()),
                 late=late_work(db(), wanted.request, actor=actor(), now=now()))


def _page(key: ReportKey, wanted: Asked, **facts: Any) -> ResponseReturnValue:
    return render_template(
        f"reports/{key}.html", key=key, asked=wanted, wanted=wanted.request, arguments=wanted.arguments, tabs=TABS,
        spans=SPANS, countings=COUNTINGS, compared=COMPARED, undated=UNDATED, percent=percent, share=share,
        change=change, four=report_sections.FOUR, **facts)


@bp.get("/chart/<name>.svg")
@requires(Permission.READ_REPORTS)
def chart(name: str) -> ResponseReturnValue:
    """Draw one of the charts; an unknown name has none."""
    draw = _CHARTS.get(name)
    if draw is None:
        raise NotFound("chart", name)
    return picture(draw(asked()))


_CHARTS: dict[str, Callable[[Asked], bytes]] = {
    "kinds": lambda wanted: report_sections.kinds_chart(
        issued(db(), wanted.request, actor=actor()), wanted.request).svg,
    "units": lambda wanted: report_sections.units_chart(
        directives(db(), wanted.request, actor=actor(), now=now())).svg,
    "months": lambda wanted: report_sections.months_chart(volumes(db(), wanted.request, actor=actor())).svg,
}
