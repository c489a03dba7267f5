"""Cut-off dates of periodic reports (thời gian chốt số liệu báo cáo định kỳ).

Source: Nghị định 09/2019/NĐ-CP, Điều 12, as Thông tư 09/2019/TT-NHNN repeats it word for word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReportCycle(StrEnum):
    """Kỳ báo cáo."""

    month = "month"
    quarter = "quarter"
    first_half = "first_half"
    second_half = "second_half"
    nine_months = "nine_months"
    year = "year"


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Kỳ số liệu: from its first to its last day, both counted; the last is the cut-off."""

    start: date
    cut_off: date


_WHOLE = {ReportCycle.first_half: (0, 6), ReportCycle.second_half: (6, 12),
          ReportCycle.nine_months: (0, 9), ReportCycle.year: (0, 12)}


def data_period(cycle: ReportCycle, year: int, number: int = 1) -> ReportPeriod:
    """Return the days a report covers: from the 15th of a month to the 14th of another.

    ``number`` is the month (1–12) or quarter (1–4); other cycles come once a year.

    Raises:
        ValueError: no such month or quarter.
    """
    most = {ReportCycle.month: 12, ReportCycle.quarter: 4}.get(cycle, 1)
    if not 1 <= number <= most:
        raise ValueError(f"{cycle} {number} is not within 1 to {most}")
    if cycle is ReportCycle.month:
        before, last = number - 1, number
    elif cycle is ReportCycle.quarter:
        before, last = number * 3 - 3, number * 3
    else:
        before, last = _WHOLE[cycle]
    start = date(year, before, 15) if before else date(year - 1, 12, 15)
    return ReportPeriod(start, date(year, last, 14))
