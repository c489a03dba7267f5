"""The chain of a document, as the database gives it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from registry.domain.errors import NotFound
from registry.services import document_life
from registry.services.chain import Standing, get_chain
from registry.services.document_rows import Reference
from tests.conftest import NOON
from tests.factories import CLERK, READER

TODAY = NOON.date()


@pytest.fixture
def shelf(office):
    """A decision of the Prime Minister (external), a plan that carries it out, and what carries out the plan."""
    office.plan = office.register(number="10/KH-UBND", references=(
        Reference(number="749/QĐ-TTg", issued_on=date(2020, 6, 3), kind_id=office.kinds["QĐ"], relation="implements"),))
    office.letter = office.register(
        number="20/UBND-VX", kind_id=office.kinds["CV"], references=(Reference(document_id=office.plan, relation="guides"),))
    office.report = office.register(
        number="30/BC-UBND", kind_id=office.kinds["BC"],
        references=(Reference(document_id=office.letter, relation="reports_on"), Reference(document_id=office.plan, relation="cites")))
    return office


def numbers(chain, tree):
    return [chain.documents[branch.key].number for branch in tree.walk()][1:]


def test_up_is_what_it_carries_out_and_down_what_carries_it_out(shelf):
    chain = get_chain(shelf.db, shelf.plan, actor=CLERK, on=TODAY)
    assert numbers(chain, chain.up) == ["749/QĐ-TTg"]
    assert numbers(chain, chain.down) == ["20/UBND-VX", "30/BC-UBND"], "to any depth, and mention makes no chain"
    assert chain.documents[chain.up.branches[0].key].standing == Standing.EXTERNAL
    assert chain.size == 3


def test_the_report_stands_below_all_of_them(shelf):
    chain = get_chain(shelf.db, shelf.report, actor=CLERK, on=TODAY)
    assert numbers(chain, chain.up) == ["20/UBND-VX", "10/KH-UBND", "749/QĐ-TTg"]
    assert chain.down.branches == []


def test_two_relations_to_one_document_are_one_place_with_the_closest_first(shelf):
    other = shelf.register(number="11/KH-UBND", references=(
        Reference(document_id=shelf.plan, relation="replaces"), Reference(document_id=shelf.plan, relation="implements")))
    chain = get_chain(shelf.db, other, actor=CLERK, on=TODAY)
    assert [branch.relations for branch in chain.up.branches] == [("implements", "replaces")]
    assert chain.up.branches[0].changes


def test_what_a_person_may_not_see_is_neither_shown_nor_counted(shelf):
    hidden = shelf.register(number="40/QĐ-UBND", kind_id=shelf.kinds["QĐ"], restricted=True, subject="kỷ luật",
                            references=(Reference(document_id=shelf.plan, relation="implements"),))
    shelf.register(number="41/UBND-VX", kind_id=shelf.kinds["CV"],
                   references=(Reference(document_id=hidden, relation="guides"),))
    seen = get_chain(shelf.db, shelf.plan, actor=CLERK, on=TODAY)
    assert {"40/QĐ-UBND", "41/UBND-VX"} <= set(numbers(seen, seen.down))
    chain = get_chain(shelf.db, shelf.plan, actor=READER, on=TODAY, deepest=1)
    assert numbers(chain, chain.down) == ["20/UBND-VX"]
    assert chain.down.more == 0
    none = get_chain(shelf.db, shelf.plan, actor=READER, on=TODAY, deepest=0)
    assert none.down.more == 1
    with pytest.raises(NotFound):
        get_chain(shelf.db, hidden, actor=READER, on=TODAY)


def test_what_another_document_replaces_is_marked_from_its_day_on(shelf):
    newer = shelf.register(number="12/KH-UBND", restricted=True,
                           references=(Reference(document_id=shelf.plan, relation="replaces"),))

    def ended(actor, on=TODAY):
        return get_chain(shelf.db, shelf.letter, actor=actor, on=on).documents[shelf.plan].ended

    assert ended(CLERK)
    # Who may not see the newer document still learns that this one does not hold, as on its own page.
    assert ended(READER)
    assert not ended(CLERK, on=date(2021, 1, 1))
    document_life.cancel(shelf.db, newer, 1, "nhầm", actor=CLERK, at=NOON)
    assert not ended(CLERK)


def test_up_and_down_share_the_room(shelf):
    for n in range(50, 60):
        shelf.register(number=f"{n}/KH-UBND", references=(Reference(document_id=shelf.plan, relation="implements"),))
    chain = get_chain(shelf.db, shelf.plan, actor=CLERK, on=TODAY, most=6)
    assert len(numbers(chain, chain.up)) + len(numbers(chain, chain.down)) == 6
    assert chain.down.more == 6


def test_a_cancelled_document_is_shown_as_such(shelf):
    document_life.cancel(shelf.db, shelf.letter, 1, "nhầm", actor=CLERK, at=NOON)
    chain = get_chain(shelf.db, shelf.plan, actor=CLERK, on=TODAY)
    assert chain.documents[shelf.letter].standing == Standing.CANCELLED


def test_the_number_of_statements_follows_the_levels_and_not_the_documents(shelf, engine):
    for n in range(50, 80):
        shelf.register(number=f"{n}/KH-UBND", references=(Reference(document_id=shelf.plan, relation="implements"),))
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    chain = get_chain(shelf.db, shelf.plan, actor=CLERK, on=TODAY)
    assert chain.size == 33
    assert sum("SELECT" in one for one in statements) <= 8, statements
