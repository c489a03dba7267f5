"""Figures of reports."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.obligations import FourNumbers
from registry.domain.report_figures import (
    Lateness,
    change,
    handing_over,
    lateness,
    months_of,
    percent,
    percentile,
    share,
)
from registry.domain.report_sentences import (
    handing_over_paragraph,
    lateness_paragraph,
    numbers_paragraph,
    volumes_paragraph,
)
from registry.services.calendar_data import shipped_calendar

CALENDAR = shipped_calendar()


@pytest.mark.parametrize(("part", "whole", "said"), [(5, 6, "83,3%"), (1, 2, "50%"), (0, 4, "0%"), (0, 0, "–"), (2, 3, "66,7%")])
def test_a_share_is_printed_as_offices_print_it(part, whole, said):
    assert percent(share(part, whole)) == said


@pytest.mark.parametrize(("now", "before", "said"), [
    (15, 12, "+3 (+25%)"), (6, 12, "-6 (-50%)"), (4, 4, "0"), (3, 0, "+3"), (0, 3, "-3 (-100%)")])
def test_a_change_says_how_much_and_how_much_of_a_hundred(now, before, said):
    assert change(now, before) == said


@given(st.lists(st.integers(0, 400), min_size=1, max_size=200), st.sampled_from([0.5, 0.9]))
def test_a_percentile_of_counts_is_that_of_the_things_counted(values, rank):
    counts = {value: values.count(value) for value in values}
    assert percentile(counts, rank) == sorted(values)[max(math.ceil(round(rank * len(values), 9)) - 1, 0)]


def test_handing_over_counts_working_days_over_a_weekend_and_a_holiday():
    friday, monday, tuesday = date(2021, 4, 23), date(2021, 4, 26), date(2021, 4, 27)
    before_holidays, after = date(2021, 4, 29), date(2021, 5, 4)  # 30/4, 1/5 and the day off in lieu lie between
    found = handing_over([(friday, friday, 4), (friday, monday, 3), (friday, tuesday, 2), (before_holidays, after, 1),
                          (monday, None, 5)], CALENDAR)
    assert (found.same_day, found.next_day, found.later, found.not_yet) == (4, 4, 2, 5)
    assert (found.median, found.p90) == (3, 4)
    assert found.holidays_known


def test_without_holidays_of_a_year_weekends_alone_are_days_off_and_it_is_told():
    friday = date(1999, 4, 30)
    found = handing_over([(friday, friday + timedelta(days=3), 1)], CALENDAR)
    assert (found.next_day, found.holidays_known) == (1, False)
    assert handing_over([], CALENDAR).total == 0


@given(st.lists(st.tuples(st.dates(date(2016, 1, 1), date(2026, 6, 1)), st.integers(-3, 40), st.integers(1, 5)), max_size=30))
def test_handing_over_agrees_with_counting_document_by_document(rows):
    pairs = [(day, day + timedelta(days=took), many) for day, took, many in rows]
    found = handing_over(pairs, CALENDAR)
    one_by_one = [(max((handed - day).days, 0), CALENDAR.working_days_between(day, max(handed, day)))
                  for day, handed, many in pairs for _ in range(many)]
    assert found.same_day == sum(took == 0 for took, _worked in one_by_one)
    assert found.later == sum(took > 0 and worked > 1 for took, worked in one_by_one)
    assert found.handed == len(one_by_one)


def test_months_are_named_over_the_turn_of_a_year():
    assert months_of(date(2020, 11, 30), date(2021, 2, 1)) == ["2020-11", "2020-12", "2021-01", "2021-02"]


def test_the_sentence_on_work_says_the_four_numbers_and_the_change():
    said = numbers_paragraph("quý I năm 2021", "Sở Y tế", FourNumbers(5, 1, 3, 1), FourNumbers(4, 0, 2, 1), "quý IV năm 2020")
    assert said == (
        "Trong quý I năm 2021, Sở Y tế có 10 nhiệm vụ được giao phải theo dõi; đã hoàn thành 6 nhiệm vụ (đúng hạn 5, quá "
        "hạn 1), đang thực hiện 4 nhiệm vụ (trong hạn 3, quá hạn 1). Tỷ lệ hoàn thành đúng hạn trên số đã hoàn thành đạt "
        "83,3%. Số nhiệm vụ hoàn thành tăng 2 (50%) so với quý IV năm 2020; số quá hạn chưa hoàn thành bằng quý IV năm "
        "2020.")
    assert numbers_paragraph("quý I năm 2021", "Sở Y tế", FourNumbers(), FourNumbers(1), "quý IV năm 2020") == ""


def test_the_sentences_on_documents_say_volumes_and_handing_over():
    assert volumes_paragraph("năm 2021", "Sở Y tế", (1200, 800, 0), (1500, 800, 0), "năm 2020") == (
        "Trong năm 2021, Sở Y tế tiếp nhận 1.200 văn bản đến, phát hành 800 văn bản đi. Văn bản đến giảm 300 (20%) so với "
        "năm 2020; văn bản đi bằng năm 2020.")
    monday = date(2021, 6, 7)
    found = handing_over([(monday, monday, 3), (monday, monday + timedelta(days=2), 1), (monday, None, 2)], CALENDAR)
    assert handing_over_paragraph(found) == (
        "Trong 4 văn bản đến đã chuyển giao, 75% được chuyển trong ngày hoặc ngày làm việc tiếp theo; một nửa số văn bản "
        "được chuyển trong ngày nhận, 90% trong 2 ngày. Còn 2 văn bản chưa ghi ngày chuyển giao.")


def test_late_work_is_said_with_its_days_and_the_unit_that_has_most():
    assert lateness_paragraph(Lateness(), None) == ""
    assert lateness_paragraph(lateness(3, {}, {}), None) == (
        "Trong 3 nhiệm vụ đến hạn trong kỳ, không có nhiệm vụ chậm hạn.")
    assert lateness_paragraph(lateness(1, {4: 1}, {}), None) == (
        "Trong 2 nhiệm vụ đến hạn trong kỳ, 1 nhiệm vụ chậm hạn (50%); chậm 4 ngày.")
    late = lateness(6, {2: 2, 9: 1}, {30: 1})
    assert (late.total, late.late, late.median, late.longest) == (10, 4, 2, 30)
    assert lateness_paragraph(late, ("Văn phòng", late)) == (
        "Trong 10 nhiệm vụ đến hạn trong kỳ, 4 nhiệm vụ chậm hạn (40%), trong đó 1 nhiệm vụ chưa xong; một nửa số nhiệm vụ "
        "chậm không quá 2 ngày, lâu nhất 30 ngày. Chậm nhiều nhất là Văn phòng (4 nhiệm vụ).")
