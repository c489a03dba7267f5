"""Fixtures of the use cases: files as the services receive them, case files, and people who owe work."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from registry.domain.roles import Role
from registry.files.store import FileStore
from registry.models import Unit
from registry.services import case_file_changes, file_uploads, users
from registry.services.actors import Actor
from registry.services.case_file_changes import NewCaseFile
from registry.services.file_uploads import Upload
from tests.conftest import NOON
from tests.factories import CLERK
from tests.services.filing import RULES
from tests.services.staff import Staff


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def receive(db, store):
    def take(content: bytes, name: str = "Kế hoạch.pdf", actor: Actor = CLERK):
        return file_uploads.receive(db, store, Upload(name, io.BytesIO(content)), RULES, actor=actor, at=NOON)

    return take


@pytest.fixture
def opened(office):
    """Open a case file kept for twenty years, with the changes named; return its id."""

    def enter(**changes) -> int:
        given = {"year": 2021, "code": "01.CNTT", "title": "Ứng dụng công nghệ thông tin", "retention_years": 20,
                 "started_on": date(2020, 1, 4), **changes}
        return case_file_changes.create(office.db, NewCaseFile(**given), actor=CLERK, at=NOON)

    return enter


@pytest.fixture
def people(office):
    """Two officials of one unit, the second its head, as actors."""
    with office.db.begin() as session:
        unit = Unit(name="Phòng Công nghệ", name_key="phong cong nghe")
        session.add(unit)
        session.flush()
        unit_id = unit.id
    for name in ("cv1", "cv2"):
        users.create_user(office.db, users.UserData(
            username=name, full_name=f"Người {name}", role=Role.OFFICIAL, unit_id=unit_id, email=f"{name}@example.vn",
            heads_unit=name == "cv2"), actor=CLERK, at=NOON, password="con cò bay lả bay la")
    return unit_id, *(Actor(users.id_of(office.db, name), name, Role.OFFICIAL) for name in ("cv1", "cv2"))


@pytest.fixture
def staff(office):
    return Staff(office)
