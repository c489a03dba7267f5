"""Units of the office: list, add, change, close."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import passing_on, units
from registry.web.access import requires
from registry.web.admin.forms import UnitForm
from registry.web.choosing import who_may
from registry.web.context import actor, db, now, today
from registry.web.forms import show_on, status

bp = Blueprint("units", __name__, url_prefix="/units")


@bp.get("")
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show all units, each below the one it belongs to."""
    return render_template("admin/units.html", rows=units.find_units(db()), today=today())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add() -> ResponseReturnValue:
    """Add a unit."""
    return _save(None, UnitForm())


@bp.route("/<int:unit_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def edit(unit_id: int) -> ResponseReturnValue:
    """Change a unit; a day of closing closes it."""
    row = units.get_unit(db(), unit_id)
    return _save(row, UnitForm(obj=row))


def _save(row: units.UnitRow | None, form: UnitForm) -> ResponseReturnValue:
    others = [unit for unit in units.find_units(db()) if row is None or unit.id != row.id]
    form.parent_id.offer([(None, _("(trực thuộc cơ quan)")),
                          *((unit.id, "\u2003" * unit.depth + unit.name) for unit in others)])
    form.offer([unit for unit in others if unit.closed_on is None],
               who_may(Permission.WORK_OBLIGATIONS))
    owed = passing_on.owed_by(db(), unit_id=row.id) if row else None
    if form.validate_on_submit():
        try:
            units.save_unit(db(), row.id if row else None, form.to_unit(), actor=actor(), at=now(),
                            successor=form.to_successor())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu đơn vị %(name)s.", name=form.name.data), "success")
            return redirect(url_for(".index"))
    return render_template("admin/unit.html", form=form, row=row, owed=owed), status(form)
