"""Running the readers of deadlines (thời hạn) over a text, and choosing among what they find."""

from __future__ import annotations

import re
from datetime import date

from registry.domain.deadlines.context import nothing_due
from registry.domain.deadlines.cycle_days import bare_days, month_days, named_months, weekly
from registry.domain.deadlines.cycles import every, recurring
from registry.domain.deadlines.dates import limits
from registry.domain.deadlines.headed import headed
from registry.domain.deadlines.periods import periods
from registry.domain.deadlines.terms import ahead, counted_days, notices, relatives
from registry.domain.deadlines.text import DeadlineText, Found
from registry.domain.deadlines.values import Deadline

_UNITS = re.compile(r"ngày|tháng|quý|quí|năm|tuần|giờ|\dh|\d\s?[/.-]\s?\d")
_NEAR, _LISTED = 12, 40
# The surer come first: of two that overlap, the one found first stays.
_READERS = (
    weekly, named_months, month_days, bare_days, limits, ahead, relatives, counted_days, notices, every, headed, periods)


def find_deadlines(text: str, *, doc_date: date | None) -> list[Deadline]:
    """Return the deadlines in ``text`` in the order in which they stand.

    ``doc_date`` is the day the document was issued: years left out come from it, and days before
    it are no deadlines. Runs in time linear in the length of the text.
    """
    source = DeadlineText(text, doc_date)
    if not _UNITS.search(source.low):
        return []
    taken: list[Found] = []
    for reader in _READERS:
        taken = _without_overlaps([*taken, *reader(source)])
    taken = _told_once(source, _without_overlaps([*taken, *recurring(source, taken)]))
    taken = [found for found in taken if not nothing_due(source, found)]
    return [source.placed(found, group[0].start, group[-1].end) for group in _lists(source, taken) for found in group]


def _told_once(text: DeadlineText, taken: list[Found]) -> list[Found]:
    """Return ``taken`` without a cycle whose day the sentence tells too: one task has one deadline.

    "Định kỳ hằng năm, Ban quản lý báo cáo … trước ngày 15 tháng 01 của năm sau", "Trong 10 ngày đầu của tháng
    tiếp theo, … gửi báo cáo định kỳ tháng": only the days. The cycles of a list ("quý, 6 tháng, năm") all stay.
    """
    bare = [found.deadline.kind == "recurring" and found.deadline.op is None for found in taken]
    kept: list[Found] = []
    for at, found in enumerate(taken):
        listed = any(bare[other] and abs(taken[other].start - found.start) < _LISTED
                     for other in (at - 1, at + 1) if 0 <= other < len(taken))
        first, stop = text.sentence(found.start) if bare[at] and not listed else (0, 0)
        if not text.low.endswith("báo cáo ", first, found.start):  # only where the cycle names a report, the day may stand before it
            first = found.start
        same = (found.deadline.frequency, found.deadline.interval)
        if not any(first <= other.start < stop and other.deadline.op and (other.deadline.frequency, other.deadline.interval) == same
                   for other in taken[max(0, at - 3):at + 4]):
            kept.append(found)
    return kept


def _lists(text: DeadlineText, taken: list[Found]) -> list[list[Found]]:
    """Return what was found, by lists of one task: "6 tháng (trước ngày 16/6), năm (trước ngày 20/11)"."""
    groups: list[list[Found]] = []
    for found in taken:
        behind = groups[-1][-1].end if groups else 0
        if groups and found.start - behind < _NEAR and not re.search("[.;\n]", text.low[behind:found.start]):
            groups[-1].append(found)
        else:
            groups.append([found])
    return groups


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Return what does not overlap, in order of place; of two that do, the one found first stays."""
    kept: list[tuple[int, Found]] = []
    for rank, one in sorted(enumerate(found), key=lambda pair: (pair[1].start, pair[0])):
        if kept and one.start < kept[-1][1].end:
            if rank < kept[-1][0] and (len(kept) < 2 or one.start >= kept[-2][1].end):
                kept[-1] = (rank, one)
            continue
        kept.append((rank, one))
    return [one for _, one in kept]
