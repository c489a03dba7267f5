"""What became of each backup (sao lưu)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class BackupRun(Base):
    """One backup that ended, well or with a fault."""

    __tablename__ = "backup_runs"
    __table_args__ = (Index(None, "finished_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    machine: Mapped[str] = mapped_column(String(100))
    path: Mapped[str] = mapped_column(String(1000))
    """The archive's folder on ``machine``; empty where there is none."""
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes of the archive, files that it shares with earlier ones included."""
    files: Mapped[int] = mapped_column(default=0)
    lost_files: Mapped[int] = mapped_column(default=0)
    """Files that the store should hold and does not, or not as they were."""
    fault: Mapped[str] = mapped_column(String(40), default="")
    """A code of ``BackupFault``; empty after a success."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the fault is about."""
