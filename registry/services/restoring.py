"""Restoring a backup (khôi phục) into an empty installation; what holds something is never overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, update

from registry import schema
from registry.db import make_sessions
from registry.domain.backup_errors import BackupFault
from registry.domain.file_errors import FileRefused
from registry.files.backup_archive import ROOM_LEFT, Archive, Manifest, require_room
from registry.files.store import FileStore
from registry.models import FileText, IntakeBatch, JobRun
from registry.services import audit, database_copies, indexing
from registry.services.actors import Actor

Progress = Callable[[int, int], None]


def restore(source: Archive, engine: Engine, store: FileStore, data: Path, *, tools: Path | None, actor: Actor, at: datetime,
            progress: Progress | None = None) -> Manifest:
    """Bring database and files of a backup into an empty installation, and record it in the audit trail.

    All of the backup is read and compared with its sums before anything is written. The database comes last, so that
    one that is cut off is simply done again. The search index of before is removed: it is made anew when the program
    runs.

    Raises:
        BackupFault: the backup is damaged or of a newer program, the installation is not empty, or there is no room.
    """
    manifest = check(source, engine, progress=progress)
    database_copies.require_empty(engine)
    wanted = {Path(name).name: digest for name, digest in source.sums().items() if name.startswith("files/")}
    strangers = [sha256 for sha256 in store.all() if sha256 not in wanted]
    if strangers:
        raise BackupFault("files_not_empty", path=str(store.root))
    _require_room(source, engine, data, [sha256 for sha256 in wanted if not store.path(sha256).exists()], manifest)
    for sha256 in wanted:
        _bring(source, store, sha256)
    database_copies.load(source.folder / manifest.database_file, engine, tools)
    schema.upgrade(engine)
    shutil.rmtree(indexing.index_folder(data), ignore_errors=True)
    with make_sessions(engine).begin() as session:
        # Whoever held a job when the backup was made is gone; what was at work is taken up again.
        session.execute(update(JobRun).values(lease_until=None))
        session.execute(update(FileText).where(FileText.state == "reading").values(state="waiting", lease_until=None))
        session.execute(update(IntakeBatch).values(lease_until=None))
        audit.record(session, actor, at, "restore_backup", "backup", label=source.folder.name,
                     changes={"taken_at": [None, manifest.taken_at], "documents": [None, manifest.documents]})
    return manifest


def _require_room(source: Archive, engine: Engine, data: Path, missing: Sequence[str], manifest: Manifest) -> None:
    """Make sure that the files fit, and SQLite's database, which lies beside them.

    Raises:
        BackupFault: ``disk_full``.
    """
    needed = sum(source.file(sha256).stat().st_size for sha256 in missing)
    if engine.dialect.name == "sqlite":
        needed += (source.folder / manifest.database_file).stat().st_size
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_room(data, needed + ROOM_LEFT)


def check(source: Archive, engine: Engine, *, progress: Progress | None = None) -> Manifest:
    """Make sure that a backup is whole and can be restored by this program into this kind of database.

    Raises:
        BackupFault: ``no_archive``, ``unfinished``, ``damaged``, ``newer_format``, ``newer_program``, ``other_database``.
    """
    manifest = source.manifest
    if not schema.knows(manifest.revision):
        raise BackupFault("newer_program", program=manifest.program, revision=manifest.revision)
    if manifest.database != engine.dialect.name:
        raise BackupFault("other_database", has=manifest.database, needs=engine.dialect.name)
    source.verify(progress)
    return manifest


def _bring(source: Archive, store: FileStore, sha256: str) -> None:
    path = source.file(sha256)
    try:
        with path.open("rb") as file:
            stored = store.put(file, longest=path.stat().st_size)
    except (OSError, FileRefused) as fault:
        raise BackupFault("not_writable", path=str(store.root), why=str(fault)) from fault
    if stored.sha256 != sha256:
        raise BackupFault("damaged", name=path.name)
