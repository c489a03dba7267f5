"""The audit trail: filters, and the proof that it is whole."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Permission
from registry.services import audit, users
from registry.web.access import requires
from registry.web.admin.forms import AuditForm
from registry.web.context import HANOI, db
from registry.web.forms import from_address, status
from registry.web.paging import here_with
from registry.web.trail import readable

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
@requires(Permission.READ_AUDIT)
def index() -> ResponseReturnValue:
    """Show the events that fit the filters, newest first."""
    form = from_address(AuditForm)
    form.actor_id.offer([(None, _("Mọi người")), *users.known_names(db())])
    form.validate()
    wanted = audit.EventFilter(
        actor_id=form.actor_id.data, action=form.action.data or None, object_type=form.object_type.data or None,
        object_id=form.object_id.data, since=_midnight(form.since.data),
        until=_midnight(form.until.data + timedelta(days=1) if form.until.data else None))
    page = audit.find_events(db(), wanted, below=form.below.data)
    return render_template(
        "admin/audit.html", form=form, rows=readable(page.rows),
        next=here_with(below=page.older) if page.older else None,
        first=here_with(below=None) if form.below.data else None), status(form)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), HANOI) if day else None


@bp.post("/verify")
@requires(Permission.READ_AUDIT)
def verify() -> ResponseReturnValue:
    """Walk the whole trail and say whether it is as it was written."""
    verdict = audit.verify(db())
    if verdict.whole:
        flash(_("Nhật ký nguyên vẹn: đã kiểm tra %(count)s sự kiện.", count=verdict.events), "success")
    else:
        faults = {"missing": _("thiếu"), "altered": _("bị sửa"), "cut off": _("bị cắt phần cuối")}
        flash(_("Nhật ký KHÔNG nguyên vẹn từ sự kiện số %(seq)s: %(fault)s. Hãy giữ nguyên hiện trạng và báo người "
                "phụ trách an toàn thông tin.", seq=verdict.broken_seq,
                fault=faults.get(verdict.fault, verdict.fault)), "error")
    return redirect(url_for(".index"))
