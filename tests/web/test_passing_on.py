"""Closing a unit, or letting a person go, who still owes: the page asks who takes over."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.models import Occurrence, User
from registry.services import case_file_changes, obligations, units, users
from registry.services.case_file_changes import NewCaseFile
from registry.services.obligations import NewObligation
from registry.services.units import UnitData
from registry.services.users import UserData
from tests.conftest import NOON
from tests.factories import CLERK


@pytest.fixture
def admin(client_as):
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def owing(office):
    """A unit and a person of it who owe a report; the other unit has nobody."""
    db = office.db
    old, new = (units.save_unit(db, None, UnitData(name), actor=CLERK, at=NOON) for name in ("Phòng Cũ", "Phòng Mới"))
    lan, _ = users.create_user(db, UserData("lan", "Đỗ Thị Lan", Role.OFFICIAL, old), actor=CLERK, at=NOON)
    obligations.create(db, NewObligation(document_id=office.register(), task="Gửi báo cáo quý", user_id=lan,
                                         printed_on=date(2021, 6, 30)), actor=CLERK, at=NOON)
    return old, new, lan


def _owes(db):
    with reading(db) as session:
        row = session.scalars(select(Occurrence)).one()
        return row.unit_id, row.user_id


def test_closing_a_unit_that_owes_asks_for_its_heir(admin, db, owing):
    old, new, lan = owing
    assert "Gửi báo cáo quý" in admin.get(f"/units/{old}").text
    refused = admin.post(f"/units/{old}", data={"name": "Phòng Cũ", "closed_on": "1/7/2021"})
    assert refused.status_code == 422
    assert "còn 1 nhiệm vụ chưa xong" in refused.text
    admin.post(f"/units/{old}", data={"name": "Phòng Cũ", "closed_on": "1/7/2021", "successor_id": str(new)})
    assert _owes(db) == (new, lan)
    assert "số nhiệm vụ chuyển" in admin.get(f"/audit?object_type=unit&object_id={old}").text


def test_deactivating_a_person_who_owes_asks_for_their_heir(admin, db, owing):
    _old, new, lan = owing
    page = admin.post(f"/users/{lan}/active", data={"active": "no"})
    assert page.location == f"/users/{lan}/hand-over"
    assert "Gửi báo cáo quý" in admin.get(page.location).text
    assert "hãy chọn người hoặc đơn vị" in admin.post(page.location, data={}).text
    assert admin.post(page.location, data={"successor_id": str(new)}).location == f"/users/{lan}"
    assert _owes(db) == (new, None)
    with reading(db) as session:
        assert not session.get_one(User, lan).active


def test_a_person_who_only_keeps_case_files_is_asked_about_too(admin, office):
    lan, _ = users.create_user(office.db, UserData("lan", "Đỗ Thị Lan", Role.OFFICIAL, None), actor=CLERK, at=NOON)
    case_file_changes.create(office.db, NewCaseFile(
        year=2021, code="01.KT", title="Kiểm tra", retention_years=10, started_on=date(2021, 1, 4), user_id=lan),
        actor=CLERK, at=NOON)
    page = admin.post(f"/users/{lan}/active", data={"active": "no"})
    assert page.location == f"/users/{lan}/hand-over"
    asked = admin.get(page.location).text
    assert "Còn giữ 1 hồ sơ và văn bản dự kiến." in asked
    assert "nhiệm vụ chưa xong" not in asked
