"""Several obligations at once: chosen in the list, confirmed on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.obligations import ObligationState
from registry.domain.roles import Permission
from registry.services import obligation_changes, obligation_lists, obligations, open_work
from registry.services.obligation_lists import ObligationRow
from registry.services.open_work import OpenWork
from registry.web.access import requires
from registry.web.choosing import ids_chosen
from registry.web.context import actor, db, now
from registry.web.forms import refusals
from registry.web.obligations.blueprint import bp
from registry.web.obligations.forms import TransferForm, offer_people


class BulkForm(TransferForm):
    """What is done with the chosen obligations, and what it needs."""


@bp.post("/bulk")
@requires(Permission.WORK_OBLIGATIONS)
def bulk() -> ResponseReturnValue:
    """Ask once more, naming what was chosen; then do it with each, and tell what was refused."""
    action = request.form.get("action", "")
    titles = {"working": _("Bắt đầu thực hiện"), "done": _("Báo hoàn thành"), "transfer": _("Chuyển giao"),
              "cancel": _("Hủy nhiệm vụ"), "keep": _("Giữ lại nhiệm vụ")}
    back = _list_left()
    chosen = obligation_lists.find_chosen(db(), ids_chosen(), actor=actor(), now=now())
    if action not in titles or not chosen:
        flash(_("Hãy chọn nhiệm vụ và việc cần làm."), "warning")
        return redirect(back)
    form = BulkForm(formdata=request.form if "confirmed" in request.form else None)
    offer_people(form)
    told: list[tuple[ObligationRow, str]] = []
    if "confirmed" in request.form and form.validate():
        told = refusals(chosen, _work(action, form))
        flash(_("Xong %(n)s trong %(all)s nhiệm vụ.", n=len(chosen) - len(told), all=len(chosen)),
              "warning" if told else "success")
        if not told:
            return redirect(back)
        chosen = [one for one, _why in told]
    return render_template(
        "obligations/bulk.html", form=form, chosen=chosen, action=action, back=back, title=titles[action],
        faults={one.id: why for one, why in told}), 422 if told or form.errors else 200


def _list_left() -> str:
    """Return the address of the list that was left, with its filter: there one goes on."""
    index = url_for(".index")
    back = request.form.get("back", "")
    return back if back.startswith(f"{index}?") else index


def _work(action: str, form: TransferForm) -> Callable[[ObligationRow], object]:
    who, at, reason = actor(), now(), form.reason.data
    if action == "working":
        return lambda one: obligations.set_state(db(), one.id, one.version, ObligationState.WORKING, actor=who, at=at)
    if action == "done":
        return lambda one: obligations.complete(db(), one.id, one.version, actor=who, at=at, text=reason)
    if action == "keep":
        return lambda one: open_work.decide(db(), one.obligation_id, OpenWork.KEEP, reason, actor=who, at=at)
    if action == "cancel":
        return lambda one: (
            open_work.decide(db(), one.obligation_id, OpenWork.CANCEL, reason, actor=who, at=at)
            if one.document_cancelled else
            obligations.set_state(db(), one.id, one.version, ObligationState.CANCELLED, reason=reason, actor=who, at=at))
    return lambda one: obligation_changes.transfer(
        db(), one.id, one.version, unit_id=form.unit_id.data, user_id=form.user_id.data, reason=reason, actor=who, at=at)
