"""What a person can do wrong: one type per fault, carrying its data, never its sentence.

The Vietnamese sentence is made in ``registry.messages``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

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


class MissingValue(RegistryError):
    """A field that this direction of document needs is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is missing")
        self.field = field


class UnknownIssuer(RegistryError):
    """No issuing body bears the name typed, or several do."""

    field = "issuer"

    def __init__(self, name: str) -> None:
        super().__init__(f"no single organisation is called {_shown(name)}")
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


class BadUsername(RegistryError):
    """A user name with other than unmarked letters, digits and ``. _ -``."""

    field = "username"

    def __init__(self, username: str) -> None:
        super().__init__(f"not a user name: {_shown(username)}")


class UsernameTaken(RegistryError):
    """Somebody has this user name, perhaps deactivated."""

    field = "username"

    def __init__(self, username: str) -> None:
        super().__init__(f"{_shown(username)} is taken")
        self.username = username


class WeakPassword(RegistryError):
    """A password that the policy refuses; ``reason`` as ``domain.passwords.weakness`` gives it."""

    field = "password"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WrongPassword(RegistryError):
    """The present password, asked for before changing it, is another."""

    field = "current_password"


class SignInRefused(RegistryError):
    """User name and password do not fit, or the user is deactivated; which, is not told."""


class TooManyAttempts(RegistryError):
    """Too many failed sign-ins: ``minutes`` to wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


class NameTaken(RegistryError):
    """Another row of the same list has this name, perhaps with other tone marks."""

    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(f"{_shown(name)} is taken")
        self.name = name


class CodeTaken(RegistryError):
    """Another case file of the same year has this code."""

    field = "code"

    def __init__(self, code: str, year: int) -> None:
        super().__init__(f"{_shown(code)} is taken in {year}")
        self.code = code
        self.year = year


class OrganisationUnclear(RegistryError):
    """A typed name that fits no body, or several; ``candidates`` are the names to choose from."""

    def __init__(self, field: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{len(candidates)} candidates")
        self.field = field
        self.candidates = tuple(candidates)


class KeptAsText(RegistryError):
    """A cell of an import that is no value of its field: kept in the document's notes, word for word."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} kept in the notes")
        self.field = field


class SubjectMade(RegistryError):
    """A row of an import without a subject: one was made of its kind and number, or of its text."""

    field = "subject"


class RepeatedRow(RegistryError):
    """A file gives the same id, or the same row without an id, a second time."""

    def __init__(self, first_line: int) -> None:
        super().__init__(f"as line {first_line}")
        self.first_line = first_line


class TwiceInFile(RegistryError):
    """A number that an earlier row of the file bears, of the same issuer and year: both rows are kept."""

    field = "number"

    def __init__(self, first_line: int) -> None:
        super().__init__(f"as line {first_line}")
        self.first_line = first_line


class IdOfAnother(RegistryError):
    """An id in a file that a document of another number and subject bears already."""

    field = "external_id"

    def __init__(self, label: str) -> None:
        super().__init__("the id is another document's")
        self.label = label


class BadCell(RegistryError):
    """A cell of a file of changes that is no value of its field."""

    def __init__(self, field: str) -> None:
        super().__init__(f"no value of {field}")
        self.field = field


class RowOfAnother(RegistryError):
    """A row of a file of changes whose id is that of another document than its number says: rows were mixed up."""

    field = "number"

    def __init__(self, held: str) -> None:
        super().__init__(f"the document of this id is {held}")
        self.held = held


class ChangedSinceExport(RegistryError):
    """A row of a file of changes whose document somebody changed after the file was made."""


class UnreadableFile(RegistryError):
    """A file that cannot be imported, or one line of it; ``code`` tells why, ``facts`` with what."""

    field = "file"

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        """``format``, ``damaged``, ``no_header``, ``empty``, ``too_large``, ``too_many_columns``,
        ``too_many_rows``, ``line_too_long``, ``line`` (not JSON), ``name_secret``, ``taken_out`` (a list to be edited, no new documents)."""
        self.facts = facts


class FileRefused(RegistryError):
    """A file that is not taken in; ``code`` tells why, ``facts`` with what."""

    field = "files"

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        """``none``, ``empty``, ``kind``, ``kind_not_allowed``, ``encrypted``, ``macro``, ``damaged``, ``too_large``,
        ``too_many``, ``name_secret``, ``twice``; of an archive ``archive_damaged``, ``archive_empty``,
        ``archive_too_large``; of a file in one ``archive``, ``bomb``; of a batch ``gone``, tidied away."""
        self.facts = facts

    @property
    def kinds(self) -> list[str]:
        """The kinds that are taken, where this one is not."""
        kinds = self.facts.get("kinds")
        return sorted(str(kind) for kind in kinds) if isinstance(kinds, frozenset) else []


class FileFault(StrEnum):
    """Why no text comes out of a file."""

    ENCRYPTED = "encrypted"  # opens with a password only
    DAMAGED = "damaged"
    EMPTY = "empty"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LONG = "too_long"  # more characters than a document may have
    TOO_LARGE = "too_large"  # unpacks to more than is read
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    UNSUPPORTED = "unsupported"
    NEEDS_LIBREOFFICE = "needs_libreoffice"
    NEEDS_TESSERACT = "needs_tesseract"
    NO_TEXT = "no_text"
    NO_SUCH_PAGE = "no_such_page"


class FileUnreadable(RegistryError):
    """A file that was attached and cannot be read; the application goes on without its text."""

    field = "file"

    def __init__(self, reason: FileFault, most: int | None = None) -> None:
        super().__init__(reason if most is None else f"{reason}, at most {most}")
        self.reason = reason
        self.most = most
        """The limit that was passed, where the reason is one."""


class BadCertificate(RegistryError):
    """An upload that cannot become a trusted root certificate; ``code`` tells why, ``facts`` of which."""

    field = "file"

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        """``unreadable``, ``too_large``, ``no_authority``."""
        self.facts = facts


class BackupFault(RegistryError):
    """A backup (sao lưu) that cannot be made or restored; ``code`` tells why, ``facts`` with what."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        """Making: ``not_writable``, ``disk_full``, ``no_tool``, ``old_tool``, ``tool_failed``, ``database_damaged``, ``program``.
        Restoring: ``no_archive``, ``unfinished``, ``newer_format``, ``newer_program``, ``damaged``, ``other_database``,
        ``database_not_empty``, ``files_not_empty``."""
        self.facts = facts


class BadReportForm(RegistryError):
    """A Word file that cannot be the form of reports; ``code`` tells why, ``detail`` where."""

    field = "file"

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {_shown(detail)}")
        self.code = code
        """``not_word``, ``too_large``, ``too_slow``, ``macros``, ``unknown_field``, ``syntax``, ``refused``."""
        self.detail = detail
