"""Where the documents of a chain stand in its picture: boxes, the lines between them, frames around many alike.

The document is in the middle. What stands above it lies above (or to the left), what stands below it lies
below (or to the right), one step a layer. Each place of the tree owns a strip of the picture, so that nothing
overlaps; many leaves with one relation share a frame of several rows, or 200 documents would make a picture
wider than any screen. On each side a document is drawn once: wherever it comes again, a dashed line leads to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from registry.domain.chains import Branch

WIDTH = 208
HEIGHT = 46
_MARGIN = 26
_PADDING = 8
_LABEL = 18
"""Height of a frame's heading."""
_FRAMED = 4
"""So many leaves are framed."""
_ARC = 30
"""How far a line to a repeated document swings out."""
_WIDEST = 1400
"""A picture that would be wider standing is drawn lying."""

LineStyle = Literal["carried", "changed", "again"]


@dataclass(frozen=True, slots=True)
class Box:
    """A document; ``more`` hang on it that the picture does not show."""

    key: int
    x: int
    y: int
    more: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds documents that nothing hangs on; ``relation`` is empty where it differs."""

    x: int
    y: int
    width: int
    height: int
    relation: str
    up: bool
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two documents, or to a frame (``there`` is None); ``path`` is an SVG path."""

    here: int
    there: int | None
    relations: tuple[str, ...]
    up: bool
    style: LineStyle
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture; all coordinates are positive."""

    width: int
    height: int
    root: int
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]


def draw(up: Branch, down: Branch) -> Picture:
    """Return the picture of a chain, standing if it is narrow enough, else lying."""
    standing = _Drawing(up, down, standing=True).picture()
    return standing if standing.width <= _WIDEST else _Drawing(up, down, standing=False).picture()


@dataclass(slots=True)
class _Part:
    """One branch, or several leaves in a frame, with the size of its strip."""

    branches: list[Branch]
    framed: bool
    size: int = 0


class _Drawing:
    """Boxes in coordinates "along" a layer and "deep" in layers, the root's centre at 0, 0."""

    def __init__(self, up: Branch, down: Branch, *, standing: bool) -> None:
        self.trees = ((up, -1), (down, 1))
        self.standing = standing
        self.across, self.into = (WIDTH, HEIGHT) if standing else (HEIGHT, WIDTH)
        """The size of a box along a layer, and through the layers."""
        self.layer = self.into + 54
        self.root = up.key
        self.homes = {sign: _homes(tree) for tree, sign in self.trees}
        self.centres: dict[_Place, tuple[int, int]] = {(sign, up.key): (0, 0) for sign in (-1, 1)}
        self.more: dict[_Place, int] = {(1, up.key): up.more + down.more}
        self.frames: list[Frame] = []
        self.links: list[tuple[Branch, Branch, int]] = []
        self.framed: dict[int, tuple[int, int]] = {}

    def picture(self) -> Picture:
        for tree, sign in self.trees:
            self._place(tree, 0, 0, sign)
        lines = [*self._tree_lines(), *self._back_lines()]
        del self.centres[-1, self.root]
        corners = [(x - WIDTH // 2, y - HEIGHT // 2) for x, y in map(self._point, self.centres.values())]
        left = min(x for x, _y in (*corners, *((one.x, one.y) for one in self.frames))) - _MARGIN
        top = min(y for _x, y in (*corners, *((one.x, one.y) for one in self.frames))) - _MARGIN
        right = max((*(x + WIDTH for x, _y in corners), *(one.x + one.width for one in self.frames)))
        bottom = max((*(y + HEIGHT for _x, y in corners), *(one.y + one.height for one in self.frames)))
        return Picture(
            right - left + _MARGIN, bottom - top + _MARGIN + 8, self.root,
            tuple(Box(place[1], x - left, y - top, self.more.get(place, 0))
                  for place, (x, y) in zip(self.centres, corners, strict=True)),
            tuple(Frame(one.x - left, one.y - top, one.width, one.height, one.relation, one.up, one.count)
                  for one in self.frames),
            tuple(_line(points, link, up=up, style=style, move=(left, top)) for points, link, up, style in lines))

    def _point(self, centre: tuple[int, int]) -> tuple[int, int]:
        along, deep = centre
        return (along, deep) if self.standing else (deep, along)

    def _parts(self, branch: Branch, sign: int) -> list[_Part]:
        """Return what hangs on ``branch`` and is drawn here: branches of their own, and leaves in frames.

        Leaves of one relation share a frame where they are enough; so do the others, whatever their relations.
        """
        alike: dict[str, list[Branch]] = {}
        own: list[Branch] = []
        for child in branch.branches:
            if self.homes[sign].get(child.key) is not child:
                continue
            if child.branches or child.changes:
                own.append(child)
            else:
                alike.setdefault(child.relations[0], []).append(child)
        framed = [leaves for leaves in alike.values() if len(leaves) >= _FRAMED]
        rest = [leaf for leaves in alike.values() if len(leaves) < _FRAMED for leaf in leaves]
        if len(rest) >= _FRAMED:
            framed.append(rest)
        else:
            own = rest + own
        parts = [_Part(leaves, framed=True) for leaves in framed] + [_Part([one], framed=False) for one in own]
        for part in parts:
            part.size = self._size(part, sign)
        return parts

    def _size(self, part: _Part, sign: int) -> int:
        if not part.framed:
            return self._extent(part.branches[0], sign)
        rows = self._across(len(part.branches))
        return rows * (self.across + _PADDING) + 2 * _PADDING + (0 if self.standing else _LABEL)

    def _across(self, count: int) -> int:
        """Return how many boxes of a frame stand side by side along the layer."""
        if self.standing:
            return min(5, math.ceil(math.sqrt(count)))
        return math.ceil(count / (2 if count <= 12 else 3 if count <= 60 else 4))

    def _extent(self, branch: Branch, sign: int) -> int:
        return max(self.across + 14, sum(part.size for part in self._parts(branch, sign)))

    def _place(self, branch: Branch, along: int, depth: int, sign: int) -> None:
        """Place what hangs on ``branch``, whose centre is at ``along``, in the layer behind it."""
        parts = self._parts(branch, sign)
        start = along - sum(part.size for part in parts) // 2
        for part in parts:
            middle = start + part.size // 2
            if part.framed:
                self._frame(branch, part, start, depth, sign)
            else:
                child = part.branches[0]
                self.centres[sign, child.key] = (middle, sign * (depth + 1) * self.layer)
                self.more[sign, child.key] = child.more
                self.links.append((branch, child, sign))
                self._place(child, middle, depth + 1, sign)
            start += part.size

    def _frame(self, branch: Branch, part: _Part, start: int, depth: int, sign: int) -> None:
        rows = self._across(len(part.branches))
        first_along = start + _PADDING + self.across // 2 + (0 if self.standing else _LABEL)
        points = []
        for place, leaf in enumerate(part.branches):
            deep = (depth + 1) * self.layer + place // rows * (self.into + _PADDING)
            centre = (first_along + place % rows * (self.across + _PADDING), sign * deep)
            self.centres[sign, leaf.key] = centre
            self.more[sign, leaf.key] = leaf.more
            points.append(self._point(centre))
        x, y = min(x for x, _y in points) - WIDTH // 2, min(y for _x, y in points) - HEIGHT // 2
        width = max(x for x, _y in points) + WIDTH // 2 - x + 2 * _PADDING
        height = max(y for _x, y in points) + HEIGHT // 2 - y + 2 * _PADDING + _LABEL
        relations = {leaf.relations[0] for leaf in part.branches}
        frame = Frame(x - _PADDING, y - _PADDING - _LABEL, width, height,
                      relations.pop() if len(relations) == 1 else "", sign < 0, len(points))
        self.frames.append(frame)
        if self.standing:
            end = (frame.x + frame.width // 2, frame.y + (frame.height if sign < 0 else 0))
        else:
            end = (frame.x + (frame.width if sign < 0 else 0), frame.y + frame.height // 2)
        self.framed[id(part.branches[0])] = end
        self.links.append((branch, part.branches[0], sign))

    def _tree_lines(self) -> Iterator[_RawLine]:
        for parent, child, sign in self.links:
            end = self.framed.get(id(child))
            there = child.key if end is None else None
            yield (self._curve(self._edge(parent.key, sign, sign), end or self._edge(child.key, sign, -sign)),
                   (parent.key, there, child.relations), sign < 0, "changed" if child.changes else "carried")

    def _back_lines(self) -> Iterator[_RawLine]:
        for tree, sign in self.trees:
            drawn: set[tuple[int, int]] = set()
            for parent in tree.walk():
                for child in parent.branches:
                    if self.homes[sign][child.key] is not child and (parent.key, child.key) not in drawn:
                        drawn |= {(parent.key, child.key), (child.key, parent.key)}
                        yield self._back(parent, child, sign)

    def _back(self, parent: Branch, child: Branch, sign: int) -> _RawLine:
        """Return the line to where a document is drawn: an arc outside the layer that both stand in, else beside."""
        (along1, deep1), (along2, deep2) = self.centres[sign, parent.key], self.centres[sign, child.key]
        if deep1 == deep2:
            side = deep1 + sign * self.into // 2
            corners = ((along1, side), (along1, side + sign * _ARC), (along2, side + sign * _ARC), (along2, side))
        else:
            along1, along2 = along1 + self.across // 2, along2 + self.across // 2
            bend = max(along1, along2) + _ARC
            corners = ((along1, deep1), (bend, deep1), (bend, deep2), (along2, deep2))
        points = tuple(self._point(corner) for corner in corners)
        return points, (parent.key, child.key, child.relations), sign < 0, "again"

    def _edge(self, key: int, sign: int, side: int) -> tuple[int, int]:
        along, deep = self.centres[sign, key]
        return self._point((along, deep + side * self.into // 2))

    def _curve(self, begin: tuple[int, int], end: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        (x1, y1), (x2, y2) = begin, end
        if self.standing:
            middle = (y1 + y2) // 2
            return begin, (x1, middle), (x2, middle), end
        middle = (x1 + x2) // 2
        return begin, (middle, y1), (middle, y2), end


_Place = tuple[int, int]
_Link = tuple[int, int | None, tuple[str, ...]]
_RawLine = tuple[Sequence[tuple[int, int]], _Link, bool, LineStyle]


def _line(points: Sequence[tuple[int, int]], link: _Link, *, up: bool, style: LineStyle,
          move: tuple[int, int]) -> Line:
    (x, y), *rest = [(x - move[0], y - move[1]) for x, y in points]
    return Line(*link, up, style, f"M{x} {y}C" + " ".join(f"{x} {y}" for x, y in rest))


def _homes(tree: Branch) -> dict[int, Branch]:
    """Return for each document of a tree the place where it is drawn: where it is opened, else the first."""
    homes = {tree.key: tree}
    for branch in tree.walk():
        known = homes.setdefault(branch.key, branch)
        if known.again or (branch.branches and not known.branches):
            homes[branch.key] = branch
    return homes
