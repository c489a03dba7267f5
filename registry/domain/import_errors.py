"""Faults of what is imported (nhập từ tệp): of the file, of a row, of a cell."""

from __future__ import annotations

from registry.domain.errors import RegistryError


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


class BadImportFile(RegistryError):
    """A file that cannot be imported, or one line of it; ``code`` tells why, ``facts`` with what."""

    field = "file"

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        """``format``, ``damaged``, ``no_header``, ``empty``, ``too_large``, ``too_many_columns``,
        ``too_many_rows``, ``line_too_long``, ``line`` (not JSON), ``name_secret``, ``taken_out`` (a list to be edited, no new documents)."""
        self.facts = facts
