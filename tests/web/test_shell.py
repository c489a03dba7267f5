"""What holds for every page: access, headers, error pages."""

from __future__ import annotations

import pytest

from registry.domain.roles import Role
from registry.web import access, headers
from registry.web.paging import here_with


def test_every_response_carries_the_security_headers(visitor):
    for address in ("/first-run", "/healthz", "/nowhere", "/static/app.css"):
        answer = visitor.get(address)
        assert answer.headers["Content-Security-Policy"] == headers.CONTENT_SECURITY_POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        answer.close()


def test_the_next_page_keeps_all_values_of_a_filter(put_together):
    with put_together.test_request_context("/obligations?state=new&state=working&after=1"):
        assert here_with(after=2) == "/obligations?state=new&state=working&after=2"


def test_pages_of_signed_in_people_are_not_kept_by_the_browser(client_as):
    assert client_as(Role.CLERK).get("/password").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client_as, visitor):
    client_as(Role.CLERK)
    cookie = visitor.sign_in("clerk").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_unknown_page_is_a_page_of_ours(client_as):
    answer = client_as(Role.READER).get("/khong-co")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


def test_a_fault_of_the_program_shows_a_reference_and_nothing_else(app, client_as, caplog):
    person = client_as(Role.READER)
    app.view_functions["home.index"] = access.public(lambda: 1 / 0)
    answer = person.get("/")
    assert answer.status_code == 500
    assert "Mã lỗi" in answer.text
    assert "ZeroDivision" not in answer.text
    assert caplog.records[-1].getMessage().split()[1] in answer.text


def test_a_view_that_does_not_say_who_may_open_it_stops_the_start(app):
    app.view_functions["home.index"] = lambda: "open"
    with pytest.raises(RuntimeError, match=r"home\.index"):
        access.routes(app)
