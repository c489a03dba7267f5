"""Files that are broken or mean harm: each fails alone, with its reason, and the next one is read."""

from __future__ import annotations

import io
import socket
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files import workers
from registry.files.kinds import FileKind
from registry.files.reading import read_file, render_page
from registry.files.values import Limits
from tests.files import making
from tests.files.making import pdf_of

MADE = making.documents(1)[0]


@pytest.fixture(scope="session")
def good_pdf() -> bytes:
    return making.as_pdf(MADE)


@pytest.fixture(scope="session")
def good_docx(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("word") / "good.docx"
    making.as_docx(MADE, path)
    return path.read_bytes()


def fault_of(path: Path, kind: FileKind, limits: Limits = Limits()) -> FileFault:
    with pytest.raises(FileUnreadable) as caught:
        read_file(path, kind, limits=limits)
    return caught.value.reason


def outcome_of(path: Path, kind: FileKind, limits: Limits = Limits()) -> str:
    """Return the text, or the reason why there is none."""
    try:
        return read_file(path, kind, limits=limits).text
    except FileUnreadable as fault:
        return fault.reason


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def repacked(package: bytes, part: str, content: bytes) -> bytes:
    """Return a package with one part replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != part:
                new.writestr(one, old.read(one))
        new.writestr(part, content)
    return made.getvalue()


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.XML])
@pytest.mark.parametrize("content", [b"", b"just a text\n" * 20, b"%PDF-1.7\n", b"PK\x03\x04" + b"\0" * 60, bytes(range(256)) * 8])
def test_what_is_no_such_file_is_damaged(tmp_path, kind, content):
    assert fault_of(written(tmp_path, content), kind) is FileFault.DAMAGED


def test_a_pdf_behind_a_password_says_so(tmp_path, good_pdf):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(good_pdf)))
    writer.encrypt(owner_pass="chủ", user_pass="khách")
    locked = io.BytesIO()
    writer.write(locked)
    assert fault_of(written(tmp_path, locked.getvalue()), FileKind.PDF) is FileFault.ENCRYPTED


def test_ten_thousand_pages_are_too_many(tmp_path):
    pages = b" ".join(b"3 0 R" for _ in range(10_000))
    many = pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 10000/Kids[" + pages + b"]>>",
                  b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
    assert fault_of(written(tmp_path, many), FileKind.PDF) is FileFault.TOO_MANY_PAGES


def test_pages_that_hold_themselves_come_to_an_end(tmp_path):
    loop = pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>")
    _ends(written(tmp_path, loop), FileKind.PDF)


def test_a_table_of_places_that_points_to_itself_comes_to_an_end(tmp_path):
    body = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    loop = body + b"xref\n0 1\n0000000000 65535 f \ntrailer <</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (len(body), len(body))
    _ends(written(tmp_path, loop), FileKind.PDF)


def test_deeply_nested_arrays_come_to_an_end(tmp_path):
    deep = pdf_of(b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 100_000 + b"]" * 100_000 + b">>", b"<</Type/Pages/Count 0/Kids[]>>")
    _ends(written(tmp_path, deep), FileKind.PDF)


def test_a_huge_page_is_drawn_small(tmp_path):
    huge = pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
                  b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>")
    picture = Image.open(io.BytesIO(render_page(written(tmp_path, huge), FileKind.PDF, 1, 300)))
    assert picture.width * picture.height < 26_000_000


def test_a_picture_that_unpacks_to_gigabytes_is_refused(tmp_path):
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    path = written(tmp_path, bomb.getvalue())
    with pytest.raises(FileUnreadable) as caught:
        render_page(path, FileKind.IMAGE, 1)
    assert caught.value.reason is FileFault.TOO_LARGE


def test_a_word_file_that_unpacks_to_gigabytes_is_refused(tmp_path, good_docx):
    bomb = repacked(good_docx, "word/media/image1.png", bytes(400 << 20))
    assert len(bomb) < 2 << 20
    assert fault_of(written(tmp_path, bomb), FileKind.DOCX) is FileFault.TOO_LARGE


_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("l"))) + b"]>"
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_BODY = (b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
         b"<w:t>tr\xc3\xb4ng &%s; qua</w:t></w:r></w:p></w:body></w:document>")


def test_a_billion_laughs_are_not_laughed(tmp_path, good_docx):
    for kind, content in ((FileKind.XML, _LAUGHS + b"<x>&k;</x>"), (FileKind.DOCX, repacked(good_docx, "word/document.xml", _LAUGHS + _BODY % b"k"))):
        outcome = outcome_of(written(tmp_path, content), kind)
        assert outcome is FileFault.DAMAGED or len(outcome) < 1000


def test_an_entity_does_not_bring_in_another_file(tmp_path, good_docx):
    secret = tmp_path / "secret"
    secret.write_text("chuyện riêng", encoding="utf-8")
    outside = _OUTSIDE.replace(b"/etc/hostname", str(secret).encode())
    for kind, content in ((FileKind.XML, outside + b"<x>&a;</x>"), (FileKind.DOCX, repacked(good_docx, "word/document.xml", outside + _BODY % b"a"))):
        assert "riêng" not in outcome_of(written(tmp_path, content), kind)


def test_a_linked_picture_of_a_word_file_is_not_fetched(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        document = docx.Document()
        document.add_paragraph("Số: 15/QĐ-UBND")
        document.part.rels.get_or_add_ext_rel("http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", address)
        document.part.rels.get_or_add_ext_rel("http://schemas.openxmlformats.org/officeDocument/2006/relationships/header", address)
        document.save(str(tmp_path / "file"))
        assert "15/QĐ-UBND" in read_file(tmp_path / "file", FileKind.DOCX).text
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path, good_pdf):
    path = written(tmp_path, good_pdf)
    assert fault_of(path, FileKind.PDF, Limits(seconds=0.0)) is FileFault.TIMED_OUT
    assert MADE.number in read_file(path, FileKind.PDF).text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of memory for a process")
def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path, good_docx):
    fat = repacked(good_docx, "docProps/thumbnail.jpeg", bytes(250 << 20))
    reason = fault_of(written(tmp_path, fat), FileKind.DOCX, Limits(memory_mb=250))
    assert reason is FileFault.OUT_OF_MEMORY


def test_more_text_than_a_document_may_have_is_refused(tmp_path, good_pdf, good_docx):
    for kind, content in ((FileKind.PDF, good_pdf), (FileKind.DOCX, good_docx)):
        assert fault_of(written(tmp_path, content), kind, Limits(characters=500)) is FileFault.TOO_LONG


def test_a_killed_reading_process_is_replaced(tmp_path, good_pdf):
    path = written(tmp_path, good_pdf)
    worker = workers.Worker()
    worker._process.kill()
    with pytest.raises(FileUnreadable):
        worker.ask({"job": "read", "path": str(path), "kind": "pdf"}, Limits(), seconds=10)
    assert worker.spent
    assert read_file(path, FileKind.PDF).pages == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the network away whole")
def test_the_reading_process_has_no_network():
    code = ("import socket, sys; sys.path.insert(0, sys.argv[1]); from registry.files import sandbox; sandbox.close_network()\n"
            "try: socket.create_connection(('127.0.0.1', int(sys.argv[2])), 1)\n"
            "except OSError as error: print(type(error).__name__)")
    import subprocess

    with socket.create_server(("127.0.0.1", 0)) as server:
        run = subprocess.run([sys.executable, "-I", "-c", code, str(workers._ROOT), str(server.getsockname()[1])],
                             capture_output=True, text=True, timeout=20, check=True)
    assert run.stdout.strip() == "PermissionError"


def test_the_reading_process_knows_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SOVANBAN_SECRET_KEY", "khóa bí mật của văn phòng, đủ dài để dùng")
    assert not any("SOVANBAN" in name for name in workers._environment("/tmp"))


def _ends(path: Path, kind: FileKind) -> None:
    """Whatever comes out, it comes soon."""
    assert outcome_of(path, kind, Limits(seconds=10)).strip("\f") in {"", FileFault.DAMAGED, FileFault.OUT_OF_MEMORY}


def test_pypdfium2_is_never_loaded_by_the_one_who_asks():
    import subprocess

    code = "import sys; import registry.files.reading; print([m for m in ('pypdfium2', 'docx', 'lxml', 'PIL', 'openpyxl') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True, cwd=workers._ROOT)
    assert run.stdout.strip() == "[]"

