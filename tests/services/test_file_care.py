"""What doctor says of the store of files, and what it mends."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest

from registry.files.store import FileStore
from registry.models import FileText, StoredFile
from registry.services import attachments, file_care, file_uploads
from registry.services.file_uploads import FileRules, Upload
from tests.conftest import NOON
from tests.factories import CLERK
from tests.made_files import page_png

RULES = FileRules(frozenset({"image"}), 1024 * 1024)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def attached(office, db, store) -> str:
    """The hash of a picture attached to plan 325/KH-UBND."""
    file = file_uploads.receive(db, store, Upload("Bản quét.png", io.BytesIO(page_png())), RULES, actor=CLERK, at=NOON, later=True)
    attachments.attach(db, office.register(), file, actor=CLERK, at=NOON)
    return file.sha256


@pytest.fixture
def told(db, store):
    def look(*, days: float = 0, repair: bool = False) -> dict[bool, str]:
        found = list(file_care.stored_files(db, store, now=NOON + timedelta(days=days), repair=repair))
        return {good: " ".join(f"{one.text} {one.remedy}" for one in found if one.good is good) for good in (True, False)}

    return look


def test_a_store_in_order_is_said_so(attached, told):
    found = told()
    assert found[False] == ""
    assert "Kho tệp đủ 1 tệp" in found[True]


def test_a_missing_file_is_named_with_its_document(attached, store, told):
    store.remove(attached)
    assert "Kho thiếu 1 tệp: “Bản quét.png” của 325/KH-UBND" in told()[False]


def test_an_altered_file_is_named_with_its_document(attached, store, told):
    data = bytearray(store.path(attached).read_bytes())
    data[-1] ^= 1
    store.path(attached).write_bytes(bytes(data))
    assert "1 tệp không còn đúng như lúc lưu: “Bản quét.png” của 325/KH-UBND" in told()[False]


def test_a_file_of_nobody_is_offered_and_removed_once_it_is_a_day_old(attached, store, told):
    stranger = store.put(io.BytesIO(b"of nobody"), longest=100).sha256
    os.utime(store.path(stranger), (NOON.timestamp(),) * 2)
    assert "không thuộc văn bản nào" not in told(days=0.9)[True]
    found = told(days=1.1)
    assert "1 tệp không thuộc văn bản nào" in found[True]
    assert "doctor --repair" in found[True]
    assert store.verify(stranger)
    assert "Đã xóa 1 tệp" in told(days=1.1, repair=True)[True]
    assert not store.path(stranger).exists()
    assert store.verify(attached)


def test_a_text_that_waits_for_long_is_told_and_queued_again(attached, db, told):
    with db.begin() as session:
        session.get(FileText, session.query(StoredFile).one().id).tries = 5
    assert told(days=0.5)[False] == ""
    assert "1 tệp chờ đọc chữ đã quá một ngày" in told(days=1.5)[False]
    assert "xếp 1 tệp chờ đọc lại" in told(days=1.5, repair=True)[True]
    with db() as session:
        assert session.get(FileText, session.query(StoredFile).one().id).tries == 0
