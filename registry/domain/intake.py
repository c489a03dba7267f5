"""Intake (đăng ký từ văn bản): pasted text to proposed registrations.

Three inputs: the text of one document, an article that lists documents, rows of a spreadsheet.
"""

from __future__ import annotations

import re
from enum import StrEnum

from registry.domain.intake_document import read_document
from registry.domain.intake_listing import read_listing
from registry.domain.intake_table import looks_like_table, read_table
from registry.domain.proposals import Field, Proposal, proposals_as_json
from registry.domain.reading import Reading

_HEAD = re.compile(r"cong\s{1,2}hoa\s{1,2}xa\s{1,2}hoi|dang\s{1,2}cong\s{1,2}san\s{1,2}viet\s{1,2}nam|(?:\A|\n)\s?so\s?:?\s{0,2}\d{1,6}[^\n]{0,3}/")

_LETTER = re.compile(r"\A\s{0,3}kinh\s{1,2}gui(?![a-z])")  # without its letterhead


class Content(StrEnum):
    """What a pasted text is."""

    DOCUMENT = "document"
    LISTING = "listing"
    TABLE = "table"


def read_as(text: str, content: Content | None = None) -> tuple[Content, list[Proposal]]:
    """Return what ``text`` is, unless that is given, and its proposals in their order."""
    if content is Content.TABLE or (content is None and looks_like_table(text)):
        return Content.TABLE, read_table(text)
    if content is Content.DOCUMENT or (content is None and _HEAD.search(Reading(text[:2500]).bare)):
        return Content.DOCUMENT, [read_document(text)]
    if content is None and _LETTER.match(Reading(text[:40]).bare) and "noi nhan" in Reading(text).bare:
        return Content.DOCUMENT, [read_document(text)]
    listed = read_listing(text)
    if listed or content is Content.LISTING:
        return Content.LISTING, listed
    one = read_document(text)
    return Content.DOCUMENT, [one] if one.number or one.kind else []


def read_any(text: str) -> list[Proposal]:
    """Return the proposals of ``text``, whichever of the three it is; a list even of one."""
    return read_as(text)[1]


__all__ = ["Content", "Field", "Proposal", "proposals_as_json", "read_any", "read_as", "read_document", "read_listing", "read_table"]
