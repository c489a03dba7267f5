"""What the office decides for itself, kept in the database and changed in the application."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.models import Setting
from registry.services import audit
from registry.services.actors import Actor


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Settings of the office (cơ quan). Rules that no source confirms are settings too."""

    office_name: str = ""
    parent_name: str = ""
    """The superior body (cơ quan chủ quản), printed on covers and reports."""
    place: str = ""
    """Địa danh, as it stands before dates."""
    organisation_id: int | None = None
    """The office itself among the organisations."""
    default_issuer_id: int | None = None
    """The issuer that a new outgoing document starts with."""
    before_is_strict: bool = True
    """"Trước ngày 30/6" is due on 29/6; otherwise on 30/6."""
    remind_days_before: str = "7, 3, 1"
    """Working days; this and the following are the rules of reminders, see ``domain.reminding``."""
    remind_on_day: bool = True
    remind_overdue: bool = True
    remind_most_overdue: int | None = None
    remind_head_after: int | None = 1
    remind_leader_after: int | None = 5
    remind_morning_at: str = "07:30"
    remind_opens: str = "07:00"
    remind_closes: str = "17:00"


def load(session: Session) -> OfficeSettings:
    """Return the settings, defaults where nothing is stored."""
    known = {field.name for field in fields(OfficeSettings)}
    stored = {row.name: row.value for row in session.scalars(select(Setting)) if row.name in known}
    return OfficeSettings(**stored)


def get(db: Sessions) -> OfficeSettings:
    """Return the settings of the office."""
    with reading(db) as session:
        return load(session)


def change(db: Sessions, *, actor: Actor, at: datetime, **values: Any) -> OfficeSettings:
    """Change the named settings and return all of them."""
    with db.begin() as session:
        return change_in(session, actor=actor, at=at, **values)


def change_in(session: Session, *, actor: Actor, at: datetime, **values: Any) -> OfficeSettings:
    """Change the named settings in the caller's transaction."""
    before = load(session)
    after = replace(before, **values)
    changed = audit.differences(asdict(before), asdict(after))
    for name, (_, value) in changed.items():
        session.merge(Setting(name=name, value=value))
    if changed:
        audit.record(session, actor, at, "update", "settings", changes=changed)
    return after
