"""A real browser before a real server, over SQLite: what a person sees does not depend on the database."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from registry.app import connect
from registry.db import make_engine
from registry.domain.roles import Role
from registry.services import users
from registry.services.actors import at_the_machine
from tests.conftest import NOON, configured
from tests.factories import Office

PASSWORD = "con cò bay lả bay la"
_CHROMIUM = os.environ.get("SOVANBAN_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_PATIENCE = 15_000  # milliseconds; a machine busy with other tests is slow, not wrong
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if _CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated register."""
    path = tmp_path / "register.db"
    shutil.copy(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def address(put_together: Flask, engine: Engine, office: Office, tmp_path: Path) -> Iterator[str]:
    """The address of the served application; its time stands at NOON."""
    app = put_together
    connect(app, configured(tmp_path, engine), lambda: NOON)
    for role in Role:
        users.create_user(
            office.db, users.UserData(username=role.value, full_name=f"Người {role.value}", role=role),
            actor=at_the_machine(Role.ADMINISTRATOR), at=NOON, password=PASSWORD)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["registry.engine"].dispose()


@pytest.fixture
def page_as(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """``page_as(Role.CLERK)``: a page on which a person of that role is signed in.

    A fault in a script, or something that the content-security policy refused, fails the test.
    """
    opened = []
    faults: list[str] = []

    def make(role: Role, *, width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=address, locale="vi-VN")
        context.set_default_timeout(_PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
        page.goto("/sign-in")
        page.get_by_label("Tên đăng nhập").fill(role.value)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield make
    for context in opened:
        context.close()
    assert faults == []
