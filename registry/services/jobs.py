"""Jobs run once, however many workers there are: a lease in the database says who runs one now.

The scheduler only triggers; a run that was missed (the machine was off overnight) is caught up once,
because a job is due whenever its last start lies before its latest planned moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from registry.db import Sessions, insert_missing
from registry.models import JobRun, LoginFailure
from registry.services import audit

LEASE = timedelta(minutes=30)
_FAILURES_KEPT = timedelta(days=1)


class TrailBroken(Exception):
    """The nightly check found the audit trail altered."""


def run_once(db: Sessions, name: str, planned: datetime, job: Callable[[], None], *, holder: str,
             clock: Callable[[], datetime]) -> bool:
    """Run ``job`` unless a worker has started it since ``planned`` or runs it now; return whether it ran.

    The lease is committed before the job begins. What a job raises is kept in its row and raised again.
    """
    if not _claim(db, name, planned, holder, clock()):
        return False
    error = ""
    try:
        job()
    except Exception as fault:
        error = f"{type(fault).__name__}: {fault}"
        raise
    finally:
        with db.begin() as session:
            session.execute(update(JobRun).where(JobRun.name == name, JobRun.holder == holder).values(
                lease_until=None, finished_at=clock(), error=error[:2000]))
    return True


def _claim(db: Sessions, name: str, planned: datetime, holder: str, now: datetime) -> bool:
    with db.begin() as session:
        insert_missing(session, JobRun, name=name, holder="", error="")
        claimed = session.execute(
            update(JobRun).where(
                JobRun.name == name, or_(JobRun.started_at.is_(None), JobRun.started_at < planned),
                or_(JobRun.lease_until.is_(None), JobRun.lease_until < now))
            .values(holder=holder, lease_until=now + LEASE, started_at=now).returning(JobRun.name)).all()
        return bool(claimed)


def forget_failures(db: Sessions, now: datetime) -> None:
    """Remove failed sign-ins that count no more."""
    with db.begin() as session:
        session.execute(delete(LoginFailure).where(LoginFailure.at < now - _FAILURES_KEPT))


def check_trail(db: Sessions) -> None:
    """Verify the audit trail.

    Raises:
        TrailBroken: naming the first event that is not as it was written.
    """
    verdict = audit.verify(db)
    if not verdict.whole:
        raise TrailBroken(f"event {verdict.broken_seq} is {verdict.fault}")
