"""``sovanban import``: what it prints and how it ends."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from registry.cli import main

ROWS = [
    {"id": "a-1", "number": "15/QĐ-UBND", "type": "Quyết định", "date": "2021-03-05",
     "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "title": "Về việc giao chỉ tiêu", "body": "Điều 1. Giao chỉ tiêu."},
    {"id": "a-2", "number": "125/UBND-VX", "type": "Công văn", "date": "2021-04-05",
     "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "title": "V/v báo cáo", "body": None},
]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A command line over an empty register."""
    monkeypatch.setenv("SOVANBAN_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(main, ["db", "upgrade"]).exit_code == 0
    return runner


def _write(path: Path, rows: list[dict]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_documents_are_registered_and_the_same_file_again_updates_nothing(register, tmp_path):
    file = _write(tmp_path / "rows.jsonl", ROWS)
    first = register.invoke(main, ["import", file])
    assert first.exit_code == 0, first.output
    assert "2 đăng ký" in first.output
    again = register.invoke(main, ["import", file])
    assert again.exit_code == 0
    assert "0 đăng ký, 2 đã có từ trước" in again.output


def test_a_dry_run_keeps_nothing(register, tmp_path):
    file = _write(tmp_path / "rows.jsonl", ROWS)
    assert "Chạy thử, không lưu gì: 2 dòng: 2 đăng ký" in register.invoke(main, ["import", file, "--dry-run"]).output
    assert "2 đăng ký" in register.invoke(main, ["import", file]).output


def test_a_refused_row_is_told_with_line_column_and_reason(register, tmp_path):
    late = dict(ROWS[1], id="a-3", number="126/UBND-VX", date="2090-01-01")
    done = register.invoke(main, ["import", _write(tmp_path / "rows.jsonl", [*ROWS, late])])
    assert done.exit_code == 1
    assert "dòng 3, cột “date” [2090-01-01]: Ngày 01/01/2090 chưa đến" in done.output


def test_rows_in_an_old_encoding_are_told(register, tmp_path):
    old = dict(ROWS[0], title="vÒ viÖc giao chØ tiªu kÕ ho¹ch", issuer="Së Y tÕ", body=None)
    done = register.invoke(main, ["import", _write(tmp_path / "rows.jsonl", [old, ROWS[1]])])
    assert "1 dòng đã chuyển từ mã TCVN3 sang Unicode." in done.output


def test_nothing_of_a_secret_row_is_printed(register, tmp_path):
    secret = dict(ROWS[0], id="a-4", number="9/QĐ-UBND", title="Phương án bí ẩn", body="MẬT\nPhương án bí ẩn")
    done = register.invoke(main, ["import", _write(tmp_path / "rows.jsonl", [*ROWS, secret])])
    assert done.exit_code == 1
    assert "dòng 3: Văn bản có dấu chỉ độ mật" in done.output
    assert "bí ẩn" not in done.output


def test_a_file_that_breaks_off_keeps_what_was_read(register, tmp_path):
    whole = gzip.compress(b"".join(json.dumps(dict(ROWS[0], id=f"g-{n}", number=f"{n}/QD-UBND")).encode() + b"\n"
                                   for n in range(1, 3000)))
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(whole[:len(whole) // 2])
    done = register.invoke(main, ["import", str(path)])
    assert done.exit_code == 2
    assert "Tệp hỏng" in done.output
    assert "Những dòng đã đọc được giữ lại" in done.output


@pytest.mark.parametrize(("name", "content", "said"), [
    ("x.xls", b"anything", "lưu thành .xlsx"),
    ("x.xlsx", b"no workbook", "Tệp hỏng"),
    ("x.jsonl", b"", "không có dòng dữ liệu"),
    ("x.csv", "một,hai\n1,2\n".encode(), "Không tìm thấy dòng tiêu đề"),
], ids=["old Excel", "no workbook", "empty", "no header"])
def test_a_file_that_cannot_be_read_is_told(register, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    done = register.invoke(main, ["import", str(path)])
    assert done.exit_code == 2
    assert said in done.output
