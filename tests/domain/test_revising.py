"""What a cell of a list that was taken out says, and that texts survive the way out and back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import BadDate
from registry.domain.import_errors import BadCell
from registry.domain.revising import EDITABLE, ID, VERSION, Editable, Sort, is_taken_out, read_cell
from registry.domain.tables import defused, undefused
from registry.domain.values import Urgency

DAY, COUNT = Editable("sent_on", "Ngày gửi", 12, Sort.DAY), Editable("copies", "Số lượng bản", 9, Sort.COUNT)
URGENCY, LINES = Editable("urgency", "Mức độ khẩn", 12, Sort.URGENCY), Editable("notes", "Ghi chú", 30, Sort.LINES)


@pytest.mark.parametrize(("column", "text", "value"), [
    pytest.param(DAY, "5/2/2021", date(2021, 2, 5), id="day before month"),
    pytest.param(DAY, " ", None, id="no day"),
    pytest.param(COUNT, " 12 ", 12, id="count"),
    pytest.param(COUNT, "0", 0, id="zero is a count"),
    pytest.param(COUNT, "", None, id="no count"),
    pytest.param(URGENCY, "Thượng khẩn", Urgency.VERY_URGENT, id="urgency"),
    pytest.param(URGENCY, "", Urgency.NORMAL, id="no urgency is the usual one"),
    pytest.param(LINES, "một\r\nhai\n", "một\nhai", id="line breaks of Windows"),
    pytest.param(Editable("language", "Ngôn ngữ", 12), "tiếng\n Việt ", "tiếng Việt", id="a line has none"),
])
def test_a_cell_is_read_by_its_column(column, text, value):
    assert read_cell(column, text) == value


@pytest.mark.parametrize(("column", "text"), [
    (DAY, "31/02/2021"), (DAY, "mai"), (COUNT, "12.5"), (COUNT, "-1"), (COUNT, "100001"), (COUNT, "²"),
    (URGENCY, "gấp"), (URGENCY, "x" * 5000)])
def test_what_is_no_value_of_its_column_is_a_fault(column, text):
    with pytest.raises((BadDate, BadCell)):
        read_cell(column, text)


@given(st.sampled_from(EDITABLE), st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_cell(column, text):
    with suppress(BadDate, BadCell):
        read_cell(column, text)


@given(st.text(max_size=20) | st.text(alphabet="'= +-@\t\ra", max_size=6))
def test_a_text_survives_csv_and_is_never_a_formula(text):
    assert undefused(defused(text)) == text
    assert not defused(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_file_is_known_by_its_id_and_version():
    assert is_taken_out(["Số, ký hiệu", ID, VERSION])
    assert not is_taken_out(["Số, ký hiệu", ID])
