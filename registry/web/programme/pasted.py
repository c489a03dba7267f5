"""A programme entered as a pasted list: read, shown as it was understood, then entered as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import DatesOutOfOrder, RegistryError
from registry.domain.roles import Permission
from registry.domain.work_programme import PlanPeriod, read_lines
from registry.messages import say
from registry.services import planned_changes, reference
from registry.services import settings as office
from registry.services.planned_changes import NewPlanned
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.forms import FormRefused, show_on, status
from registry.web.programme.blueprint import bp
from registry.web.programme.forms import PastedForm
from registry.web.programme.views import period_here
from search_index.text import fold_line


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as it was understood."""

    new: NewPlanned
    kind: str
    unit: str
    unknown_unit: str
    """What stood where the unit stands and names none."""


@bp.route("/paste", methods=["GET", "POST"])
@requires(Permission.PLAN_DOCUMENTS)
def paste() -> ResponseReturnValue:
    """Read a list, show what it was understood as, and enter it when the person says so."""
    form = PastedForm()
    form.offer_drafters()
    lines: list[ReadLine] = []
    if form.validate_on_submit():
        try:
            lines = _read(form)
            if not lines:
                form.text.errors = [_("Không đọc được dòng nào.")]
            elif request.form.get("answer") == "save":
                planned_changes.create(db(), [line.new for line in lines], actor=actor(), at=now())
                flash(_("Đã thêm %(n)s văn bản vào chương trình công tác.", n=len(lines)), "success")
                return redirect(url_for(".index", period=form.period().code))
        except DatesOutOfOrder as error:
            place = next((place for place, line in enumerate(lines, 1) if line.new.due_on == error.on), None)
            form.text.errors = [_("Dòng %(place)s: %(why)s", place=place, why=say(error))]
        except RegistryError as error:
            show_on(form, error)
        except FormRefused:  # said at its field
            pass
    elif not form.is_submitted():
        form.show_period(period_here() or PlanPeriod.around(today()).following())
        form.show_issuer(office.get(db()).default_issuer_id)
    return render_template("programme/paste.html", form=form, lines=lines), status(form)


def _read(form: PastedForm) -> list[ReadLine]:
    kinds = {one.code: one for one in reference.kinds(db())}
    units = {fold_line(one.name): one for one in reference.units(db())}
    issuer_id = form.chosen_issuer()
    read, found = read_lines(form.text.data), []
    planned_changes.require_few(len(read))
    for line in read:
        kind = kinds.get(line.kind.code) if line.kind is not None else None
        unit = units.get(fold_line(line.unit)) if line.unit else None
        new = NewPlanned(
            period=form.period(), kind_id=kind.id if kind else None,
            subject=line.subject if kind or not line.kind else f"{line.kind.name} {line.subject}",
            issuer_id=issuer_id, unit_id=unit.id if unit else form.unit_id.data, user_id=form.user_id.data,
            due_on=line.due_on or form.due_on.data)
        found.append(ReadLine(new, kind.name if kind else "", unit.name if unit else "",
                              line.unit if line.unit and not unit else ""))
    return found
