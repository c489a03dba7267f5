"""Pages as a person in each role gets them, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from registry.app import connect
from registry.db import Sessions
from registry.domain.roles import Role
from registry.services import users
from registry.services.actors import at_the_machine
from tests.conftest import NOON, configured

PASSWORD = "con cò bay lả bay la"
_CSRF = "c" * 40
# A style attribute or element, a script without a source, or a handler in an attribute.
_INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)\s*=|<style|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


class Clock:
    """The time that the application is told; a test moves it by setting ``now``."""

    def __init__(self) -> None:
        self.now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


class Person(FlaskClient):
    """A browser: sends the CSRF token of its forms, and refuses pages that break the house rules."""

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """Send a request; ``csrf=False`` leaves the token out."""
        if csrf and kwargs.get("method") == "POST" and not kwargs.get("json"):
            with self.session_transaction() as session:
                session["csrf_token"] = _CSRF
            token = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(_CSRF)
            data = kwargs.get("data") or {}
            kwargs["data"] = {**data, "csrf_token": token} if isinstance(data, dict) else data
        response = super().open(*args, **kwargs)
        # A mail in its sandboxed frame has styles of its own; it can do nothing else there.
        if response.mimetype == "text/html" and "sandbox" not in response.headers["Content-Security-Policy"]:
            fault = _INLINE.search(response.text)
            assert fault is None, f"inline script or style: {fault[0]!r}"
        return response

    def sign_in(self, username: str, password: str = PASSWORD, *, address: str = "127.0.0.1") -> TestResponse:
        """Sign in by the form."""
        return self.post("/sign-in", data={"username": username, "password": password},
                         environ_overrides={"REMOTE_ADDR": address})


@pytest.fixture
def moving_clock() -> Clock:
    """The clock of the application; starts at NOON."""
    return Clock()


@pytest.fixture
def app(put_together: Flask, engine: Engine, tmp_path: Path, moving_clock: Clock,
        monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application over the test's database."""
    app = put_together
    connect(app, configured(tmp_path, engine), moving_clock)
    app.test_client_class = Person
    # What a test changes of the application itself is gone with it.
    monkeypatch.setattr(app, "view_functions", dict(app.view_functions))
    monkeypatch.setitem(app.config, "TESTING", True)
    yield app
    app.extensions["registry.engine"].dispose()


@pytest.fixture
def visitor(app: Flask) -> Person:
    """A browser in which nobody is signed in."""
    client = app.test_client()
    assert isinstance(client, Person)
    return client


@pytest.fixture
def client_as(app: Flask, db: Sessions) -> Callable[[Role | str], Person]:
    """``client_as(Role.CLERK)``: a browser in which a person of that role, named like it, is signed in."""

    def make(role: Role | str) -> Person:
        role = Role(role)
        if not any(row.username == role.value for row in users.find_users(db)):
            users.create_user(
                db, users.UserData(username=role.value, full_name=f"Người {role.value}", role=role),
                actor=at_the_machine(Role.ADMINISTRATOR), at=NOON, password=PASSWORD)
        client = app.test_client()
        assert isinstance(client, Person)
        assert client.sign_in(role.value).status_code == 302
        return client

    return make
