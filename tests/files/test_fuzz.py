"""Spoilt files never hurt the one who asks: a text or a reason comes back, and then the next file is read."""

from __future__ import annotations

from registry.files.kinds import FileKind
from registry.files.reading import read_file
from tests.files import fuzzing, making


def test_spoilt_files_fail_alone(tmp_path):
    made = making.documents(1)[0]
    pdf = making.as_pdf(made)
    making.as_docx(made, tmp_path / "word")
    found = fuzzing.outcomes(pdf, (tmp_path / "word").read_bytes(), tmp_path, count=200, seed=2026)
    assert found["docx damaged"] > 10
    assert found["pdf read"] > 10  # PDFium mends much
    (tmp_path / "good").write_bytes(pdf)
    assert made.number in read_file(tmp_path / "good", FileKind.PDF).text
