"""Fixtures of the use cases: the store of files, and a file as the services receive it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from registry.files.store import FileStore
from registry.services import file_uploads
from registry.services.actors import Actor
from registry.services.file_uploads import Upload
from tests.conftest import NOON
from tests.factories import CLERK
from tests.services.filing import RULES


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def receive(db, store):
    def take(content: bytes, name: str = "Kế hoạch.pdf", actor: Actor = CLERK):
        return file_uploads.receive(db, store, Upload(name, io.BytesIO(content)), RULES, actor=actor, at=NOON)

    return take
