"""Back up and restore from the command line, as an administrator does it."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from config import Config
from registry.cli import main
from registry.db import make_engine, make_sessions
from registry.services import document_lists
from registry.services.document_lists import DocumentFilter
from tests.factories import CLERK


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command with its own data folder; returns the result."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOVANBAN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOVANBAN_BACKUP_FOLDER", str(tmp_path / "backups"))
    monkeypatch.delenv("SOVANBAN_DATABASE_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


def _documents() -> int:
    engine = make_engine(Config.from_env().database_url)
    try:
        return document_lists.find_documents(make_sessions(engine), DocumentFilter(), actor=CLERK).total
    finally:
        engine.dispose()


def test_an_office_that_lost_its_machine_comes_back(run, tmp_path):
    assert run("demo").exit_code == 0
    before = _documents()
    made = run("backup")
    assert made.exit_code == 0, made.output
    assert f"{before} văn bản" in made.output
    (archive,) = (tmp_path / "backups").iterdir()
    assert "Bản sao lưu nguyên vẹn" in run("restore", "--check", str(archive)).output

    refused = run("restore", str(archive))
    assert refused.exit_code == 2
    assert "đã có dữ liệu. Chỉ khôi phục vào nơi còn trống" in refused.output

    shutil.rmtree(tmp_path / "data")
    back = run("restore", str(archive))
    assert back.exit_code == 0, back.output
    assert f"{before} văn bản" in back.output
    assert "✓ Nhật ký nguyên vẹn" in back.output
    assert _documents() == before
    assert "Sao lưu lần cuối" not in back.output  # the backup does not know of itself


def test_what_is_no_backup_is_refused_with_a_sentence(run, tmp_path):
    assert "Không có bản sao lưu nào ở" in run("restore", str(tmp_path / "nowhere")).output
    (tmp_path / "empty").mkdir()
    assert "không phải bản sao lưu trọn vẹn" in run("restore", str(tmp_path / "empty")).output


def test_backups_go_where_they_are_told_and_only_so_many_stay(run, tmp_path):
    run("demo")
    for _ in range(3):
        assert run("backup", "--to", str(tmp_path / "disk"), "--keep", "2").exit_code == 0
    assert len(list((tmp_path / "disk").iterdir())) == 2
    assert not (tmp_path / "backups").exists()


def test_doctor_says_when_the_last_backup_was(run):
    run("demo")
    assert "Chưa sao lưu lần nào" in run("doctor").output
    run("backup")
    assert "Sao lưu lần cuối lúc" in run("doctor").output
