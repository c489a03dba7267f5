"""A copy of the whole database at one moment, while others write; and the way back into an empty one."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL

from registry.domain.backup_errors import BackupFault
from registry.files.backup_archive import Draft

SQLITE_FILE = "database.sqlite3"
POSTGRES_FILE = "database.dump"
_DEBIAN = Path("/usr/lib/postgresql")
_LONGEST_SAID = 500


@dataclass(frozen=True, slots=True)
class Contents:
    """What the copied database says of itself; of the very moment of the copy."""

    revision: str
    documents: int
    events: int
    files: tuple[tuple[str, int], ...]
    """SHA-256 and size of every file that is needed; 0 where the database does not know the size."""


def size(engine: Engine) -> int:
    """Return the bytes of the database, roughly what a copy takes."""
    query = ("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
             if engine.dialect.name == "sqlite" else "SELECT pg_database_size(current_database())")
    with engine.connect().execution_options(reading=True) as connection:
        return int(connection.execute(text(query)).scalar_one())


def copy_into(draft: Draft, engine: Engine, tools: Path | None) -> Contents:
    """Copy the database into a backup and return what stands in the copy.

    Raises:
        BackupFault: ``no_tool``, ``old_tool``, ``tool_failed``, ``database_damaged``.
    """
    if engine.dialect.name == "sqlite":
        return _copy_sqlite(draft, engine.url)
    # One transaction reads what the dump will hold: pg_dump joins its snapshot.
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        contents = _contents(connection)
        command = [_tool("pg_dump", tools, _server_version(connection)), "--format=custom", "--no-owner", "--no-privileges",
                   f"--snapshot={snapshot}", f"--dbname={_address(engine.url)}"]
        with tempfile.TemporaryFile() as said, subprocess.Popen(  # noqa: S603 - a fixed command
                command, stdout=subprocess.PIPE, stderr=said, env=_environment(engine.url)) as running:
            _keep(draft, running, said)
        return contents


def _copy_sqlite(draft: Draft, url: URL) -> Contents:
    copy = draft.folder / SQLITE_FILE
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(str(url.database), timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target, pages=-1)  # all in one step: with the log written ahead, nobody waits for it
            target.execute("PRAGMA journal_mode=DELETE")
            said = target.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.OperationalError as fault:
        if "full" in str(fault):
            raise BackupFault("disk_full", path=str(draft.folder.parent)) from fault
        raise BackupFault("tool_failed", tool="SQLite", why=str(fault)) from fault
    except sqlite3.DatabaseError as fault:
        raise BackupFault("database_damaged", why=str(fault)) from fault
    if said != "ok":
        raise BackupFault("database_damaged", why=said)
    draft.note(SQLITE_FILE)
    engine = create_engine(f"sqlite:///{copy.as_posix()}")  # without our settings, which would switch the log on again
    try:
        with engine.connect() as connection:
            return _contents(connection)
    finally:
        engine.dispose()


def _contents(connection: Connection) -> Contents:
    stored = connection.execute(text("SELECT sha256, size FROM stored_files")).all()
    # A .zip that is being unpacked lies in the store without a row of its own.
    sent_in = connection.execute(text("SELECT archive_sha256, 0 FROM intake_batches WHERE archive_sha256 <> ''")).all()
    files: dict[str, int] = {row[0]: row[1] for row in (*sent_in, *stored)}
    return Contents(
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        connection.execute(text("SELECT count(*) FROM documents WHERE direction <> 'external'")).scalar_one(),
        connection.execute(text("SELECT audit_seq FROM journal_head")).scalar_one(),
        tuple(sorted(files.items())))


def _keep(draft: Draft, running: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    """Write what pg_dump gives, and see whether it ended well."""
    if running.stdout is None:
        raise RuntimeError("pg_dump was started without a pipe")
    try:
        draft.add(POSTGRES_FILE, running.stdout)
    except OSError:
        running.kill()
        raise
    if running.wait():
        said.seek(0)
        raise BackupFault("tool_failed", tool="pg_dump", why=_short(said.read().decode("utf-8", "replace")))


def _short(said: str) -> str:
    return " ".join(said.split())[:_LONGEST_SAID]


def _server_version(connection: Connection) -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10000


def _tool(name: str, folder: Path | None, server: int) -> str:
    """Return a program of PostgreSQL that is not older than the server.

    Raises:
        BackupFault: ``no_tool``, ``old_tool``.
    """
    places = [folder] if folder else [None, _DEBIAN / str(server) / "bin"]
    found = [one for one in (shutil.which(name, path=str(place) if place else None) for place in places) if one]
    if not found:
        raise BackupFault("no_tool", tool=name)
    versions = {one: _version(one) for one in found}
    fit = [one for one in found if versions[one] >= server]
    if not fit:
        raise BackupFault("old_tool", tool=found[0], has=versions[found[0]], needs=server)
    return fit[0]


def _version(tool: str) -> int:
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout  # noqa: S603
    found = re.search(r"\(PostgreSQL\)\s+(\d+)", said)
    return int(found[1]) if found else 0


def _address(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string()


def _environment(url: URL) -> dict[str, str]:
    """Return the environment with the password, which a command line would show to everybody on the machine."""
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    return {**os.environ, **secret, "LC_ALL": "C"}


def require_empty(engine: Engine) -> None:
    """Make sure that nothing would be overwritten.

    Raises:
        BackupFault: ``database_not_empty``.
    """
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        if not path.exists():
            return
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise BackupFault("database_not_empty", name=str(path))
    elif inspect(engine).get_table_names():
        raise BackupFault("database_not_empty", name=str(engine.url.database))


def load(source: Path, engine: Engine, tools: Path | None) -> None:
    """Fill the empty database from a copy, wholly or not at all.

    Raises:
        BackupFault: ``no_tool``, ``old_tool``, ``tool_failed``.
    """
    if engine.dialect.name == "sqlite":
        _place_sqlite(source, Path(str(engine.url.database)))
        return
    with engine.connect() as connection:
        tool = _tool("pg_restore", tools, _server_version(connection))
    done = subprocess.run(  # noqa: S603 - a fixed command
        [tool, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         f"--dbname={_address(engine.url)}", str(source)],
        capture_output=True, text=True, errors="replace", env=_environment(engine.url), check=False)
    if done.returncode:
        raise BackupFault("tool_failed", tool="pg_restore", why=_short(done.stderr))


def _place_sqlite(source: Path, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for leftover in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
        leftover.unlink(missing_ok=True)  # of an empty database: anything else was refused
    waiting = place.with_name(f"{place.name}.restoring")
    with source.open("rb") as given, os.fdopen(
            os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as kept:
        _copy(given, kept)
    waiting.replace(place)


def _copy(given: IO[bytes], kept: IO[bytes]) -> None:
    shutil.copyfileobj(given, kept, 1024 * 1024)
    kept.flush()
    os.fsync(kept.fileno())
