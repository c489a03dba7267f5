"""States, standings and cycles as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.dates import print_short_date
from registry.web.labels import OBLIGATION_STATES

STATES = OBLIGATION_STATES
STANDINGS: Mapping[str, object] = {
    "overdue": _("Quá hạn"), "due_soon": _("Sắp đến hạn"), "in_term": _("Trong hạn"),
    "no_deadline": _("Không hạn"), "done_in_time": _("Hoàn thành đúng hạn"),
    "done_late": _("Hoàn thành quá hạn"), "set_aside": _("Không tính hạn"),
}
TONES: Mapping[str, str] = {
    "overdue": "bad", "due_soon": "warn", "done_in_time": "good", "done_late": "warn", "in_term": "",
    "no_deadline": "", "set_aside": "",
}
"""The colour of a standing's tag; the words say the same without it."""
CYCLES: Mapping[str, object] = {
    "month": _("hằng tháng"), "quarter": _("hằng quý"), "first_half": _("6 tháng đầu năm"),
    "second_half": _("6 tháng cuối năm"), "nine_months": _("9 tháng"), "year": _("hằng năm"),
}
NEEDS: Mapping[str, object] = {
    "extension": _("Chờ quyết định gia hạn"), "cancelled_document": _("Văn bản giao đã hủy, chưa quyết định"),
    "somebody": _("Không có ai được nhắc"),
}
ORDERS: Mapping[str, object] = {
    "due": _("Hạn gần trước"), "-due": _("Hạn xa trước"), "task": _("Nội dung A–Z"), "-document": _("Văn bản mới trước"),
    "document": _("Văn bản cũ trước"), "person": _("Người thực hiện"), "unit": _("Đơn vị"), "state": _("Trạng thái"),
}
ACTIONS: Mapping[str, object] = {
    "note": _("Tiến độ"), "state": _("Trạng thái"), "due": _("Đổi hạn"), "transfer": _("Chuyển giao"),
    "received": _("Đã nhận"), "extension": _("Gia hạn"), "kept": _("Giữ lại"),
}
DECISIONS: Mapping[str, object] = {
    "waiting": _("Chờ quyết định"), "approved": _("Đồng ý"), "refused": _("Không đồng ý"),
}
REPEATS: Mapping[str, object] = {
    "": _("Một lần"), "WEEKLY": _("Hằng tuần"), "MONTHLY": _("Hằng tháng"), "QUARTERLY": _("Hằng quý"),
    "HALF": _("6 tháng một lần"), "YEARLY": _("Hằng năm"),
}


def told(value: str) -> str:
    """Return a value of the history as a person reads it: a state, a decision, a day, or the words themselves."""
    if value in STATES or value in DECISIONS:
        return str(STATES.get(value) or DECISIONS[value])
    try:
        return print_short_date(date.fromisoformat(value))
    except ValueError:
        return value


def rule_in_words(rrule: str) -> str:
    """Return a recurrence as a person says it; the rule itself where it is none of the usual ones."""
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    day, interval = parts.get("BYMONTHDAY", ""), parts.get("INTERVAL", "1")
    when = {
        ("WEEKLY", "1"): gettext("hằng tuần"), ("MONTHLY", "1"): gettext("hằng tháng"),
        ("MONTHLY", "3"): gettext("hằng quý"), ("MONTHLY", "6"): gettext("6 tháng một lần"),
        ("YEARLY", "1"): gettext("hằng năm"),
    }.get((parts.get("FREQ", ""), interval))
    if when is None:
        return rrule
    day = day.replace(",", ", ")
    dated = day.replace(", ", "").isdigit()
    if "BYMONTH" in parts and dated:
        return gettext("%(when)s, ngày %(day)s tháng %(month)s", when=when, day=day, month=parts["BYMONTH"])
    return gettext("%(when)s, ngày %(day)s", when=when, day=day) if dated else when
