"""Taking files in: kept in the store, known by their content, read at once where that is quick.

Nothing of a file that bears a mark of state secrecy stays: its text is read before a row is written,
and the content leaves the store again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Config
from registry.db import Sessions, insert_missing, reading
from registry.domain.errors import SecretDocument
from registry.domain.file_errors import FileFault, FileRefused, FileUnreadable
from registry.domain.secrecy import find_secrecy_mark, find_secrecy_mark_in_file_name
from registry.files import reading as file_reading
from registry.files.kinds import FileKind, detect
from registry.files.store import FileStore
from registry.models import FileText, IntakeBatch, StoredFile
from registry.services.actors import Actor
from registry.services.refusals import record_refusal
from search_index.text import clean, one_line

_LONGEST_NAME = 255
_QUICK = frozenset({FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.XML})
"""Kinds whose text is there without OCR and without LibreOffice."""
_QUICK_LIMITS = file_reading.Limits(seconds=15)
_TRANSIENT = frozenset({FileFault.TIMED_OUT, FileFault.OUT_OF_MEMORY})
"""What may go better in the background, with more time."""


@dataclass(frozen=True, slots=True)
class FileRules:
    """What the office takes in: kinds, and bytes of one file."""

    kinds: frozenset[str]
    longest: int

    @classmethod
    def of(cls, config: Config) -> FileRules:
        """Return what the configuration says."""
        return cls(config.file_kinds, config.max_upload_mb * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a person sends it: its name there, and its content."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class ReadText:
    """What stands in a file, as it is kept; ``state`` and ``reason`` as of ``FileText``."""

    state: str
    text: str = ""
    pages: int = 0
    source: str = ""
    needs_ocr: bool = False
    notes: tuple[str, ...] = ()
    reason: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A file in the store that no row names yet."""

    name: str
    sha256: str
    size: int
    kind: FileKind
    read: ReadText


def clean_name(name: str) -> str:
    """Return a file's name without folders, on one line, in NFC; of a long one the end stays, with its suffix.

    Raises:
        FileRefused: ``name_secret``, it or a folder of it bears a mark of state secrecy.
    """
    parts = [one_line(part) for part in name.replace("\\", "/").split("/")]
    if any(map(find_secrecy_mark_in_file_name, parts)):
        raise FileRefused("name_secret")
    return parts[-1][-_LONGEST_NAME:] or "tệp"


def take_name(db: Sessions, name: str, *, actor: Actor, at: datetime) -> str:
    """Return a file's name as it is kept.

    Raises:
        FileRefused: ``name_secret``; that it was refused is recorded.
    """
    try:
        return clean_name(name)
    except FileRefused:
        with db.begin() as session:
            record_refusal(session, SecretDocument("file_name"), actor=actor, at=at)
        raise


def receive(db: Sessions, store: FileStore, upload: Upload, rules: FileRules, *, actor: Actor, at: datetime,
            later: bool = False) -> Received:
    """Keep a file for the caller, who writes its rows; what nobody asks for leaves the store in the night.

    ``later`` leaves all reading to the background.

    Raises:
        FileRefused: its name, size, kind or content; nothing is kept.
        SecretDocument: its text bears a mark of state secrecy; that it was refused is recorded.
    """
    name = take_name(db, upload.name, actor=actor, at=at)
    stored = store.put(upload.stream, longest=rules.longest)
    try:
        path = store.path(stored.sha256)
        kind = _allowed(detect(path), rules)
        read = _known(db, stored.sha256) or (ReadText("waiting", needs_ocr=kind.is_scan) if later else _read(path, kind))
        refuse_secret(db, read.text, actor=actor, at=at)
    except (FileRefused, SecretDocument):
        discard(db, store, stored.sha256)
        raise
    return Received(name, stored.sha256, stored.size, kind, read)


def _allowed(kind: FileKind, rules: FileRules) -> FileKind:
    if kind.value not in rules.kinds:
        raise FileRefused("kind_not_allowed", kind=kind.value, kinds=rules.kinds)
    return kind


