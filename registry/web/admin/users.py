"""Users: list, add, change, deactivate, new password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import passing_on, sign_in, units, users
from registry.web import labels
from registry.web.access import requires
from registry.web.admin.forms import SuccessorOfTasksForm, UserFilterForm, UserForm
from registry.web.choosing import who_may
from registry.web.context import account, actor, db, now, today
from registry.web.forms import from_address, show_on, status

bp = Blueprint("users", __name__, url_prefix="/users")


@bp.get("")
@requires(Permission.MANAGE_USERS)
def index() -> ResponseReturnValue:
    """Show all users, or those that fit the search."""
    form = from_address(UserFilterForm)
    rows = users.find_users(db(), text=form.q.data, only=sign_in.locked_now(db(), now()) if form.locked.data else None)
    return render_template("admin/users.html", form=form, rows=rows, roles=labels.ROLES)


def _form(row: users.UserRow | None = None) -> UserForm:
    form = UserForm(obj=row)
    open_units = [unit for unit in units.find_units(db())
                  if unit.closed_on is None or unit.closed_on > today() or (row and row.unit_id == unit.id)]
    form.unit_id.offer([(None, _("(không thuộc đơn vị nào)")), *((unit.id, unit.name) for unit in open_units)])
    return form


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def add() -> ResponseReturnValue:
    """Add a user; afterwards, show their password once."""
    form = _form()
    if form.validate_on_submit():
        try:
            user_id, password = users.create_user(db(), form.to_user(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            return render_template("admin/password.html", row=users.get_user(db(), user_id), password=password)
    return render_template("admin/user.html", form=form, row=None), status(form)


@bp.route("/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def edit(user_id: int) -> ResponseReturnValue:
    """Show a user and change what is known of them."""
    row = users.get_user(db(), user_id)
    form = _form(row)
    if request.method == "POST":
        form.username.process(None, row.username)  # the name stays, whatever was sent
    if form.validate_on_submit():
        try:
            users.change_user(db(), user_id, form.to_user(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu người dùng %(name)s.", name=form.full_name.data), "success")
            return redirect(url_for(".index"))
    return render_template("admin/user.html", form=form, row=row, own=user_id == account().id), status(form)


@bp.post("/<int:user_id>/active")
@requires(Permission.MANAGE_USERS)
def set_active(user_id: int) -> ResponseReturnValue:
    """Deactivate a user or let them in again."""
    active = request.form.get("active") == "yes"
    if not active and passing_on.owed_by(db(), user_id=user_id).asks_for_heir:
        return redirect(url_for(".hand_over", user_id=user_id))
    users.set_active(db(), user_id, active, actor=actor(), at=now())
    flash(_("Người dùng đăng nhập lại được.") if active else _("Đã ngừng người dùng; mọi phiên của họ kết thúc."),
          "success")
    return redirect(url_for(".edit", user_id=user_id))


@bp.route("/<int:user_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def hand_over(user_id: int) -> ResponseReturnValue:
    """Deactivate a user who still owes: show what, and ask who takes over."""
    row, owed, form = users.get_user(db(), user_id), passing_on.owed_by(db(), user_id=user_id), SuccessorOfTasksForm()
    form.offer([unit for unit in units.find_units(db()) if unit.closed_on is None],
               [one for one in who_may(Permission.WORK_OBLIGATIONS) if one.id != user_id])
    if form.validate_on_submit():
        try:
            users.set_active(db(), user_id, False, actor=actor(), at=now(), successor=form.to_successor())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã chuyển giao nhiệm vụ và ngừng người dùng; mọi phiên của họ kết thúc."), "success")
            return redirect(url_for(".edit", user_id=user_id))
    return render_template("admin/hand_over.html", form=form, row=row, owed=owed), status(form)


@bp.post("/<int:user_id>/password")
@requires(Permission.MANAGE_USERS)
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give a user a new password and show it once."""
    password = users.reset_password(db(), user_id, actor=actor(), at=now())
    return render_template("admin/password.html", row=users.get_user(db(), user_id), password=password)
