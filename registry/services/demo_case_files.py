"""The demo's case files: made up of the demo's documents, one of them about to be handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.domain.roles import Role
from registry.models import Document, Unit, User
from registry.services import case_file_changes
from registry.services.actors import Actor
from registry.services.case_file_changes import NewCaseFile

_CLERK = "vanthu"


def load(db: Sessions, units: Mapping[str, str], *, at: datetime) -> None:
    """Open the files, put the documents in and close what is to be closed; ``units`` are names by code."""
    demo = json.loads(files("registry.data").joinpath("demo_case_files.json").read_text(encoding="utf-8"))
    with reading(db) as session:
        ids = {unit.name: unit.id for unit in session.scalars(select(Unit))}
        people = {user.username: user for user in session.scalars(select(User))}
        documents = {row.number: row.id for row in session.scalars(select(Document))}
    clerk = Actor(people[_CLERK].id, people[_CLERK].full_name, Role.CLERK, "local")
    for one in demo:
        ended_on = at.date() + timedelta(days=one["closed"]) if "closed" in one else None
        started_on = min(date.fromisoformat(one["started_on"]), ended_on or at.date())
        case_file_id = case_file_changes.create(db, NewCaseFile(
            year=started_on.year, code=one["code"], heading=one["heading"], title=one["title"],
            retention_years=one["retention"], unit_id=ids[units[one["unit"]]],
            user_id=people[one["user"]].id if "user" in one else None,
            started_on=started_on), actor=clerk, at=at)
        case_file_changes.add_documents(
            db, case_file_id, [documents[number] for number in one["documents"]], actor=clerk, at=at)
        if ended_on is not None:
            case_file_changes.close(db, case_file_id, 2, ended_on, actor=clerk, at=at)
