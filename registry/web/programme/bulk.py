"""Several planned documents at once: chosen in the list, confirmed on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Permission
from registry.services import planned_changes, planned_documents
from registry.services.planned_documents import PlannedRow
from registry.web.access import requires
from registry.web.choosing import ids_chosen
from registry.web.context import actor, db, now, today
from registry.web.forms import refusals
from registry.web.programme.blueprint import bp
from registry.web.programme.forms import BulkForm
from registry.web.programme.words import period_name


@bp.post("/bulk")
@requires(Permission.PLAN_DOCUMENTS)
def bulk() -> ResponseReturnValue:
    """Ask once more, naming what was chosen; then do it with each, and tell what was refused."""
    action = request.form.get("action", "")
    titles = {"drafting": _("Bắt đầu soạn thảo"), "assign": _("Phân công soạn thảo"), "carry": _("Chuyển kỳ sau"),
              "drop": _("Bỏ khỏi chương trình")}
    chosen = planned_documents.find_chosen(db(), ids_chosen(), actor=actor(), today=today())
    if action not in titles or not chosen:
        flash(_("Hãy chọn văn bản dự kiến và việc cần làm."), "warning")
        return redirect(url_for(".index"))
    confirmed = "confirmed" in request.form
    form = BulkForm(formdata=request.form if confirmed else None)
    form.offer_drafters()
    if not confirmed:
        form.show_period(max(chosen, key=lambda row: row.period.end).period.following())
    told: list[tuple[PlannedRow, str]] = []
    if confirmed and form.validate():
        told = refusals(chosen, _work(action, form))
        flash(_("Xong %(n)s trong %(all)s văn bản.", n=len(chosen) - len(told), all=len(chosen)),
              "warning" if told else "success")
        if not told:
            return redirect(url_for(".index"))
        chosen = [one for one, _why in told]
    return render_template(
        "programme/bulk.html", form=form, chosen=chosen, action=action, title=titles[action],
        period_name=period_name, faults={one.id: why for one, why in told}), 422 if told or form.errors else 200


def _work(action: str, form: BulkForm) -> Callable[[PlannedRow], object]:
    who, at = actor(), now()
    if action == "drafting":
        return lambda one: planned_changes.take_up(db(), one.id, one.version, actor=who, at=at)
    if action == "assign":
        return lambda one: planned_changes.assign(
            db(), one.id, one.version, unit_id=form.unit_id.data, user_id=form.user_id.data, actor=who, at=at)
    if action == "carry":
        return lambda one: planned_changes.carry_over(
            db(), one.id, one.version, form.period(), form.reason.data, actor=who, at=at, due_on=form.due_on.data)
    return lambda one: planned_changes.drop(db(), one.id, one.version, form.reason.data, actor=who, at=at)
