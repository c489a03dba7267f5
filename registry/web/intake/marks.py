"""Where in the text each proposed value was read, as pieces that a template shows one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from registry.domain.proposals import Field, Proposal

_SHORT = 30_000  # a text up to here is shown whole
_KEPT = 600  # of a longer one, so much beside each mark


@dataclass(frozen=True, slots=True)
class Mark:
    """The source of one field; ``id`` is the anchor in the page."""

    id: str
    start: int
    end: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text under the same marks; ``left_out`` counts what is not shown instead."""

    text: str
    begins: tuple[str, ...] = ()
    """Anchors of the marks that begin here."""
    within: str = ""
    """The ids of all marks that it lies in, with a space between."""
    doubtful: bool = False
    left_out: int = 0


def marks_of(proposal: Proposal, prefix: str = "") -> dict[str, Mark]:
    """Return the sources of a proposal by the name of the field; references as ``reference-0`` and so on."""
    found: dict[str, Mark] = {}
    for name, read in _fields(proposal):
        if read is not None:
            found[name] = Mark(f"m-{prefix}{name}", read.start, read.end, read.is_doubtful)
    for place, cited in enumerate(proposal.references):
        found[f"reference-{place}"] = Mark(f"m-{prefix}reference-{place}", cited.start, cited.end)
    return found


def _fields(one: Proposal) -> Iterable[tuple[str, Field[Any] | None]]:
    yield from (
        ("kind_id", one.kind), ("number", one.number), ("issued_on", one.issued_on), ("issuer", one.issuer),
        ("subject", one.subject), ("urgency", one.urgency), ("signer_name", one.signer),
        ("signer_position", one.position), ("received_on", one.received_on), ("notes", one.arrival_number))
    if one.recipients:
        first, last = one.recipients[0], one.recipients[-1]
        yield "recipients", Field("", first.start, last.end, min(each.confidence for each in one.recipients))


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """Cut ``text`` at the edges of its marks; a long one is left out where it has none."""
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            starts.setdefault(mark.start, []).append(mark)
            ends.setdefault(mark.end, []).append(mark)
    edges = sorted({0, len(text), *starts, *ends})
    open_marks: dict[str, Mark] = {}
    found: list[Piece] = []
    for start, end in pairwise(edges):
        for mark in ends.get(start, ()):
            open_marks.pop(mark.id, None)
        for mark in starts.get(start, ()):
            open_marks[mark.id] = mark
        if open_marks:
            found.append(Piece(text[start:end], tuple(mark.id for mark in starts.get(start, ())), " ".join(open_marks),
                               any(mark.doubtful for mark in open_marks.values())))
        else:
            found += _plain(text, start, end)
    return found


def _plain(text: str, start: int, end: int) -> Iterable[Piece]:
    if len(text) <= _SHORT or end - start <= 3 * _KEPT:
        yield Piece(text[start:end])
        return
    yield Piece(text[start:start + _KEPT])
    yield Piece("", left_out=end - start - 2 * _KEPT)
    yield Piece(text[end - _KEPT:end])
