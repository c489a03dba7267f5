"""Patterns that read like the language: ``spaced("trong thời (?:gian|hạn)")``.

Cleaned text (``registry.domain.reading``) has single white space, a space or a line break. Sources are
written with a plain space where either may stand; ``spaced`` makes each a ``\\s``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def spaced(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile ``source``, each space of which stands for one space or line break of the text."""
    return re.compile(source.replace(" ", r"\s"), flags)


def one_of(*phrases: str, name: str = "") -> str:
    """Return the source of a choice between ``phrases``, tried in order; a group called ``name`` if that is given.

    An argument may be several with ``|`` between them: ``one_of("gửi|nộp|trình", "báo cáo")``.
    """
    return f"({f'?P<{name}>' if name else '?:'}{'|'.join(phrases)})"


def word(source: str) -> str:
    """Return ``source`` as whole words: neither letter nor digit stands right before or behind."""
    return rf"(?<!\w){source}(?!\w)"


def longest_first(names: Iterable[str], gap: str = r"\s") -> str:
    """Return ``names`` with ``|`` between them, so that none hides a longer one; ``gap`` stands between their words."""
    return "|".join(name.replace(" ", gap) for name in sorted(names, key=len, reverse=True))
