"""What the text of a document proposes: deadlines in it, and the directive that it carries out."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from registry.db import reading
from registry.domain.values import Direction
from registry.models import Occurrence
from registry.services import fulfilment, obligation_lists, obligation_proposals, obligations
from registry.services.document_rows import Reference
from tests.conftest import NOON
from tests.factories import CLERK

TODAY = NOON.date()


def test_deadlines_of_the_text_are_proposed_confirmed_and_dismissed(staff):
    document = staff.office.register(
        direction=Direction.INCOMING, number="55/KH-UBND", received_on=TODAY, issued_on=date(2021, 6, 10),
        text="Phòng Tổng hợp gửi báo cáo kết quả trước ngày 30/6/2021. Phòng Nội chính hoàn thành việc rà soát "
             "trong tháng 7 năm 2021. Các đơn vị trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản.")
    found = obligation_proposals.proposed(staff.db, document, actor=CLERK)
    first, second, third = found
    assert (first.new.unit_id, first.new.printed_on, first.new.before) == (staff.unit, date(2021, 6, 30), True)
    assert (second.new.unit_id, second.new.printed_on, second.on_day_off) == (
        staff.other_unit, date(2021, 7, 31), True)
    assert third.new.printed_on == date(2021, 6, 29)  # five working days after receipt on 22/6
    with reading(staff.db) as session:
        assert session.scalar(select(Occurrence.id)) is None  # nothing is owed before a person confirms
    assert obligation_proposals.confirm(
        staff.db, document, [(first.key, first.new), ("gone", first.new)], actor=CLERK, at=NOON) == 1
    obligation_proposals.dismiss(staff.db, document, [second.key], actor=CLERK, at=NOON)
    assert [one.key for one in obligation_proposals.proposed(staff.db, document, actor=CLERK)] == [third.key]
    row = obligation_lists.of_document(staff.db, document, actor=CLERK, now=NOON)[0]
    assert (row.due_on, row.words) == (date(2021, 6, 29), "trước ngày 30/6/2021")


def test_a_document_that_carries_out_the_directive_is_suggested_as_fulfilling_it(staff):
    one = staff.create()
    answer = staff.office.register(
        number="77/BC-UBND", kind_id=staff.office.kinds["BC"], issued_on=date(2021, 6, 20),
        references=(Reference(document_id=staff.directive, relation="reports_on"),))
    assert [found.number for found in staff.get(one).suggested] == ["77/BC-UBND"]
    assert [row.id for row in fulfilment.obligations_for(staff.db, answer, actor=CLERK, now=NOON)] == [one]
    obligations.complete(staff.db, one, 1, document_id=answer, actor=CLERK, at=NOON)
    assert fulfilment.obligations_for(staff.db, answer, actor=CLERK, now=NOON) == []
