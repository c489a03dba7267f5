"""Document types and fields of work: list, add, change, take out of use."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import lists
from registry.web.access import requires
from registry.web.admin.forms import FieldForm, KindForm, SearchForm
from registry.web.context import actor, db, now
from registry.web.forms import from_address, show_on, status
from search_index.text import fold_line

kinds_bp = Blueprint("kinds", __name__, url_prefix="/kinds")
fields_bp = Blueprint("fields", __name__, url_prefix="/fields")


@kinds_bp.get("")
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show all document types, or those that fit the search."""
    form = from_address(SearchForm)
    wanted = fold_line(form.q.data)
    rows = [row for row in lists.find_kinds(db())
            if wanted in fold_line(f"{row.name} {row.abbreviation} {row.name_en}")]
    return render_template("admin/kinds.html", form=form, rows=rows)


@kinds_bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add() -> ResponseReturnValue:
    """Add a document type."""
    return _save_kind(None, KindForm())


@kinds_bp.route("/<int:kind_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def edit(kind_id: int) -> ResponseReturnValue:
    """Change a document type."""
    row = lists.get_kind(db(), kind_id)
    return _save_kind(row, KindForm(obj=row))


def _save_kind(row: lists.KindRow | None, form: KindForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            lists.save_kind(db(), row.id if row else None, form.to_kind(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu loại văn bản %(name)s.", name=form.name.data), "success")
            return redirect(url_for("kinds.index"))
    return render_template("admin/kind.html", form=form, row=row), status(form)


@fields_bp.get("", endpoint="index")
@requires(Permission.MANAGE_LISTS)
def fields_index() -> ResponseReturnValue:
    """Show all fields of work."""
    return render_template("admin/fields.html", rows=lists.find_fields(db()))


@fields_bp.route("/new", methods=["GET", "POST"], endpoint="add")
@requires(Permission.MANAGE_LISTS)
def add_field() -> ResponseReturnValue:
    """Add a field of work."""
    return _save_field(None, FieldForm())


@fields_bp.route("/<int:field_id>", methods=["GET", "POST"], endpoint="edit")
@requires(Permission.MANAGE_LISTS)
def edit_field(field_id: int) -> ResponseReturnValue:
    """Change a field of work."""
    row = lists.get_field(db(), field_id)
    return _save_field(row, FieldForm(obj=row))


def _save_field(row: lists.FieldRow | None, form: FieldForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            lists.save_field(db(), row.id if row else None, form.name.data, form.active.data, actor=actor(),
                             at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu lĩnh vực %(name)s.", name=form.name.data), "success")
            return redirect(url_for("fields.index"))
    return render_template("admin/field.html", form=form, row=row), status(form)
