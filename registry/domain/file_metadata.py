"""What Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần II keeps of a case file and of the documents in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMetadata:
    """Thông tin về hồ sơ; the names in brackets are the decree's."""

    organ_id: str
    """Mã định danh of the office (OrganId), empty where it is not entered."""
    office: str
    year: int
    """FileCatalog."""
    code: str
    """FileNotation."""
    heading: str
    title: str
    retention: str
    """Maintenance: "20 năm", "Vĩnh viễn"."""
    rights: str
    creator: str
    language: str
    started_on: date
    ended_on: date | None
    documents: int
    """DocTotal: of the documents that are told here."""
    pages: int
    """PageTotal: of those whose pages are known."""
    hidden: int
    """Documents that the person who asks may not see: they are not told here."""
    description: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Tệp đính kèm: its name, and where its content lies when its pages go with a PDF of the file."""

    name: str
    path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMetadata:
    """Thông tin về văn bản đi, văn bản đến trong hồ sơ."""

    id: int
    ordinal: int
    """DocOrdinal, from 1 in the order told."""
    direction: str
    kind: str
    number: str
    issued_on: date | None
    issuer: str
    subject: str
    language: str
    pages: int | None
    notes: str
    received_on: date | None
    arrival_number: str
    signer_position: str
    signer_name: str
    recipients: str
    handed_to: str
    urgency: int
    copies: int | None
    due_on: date | None
    files: tuple[AttachedFile, ...] = ()

    @property
    def code_number(self) -> str:
        """CodeNumber: what stands before the first stroke; "325" of 325/KH-UBND."""
        return self.number.partition("/")[0]

    @property
    def code_notation(self) -> str:
        """CodeNotation: what stands behind it, with the year where the number carries one."""
        return self.number.partition("/")[2]
