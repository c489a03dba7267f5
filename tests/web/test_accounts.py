"""Signing in and out, the first run, sessions, passwords, the language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.domain.roles import Role
from registry.services import audit, users
from registry.services.actors import at_the_machine
from tests.conftest import NOON
from tests.web.conftest import PASSWORD

ADMIN = at_the_machine(Role.ADMINISTRATOR)
FIRST = {"full_name": "Trần Thị Mai", "username": "QuanTri", "password": PASSWORD, "repeated": PASSWORD}
SUNRISE = "mặt trời mọc đằng đông"


@pytest.fixture
def clerk(db):
    """A clerk who is not signed in."""
    return users.create_user(db, users.UserData("vanthu", "Nguyễn Văn Thư", Role.CLERK), actor=ADMIN, at=NOON,
                             password=PASSWORD)[0]


def test_an_empty_office_leads_everybody_to_the_first_run(visitor):
    assert visitor.get("/").location == "/first-run"
    assert visitor.get("/sign-in").location == "/first-run"
    assert visitor.get("/healthz").json == {"status": "ok"}


def test_the_first_run_creates_the_administrator_and_signs_them_in(visitor, db):
    assert visitor.post("/first-run", data=FIRST).status_code == 302
    assert [(row.username, row.role) for row in users.find_users(db)] == [("quantri", Role.ADMINISTRATOR)]
    assert "Trần Thị Mai" in visitor.get("/password").text


def test_a_new_office_is_told_what_is_to_do_until_it_is_done(visitor, db):
    visitor.post("/first-run", data=FIRST)
    page = visitor.get("/").text
    assert [step in page for step in ("Điền thông tin cơ quan", "Thêm các đơn vị", "Lập sổ đăng ký", "Thêm người dùng")] == [True] * 4
    visitor.post("/units/new", data={"name": "Văn phòng"})
    page = visitor.get("/").text
    assert "Lập sổ đăng ký" in page
    assert "Thêm các đơn vị" not in page


def test_the_first_run_is_impossible_once_there_is_a_user(visitor, db, clerk):
    assert visitor.get("/first-run").location == "/sign-in"
    assert visitor.post("/first-run", data=FIRST).location == "/sign-in"
    assert len(users.find_users(db)) == 1


def test_a_refused_first_run_comes_back_filled_without_the_password(visitor):
    answer = visitor.post("/first-run", data={**FIRST, "repeated": "khác"})
    assert answer.status_code == 422
    assert "Trần Thị Mai" in answer.text
    assert "Hai lần gõ mật khẩu không giống nhau" in answer.text
    assert PASSWORD not in answer.text


def test_a_person_signs_in_and_is_led_where_they_wanted(visitor, clerk):
    asked = visitor.get("/password")
    assert asked.location == "/sign-in?next=/password"
    answer = visitor.post("/sign-in", data={"username": " VanThu", "password": PASSWORD, "next": "/password"})
    assert answer.location == "/password"
    assert "Nguyễn Văn Thư" in visitor.get("/password").text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x",
                                    "/x\nSet-Cookie: a"])
def test_signing_in_never_leads_to_another_site(visitor, clerk, target):
    answer = visitor.post("/sign-in", data={"username": "vanthu", "password": PASSWORD, "next": target})
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(visitor, clerk):
    wrong = visitor.sign_in("vanthu", "không phải thế")
    unknown = visitor.sign_in("aikhac", "không phải thế")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng"
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_the_sixth_wrong_password_is_refused_unread_and_the_limit_passes(visitor, clerk, moving_clock):
    for _ in range(5):
        assert visitor.sign_in("vanthu", "không phải thế").status_code == 422
    blocked = visitor.sign_in("vanthu")
    assert blocked.status_code == 429
    assert "Hãy thử lại sau 15 phút" in blocked.text
    assert visitor.sign_in("vanthu", address="10.9.9.9").status_code == 302  # another machine is not held
    visitor.post("/sign-out")
    moving_clock.now += timedelta(minutes=16)
    assert visitor.sign_in("vanthu").status_code == 302


def test_a_person_who_does_nothing_for_long_signs_in_again(client_as, moving_clock):
    person = client_as(Role.CLERK)
    moving_clock.now += timedelta(hours=9)
    assert person.get("/password").status_code == 200  # counts as doing something
    moving_clock.now += timedelta(hours=9)
    assert person.get("/password").status_code == 200
    moving_clock.now += timedelta(hours=11)
    assert person.get("/password").location == "/sign-in?next=/password"


def test_a_form_sent_after_the_session_ended_says_how_to_save_it(client_as, moving_clock):
    person = client_as(Role.CLERK)
    moving_clock.now += timedelta(hours=11)
    answer = person.post("/password", data={"current_password": PASSWORD})
    assert answer.status_code == 401
    assert "Đăng nhập lại ở thẻ mới" in answer.text


def test_signing_out_ends_the_session(client_as):
    person = client_as(Role.READER)
    assert person.post("/sign-out").location == "/sign-in"
    assert person.get("/password").location == "/sign-in?next=/password"


def test_deactivation_ends_sessions_at_once(client_as, db):
    person = client_as(Role.READER)
    reader = next(row.id for row in users.find_users(db) if row.role == Role.READER)
    users.set_active(db, reader, False, actor=ADMIN, at=NOON)
    assert person.get("/password").status_code == 302
    assert person.sign_in("reader").status_code == 422


def test_a_password_from_the_administrator_must_be_changed_before_anything_else(visitor, db, clerk):
    once = users.reset_password(db, clerk, actor=ADMIN, at=NOON)
    assert visitor.sign_in("vanthu", once).status_code == 302
    assert visitor.get("/").location == "/password"
    assert "chỉ dùng một lần" in visitor.get("/password").text
    new = {"current_password": once, "password": SUNRISE, "repeated": SUNRISE}
    assert visitor.post("/password", data=new).location == "/"
    assert visitor.get("/").location != "/password"


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client_as):
    here, there = client_as(Role.CLERK), client_as(Role.CLERK)
    new = {"current_password": PASSWORD, "password": SUNRISE, "repeated": SUNRISE}
    assert here.post("/password", data=new).status_code == 302
    assert here.get("/password").status_code == 200
    assert there.get("/password").status_code == 302


@pytest.mark.parametrize(("changes", "sentence"), [
    pytest.param({"current_password": "sai mất rồi"}, "Mật khẩu hiện tại không đúng", id="wrong present one"),
    pytest.param({"password": "ngắn", "repeated": "ngắn"}, "ít nhất 10 ký tự", id="short"),
    pytest.param({"password": "Matkhau123456", "repeated": "Matkhau123456"}, "quá phổ biến", id="common"),
    pytest.param({"password": "clerk-2021-!!!", "repeated": "clerk-2021-!!!"}, "giống tên đăng nhập", id="name"),
    pytest.param({"password": PASSWORD, "repeated": PASSWORD}, "phải khác mật khẩu hiện tại", id="the same"),
    pytest.param({"password": "a" * 5000, "repeated": "a" * 5000}, "quá dài", id="very long"),
    pytest.param({"password": "\x00" * 12, "repeated": "\x00" * 12}, "ký tự không dùng được", id="NUL"),
])
def test_a_password_that_will_not_do_is_refused_by_its_field(client_as, changes, sentence):
    form = {"current_password": PASSWORD, "password": SUNRISE, "repeated": SUNRISE}
    answer = client_as(Role.CLERK).post("/password", data={**form, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("username", [
    "\x00", "a\x00b", "x" * 1_000_000, "\u202evanthux", "<script>", "' OR 1=1 --", ""], ids=range(7))
def test_bad_input_at_the_door_is_answered_not_broken(visitor, clerk, username):
    answer = visitor.sign_in(username, "mật khẩu nào đó")
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_a_form_without_its_token_is_refused_with_advice(client_as):
    answer = client_as(Role.CLERK).post("/password", data={}, csrf=False)
    assert answer.status_code == 400
    assert "bấm nút Quay lại" in answer.text


def test_a_form_sent_after_signing_out_elsewhere_says_how_to_sign_in_without_losing_it(visitor):
    answer = visitor.post("/documents/new", data={"subject": "x"}, csrf=False)
    assert answer.status_code == 400
    assert "Đăng nhập lại ở thẻ mới" in answer.text


def test_sign_ins_and_failures_are_in_the_audit_trail(visitor, db, clerk):
    visitor.sign_in("vanthu", "không phải thế", address="10.0.0.5")
    visitor.sign_in("mật khẩu gõ nhầm chỗ", "x" * 10)
    visitor.sign_in("vanthu")
    rows = audit.find_events(db, audit.EventFilter()).rows
    assert [(row.action, row.label, row.address) for row in rows[:3]] == [
        ("login", "vanthu", "127.0.0.1"), ("login_failed", "", "127.0.0.1"), ("login_failed", "vanthu", "10.0.0.5")]
    assert audit.verify(db).whole


def test_the_language_is_switched_and_remembered(visitor, clerk):
    assert visitor.post("/language", data={"language": "en", "next": "/sign-in"}).location == "/sign-in"
    assert "Sign in" in visitor.get("/sign-in").text
    visitor.sign_in("vanthu")
    visitor.post("/language", data={"language": "en", "next": "//evil.example"})
    visitor.post("/sign-out")
    visitor.sign_in("vanthu")
    assert "Change password" in visitor.get("/password").text
