"""Case files: filled, put in order, closed, kept back, handed over and passed on."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from registry.db import reading
from registry.domain.case_files import FileState
from registry.domain.errors import (
    ChangedMeanwhile,
    CodeTaken,
    DateInFuture,
    DatesOutOfOrder,
    MissingValue,
    NotFound,
    NotPossible,
    SecretDocument,
)
from registry.domain.work_programme import PlanPeriod
from registry.models import AuditEvent, CaseFile
from registry.services import (
    audit,
    case_file_changes,
    case_file_export,
    case_files,
    planned_changes,
    planned_documents,
    users,
)
from registry.services.case_file_changes import NewCaseFile
from registry.services.case_files import CaseFileFilter
from registry.services.passing_on import Successor
from registry.services.planned_changes import NewPlanned
from tests.conftest import NOON
from tests.factories import CLERK, READER
from tests.services.case_filing import TODAY, close, numbers, put_in, row


def test_a_document_stands_in_several_files_and_is_copied_into_none(office, opened):
    one, other = opened(), opened(code="02.CNTT")
    document = office.register()
    assert (put_in(office.db, one, document), put_in(office.db, other, document)) == (1, 1)
    assert [each.code for each in case_files.of_document(office.db, document, actor=CLERK)] == ["01.CNTT", "02.CNTT"]
    assert put_in(office.db, one, document) == 0
    case_file_changes.remove_document(office.db, one, document, actor=CLERK, at=NOON)
    assert (numbers(office.db, one), numbers(office.db, other)) == ([], ["325/KH-UBND"])
    assert audit.verify(office.db).whole


@pytest.mark.parametrize(("changes", "error"), [
    pytest.param({"title": " "}, MissingValue, id="no title"),
    pytest.param({"code": ""}, MissingValue, id="no code"),
    pytest.param({"started_on": TODAY + timedelta(days=1)}, DateInFuture, id="begins tomorrow"),
    pytest.param({"title": "Độ mật: MẬT"}, SecretDocument, id="a secret"),
])
def test_a_file_that_cannot_be_is_refused(opened, changes, error):
    with pytest.raises(error):
        opened(**changes)


def test_a_code_is_unique_in_its_year_however_it_is_typed(office, opened):
    opened()
    with pytest.raises(CodeTaken):
        opened(code="01. cntt")
    with reading(office.db) as session:
        assert session.scalars(select(CaseFile.code)).all() == ["01.CNTT"]
    assert opened(year=2022)


def test_documents_stand_in_order_of_time_until_somebody_moves_them(office, opened):
    one = opened()
    for number, day in (("3/KH-UBND", 20), ("1/KH-UBND", 1), ("2/KH-UBND", 10)):
        put_in(office.db, one, office.register(number=number, issued_on=date(2021, 3, day)))
    assert numbers(office.db, one) == ["03/KH-UBND", "01/KH-UBND", "02/KH-UBND"]
    last = case_files.find_entries(office.db, one, actor=CLERK).rows[2].document.id
    case_file_changes.move_document(office.db, one, last, -1, actor=CLERK, at=NOON)
    assert numbers(office.db, one) == ["03/KH-UBND", "02/KH-UBND", "01/KH-UBND"]
    with reading(office.db) as session:
        moved = session.scalars(select(AuditEvent).where(AuditEvent.action == "move_document")).one()
    assert moved.changes == {"documents_moved": [last], "position": [3, 2]}
    case_file_changes.order_by_time(office.db, one, actor=CLERK, at=NOON)
    assert numbers(office.db, one) == ["01/KH-UBND", "02/KH-UBND", "03/KH-UBND"]


def test_pages_are_counted_on_until_a_document_has_none(office, opened):
    one = opened()
    for place, pages in enumerate((3, 1, None, 2), 1):
        put_in(office.db, one, office.register(number=f"{place}/KH-UBND", issued_on=date(2021, 3, place), pages=pages))
    assert [entry.sheets for entry in case_files.find_entries(office.db, one, actor=CLERK).rows] == ["1-3", "4", "", ""]


def test_restricted_documents_are_counted_and_not_told(office, opened):
    one = opened()
    hidden = office.register(number="7/QĐ-UBND", kind_id=office.kinds["QĐ"], restricted=True, pages=2, subject="kỷ luật")
    put_in(office.db, one, hidden, office.register(pages=4))
    page = case_files.find_entries(office.db, one, actor=READER)
    assert ([entry.document.number for entry in page.rows], page.total, page.hidden) == (["325/KH-UBND"], 1, 1)
    table = case_file_export.contents(office.db, one, actor=READER)
    assert "1 văn bản không hiển thị" in table.told
    assert "kỷ luật" not in str(list(table.rows))
    file = io.BytesIO()
    case_file_export.write_xml(office.db, file, one, actor=READER, at=NOON)
    assert "kỷ luật" not in file.getvalue().decode()
    assert not any(hidden in event.changes.get("documents_added", [])
                   for event in case_files.get_history(office.db, one, actor=READER))


def test_who_may_not_see_a_document_neither_adds_nor_removes_it(office, opened, people):
    unit_id, first, _head = people
    one, hidden = opened(unit_id=unit_id), office.register(restricted=True)
    with pytest.raises(NotFound):
        put_in(office.db, one, hidden, actor=first)
    put_in(office.db, one, hidden)
    with pytest.raises(NotFound):
        case_file_changes.remove_document(office.db, one, hidden, actor=first, at=NOON)


def test_a_restricted_file_is_for_its_holders(office, opened, people):
    unit_id, first, _head = people
    one = opened(restricted=True, unit_id=unit_id)
    assert row(office.db, one, first).own
    with pytest.raises(NotFound):
        row(office.db, one, READER)
    assert case_files.find_case_files(office.db, CaseFileFilter(), actor=READER, today=TODAY).total == 0


def test_officials_keep_their_own_files_and_their_units(office, opened, people):
    unit_id, first, _head = people
    of_unit, of_others = opened(unit_id=unit_id), opened(code="09.VP")
    document = office.register()
    assert put_in(office.db, of_unit, document, actor=first) == 1
    with pytest.raises(NotPossible, match="file_not_yours"):
        put_in(office.db, of_others, document, actor=first)
    with pytest.raises(NotPossible, match="file_not_yours"):
        case_file_changes.create(office.db, NewCaseFile(
            year=2021, code="5.X", title="của người khác", retention_years=5, started_on=TODAY), actor=first, at=NOON)
    with pytest.raises(NotPossible, match="managers_only"):
        case_file_changes.hand_over(office.db, of_unit, 1, TODAY, "", actor=first, at=NOON)


@pytest.mark.parametrize(("changes", "ended_on", "due_on"), [
    pytest.param({}, date(2020, 6, 30), date(2021, 6, 30), id="a year after the work ended"),
    pytest.param({}, date(2020, 2, 29), date(2021, 2, 28), id="a leap day"),
    pytest.param({"construction": True}, date(2020, 11, 30), date(2021, 2, 28), id="a construction: three months"),
    pytest.param({"retention_years": None}, date(2020, 6, 30), date(2021, 6, 30), id="for ever"),
    pytest.param({"retention_years": 3}, date(2020, 6, 30), None, id="less than five years stays"),
])
def test_closing_sets_the_day_of_handing_over(office, opened, changes, ended_on, due_on):
    one = opened(**changes)
    close(office.db, one, ended_on)
    assert (row(office.db, one).state, row(office.db, one).hand_over_on) == (FileState.CLOSED, due_on)


def test_closing_asks_for_the_day_on_which_the_work_ended(office, opened):
    one = opened()
    for ended_on, error in ((None, MissingValue), (TODAY + timedelta(days=1), DateInFuture),
                            (date(2020, 1, 3), DatesOutOfOrder)):
        with pytest.raises(error):
            close(office.db, one, ended_on)
    assert row(office.db, one).state == FileState.OPEN


def test_a_closed_file_takes_no_document_until_it_is_opened_again(office, opened):
    one = opened()
    close(office.db, one, date(2020, 6, 30))
    with pytest.raises(NotPossible, match="file_closed"):
        put_in(office.db, one, office.register())
    with pytest.raises(ChangedMeanwhile):
        case_file_changes.reopen(office.db, one, 1, "còn văn bản", actor=CLERK, at=NOON)
    case_file_changes.reopen(office.db, one, 2, "còn văn bản", actor=CLERK, at=NOON)
    assert (row(office.db, one).state, row(office.db, one).hand_over_on) == (FileState.OPEN, None)


def test_a_unit_keeps_a_file_back_for_two_years_at_most(office, opened):
    one = opened()
    close(office.db, one, date(2020, 6, 30))
    with pytest.raises(NotPossible, match="kept_back_too_long"):
        case_file_changes.keep_back(office.db, one, 2, date(2023, 7, 1), "CV 15", actor=CLERK, at=NOON)
    case_file_changes.keep_back(office.db, one, 2, date(2023, 6, 30), "CV 15", actor=CLERK, at=NOON)
    kept = row(office.db, one)
    assert (kept.hand_over_on, kept.kept_back_reason) == (date(2023, 6, 30), "CV 15")
    case_file_changes.change(office.db, one, kept.version, NewCaseFile(
        year=2021, code="01.CNTT", title="tên mới", retention_years=10, started_on=date(2020, 1, 4)), actor=CLERK, at=NOON)
    assert row(office.db, one).hand_over_on == date(2023, 6, 30)


def test_a_file_is_handed_over_once_it_is_closed(office, opened):
    one = opened()
    with pytest.raises(NotPossible, match="file_not_closed"):
        case_file_changes.hand_over(office.db, one, 1, TODAY, "", actor=CLERK, at=NOON)
    close(office.db, one, date(2020, 6, 30))
    case_file_changes.hand_over(office.db, one, row(office.db, one).version, TODAY, "BB 01", actor=CLERK, at=NOON)
    handed = row(office.db, one)
    assert (handed.state, handed.handed_over_on, handed.handed_over_note) == (FileState.HANDED_OVER, TODAY, "BB 01")
    with pytest.raises(NotPossible, match="file_handed_over"):
        case_file_changes.change(office.db, one, handed.version, NewCaseFile(
            year=2021, code="01.CNTT", title="x", retention_years=10, started_on=date(2020, 1, 4)), actor=CLERK, at=NOON)


def test_what_a_leaving_person_keeps_and_drafts_passes_on_to_who_takes_over(office, opened, people):
    unit_id, first, head = people
    kept, handed = opened(user_id=first.id, unit_id=unit_id), opened(code="02.CNTT", user_id=first.id, unit_id=unit_id)
    close(office.db, handed, date(2020, 6, 30))
    case_file_changes.hand_over(office.db, handed, row(office.db, handed).version, TODAY, "", actor=CLERK, at=NOON)
    plan = planned_changes.create(office.db, [NewPlanned(
        period=PlanPeriod(2021, "Q3"), subject="tổng kết", user_id=first.id)], actor=CLERK, at=NOON)[0]
    users.set_active(office.db, first.id, False, actor=CLERK, at=NOON, successor=Successor(user_id=head.id))
    assert (row(office.db, kept).user_id, row(office.db, handed).user_id) == (head.id, first.id)
    assert planned_documents.get_planned(office.db, plan, actor=CLERK, today=TODAY).row.user_id == head.id


def test_lists_are_narrowed_and_paged(office, opened):
    db = office.db
    ids = [opened(code=f"{place:02d}.VP", year=2020 + place % 2) for place in range(7)]
    close(db, ids[3], date(2020, 7, 1))
    def find(**wanted):
        return case_files.find_case_files(db, CaseFileFilter(**wanted), actor=CLERK, today=TODAY)
    assert [each.code for each in find().rows] == ["01.VP", "03.VP", "05.VP", "00.VP", "02.VP", "04.VP", "06.VP"]
    assert [each.id for each in find(due=True).rows] == [ids[3]]
    assert [each.id for each in find(text="04 ung dung").rows] == [ids[4]]
    assert find(year=2021, state=FileState.OPEN).total == 2
    seen, after = [], None
    while True:
        page = case_files.find_case_files(db, CaseFileFilter(), actor=CLERK, today=TODAY, after=after, limit=2)
        seen += [each.code for each in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [each.code for each in find().rows]
