"""What a pasted text proposes beside the register, and what confirming makes of it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from registry.domain.errors import SecretDocument
from registry.domain.intake import Content
from registry.domain.values import Direction
from registry.models import AuditEvent, Document
from registry.services import intake, settings
from registry.services.document_rows import NewDocument, Reference
from tests.conftest import NOON
from tests.factories import CLERK

DATA = Path(__file__).resolve().parent.parent / "data"
ARTICLE = (DATA / "intake_article.txt").read_text(encoding="utf-8")
PLAN = (DATA / "intake_plan.txt").read_text(encoding="utf-8")


def propose(office, text, **more):
    return intake.propose(office.db, text, actor=CLERK, at=NOON, **more)


def count(office, table=Document):
    with office.db() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_proposing_saves_nothing_and_names_kind_and_issuer(office):
    review = propose(office, PLAN)
    row = review.rows[0]
    assert review.content is Content.DOCUMENT
    assert (row.kind_id, row.issuer_id) == (office.kinds["KH"], office.committee)
    assert row.direction is Direction.INCOMING
    assert row.existing is None
    assert count(office) == 0


def test_what_the_office_itself_issued_goes_out(office):
    settings.change(office.db, actor=CLERK, at=NOON, organisation_id=office.committee)
    assert propose(office, PLAN).rows[0].direction is Direction.OUTGOING


def test_a_citation_is_set_beside_the_document_that_it_means(office):
    decision = office.register(
        direction=Direction.INCOMING, number="21/QĐ-TTg", kind_id=office.kinds["QĐ"], issued_on=date(2021, 1, 6),
        issuer_id=office.bodies["thu-tuong"], subject="Đề án")
    cited = {one.citation.number: one for one in propose(office, PLAN).rows[0].references}
    assert cited["21/QĐ-TTg"].document_id == decision
    assert cited["21/QĐ-TTg"].held


@pytest.mark.parametrize("issued_on", [date(2021, 2, 5), date(2021, 3, 1)])
def test_the_same_number_issuer_and_year_is_registered_already(office, issued_on):
    held = office.register(number="346/KH-UBND", issued_on=issued_on)
    found = propose(office, ARTICLE).rows[1].existing
    assert (found.document_id, found.exact) == (held, True)


def test_another_year_is_another_document(office):
    office.register(number="346/KH-UBND", issued_on=date(2020, 2, 5))
    assert propose(office, ARTICLE).rows[1].existing is None


def test_a_document_that_is_only_cited_is_not_registered_already(office):
    office.register(references=(Reference(number="346/KH-UBND", issued_on=date(2021, 2, 5)),))
    assert propose(office, ARTICLE).rows[1].existing is None


def test_a_secret_text_leaves_only_that_it_was_refused(office):
    with pytest.raises(SecretDocument):
        propose(office, PLAN.replace("HỎA TỐC", "TUYỆT MẬT"))
    with office.db() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert last.action == "refuse_secret"
    assert count(office) == 0


def _new(row, **changes):
    one = row.proposal
    return replace(NewDocument(
        direction=Direction.INCOMING, subject=one.subject.value, kind_id=row.kind_id,
        number=one.number.value if one.number else "", issued_on=one.issued_on.value if one.issued_on else None,
        issuer_id=row.issuer_id, references=tuple(
            Reference(number=cited.citation.number, issued_on=cited.citation.issued_on,
                      relation=cited.citation.relation) for cited in row.references)), **changes)


def test_a_refused_row_holds_no_other_back_and_what_is_there_is_not_doubled(office):
    rows = propose(office, ARTICLE).rows
    chosen = [_new(row) for row in rows]
    chosen[1] = replace(chosen[1], number="kế hoạch")
    outcomes = intake.register_chosen(office.db, chosen, actor=CLERK, at=NOON)
    assert [bool(one.registered) for one in outcomes] == [True, False, True, True]
    assert outcomes[1].error.field == "number"
    before = count(office)
    again = intake.register_chosen(office.db, chosen, actor=CLERK, at=NOON)
    assert [bool(one.existing) for one in again] == [True, False, True, True]
    assert count(office) == before


@pytest.mark.parametrize("order", [1, -1])
def test_rows_that_cite_each_other_meet_in_any_order(office, order):
    table = ("Số ký hiệu\tNgày\tCơ quan ban hành\tTrích yếu\n"
             "10/KH-UBND\t05/02/2021\tUBND tỉnh Hà Nam\tKế hoạch chuyển đổi số\n"
             "11/BC-UBND\t05/03/2021\tUBND tỉnh Hà Nam\tSơ kết Kế hoạch số 10/KH-UBND ngày 05/02/2021 của UBND tỉnh Hà Nam\n")
    chosen = [_new(row) for row in propose(office, table).rows][::order]
    intake.register_chosen(office.db, chosen, actor=CLERK, at=NOON)
    assert count(office) == 2


def test_a_page_of_rows_asks_a_bounded_number_of_questions(office, engine):
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    propose(office, ARTICLE)
    few = len(statements)
    propose(office, ARTICLE * 20)
    assert 0 < len(statements) - few <= few + 2
