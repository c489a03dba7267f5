"""The chain of a document (chuỗi văn bản): upwards what it carries out and rests on, downwards what carries it out.

A graph of citations has shared branches and circles; a person reads a tree. Here the graph becomes
one: level by level, each document opened where it comes first, and only named wherever it comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# What lets document A stand below document B, the closest tie first: of two relations between the same
# documents the first is shown, and where there is no room for all, these stay.
CARRIED: tuple[str, ...] = (
    "implements", "details", "guides", "attached_to", "based_on", "urges", "reports_on", "replies_to", "explains",
)
# A changes B. It is shown and marked, and not followed: what carries out the new document does not
# carry out the old one (Luật 64/2025/QH15, Điều 57 khoản 2 keeps the two apart as well).
CHANGED: tuple[str, ...] = (
    "replaces", "repeals", "amends", "extends", "suspends_execution", "suspends_effect", "corrects", "recalls",
    "consolidates",
)
RELATIONS: tuple[str, ...] = CARRIED + CHANGED
"""Mere mention (dẫn chiếu), copies, translations and packets of the exchange make no chain."""
IMPLEMENTING: tuple[str, ...] = ("implements", "details", "guides", "based_on", "reports_on", "replies_to")
"""What shows that a directive has been taken up. Urging others (đôn đốc) does not."""

MOST = 500
DEEPEST = 50


class Way(StrEnum):
    """Which way a chain is followed."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Step:
    """One document next to another; ``relations`` the closest tie first."""

    key: int
    relations: tuple[str, ...]

    @property
    def followed(self) -> bool:
        """Whether the chain goes on behind it."""
        return self.relations[0] in CARRIED


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The documents next to one: the first ones, and how many there are in all."""

    steps: tuple[Step, ...] = ()
    total: int = 0


@dataclass(slots=True)
class Branch:
    """One place in the tree: a document, how it came here, and what hangs on it."""

    key: int
    relations: tuple[str, ...] = ()
    branches: list[Branch] = field(default_factory=list)
    again: bool = False
    """It stands elsewhere in the tree with all that hangs on it."""
    circle: bool = False
    """It stands above itself: the documents cite each other in a circle."""
    more: int = 0
    """How many further documents hang on it that are not shown."""

    @property
    def changes(self) -> bool:
        """Whether one of the two documents changes the other."""
        return any(code in CHANGED for code in self.relations)

    def walk(self) -> Iterator[Branch]:
        """Yield this place and all below it, in reading order."""
        waiting = [self]
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting.extend(reversed(branch.branches))


Look = Callable[[Sequence[int], int], Mapping[int, Neighbours]]
"""Returns the neighbours of the documents given, of each at most so many."""


def grow(start: int, look: Look, *, most: int = MOST, deepest: int = DEEPEST) -> Branch:
    """Return the tree that grows from ``start``; ``look`` is asked once a level.

    It is ``deepest`` levels deep at most and has at most ``most`` places besides the root. Where they do not suffice, all documents of a level
    get their closest neighbours first; what found no room is counted in ``more``.
    """
    root = Branch(start)
    parents: dict[int, Branch] = {}
    opened = {start}
    level = [root]
    left = most
    for _depth in range(deepest):
        if not level or left <= 0:
            break
        found = look([branch.key for branch in level], left)
        next_level: list[Branch] = []
        for parent, step in _fairly(level, found)[:left]:
            child = Branch(step.key, step.relations)
            parent.branches.append(child)
            parents[id(child)] = parent
            left -= 1
            if child.key in opened:
                child.again = True
                child.circle = _above(child, parents)
            elif step.followed:
                opened.add(child.key)
                next_level.append(child)
        for parent in level:
            parent.more = found.get(parent.key, Neighbours()).total - len(parent.branches)
        level = next_level
    if level:
        rest = look([branch.key for branch in level], 1)
        for branch in level:
            branch.more = rest.get(branch.key, Neighbours()).total
    return root


def _fairly(level: Sequence[Branch], found: Mapping[int, Neighbours]) -> list[tuple[Branch, Step]]:
    """Return all steps of a level: every document's first one, then every document's second one."""
    steps = [(place, at, parent, step) for at, parent in enumerate(level)
             for place, step in enumerate(found.get(parent.key, Neighbours()).steps)]
    steps.sort(key=lambda one: one[:2])
    return [(parent, step) for _place, _at, parent, step in steps]


def _above(child: Branch, parents: Mapping[int, Branch]) -> bool:
    above = parents.get(id(child))
    while above is not None:
        if above.key == child.key:
            return True
        above = parents.get(id(above))
    return False
