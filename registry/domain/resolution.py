"""From citations to documents: one candidate or none; what is doubtful waits for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from registry.domain.citations import Citation
from registry.domain.issuers import expand_name, name_key
from registry.domain.laws import KNOWN_LAWS, LawTable
from search_index.text import fold_line


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be the one cited: registered, or external (known by citations alone)."""

    id: int
    kind: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    also: tuple[str, ...] = ()
    """Other names of the issuer: of who took over from it."""
    year: int | None = None
    """Of its series, where the date is not known."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a citation comes to: ``candidate``, or none with the ``doubtful`` ones for a person to choose from."""

    citation: Citation
    candidate: Candidate | None
    doubtful: tuple[Candidate, ...] = ()


Lookup = Callable[[Citation], Sequence[Candidate]]
"""Returns the documents whose number key, or name where there is no number, is that of the citation."""

_LEVEL_ALONE = re.compile(r"\s(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)$")
_LEADERS = re.compile(
    r"^(?:lien )?(?:bo truong(?= bo )|chu tich(?= (?:uy ban|hoi dong))|giam doc(?= so )|cuc truong(?= cuc )|tong cuc truong(?= tong)"
    r"|thong doc(?= ngan hang)|vien truong(?= vien)|chanh an(?= toa)|tong thanh tra|bo truong,? chu nhiem|chu nhiem(?= (?:uy ban|van phong)))\s*")


def resolve_citations(found: Iterable[Citation], lookup: Lookup, *, citing_on: date | None = None,
                      laws: LawTable = KNOWN_LAWS) -> list[Resolution]:
    """Return each citation with the one document it means, or with none.

    A law by name is looked up by the number that ``laws`` gives. What was issued after ``citing_on``
    cannot be cited. A number without year comes back each year, so it also needs the date or the
    year; two documents left over are for a person to choose from, and so is one whose date differs.
    """
    return [_resolve(known_law(one, laws), lookup, citing_on) for one in found]


def known_law(citation: Citation, laws: LawTable = KNOWN_LAWS) -> Citation:
    """Return a law cited by name with the number that the table holds; any other citation unchanged."""
    if citation.number or not citation.name:
        return citation
    law = laws.find(citation.name, issued_on=citation.issued_on, year=citation.year)
    if law is None:
        return citation
    return replace(citation, number=law.number, year=law.year)


def _resolve(citation: Citation, lookup: Lookup, citing_on: date | None) -> Resolution:
    possible = [
        one for one in lookup(citation)
        if not (citing_on and one.issued_on and one.issued_on > citing_on)
        and (not one.kind or not citation.kind or fold_line(one.kind) == fold_line(citation.kind))
        and any(same_issuer(citation.issuer or citation.issuer_implied, name) for name in (one.issuer, *one.also))
    ]
    dated = [one for one in possible if _same_time(citation, one)]
    if len(dated) == 1:
        return Resolution(citation, dated[0])
    return Resolution(citation, None, tuple(dated or possible))


def _same_time(citation: Citation, candidate: Candidate) -> bool:
    """Whether date or year identify the candidate."""
    if citation.issued_on is not None and candidate.issued_on is not None:
        return citation.issued_on == candidate.issued_on
    if citation.year_in_number:
        return True
    known = candidate.issued_on.year if candidate.issued_on else candidate.year
    return citation.year is not None and citation.year == known


def same_issuer(stated: str | None, known: str | None) -> bool:
    """Whether two names may be one issuer; a name left out may be any.

    The head of a body stands for it (Bộ trưởng Bộ Tài chính, Bộ Tài chính), and a short name for the
    full one ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Hà Nam").
    """
    if not stated or not known:
        return True
    one, other = issuer_key(stated), issuer_key(known)
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")


@lru_cache(maxsize=4096)
def issuer_key(name: str) -> str:
    """Return the key of the body that a name means: its head's title and a level without place left out."""
    folded = fold_line(expand_name(name))
    return name_key(_LEVEL_ALONE.sub("", _LEADERS.sub("", folded)))
