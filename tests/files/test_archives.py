"""Files out of a .zip, hostile ones too."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from registry.domain.file_errors import FileRefused
from registry.files import archives
from registry.files.archives import Archive, is_archive
from tests.made_files import annex_docx, zip_of


@pytest.fixture
def opened(tmp_path: Path):
    def make(content: bytes) -> Archive:
        path = tmp_path / "a.zip"
        path.write_bytes(content)
        return Archive(path)

    return make


def read(entry: archives.Entry) -> bytes:
    """All of an entry, in small pieces."""
    with entry.open() as stream:
        return b"".join(iter(lambda: stream.read(64), b""))


def test_files_come_out_as_they_went_in(opened):
    with opened(zip_of({"thư mục/Kế hoạch.pdf": b"abc", "b.pdf": b"def"})) as archive:
        assert [(one.name, read(one), one.fault) for one in archive.entries] == [
            ("thư mục/Kế hoạch.pdf", b"abc", ""), ("b.pdf", b"def", "")]


def test_what_systems_leave_in_archives_is_passed_over(opened):
    with opened(zip_of({"__MACOSX/._a.pdf": b"x", "a/.DS_Store": b"x", "a/Thumbs.db": b"x", "~$a.docx": b"x",
                        "a.pdf": b"x"})) as archive:
        assert [one.name for one in archive.entries] == ["a.pdf"]


def test_names_in_utf8_without_saying_so_are_read(opened):
    """As Windows' own compressing and old programs write them."""
    name = "Quyết định số 12.pdf"
    content = zip_of({"X" * len(name.encode()): b"abc"})
    with opened(content.replace(b"X" * len(name.encode()), name.encode())) as archive:
        assert [one.name for one in archive.entries] == [name]


def test_a_name_that_points_elsewhere_is_only_a_name(opened, tmp_path):
    with opened(zip_of({"../../tmp/lọt.pdf": b"abc", "/etc/passwd": b"abc"})) as archive:
        assert [read(one) for one in archive.entries] == [b"abc", b"abc"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


@pytest.mark.parametrize(("files", "code"), [
    pytest.param({"a.pdf": bytes(50 * 1024 * 1024)}, "bomb", id="fifty megabytes of nothing"),
    pytest.param({"b.zip": zip_of({"a.pdf": b"x"})}, "archive", id="an archive in the archive"),
])
def test_what_cannot_be_taken_says_why(opened, files, code):
    with opened(zip_of(files)) as archive:
        assert [one.fault for one in archive.entries] == [code]


def test_a_file_larger_than_its_list_says_is_cut_off(opened):
    content = bytearray(zip_of({"a.pdf": b"A" * 5000}))
    at = content.index(b"PK\x01\x02")
    content[at + 24:at + 28] = struct.pack("<I", 100)
    with opened(bytes(content)) as archive, pytest.raises(FileRefused) as caught:
        read(archive.entries[0])
    assert caught.value.code in {"bomb", "damaged"}


def test_a_broken_file_is_refused_alone(opened):
    content = bytearray(zip_of({"a.pdf": bytes(range(256)) * 40, "b.pdf": b"def"}))
    content[60:90] = b"\xff" * 30
    with opened(bytes(content)) as archive:
        first, second = archive.entries
        with pytest.raises(FileRefused) as caught:
            read(first)
        assert caught.value.code == "damaged"
        assert read(second) == b"def"


@pytest.mark.parametrize(("content", "code"), [
    pytest.param(b"PK\x03\x04 rubbish", "archive_damaged", id="damaged"),
    pytest.param(zip_of({}), "archive_empty", id="empty"),
])
def test_an_archive_without_files_says_so(opened, content, code):
    with pytest.raises(FileRefused) as caught:
        opened(content)
    assert caught.value.code == code


def test_too_many_files_are_refused_before_any_is_read(opened, monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    with pytest.raises(FileRefused) as caught:
        opened(zip_of({f"{n}.pdf": b"x" for n in range(3)}))
    assert caught.value.code == "too_many"


def test_an_encrypted_file_is_known(opened):
    content = bytearray(zip_of({"a.pdf": b"abc"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    with opened(bytes(content)) as archive:
        assert [one.fault for one in archive.entries] == ["encrypted"]


def test_word_files_are_no_archives():
    assert is_archive(io.BytesIO(zip_of({"a.pdf": b"x"})))
    assert not is_archive(io.BytesIO(annex_docx()))
    assert not is_archive(io.BytesIO(b"%PDF-1.7"))
    assert zipfile.is_zipfile(io.BytesIO(annex_docx()))
