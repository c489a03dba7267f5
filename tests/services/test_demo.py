"""The demo office, on both databases."""

from __future__ import annotations

from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.values import Direction
from registry.mail.sender import FolderSender
from registry.services import (
    audit,
    demo,
    document_lists,
    documents,
    obligation_lists,
    obligation_page,
    obligation_proposals,
    outbox,
    reminders,
)
from registry.services.document_lists import DocumentFilter
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.outbox import MessageFilter
from registry.services.reminder_delivery import deliver
from tests.conftest import NOON
from tests.factories import CLERK, LEADER
from tests.services.reminding import OFFICE


def test_the_demo_office_holds_the_fifteen_documents_and_the_directives_they_cite(db):
    users = demo.load(db, at=NOON)
    assert sorted(user.role for user in users) == ["administrator", "clerk", "leader", "official", "official", "reader"]
    page = document_lists.find_documents(db, DocumentFilter(), actor=CLERK)
    assert sorted(row.direction for row in page.rows) == ["incoming"] + ["outgoing"] * 15
    assert sum(row.number is None and row.issued_on is None for row in page.rows) == 2
    cited = document_lists.find_documents(db, DocumentFilter(direction="external"), actor=CLERK)
    assert sorted(row.number for row in cited.rows) == [
        "12/CT-TTg", "135/QĐ-TTg", "175/QĐ-TTg", "21/QĐ-TTg", "25/2018/NĐ-CP", "60/2014/NĐ-CP", "72/2015/NĐ-CP"]
    plan = next(row for row in page.rows if row.number == "681/KH-UBND")
    shown = documents.get_document(db, plan.id, actor=CLERK)
    assert [(one.relation, one.number, one.issuer) for one in shown.cites] == [
        ("implements", "21/QĐ-TTg", "Thủ tướng Chính phủ")]
    assert (shown.book, shown.row.entry) == ("Kế hoạch của UBND tỉnh", "681")
    assert audit.verify(db).whole


def test_loading_the_demo_again_adds_nothing(db):
    demo.load(db, at=NOON)
    assert demo.load(db, at=NOON) == []
    assert document_lists.find_documents(db, DocumentFilter(), actor=CLERK).total == 16


def test_the_demo_office_owes_something_in_every_state_and_proposes_more(db):
    demo.load(db, at=NOON)
    rows = obligation_lists.find_obligations(
        db, ObligationFilter(scope=Scope.ALL, closed=True), actor=LEADER, now=NOON).rows
    assert {row.state for row in rows} == set(ObligationState)
    assert {row.standing for row in rows} == set(Timeliness)
    asked = next(row for row in rows if row.task.startswith("Lập hồ sơ"))
    assert [one.decision for one in obligation_page.get_obligation(db, asked.id, actor=LEADER, now=NOON).extensions] == [
        "waiting"]
    summed_up = next(row for row in rows if row.task.startswith("Tổng kết"))
    found = obligation_page.get_obligation(db, summed_up.id, actor=LEADER, now=NOON).suggested
    assert [one.number for one in found] == ["29/BC-UBND"]
    letter = document_lists.find_documents(db, DocumentFilter(direction=Direction.INCOMING), actor=CLERK).rows[0]
    proposed = obligation_proposals.proposed(db, letter.id, actor=CLERK)
    assert [bool(one.new.unit_id) for one in proposed] == [True, True, True, False]
    assert [bool(one.new.rrule) for one in proposed] == [False, False, False, True]


def test_the_demo_office_reminds_on_its_first_day_of_the_person_the_head_and_the_leader(db, tmp_path):
    demo.load(db, at=NOON)
    reminders.plan(db, NOON)
    assert deliver(db, FolderSender(tmp_path), OFFICE, clock=lambda: NOON, holder="demo").sent == 3
    kinds = [(one.address, one.kind) for one in outbox.find_messages(db, MessageFilter()).rows]
    assert sorted(kinds) == [("chuyenvien@example.vn", "digest"), ("lanhdao@example.vn", "escalation"),
                             ("truongphong@example.vn", "escalation")]
