"""The first page: what is late, what this week brings, and what waits to be decided."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.models import Occurrence, User
from registry.services import extensions, obligations, units
from registry.services.actors import Actor
from registry.services.obligations import NewObligation
from registry.services.units import UnitData
from tests.conftest import NOON
from tests.factories import CLERK


@pytest.fixture
def official(client_as):
    return client_as(Role.OFFICIAL)


@pytest.fixture
def owe(office, official):
    """Enter an obligation of the official, and return its occurrence."""
    document = office.register(subject="triển khai chính quyền điện tử")
    with reading(office.db) as session:
        user = session.scalars(select(User.id).where(User.role == "official")).one()

    def enter(task: str, due: date | None, **changes) -> int:
        obligations.create(office.db, NewObligation(**{
            "document_id": document, "task": task, "user_id": user, "printed_on": due, **changes}), actor=CLERK, at=NOON)
        with reading(office.db) as session:
            return session.scalar(select(Occurrence.id).order_by(Occurrence.id.desc()).limit(1))

    return enter


def test_the_day_begins_with_what_is_late_and_what_this_week_brings(owe, official):
    owe("Nộp báo cáo tháng trước", date(2021, 6, 18))
    owe("Góp ý dự thảo", date(2021, 6, 27))  # the Sunday of this week
    owe("Việc tuần sau", date(2021, 6, 28))
    owe("Việc không hạn", None)
    page = official.get("/").text
    late, week = page.split("Đến hạn tuần này")
    assert "Nộp báo cáo tháng trước" in late
    assert "Góp ý dự thảo" in week
    assert "Việc tuần sau" not in page
    assert "Việc không hạn" not in page
    assert "triển khai chính quyền điện tử" in week  # the newest documents


def test_what_was_reported_needs_nothing_more_of_the_person(office, owe, official):
    one = owe("Nộp báo cáo tháng trước", date(2021, 6, 18))
    with reading(office.db) as session:
        user = session.scalars(select(User).where(User.role == "official")).one()
    obligations.complete(office.db, one, 1, actor=Actor(user.id, user.full_name, Role.OFFICIAL), at=NOON, text="đã nộp")
    assert "Nộp báo cáo tháng trước" not in official.get("/").text
    assert "Tuần này không có nhiệm vụ nào của bạn" in official.get("/").text


def test_a_leader_is_led_to_what_waits_to_be_confirmed_and_decided(office, owe, client_as):
    one, other = owe("Việc đã báo", date(2021, 6, 30)), owe("Việc xin thêm ngày", date(2021, 6, 30))
    with reading(office.db) as session:
        user = session.scalars(select(User).where(User.role == "official")).one()
    by = Actor(user.id, user.full_name, Role.OFFICIAL)
    obligations.complete(office.db, one, 1, actor=by, at=NOON, text="đã nộp")
    extensions.request(office.db, other, 1, date(2021, 7, 9), "chờ số liệu", actor=by, at=NOON)
    leader = client_as(Role.LEADER)
    page = leader.get("/").text
    assert "1 báo cáo chờ xác nhận" in page
    assert "1 đề nghị gia hạn chờ quyết định" in page
    found = leader.get("/obligations?scope=all&extension=waiting").text
    assert "Việc xin thêm ngày" in found
    assert "Việc đã báo" not in found


def test_the_head_of_a_unit_is_led_to_the_requests_of_the_unit_but_not_their_own(office, owe, official):
    unit = units.save_unit(office.db, None, UnitData("Phòng Tổng hợp"), actor=CLERK, at=NOON)
    with office.db.begin() as session:
        head = session.scalars(select(User).where(User.role == "official")).one()
        head.unit_id, head.heads_unit = unit, True
        by = Actor(head.id, head.full_name, Role.OFFICIAL)
    extensions.request(office.db, owe("Việc của trưởng phòng", date(2021, 6, 30)), 1, date(2021, 7, 9), "x", actor=by,
                       at=NOON)
    assert "chờ quyết định" not in official.get("/").text
    extensions.request(office.db, owe("Việc của phòng", date(2021, 6, 30), user_id=None, unit_id=unit), 1,
                       date(2021, 7, 9), "x", actor=by, at=NOON)
    assert "1 đề nghị gia hạn chờ quyết định" in official.get("/").text


@pytest.mark.parametrize("role", [Role.READER, Role.ADMINISTRATOR])
def test_who_owes_nothing_begins_with_the_documents(client_as, role):
    assert client_as(role).get("/").location == "/documents"
