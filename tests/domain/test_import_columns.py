"""Headers and cells of offices' files: found however they are laid out, and nothing dropped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import MissingValue, SecretDocument
from registry.domain.importing_columns import Meaning, find_header, guess, meaning_of
from registry.domain.importing_rows import check_row_secrecy, content_id, read_row

NASTY = [
    "", "\x00\x01", "Qu\u0079\u0302\u0301t \u0111i\u0323nh", "\u202e15/QĐ-UBND\u200f", "31/02/2021", "00/00/0000", "1/1/0001",
    "31/12/9999", "1" + "/a" * 40, "'; DROP TABLE documents; --", "<script>alert(1)</script>", "a" * 1_000_000,
    "1" * 5000, "=1+1", "\ud800", "Quý II/2026", "44927", "1e999", "-1", "mật", "😀" * 100, "\n\n\t",
]
CELLS = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.dates().map(lambda day: f"{day:%d/%m/%Y}"))


@pytest.mark.parametrize(("heading", "meaning"), [
    ("Số, ký hiệu", Meaning.NUMBER), ("Số, ký hiệu văn bản", Meaning.NUMBER), ("SỐ/KÝ HIỆU", Meaning.NUMBER),
    ("Ngày, tháng, năm văn bản", Meaning.ISSUED_ON), ("Ngày đến", Meaning.RECEIVED_ON),
    ("Tên loại và trích yếu nội dung văn bản", Meaning.SUBJECT), ("Tác giả", Meaning.ISSUER),
    ("Nơi nhận văn bản", Meaning.RECIPIENTS), ("Đơn vị, người nhận bản lưu", Meaning.ARCHIVE_UNIT),
    ("Số lượng bản", Meaning.COPIES), ("Người ký", Meaning.SIGNER), ("Ghi chú", Meaning.NOTES),
    ("STT", Meaning.SKIPPED), ("Độ mật", Meaning.SECRECY), ("number", Meaning.NUMBER), ("body", Meaning.TEXT),
    ("Màu bìa", None), ("", None), ("x" * 1_000_000, None),
], ids=lambda value: str(value)[:20])
def test_a_column_is_known_by_its_heading(heading, meaning):
    assert meaning_of(heading) == meaning


def test_a_title_two_header_rows_and_column_numbers_stand_above_the_data():
    rows = [["SỔ VĂN BẢN ĐẾN"], [], ["TT", "Văn bản", "", "Trích yếu"], ["", "Số ký hiệu", "Ngày"],
            ["(1)", "(2)", "(3)", "(4)"], ["1", "15/QĐ-UBND", "5/1/2021", "Giao chỉ tiêu"]]
    header = find_header(rows)
    assert header is not None
    assert header.first_row == 5
    assert list(guess(header.names).values()) == [Meaning.SKIPPED, Meaning.NUMBER, Meaning.ISSUED_ON, Meaning.SUBJECT]


@pytest.mark.parametrize(("cell", "number", "kind", "on"), [
    ("Công văn số 194/TTr-CAT-QLHC ngày 16/10/2025", "194/TTr-CAT-QLHC", "Công văn", date(2025, 10, 16)),
    ("Quyết định số 21/2020/QĐ-TTg ngày 05 tháng 3 năm 2020", "21/2020/QĐ-TTg", "Quyết định", date(2020, 3, 5)),
    ("15/QĐ-UBND", "15/QĐ-UBND", None, None),
], ids=["letter", "decision", "number alone"])
def test_a_cell_of_kind_number_and_date_is_read_apart(cell, number, kind, on):
    row = read_row({"Văn bản": cell, "Trích yếu": "Về việc"}, {"Văn bản": Meaning.NUMBER, "Trích yếu": Meaning.SUBJECT})
    assert row.number == number
    assert (row.kind.name if row.kind else None) == kind
    assert row.dates.get(Meaning.ISSUED_ON) == on


@pytest.mark.parametrize("value", ["Quý II/2026", "31/02/2021", "sau Tết"])
def test_a_date_that_is_no_day_is_kept_as_text_and_told(value):
    row = read_row({"Ngày": value, "Trích yếu": "Báo cáo"}, {"Ngày": Meaning.ISSUED_ON, "Trích yếu": Meaning.SUBJECT})
    assert row.notes == [f"Ngày: {value}"]
    assert [remark.column for remark in row.remarks] == ["Ngày"]


def test_a_column_of_no_field_is_kept_under_its_own_name():
    row = read_row({"Màu bìa": "đỏ", "Trích yếu": "Báo cáo"}, {"Màu bìa": Meaning.KEPT, "Trích yếu": Meaning.SUBJECT})
    assert row.notes == ["Màu bìa: đỏ"]


def test_a_row_without_id_has_the_same_one_again_whatever_its_spaces():
    assert content_id({"a": "15/QĐ-UBND", "b": ""}) == content_id({"a": " 15/QĐ-UBND "})
    assert content_id({"a": "15/QĐ-UBND"}) != content_id({"a": "16/QĐ-UBND"})


@given(st.dictionaries(st.sampled_from(list(Meaning)), CELLS, max_size=8))
def test_no_cell_breaks_the_reading_of_a_row(cells):
    named = {f"cột {meaning.value}": value for meaning, value in cells.items()}
    meanings = {f"cột {meaning.value}": meaning for meaning in cells}
    try:
        check_row_secrecy(named, meanings)
        read_row(named, meanings)
    except (MissingValue, SecretDocument):
        pass
    content_id(named)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_no_rows_break_the_search_for_the_header(rows):
    header = find_header(rows)
    if header is not None:
        guess(header.names)
