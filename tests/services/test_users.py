"""Signing in under the limits, and the rules around users."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from registry.domain.account_errors import SignInRefused, TooManyAttempts, WeakPassword
from registry.domain.errors import NotPossible
from registry.domain.passwords import weakness
from registry.domain.roles import Role
from registry.services import audit, passwords, users
from registry.services.actors import at_the_machine
from registry.services.sign_in import Limits, sign_in
from tests.conftest import NOON

ADMIN = at_the_machine(Role.ADMINISTRATOR)
RIGHT, WRONG = "con cò bay lả bay la", "không phải thế đâu"
OFFICE = "203.0.113.7"


@pytest.fixture
def person(db):
    """Make users by name."""
    def make(name, role=Role.CLERK):
        return users.create_user(db, users.UserData(name, name.title(), role), actor=ADMIN, at=NOON,
                                 password=RIGHT)[0]
    return make


def _fail(db, name, address, times, at=NOON):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(db, name, WRONG, address=address, at=at)


def test_one_who_forgot_a_password_does_not_hold_up_the_office(db, person):
    person("lan"), person("mai")
    _fail(db, "lan", OFFICE, 5)
    with pytest.raises(TooManyAttempts):
        sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)
    assert sign_in(db, "mai", RIGHT, address=OFFICE, at=NOON).username == "mai"


def test_guessing_everybodys_password_from_one_address_is_stopped(db, person):
    person("lan")
    for number in range(50):
        _fail(db, f"ten{number}", OFFICE, 1)
    with pytest.raises(TooManyAttempts):
        sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)
    assert sign_in(db, "lan", RIGHT, address="198.51.100.1", at=NOON)


def test_colleagues_at_their_usual_address_get_in_while_a_stranger_guesses_there(db, person):
    person("lan")
    sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON - timedelta(days=3))
    for number in range(50):
        _fail(db, f"ten{number}", OFFICE, 1)
    assert sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)


def test_guessing_one_account_from_many_addresses_is_stopped_but_not_for_its_owner(db, person):
    person("lan")
    sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON - timedelta(days=3))
    for number in range(20):
        _fail(db, "lan", f"198.51.100.{number}", 1)
    with pytest.raises(TooManyAttempts):
        sign_in(db, "lan", RIGHT, address="198.51.100.99", at=NOON)
    assert sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)


def test_the_wait_is_told_and_runs_out(db, person):
    person("lan")
    _fail(db, "lan", OFFICE, 5)
    with pytest.raises(TooManyAttempts) as caught:
        sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON + timedelta(minutes=10))
    assert caught.value.minutes == 5
    assert sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON + timedelta(minutes=15, seconds=1))


def test_success_forgives_the_failures_before_it(db, person):
    person("lan")
    for _ in range(3):
        _fail(db, "lan", OFFICE, 4)
        sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)


def test_an_unknown_user_takes_the_work_of_a_known_one(db, person, monkeypatch):
    person("lan")
    worked = []
    monkeypatch.setattr(passwords, "waste_time", worked.append)
    _fail(db, "aido", OFFICE, 1)
    assert worked == [WRONG]


def test_a_deactivated_user_is_refused_like_a_wrong_password(db, person):
    lan = person("lan")
    users.set_active(db, lan, False, actor=ADMIN, at=NOON)
    with pytest.raises(SignInRefused):
        sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)


def test_limits_are_set_by_the_caller_too(db, person):
    person("lan")
    with pytest.raises(SignInRefused):
        sign_in(db, "lan", WRONG, address=OFFICE, at=NOON, limits=Limits(per_pair=1))
    with pytest.raises(TooManyAttempts):
        sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON, limits=Limits(per_pair=1))


def test_a_weaker_hash_is_made_anew_at_the_next_sign_in(db, person, monkeypatch):
    person("lan")
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)
    made = []
    monkeypatch.setattr(passwords, "hash_password", made.append)
    sign_in(db, "lan", RIGHT, address=OFFICE, at=NOON)
    assert not made


def test_the_last_administrator_stays(db, person):
    first, second = person("mot", Role.ADMINISTRATOR), person("hai", Role.ADMINISTRATOR)
    users.set_active(db, first, False, actor=ADMIN, at=NOON)
    with pytest.raises(NotPossible):
        users.set_active(db, second, False, actor=ADMIN, at=NOON)
    with pytest.raises(NotPossible):
        users.change_user(db, second, users.UserData("hai", "Hai", Role.CLERK), actor=ADMIN, at=NOON)


def test_a_new_role_ends_the_sessions_of_the_old_one(db, person):
    lan = person("lan")
    assert users.find_account(db, lan, 0)
    users.change_user(db, lan, users.UserData("lan", "Lan", Role.READER), actor=ADMIN, at=NOON)
    assert users.find_account(db, lan, 0) is None


def test_no_password_ever_stands_in_the_audit_trail(db, person):
    lan = person("lan")
    once = users.reset_password(db, lan, actor=ADMIN, at=NOON)
    users.change_own_password(db, lan, once, "mặt trời mọc đằng đông", actor=ADMIN, at=NOON)
    told = str(audit.find_events(db, audit.EventFilter()).rows)
    assert once not in told
    assert "argon2" not in told
    assert "mặt trời" not in told


def test_a_made_up_password_is_strong_enough_for_the_policy(db):
    for _ in range(20):
        assert weakness(passwords.one_time_password(), "lan") is None


@pytest.mark.parametrize(("password", "reason"), [
    ("chín ký t", "short"), ("Password123", "common"), ("MatKhau12345", "common"), ("vanthu-2021", "like_username"),
    ("aaaaaaaaaaaa", "one_character"), ("x1y2" * 60, "long"), ("con cò bay lả bay la", None),
])
def test_a_password_is_judged_by_length_and_by_what_everybody_tries(password, reason):
    assert weakness(password, "vanthu") == reason


def test_a_weak_password_is_no_password(db):
    with pytest.raises(WeakPassword):
        users.create_user(db, users.UserData("lan", "Lan", Role.CLERK), actor=ADMIN, at=NOON, password="ngắn")
