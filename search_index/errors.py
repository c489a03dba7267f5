"""What can be wrong with an index. Each is for the caller to act on: wait, or rebuild."""

from __future__ import annotations


class IndexProblem(Exception):
    """The index cannot be used as it is."""


class IndexMissing(IndexProblem):
    """There is no index in the folder: rebuild."""


class IndexOutdated(IndexProblem):
    """The index was made for other fields or another engine: rebuild."""


class IndexDamaged(IndexProblem):
    """The files of the index are incomplete or unreadable: rebuild."""


class IndexBusy(IndexProblem):
    """Another process writes to the index: leave it to that one, or wait."""
