"""The four reports, on both databases: what they count, for whom, and against which period."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from registry.domain.obligations import FourNumbers
from registry.domain.report_figures import Lateness
from registry.domain.report_spans import SpanKind, days, span
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.services import (
    demo,
    document_life,
    document_lists,
    obligation_numbers,
    obligations,
    settings,
    units,
    users,
)
from registry.services.actors import Actor
from registry.services.document_lists import DocumentFilter
from registry.services.obligations import NewObligation
from registry.services.report_directives import directives
from registry.services.report_issued import issued
from registry.services.report_lateness import late_work
from registry.services.report_request import Against, ReportRequest, Undated
from registry.services.report_tasks import tasks
from registry.services.report_volumes import volumes
from registry.services.units import UnitData
from tests.conftest import HANOI, NOON
from tests.domain.test_report_paragraph import ARTICLE_ODDITIES, article_paragraph
from tests.factories import CLERK, LEADER, READER

FIRST_HALF = ReportRequest(span(SpanKind.FIRST_HALF, 2021))
JUNE = ReportRequest(span(SpanKind.MONTH, 2021, 6))


@pytest.fixture
def it_unit(office) -> int:
    return units.save_unit(office.db, None, UnitData("Phòng Công nghệ thông tin", "P.CNTT"), actor=CLERK, at=NOON)


def test_the_demos_register_gives_back_the_articles_paragraph_document_by_document(db):
    demo.load(db, at=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    found = issued(db, FIRST_HALF, actor=CLERK)
    expected = article_paragraph()
    for theirs, ours in ARTICLE_ODDITIES:
        expected = expected.replace(theirs, ours)
    assert [group.paragraph for group in found.groups] == [expected]
    assert [row.named.number for row in found.groups[0].rows][:3] == ["07/2021/QĐ-UBND", "325/KH-UBND", "346/KH-UBND"]
    assert {kind.kind: kind.now for kind in found.kinds} == {"Quyết định": 2, "Kế hoạch": 11, "Báo cáo": 2}


def test_the_demos_work_programme_stands_among_the_tasks_of_the_second_half(db):
    demo.load(db, at=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    found = tasks(db, FIRST_HALF, actor=CLERK, now=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    start, _colon, rest = found.paragraph.partition(": ")
    assert start == ("Để hoàn thành các nhiệm vụ sáu tháng cuối năm 2021, Sở Thông tin và Truyền thông tập trung vào các "
                     "nhiệm vụ chủ yếu sau")
    assert rest.startswith("Xây dựng Chương trình công tác quản lý nhà nước về thông tin và truyền thông năm 2022; Kế hoạch "
                           "ngành thông tin và truyền thông năm 2022; Kế hoạch cải cách hành chính năm 2022;")
    assert "Trình UBND tỉnh: " in rest
    assert rest.endswith("./.")


def test_the_demos_directives_show_what_was_issued_for_them(db):
    demo.load(db, at=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    found = directives(db, FIRST_HALF, actor=CLERK, now=datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))
    told = {row.number: [one.label for one in row.issued] for row in found.directives}
    assert told["21/QĐ-TTg"] == ["Kế hoạch 681/KH-UBND"]
    assert told["60/2014/NĐ-CP"] == told["25/2018/NĐ-CP"] == ["Báo cáo 29/BC-UBND"]
    assert found.whole.done_late == 1, "681/KH-UBND came on 24/3 for what was due on 20/3"


def test_a_document_without_date_belongs_where_it_was_registered_unless_told_otherwise(office):
    office.register(number="", book_id=None, issued_on=None, subject="Đề cương", at=NOON)
    may = ReportRequest(span(SpanKind.MONTH, 2021, 5))
    assert issued(office.db, JUNE, actor=CLERK).named == 1
    elsewhere = issued(office.db, may, actor=CLERK)
    assert (elsewhere.named, elsewhere.undated_elsewhere) == (0, 1)
    assert issued(office.db, replace(may, undated=Undated.ALL), actor=CLERK).named == 1
    assert issued(office.db, replace(JUNE, undated=Undated.NONE), actor=CLERK).named == 0


def test_letters_are_counted_and_only_named_when_asked_for(office):
    office.register(number="15/UBND-VX", kind_id=office.kinds["CV"], issued_on=date(2021, 6, 1), subject="cử cán bộ")
    found = issued(office.db, JUNE, actor=CLERK)
    assert (found.total, found.named) == (1, 0)
    assert issued(office.db, replace(JUNE, letters=True), actor=CLERK).named == 1


def test_what_is_cancelled_or_came_in_was_not_issued(office):
    gone = office.register(number="1/KH-UBND", issued_on=date(2021, 6, 2))
    document_life.cancel(office.db, gone, 1, "ghi nhầm", actor=CLERK, at=NOON)
    office.register(direction=Direction.INCOMING, number="2/KH-UBND", issued_on=date(2021, 6, 2), received_on=date(2021, 6, 3))
    found = issued(office.db, JUNE, actor=CLERK)
    assert (found.total, found.groups) == (0, [])


def test_the_offices_own_documents_are_not_advised_and_come_behind_what_is(office):
    own = office.bodies["stttt-ha-nam"]
    settings.change(office.db, actor=CLERK, at=NOON, office_name="Sở Thông tin và Truyền thông tỉnh Hà Nam", place="Hà Nam",
                    organisation_id=own)
    office.register(number="5/BC-STTTT", kind_id=office.kinds["BC"], issuer_id=own, issued_on=date(2021, 6, 1), subject="tuần")
    office.register(number="7/KH-UBND", issued_on=date(2021, 6, 2), subject="tập huấn")
    assert [group.paragraph for group in issued(office.db, JUNE, actor=CLERK).groups] == [
        "Sở Thông tin và Truyền thông đã tham mưu với UBND tỉnh ban hành: Kế hoạch số 07/KH-UBND ngày 02/6/2021 về tập huấn.",
        "Sở Thông tin và Truyền thông đã ban hành: Báo cáo số 05/BC-STTTT ngày 01/6/2021 về tuần."]


def test_what_a_body_issued_that_became_the_office_was_not_advised(office):
    before, own = office.bodies["stttt-ha-nam"], office.bodies["skhcn-ha-nam-2025"]
    settings.change(office.db, actor=CLERK, at=NOON, office_name="Sở Khoa học và Công nghệ tỉnh Hà Nam", place="Hà Nam",
                    organisation_id=own)
    office.register(number="5/BC-STTTT", kind_id=office.kinds["BC"], issuer_id=before, issued_on=date(2021, 6, 1), subject="tuần")
    assert [group.advised for group in issued(office.db, JUNE, actor=CLERK).groups] == [False]


@pytest.mark.parametrize("actor", [CLERK, READER], ids=["clerk", "reader"])
def test_restricted_documents_are_neither_named_nor_counted_for_who_may_not_read_them(office, actor):
    office.register(number="1/KH-UBND", issued_on=date(2021, 6, 1), subject="thường")
    office.register(number="2/KH-UBND", issued_on=date(2021, 6, 2), subject="kỷ luật cán bộ", restricted=True)
    seen = 2 if actor is CLERK else 1
    found = issued(office.db, JUNE, actor=actor)
    assert (found.total, found.named, found.restricted) == (seen, seen, seen - 1)
    assert ("kỷ luật" in found.groups[0].paragraph) == (actor is CLERK)
    assert volumes(office.db, JUNE, actor=actor).whole.outgoing == seen


def test_a_document_is_whose_words_name_a_unit_its_symbol_or_one_of_its_people(office, it_unit):
    users.create_user(office.db, users.UserData(username="an", full_name="Trần Văn An", role=Role.OFFICIAL, unit_id=it_unit),
                      actor=CLERK, at=NOON, password="con cò bay lả bay la")
    for place, words in enumerate(("Phòng công nghệ thông tin", "P.CNTT", "Văn thư; Trần Văn An", "Phòng khác", "")):
        office.register(number=f"{place + 1}/KH-UBND", issued_on=date(2021, 6, 1), archive_unit=words)
    office.register(direction=Direction.INCOMING, number="9/KH-UBND", issued_on=date(2021, 6, 1), received_on=date(2021, 6, 2),
                    handed_to="P.CNTT", archive_unit="Phòng khác")
    found = volumes(office.db, JUNE, actor=CLERK)
    assert [(one.name, one.incoming, one.outgoing) for one in found.units] == [("Phòng Công nghệ thông tin", 1, 3), ("", 0, 2)]
    assert volumes(office.db, replace(JUNE, unit_id=it_unit), actor=CLERK).whole.total == 4
    assert issued(office.db, replace(JUNE, unit_id=it_unit), actor=CLERK).total == 3


def test_a_unit_that_is_entered_later_gets_the_documents_that_bear_its_name(office):
    office.register(number="1/KH-UBND", issued_on=date(2021, 6, 1), archive_unit="Phòng Bưu chính")
    unit_id = units.save_unit(office.db, None, UnitData("Phòng Bưu chính"), actor=CLERK, at=NOON)
    assert volumes(office.db, replace(JUNE, unit_id=unit_id), actor=CLERK).whole.outgoing == 1


def test_changed_words_move_a_document_to_another_unit(office, it_unit):
    document_id = office.register(number="1/KH-UBND", issued_on=date(2021, 6, 1), archive_unit="P.CNTT")
    from registry.services.registration import change_document
    change_document(office.db, document_id, 1, office.new_document(number="1/KH-UBND", issued_on=date(2021, 6, 1)),
                    actor=CLERK, at=NOON)
    assert volumes(office.db, replace(JUNE, unit_id=it_unit), actor=CLERK).whole.total == 0


def test_incoming_documents_count_by_their_arrival_and_outgoing_ones_by_their_date(office):
    office.register(direction=Direction.INCOMING, number="1/KH-UBND", issued_on=date(2021, 5, 28), received_on=date(2021, 6, 1))
    office.register(number="2/KH-UBND", issued_on=date(2021, 5, 28))
    found = volumes(office.db, JUNE, actor=CLERK)
    assert (found.whole.incoming, found.whole.outgoing, found.before.outgoing) == (1, 0, 1)
    assert [(one.name, one.total) for one in found.months] == [("2021-06", 1)]


def test_volumes_agree_with_counting_the_documents_of_the_list(office):
    kinds = ["KH", "BC", "QĐ"]
    for place in range(24):
        day = date(2021, 1, 4) + timedelta(days=7 * place)
        incoming = place % 3 == 0
        office.register(
            number=f"{place + 1}/{kinds[place % 3]}-UBND", kind_id=office.kinds[kinds[place % 3]], issued_on=day,
            direction=Direction.INCOMING if incoming else Direction.OUTGOING,
            received_on=day + timedelta(days=1) if incoming else None, at=NOON,
            handed_on=day + timedelta(days=1 + place % 2) if incoming else None)
    found = volumes(office.db, FIRST_HALF, actor=CLERK)
    rows = document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK, limit=100).rows
    assert found.whole.total == len(rows) == sum(one.total for one in found.months) == sum(one.total for one in found.kinds)
    assert {one.name: one.total for one in found.kinds} == Counter(row.kind for row in rows)
    by_month = Counter(f"{row.received_on or row.issued_on:%Y-%m}" for row in rows)
    assert {one.name: one.total for one in found.months if one.total} == by_month
    assert sum(many for _name, many in found.issuers) == found.whole.incoming == found.handing_over.total == 8


def _owe(office, unit_id: int, **given) -> tuple[int, int]:
    directive = given.pop("document_id", None) or office.register(
        number=given.pop("number"), issued_on=given.pop("given"), subject=given["task"])
    obligation = obligations.create(office.db, NewObligation(document_id=directive, unit_id=unit_id, printed_on=given.pop("due"),
                                                             task=given.pop("task")), actor=CLERK, at=NOON)
    return obligation, directive


@pytest.fixture
def work(office, it_unit):
    """Work of April to June: done in time, done late, open within its term, open and overdue; one set aside."""
    def add(number: int, given: date, due: date, done: date | None) -> int:
        _obligation, directive = _owe(office, it_unit, number=f"{number}/KH-UBND", given=given, due=due, task=f"việc {number}")
        rows = obligations_of(office, directive)
        if done is not None:
            answer = office.register(number=f"{number}/BC-UBND", kind_id=office.kinds["BC"], issued_on=done, subject="xong")
            obligations.complete(office.db, *rows, document_id=answer, actor=LEADER, at=NOON)
        return directive

    add(1, date(2021, 4, 1), date(2021, 4, 20), date(2021, 4, 19))
    add(2, date(2021, 4, 2), date(2021, 5, 10), date(2021, 6, 1))
    add(3, date(2021, 4, 3), date(2021, 9, 1), None)
    add(4, date(2021, 4, 4), date(2021, 6, 10), None)
    return office


def obligations_of(office, directive: int) -> tuple[int, int]:
    from registry.services.obligation_lists import ObligationFilter, Scope, find_obligations

    row = find_obligations(office.db, ObligationFilter(scope=Scope.ALL, document_id=directive, closed=True), actor=LEADER,
                           now=NOON).rows[0]
    return row.id, row.version


def test_the_four_numbers_are_those_at_the_end_of_the_period(work):
    def told(month: int) -> FourNumbers:
        return directives(work.db, ReportRequest(span(SpanKind.MONTH, 2021, month)), actor=LEADER, now=NOON).whole

    assert told(3) == FourNumbers()
    assert told(4) == FourNumbers(done_in_time=1, open_in_term=3)
    assert told(5) == FourNumbers(open_in_term=2, open_overdue=1), "2 was overdue at the end of May, done in June"
    assert told(6) == FourNumbers(done_late=1, open_in_term=1, open_overdue=1), "June runs: as it stands today, 22/6"


def test_the_four_numbers_of_now_are_those_of_the_overview(work):
    whole = directives(work.db, ReportRequest(span(SpanKind.YEAR, 2021)), actor=LEADER, now=NOON).whole
    assert whole == obligation_numbers.overview(work.db, actor=LEADER, now=NOON).whole


def test_the_four_numbers_stand_beside_those_of_the_period_before(work, it_unit):
    found = directives(work.db, JUNE, actor=LEADER, now=NOON)
    assert [(row.unit, row.now, row.before) for row in found.units] == [
        ("Phòng Công nghệ thông tin", found.whole, FourNumbers(open_in_term=2, open_overdue=1))]
    a_year_ago = directives(work.db, replace(JUNE, against=Against.YEAR), actor=LEADER, now=NOON)
    assert a_year_ago.before == FourNumbers()
    assert found.as_of == NOON.date()


def test_lateness_tells_each_units_days_behind_the_due_date_of_what_fell_due(work):
    def told(wanted: ReportRequest) -> list[tuple[str, Lateness]]:
        return [(row.unit, row.figures) for row in late_work(work.db, wanted, actor=LEADER, now=NOON).units]

    unit = "Phòng Công nghệ thông tin"
    assert told(ReportRequest(span(SpanKind.MONTH, 2021, 4))) == [(unit, Lateness(in_time=1))]
    assert told(ReportRequest(span(SpanKind.MONTH, 2021, 5))) == [(unit, Lateness(still_open=1, median=21, longest=21))], (
        "due on 10/5, open at the end of May")
    # By 22/6: 2 was done 22 days late, 4 is open for 12.
    assert told(FIRST_HALF) == [(unit, Lateness(in_time=1, done_late=1, still_open=1, median=12, longest=22))]
    assert told(replace(FIRST_HALF, issuer_id=work.bodies["chinh-phu"])) == []
    late = late_work(work.db, FIRST_HALF, actor=LEADER, now=NOON)
    assert (late.whole, late.latest) == (late.units[0].figures, late.units[0])


def test_the_four_numbers_can_be_asked_of_one_bodys_directives(work):
    def of(body: str):
        return directives(work.db, replace(JUNE, issuer_id=work.bodies[body]), actor=LEADER, now=NOON)

    assert of("ubnd-ha-nam").whole.total == 3
    assert (of("chinh-phu").whole.total, of("chinh-phu").directives) == (0, [])
    assert tasks(work.db, replace(JUNE, issuer_id=work.bodies["chinh-phu"]), actor=LEADER, now=NOON).rows == []


def test_work_that_is_set_aside_counts_in_none(work):
    from registry.domain.obligations import ObligationState

    row = obligations_of(work, next(row.id for row in document_lists.find_documents(
        work.db, DocumentFilter(), actor=CLERK, limit=50).rows if row.number == "04/KH-UBND"))
    obligations.set_state(work.db, *row, ObligationState.PAUSED, actor=LEADER, at=NOON, reason="chờ")
    assert directives(work.db, JUNE, actor=LEADER, now=NOON).whole.open_overdue == 0


def test_directives_are_listed_with_their_work_the_latest_first(work):
    found = directives(work.db, JUNE, actor=LEADER, now=NOON)
    assert [(row.number, row.numbers.total) for row in found.directives] == [
        ("04/KH-UBND", 1), ("03/KH-UBND", 1), ("02/KH-UBND", 1)]
    assert (found.total, found.total_is_more) == (3, False)


def test_the_tasks_of_the_next_period_are_what_is_open_and_falls_due_in_it(work):
    found = tasks(work.db, JUNE, actor=LEADER, now=NOON)
    assert [(row.task, row.overdue) for row in found.rows] == [("việc 4", True)], "việc 3 falls due in September"
    half = tasks(work.db, FIRST_HALF, actor=LEADER, now=NOON)
    assert [row.task for row in half.rows] == ["việc 4", "việc 3"]
    assert half.paragraph.endswith("chủ yếu sau: Việc 4. Việc 3./.")


def test_an_official_sees_the_work_of_the_own_unit_alone(work, it_unit):
    other = units.save_unit(work.db, None, UnitData("Thanh tra"), actor=CLERK, at=NOON)
    _owe(work, other, number="8/KH-UBND", given=date(2021, 6, 1), due=date(2021, 6, 30), task="của thanh tra")
    user_id, _password = users.create_user(work.db, users.UserData(username="an", full_name="An", role=Role.OFFICIAL, unit_id=it_unit),
                                actor=CLERK, at=NOON, password="con cò bay lả bay la")
    official = Actor(user_id, "An", Role.OFFICIAL)
    found = directives(work.db, JUNE, actor=official, now=NOON)
    assert [row.unit for row in found.units] == ["Phòng Công nghệ thông tin"]
    assert "của thanh tra" not in [row.task for row in tasks(work.db, JUNE, actor=official, now=NOON).rows]
    assert directives(work.db, JUNE, actor=LEADER, now=NOON).whole.total == found.whole.total + 1


def test_a_restricted_directive_is_not_named_to_who_may_not_read_it(office, it_unit):
    directive = office.register(number="3/CT-UBND", kind_id=office.kinds["CT"], issued_on=date(2021, 6, 1), restricted=True,
                                subject="kỷ luật")
    office.register(number="4/KH-UBND", issued_on=date(2021, 6, 3), subject="thực hiện Chỉ thị số 3/CT-UBND",
                    references=())
    _owe(office, it_unit, document_id=directive, due=date(2021, 6, 30), task="xử lý")
    user_id, _password = users.create_user(office.db, users.UserData(username="an", full_name="An", role=Role.OFFICIAL, unit_id=it_unit),
                                actor=CLERK, at=NOON, password="con cò bay lả bay la")
    found = directives(office.db, JUNE, actor=Actor(user_id, "An", Role.OFFICIAL), now=NOON)
    assert found.whole.total == 1, "their own task they know of"
    assert "03/CT-UBND" not in [row.number for row in found.directives]


def test_any_days_can_be_reported_on(office):
    office.register(number="1/KH-UBND", issued_on=date(2021, 6, 10))
    request = ReportRequest(days(date(2021, 6, 10), date(2021, 6, 10)))
    assert issued(office.db, request, actor=CLERK).total == 1
    assert volumes(office.db, request, actor=CLERK).whole.outgoing == 1
    assert issued(office.db, ReportRequest(days(date(2021, 6, 11), date(2021, 6, 20))), actor=CLERK).total_before == 1


def test_the_demo_says_what_unit_each_document_is_of(db):
    demo.load(db, at=NOON)
    data = Path(__file__).parents[2] / "registry" / "data" / "demo.json"
    told = json.loads(data.read_text(encoding="utf-8"))
    names = {one["code"]: one["name"] for one in told["units"]}
    found = volumes(db, FIRST_HALF, actor=CLERK)
    assert {one.name: one.outgoing for one in found.units if one.outgoing} == Counter(
        names[one["unit"]] for one in told["documents"])
