"""Periods of work programmes, where a plan stands in time, and lists as they are pasted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.dates import LAST_YEAR
from registry.domain.work_programme import (
    PlanPeriod,
    PlanStanding,
    PlanState,
    read_lines,
    standing,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(("code", "start", "end", "name"), [
    pytest.param("2021", date(2021, 1, 1), date(2021, 12, 31), "Năm 2021", id="year"),
    pytest.param("2021-H2", date(2021, 7, 1), date(2021, 12, 31), "6 tháng cuối năm 2021", id="half year"),
    pytest.param("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "Quý I năm 2024", id="quarter"),
    pytest.param("2024-M02", date(2024, 2, 1), date(2024, 2, 29), "Tháng 2 năm 2024", id="month of a leap year"),
])
def test_a_period_is_read_and_printed(code, start, end, name):
    period = PlanPeriod.read(code)
    assert (period.start, period.end, str(period), period.code) == (start, end, name, code)


@pytest.mark.parametrize("text", ["", "2021-", "2021-Q5", "2021-M13", "21-Q1", "2021-q1", "٢٠٢١", "2021-H2x", "0001"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"period|part|year"):
        PlanPeriod.read(text)


@given(day=DAYS, length=st.sampled_from(["M", "Q", "H", ""]))
def test_periods_of_one_length_follow_each_other_without_a_gap(day, length):
    period = PlanPeriod.around(day, length)
    assert period.start <= day <= period.end
    assert PlanPeriod.read(period.code) == period
    assert period.following().start == period.end + timedelta(days=1)
    assert period.following().part[:1] == length


@pytest.mark.parametrize("part", ["", "H2", "Q4", "M12"])
def test_the_last_period_has_none_behind_it(part):
    assert PlanPeriod(LAST_YEAR, part).following() == PlanPeriod(LAST_YEAR, part)


@pytest.mark.parametrize(("state", "due", "issued", "told"), [
    pytest.param(PlanState.PLANNED, date(2021, 6, 21), None, PlanStanding.OVERDUE, id="yesterday"),
    pytest.param(PlanState.DRAFTING, date(2021, 6, 22), None, PlanStanding.DUE_SOON, id="today is in time"),
    pytest.param(PlanState.PLANNED, date(2021, 6, 30), None, PlanStanding.IN_TERM, id="later"),
    pytest.param(PlanState.ISSUED, date(2021, 6, 10), date(2021, 6, 10), PlanStanding.IN_TIME, id="on the day"),
    pytest.param(PlanState.ISSUED, date(2021, 6, 10), date(2021, 6, 11), PlanStanding.LATE, id="a day late"),
    pytest.param(PlanState.CARRIED, date(2021, 6, 10), None, PlanStanding.SET_ASIDE, id="carried over"),
])
def test_a_plan_stands_in_time_or_late(state, due, issued, told):
    assert standing(state, due, issued, date(2021, 6, 22)) == told


def plain(text):
    return [(line.kind.code if line.kind else None, line.subject, line.due_on, line.unit) for line in read_lines(text)]


def test_a_line_that_says_until_when_has_that_deadline_and_the_date_of_a_cited_document_is_none():
    assert plain("Báo cáo sơ kết, trình UBND tỉnh trước ngày 15/3/2027") == [("BC", "sơ kết", date(2027, 3, 15), "")]
    assert plain("Kế hoạch cải cách hành chính (hạn: 20/4/2027)") == [("KH", "cải cách hành chính", date(2027, 4, 20), "")]
    assert plain("Kế hoạch thực hiện Quyết định số 12/QĐ-TTg ngày 05/02/2027")[0][2] is None


@pytest.mark.parametrize(("text", "lines"), [
    pytest.param("Xây dựng Chương trình công tác năm 2022; Kế hoạch cải cách hành chính năm 2022; Dự toán thu, chi năm 2022.",
                 [("CTr", "công tác năm 2022", None, ""), ("KH", "cải cách hành chính năm 2022", None, ""),
                  (None, "Dự toán thu, chi năm 2022", None, "")], id="a report's sentence"),
    pytest.param("Trình UBND tỉnh: Quyết định ban hành Quy chế phát ngôn;\nTham mưu Đề án “A; b; c”",
                 [("QĐ", "ban hành Quy chế phát ngôn", None, ""), ("ĐA", "“A; b; c”", None, "")],
                 id="presented to another body; semicolons in a title"),
    pytest.param("1\tKế hoạch về việc số hóa\t30/11/2021\tPhòng CNTT\n2.\tBáo cáo năm\tPhòng CNTT\t15/12/2021",
                 [("KH", "số hóa", date(2021, 11, 30), "Phòng CNTT"), ("BC", "năm", date(2021, 12, 15), "Phòng CNTT")],
                 id="a table of Word"),
    pytest.param("- Tập huấn công tác thông tin đối ngoại\n\n", [(None, "Tập huấn công tác thông tin đối ngoại", None, "")],
                 id="no document of a kind"),
    pytest.param("Kế hoạch", [(None, "Kế hoạch", None, "")], id="a kind alone is kept as it is"),
    pytest.param(" \n;\t|;", [], id="nothing"),
])
def test_a_pasted_list_is_read(text, lines):
    assert plain(text) == lines


@given(st.text(max_size=2000))
def test_any_text_gives_lines_with_a_subject(text):
    lines = read_lines(text)
    assert all(line.subject.strip() and "\n" not in line.subject for line in lines)
