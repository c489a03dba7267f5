"""Faults of backups (sao lưu)."""

from __future__ import annotations

from registry.domain.errors import RegistryError


class BackupFault(RegistryError):
    """A backup (sao lưu) that cannot be made or restored; ``code`` tells why, ``facts`` with what."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        """Making: ``not_writable``, ``disk_full``, ``no_tool``, ``old_tool``, ``tool_failed``, ``database_damaged``, ``program``.
        Restoring: ``no_archive``, ``unfinished``, ``newer_format``, ``newer_program``, ``damaged``, ``other_database``,
        ``database_not_empty``, ``files_not_empty``."""
        self.facts = facts
