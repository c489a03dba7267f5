"""Small closed sets of values that documents carry."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Direction(StrEnum):
    """Whether a document goes out (đi), comes in (đến), stays inside (nội bộ), or is only cited (viện dẫn)."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    INTERNAL = "internal"
    EXTERNAL = "external"


class Status(StrEnum):
    """Whether the register's entry stands; a cancelled one keeps its number."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class Urgency(IntEnum):
    """Mức độ khẩn (Nghị định 30/2020/NĐ-CP, Điều 4 khoản 2 điểm c; codes of the exchange format)."""

    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    EXPRESS = 3


class EntryState(StrEnum):
    """What became of a number taken from a register book."""

    USED = "used"
    RESERVED = "reserved"
    VOIDED = "voided"
