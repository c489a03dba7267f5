"""The first page: what is late, what this week brings, and what waits to be decided."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.domain.work_programme import PlanPeriod
from registry.models import JobRun, Message, Occurrence, User
from registry.services import (
    books,
    case_file_changes,
    dashboards,
    extensions,
    obligations,
    planned_changes,
    units,
)
from registry.services.actors import Actor
from registry.services.case_file_changes import NewCaseFile
from registry.services.dashboards import Figure
from registry.services.obligations import NewObligation
from registry.services.planned_changes import NewPlanned
from registry.services.units import UnitData
from tests.conftest import NOON
from tests.factories import CLERK, READER


def told(person) -> str:
    """Return the first page as it is read, without its marks."""
    return " ".join(re.sub("<[^>]+>", " ", person.get("/").text).split())


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
    page = told(leader)
    assert "1 báo cáo chờ xác nhận" in page
    assert "1 đề nghị gia hạn chờ quyết định" in page
    found = leader.get("/obligations?scope=all&need=extension").text
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
    assert "chờ quyết định" not in told(official)
    extensions.request(office.db, owe("Việc của phòng", date(2021, 6, 30), user_id=None, unit_id=unit), 1,
                       date(2021, 7, 9), "x", actor=by, at=NOON)
    assert "1 đề nghị gia hạn chờ quyết định" in told(official)
    assert "quá hạn trong đơn vị" not in told(official)
    owe("Việc trễ của phòng", date(2021, 6, 1), user_id=None, unit_id=unit)
    assert "1 nhiệm vụ quá hạn trong đơn vị" in told(official)
    assert "1 nhiệm vụ" in official.get("/obligations?scope=unit&standing=overdue").text


def test_who_owes_nothing_begins_with_the_documents(client_as):
    assert client_as(Role.READER).get("/").location == "/documents"


def figures(person) -> dict[str, str]:
    """Return ``{label: address}`` of the figures on the first page, each with its number in front."""
    cards = re.findall(r'<a class="figure-card[^"]*" href="([^"]*)"><strong>([^<]*)</strong> ([^<]*)</a>', person.get("/").text)
    return {f"{number} {label}": html.unescape(address) for address, number, label in cards}


def test_a_clerk_is_led_to_what_is_doubtful_and_each_list_holds_as_many(office, client_as):
    clerk = client_as(Role.CLERK)
    assert figures(clerk) == {}
    office.register(direction=Direction.INCOMING, number="55/KH-UBND", issued_on=date(2021, 6, 20), received_on=NOON.date())
    office.register(direction=Direction.INCOMING, number="56/KH-UBND", issued_on=date(2021, 6, 20), received_on=NOON.date(),
                    handed_to="Phòng Tổng hợp")
    office.register()
    office.register(duplicate_reason="số cấp trùng", subject="văn bản khác")
    found = figures(clerk)
    assert list(found) == ["1 văn bản đến chưa chuyển (30 ngày)", "1 văn bản trùng số với văn bản khác"]
    listed = [re.findall(r'class="number"><a href="/documents/\d+">([^<]*)', clerk.get(address).text)
              for address in found.values()]
    assert listed == [["55/KH-UBND"], ["325/KH-UBND"]]


def test_a_clerk_sees_how_many_numbers_each_book_holds_back(office, client_as):
    clerk = client_as(Role.CLERK)
    books.reserve(office.db, office.books["KH"], 2021, 3, "chờ ký", actor=CLERK, at=NOON)
    assert figures(clerk) == {"3 số đang giữ: Sổ kế hoạch 2021": f"/books/{office.books['KH']}?year=2021&state=reserved"}


def test_an_official_is_led_to_what_they_draft_and_to_files_that_are_due(office, official):
    with reading(office.db) as session:
        user = session.scalars(select(User.id).where(User.role == "official")).one()
    planned_changes.create(office.db, [
        NewPlanned(period=PlanPeriod(2021, "Q2"), subject="việc quá hạn", user_id=user, due_on=date(2021, 6, 1)),
        NewPlanned(period=PlanPeriod(2021, "Q3"), subject="việc quý sau", user_id=user)], actor=CLERK, at=NOON)
    kept = case_file_changes.create(office.db, NewCaseFile(
        year=2020, code="01.TH", title="Hồ sơ", retention_years=10, started_on=date(2020, 1, 1), user_id=user),
        actor=CLERK, at=NOON)
    case_file_changes.close(office.db, kept, 1, date(2020, 7, 1), actor=CLERK, at=NOON)
    found = figures(official)
    assert list(found) == ["2 văn bản bạn, đơn vị bạn sẽ soạn", "1 văn bản bạn, đơn vị bạn soạn đã quá hạn", "1 hồ sơ đến hạn nộp lưu"]
    late = official.get(found["1 văn bản bạn, đơn vị bạn soạn đã quá hạn"]).text
    assert "việc quá hạn" in late
    assert "việc quý sau" not in late
    assert "01.TH" in official.get(found["1 hồ sơ đến hạn nộp lưu"]).text


def test_a_leader_sees_who_is_late_and_the_months(office, owe, client_as):
    unit = units.save_unit(office.db, None, UnitData("Phòng Tổng hợp"), actor=CLERK, at=NOON)
    owe("Việc quá hạn", date(2021, 6, 18), user_id=None, unit_id=unit)
    owe("Việc của tháng trước", date(2021, 5, 18), user_id=None, unit_id=unit)
    office.register(direction=Direction.INCOMING, number="12/CT-TTg", kind_id=office.kinds["CT"],
                    issued_on=date(2021, 2, 1), received_on=date(2021, 2, 2))
    leader = client_as(Role.LEADER)
    page = told(leader)
    assert "Đơn vị có việc quá hạn Đơn vị Quá hạn Phòng Tổng hợp 2" in page
    assert "5/2021 0 0 0 1 6/2021 0 0 0 1" in page
    found = figures(leader)
    assert "12/CT-TTg" in leader.get(found["1 chỉ đạo năm 2021 chưa có văn bản triển khai"]).text
    chart = leader.get("/trend.svg")
    assert chart.mimetype == "image/svg+xml"
    assert b"<script" not in chart.data


def test_an_administrator_sees_what_does_not_run(office, client_as, visitor):
    person = client_as(Role.ADMINISTRATOR)
    page = told(person)
    assert "Chưa có việc nào chạy" in page
    assert "Chưa có bản sao lưu nào" in page
    with office.db.begin() as session:
        session.add(JobRun(name="plan_reminders", holder="x", started_at=NOON, finished_at=NOON, error=""))
        session.add(JobRun(name="check_trail", holder="x", started_at=NOON, finished_at=NOON, error="TrailBroken: event 3"))
        session.add(Message(kind="test", address="a@example.vn", header_id="<1@x>", subject="x", source="x", state="failed",
                            created_at=NOON))
    client_as(Role.OFFICIAL)
    for _try in range(5):
        visitor.sign_in("official", "sai mật khẩu")
        visitor.sign_in("khongcoai", "sai mật khẩu")
    page = told(person)
    assert "TrailBroken: event 3" in page
    assert "Lập lịch nhắc việc" not in page  # it ran
    assert list(figures(person)) == ["1 thư không gửi được", "1 người dùng đang bị khóa vì đăng nhập sai"]


def test_what_a_person_may_not_see_is_not_counted(office, client_as):
    clerk = client_as(Role.CLERK)
    with reading(office.db) as session:
        assert session.scalar(select(User.id)) is not None
    office.register(direction=Direction.INCOMING, number="55/KH-UBND", issued_on=date(2021, 6, 20), received_on=NOON.date(),
                    restricted=True)
    assert list(figures(clerk)) == ["1 văn bản đến chưa chuyển (30 ngày)"]
    hidden = dashboards.clerk(office.db, actor=READER, today=NOON.date())[0]
    assert hidden[Figure.NOT_HANDED] == 0


def test_counting_ends_where_more_tells_nothing(office, monkeypatch, client_as):
    monkeypatch.setattr(dashboards, "MOST", 2)
    monkeypatch.setattr("registry.web.home.figures.MOST", 2)
    clerk = client_as(Role.CLERK)
    for place in range(4):
        office.register(direction=Direction.INCOMING, number=f"{place + 1}/KH-UBND", issued_on=date(2021, 6, 20),
                        received_on=NOON.date())
    assert list(figures(clerk)) == ["hơn 2 văn bản đến chưa chuyển (30 ngày)"]
