"""What an import tells: what became of each row, and of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from registry.domain.errors import RegistryError
from registry.domain.import_errors import BadImportFile

_MOST_TOLD = 20_000
"""Rows kept with their remarks in a report; all are counted."""


class BrokenOff(Protocol):
    """A report that keeps why a file could not be read to its end."""

    fault: BadImportFile | None


class Outcome(StrEnum):
    """What became of a row."""

    REGISTERED = "registered"
    ALREADY = "already"
    """Its id is there from before; nothing was updated."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong or odd about a row: the user's own column name, the value cut short, and the error."""

    column: str
    value: str
    error: RegistryError


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row of the file and what became of it; a secret row shows its line alone."""

    line: int
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    """What was read, for a preview: ``number``, ``kind``, ``issued_on``, ``issuer``, ``subject``, ``direction``."""


@dataclass(slots=True)
class ImportReport:
    """What an import did; ``told`` holds the rows that were refused or have something odd, in order."""

    rows: int = 0
    registered: int = 0
    already: int = 0
    refused: int = 0
    warned: int = 0
    told: list[RowOutcome] = field(default_factory=list)
    new_issuers: list[str] = field(default_factory=list)
    dry_run: bool = False
    remark: str = ""
    """How the file was read, a code of ``Source.remark``."""
    converted: Counter[str] = field(default_factory=Counter)
    """Rows that were in an old encoding, ``tcvn3`` or ``vni``, and are kept in Unicode."""
    fault: BadImportFile | None = None
    """Why the file could not be read to its end."""
    everything: bool = False

    @property
    def refusals(self) -> list[RowOutcome]:
        """The refused rows that the report holds."""
        return [row for row in self.told if row.outcome == Outcome.REFUSED]

    def add(self, row: RowOutcome) -> None:
        """Count a row."""
        self.rows += 1
        if row.outcome == Outcome.REGISTERED:
            self.registered += 1
        elif row.outcome == Outcome.ALREADY:
            self.already += 1
        else:
            self.refused += 1
        self.warned += bool(row.faults) and row.outcome != Outcome.REFUSED
        if self.everything or (row.faults and len(self.told) < _MOST_TOLD):
            self.told.append(row)
