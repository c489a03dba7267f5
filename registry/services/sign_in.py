"""Signing in (đăng nhập), and the limits on failed attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.account_errors import SignInRefused, TooManyAttempts
from registry.domain.passwords import LONGEST, username_key
from registry.domain.roles import Role
from registry.models import AuditEvent, LoginFailure, User
from registry.services import audit, passwords
from registry.services.actors import Actor
from registry.services.users import Account, account_of

WINDOW = timedelta(minutes=15)
ACQUAINTANCE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many sign-ins may fail within ``WINDOW`` before further ones are refused unread.

    A whole office often shares one address, and anybody may type a colleague's user name; so
    neither an address nor an account is ever shut as such:

    - ``per_pair``: of one account from one address, 5. Enough for a forgotten Caps Lock; it leaves
      480 guesses a day, next to nothing against ten characters. Binds everybody.
    - ``per_account``: of one account from all addresses, 20, against guessing from many machines.
    - ``per_address``: from one address at all accounts, 50, against trying one password on
      everybody; a hundred people who arrive on a Monday mistype less.

    The latter two do not bind an account at an address from which it signed in during the last
    30 days: colleagues at their usual machines get in while a stranger tries their names.
    """

    per_pair: int = 5
    per_account: int = 20
    per_address: int = 50


def locked(session: Session, now: datetime) -> frozenset[str]:
    """Return the user names that are refused at some address; a name that nobody has locks nobody out."""
    return frozenset(session.scalars(
        select(LoginFailure.username).distinct().join(User, User.username == LoginFailure.username)
        .where(LoginFailure.at >= now - WINDOW).group_by(LoginFailure.username, LoginFailure.address)
        .having(func.count() >= Limits().per_pair)))


def locked_now(db: Sessions, now: datetime) -> frozenset[str]:
    """Return what ``locked`` does."""
    with reading(db) as session:
        return locked(session, now)


def sign_in(
    db: Sessions, username: str, password: str, *, address: str, at: datetime, limits: Limits | None = None,
) -> Account:
    """Return the account that fits, and record the sign-in or its failure.

    Takes about as long for a user name that does not exist as for one that does.

    Raises:
        TooManyAttempts: refused without looking at the password.
        SignInRefused: wrong user name or password, or deactivated.
    """
    name = username_key(username)[:60]
    address = address[:60]
    user_id, stored = _admit(db, name, address, at, limits or Limits())
    # Outside of any transaction: this takes long on purpose, and others want to write.
    if len(password) > LONGEST:
        fits = False
    elif stored is None:
        passwords.waste_time(password)
        fits = False
    else:
        fits = passwords.matches(stored, password)
    if user_id is None or stored is None or not fits:
        with db.begin() as session:
            audit.record(session, _nobody(address), at, "login_failed", "user", user_id,
                         label=name if user_id is not None else "")
        raise SignInRefused
    fresh = passwords.hash_password(password) if passwords.outdated(stored) else None
    with db.begin() as session:
        user = session.get_one(User, user_id)
        if not user.active or user.password_hash != stored:  # changed while we were checking
            raise SignInRefused
        if fresh is not None:
            user.password_hash = fresh
        user.last_login_at = at
        session.execute(delete(LoginFailure).where(LoginFailure.username == name, LoginFailure.address == address))
        account = account_of(user)
        actor = Actor(user.id, f"{user.full_name} ({user.username})", Role(user.role), address)
        audit.record(session, actor, at, "login", "user", user.id, label=user.username)
    return account


def sign_out(db: Sessions, *, actor: Actor, at: datetime) -> None:
    """Record that a person signed out."""
    with db.begin() as session:
        audit.record(session, actor, at, "logout", "user", actor.id)


def _nobody(address: str) -> Actor:
    return Actor(id=None, name="", role=Role.READER, address=address)


def _admit(db: Sessions, name: str, address: str, at: datetime, limits: Limits) -> tuple[int | None, str | None]:
    """Return id and hash of the account that may be tried.

    The attempt counts as failed from here on; success takes it back. So guesses that run side by
    side are counted too.
    """
    with db.begin() as session:
        since = at - WINDOW
        session.execute(delete(LoginFailure).where(LoginFailure.at < since))
        user = session.scalars(select(User).where(User.username == name)).one_or_none()
        wait = _oldest_over(session, at, limits.per_pair, LoginFailure.username == name,
                            LoginFailure.address == address)
        if wait is None and not (user and _acquainted(session, user.id, address, at)):
            wait = (_oldest_over(session, at, limits.per_account, LoginFailure.username == name)
                    or _oldest_over(session, at, limits.per_address, LoginFailure.address == address))
        if wait is None:
            session.add(LoginFailure(username=name, address=address, at=at))
    if wait is not None:
        raise TooManyAttempts(wait)
    if user is None or not user.active:
        return (user.id if user else None), None
    return user.id, user.password_hash


def _oldest_over(session: Session, at: datetime, most: int, *which: ColumnElement[bool]) -> int | None:
    """Return the minutes until fewer than ``most`` failures count, None if it is so now."""
    moments = session.scalars(
        select(LoginFailure.at).where(*which).order_by(LoginFailure.at.desc()).limit(most)).all()
    if len(moments) < most:
        return None
    left = moments[-1] + WINDOW - at
    return max(1, -int(-left.total_seconds() // 60))


def _acquainted(session: Session, user_id: int, address: str, at: datetime) -> bool:
    return bool(session.scalar(select(func.count()).select_from(AuditEvent).where(
        AuditEvent.actor_id == user_id, AuditEvent.action == "login", AuditEvent.address == address,
        AuditEvent.at >= at - ACQUAINTANCE)))
