"""Where the name of an event begins and ends that a term runs from: "ngày nhận đủ hồ sơ, tài liệu"."""

from __future__ import annotations

import re

from registry.domain.deadlines import event_patterns as p
from registry.domain.deadlines.text import DeadlineText

_SIGHT = 170  # characters behind the certain words in which the end of a name is looked for
_LONGEST = 120  # characters behind them that a name has where nothing ends it
_LONG, _JOINED_FROM = 75, 25  # a longer name ends at a joint ("hoặc", "đồng thời") from here on


def event_start(m: re.Match[str]) -> int:
    """Return where the event begins of a term before it or after it: at "ngày", "khi", else behind "kể từ"."""
    if not m["joint"]:
        return m.start("prior") + m["prior"].index("trước") + len("trước ")
    named = p.EVENT_WORD.search(m["joint"])
    if named:
        return m.end("joint") - len(named[0])
    return m.end("joint") + (not m["joint"].rstrip().endswith(("sau khi", "sau")))


def event_end(text: DeadlineText, start: int, certain: int) -> int:
    """Return where the name of an event ends that begins at ``start``: "ngày nhận được hồ sơ"; not before ``certain``."""
    end = _first_end(text, start, certain)
    if over := p.OVER.search(text.plain, start, end):
        end = over.end()
    if end - start > _LONG:
        joined = p.JOINED.search(text.low, start + _JOINED_FROM, end)
        if joined and p.HAPPENS.search(text.low, start, joined.start()):
            end = joined.start()
    if text.low[end:end + 1] in {".", ")"}:  # "ngày ban hành Quyết định 2. Giao …"
        numbered = p.NUMBERED.search(text.low[start:end])
        end -= len(numbered[0]) if numbered else 0
    return end


def _first_end(text: DeadlineText, start: int, certain: int) -> int:
    """Return the first end of a clause at which the event is said: behind a list, not at a break inside the sentence."""
    furthest = min(len(text.low), certain + _SIGHT)
    stop = p.FROM_END.search(text.low, max(start, certain), furthest)
    end = stop.start() if stop else _whole_word(text, min(len(text.low), certain + _LONGEST))
    listed = p.LIST_ON.match(text.low, end, furthest) if text.low[end:end + 1] == "," else None
    if listed:  # "ngày nhận đủ hồ sơ, tài liệu, Sở Tài chính …"
        return listed.end()
    broken = text.low[end:end + 1] == "\n" and not text.ends_at(end)  # a line broken inside the sentence
    goes_on = broken or _is_unsaid(text, start, end)
    while goes_on:
        later = p.FROM_END.search(text.low, end + 1, furthest)
        if later is None:
            return _whole_word(text, min(len(text.low), certain + _LONGEST))
        end = later.start()
        goes_on = _is_unsaid(text, start, end)
    return end


def _whole_word(text: DeadlineText, end: int) -> int:
    """Return ``end``, or where the word before begins that it would cut, without the comma before."""
    if text.low[end:end + 1].isalnum():
        end = text.low.rfind(" ", 0, end)
    return len(text.low[:end].rstrip(" ,;"))


def _is_unsaid(text: DeadlineText, start: int, end: int) -> bool:
    """Tell whether the event is not yet said at a comma: "ngày Sở Tài chính, Sở Xây dựng có ý kiến"."""
    if text.low[end:end + 1] != ",":
        return False
    if p.GOES_ON.match(text.low, end) and p.PAIRED.search(text.low, start, end):
        return True
    someone_else = p.NEXT_BODY.match(text.low, end) and not p.BODY_EVENT.match(text.low, start)
    return not p.HAPPENS.search(text.low, start, end) and not someone_else
