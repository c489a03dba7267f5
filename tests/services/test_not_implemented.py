"""Directives that nothing carries out: who is on the list, and who is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from registry.domain.values import Direction
from registry.services import document_life, not_implemented, settings
from registry.services.document_rows import Reference
from registry.services.not_implemented import Wanted
from tests.conftest import NOON
from tests.factories import CLERK, READER

TODAY = NOON.date()


@pytest.fixture
def directive(office):
    """Register an incoming directive; changes as for any document."""
    def register(number="05/CT-TTg", kind="CT", **changes):
        given = {"direction": Direction.INCOMING, "number": number, "kind_id": office.kinds[kind],
                 "issuer_id": office.bodies["thu-tuong"], "issued_on": date(2021, 3, 1), "received_on": date(2021, 3, 5),
                 "book_id": office.books["đến"], "subject": "tăng cường an toàn thông tin", "confirmed": True}
        return office.register(**{**given, **changes})
    return register


def listed(office, actor=CLERK, **wanted):
    page = not_implemented.find(office.db, Wanted(**wanted), actor=actor, on=TODAY)
    assert page.total == len(page.waiting)
    return [one.row.number for one in page.waiting]


def test_a_directive_waits_until_something_carries_it_out(office, directive):
    key = directive()
    page = not_implemented.find(office.db, Wanted(), actor=CLERK, on=TODAY)
    assert [(one.row.number, one.days) for one in page.waiting] == [("05/CT-TTg", (TODAY - date(2021, 3, 5)).days)]
    office.register(references=(Reference(document_id=key, relation="implements"),))
    assert listed(office) == []


@pytest.mark.parametrize(("relation", "still"), [
    ("based_on", False), ("guides", False), ("replies_to", False), ("reports_on", False), ("replaces", False),
    ("cites", True), ("urges", True), ("amends", True),
])
def test_which_relations_take_it_off_the_list(office, directive, relation, still):
    key = directive()
    office.register(references=(Reference(document_id=key, relation=relation),))
    assert listed(office) == (["05/CT-TTg"] if still else [])


def test_a_cancelled_plan_carries_nothing_out(office, directive):
    key = directive()
    plan = office.register(references=(Reference(document_id=key, relation="implements"),))
    document_life.cancel(office.db, plan, 1, "nhầm", actor=CLERK, at=NOON)
    assert listed(office) == ["05/CT-TTg"]


def test_days_count_from_the_arrival(office, directive):
    directive(issued_on=TODAY - timedelta(days=60), received_on=TODAY - timedelta(days=30))
    assert listed(office, days=30) == ["05/CT-TTg"]
    assert listed(office, days=31) == []


def test_a_letter_counts_where_it_asks_for_something(office, directive):
    directive("11/VPCP-KGVX", "CV", subject="V/v thông tin địa chỉ mới")
    directive("12/VPCP-KGVX", "CV", subject="V/v triển khai Nghị quyết của Chính phủ")
    directive("13/VPCP-KGVX", "CV", subject="V/v mời họp", reply_due_on=date(2021, 3, 20))
    assert sorted(listed(office)) == ["12/VPCP-KGVX", "13/VPCP-KGVX"]


def test_what_is_only_cited_has_its_own_list_without_the_offices_own(office, directive):
    with office.db.begin() as session:
        settings.change_in(session, actor=CLERK, at=NOON, default_issuer_id=office.committee)
    office.register(references=tuple(
        Reference(number=number, issued_on=date(2020, 6, 3), kind_id=office.kinds["QĐ"], issuer_id=issuer, relation="cites")
        for number, issuer in [("749/QĐ-TTg", office.bodies["thu-tuong"]), ("17/QĐ-UBND", office.committee)]))
    assert listed(office) == []
    assert listed(office, direction=Direction.EXTERNAL) == ["749/QĐ-TTg"]


def test_filters(office, directive):
    directive()
    directive("06/CT-TTg", issued_on=date(2020, 5, 1), received_on=date(2020, 5, 2))
    directive("07/QĐ-BTTTT", "QĐ", issuer_id=office.bodies["btttt"])
    assert listed(office) == ["07/QĐ-BTTTT", "05/CT-TTg", "06/CT-TTg"]
    assert listed(office, year=2020) == ["06/CT-TTg"]
    assert listed(office, kind_id=office.kinds["QĐ"]) == ["07/QĐ-BTTTT"]
    assert listed(office, issuer_id=office.bodies["thu-tuong"]) == ["05/CT-TTg", "06/CT-TTg"]


def test_a_restricted_directive_is_not_told_and_a_restricted_plan_counts(office, directive):
    directive("05/CT-TTg", restricted=True)
    open_one = directive("06/CT-TTg")
    assert listed(office, actor=READER) == ["06/CT-TTg"]
    office.register(restricted=True, references=(Reference(document_id=open_one, relation="implements"),))
    assert listed(office, actor=READER) == []


def test_pages_lead_there_and_back(office, directive):
    for n in range(1, 8):
        directive(f"{n:02d}/CT-TTg", issued_on=date(2021, 3, (n + 1) // 2))

    def page(**where):
        return not_implemented.find(office.db, Wanted(), actor=CLERK, on=TODAY, limit=3, **where)

    def numbers(found):
        return [one.row.number[:2] for one in found.waiting]

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [numbers(one) for one in (first, second, third)] == [["07", "06", "05"], ["04", "03", "02"], ["01"]]
    assert (first.before, third.after) == (None, None)
    assert numbers(page(before=third.before)) == numbers(second)
    back = page(before=second.before)
    assert (numbers(back), back.before) == (numbers(first), None)
    assert numbers(page(after="no page")) == numbers(first)


def test_what_goes_out_is_the_whole_list(office, directive, monkeypatch):
    monkeypatch.setattr(not_implemented, "_AT_ONCE", 2)
    for n in range(1, 6):
        directive(f"{n:02d}/CT-TTg")
    found = not_implemented.find_all(office.db, Wanted(), actor=CLERK, on=TODAY)
    assert [one.row.number for one in found] == ["05/CT-TTg", "04/CT-TTg", "03/CT-TTg", "02/CT-TTg", "01/CT-TTg"]
