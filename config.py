"""Settings of one installation, read once from the environment (and a ``.env`` file)."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from dotenv import dotenv_values

FILE_KINDS = ("pdf", "docx", "doc", "xlsx", "image", "xml")


class ConfigError(ValueError):
    """The environment asks for something that cannot be; every fault is in ``faults``."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Cấu hình sai:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Config:
    """What the installation needs to know; every value is checked."""

    data: Path
    """One folder for database, index, files and mail."""
    database_url: str
    secret_key: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    """Address that links in mails begin with; https makes cookies secure."""
    smtp_url: str | None = field(default=None, repr=False)
    """``smtp://user:password@host:587`` or ``smtps://…``; None writes mails to ``data/mail``."""
    mail_from: str = "so-van-ban@localhost"
    search_engine: Literal["whoosh", "tantivy"] = "whoosh"
    session_hours: int = 10
    """A person who did nothing for so long signs in again."""
    max_upload_mb: int = 50
    file_kinds: frozenset[str] = frozenset(FILE_KINDS)
    """What may be attached: ``pdf``, ``docx``, ``doc``, ``xlsx``, ``image``, ``xml``."""
    backup_folder: Path | None = None
    """Where backups are kept; None for ``data/backups``. Another disk is better."""
    backups_kept: int = 14
    """How many of the newest backups stay."""
    postgres_bin: Path | None = None
    """The folder of pg_dump and pg_restore, where they are not on the PATH."""
    trusted_proxies: int = 0
    """How many reverse proxies in front set X-Forwarded-For; 0 trusts none."""
    testing: bool = False

    @property
    def files_folder(self) -> Path:
        """Where the files of documents are kept."""
        return self.data / "files"

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self.backup_folder or self.data / "backups"

    @property
    def mail_folder(self) -> Path:
        """Where mails are kept when no server is configured."""
        return self.data / "mail"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, *, folder: Path | None = None) -> Config:
        """Read ``SOVANBAN_*`` from ``environ`` over the ``.env`` file in ``folder``.

        Creates the data folder (mode 0700) and, once, the secret key (mode 0600).

        Raises:
            ConfigError: naming every wrong value at once.
        """
        if environ is None:
            environ = os.environ
        dotenv = {k: v for k, v in dotenv_values((folder or Path.cwd()) / ".env").items() if v is not None}
        read = _Reader({**dotenv, **environ})
        data = Path(read.text("DATA", "instance")).expanduser().absolute()
        url = read.url("DATABASE_URL", {"sqlite", "postgresql", "postgresql+psycopg"}, None)
        smtp = read.url("SMTP_URL", {"smtp", "smtps"}, None)
        base = read.url("BASE_URL", {"http", "https"}, "http://127.0.0.1:8000") or ""
        mail_from = read.text("MAIL_FROM", "so-van-ban@localhost")
        if "@" not in mail_from or any(c in mail_from for c in "\r\n"):
            read.fault("MAIL_FROM", mail_from, "phải là một địa chỉ thư điện tử")
        engine = read.choice("SEARCH_ENGINE", ("whoosh", "tantivy"), "whoosh")
        hours = read.whole("SESSION_HOURS", 10, 1, 168)
        upload = read.whole("MAX_UPLOAD_MB", 50, 1, 2000)
        kinds = read.several("FILE_KINDS", FILE_KINDS)
        backups = read.folder("BACKUP_FOLDER")
        backups_kept = read.whole("BACKUPS_KEPT", 14, 1, 1000)
        postgres_bin = read.folder("POSTGRES_BIN")
        proxies = read.whole("TRUSTED_PROXIES", 0, 0, 5)
        secret = read.text("SECRET_KEY", "")
        if secret and len(secret) < 32:
            read.fault("SECRET_KEY", "…", "phải dài ít nhất 32 ký tự")
        for name in sorted(read.names() - read.asked):
            read.fault(name, "", "không có cấu hình nào tên như vậy; có: " + ", ".join(sorted(read.asked)))
        if not read.faults:
            try:
                data.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                read.fault("DATA", str(data), f"không tạo được thư mục ({error.strerror})")
        if read.faults:
            raise ConfigError(read.faults)
        if url and url.startswith("postgresql://"):
            url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
        return cls(
            data=data,
            database_url=url or f"sqlite:///{(data / 'sovanban.db').as_posix()}",
            secret_key=secret or _kept_secret(data / "secret_key"),
            base_url=base.rstrip("/"), smtp_url=smtp, mail_from=mail_from,
            search_engine=cast(Literal["whoosh", "tantivy"], engine),
            session_hours=hours, max_upload_mb=upload, file_kinds=kinds, backup_folder=backups,
            backups_kept=backups_kept, postgres_bin=postgres_bin, trusted_proxies=proxies,
        )


class _Reader:
    """Reads ``SOVANBAN_*`` values and collects what is wrong with them."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {k.removeprefix("SOVANBAN_"): v.strip() for k, v in values.items()
                        if k.startswith("SOVANBAN_")}
        self.faults: list[str] = []
        self.asked: set[str] = set()
        """The names that were looked for: all that there are, when everything has been read."""

    def names(self) -> set[str]:
        return set(self._values)

    def fault(self, name: str, value: str, why: str) -> None:
        shown = f" = “{value}”" if value else ""
        self.faults.append(f"SOVANBAN_{name}{shown}: {why}")

    def text(self, name: str, default: str) -> str:
        self.asked.add(name)
        return self._values.get(name) or default

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            self.fault(name, value, "phải là một trong: " + ", ".join(allowed))
            return default
        return value

    def several(self, name: str, allowed: tuple[str, ...]) -> frozenset[str]:
        """Return the words of a list with commas, each one of ``allowed``; all of them where nothing is set."""
        words = {word.strip().casefold() for word in self.text(name, ",".join(allowed)).split(",")} - {""}
        if not words or not words <= set(allowed):
            self.fault(name, self.text(name, ""), "phải là các từ sau, cách nhau bằng dấu phẩy: " + ", ".join(allowed))
        return frozenset(words)

    def folder(self, name: str) -> Path | None:
        """Return a folder, which need not exist yet; None where nothing is set."""
        value = self.text(name, "")
        return Path(value).expanduser().absolute() if value else None

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            self.fault(name, value, f"phải là số nguyên từ {low} đến {high}")
            return default
        return int(value)

    def url(self, name: str, schemes: set[str], default: str | None) -> str | None:
        value = self.text(name, default or "")
        if not value:
            return None
        scheme = value.partition(":")[0]
        parts = None
        try:
            parts = urlsplit(value)
            fits = scheme in schemes and (scheme == "sqlite" or bool(parts.hostname or parts.query))
            _ = parts.port
        except ValueError:
            fits = False
        if not fits:
            # Shown without user and password: this text ends up in logs.
            self.fault(name, f"{scheme}://…", "phải là địa chỉ dạng " + ", ".join(f"{s}://" for s in sorted(schemes)))
            return default
        return value


def _kept_secret(path: Path) -> str:
    """Return the key kept in ``path``, made at the first call; only the owner can read it.

    Raises:
        ConfigError: the file is empty, since whoever made it was stopped before they wrote.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        for _ in range(20):  # another process may have made it just now
            if key := path.read_text(encoding="ascii").strip():
                return key
            time.sleep(0.05)
        raise ConfigError([f"tệp {path} trống: hãy xóa tệp ấy rồi khởi động lại"]) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
