"""What a person can do wrong: one type per fault, carrying its data, never its sentence.

The Vietnamese sentence is made in ``registry.messages``.
"""

from __future__ import annotations


class RegistryError(Exception):
    """A fault a person caused and can mend.

    ``field`` names the form field to mark; None marks the form as a whole.
    """

    field: str | None = None


class BadDocumentNumber(RegistryError):
    """A number and symbol (số, ký hiệu) that cannot be read."""

    field = "number"

    def __init__(self, text: str, reason: str, position: int) -> None:
        super().__init__(f"{reason} at {position} in {text!r}")
        self.text = text
        self.reason = reason
        """A code: ``empty``, ``no_ordinal``, ``no_symbol``, ``bad_character``, ``too_long``, ``bad_year``."""
        self.position = position
        """Index into ``text`` where the fault stands."""


class BadDate(RegistryError):
    """A date that cannot be read or does not exist (31/02)."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.text = text
        self.reason = reason
        """A code: ``unreadable``, ``no_such_day``, ``out_of_range``."""
