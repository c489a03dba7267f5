"""Work programmes: planned documents from the plan to the registered document."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.errors import (
    ChangedMeanwhile,
    DatesOutOfOrder,
    DuplicateDocument,
    MissingValue,
    NotPossible,
    ReasonNeeded,
    SecretDocument,
)
from registry.domain.roles import Role
from registry.domain.work_programme import PlanPeriod, PlanStanding, PlanState
from registry.models import Document, PlannedDocument, Unit
from registry.services import audit, demo, document_life, planned_changes, planned_documents, users
from registry.services.actors import Actor
from registry.services.planned_changes import NewPlanned
from registry.services.planned_documents import PlannedFilter
from tests.conftest import NOON
from tests.factories import CLERK, LEADER, READER

TODAY = NOON.date()
SUMMER, AUTUMN = PlanPeriod(2021, "Q2"), PlanPeriod(2021, "Q3")


@pytest.fixture
def plan(office):
    """Enter a planned plan (kế hoạch) of the committee, with the changes named; return its id."""
    def enter(**changes) -> int:
        given = {"period": SUMMER, "subject": "cải cách hành chính năm 2022", "kind_id": office.kinds["KH"],
                 "issuer_id": office.committee, **changes}
        return planned_changes.create(office.db, [NewPlanned(**given)], actor=CLERK, at=NOON)[0]
    return enter


def found(db, *, actor=CLERK, today=TODAY, **wanted):
    return planned_documents.find_planned(db, PlannedFilter(**wanted), actor=actor, today=today).rows


def one(db, planned_id, actor=CLERK):
    return planned_documents.get_planned(db, planned_id, actor=actor, today=TODAY)


def test_a_plan_without_a_day_is_due_on_the_last_of_its_period(office, plan):
    row = one(office.db, plan()).row
    assert (row.title, row.due_on, row.state) == (
        "Kế hoạch cải cách hành chính năm 2022", date(2021, 6, 30), PlanState.PLANNED)


@pytest.mark.parametrize(("changes", "error"), [
    pytest.param({"subject": "  "}, MissingValue, id="nothing to issue"),
    pytest.param({"due_on": date(2021, 3, 31)}, DatesOutOfOrder, id="due before the period begins"),
    pytest.param({"note": "TỐI MẬT"}, SecretDocument, id="a secret"),
])
def test_what_cannot_be_planned_is_refused_as_a_whole(office, plan, changes, error):
    with pytest.raises(error):
        plan(**changes)
    assert found(office.db) == []


def test_registering_links_the_plan_in_the_same_transaction(office, plan):
    planned_id = plan()
    document_id = office.register(planned_id=planned_id)
    row = one(office.db, planned_id).row
    assert (row.state, row.document_id, row.document, row.standing) == (
        PlanState.ISSUED, document_id, "325/KH-UBND", PlanStanding.IN_TIME)
    assert audit.verify(office.db).whole


def test_a_registration_that_is_refused_leaves_the_plan_open(office, plan):
    office.register()
    planned_id = plan()
    with pytest.raises(DuplicateDocument):
        office.register(planned_id=planned_id)
    assert one(office.db, planned_id).row.state == PlanState.PLANNED


def test_a_plan_that_was_issued_takes_no_second_document(office, plan):
    planned_id = plan()
    office.register(planned_id=planned_id)
    with pytest.raises(NotPossible, match="plan_closed"):
        office.register(number="326/KH-UBND", planned_id=planned_id)
    with reading(office.db) as session:
        assert session.scalars(select(Document.number)).all() == ["325/KH-UBND"]


def test_a_document_that_is_registered_already_is_linked_and_may_be_taken_off_again(office, plan):
    planned_id, document_id = plan(due_on=date(2021, 4, 1)), office.register(issued_on=date(2021, 5, 4))
    planned_changes.link_issued(office.db, planned_id, 1, document_id, actor=CLERK, at=NOON)
    assert one(office.db, planned_id).row.standing == PlanStanding.LATE
    assert [row.id for row in found(office.db, standing=PlanStanding.LATE)] == [planned_id]
    assert found(office.db, standing=PlanStanding.IN_TIME) == []
    version = one(office.db, planned_id).row.version
    with pytest.raises(ReasonNeeded):
        planned_changes.reopen(office.db, planned_id, version, " ", actor=CLERK, at=NOON)
    planned_changes.reopen(office.db, planned_id, version, "nhầm văn bản", actor=CLERK, at=NOON)
    row = one(office.db, planned_id).row
    assert (row.state, row.document_id, row.reason) == (PlanState.DRAFTING, None, "nhầm văn bản")


def test_a_plan_is_not_issued_by_a_cancelled_document_nor_by_another_body(office, plan):
    planned_id, cancelled = plan(), office.register()
    document_life.cancel(office.db, cancelled, 1, "ghi nhầm", actor=CLERK, at=NOON)
    with pytest.raises(NotPossible, match="issued_cancelled"):
        planned_changes.link_issued(office.db, planned_id, 1, cancelled, actor=CLERK, at=NOON)
    arrived = office.register(number="12/CV-SXD", direction="incoming", issuer_id=None, received_on=NOON.date(), kind_id=None,
                              confirmed=True)
    with pytest.raises(NotPossible, match="issued_elsewhere"):
        planned_changes.link_issued(office.db, planned_id, 1, arrived, actor=CLERK, at=NOON)
    assert one(office.db, planned_id).row.state == PlanState.PLANNED


def test_a_programme_too_long_to_be_entered_at_once_is_refused_as_a_whole(office):
    lines = [NewPlanned(period=SUMMER, subject=f"kế hoạch {n}") for n in range(planned_changes.MOST_AT_ONCE + 1)]
    with pytest.raises(NotPossible, match="too_many_lines"):
        planned_changes.create(office.db, lines, actor=CLERK, at=NOON)
    assert found(office.db) == []


def test_what_is_carried_over_goes_on_once_with_its_history(office, plan):
    planned_id = plan(due_on=date(2021, 5, 31))
    following = planned_changes.carry_over(office.db, planned_id, 1, AUTUMN, "chờ Bộ hướng dẫn", actor=CLERK, at=NOON)
    before, after = one(office.db, planned_id), one(office.db, following)
    assert (before.row.state, before.row.reason, before.later.id) == (PlanState.CARRIED, "chờ Bộ hướng dẫn", following)
    assert (after.row.period, after.row.due_on, [each.id for each in after.earlier]) == (
        AUTUMN, date(2021, 9, 30), [planned_id])
    with pytest.raises(NotPossible, match="plan_closed"):
        planned_changes.carry_over(office.db, planned_id, before.row.version, AUTUMN, "lần nữa", actor=CLERK, at=NOON)
    with pytest.raises(NotPossible, match="not_a_later_period"):
        planned_changes.carry_over(office.db, following, 1, SUMMER, "lùi lại", actor=CLERK, at=NOON)


def test_a_change_of_an_older_version_is_refused(office, plan):
    planned_id = plan()
    planned_changes.take_up(office.db, planned_id, 1, actor=CLERK, at=NOON, note="đã có dự thảo")
    assert "22/6/2021: đã có dự thảo" in one(office.db, planned_id).row.note
    with pytest.raises(ChangedMeanwhile):
        planned_changes.drop(office.db, planned_id, 1, "không cần", actor=CLERK, at=NOON)


def test_an_official_works_on_what_they_draft_and_on_nothing_else(office, plan):
    with office.db.begin() as session:
        unit = Unit(name="Phòng Tổng hợp", name_key="phong tong hop")
        session.add(unit)
        session.flush()
        unit_id = unit.id
    users.create_user(office.db, users.UserData(username="cv", full_name="Chuyên viên", role=Role.OFFICIAL, unit_id=unit_id),
                      actor=CLERK, at=NOON, password="con cò bay lả bay la")
    official = Actor(users.id_of(office.db, "cv"), "Chuyên viên", Role.OFFICIAL)
    of_unit, of_others = plan(unit_id=unit_id), plan(subject="việc của người khác")
    planned_changes.take_up(office.db, of_unit, 1, actor=official, at=NOON)
    with pytest.raises(NotPossible, match="plan_not_yours"):
        planned_changes.take_up(office.db, of_others, 1, actor=official, at=NOON)
    with pytest.raises(NotPossible, match="planners_only"):
        planned_changes.drop(office.db, of_unit, 2, "không làm", actor=official, at=NOON)
    assert [row.id for row in found(office.db, actor=official, mine=True)] == [of_unit]


def test_lists_are_narrowed_by_period_standing_and_words(office, plan):
    late = plan(due_on=date(2021, 6, 21))
    soon = plan(subject="Đề án đô thị thông minh", due_on=date(2021, 6, 28))
    autumn = plan(period=AUTUMN, subject="tổng kết")
    dropped = plan(subject="bỏ")
    planned_changes.drop(office.db, dropped, 1, "trùng", actor=LEADER, at=NOON)
    db = office.db
    assert [row.id for row in found(db)] == [late, soon, dropped, autumn]
    assert [row.id for row in found(db, period=AUTUMN)] == [autumn]
    assert [row.id for row in found(db, since=date(2021, 7, 1), until=date(2021, 12, 31))] == [autumn]
    assert [row.id for row in found(db, text="do thi")] == [soon]
    for wanted, expected in ((PlanStanding.OVERDUE, late), (PlanStanding.DUE_SOON, soon), (PlanStanding.IN_TERM, autumn),
                             (PlanStanding.SET_ASIDE, dropped)):
        rows = found(db, standing=wanted)
        assert ([row.id for row in rows], {row.standing for row in rows}) == ([expected], {wanted})


def test_pages_of_a_list_hold_each_plan_once(office, plan):
    ids = [plan(subject=f"văn bản {place}", due_on=date(2021, 6, 1 + place % 3)) for place in range(7)]
    seen, after = [], None
    while True:
        page = planned_documents.find_planned(
            office.db, PlannedFilter(), actor=CLERK, today=TODAY, after=after, limit=3)
        assert page.total == 7
        seen += [row.id for row in page.rows]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == ids
    assert seen == [row.id for row in found(office.db)]


def test_progress_counts_by_unit_and_leaves_out_what_was_dropped(office, plan):
    office.register(planned_id=plan())
    plan(due_on=date(2021, 6, 1))
    planned_changes.drop(office.db, plan(), 1, "trùng", actor=CLERK, at=NOON)
    whole, units = planned_documents.progress(office.db, PlannedFilter(), actor=CLERK, today=TODAY)
    assert (whole.total, whole.issued, whole.overdue, whole.percent) == (3, 1, 1, 50)
    assert [(each.unit_id, each.total) for each in units] == [(None, 3)]


def test_who_may_not_see_a_document_learns_nothing_of_it_from_the_plan(office, plan):
    hidden = office.register(number="77/QĐ-UBND", kind_id=office.kinds["QĐ"], restricted=True)
    planned_id = plan(directive_id=hidden)
    other = plan(subject="khác")
    planned_changes.link_issued(office.db, other, 1, hidden, actor=CLERK, at=NOON)
    for key in (planned_id, other):
        seen = one(office.db, key, READER)
        assert (seen.row.directive_id, seen.row.directive, seen.row.document_id, seen.row.document) == (None, "", None, "")
        assert not any(hidden in (value if isinstance(value, list) else [value])
                       for event in seen.history for value in event.changes.values())
    assert one(office.db, planned_id).row.directive == "77/QĐ-UBND"


def test_the_demo_announces_what_the_article_announces(db):
    demo.load(db, at=NOON)
    rows = found(db, period=PlanPeriod(2021, "H2"))
    assert [row.kind for row in rows] == [
        "Chương trình", "Kế hoạch", "Kế hoạch", "", "Đề án", "Kế hoạch", "Kế hoạch", "Quyết định", "Quyết định", "Kế hoạch"]
    assert rows[2].title == "Kế hoạch cải cách hành chính năm 2022"
    with reading(db) as session:
        assert set(session.scalars(select(PlannedDocument.state))) == {"planned", "drafting", "dropped"}
