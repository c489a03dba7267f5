"""The commands, as a person at the machine sees them."""

from __future__ import annotations

import re
import socket
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from config import Config
from registry.cli import main
from registry.cli.database import prepare
from registry.db import make_engine, make_sessions
from tests.services.reminding import Desk

COMMANDS = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
PASSWORD = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command with its own data folder; returns the result."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOVANBAN_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SOVANBAN_DATABASE_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def tamper(tmp_path):
    """Change the database behind the program's back."""

    def change(statement):
        with closing(sqlite3.connect(tmp_path / "data" / "sovanban.db")) as connection, connection:
            connection.execute(statement)

    return change


def every_command(group: click.Group, path=("sovanban",)):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def test_every_command_stands_in_the_docs_and_teaches():
    text = COMMANDS.read_text(encoding="utf-8")
    for path, command in every_command(main):
        assert f"`{path}" in text, path
        assert len(command.help or "") > 20, path


def test_the_demo_is_loaded_once_and_says_the_passwords_once(run):
    first = run("demo")
    assert first.exit_code == 0
    assert len(PASSWORD.findall(first.output)) == 6
    second = run("demo")
    assert "đã có người dùng" in second.output
    assert not PASSWORD.findall(second.output)


def test_a_user_is_added_and_a_bad_name_is_a_sentence(run):
    run("db", "upgrade")
    done = run("user", "add", "lan", "--name", "Nguyễn Thị Lan", "--role", "clerk")
    assert done.exit_code == 0
    assert PASSWORD.search(done.output)
    again = run("user", "add", "lan", "--name", "Lan", "--role", "clerk")
    assert again.exit_code == 2
    assert "Traceback" not in again.output
    assert run("user", "reset", "lan").exit_code == 0
    assert run("user", "reset", "ai").exit_code == 2


def test_verify_names_the_first_broken_event(run, tamper):
    run("demo")
    assert "nguyên vẹn" in run("audit", "verify").output
    tamper("UPDATE audit_events SET actor_name = 'ai đó' WHERE seq = 4")
    broken = run("audit", "verify")
    assert broken.exit_code == 1
    assert "sự kiện số 4 đã bị sửa" in broken.output


def test_the_doctor_finds_a_healthy_office_well_and_a_counter_that_is_behind(run, tamper):
    run("demo")
    healthy = run("doctor")
    assert healthy.exit_code == 0, healthy.output
    tamper("UPDATE book_years SET last_ordinal = 1")
    ill = run("doctor")
    assert ill.exit_code == 1
    assert "Bộ đếm thấp hơn số đã cấp" in ill.output
    assert "→" in ill.output


def test_every_wrong_setting_is_named_at_once(run, monkeypatch):
    monkeypatch.setenv("SOVANBAN_DATABASE_URL", "mysql://x")
    monkeypatch.setenv("SOVANBAN_SESSION_HOURS", "nhiều")
    monkeypatch.setenv("SOVANBAN_BASE_URL", "soanthao")
    result = run("db", "upgrade")
    assert result.exit_code == 2
    for name in ("DATABASE_URL", "SESSION_HOURS", "BASE_URL"):
        assert f"SOVANBAN_{name}" in result.output


def test_pages_are_not_served_from_a_database_of_another_version(run, tamper):
    assert "sovanban db upgrade" in run("web").output
    run("db", "upgrade")
    tamper("UPDATE alembic_version SET version_num = '9999'")
    assert "mới hơn chương trình" in run("serve", "--port", "8917").output


def test_a_port_in_use_is_said_before_anything_is_done(run, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "--port" in result.output
    assert not (tmp_path / "data" / "sovanban.db").exists()


def test_upgrading_again_changes_nothing(tmp_path):
    config = Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d")}, folder=tmp_path)
    assert "lên" in prepare(config)
    assert prepare(config) == "Cơ sở dữ liệu đã ở phiên bản mới nhất."


def test_reminding_once_at_a_moment_keeps_the_mails_in_the_folder_and_again_adds_nothing(run, tmp_path):
    run("demo")
    engine = make_engine(f"sqlite:///{tmp_path}/data/sovanban.db")
    desk = Desk(make_sessions(engine))
    desk.work(desk.person("lan"), date(2021, 6, 22))
    engine.dispose()
    first, again = run("remind", "--now", "2021-06-22T08:00"), run("remind", "--now", "2021-06-22T09:00")
    assert first.exit_code == 0, first.output
    assert "Thư mới: 1; đã gửi 1" in first.output
    assert "Thư mới: 0; đã gửi 0" in again.output
    assert len(list((tmp_path / "data" / "mail").glob("*.eml"))) == 1


def test_reminding_says_when_the_mail_server_cannot_be_reached(run, tmp_path, tamper, monkeypatch):
    run("demo")
    tamper("INSERT INTO messages (kind, address, header_id, subject, source, state, possibly_twice, tries, next_try_at,"
           " holder, error, created_at) VALUES ('test', 'a@x.vn', '<1@x>', '', 'Subject: x', 'waiting', 0, 0,"
           " '2021-06-22 01:00:00', '', '', '2021-06-22 01:00:00')")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SOVANBAN_SMTP_URL", f"smtp://127.0.0.1:{probe.getsockname()[1]}")
    result = run("remind", "--now", "2021-06-22T08:00")
    assert result.exit_code == 1
    assert "Máy chủ thư: 127.0.0.1" in result.output


def test_a_moment_that_cannot_be_read_is_a_sentence(run):
    result = run("remind", "--now", "hôm qua")
    assert result.exit_code == 2
    assert "2021-06-22T08:00" in result.output
