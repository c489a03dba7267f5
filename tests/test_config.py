"""Settings: every fault named at once, the secret key made once."""

from __future__ import annotations

import stat

import pytest

from config import Config, ConfigError


def test_without_any_setting_the_data_lies_in_instance_under_sqlite(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = Config.from_env({}, folder=tmp_path)
    assert config.data == tmp_path / "instance"
    assert config.database_url == f"sqlite:///{(config.data / 'sovanban.db').as_posix()}"
    assert config.data.is_dir()


def test_the_secret_key_is_made_once_and_for_the_owner_only(tmp_path):
    first = Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d")}, folder=tmp_path)
    second = Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d")}, folder=tmp_path)
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "d" / "secret_key").stat().st_mode) == 0o600
    assert first.secret_key not in repr(first)


def test_a_secret_key_that_was_never_written_is_told_and_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "secret_key").touch()
    with pytest.raises(ConfigError, match="secret_key trống"):
        Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d")}, folder=tmp_path)


def test_the_environment_wins_over_the_env_file(tmp_path):
    (tmp_path / ".env").write_text("SOVANBAN_SESSION_HOURS=3\nSOVANBAN_MAIL_FROM=a@example.vn\n")
    config = Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d"), "SOVANBAN_SESSION_HOURS": "5"}, folder=tmp_path)
    assert (config.session_hours, config.mail_from) == (5, "a@example.vn")


def test_every_fault_is_named_and_no_password_shown(tmp_path):
    with pytest.raises(ConfigError) as caught:
        Config.from_env({
            "SOVANBAN_DATA": str(tmp_path / "d"), "SOVANBAN_DATABASE_URL": "oracle://me:geheim@host/db",
            "SOVANBAN_SMTP_URL": "http://x", "SOVANBAN_SECRET_KEY": "short", "SOVANBAN_SERCH_ENGINE": "x",
            "SOVANBAN_MAX_UPLOAD_MB": "0"}, folder=tmp_path)
    text = str(caught.value)
    assert len(caught.value.faults) == 5
    assert "geheim" not in text
    assert "SOVANBAN_SERCH_ENGINE" in text
    assert not (tmp_path / "d").exists()


def test_backups_lie_beside_the_data_unless_told_otherwise(tmp_path):
    plain = Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d")}, folder=tmp_path)
    assert (plain.backups, plain.backups_kept) == (tmp_path / "d" / "backups", 14)
    told = Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d"), "SOVANBAN_BACKUP_FOLDER": str(tmp_path / "disk"),
                            "SOVANBAN_BACKUPS_KEPT": "3"}, folder=tmp_path)
    assert (told.backups, told.backups_kept) == (tmp_path / "disk", 3)
    with pytest.raises(ConfigError, match="BACKUPS_KEPT"):
        Config.from_env({"SOVANBAN_DATA": str(tmp_path / "d"), "SOVANBAN_BACKUPS_KEPT": "0"}, folder=tmp_path)
