"""Backups (sao lưu): database and files of one moment, while the office works.

The database is copied first, in one transaction. A file's content enters the store before the row that names it, and
is never changed; so every file that the copied database names is in the store when the files are copied after it.
What comes in between is simply not part of this backup.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import Engine, delete, select

from config import Config
from registry.db import Sessions, reading
from registry.domain.backup_errors import BackupFault
from registry.files import backup_archive
from registry.files.backup_archive import Archive, Draft, Manifest
from registry.files.store import FileStore
from registry.models import BackupRun, StoredFile
from registry.services import database_copies
from registry.services.database_copies import Contents
from registry.services.jobs import HANOI

TOO_OLD = timedelta(days=2)
"""A last success that lies further back is a reason to worry."""
_RUNS_KEPT = 100
_RUNS_SHOWN = 20
_LONGEST_WHY = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where backups go, and how many stay."""

    folder: Path
    keep: int
    tools: Path | None = None
    """The folder of PostgreSQL's programs, where it is not on the PATH."""

    @classmethod
    def of(cls, config: Config) -> Place:
        """Return what the configuration says."""
        return cls(config.backups, config.backups_kept, config.postgres_bin)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    folder: Path
    manifest: Manifest
    removed: list[Archive] = field(default_factory=list)
    """Older ones that made room."""


def make(db: Sessions, store: FileStore, place: Place, *, clock: Callable[[], datetime],
         progress: Progress | None = None) -> Made:
    """Back up database and files, remember how it went, and keep the newest backups.

    Raises:
        BackupFault: nothing was made, and older backups are all still there.
    """
    started = clock()
    try:
        made = _make(db, store, place, started, progress)
    except BackupFault as fault:
        _remember(db, started, clock(), fault=fault)
        raise
    except Exception as fault:
        _remember(db, started, clock(), fault=BackupFault("program", why=f"{type(fault).__name__}: {fault}"[:_LONGEST_WHY]))
        raise
    _remember(db, started, clock(), made=made)
    return Made(made.folder, made.manifest, backup_archive.prune(place.folder, place.keep))


def _make(db: Sessions, store: FileStore, place: Place, at: datetime, progress: Progress | None) -> Made:
    with db() as session:
        engine = session.get_bind()
    if not isinstance(engine, Engine):
        raise TypeError("sessions are bound to an engine")
    earlier = next(iter(backup_archive.find(place.folder)), None)
    with backup_archive.begin(place.folder, at.astimezone(HANOI)) as (draft, final):
        backup_archive.require_room(place.folder, database_copies.size(engine) + backup_archive.ROOM_LEFT)
        contents = database_copies.copy_into(draft, engine, place.tools)
        missing = _add_files(draft, store, contents, earlier, progress)
        lost = _still_named(db, missing)
        manifest = Manifest(
            format=backup_archive.FORMAT, program=_program(), revision=contents.revision, database=engine.dialect.name,
            database_file=next(name for name in draft.sums if name.startswith("database.")), taken_at=at.astimezone(HANOI).isoformat(),
            documents=contents.documents, events=contents.events, files=len(contents.files) - len(missing), size=draft.size,
            lost=lost)
        draft.finish(manifest)
    return Made(final, manifest)


def _still_named(db: Sessions, hashes: Sequence[str]) -> tuple[str, ...]:
    """Return those that a row still names: a draft that was swept meanwhile is no loss."""
    with reading(db) as session:
        return tuple(sha256 for sha256 in hashes
                     if session.scalar(select(StoredFile.id).where(StoredFile.sha256 == sha256)) is not None)


def _add_files(draft: Draft, store: FileStore, contents: Contents, earlier: Archive | None,
               progress: Progress | None) -> list[str]:
    """Share or copy every file; return those that the store does not have as they were."""
    new = [(sha256, size) for sha256, size in contents.files if not draft.share(sha256, earlier)]
    backup_archive.require_room(draft.folder, sum(size for _, size in new) + backup_archive.ROOM_LEFT)
    missing = []
    for done, (sha256, _size) in enumerate(new, 1):
        try:
            with store.open(sha256) as source:
                good = draft.add_file(sha256, source)
        except FileNotFoundError:
            good = False
        if not good:
            missing.append(sha256)
        if progress:
            progress(done, len(new))
    return missing


def _program() -> str:
    try:
        return version("sovanban")
    except PackageNotFoundError:  # run from the source
        return ""


def _remember(db: Sessions, started: datetime, finished: datetime, *, made: Made | None = None,
              fault: BackupFault | None = None) -> None:
    with db.begin() as session:
        session.add(BackupRun(
            started_at=started, finished_at=finished, machine=socket.gethostname()[:100],
            path=str(made.folder)[:1000] if made else "", size=made.manifest.size if made else 0,
            files=made.manifest.files if made else 0, lost_files=len(made.manifest.lost) if made else 0,
            fault=fault.code if fault else "", facts=fault.facts if fault else {}))
        session.flush()
        kept = select(BackupRun.id).order_by(BackupRun.id.desc()).limit(_RUNS_KEPT)
        session.execute(delete(BackupRun).where(BackupRun.id.not_in(kept.scalar_subquery())))


@dataclass(frozen=True, slots=True)
class RunRow:
    """One backup that ended, as the page shows it."""

    started_at: datetime
    finished_at: datetime
    machine: str
    path: str
    size: int
    files: int
    lost_files: int
    fault: BackupFault | None


@dataclass(frozen=True, slots=True)
class State:
    """How the backups stand."""

    runs: list[RunRow]
    """The latest, newest first."""
    last_good: RunRow | None
    is_old: bool
    """There is none, or the last good one is older than ``TOO_OLD``."""


def state(db: Sessions, now: datetime) -> State:
    """Return how the backups stand."""
    newest = select(BackupRun).order_by(BackupRun.id.desc())
    with reading(db) as session:
        runs = [_row(run) for run in session.scalars(newest.limit(_RUNS_SHOWN))]
        good = session.scalars(newest.where(BackupRun.fault == "").limit(1)).one_or_none()
    last_good = _row(good) if good else None
    return State(runs, last_good, last_good is None or last_good.finished_at < now - TOO_OLD)


def _row(run: BackupRun) -> RunRow:
    return RunRow(run.started_at, run.finished_at, run.machine, run.path, run.size, run.files, run.lost_files,
                  BackupFault(run.fault, **run.facts) if run.fault else None)
