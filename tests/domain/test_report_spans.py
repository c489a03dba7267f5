"""Reporting periods: their days, their names, and those before and after them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.report_spans import Counting, SpanKind, current_half, days, span

K = SpanKind


@pytest.mark.parametrize(("period", "first", "last", "name"), [
    (span(K.MONTH, 2021, 2), (1, 2, 2021), (28, 2, 2021), "tháng 02 năm 2021"),
    (span(K.MONTH, 2021, 6), (1, 6, 2021), (30, 6, 2021), "tháng 6 năm 2021"),
    (span(K.QUARTER, 2021, 4), (1, 10, 2021), (31, 12, 2021), "quý IV năm 2021"),
    (span(K.FIRST_HALF, 2021), (1, 1, 2021), (30, 6, 2021), "sáu tháng đầu năm 2021"),
    (span(K.SECOND_HALF, 2021), (1, 7, 2021), (31, 12, 2021), "sáu tháng cuối năm 2021"),
    (span(K.NINE_MONTHS, 2021), (1, 1, 2021), (30, 9, 2021), "chín tháng đầu năm 2021"),
    (span(K.YEAR, 2021), (1, 1, 2021), (31, 12, 2021), "năm 2021"),
    (days(date(2021, 2, 5), date(2021, 3, 15)), (5, 2, 2021), (15, 3, 2021), "từ ngày 05/02/2021 đến ngày 15/3/2021"),
    (span(K.FIRST_HALF, 2021, counting=Counting.CUT_OFF), (15, 12, 2020), (14, 6, 2021), "sáu tháng đầu năm 2021"),
    (span(K.QUARTER, 2021, 1, counting=Counting.CUT_OFF), (15, 12, 2020), (14, 3, 2021), "quý I năm 2021"),
])
def test_a_period_has_its_days_and_its_name(period, first, last, name):
    assert ((period.start.day, period.start.month, period.start.year), (period.end.day, period.end.month, period.end.year),
            period.name) == (first, last, name)


@pytest.mark.parametrize(("period", "before", "after"), [
    (span(K.MONTH, 2021, 1), "tháng 12 năm 2020", "tháng 02 năm 2021"),
    (span(K.QUARTER, 2021, 4), "quý III năm 2021", "quý I năm 2022"),
    (span(K.FIRST_HALF, 2021), "sáu tháng cuối năm 2020", "sáu tháng cuối năm 2021"),
    (span(K.SECOND_HALF, 2021), "sáu tháng đầu năm 2021", "sáu tháng đầu năm 2022"),
    (span(K.NINE_MONTHS, 2021), "chín tháng đầu năm 2020", "quý IV năm 2021"),
    (span(K.YEAR, 2021), "năm 2020", "năm 2022"),
    (days(date(2021, 1, 11), date(2021, 1, 20)), "từ ngày 01/01/2021 đến ngày 10/01/2021",
     "từ ngày 21/01/2021 đến ngày 30/01/2021"),
])
def test_a_period_knows_the_one_before_and_the_one_after(period, before, after):
    assert (period.before().name, period.next().name) == (before, after)


@given(st.sampled_from([K.MONTH, K.QUARTER, K.FIRST_HALF, K.SECOND_HALF, K.YEAR]), st.integers(1950, 2090),
       st.integers(1, 4), st.sampled_from(Counting))
def test_neighbouring_periods_leave_no_day_out_and_count_none_twice(kind, year, number, counting):
    period = span(kind, year, number, counting=counting)
    assert period.next().start == period.end + timedelta(days=1)
    assert period.before().end == period.start - timedelta(days=1)
    assert period.next().before() == period


@given(st.dates(date(1960, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_any_days_move_by_their_own_length_and_by_a_year(start, length):
    period = days(start, start + timedelta(days=length))
    assert period.next().start == period.end + timedelta(days=1)
    assert period.before().next() == period
    assert period.year_before().start.year == start.year - 1


def test_the_same_days_of_a_year_ago_survive_the_29th_of_february():
    assert days(date(2024, 2, 29), date(2024, 2, 29)).year_before().start == date(2023, 2, 28)


@pytest.mark.parametrize("bad", [
    lambda: span(K.MONTH, 2021, 13), lambda: span(K.QUARTER, 2021, 0), lambda: span(K.DAYS, 2021),
    lambda: span(K.YEAR, 1), lambda: days(date(2021, 2, 2), date(2021, 2, 1))])
def test_what_is_no_period_is_refused(bad):
    with pytest.raises(ValueError, match=r"\d"):
        bad()


@pytest.mark.parametrize(("today", "name"), [
    (date(2021, 2, 1), "sáu tháng cuối năm 2020"), (date(2021, 6, 22), "sáu tháng đầu năm 2021"),
    (date(2021, 8, 1), "sáu tháng đầu năm 2021"), (date(2021, 11, 26), "sáu tháng cuối năm 2021")])
def test_the_half_year_offered_is_the_one_that_a_report_is_due_on(today, name):
    assert current_half(today).name == name
