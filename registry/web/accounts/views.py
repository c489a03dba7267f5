"""Signing in and out, the first run, one's own password and language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from registry.domain.account_errors import TooManyAttempts
from registry.domain.errors import RegistryError
from registry.i18n import LANGUAGES
from registry.services import sign_in as signing
from registry.services import users
from registry.web import sessions
from registry.web.access import public, signed_in
from registry.web.accounts.forms import FirstRunForm, PasswordForm, SignInForm
from registry.web.context import account, actor, address, db, now
from registry.web.forms import show_on, status

bp = Blueprint("accounts", __name__)
_OPEN_BEFORE_FIRST_RUN = frozenset({
    "accounts.first_run", "accounts.switch_language", "home.health", "static", "bootstrap.static"})
_SET_UP = "registry.set_up"


def lead_to_first_run() -> ResponseReturnValue | None:
    """Send everybody to the first-run page as long as the office has no user."""
    if request.endpoint in _OPEN_BEFORE_FIRST_RUN or _is_set_up():
        return None
    return redirect(url_for("accounts.first_run"))


def _is_set_up() -> bool:
    # Users are never deleted, so a yes is for good.
    if not current_app.extensions[_SET_UP]:
        current_app.extensions[_SET_UP] = users.any_exists(db())
    return bool(current_app.extensions[_SET_UP])


def safe_address(target: str | None) -> str:
    """Return ``target`` if it is a page of this application, else the start page."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")):
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and target.isprintable():
            return target
    return url_for("home.index")


@bp.route("/first-run", methods=["GET", "POST"])
@public
def first_run() -> ResponseReturnValue:
    """Create the administrator of a new office; impossible once there is a user."""
    if _is_set_up():
        return redirect(url_for("accounts.sign_in"))
    form = FirstRunForm()
    if form.validate_on_submit():
        try:
            user_id = users.create_first_administrator(
                db(), username=form.username.data, full_name=form.full_name.data, password=form.password.data,
                address=address(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            person = users.find_account(db(), user_id, 0)
            if person is not None:
                sessions.begin(person)
            flash(_("Đã tạo người quản trị."), "success")
            return redirect(url_for("home.index"))
    return render_template("accounts/first_run.html", form=form), status(form)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign a person in and lead them where they wanted to go."""
    form = SignInForm(next=request.args.get("next", ""))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(safe_address(form.next.data))
    code = 200
    if form.validate_on_submit():
        try:
            person = signing.sign_in(db(), form.username.data, form.password.data, address=address(), at=now())
        except RegistryError as error:
            show_on(form, error)
            code = 429 if isinstance(error, TooManyAttempts) else 422
        else:
            sessions.begin(person)
            return redirect(safe_address(form.next.data))
    return render_template("accounts/sign_in.html", form=form), code if code == 429 else status(form)


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session."""
    signing.sign_out(db(), actor=actor(), at=now())
    sessions.end()
    flash(_("Đã đăng xuất."), "success")
    return redirect(url_for("accounts.sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password; other sessions of the person end."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            epoch = users.change_own_password(
                db(), account().id, form.current_password.data, form.password.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            sessions.go_on_after(epoch)
            flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác của bạn đã kết thúc."), "success")
            return redirect(url_for("home.index"))
    return render_template("accounts/password.html", form=form, forced=account().must_change_password), status(form)


@bp.post("/language")
@public
def switch_language() -> ResponseReturnValue:
    """Show the pages in the language chosen, now and, for a signed-in person, next time."""
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = g.language = language
        if current_user.is_authenticated:
            users.set_language(db(), account().id, language, actor=actor(), at=now())
    return redirect(safe_address(request.form.get("next")))
