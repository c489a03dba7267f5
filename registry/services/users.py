"""Users (người dùng): created, changed, deactivated; their passwords and sessions."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.account_errors import BadUsername, UsernameTaken, WeakPassword, WrongPassword
from registry.domain.errors import NotFound, NotPossible
from registry.domain.passwords import is_username, username_key, weakness
from registry.domain.roles import Role
from registry.models import Unit, User
from registry.services import audit, passwords
from registry.services.actors import Actor
from registry.services.passing_on import NOBODY, Successor, pass_on_person
from search_index.text import fold_line


@dataclass(frozen=True, slots=True)
class UserData:
    """What the administrator enters of a user."""

    username: str
    full_name: str
    role: Role
    unit_id: int | None = None
    email: str = ""
    phone: str = ""
    heads_unit: bool = False
    """Trưởng đơn vị: told when the unit is late, decides on extensions in it."""


@dataclass(frozen=True, slots=True)
class Account:
    """The person behind a session."""

    id: int
    username: str
    full_name: str
    role: Role
    language: str
    session_epoch: int
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class UserRow:
    """One user as the list and the form show it."""

    id: int
    username: str
    full_name: str
    role: Role
    unit_id: int | None
    unit: str
    email: str
    phone: str
    heads_unit: bool
    active: bool
    must_change_password: bool
    created_at: datetime
    last_login_at: datetime | None


def any_exists(db: Sessions) -> bool:
    """Tell whether the office has a user; without one, the first run creates the administrator."""
    with reading(db) as session:
        return session.scalars(select(User.id).limit(1)).first() is not None


def create_first_administrator(
    db: Sessions, *, username: str, full_name: str, password: str, address: str, at: datetime,
) -> int:
    """Create the first user, who is administrator, and return their id.

    Raises:
        NotPossible: ``not_first``: the office has a user already.
        BadUsername, WeakPassword: as for any user.
    """
    with db.begin() as session:
        # The lock on the journal makes two first runs queue: the second one sees the first.
        audit.lock(session)
        if session.scalar(select(func.count()).select_from(User)):
            raise NotPossible("not_first")
        actor = Actor(id=None, name="cài đặt lần đầu", role=Role.ADMINISTRATOR, address=address)
        data = UserData(username, full_name, Role.ADMINISTRATOR)
        return _add(session, data, password, actor=actor, at=at).id


def create_user(
    db: Sessions, data: UserData, *, actor: Actor, at: datetime, password: str | None = None,
) -> tuple[int, str | None]:
    """Create a user; return the id and, where none was given, the password made up, to be shown once.

    A password that was made up must be changed at the first sign-in.

    Raises:
        BadUsername, UsernameTaken, WeakPassword: see their fields.
        NotFound: no such unit.
    """
    made_up = passwords.one_time_password() if password is None else None
    try:
        with db.begin() as session:
            user = _add(session, data, password or made_up or "", actor=actor, at=at,
                        must_change=made_up is not None)
            return user.id, made_up
    except IntegrityError as error:
        raise UsernameTaken(data.username) from error


def _add(session: Session, data: UserData, password: str, *, actor: Actor, at: datetime,
         must_change: bool = False) -> User:
    username = username_key(data.username)
    if not is_username(username):
        raise BadUsername(data.username)
    if session.scalar(select(User.id).where(User.username == username)) is not None:
        raise UsernameTaken(username)
    _check_strength(password, username)
    _check_unit(session, data.unit_id)
    user = User(
        username=username, full_name=data.full_name, role=data.role.value, unit_id=data.unit_id, email=data.email,
        phone=data.phone, heads_unit=data.heads_unit, password_hash=passwords.hash_password(password), must_change_password=must_change,
        created_at=at)
    session.add(user)
    session.flush()
    audit.record(session, actor, at, "create", "user", user.id, label=username,
                 changes=audit.differences({}, _facts(user)))
    return user


def _facts(user: User) -> dict[str, object]:
    return {"username": user.username, "full_name": user.full_name, "role": user.role, "unit_id": user.unit_id,
            "email": user.email, "phone": user.phone, "heads_unit": user.heads_unit, "active": user.active is not False}


def _check_strength(password: str, username: str) -> None:
    reason = weakness(password, username)
    if reason is not None:
        raise WeakPassword(reason)


def _check_unit(session: Session, unit_id: int | None) -> None:
    if unit_id is not None and session.get(Unit, unit_id) is None:
        raise NotFound("unit", unit_id)


def change_user(db: Sessions, user_id: int, data: UserData, *, actor: Actor, at: datetime) -> None:
    """Change what is known of a user; the user name stays. A new role ends the user's sessions.

    Raises:
        NotFound: no such user or unit.
        NotPossible: ``last_administrator``: nobody would be left to manage the office.
    """
    with db.begin() as session:
        user = _locked(session, user_id)
        before = _facts(user)
        _check_unit(session, data.unit_id)
        if user.role != data.role:
            if user.role == Role.ADMINISTRATOR:
                _keep_an_administrator(session, user)
            user.session_epoch += 1
        values = asdict(data)
        del values["username"]
        for name, value in values.items():
            setattr(user, name, value.value if isinstance(value, Role) else value)
        changes = audit.differences(before, _facts(user))
        if changes:
            audit.record(session, actor, at, "update", "user", user.id, label=user.username, changes=changes)


def set_active(db: Sessions, user_id: int, active: bool, *, actor: Actor, at: datetime,
               successor: Successor = NOBODY) -> None:
    """Deactivate a user, which ends their sessions, or let them in again.

    What a deactivated user still owes passes on to ``successor``.

    Raises:
        NotFound: no such user.
        NotPossible: ``last_administrator``; ``person_owes``: they owe, and nobody takes over.
    """
    with db.begin() as session:
        user = _locked(session, user_id)
        if user.active == active:
            return
        if not active:
            _keep_an_administrator(session, user)
            user.session_epoch += 1
        user.active = active
        passed = 0 if active else pass_on_person(session, user, successor, actor=actor, at=at)
        audit.record(session, actor, at, "restore" if active else "deactivate", "user", user.id,
                     label=user.username, changes={"active": [not active, active],
                                                   **({"passed_on": [None, passed]} if passed else {})})


def _locked(session: Session, user_id: int) -> User:
    # Who is given work at this moment holds the row, and wants the journal after it: so in the same order.
    user = session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound("user", user_id)
    # The journal before anything is read: two administrators who demote each other queue up.
    audit.lock(session)
    return user


def _keep_an_administrator(session: Session, user: User) -> None:
    if user.role != Role.ADMINISTRATOR or not user.active:
        return
    others = select(func.count()).select_from(User).where(
        User.role == Role.ADMINISTRATOR.value, User.active, User.id != user.id)
    if not session.scalar(others):
        raise NotPossible("last_administrator")


def reset_password(db: Sessions, user_id: int, *, actor: Actor, at: datetime) -> str:
    """Give a user a new password, returned to be shown once, and end their sessions.

    Raises:
        NotFound: no such user.
    """
    password = passwords.one_time_password()
    hashed = passwords.hash_password(password)
    with db.begin() as session:
        user = _locked(session, user_id)
        user.password_hash = hashed
        user.must_change_password = True
        user.session_epoch += 1
        audit.record(session, actor, at, "reset_password", "user", user.id, label=user.username)
    return password


def change_own_password(db: Sessions, user_id: int, current: str, new: str, *, actor: Actor, at: datetime) -> int:
    """Change the password of the person who asks; return the epoch that their own session goes on with.

    Raises:
        WrongPassword: ``current`` is not the present password.
        WeakPassword: see ``reason``; ``same`` when it is the present one again.
    """
    with reading(db) as session:
        user = session.get(User, user_id)
        if user is None:
            raise NotFound("user", user_id)
        stored, username = user.password_hash, user.username
    if not passwords.matches(stored, current):
        raise WrongPassword
    if new == current:
        raise WeakPassword("same")
    _check_strength(new, username)
    hashed = passwords.hash_password(new)
    with db.begin() as session:
        user = _locked(session, user_id)
        if user.password_hash != stored:  # reset by the administrator in between
            raise WrongPassword
        user.password_hash = hashed
        user.must_change_password = False
        user.session_epoch += 1
        audit.record(session, actor, at, "change_password", "user", user.id, label=user.username)
        return user.session_epoch


def set_language(db: Sessions, user_id: int, language: str, *, actor: Actor, at: datetime) -> None:
    """Remember the language in which a user reads the pages."""
    with db.begin() as session:
        user = _locked(session, user_id)
        if user.language != language:
            audit.record(session, actor, at, "update", "user", user.id, label=user.username,
                         changes={"language": [user.language, language]})
            user.language = language


def find_account(db: Sessions, user_id: int, session_epoch: int) -> Account | None:
    """Return whom a session belongs to; None when it was ended or the user is deactivated."""
    with reading(db) as session:
        user = session.get(User, user_id)
        if user is None or not user.active or user.session_epoch != session_epoch:
            return None
        return account_of(user)


def account_of(user: User) -> Account:
    """Return the plain account of a row."""
    return Account(user.id, user.username, user.full_name, Role(user.role), user.language, user.session_epoch,
                   user.must_change_password)


def find_users(db: Sessions, *, text: str = "", include_inactive: bool = True,
               only: Container[str] | None = None) -> list[UserRow]:
    """Return the users whose name, user name or unit contains ``text``, in the order of names.

    ``only`` leaves those whose user names it holds.
    """
    with reading(db) as session:
        query = select(User, Unit.name).outerjoin(Unit, Unit.id == User.unit_id)
        if not include_inactive:
            query = query.where(User.active)
        wanted = fold_line(text)
        rows = [_row(user, unit) for user, unit in session.execute(query)]
    found = [row for row in rows if wanted in fold_line(f"{row.full_name} {row.username} {row.unit}")
             and (only is None or row.username in only)]
    return sorted(found, key=lambda row: (not row.active, fold_line(row.full_name), row.id))


def get_user(db: Sessions, user_id: int) -> UserRow:
    """Return one user.

    Raises:
        NotFound: no such user.
    """
    with reading(db) as session:
        found = session.execute(select(User, Unit.name).outerjoin(Unit, Unit.id == User.unit_id)
                                .where(User.id == user_id)).first()
        if found is None:
            raise NotFound("user", user_id)
        return _row(*found)


def id_of(db: Sessions, username: str) -> int:
    """Return the id of the user with this user name.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        found = session.scalar(select(User.id).where(User.username == username_key(username)))
    if found is None:
        raise NotFound("user", username)
    return found


def _row(user: User, unit: str | None) -> UserRow:
    return UserRow(
        id=user.id, username=user.username, full_name=user.full_name, role=Role(user.role), unit_id=user.unit_id,
        unit=unit or "", email=user.email, phone=user.phone, heads_unit=user.heads_unit, active=user.active,
        must_change_password=user.must_change_password, created_at=user.created_at, last_login_at=user.last_login_at)


def known_names(db: Sessions) -> list[tuple[int, str]]:
    """Return every user's id and name, for the audit trail's filter."""
    with reading(db) as session:
        rows = session.execute(select(User.id, User.full_name, User.username))
        return sorted(((i, f"{full} ({name})") for i, full, name in rows), key=lambda row: fold_line(row[1]))
