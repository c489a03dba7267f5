"""The page of the backups, as an administrator sees it; and the job behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config import Config
from registry import scheduler
from registry.domain.backup_errors import BackupFault
from registry.domain.roles import Role
from registry.files import backup_archive
from registry.messages import say
from registry.services import backups
from tests.conftest import NOON
from tests.services.test_backups import tools

__all__ = ["tools"]


@pytest.fixture
def administrator(client_as, office):
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def work(app, db, moving_clock, tools):
    """Let a worker look for due jobs."""
    config: Config = app.extensions["registry.config"]
    settings = replace(config, postgres_bin=tools)
    return lambda: scheduler.run_due(db, settings, holder="worker", clock=moving_clock)


def test_without_a_backup_the_page_warns_and_one_is_made_on_demand(administrator, work, moving_clock, tmp_path):
    page = administrator.get("/backups").text
    assert "Chưa có bản sao lưu nào" in page
    work()  # the one of the night
    moving_clock.now += timedelta(hours=1)
    assert "Sẽ sao lưu trong vòng một phút" in administrator.post("/backups/run", follow_redirects=True).text
    assert "backup" in work()
    assert len(backup_archive.find(tmp_path / "backups")) == 2
    page = administrator.get("/backups").text
    assert "Chưa có bản sao lưu nào" not in page
    assert "22/6/2021 13:00" in page
    assert str(backup_archive.find(tmp_path / "backups")[0].folder) in page
    assert 'class="tag good"' in page


def test_a_night_makes_one_backup_however_many_workers_look(administrator, work, moving_clock, tmp_path):
    work()
    work()
    moving_clock.now = NOON.replace(hour=1, minute=29) + timedelta(days=1)
    work()
    assert len(backup_archive.find(tmp_path / "backups")) == 1
    moving_clock.now += timedelta(minutes=1)
    work()
    work()
    assert len(backup_archive.find(tmp_path / "backups")) == 2


def test_two_days_without_a_good_backup_are_told(office, client_as, work, moving_clock):
    work()
    moving_clock.now += timedelta(days=2, minutes=1)
    page = client_as(Role.ADMINISTRATOR).get("/backups").text
    assert "đã quá 2 ngày" in page


def test_a_fault_is_told_in_words_and_the_last_good_backup_stays_in_sight(office, client_as, work, moving_clock, monkeypatch):
    work()

    def full(parent: Path, needed: int) -> None:
        raise BackupFault("disk_full", path=str(parent), needed=900 * 1024 * 1024, free=1024 * 1024)

    monkeypatch.setattr(backup_archive, "require_room", full)
    moving_clock.now += timedelta(days=1)
    work()
    page = client_as(Role.ADMINISTRATOR).get("/backups").text
    assert "chỉ còn 1 MB, cần 900 MB" in page
    assert "22/6/2021 12:00" in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.OFFICIAL, Role.READER])
def test_others_see_nothing_of_it(client_as, role):
    client = client_as(role)
    assert client.get("/backups").status_code == 403
    assert client.post("/backups/run").status_code == 403


def test_every_fault_has_its_sentence(app):
    codes = ["not_writable", "disk_full", "no_tool", "old_tool", "tool_failed", "database_damaged", "no_archive", "unfinished",
             "newer_format", "newer_program", "damaged", "other_database", "database_not_empty", "files_not_empty"]
    with app.test_request_context():
        assert all(len(say(BackupFault(code))) > 12 for code in codes)


def test_only_the_latest_runs_are_remembered(db, monkeypatch):
    monkeypatch.setattr(backups, "_RUNS_KEPT", 3)
    for n in range(5):
        backups._remember(db, NOON, NOON + timedelta(minutes=n), fault=BackupFault("disk_full", path="/backups"))
    assert [run.finished_at for run in backups.state(db, NOON).runs] == [NOON + timedelta(minutes=n) for n in (4, 3, 2)]
