"""States, standings and periods as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from registry.domain.work_programme import PlanPeriod
from registry.web.labels import PLAN_STATES

STATES = PLAN_STATES
STANDINGS: Mapping[str, object] = {
    "overdue": _("Quá hạn"), "due_soon": _("Sắp đến hạn"), "in_term": _("Trong hạn"),
    "in_time": _("Đúng hạn"), "late": _("Ban hành muộn"), "set_aside": _("Không tính hạn"),
}
TONES: Mapping[str, str] = {
    "overdue": "bad", "due_soon": "warn", "in_term": "", "in_time": "good", "late": "warn", "set_aside": "",
}
"""The colour of a standing's tag; the words say the same without it."""
PARTS: Mapping[str, object] = {
    "": _("Cả năm"), "H1": _("6 tháng đầu năm"), "H2": _("6 tháng cuối năm"), "Q1": _("Quý I"), "Q2": _("Quý II"),
    "Q3": _("Quý III"), "Q4": _("Quý IV"),
    **{f"M{month:02d}": _("Tháng %(month)s", month=month) for month in range(1, 13)},
}


def period_name(period: PlanPeriod) -> str:
    """Return the name of a period in the language of the page."""
    if str(get_locale()) != "en":
        return str(period)
    return gettext("Năm %(year)s", year=period.year) if not period.part else f"{PARTS[period.part]} {period.year}"
