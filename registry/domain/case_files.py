"""Case files (hồ sơ): retention, when they are due at the office's archive, and when that is announced."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

NOTICE = timedelta(days=30)
"""How long before hand-over the holder is told (Nghị định 30/2020/NĐ-CP, Phụ lục VI)."""
LEAST_RETENTION = 5
"""Years of retention from which a file goes to the archive (Nghị định 30/2020/NĐ-CP, Điều 31 khoản 3 điểm c)."""
MOST_KEPT_BACK = relativedelta(years=2)
"""How long a unit may keep a file beyond its day, with written consent (Điều 31 khoản 3 điểm d)."""
RETENTIONS: tuple[int | None, ...] = (None, 70, 50, 30, 20, 15, 10, 5, 3, 2, 1)
"""Retention in years as forms offer it; None is for ever (vĩnh viễn)."""


class FileState(StrEnum):
    """How far a case file is."""

    OPEN = "open"
    """Đang lập."""
    CLOSED = "closed"
    """Đã kết thúc: the work is done, the file is put in order."""
    HANDED_OVER = "handed_over"
    """Đã nộp lưu."""


def goes_to_archive(retention_years: int | None) -> bool:
    """Tell whether a file of this retention is handed over at all; None is for ever."""
    return retention_years is None or retention_years >= LEAST_RETENTION


def hand_over_on(ended_on: date, retention_years: int | None, *, construction: bool = False) -> date | None:
    """Return the last day for handing a file over to the office's archive; None where it stays with the unit.

    One year from the day on which the work ended; three months from the final settlement of a
    construction (``ended_on`` then is the day of the settlement).
    Source: Nghị định 30/2020/NĐ-CP, Điều 30 khoản 2; not later than Luật Lưu trữ 33/2024/QH15 asks for the
    current archive, which counts from the end of that year.
    """
    if not goes_to_archive(retention_years):
        return None
    due_on: date = ended_on + (relativedelta(months=3) if construction else relativedelta(years=1))
    return due_on


def latest_kept_back(due_on: date) -> date:
    """Return the day until which the unit may keep a file that is due on ``due_on``, with written consent."""
    latest: date = due_on + MOST_KEPT_BACK
    return latest


def retention_text(years: int | None) -> str:
    """Print a retention as the forms do: "Vĩnh viễn", "20 năm"."""
    return "Vĩnh viễn" if years is None else f"{years} năm"
