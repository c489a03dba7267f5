"""Numbers given by register books, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.errors import DateInFuture, NeedsConfirmation, NotPossible, NumberTaken, ReasonNeeded
from registry.domain.values import Direction
from registry.services import books
from tests.conftest import NOON
from tests.factories import CLERK


def take(office, book="KH", symbol="KH-UBND", **changes):
    changes.setdefault("number", "")
    return office.register(symbol=symbol, book_id=office.books[book], **changes)


def entries(office, book="KH", year=2021):
    rows = books.show(office.db, office.books[book], year).rows
    return [(f"{row.ordinal:02d}{row.suffix}", row.state) for row in reversed(rows)]


def numbers(office, book="KH", year=2021):
    return [row.number for row in reversed(books.show(office.db, office.books[book], year).rows)]


def test_a_book_counts_from_01_each_year(office):
    take(office)
    take(office, subject="việc thứ hai")
    take(office, subject="năm trước", issued_on=date(2020, 12, 30))
    assert numbers(office) == ["01/KH-UBND", "02/KH-UBND"]
    assert numbers(office, year=2020) == ["01/KH-UBND"]


def test_numbers_of_normative_documents_carry_the_year(office):
    take(office, "QĐ", "QĐ-UBND", kind_id=office.kinds["QĐ"])
    assert numbers(office, "QĐ") == ["01/2021/QĐ-UBND"]


def test_kinds_may_share_a_series(office):
    take(office, symbol="KH-UBND")
    take(office, symbol="BC-UBND", kind_id=office.kinds["BC"], subject="báo cáo")
    assert numbers(office) == ["01/KH-UBND", "02/BC-UBND"]


def test_incoming_documents_get_arrival_numbers_in_one_series(office):
    incoming = {"direction": Direction.INCOMING, "received_on": date(2021, 3, 1), "book_id": office.books["đến"]}
    office.register(**incoming)
    office.register(**incoming, number="12/CT-TTg", kind_id=office.kinds["CT"], issuer_id=office.bodies["thu-tuong"])
    assert entries(office, "đến") == [("01", "used"), ("02", "used")]
    assert numbers(office, "đến") == ["325/KH-UBND", "12/CT-TTg"]


def test_a_registration_that_fails_leaves_no_hole(office):
    take(office)
    with pytest.raises(DateInFuture):
        take(office, subject="mai", issued_on=date(2021, 12, 31))
    take(office, subject="việc thứ hai")
    assert numbers(office) == ["01/KH-UBND", "02/KH-UBND"]


def test_the_number_typed_may_be_the_next_one(office):
    take(office, number="01/KH-UBND")
    take(office, subject="tiếp theo")
    assert numbers(office) == ["01/KH-UBND", "02/KH-UBND"]


def test_a_jump_ahead_needs_consent_and_reserves_what_it_skips(office):
    with pytest.raises(NeedsConfirmation) as caught:
        take(office, number="04/KH-UBND")
    assert caught.value.warnings[0].facts["skipped"] == 3
    take(office, number="04/KH-UBND", confirmed=True)
    assert entries(office) == [("01", "reserved"), ("02", "reserved"), ("03", "reserved"), ("04", "used")]


def test_a_slip_of_a_digit_does_not_reserve_thousands(office):
    with pytest.raises(NotPossible):
        take(office, number="9999/KH-UBND", confirmed=True)
    assert entries(office) == []


def test_a_used_number_cannot_be_taken_again(office):
    take(office)
    with pytest.raises(NumberTaken):
        take(office, number="01/KH-UBND", subject="khác", issuer_id=office.bodies["ubnd-ninh-binh"])


def test_reserved_numbers_are_used_or_voided_with_a_reason(office):
    assert list(books.reserve(office.db, office.books["KH"], 2021, 2, "chờ ký", actor=CLERK, at=NOON)) == [1, 2]
    take(office)
    take(office, number="01/KH-UBND", subject="số đã giữ")
    held = next(row for row in books.show(office.db, office.books["KH"], 2021).rows if row.state == "reserved")
    with pytest.raises(ReasonNeeded):
        books.void(office.db, held.id, " ", actor=CLERK, at=NOON)
    books.void(office.db, held.id, "không ban hành", actor=CLERK, at=NOON)
    assert entries(office) == [("01", "used"), ("02", "voided"), ("03", "used")]
    with pytest.raises(NumberTaken):
        take(office, number="02/KH-UBND", subject="đã huỷ")


def test_a_number_in_between_needs_a_reason(office):
    take(office)
    with pytest.raises(ReasonNeeded):
        take(office, number="01a/KH-UBND", subject="chèn")
    take(office, number="01a/KH-UBND", subject="chèn", insert_reason="bỏ sót khi vào sổ")
    with pytest.raises(NotPossible):
        take(office, number="05a/KH-UBND", subject="sau cùng", insert_reason="thử")
    assert entries(office) == [("01", "used"), ("01a", "used")]


def test_a_book_goes_on_behind_the_paper_one(office):
    books.start_year(office.db, office.books["KH"], 2021, 953, actor=CLERK, at=NOON)
    take(office)
    take(office, number="325/KH-UBND", subject="đã ghi sổ giấy")
    assert numbers(office) == ["325/KH-UBND", "954/KH-UBND"]
    with pytest.raises(NotPossible):
        books.start_year(office.db, office.books["KH"], 2021, 900, actor=CLERK, at=NOON)
