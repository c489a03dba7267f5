"""Intake (đăng ký từ văn bản): pasted text to proposed registrations.

Three inputs: the text of one document, an article that lists documents, rows of a spreadsheet.
"""

from __future__ import annotations

import re

from registry.domain.intake_document import read_document
from registry.domain.intake_listing import read_listing
from registry.domain.intake_table import looks_like_table, read_table
from registry.domain.proposals import Field, Proposal, proposals_as_json
from registry.domain.reading import Reading

_HEAD = re.compile(r"cong\s{1,2}hoa\s{1,2}xa\s{1,2}hoi|dang\s{1,2}cong\s{1,2}san\s{1,2}viet\s{1,2}nam|(?:\A|\n)\s?so\s?:?\s{0,2}\d{1,6}[^\n]{0,3}/")


def read_any(text: str) -> list[Proposal]:
    """Return the proposals of ``text``, whichever of the three it is; a list even of one."""
    if looks_like_table(text):
        return read_table(text)
    if _HEAD.search(Reading(text[:2500]).bare):
        return [read_document(text)]
    listed = read_listing(text)
    if listed:
        return listed
    one = read_document(text)
    return [one] if one.number or one.kind else []


__all__ = ["Field", "Proposal", "proposals_as_json", "read_any", "read_document", "read_listing", "read_table"]
