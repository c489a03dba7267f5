"""Looking up by number, however it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from registry.services import lookup
from tests.factories import CLERK


@pytest.fixture
def shelf(office):
    for number, kind, issued_on, issuer in [
        ("325/KH-UBND", "KH", date(2021, 2, 4), "ubnd-ha-nam"),
        ("3250/KH-UBND", "KH", date(2021, 2, 5), "ubnd-ha-nam"),
        ("32/BC-UBND", "BC", date(2021, 2, 6), "ubnd-ha-nam"),
        ("21/QĐ-TTg", "QĐ", date(2021, 1, 6), "thu-tuong"),
        ("21/QĐ-TTg", "QĐ", date(2020, 1, 6), "thu-tuong"),
        ("07/2021/QĐ-UBND", "QĐ", date(2021, 4, 9), "ubnd-ha-nam"),
        ("07/TB-UBND", "TB", date(2021, 1, 9), "ubnd-ha-nam"),
        ("12/HĐ-STTTT", "HĐ", date(2021, 4, 9), "stttt-ha-nam"),
        ("12/HD-STTTT", "HD", date(2021, 4, 9), "stttt-ha-nam"),
    ]:
        office.register(number=number, kind_id=office.kinds[kind], issued_on=issued_on,
                        issuer_id=office.bodies[issuer], subject=f"văn bản {number}", confirmed=True)
    return office


def found(office, typed):
    rows = lookup.find_by_number(office.db, typed, actor=CLERK)
    return None if rows is None else [row.number for row in rows]


@pytest.mark.parametrize(("typed", "expected"), [
    pytest.param("325/KH-UBND", ["325/KH-UBND", "3250/KH-UBND"], id="the number itself, then longer ones"),
    pytest.param("325", ["325/KH-UBND", "3250/KH-UBND"], id="the numeral"),
    pytest.param("kh-ubnd 325", ["325/KH-UBND", "3250/KH-UBND"], id="the other way round"),
    pytest.param("21/qd-ttg", ["21/QĐ-TTg", "21/QĐ-TTg"], id="without tone marks, newest first"),
    pytest.param("qđ ttg 21", ["21/QĐ-TTg", "21/QĐ-TTg"], id="loose words"),
    pytest.param("Quyết định số 21/QÐ–TTg", ["21/QĐ-TTg", "21/QĐ-TTg"], id="with the kind, wrong letters"),
    pytest.param("32", ["32/BC-UBND", "325/KH-UBND", "3250/KH-UBND"], id="the exact numeral first"),
    pytest.param("7/2021", ["07/2021/QĐ-UBND", "07/TB-UBND"], id="the year in the number, then of the date"),
    pytest.param("bc-ubnd", ["32/BC-UBND"], id="the symbol alone"),
    pytest.param("12/HĐ-STTTT", ["12/HĐ-STTTT", "12/HD-STTTT"], id="a contract before a guidance"),
    pytest.param("999/KH-UBND", [], id="nothing"),
    pytest.param("kế hoạch ứng dụng công nghệ", None, id="words are not a number"),
])
def test_a_document_is_found_by_what_is_typed_of_its_number(shelf, typed, expected):
    assert found(shelf, typed) == expected


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE documents --", "9" * 60, "\x00", "a" * 100_000, "325%"])
def test_what_is_typed_never_breaks_the_look_up(shelf, typed):
    assert found(shelf, typed) in (None, [], ["325/KH-UBND", "3250/KH-UBND"])
