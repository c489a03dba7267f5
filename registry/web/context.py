"""What a view needs of the application it runs in: the database, the time, the person who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, request
from flask_login import current_user

from config import Config
from registry.db import Sessions
from registry.files.store import FileStore
from registry.services.actors import Actor
from registry.services.file_uploads import FileRules
from registry.services.users import Account

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def db() -> Sessions:
    """Return the session factory that services take."""
    return cast(Sessions, current_app.extensions["registry.sessions"])


def config() -> Config:
    """Return the settings of the installation."""
    return cast(Config, current_app.extensions["registry.config"])


def files() -> FileStore:
    """Return the store of files."""
    return FileStore(config().files_folder)


def file_rules() -> FileRules:
    """Return which files the office takes."""
    return FileRules.of(config())


def now() -> datetime:
    """Return the moment, in the time of Viet Nam."""
    clock = cast(Callable[[], datetime], current_app.extensions["registry.clock"])
    return clock().astimezone(HANOI)


def today() -> date:
    """Return the day in Viet Nam."""
    return now().date()


def address() -> str:
    """Return where the request comes from, as far as the trusted proxies tell."""
    return (request.remote_addr or "")[:60]


def account() -> Account:
    """Return the signed-in person; only for views that are not public."""
    return cast(Account, current_user.account)


def actor() -> Actor:
    """Return the signed-in person as services and the audit trail know them."""
    person = account()
    return Actor(person.id, f"{person.full_name} ({person.username})", person.role, address())
