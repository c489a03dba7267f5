"""Lists of obligations in each order, page by page, on both databases."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.domain.obligations import ObligationState
from registry.domain.roles import Role
from registry.models import Unit
from registry.services import obligation_lists, obligation_order, obligations, users
from registry.services.obligation_lists import ObligationFilter, ObligationRow, Scope
from registry.services.obligation_order import NEVER, Sort
from registry.services.obligations import NewObligation
from registry.services.users import UserData
from tests.conftest import NOON
from tests.factories import CLERK

_STATES = list(ObligationState)
_KEYS = {
    Sort.DUE: lambda row: (),
    Sort.TASK: lambda row: row.task,
    Sort.DOCUMENT: lambda row: (row.document_issued_on, int((row.document_number or "0").partition("/")[0])),
    Sort.PERSON: lambda row: row.user or "\uffff",
    Sort.UNIT: lambda row: row.unit or "\uffff",
    Sort.STATE: lambda row: _STATES.index(row.state),
}


@pytest.fixture
def many(office):
    """Twenty obligations of two documents, some of them without person, unit or date."""
    with office.db.begin() as session:
        rows = [Unit(name=name, name_key=name) for name in ("phong a", "phong b")]
        session.add_all(rows)
        session.flush()
        units = [unit.id for unit in rows]
    people = [users.create_user(office.db, UserData(name, name, Role.OFFICIAL), actor=CLERK, at=NOON)[0]
              for name in ("an", "binh")]
    papers = [office.register(number=f"{number}/KH-UBND", issued_on=date(2021, month, 1))
              for number, month in ((7, 2), (12, 2), (3, 5))]
    chance = random.Random(5)
    for _ in range(20):
        obligations.create(office.db, NewObligation(
            document_id=chance.choice(papers), task=chance.choice(["bao cao", "lap ke hoach", "ra soat"]),
            user_id=chance.choice([None, *people]), unit_id=chance.choice([None, *units]),
            printed_on=chance.choice([None, date(2021, 6, 1) + timedelta(days=chance.randint(0, 9))])),
            actor=CLERK, at=NOON)
    return office.db


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_brings_each_row_once_and_in_its_place(many, sort, descending):
    rows: list[ObligationRow] = []
    after = None
    while True:
        page = obligation_lists.find_obligations(many, ObligationFilter(scope=Scope.ALL), actor=CLERK, now=NOON,
                                                 after=after, sort=sort, descending=descending, limit=3)
        rows += page.rows
        after = page.after
        if after is None:
            break
    assert len({row.id for row in rows}) == len(rows) == page.total == 20
    placed = [(_KEYS[sort](row), row.due_on or NEVER) for row in rows]
    assert placed == sorted(placed, reverse=descending)


@given(st.sampled_from(list(Sort)), st.text() | st.sampled_from(
    ["[]", "null", '["2021-13-40",1]', '["2021-06-01",true]', '["2021-06-01",99999999999]', '["\\u0000","2021-06-01",1]',
     "[" * 400]))
@example(Sort.TASK, '["\\ud800","2021-06-01",1]')
def test_a_place_that_is_none_starts_at_the_beginning(sort, text):
    assert obligation_order.read_place(text, sort) is None


def test_a_place_is_read_as_it_was_written():
    place = ("rà soát", date(2021, 6, 30), 12)
    assert obligation_order.read_place(obligation_order.write_place(place), Sort.TASK) == place
