"""Who may open a page. Every view says so with one of these decorators, or the application does not start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.domain.roles import Permission
from registry.web import context

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

PUBLIC = "public"
SIGNED_IN = "signed in"
_STATIC = frozenset({"static", "bootstrap.static"})
# What a person who must choose a new password may still do.
_BEFORE_NEW_PASSWORD = frozenset({"accounts.change_password", "accounts.sign_out", "accounts.switch_language"})


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to every signed-in person, whatever their role."""
    return _guarded(view, None)


def requires(permission: Permission) -> Callable[[View], View]:
    """Open to the roles that have ``permission``."""
    return lambda view: _guarded(view, permission)


def _guarded(view: View, permission: Permission | None) -> View:
    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        person = context.account()
        if person.must_change_password and request.endpoint not in _BEFORE_NEW_PASSWORD:
            return redirect(url_for("accounts.change_password"))
        if permission is not None and not context.actor().may(permission):
            abort(403)
        # The role is checked: the view runs, in a test as in use, only behind this line.
        return current_app.ensure_sync(view)(*args, **kwargs)

    checked.access = permission or SIGNED_IN  # type: ignore[attr-defined]
    return cast(View, checked)


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in {"GET", "HEAD"} and not wants_json():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    # What was typed into a form would be lost by a redirect.
    return render_template("errors/signed_out.html"), 401


def wants_json() -> bool:
    """Tell whether a script of ours asks, not a person who opens a page."""
    return request.accept_mimetypes.best == "application/json"


def may(permission: Permission) -> bool:
    """Tell whether the person at the page has ``permission``; for templates."""
    return bool(current_user.is_authenticated) and context.actor().may(permission)


def routes(app: Flask) -> dict[str, str]:
    """Return what each endpoint asks for: a permission, ``signed in`` or ``public``.

    Raises:
        RuntimeError: naming the views that do not say.
    """
    found = {}
    silent = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in _STATIC:
            continue
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if access is None:
            silent.append(rule.endpoint)
        found[rule.endpoint] = str(access)
    if silent:
        raise RuntimeError("views that do not say who may open them: " + ", ".join(sorted(silent)))
    return found
