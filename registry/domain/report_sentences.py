"""Sentences that say a report's figures as an office would."""

from __future__ import annotations

from registry.domain.obligations import FourNumbers
from registry.domain.report_figures import HandingOver, Lateness, percent, share


def _figure(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _moved(now: int, before: int) -> str:
    if now == before:
        return "bằng"
    less = abs(now - before)
    rate = f" ({percent(share(less, before))})" if before else ""
    return f"{'tăng' if now > before else 'giảm'} {_figure(less)}{rate} so với"


def numbers_paragraph(period: str, whose: str, now: FourNumbers, before: FourNumbers, other: str) -> str:
    """Return the sentence on the four numbers of work, "" where there was none.

    ``whose`` is the office or the unit, ``other`` the period compared with.
    """
    if not now.total:
        return ""
    done, still = now.done_in_time + now.done_late, now.open_in_term + now.open_overdue
    told = (f"Trong {period}, {whose} có {_figure(now.total)} nhiệm vụ được giao phải theo dõi; đã hoàn thành "
            f"{_figure(done)} nhiệm vụ (đúng hạn {_figure(now.done_in_time)}, quá hạn {_figure(now.done_late)}), "
            f"đang thực hiện {_figure(still)} nhiệm vụ (trong hạn {_figure(now.open_in_term)}, quá hạn "
            f"{_figure(now.open_overdue)}).")
    if done:
        told += f" Tỷ lệ hoàn thành đúng hạn trên số đã hoàn thành đạt {percent(share(now.done_in_time, done))}."
    if before.total:
        earlier = before.done_in_time + before.done_late
        told += (f" Số nhiệm vụ hoàn thành {_moved(done, earlier)} {other}; số quá hạn chưa hoàn thành "
                 f"{_moved(now.open_overdue, before.open_overdue)} {other}.")
    return told


def volumes_paragraph(period: str, whose: str, now: tuple[int, int, int], before: tuple[int, int, int],
                      other: str) -> str:
    """Return the sentence on how many documents came in, went out and stayed; "" where there were none."""
    if not sum(now):
        return ""
    incoming, outgoing, internal = now
    told = f"Trong {period}, {whose} tiếp nhận {_figure(incoming)} văn bản đến, phát hành {_figure(outgoing)} văn bản đi"
    if internal:
        told += f" và {_figure(internal)} văn bản nội bộ"
    told += "."
    if sum(before):
        told += (f" Văn bản đến {_moved(incoming, before[0])} {other}; văn bản đi "
                 f"{_moved(outgoing, before[1])} {other}.")
    return told


def handing_over_paragraph(found: HandingOver) -> str:
    """Return the sentence on how soon incoming documents were handed over, "" where none was."""
    if not found.handed:
        return ""
    told = (f"Trong {_figure(found.handed)} văn bản đến đã chuyển giao, {percent(share(found.in_time, found.handed))} "
            f"được chuyển trong ngày hoặc ngày làm việc tiếp theo; một nửa số văn bản được chuyển trong "
            f"{_days(found.median)}, 90% trong {_days(found.p90)}.")
    if found.not_yet:
        told += f" Còn {_figure(found.not_yet)} văn bản chưa ghi ngày chuyển giao."
    return told


def lateness_paragraph(found: Lateness, latest: tuple[str, Lateness] | None) -> str:
    """Return the sentence on work that was late, "" where none fell due; ``latest`` is the unit with most of it."""
    if not found.total:
        return ""
    told = f"Trong {_figure(found.total)} nhiệm vụ đến hạn trong kỳ, "
    if not found.late:
        return told + "không có nhiệm vụ chậm hạn."
    told += f"{_figure(found.late)} nhiệm vụ chậm hạn ({percent(share(found.late, found.total))})"
    if found.still_open:
        told += f", trong đó {_figure(found.still_open)} nhiệm vụ chưa xong"
    told += (f"; chậm {found.longest} ngày." if found.late == 1 else
             f"; một nửa số nhiệm vụ chậm không quá {found.median} ngày, lâu nhất {found.longest} ngày.")
    if latest is not None:
        told += f" Chậm nhiều nhất là {latest[0]} ({_figure(latest[1].late)} nhiệm vụ)."
    return told


def _days(count: int | None) -> str:
    return f"{count} ngày" if count else "ngày nhận"
