"""The office's own days off."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.errors import NotPossible
from registry.services import work_calendar
from tests.conftest import NOON
from tests.factories import CLERK


def test_the_office_corrects_its_calendar(db):
    holiday = date(2021, 6, 24)  # a Thursday
    assert work_calendar.get(db).is_working_day(holiday)
    work_calendar.set_day(db, holiday, "off", "Ngày truyền thống", actor=CLERK, at=NOON)
    assert not work_calendar.get(db).is_working_day(holiday)
    assert [one.name for one in work_calendar.get_year(db, 2021).own] == ["Ngày truyền thống"]
    work_calendar.remove_day(db, holiday, actor=CLERK, at=NOON)
    assert work_calendar.get(db).is_working_day(holiday)
    with pytest.raises(NotPossible, match="year_without_calendar"):
        work_calendar.set_day(db, date(2099, 1, 1), "off", "", actor=CLERK, at=NOON)
