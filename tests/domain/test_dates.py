"""Ngày tháng: read as officials write them, the day first; printed as Decree 30 asks."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.dates import (
    print_date,
    print_short_date,
    read_date,
    weekday_name,
)
from registry.domain.errors import BadDate

days = st.dates(date(1945, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(("typed", "read"), [
    pytest.param("07/05/2021", date(2021, 5, 7), id="figures"),
    pytest.param("7/5/2021", date(2021, 5, 7), id="no zeros: the day first"),
    pytest.param("20.7.2020", date(2020, 7, 20), id="dots"),
    pytest.param("20-7-2020.", date(2020, 7, 20), id="dashes, a dot behind"),
    pytest.param("16 / 10 / 2025", date(2025, 10, 16), id="loose spaces"),
    pytest.param("ngày 17 tháng 10 năm 2025", date(2025, 10, 17), id="words"),
    pytest.param("17 tháng\n10 năm  2025", date(2025, 10, 17), id="words over two lines"),
    pytest.param("Hà Nội, ngày 05 tháng 02 năm 2021", date(2021, 2, 5), id="place in front"),
    pytest.param("NGÀY 05/3/2021", date(2021, 3, 5), id="capitals"),
    pytest.param("2021-05-07", date(2021, 5, 7), id="ISO"),
    pytest.param("2021-05-07 00:00:00", date(2021, 5, 7), id="a workbook's moment"),
    pytest.param("29/02/2024", date(2024, 2, 29), id="leap day"),
])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_date_is_read_as_officials_write_it(typed, read, form):
    assert read_date(unicodedata.normalize(form, typed)) == read


@pytest.mark.parametrize(("typed", "reason"), [
    pytest.param("31/02/2021", "no_such_day", id="31 February"),
    pytest.param("29/02/2023", "no_such_day", id="no leap year"),
    pytest.param("00/00/2021", "no_such_day", id="zeros"),
    pytest.param("00/00/0000", "no_such_day", id="zeros throughout"),
    pytest.param("12/31/2021", "no_such_day", id="month first"),
    pytest.param("01/01/0001", "out_of_range", id="year 1"),
    pytest.param("01/01/9999", "out_of_range", id="year 9999"),
    pytest.param("31/12/1944", "out_of_range", id="before the State"),
    pytest.param("", "unreadable", id="nothing"),
    pytest.param("05/2021", "unreadable", id="no day"),
    pytest.param("07/5/21", "unreadable", id="two-digit year"),
    pytest.param("hôm qua", "unreadable", id="words"),
    pytest.param("1" * 1_000_000, "unreadable", id="a megabyte"),
    pytest.param("'; DROP TABLE", "unreadable", id="SQL"),
])
def test_what_is_no_date_is_refused_with_the_reason(typed, reason):
    with pytest.raises(BadDate) as caught:
        read_date(typed)
    assert caught.value.reason == reason


def test_days_below_ten_and_the_months_one_and_two_take_a_zero():
    assert print_date(date(2021, 2, 5)) == "ngày 05 tháng 02 năm 2021"
    assert print_date(date(2021, 3, 5)) == "ngày 05 tháng 3 năm 2021"
    assert print_date(date(2021, 10, 15)) == "ngày 15 tháng 10 năm 2021"
    assert print_short_date(date(2021, 2, 5)) == "05/02/2021"
    assert print_short_date(date(2021, 4, 9)) == "09/4/2021"


def test_the_week_begins_with_thu_hai():
    assert weekday_name(date(2021, 5, 3)) == "Thứ Hai"
    assert weekday_name(date(2021, 5, 9)) == "Chủ nhật"


@given(days)
def test_what_is_printed_is_read_again(day):
    for printed in (print_date(day), print_short_date(day), day.isoformat(), f"{day:%d.%m.%Y}", print_date(day).upper()):
        assert read_date(printed) == day


@given(st.text() | st.text(alphabet="0123456789/-. ngàythángăm", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        read_date(text)
    except BadDate as error:
        refusal = error.reason
    else:
        return
    assert refusal in {"unreadable", "no_such_day", "out_of_range"}
