"""Faults of files: what is not taken in, and what is attached but cannot be read; certificates, forms of reports."""

from __future__ import annotations

from enum import StrEnum

from registry.domain.errors import RegistryError, shown


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


class BadReportForm(RegistryError):
    """A Word file that cannot be the form of reports; ``code`` tells why, ``detail`` where."""

    field = "file"

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {shown(detail)}")
        self.code = code
        """``not_word``, ``too_large``, ``too_slow``, ``macros``, ``unknown_field``, ``syntax``, ``refused``."""
        self.detail = detail
