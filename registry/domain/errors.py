"""What a person can do wrong: one type per fault, carrying its data, never its sentence.

The Vietnamese sentence is made in ``registry.messages``. Faults of accounts, backups, files and imports stand in
modules of their own, ``account_errors`` and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_LONGEST_SHOWN = 80


def shown(text: str) -> str:
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
        super().__init__(f"{reason} at {position} in {shown(text)}")
        self.text = text
        self.reason = reason
        """A code, one of ``REASONS``."""
        self.position = position
        """Index into ``text`` where the fault stands."""


class BadDate(RegistryError):
    """A date that cannot be read or does not exist (31/02)."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{reason}: {shown(text)}")
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


class MissingValue(RegistryError):
    """A field that this direction of document needs is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is missing")
        self.field = field


class UnknownIssuer(RegistryError):
    """No issuing body bears the name typed, or several do."""

    field = "issuer"

    def __init__(self, name: str) -> None:
        super().__init__(f"no single organisation is called {shown(name)}")
        self.name = name


class TooLong(RegistryError):
    """A value longer than its field holds."""

    def __init__(self, field: str, length: int, most: int) -> None:
        super().__init__(f"{field} has {length} characters, at most {most}")
        self.field = field
        self.length = length
        self.most = most


class DateInFuture(RegistryError):
    """A date of issue or receipt after today."""

    def __init__(self, field: str, on: date, today: date) -> None:
        super().__init__(f"{field} {on} is after {today}")
        self.field = field
        self.on = on
        self.today = today


class DatesOutOfOrder(RegistryError):
    """A document received, or handed over, before it was issued or received."""

    def __init__(self, field: str, on: date, not_before: date) -> None:
        super().__init__(f"{field} {on} is before {not_before}")
        self.field = field
        self.on = on
        self.not_before = not_before


class DuplicateDocument(RegistryError):
    """This issuer already has that number in that year (Nghị định 30/2020/NĐ-CP, Điều 15 khoản 1)."""

    field = "number"

    def __init__(self, existing_id: int, number: str, subject: str = "") -> None:
        super().__init__(f"{number} is already registered as document {existing_id}")
        self.existing_id = existing_id
        self.number = number
        self.subject = subject


class NeedsConfirmation(RegistryError):
    """Unusual, yet possible: saved only once the person has said that it is meant."""

    def __init__(self, warnings: Sequence[DocumentWarning]) -> None:
        super().__init__("; ".join(w.code for w in warnings))
        self.warnings = tuple(warnings)


class DocumentWarning(RegistryError):
    """One unusual thing about a document; ``code`` tells which, ``facts`` with what."""

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        """``kind_differs``, ``year_differs``, ``issuer_not_then``, ``counter_jumps``, ``no_number``, ``no_issuer``."""
        self.field = field
        self.facts = facts


class NumberTaken(RegistryError):
    """The book has given this number already."""

    field = "number"

    def __init__(self, number: str, state: str, document_id: int | None = None) -> None:
        super().__init__(f"{number} is {state}")
        self.number = number
        self.state = state
        self.document_id = document_id


class NumberHeldByBook(RegistryError):
    """The numeral or year of a document's number cannot change: a register book gave it."""

    field = "number"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} was given by a register book")
        self.number = number


class NotFound(RegistryError):
    """No such row, or none that this person may see."""

    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"no {what} {key!r}")
        self.what = what
        self.key = key


class ChangedMeanwhile(RegistryError):
    """Somebody else changed the row after this person opened it."""


class ReasonNeeded(RegistryError):
    """Cancelling, voiding and the like ask for a reason."""

    def __init__(self, message: str, field: str = "reason") -> None:
        super().__init__(message)
        self.field = field


class NotPossible(RegistryError):
    """The row's state does not allow it; ``code`` tells why."""

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class NameTaken(RegistryError):
    """Another row of the same list has this name, perhaps with other tone marks."""

    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(f"{shown(name)} is taken")
        self.name = name


class CodeTaken(RegistryError):
    """Another case file of the same year has this code."""

    field = "code"

    def __init__(self, code: str, year: int) -> None:
        super().__init__(f"{shown(code)} is taken in {year}")
        self.code = code
        self.year = year


class OrganisationUnclear(RegistryError):
    """A typed name that fits no body, or several; ``candidates`` are the names to choose from."""

    def __init__(self, field: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{len(candidates)} candidates")
        self.field = field
        self.candidates = tuple(candidates)
