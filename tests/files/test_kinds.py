"""What a file is, by its content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from registry.domain.file_errors import FileRefused
from registry.files.kinds import FileKind, detect

_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def _docx() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def _image(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, form)
    return out.getvalue()


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(("content", "kind"), [
    pytest.param(b"%PDF-1.4\n...", FileKind.PDF, id="PDF"),
    pytest.param(b"\r\n\r\n%PDF-1.7\n...", FileKind.PDF, id="PDF behind a few bytes"),
    pytest.param(_docx(), FileKind.DOCX, id="Word"),
    pytest.param(_xlsx(), FileKind.XLSX, id="Excel"),
    pytest.param(_OLE + "WordDocument".encode("utf-16-le"), FileKind.DOC, id="old Word"),
    pytest.param(rb"{\rtf1\ansi Quyet dinh}", FileKind.DOC, id="RTF, however it is called"),
    pytest.param(_image("PNG"), FileKind.IMAGE, id="PNG"),
    pytest.param(_image("JPEG"), FileKind.IMAGE, id="JPEG"),
    pytest.param(_image("TIFF"), FileKind.IMAGE, id="TIFF"),
    pytest.param(b'<?xml version="1.0" encoding="UTF-8"?><edXML/>', FileKind.XML, id="XML"),
    pytest.param('<?xml version="1.0" encoding="UTF-16"?><edXML/>'.encode("utf-16"), FileKind.XML, id="XML in UTF-16"),
])
def test_a_file_is_known_by_its_content(tmp_path: Path, content, kind):
    path = tmp_path / "renamed.exe"
    path.write_bytes(content)
    assert detect(path) is kind


@pytest.mark.parametrize(("content", "code"), [
    pytest.param(b"", "empty", id="empty"),
    pytest.param(b"MZ\x90\0" + bytes(200), "kind", id="program"),
    pytest.param(b"<html><script>alert(1)</script>", "kind", id="web page"),
    pytest.param(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "kind", id="drawing with scripts"),
    pytest.param(b'<?xml version="1.0"?><!DOCTYPE html><html/>', "kind", id="page that calls itself XML"),
    pytest.param(_zip("a.txt"), "kind", id="archive"),
    pytest.param(_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro", id="Word with macros"),
    pytest.param(b"PK\x03\x04" + bytes(60), "damaged", id="broken archive"),
    pytest.param(_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="Word behind a password"),
    pytest.param(_OLE + "Workbook".encode("utf-16-le"), "kind", id="old Excel"),
    pytest.param("Quyết định".encode(), "kind", id="plain text"),
    pytest.param(b"\0" * 5000, "kind", id="zeros"),
])
def test_what_is_none_of_ours_is_refused_with_its_reason(tmp_path: Path, content, code):
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        detect(path)
    assert caught.value.code == code
