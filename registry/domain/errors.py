"""What a person can do wrong: one type per fault, carrying its data, never its sentence.

The Vietnamese sentence is made in ``registry.messages``.
"""

from __future__ import annotations

_LONGEST_SHOWN = 80


def _shown(text: str) -> str:
    """Return ``text`` for a log line: what a person pasted may be a megabyte."""
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")


class RegistryError(Exception):
    """A fault a person caused and can mend.

    ``field`` names the form field to mark; None marks the form as a whole.
    """

    field: str | None = None


class BadDocumentNumber(RegistryError):
    """A number and symbol (số, ký hiệu) that cannot be read."""

    field = "number"
    REASONS = (
        "empty", "too_long", "bad_character", "is_date",
        "no_ordinal",  # other words than "Số:" or a kind's name before the digits, or no digits
        "zero_ordinal", "ordinal_too_long",
        "no_separator",  # 325KH-UBND
        "bad_year", "no_symbol", "empty_part", "unfinished",  # 12/2020/TT-
        "too_many_parts", "words_after",  # 21/QĐ-TTg của Thủ tướng
        "bad_standard",  # TCVN or QCVN without its number
    )

    def __init__(self, text: str, reason: str, position: int) -> None:
        super().__init__(f"{reason} at {position} in {_shown(text)}")
        self.text = text
        self.reason = reason
        """A code, one of ``REASONS``."""
        self.position = position
        """Index into ``text`` where the fault stands."""


class BadDate(RegistryError):
    """A date that cannot be read or does not exist (31/02)."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{reason}: {_shown(text)}")
        self.text = text
        self.reason = reason
        """A code: ``unreadable``, ``no_such_day``, ``out_of_range``."""


class SecretDocument(RegistryError):
    """A document with a mark of state secrecy (MẬT, TỐI MẬT, TUYỆT MẬT): it may not be kept here.

    Carries which rule found it and nothing of the document.
    Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15, Điều 5.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(f"secrecy mark found by rule {rule}")
        self.rule = rule
