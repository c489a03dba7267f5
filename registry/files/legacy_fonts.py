"""Fonts of the years before Unicode: .VnTime (TCVN3) and VNI-Times show Vietnamese with Latin letters' codes."""

from __future__ import annotations

import re
from typing import NamedTuple

from search_index import legacy

_TCVN3 = re.compile(r"(?:^|\+)(?:\.|#2e)?Vn(?=[A-Z0-9])(?!i-)")
_VNI = re.compile(r"(?:^|\+)VNI[-_ #]?", re.IGNORECASE)
_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300-\u036f\u1ea0-\u1ef9]")


class FontEncoding(NamedTuple):
    """What the letters of a font stand for."""

    name: legacy.Encoding
    capitals: bool
    """The capitals' font of TCVN3 (.VnTimeH): small letters are shown as capitals."""


def encoding_of(font: str) -> FontEncoding | None:
    """Return the legacy encoding of a font by its name, None for every other font."""
    if _TCVN3.search(font):
        family = re.split(r"[-,]", font)[0]
        return FontEncoding("tcvn3", family.endswith("H"))
    return FontEncoding("vni", capitals=False) if _VNI.search(font) else None


def is_unicode(text: str) -> bool:
    """Whether ``text`` has letters of Vietnamese that no legacy font shows."""
    return _UNICODE.search(text) is not None


def convert(text: str, encoding: FontEncoding) -> str:
    """Return ``text`` in Unicode; what is Unicode already, whatever its font is called, stays."""
    if is_unicode(text):
        return text
    read = legacy.convert(text, encoding.name)
    return read.upper() if encoding.capitals else read
