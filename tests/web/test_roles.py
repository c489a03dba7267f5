"""Who may open what: the tables in docs/roles.md, and every page as every role."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask import Flask

from config import Config
from registry.app import create_app
from registry.domain.roles import PERMISSIONS, Permission, Role, may
from registry.web import access
from tests.web.conftest import Person

DOCS = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
MARK = "<!-- tables -->\n"
_NAMES = {Role.CLERK: "văn thư", Role.OFFICIAL: "chuyên viên", Role.LEADER: "lãnh đạo",
          Role.ADMINISTRATOR: "quản trị", Role.READER: "người tra cứu"}
_COMING = ("static", "bootstrap.static")


@pytest.fixture
def plain_app(tmp_path) -> Flask:
    """The application, for looking at its routes."""
    app = create_app(Config(data=tmp_path, database_url="sqlite://", secret_key="k" * 40, testing=True))
    yield app
    app.extensions["registry.engine"].dispose()


def tables(app: Flask) -> str:
    """Return the tables as the page holds them."""
    roles = list(Role)
    lines = ["", "| may | " + " | ".join(f"{role.value} ({_NAMES[role]})" for role in roles) + " |",
             "|---" * (len(roles) + 1) + "|"]
    lines += [f"| {permission.value} | " + " | ".join("✓" if may(role, permission) else "" for role in roles) + " |"
              for permission in Permission]
    lines += ["", "| address | asks for |", "|---|---|"]
    asked = access.routes(app)
    rows = sorted({(rule.rule, ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
                    asked[rule.endpoint]) for rule in app.url_map.iter_rules() if rule.endpoint not in _COMING})
    lines += [f"| `{address}` ({methods}) | {wanted} |" for address, methods, wanted in rows]
    return "\n".join(lines) + "\n"


def test_the_page_of_roles_says_what_the_code_does(plain_app):
    head, _, kept = DOCS.read_text(encoding="utf-8").partition(MARK)
    if os.environ.get("SOVANBAN_WRITE_DOCS"):
        DOCS.write_text(head + MARK + tables(plain_app), encoding="utf-8")
        return
    assert kept == tables(plain_app), "run: SOVANBAN_WRITE_DOCS=1 pytest tests/web/test_roles.py"


def _pages(app: Flask) -> list[tuple[str, str, str]]:
    """Return (method, address, what it asks for) of every page that is not public."""
    asked = access.routes(app)
    found = []
    for rule in app.url_map.iter_rules():
        if asked.get(rule.endpoint, access.PUBLIC) == access.PUBLIC or rule.endpoint == "accounts.sign_out":
            continue
        address = re.sub(r"<[^>]*>", "999999", rule.rule)
        found += [(method, address, asked[rule.endpoint]) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


@pytest.mark.parametrize("role", list(Role), ids=[role.value for role in Role])
def test_a_role_opens_its_own_pages_and_no_others(app, client_as, role):
    person: Person = client_as(role)
    for method, address, wanted in _pages(app):
        answer = person.open(address, method=method)
        allowed = wanted == access.SIGNED_IN or Permission(wanted) in PERMISSIONS[role]
        assert (answer.status_code != 403) == allowed, f"{method} {address} asks for {wanted}"
        assert answer.status_code < 500, f"{method} {address}"


def test_nobody_opens_anything_without_signing_in(app, client_as, visitor):
    client_as(Role.READER)  # so that the office has a user
    for method, address, _wanted in _pages(app):
        answer = visitor.open(address, method=method)
        if method == "GET":
            assert answer.status_code == 302, address
            assert answer.location.startswith("/sign-in?next="), address
        else:
            assert answer.status_code == 401, address


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_is_somebodys(permission):
    assert any(permission in granted for granted in PERMISSIONS.values())
