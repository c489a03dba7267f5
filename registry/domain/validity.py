"""Validity (hiệu lực): when a document takes effect, and what marks of later ones make of it on a day.

Effect does not cascade: what rests on a document that ended is warned of, never ended with it
(Luật 64/2025/QH15, Điều 57 khoản 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from registry.domain.dates import read_date
from registry.domain.errors import BadDate
from registry.domain.reading import Reading

EFFECTS = ("replaced", "repealed", "partly", "amended", "suspended")
ENDS = frozenset({"replaced", "repealed"})
EFFECT_OF_RELATION = {
    "replaces": "replaced", "repeals": "repealed", "amends": "amended", "suspends_effect": "suspended",
    "suspends_execution": "suspended", "recalls": "repealed",
}

# "Quyết định này có hiệu lực thi hành kể từ ngày ký", "… sau 45 ngày kể từ ngày ký ban hành".
_EFFECT = re.compile(
    r"\bnay[^.;]{0,40}?\sco\s+hieu\s+luc(?:\s+thi\s+hanh)?[\s,]+(?:sau\s+(?P<days>\d{1,3})\s+ngay[\s,]+)?(?:(?:ke\s+)?tu\s+)?"
    r"(?:ngay\s+(?P<signed>ky|ban\s+hanh|thong\s+qua)"
    r"|(?:ngay\s+)?(?P<day>\d{1,2}\s*(?:[/.-]\s*\d{1,2}\s*[/.-]|thang\s+\d{1,2}\s+nam)\s*\d{4}))")


# Where to look at all; marks may stand apart (NFD).
_WORDS = re.compile("hi(?:ệ|ẹ\u0302|e\u0323\u0302)u\\s+l(?:ự|u\u031b\u0323|ư\u0323)c\\s", re.IGNORECASE)
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """One effect of another document from a day on; without a day it holds."""

    effect: str
    from_on: date | None


def takes_effect(text: str, issued_on: date | None) -> date | None:
    """Return the day on which the document whose text this is takes effect; that of its issue where none is said."""
    found = next(filter(None, (_EFFECT.search(Reading(text[max(0, at.start() - _AROUND):at.end() + _AROUND]).bare)
                               for at in _WORDS.finditer(text))), None)
    if found is None:
        return issued_on
    if found["signed"]:
        return issued_on + timedelta(days=int(found["days"] or 0)) if issued_on else None
    try:
        return read_date(re.sub(r"thang\s+(\d+)\s+nam\s+", r"/\1/", found["day"]).replace(" ", ""))
    except BadDate:
        return issued_on


def ended(marks: Iterable[Mark], on: date) -> bool:
    """Whether the document is in force no longer on that day."""
    return any(one.effect in ENDS and (one.from_on is None or one.from_on <= on) for one in marks)
