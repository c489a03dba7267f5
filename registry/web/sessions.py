"""The session of a signed-in person: begun, kept alive, ended.

The cookie holds the user's id, the epoch of their sessions and when they last did something. Raising
the epoch in the database ends every session of the user at once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin

from registry.services import users
from registry.services.users import Account
from registry.web import context

_KEPT = "csrf_token"
_TOUCH_EVERY = timedelta(minutes=5)


class Person(UserMixin):
    """The signed-in person as Flask-Login wants them."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """Return the user's id."""
        return str(self.account.id)


def install(app: Flask) -> None:
    """Let Flask-Login find the person behind the session cookie."""
    manager = LoginManager()
    manager.session_protection = None  # people move between networks; the cookie is signed and HttpOnly
    manager.user_loader(_load)
    manager.init_app(app)


def begin(account: Account) -> None:
    """Start a session for ``account`` in place of whatever was there.

    The CSRF token stays: a form that was open when the session ended can then be sent again.
    """
    kept = session.get(_KEPT)
    session.clear()
    if kept is not None:
        session[_KEPT] = kept
    session["_user_id"] = str(account.id)
    session["_fresh"] = True
    session["epoch"] = account.session_epoch
    session["seen_at"] = int(context.now().timestamp())


def go_on_after(epoch: int) -> None:
    """Keep this one session alive after its user's epoch was raised."""
    session["epoch"] = epoch


def end() -> None:
    """Forget everything of this session."""
    session.clear()


def _load(user_id: str) -> Person | None:
    seen_at, epoch = session.get("seen_at"), session.get("epoch")
    if not isinstance(seen_at, int) or not isinstance(epoch, int) or not user_id.isdigit():
        return None
    now = context.now()
    idle = now - datetime.fromtimestamp(seen_at, UTC)
    if idle > timedelta(hours=context.config().session_hours):
        return None
    account = users.find_account(context.db(), int(user_id), epoch)
    if account is None:
        return None
    if idle > _TOUCH_EVERY:
        session["seen_at"] = int(now.timestamp())
    return Person(account)
