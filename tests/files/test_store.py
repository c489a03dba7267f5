"""The store of files: one content once, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from registry.domain.file_errors import FileRefused
from registry.files.store import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def _put(store: FileStore, content: bytes, longest: int = 1000) -> str:
    return store.put(io.BytesIO(content), longest=longest).sha256


def test_the_same_content_is_stored_once(store):
    assert _put(store, b"Quyet dinh") == _put(store, b"Quyet dinh") == hashlib.sha256(b"Quyet dinh").hexdigest()
    assert list(store.all()) == [hashlib.sha256(b"Quyet dinh").hexdigest()]
    assert [one for one in store.root.rglob("*") if one.is_file()] == [store.path(next(store.all()))]


def test_a_file_that_is_too_large_leaves_nothing(store):
    with pytest.raises(FileRefused) as caught:
        _put(store, b"x" * 1001)
    assert caught.value.code == "too_large"
    assert list(store.root.iterdir()) == []


def test_an_upload_that_breaks_off_leaves_nothing(store):
    class Broken(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(3)

    with pytest.raises(ConnectionResetError):
        store.put(Broken(b"abcdef"), longest=1000)
    assert list(store.root.iterdir()) == []


def test_altered_and_missing_files_are_noticed(store):
    sha256 = _put(store, b"abc")
    assert store.verify(sha256)
    store.path(sha256).write_bytes(b"abd")
    assert not store.verify(sha256)
    store.path(sha256).unlink()
    assert not store.verify(sha256)


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_only_the_owner_reads_files(store):
    sha256 = _put(store, b"abc")
    assert store.path(sha256).stat().st_mode & 0o777 == 0o600
    assert store.path(sha256).parent.stat().st_mode & 0o777 == 0o700


def test_a_path_is_made_of_nothing_but_a_hash(store):
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.path("../../etc/passwd")


def test_what_was_put_again_meanwhile_is_not_removed(store):
    sha256 = _put(store, b"abc")
    os.utime(store.path(sha256), (1000, 1000))
    _put(store, b"abc")
    assert not store.remove(sha256, unless_newer_than=2000)
    assert store.remove(sha256)
    assert list(store.all()) == []
