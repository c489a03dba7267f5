"""Deadlines (thời hạn) in a text: dates, ends of periods, recurring dates and terms after an event.

What is found is a proposal that a clerk confirms. Signing and effective dates, planning periods,
conditions ("vi phạm trước ngày 01/7/2014") and legal bases are no deadlines.
"""

from __future__ import annotations

from datetime import date

from registry.domain.deadline_reader import read_deadlines
from registry.domain.deadline_values import Deadline, Relative, last_day

__all__ = ["Deadline", "Relative", "find_deadlines", "last_day"]


def find_deadlines(text: str, *, doc_date: date | None) -> list[Deadline]:
    """Return the deadlines in ``text`` in the order in which they stand.

    ``doc_date`` is the day the document was issued: years left out come from it, and days before
    it are no deadlines. Runs in time linear in the length of the text.
    """
    return read_deadlines(text, doc_date)
