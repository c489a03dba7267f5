"""The list: filtered, sorted, and paged both ways without a row twice or missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from registry.domain.values import Direction
from registry.services import document_life, document_lists
from registry.services.document_lists import DocumentFilter
from tests.conftest import NOON
from tests.factories import CLERK


def numbers(page):
    return [row.number for row in page.rows]


def find(office, limit=20, sort="date", descending=True, before=None, after=None, **wanted):
    return document_lists.find_documents(office.db, DocumentFilter(**wanted), actor=CLERK, sort=sort,
                                         descending=descending, before=before, after=after, limit=limit)


@pytest.fixture
def filled(office):
    """Seven plans, two of them on one day, one cancelled."""
    for ordinal in range(1, 8):
        office.register(number=f"{ordinal}/KH-UBND", subject=f"kế hoạch {ordinal}",
                        issued_on=date(2021, 1, 1) + timedelta(days=ordinal // 2))
    first = find(office, sort="number", descending=False).rows[0]
    document_life.cancel(office.db, first.id, 1, "nhầm", actor=CLERK, at=NOON)
    return office


@pytest.mark.parametrize("sort", ["date", "registered", "number"])
@pytest.mark.parametrize("descending", [True, False])
def test_pages_hold_every_document_once_and_lead_back(filled, sort, descending):
    whole = numbers(find(filled, sort=sort, descending=descending))
    assert len(whole) == 7
    page = find(filled, 3, sort, descending)
    assert page.before is None
    pages = [numbers(page)]
    while page.after:
        page = find(filled, 3, sort, descending, after=page.after)
        pages.append(numbers(page))
    forwards = [number for one in pages for number in one]
    assert forwards == whole
    back = []
    while page.before:
        page = find(filled, 3, sort, descending, before=page.before)
        back.append(numbers(page))
    assert [number for one in reversed(back) for number in one] == whole[:6]


def test_the_newest_documents_come_first(filled):
    assert numbers(find(filled))[:2] == ["07/KH-UBND", "06/KH-UBND"]


@pytest.mark.parametrize("mark", ["", "abc", "2021-13-45_7", "_", "9" * 40, "2021-01-01_x", "²_³"])
def test_a_broken_page_mark_starts_at_the_first_page(filled, mark):
    assert numbers(find(filled, 3, after=mark)) == numbers(find(filled, 3))


@pytest.mark.parametrize(("wanted", "expected"), [
    pytest.param({"status": "cancelled"}, ["01/KH-UBND"], id="cancelled"),
    pytest.param({"since": date(2021, 1, 4)}, ["07/KH-UBND", "06/KH-UBND"], id="from a day"),
    pytest.param({"until": date(2021, 1, 1)}, ["01/KH-UBND"], id="up to a day"),
    pytest.param({"year": 2020}, [], id="another year"),
    pytest.param({"direction": "incoming"}, [], id="another direction"),
])
def test_filters_narrow_the_list_and_its_total(filled, wanted, expected):
    page = find(filled, **wanted)
    assert (numbers(page), page.total) == (expected, len(expected))


def test_the_list_of_a_book_holds_its_documents_only(office):
    office.register(number="", symbol="KH-UBND", book_id=office.books["KH"])
    office.register(number="77/QĐ-UBND", kind_id=office.kinds["QĐ"])
    assert numbers(find(office, book_id=office.books["KH"])) == ["01/KH-UBND"]


def test_the_office_of_today_includes_those_that_merged_into_it(office):
    office.register()  # of Hà Nam, which went into Ninh Bình on 1/7/2025
    page = find(office, issuer_id=office.bodies["ubnd-ninh-binh-2025"])
    assert numbers(page) == ["325/KH-UBND"]
    assert page.rows[0].issuer == "Ủy ban nhân dân tỉnh Hà Nam"
    assert page.rows[0].issuer_today == ("Ủy ban nhân dân tỉnh Ninh Bình",)


def test_cited_directives_are_listed_only_when_asked_for(office):
    office.register(direction=Direction.EXTERNAL)
    assert find(office).rows == []
    assert numbers(find(office, direction="external")) == ["325/KH-UBND"]
