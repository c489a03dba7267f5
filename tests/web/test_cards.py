"""Each figure of the first page says how much the list behind it holds, for each role that sees it."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.roles import Role
from registry.domain.values import Direction, Status
from registry.domain.work_programme import PlanPeriod
from registry.models import (
    Attachment,
    Document,
    FileText,
    IntakeBatch,
    IntakeItem,
    Message,
    Occurrence,
    Organisation,
    Reminder,
    StoredFile,
    User,
    WaitingCitation,
)
from registry.services import (
    books,
    case_file_changes,
    extensions,
    obligations,
    planned_changes,
    units,
)
from registry.services.actors import Actor
from registry.services.case_file_changes import NewCaseFile
from registry.services.obligations import NewObligation
from registry.services.planned_changes import NewPlanned
from registry.services.units import UnitData
from tests.conftest import NOON
from tests.factories import CLERK

TODAY = NOON.date()
ROLES = (Role.CLERK, Role.LEADER, Role.OFFICIAL, Role.ADMINISTRATOR)
CARD = re.compile(r'<a class="figure-card[^"]*" href="([^"]*)"><strong>([^<]*)</strong> ([^<]*)</a>')


@pytest.fixture
def people(office, client_as):
    """A browser for each role, and each person as the services know them; the official heads a unit."""
    browsers = {role: client_as(role) for role in ROLES}
    unit = units.save_unit(office.db, None, UnitData("Phòng Tổng hợp"), actor=CLERK, at=NOON)
    with office.db.begin() as session:
        found = {row.role: row for row in session.scalars(select(User))}
        found["official"].unit_id, found["official"].heads_unit = unit, True
        session.flush()
        actors = {role: Actor(found[role].id, found[role].full_name, role) for role in ROLES}
    return browsers, actors, unit


def held(person, address: str) -> int:
    """Return how much the list behind a figure holds."""
    page = person.get(address.partition("#")[0]).text
    if address.startswith("/intake"):
        return sum(int(number) for number in re.findall(r"(\d+) chờ đăng ký", page))
    if address.startswith("/citations"):
        return page.partition('<ul class="links">')[2].count('<li><a href="/documents/')
    bodies = re.findall(r"<tbody.*?</tbody>", page, re.DOTALL)
    return (bodies[0] if "#" in address else bodies[-1]).count("<tr") if bodies else 0


def test_each_figure_equals_the_list_behind_it(office, people, visitor):
    browsers, actors, unit = people
    fill_register(office)
    fill_intake(office, actors)
    fill_work(office, actors, unit)
    fill_plans(office, actors)
    fill_system(office, actors, visitor)
    labels = set()
    for role, person in browsers.items():
        cards = [(html.unescape(address), int(number), label) for address, number, label in CARD.findall(person.get("/").text)]
        assert {label: held(person, address) for address, _, label in cards} == {
            label: number for _, number, label in cards}, role
        labels |= {label for _, _, label in cards}
    assert len(labels) == 24, sorted(labels)
    leader = browsers[Role.LEADER].get("/").text
    address, many = re.search(r'<a href="([^"]*)">\(chưa giao đơn vị\)</a></td><td[^>]*>(\d+)<', leader).groups()
    assert held(browsers[Role.LEADER], html.unescape(address)) == int(many) == 1


def fill_register(office) -> None:
    """Documents not handed on (and one too old to count), a duplicate, one with an unread file, a directive, a body."""
    for n, day in ((55, 20), (56, 20)):
        office.register(direction=Direction.INCOMING, number=f"{n}/KH-UBND", issued_on=date(2021, 6, day), received_on=TODAY)
    office.register(direction=Direction.INCOMING, number="57/KH-UBND", issued_on=date(2021, 3, 1), received_on=date(2021, 3, 2))
    office.register(direction=Direction.INCOMING, number="12/CT-TTg", kind_id=office.kinds["CT"], handed_to="Phòng Tổng hợp",
                    issued_on=date(2021, 2, 1), received_on=date(2021, 2, 2))
    office.register()
    document = office.register(duplicate_reason="số cấp trùng", subject="văn bản khác")
    books.reserve(office.db, office.books["KH"], 2021, 3, "chờ ký", actor=CLERK, at=NOON)
    with office.db.begin() as session:
        stored = StoredFile(sha256="a" * 64, size=1, kind="pdf", stored_at=NOON)
        session.add_all([stored, Organisation(name="Ban mới", name_key="ban moi", needs_review=True)])
        session.flush()
        session.add(Attachment(document_id=document, file_id=stored.id, role="main", name="a.pdf", uploaded_at=NOON))
        session.add(FileText(file_id=stored.id, state="failed", reason="damaged"))
        session.add(WaitingCitation(citing_id=document, number="15/QĐ-UBND", number_key="15/qđ-ubnd", candidates=[]))


def fill_intake(office, actors) -> None:
    """A batch of the clerk with two files to decide on, a stopped one with one, an ended one, and a command's."""
    with office.db.begin() as session:
        stored = StoredFile(sha256="b" * 64, size=1, kind="pdf", stored_at=NOON)
        session.add(stored)
        session.flush()
        session.add(FileText(file_id=stored.id, state="done", text="x"))
        for name, state, by, many in (("lô", "open", actors[Role.CLERK].id, 2), ("lô dừng", "stopped", actors[Role.CLERK].id, 1),
                                      ("lô xong", "closed", actors[Role.CLERK].id, 1), ("thư mục", "open", None, 1)):
            batch = IntakeBatch(name=name, state=state, total=many, archive_sha256="", created_at=NOON, created_by_id=by)
            session.add(batch)
            session.flush()
            for position in range(many):
                file = Attachment(draft=f"{name}{position}", file_id=stored.id, role="main", name="b.pdf", uploaded_at=NOON,
                                  uploaded_by_id=by)
                session.add(file)
                session.flush()
                session.add(IntakeItem(batch_id=batch.id, position=position, name="b.pdf", attachment_id=file.id))