def _known(db: Sessions, sha256: str) -> ReadText | None:
    """Return the text of a content that was read before."""
    with reading(db) as session:
        row = session.scalars(select(FileText).join(StoredFile, StoredFile.id == FileText.file_id).where(
            StoredFile.sha256 == sha256, FileText.state == "done")).one_or_none()
        return None if row is None else ReadText(
            "done", row.text, row.pages, row.source, notes=tuple(row.notes))


def _read(path: Path, kind: FileKind) -> ReadText:
    """Read the text layer; what needs OCR, LibreOffice or more time waits for the background."""
    if kind not in _QUICK:
        return ReadText("waiting", needs_ocr=kind.is_scan)
    try:
        return as_kept(file_reading.read_file(path, kind, limits=_QUICK_LIMITS))
    except FileUnreadable as fault:
        return ReadText("waiting") if fault.reason in _TRANSIENT else as_failed(fault)


def as_kept(found: file_reading.FileText) -> ReadText:
    """Return what reading found as it is kept: clean, page by page."""
    text = "\f".join(clean(page) for page in found.text.split("\f"))
    return ReadText("waiting" if found.needs_ocr else "done", text, found.pages, found.source, found.needs_ocr,
                    tuple(found.notes))


def as_failed(fault: FileUnreadable) -> ReadText:
    """Return that a file could not be read, and why."""
    return ReadText("failed", reason=fault.reason.value, most=fault.most)


def as_text(pages: str) -> str:
    """Return pages as one running text."""
    return pages.replace("\f", "\n").strip()


def refuse_secret(db: Sessions, pages: str, *, actor: Actor, at: datetime) -> None:
    """Refuse a text with a mark of state secrecy; only that it was refused is recorded.

    Raises:
        SecretDocument: a mark stands as a mark.
    """
    mark = find_secrecy_mark(as_text(pages), whole_text=True)
    if mark is not None:
        error = SecretDocument(mark.rule)
        with db.begin() as session:
            record_refusal(session, error, actor=actor, at=at)
        raise error


def enter(session: Session, file: Received, *, at: datetime) -> tuple[StoredFile, bool]:
    """Return the row of the content, made together with its text where it is new.

    Second comes whether this upload brought the text of a content that was known and waited to be read.
    """
    insert_missing(session, StoredFile, sha256=file.sha256, size=file.size, kind=file.kind.value, stored_at=at)
    row = session.scalars(select(StoredFile).where(StoredFile.sha256 == file.sha256).with_for_update()).one()
    text = session.get(FileText, row.id)
    if text is None:
        session.add(FileText(file_id=row.id, tries=0, read_at=at if file.read.state == "done" else None,
                             **kept_columns(file.read)))
        session.flush()
    elif file.read.state == "done" and text.state != "done":
        fill(text, file.read, at=at)
        session.flush()
        return row, True
    elif text.state == "stopped":  # by a batch that was stopped; now somebody else waits for it
        text.state = "waiting"
    return row, False


def kept_columns(read: ReadText) -> dict[str, object]:
    """Return the columns of ``FileText`` that say what was read."""
    return {"state": read.state, "text": read.text, "pages": read.pages, "source": read.source,
            "needs_ocr": read.needs_ocr, "notes": list(read.notes), "reason": read.reason, "most": read.most}


def fill(text: FileText, read: ReadText, *, at: datetime) -> None:
    """Set what was read, and end the lease."""
    for name, value in kept_columns(read).items():
        setattr(text, name, value)
    text.lease_until, text.holder, text.read_at, text.tries = None, "", at, 0


def discard(db: Sessions, store: FileStore, sha256: str) -> None:
    """Delete a content that is refused or done with, unless a row names it or a batch still unpacks it."""
    with reading(db) as session:
        for needs in (select(StoredFile.id).where(StoredFile.sha256 == sha256),
                      select(IntakeBatch.id).where(IntakeBatch.archive_sha256 == sha256).limit(1)):
            if session.scalar(needs) is not None:
                return
    store.remove(sha256)
