"""A form filled from a file, and a thousand files in bulk.

    python -m tests.benchmarks.files [--files 1000] [--pages 20] [--forms 10]

The form: a PDF of 20 pages is sent to a served application; from the end of the upload until the page with the
filled form is there. In bulk: a folder as ``sovanban intake FOLDER`` reads it, from the first file taken in to
the last text in the database. Both beside the peers, in the same run on the same files: the bare text layer by
pypdfium2 in this process, and ``pdftotext`` a process each where poppler is installed.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

import pypdfium2

from config import Config
from registry import schema
from registry.app import create_app
from registry.db import Sessions, make_engine, make_sessions
from registry.domain.roles import Role
from registry.files.reading import close_readers
from registry.files.store import FileStore
from registry.reader import FileReader
from registry.services import intake_batches, intake_receiving, reference, users
from registry.services.actors import at_the_machine
from registry.services.file_uploads import FileRules
from tests.conftest import HANOI
from tests.factories import CLERK, Office
from tests.made_files import plan_pdf
from tests.web.conftest import PASSWORD, Person


def bare_text(paths: Iterable[Path]) -> int:
    """Return how many characters pypdfium2 finds, without positions."""
    found = 0
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                text = page.get_textpage()
                found += len(text.get_text_bounded())
                text.close()
                page.close()
    return found


def pdftotext(paths: Iterable[Path]) -> None:
    """Read each file by poppler, a process each."""
    for path in paths:
        subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, stdout=subprocess.DEVNULL)


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cpu_seconds() -> float:
    """Return the processor time of this process and of those that it has ended: it does not depend on who else works."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (
        resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def forms(folder: Path, paths: list[Path]) -> None:
    """Print how long the filled form takes after the upload."""
    config = Config(data=folder, database_url=f"sqlite:///{folder / 'forms.db'}", secret_key="k" * 40)
    engine = make_engine(config.database_url)
    schema.upgrade(engine)
    db = make_sessions(engine)
    reference.load(db)
    Office(db)
    now = datetime.now(HANOI)
    users.create_user(db, users.UserData(username="clerk", full_name="Văn thư", role=Role.CLERK),
                      actor=at_the_machine(Role.ADMINISTRATOR), at=now, password=PASSWORD)
    app = create_app(config)
    app.test_client_class = Person
    client = app.test_client()
    client.sign_in("clerk")
    taken = []
    for path in paths:
        with path.open("rb") as stream:
            began = time.perf_counter()
            answer = client.post("/intake/files", data={"files": [(stream, path.name)]})
        page = client.get(answer.location)
        taken.append(time.perf_counter() - began)
        assert 'value="24/03/2021"' in page.text, page.text[:500]
    app.extensions["registry.engine"].dispose()
    engine.dispose()
    close_readers()
    bare = statistics.median(seconds(partial(bare_text, [path])) for path in paths)
    print(f"form filled: the first {taken[0]:.2f} s (it starts the reading process), then median "
          f"{statistics.median(taken[1:] or taken):.2f} s, worst {max(taken[1:] or taken):.2f} s; wanted 1.5 s. "
          f"Bare pypdfium2 {bare:.2f} s, ratio {statistics.median(taken[1:] or taken) / bare:.1f}")


def bulk(folder: Path, paths: list[Path]) -> None:
    """Print how many files a second a batch reads."""
    config = Config(data=folder, database_url=f"sqlite:///{folder / 'bulk.db'}", secret_key="k" * 40)
    engine = make_engine(config.database_url)
    schema.upgrade(engine)
    db = make_sessions(engine)
    before = cpu_seconds()
    taken = seconds(lambda: _read_all(db, config, paths))
    engine.dispose()
    close_readers()  # and so what the reading processes used is counted
    cpu = (cpu_seconds() - before) / len(paths)
    bare = seconds(lambda: bare_text(paths))
    told = [f"bare pypdfium2 in one process {len(paths) / bare:.1f}"]
    if shutil.which("pdftotext"):
        told.append(f"pdftotext {len(paths) / seconds(lambda: pdftotext(paths)):.1f}")
    print(f"in bulk: {len(paths) / taken:.1f} files a second ({len(paths)} files, {taken:.1f} s); wanted 5. "
          f"{cpu:.2f} CPU seconds a file, so two free cores read {2 / cpu:.1f}. "
          f"{', '.join(told)}; ratio to the bare one {bare / taken:.2f}")


def _read_all(db: Sessions, config: Config, paths: list[Path]) -> None:
    def clock() -> datetime:
        return datetime.now(HANOI)

    store, rules = FileStore(config.files_folder), FileRules.of(config)
    batch_id = intake_receiving.start(db, "bulk", total=len(paths), actor=CLERK, at=clock())
    reader = FileReader(db, config, holder="benchmark", clock=clock)
    reader.start()
    for position, path in enumerate(paths):
        intake_receiving.add_file(db, store, batch_id, position, path.name, partial(path.open, "rb"), rules, actor=CLERK,
                                at=clock())
    while (row := intake_batches.get_batch(db, batch_id, actor=CLERK)).is_busy:
        time.sleep(0.2)
    reader.stop()
    assert row.counts.unreadable == row.counts.refused == 0


def main() -> None:
    """Read the arguments, make the files, print both figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--forms", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        paths = []
        for number in range(1, max(given.files, given.forms) + 1):
            path = folder / f"{number}.pdf"
            path.write_bytes(plan_pdf(f"{number}/KH-UBND", pages=given.pages))
            paths.append(path)
        forms(folder, paths[:given.forms])
        bulk(folder, paths[:given.files])


if __name__ == "__main__":
    main()