def fill_work(office, actors, unit) -> None:
    """Overdue work of a unit, of nobody, of a cancelled document, and reported late; requests for more time, one the
    head of the unit's own."""
    official = actors[Role.OFFICIAL]
    document = office.register(number="400/KH-UBND", subject="việc")

    def owe(task: str, due: date, **who) -> int:
        obligations.create(office.db, NewObligation(**{"document_id": document, "task": task, "printed_on": due, **who}),
                           actor=CLERK, at=NOON)
        with reading(office.db) as session:
            return session.scalar(select(Occurrence.id).order_by(Occurrence.id.desc()).limit(1))

    owe("quá hạn của phòng", date(2021, 6, 18), unit_id=unit)
    owe("quá hạn không ai nhận", date(2021, 6, 18))
    forgotten = office.register(number="401/KH-UBND", subject="hủy trước khi phần mềm hỏi")
    owe("của văn bản đã hủy", date(2021, 7, 30), unit_id=unit, document_id=forgotten)
    with office.db.begin() as session:
        session.get_one(Document, forgotten).status = Status.CANCELLED
    late = owe("báo muộn", date(2021, 6, 18), user_id=official.id)
    obligations.complete(office.db, late, 1, actor=official, at=NOON, text="đã nộp")
    own, other = owe("của trưởng phòng", date(2021, 6, 30), user_id=official.id), owe("của phòng", date(2021, 6, 30), unit_id=unit)
    for one in (own, other):
        extensions.request(office.db, one, 1, date(2021, 7, 9), "chờ số liệu", actor=official, at=NOON)


def fill_plans(office, actors) -> None:
    """Plans that are late and not, case files that are kept and due."""
    user_id = actors[Role.OFFICIAL].id
    planned_changes.create(office.db, [
        NewPlanned(period=PlanPeriod(2021, "Q2"), subject="việc quá hạn", user_id=user_id, due_on=date(2021, 6, 1)),
        NewPlanned(period=PlanPeriod(2021, "Q2"), subject="quá hạn của người khác", user_id=actors[Role.CLERK].id,
                   due_on=date(2021, 6, 1)),
        NewPlanned(period=PlanPeriod(2021, "Q3"), subject="việc quý sau", user_id=user_id)], actor=CLERK, at=NOON)
    for code in ("01", "02"):
        kept = case_file_changes.create(office.db, NewCaseFile(
            year=2020, code=code, title="Hồ sơ", retention_years=10, started_on=date(2020, 1, 1), user_id=user_id),
            actor=CLERK, at=NOON)
    case_file_changes.close(office.db, kept, 1, date(2020, 7, 1), actor=CLERK, at=NOON)


def fill_system(office, actors, visitor) -> None:
    """Mails that failed or left twice (one long ago), a reminder that became no mail, a person who is locked out."""
    with office.db.begin() as session:
        for n, (state, twice, back) in enumerate((("failed", False, 0), ("sent", True, 1), ("sent", True, 40))):
            session.add(Message(kind="test", address="a@example.vn", header_id=f"<{n}@x>", subject="x", source="x", state=state,
                                possibly_twice=twice, created_at=NOON - timedelta(days=back)))
        session.add(Reminder(
            occurrence_id=session.scalar(select(Occurrence.id).limit(1)), due_version=1, rule="day", due_on=TODAY, send_at=NOON,
            user_id=actors[Role.OFFICIAL].id, state="failed", error="no_address", created_at=NOON))
    for _try in range(5):
        visitor.sign_in("official", "sai mật khẩu")
        visitor.sign_in("khongcoai", "sai mật khẩu")
