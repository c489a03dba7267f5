"""How long a backup takes and what the office notices of it: ``python -m tests.benchmarks.backup [--files N]``.

On SQLite, in a folder of its own. Beside it, in the same run, a plain copy of the same bytes (``cp``, which gives no
moment in time); and registering alone beside registering while the backup runs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from registry import schema
from registry.db import Sessions, make_engine, make_sessions
from registry.files.backup_archive import Archive
from registry.files.store import FileStore
from registry.models import FileText, StoredFile
from registry.services import backups, reference, restoring
from registry.services.actors import at_the_machine
from registry.services.backups import Place
from registry.services.registration import register_document
from tests.conftest import NOON
from tests.factories import CLERK, Office

_FILE_BYTES = 100_000
_TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Giám đốc Sở Nội vụ. " * 150
_ROWS_AT_ONCE = 500


def fill(db: Sessions, store: FileStore, files: int) -> None:
    """Put files of 100 KB with texts of 12,000 characters into the store and the database."""
    for start in range(0, files, _ROWS_AT_ONCE):
        rows = []
        for number in range(start, min(start + _ROWS_AT_ONCE, files)):
            content = os.urandom(_FILE_BYTES)
            sha256 = hashlib.sha256(content).hexdigest()
            store.path(sha256).parent.mkdir(parents=True, exist_ok=True)
            store.path(sha256).write_bytes(content)
            rows.append({"id": number + 1, "sha256": sha256, "size": len(content), "kind": "pdf", "stored_at": NOON})
        with db.begin() as session:
            session.execute(insert(StoredFile), rows)
            session.execute(insert(FileText), [{"file_id": row["id"], "state": "done", "text": _TEXT} for row in rows])


class Clerk:
    """Somebody who registers one plan after the other and notes how long each took."""

    def __init__(self, office: Office) -> None:
        self.seconds: list[float] = []
        self._office, self._stop = office, threading.Event()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        thread = threading.Thread(target=self._register)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _register(self) -> None:
        office = self._office
        while not self._stop.is_set():
            began = time.perf_counter()
            register_document(office.db, office.new_document(
                book_id=office.books["KH"], number="", symbol="KH-UBND", subject=f"việc {began}"), actor=CLERK, at=NOON)
            self.seconds.append(time.perf_counter() - began)

    def told(self) -> str:
        return (f"{len(self.seconds)} documents, median {statistics.median(self.seconds) * 1000:.0f} ms, "
                f"longest {max(self.seconds) * 1000:.0f} ms")


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=3000)
    files = arguments.parse_args().files
    with tempfile.TemporaryDirectory(prefix="backup-") as name:
        folder = Path(name)
        engine = make_engine(f"sqlite:///{folder / 'register.db'}")
        schema.upgrade(engine)
        db, store = make_sessions(engine), FileStore(folder / "files")
        reference.load(db)
        office = Office(db)
        fill(db, store, files)
        size = (folder / "register.db").stat().st_size + files * _FILE_BYTES
        print(f"{files} files, {size / 1e6:.0f} MB with the database ({(folder / 'register.db').stat().st_size / 1e6:.0f} MB)")

        began = time.perf_counter()
        shutil.copytree(store.root, folder / "copy" / "files")
        shutil.copy(folder / "register.db", folder / "copy" / "register.db")
        os.sync()
        plain = time.perf_counter() - began
        print(f"plain copy of the bytes          {plain:6.1f} s")

        alone = Clerk(office)
        with alone.at_work():
            time.sleep(5)
        place = Place(folder / "backups", keep=3)
        began = time.perf_counter()
        made = backups.make(db, store, place, clock=lambda: NOON)
        first = time.perf_counter() - began
        print(f"first backup, all files copied   {first:6.1f} s   {first / plain:.2f} of the plain copy")
        began = time.perf_counter()
        backups.make(db, store, place, clock=lambda: NOON + timedelta(days=1))
        again = time.perf_counter() - began
        print(f"next backup, files read, shared  {again:6.1f} s   {again / plain:.2f} of the plain copy")
        during = Clerk(office)
        began = time.perf_counter()
        with during.at_work():  # in the same process, as the embedded office runs
            backups.make(db, store, Place(folder / "elsewhere", keep=3), clock=lambda: NOON)
            busy = time.perf_counter() - began
        print(f"all copied, office at work       {busy:6.1f} s   {busy / plain:.2f} of the plain copy")
        print(f"registering alone                {alone.told()}")
        print(f"registering during the backup    {during.told()}")

        other = make_engine(f"sqlite:///{folder / 'new' / 'register.db'}")
        began = time.perf_counter()
        restoring.restore(Archive(made.folder), other, FileStore(folder / "new" / "files"), folder / "new", tools=None,
                          actor=at_the_machine(), at=NOON)
        print(f"restoring, all read twice        {time.perf_counter() - began:6.1f} s")
        other.dispose()
        engine.dispose()


if __name__ == "__main__":
    main()
