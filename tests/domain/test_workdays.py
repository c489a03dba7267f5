"""Working days, terms, report periods and recurring dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.recurrence import occurrences
from registry.domain.reports_period import ReportCycle, ReportPeriod, data_period
from registry.domain.workdays import Unit, YearWithoutCalendar, due_on
from registry.services.calendar_data import read_calendar, shipped_calendar

CALENDAR = shipped_calendar()


@pytest.mark.parametrize(("day", "works"), [
    pytest.param(date(2026, 1, 2), False, id="Friday off in exchange"),
    pytest.param(date(2026, 1, 10), True, id="Saturday worked in exchange"),
    pytest.param(date(2026, 2, 17), False, id="Tết"),
    pytest.param(date(2026, 4, 27), False, id="substitute for Hùng kings on a Sunday"),
    pytest.param(date(2026, 8, 22), True, id="Saturday worked for 31/8"),
    pytest.param(date(2026, 6, 6), False, id="Saturday"),
    pytest.param(date(2026, 11, 24), True, id="24/11 is not known to be law"),
])
def test_the_shipped_calendar_knows_days_off(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_announced_days_off_of_2026_number_25() -> None:
    spans = [(date(2026, 1, 1), 4), (date(2026, 2, 14), 9), (date(2026, 4, 25), 3), (date(2026, 4, 30), 4), (date(2026, 8, 29), 5)]
    assert not any(CALENDAR.is_working_day(first + timedelta(days=n)) for first, count in spans for n in range(count))


def test_a_year_without_data_is_an_error() -> None:
    with pytest.raises(YearWithoutCalendar):
        CALENDAR.add_working_days(date(2027, 12, 30), 5)


def test_an_office_corrects_its_own_days() -> None:
    own = CALENDAR.corrected(days_off=[date(2026, 6, 3)], worked=[date(2026, 6, 6)])
    assert not own.is_working_day(date(2026, 6, 3))
    assert own.is_working_day(date(2026, 6, 6))


@pytest.mark.parametrize(("event", "count", "unit", "due"), [
    pytest.param(date(2026, 6, 1), 5, Unit.day, date(2026, 6, 8), id="ends on Saturday: Monday"),
    pytest.param(date(2026, 6, 1), 5, Unit.working_day, date(2026, 6, 8), id="working days"),
    pytest.param(date(2026, 2, 13), 1, Unit.working_day, date(2026, 2, 23), id="over Tết"),
    pytest.param(date(2025, 12, 31), 1, Unit.month, date(2026, 2, 2), id="31/1 is a Saturday"),
    pytest.param(date(2025, 8, 31), 6, Unit.month, date(2026, 3, 2), id="no 31/2, and 28/2 is a Saturday"),
    pytest.param(date(2024, 2, 29), 1, Unit.year, date(2025, 2, 28), id="leap day"),
    pytest.param(date(2026, 6, 1), 2, Unit.week, date(2026, 6, 15), id="weeks"),
])
def test_terms_are_counted_by_the_civil_code(event: date, count: int, unit: Unit, due: date) -> None:
    assert due_on(event, count, CALENDAR, unit) == due


def test_a_day_off_is_told_as_far_as_years_are_known() -> None:
    assert CALENDAR.is_day_off(date(2026, 6, 6))
    assert not CALENDAR.is_day_off(date(2026, 6, 8))
    assert not CALENDAR.is_day_off(date(2126, 6, 8))


@given(st.dates(date(2016, 1, 1), date(2026, 1, 1)), st.integers(1, 200))
def test_working_days_added_can_be_counted_back(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == count


@pytest.mark.parametrize("lines", [
    pytest.param(["date,kind,name,status", "2026-01-01,feast,x,library"], id="unknown kind"),
    pytest.param(["date,kind,name,status", "2026-01-01,off,x,library", "2026-01-01,off,x,library"], id="twice"),
])
def test_a_faulty_calendar_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="calendar row"):
        read_calendar(lines)


@pytest.mark.parametrize(("cycle", "number", "start", "cut_off"), [
    pytest.param(ReportCycle.month, 1, date(2020, 12, 15), date(2021, 1, 14), id="January"),
    pytest.param(ReportCycle.quarter, 2, date(2021, 3, 15), date(2021, 6, 14), id="second quarter"),
    pytest.param(ReportCycle.first_half, 1, date(2020, 12, 15), date(2021, 6, 14), id="first half"),
    pytest.param(ReportCycle.second_half, 1, date(2021, 6, 15), date(2021, 12, 14), id="second half"),
    pytest.param(ReportCycle.nine_months, 1, date(2020, 12, 15), date(2021, 9, 14), id="nine months"),
    pytest.param(ReportCycle.year, 1, date(2020, 12, 15), date(2021, 12, 14), id="year"),
])
def test_reports_are_cut_off_on_the_14th(cycle: ReportCycle, number: int, start: date, cut_off: date) -> None:
    assert data_period(cycle, 2021, number) == ReportPeriod(start, cut_off)


@pytest.mark.parametrize(("rule", "days"), [
    pytest.param("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", [date(2021, 3, 20), date(2021, 6, 20), date(2021, 9, 20), date(2021, 12, 20)],
                 id="quarters of the calendar"),
    pytest.param("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=16", [date(2021, 6, 16)], id="yearly"),
    pytest.param("FREQ=YEARLY", [date(2021, 12, 31)], id="yearly, no day: the year's end"),
    pytest.param("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=31", [date(2021, 6, 30), date(2021, 12, 31)], id="a day that June lacks"),
])
def test_a_rule_gives_its_days(rule: str, days: list[date]) -> None:
    assert occurrences(rule, date(2021, 1, 5), date(2021, 12, 31)) == days


def test_a_rule_may_name_several_days_of_a_month() -> None:
    found = occurrences("FREQ=MONTHLY;BYMONTHDAY=15,30", date(2021, 1, 20), date(2021, 3, 15))
    assert found == [date(2021, 1, 30), date(2021, 2, 15), date(2021, 2, 28), date(2021, 3, 15)]
