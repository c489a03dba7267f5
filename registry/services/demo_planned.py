"""The demo's work programmes: what the article announces for the second half of 2021, and made-up ones of today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from registry.db import Sessions, reading
from registry.domain.roles import Role
from registry.domain.work_programme import PlanPeriod
from registry.models import Document, Kind, Organisation, Unit, User
from registry.services import planned_changes
from registry.services.actors import Actor
from registry.services.planned_changes import NewPlanned

_CLERK = "vanthu"


def load(db: Sessions, units: Mapping[str, str], *, at: datetime) -> None:
    """Enter the programmes; ``units`` are names by code. The article sets no days, so its plans end with the period."""
    demo = json.loads(files("registry.data").joinpath("demo_planned.json").read_text(encoding="utf-8"))
    with reading(db) as session:
        ids = {unit.name: unit.id for unit in session.scalars(select(Unit))}
        people = {user.username: user for user in session.scalars(select(User))}
        kinds = {row.code: row.id for row in session.scalars(select(Kind))}
        bodies = {row.code: row.id for row in session.scalars(select(Organisation))}
        documents = {row.number: row.id for row in session.scalars(select(Document))}
    clerk = Actor(people[_CLERK].id, people[_CLERK].full_name, Role.CLERK, "local")

    def plan(one: Mapping[str, Any], period: PlanPeriod, due_on: date | None) -> NewPlanned:
        return NewPlanned(
            period=period, subject=one["subject"], kind_id=kinds.get(one["kind_code"]), issuer_id=bodies[one["issuer"]],
            unit_id=ids[units[one["unit"]]], user_id=people[one["user"]].id if "user" in one else None, due_on=due_on,
            directive_id=documents[one["directive"]] if "directive" in one else None)

    announced = PlanPeriod.read(demo["article"]["period"])
    planned_changes.create(db, [plan(one, announced, None) for one in demo["article"]["documents"]], actor=clerk, at=at)
    for one in demo["now"]:
        due_on = at.date() + timedelta(days=one["due"])
        planned_id = planned_changes.create(
            db, [plan(one, PlanPeriod.around(due_on), due_on)], actor=clerk, at=at)[0]
        if one.get("state") == "drafting":
            planned_changes.take_up(db, planned_id, 1, actor=clerk, at=at, note=one["note"])
        elif one.get("state") == "dropped":
            planned_changes.drop(db, planned_id, 1, one["reason"], actor=clerk, at=at)
