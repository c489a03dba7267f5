"""The paper of printed tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in millimetres, with its side margins; ``size`` is that of the type, in points."""

    width: int = 297
    height: int = 210
    left: int = 20
    right: int = 15
    size: float = 10

    @property
    def room(self) -> int:
        """The width of a table on it, in millimetres."""
        return self.width - self.left - self.right


LANDSCAPE = Paper()
PORTRAIT = Paper(width=210, height=297)
