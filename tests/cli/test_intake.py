"""``sovanban intake`` of files, folders and archives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from registry.cli import main
from tests.made_files import annex_docx, plan_pdf, zip_of


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A command line over an empty register."""
    monkeypatch.setenv("SOVANBAN_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SOVANBAN_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(main, ["db", "upgrade"]).exit_code == 0
    return lambda *words: runner.invoke(main, list(words))


def test_a_pdf_prints_what_it_proposes_and_saves_nothing(run, tmp_path):
    (tmp_path / "a.pdf").write_bytes(plan_pdf())
    (one,) = json.loads(run("intake", "a.pdf", "--json").output)
    assert (one["number"], one["date"]) == ("681/KH-UBND", "2021-03-24")
    assert not (tmp_path / "data" / "files").exists()


def test_a_folder_becomes_a_batch_and_what_is_sure_is_registered(run, tmp_path):
    folder = tmp_path / "tháng 3"
    (folder / "con").mkdir(parents=True)
    (folder / "1.pdf").write_bytes(plan_pdf("681/KH-UBND"))
    (folder / "con" / "2.pdf").write_bytes(plan_pdf("682/KH-UBND", subject="Kế hoạch hai"))
    (folder / "khong so.pdf").write_bytes(plan_pdf(""))
    (folder / "la.exe").write_bytes(b"MZ" + bytes(99))
    first = run("intake", str(folder))
    assert first.exit_code == 1
    assert "1.pdf: Kế hoạch 681/KH-UBND 24/03/2021 Ủy ban nhân dân tỉnh Hà Nam" in first.output
    assert "thiếu số, ký hiệu" in first.output
    assert "la.exe: không nhận" in first.output

    done = run("intake", "--continue", "1", "--register")
    assert "2 văn bản đã đăng ký." in done.output
    again = run("intake", str(folder), "--register")
    assert "tệp đã đính kèm ở 681/KH-UBND" in again.output
    assert "0 văn bản đã đăng ký." in again.output


def test_an_archive_is_read_like_a_folder(run, tmp_path):
    (tmp_path / "a.zip").write_bytes(zip_of({"1.pdf": plan_pdf("681/KH-UBND"), "phụ lục.docx": annex_docx()}))
    result = run("intake", "a.zip", "--register")
    assert "1 văn bản đã đăng ký." in result.output
    assert "phụ lục.docx" in result.output


def test_a_folder_that_was_interrupted_goes_on_where_it_stopped(run, tmp_path, monkeypatch):
    from registry.cli import intake

    folder = tmp_path / "f"
    folder.mkdir()
    for n in (1, 2, 3):
        (folder / f"{n}.pdf").write_bytes(plan_pdf(f"{n}/KH-UBND"))
    opened = intake._open
    monkeypatch.setattr(intake, "_open", lambda path: (_ for _ in ()).throw(KeyboardInterrupt) if path.name == "2.pdf"
                        else opened(path))
    stopped = run("intake", str(folder))
    assert stopped.exit_code == 2
    assert f'sovanban intake "{folder}" --continue 1' in stopped.output
    monkeypatch.setattr(intake, "_open", opened)
    (folder / "0.pdf").write_bytes(plan_pdf("0/KH-UBND"))
    changed = run("intake", str(folder), "--continue", "1")
    assert "đã thay đổi" in changed.output  # else a file would come in twice, and another not at all
    assert "lô 1" in changed.output
    (folder / "0.pdf").unlink()
    result = run("intake", str(folder), "--continue", "1", "--register")
    assert "3 văn bản đã đăng ký." in result.output


@pytest.mark.parametrize("words", [(), ("trong",), ("a.zip", "--json")])
def test_what_cannot_be_done_is_a_sentence(run, tmp_path, words):
    (tmp_path / "trong").mkdir()
    (tmp_path / "a.zip").write_bytes(zip_of({"1.pdf": b"x"}))
    result = run("intake", *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
