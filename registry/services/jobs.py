"""Jobs run once, however many workers there are: a lease in the database says who runs one now.

The scheduler only triggers; a run that was missed (the machine was off overnight) is caught up once,
because a job is due whenever its last start lies before its latest planned moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, select, update

from registry.db import Sessions, insert_missing, reading
from registry.domain.errors import NotFound
from registry.models import JobRun, LoginFailure
from registry.services import audit
from registry.services.actors import Actor

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LEASE = timedelta(minutes=30)
SHORT_LEASE = timedelta(minutes=8)
"""Of the jobs that run every few minutes: what a killed worker left is taken up soon."""
_FAILURES_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Nightly:
    """Once a night, at an hour in Viet Nam."""

    at: time
    lease: timedelta = LEASE

    def last(self, moment: datetime) -> datetime:
        """Return the latest planned moment that is not after ``moment``."""
        local = moment.astimezone(HANOI)
        today = datetime.combine(local.date(), self.at, tzinfo=HANOI)
        return today if today <= local else today - timedelta(days=1)

    def following(self, moment: datetime) -> datetime:
        """Return the planned moment after ``moment``."""
        return self.last(moment) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Every:
    """Every few minutes, counted from the full hour."""

    minutes: int
    lease: ClassVar[timedelta] = SHORT_LEASE

    def last(self, moment: datetime) -> datetime:
        """Return the latest planned moment that is not after ``moment``."""
        local = moment.astimezone(HANOI)
        return local.replace(minute=local.minute - local.minute % self.minutes, second=0, microsecond=0)

    def following(self, moment: datetime) -> datetime:
        """Return the planned moment after ``moment``."""
        return self.last(moment) + timedelta(minutes=self.minutes)


TIMETABLE: dict[str, Nightly | Every] = {
    # In the night, before the office opens; a machine that was off then catches up when it is switched on.
    "spawn_occurrences": Nightly(time(0, 20)),
    "plan_reminders": Every(10),
    "send_reminders": Every(5),
    "check_signatures": Every(2),
    "forget_failures": Nightly(time(3, 10)),
    "sweep_files": Nightly(time(3, 15)),
    "check_trail": Nightly(time(3, 20)),
    "backup": Nightly(time(1, 30), lease=timedelta(hours=3)),  # last: what else is due does not wait for it
}
"""The jobs in the order in which they run when several are due."""


class TrailBroken(Exception):
    """The nightly check found the audit trail altered."""


def run_once(db: Sessions, name: str, planned: datetime, job: Callable[[], object], *, holder: str,
             clock: Callable[[], datetime], lease: timedelta = LEASE) -> bool:
    """Run ``job`` unless a worker has started it since ``planned`` or runs it now; return whether it ran.

    The lease is committed before the job begins. What a job raises is kept in its row and raised again.
    """
    if not _claim(db, name, planned, holder, clock(), lease):
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


def _claim(db: Sessions, name: str, planned: datetime, holder: str, now: datetime, lease: timedelta) -> bool:
    # A start or a lease in the future was written by a clock that ran ahead; it binds nobody.
    due = (JobRun.name == name,
           or_(JobRun.started_at.is_(None), JobRun.started_at < planned, JobRun.started_at > now),
           or_(JobRun.lease_until.is_(None), JobRun.lease_until < now, JobRun.lease_until > now + lease))
    with reading(db) as session:
        known = session.scalar(select(JobRun.name).where(JobRun.name == name)) is not None
        if known and session.scalar(select(JobRun.name).where(*due)) is None:
            return False
    with db.begin() as session:
        insert_missing(session, JobRun, name=name, holder="", error="")
        claimed = session.execute(update(JobRun).where(*due).values(
            holder=holder, lease_until=now + lease, started_at=now).returning(JobRun.name)).all()
        return bool(claimed)


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as its page shows it."""

    name: str
    started_at: datetime | None
    finished_at: datetime | None
    next_at: datetime
    running: bool
    holder: str
    error: str


def find_jobs(db: Sessions, now: datetime) -> list[JobRow]:
    """Return every job with its last run, its next and its last fault."""
    with reading(db) as session:
        runs = {run.name: run for run in session.scalars(select(JobRun))}
    rows = []
    for name, times in TIMETABLE.items():
        run = runs.get(name)
        waits = run is None or run.started_at is None or run.started_at < times.last(now)
        rows.append(JobRow(
            name, run.started_at if run else None, run.finished_at if run else None,
            now if waits else times.following(now), bool(run and run.lease_until and run.lease_until > now),
            run.holder if run else "", run.error if run else ""))
    return rows


def ask_for(db: Sessions, name: str, *, actor: Actor, at: datetime) -> None:
    """Let a job run at the next look of a worker, within a minute.

    Raises:
        NotFound: there is no such job.
    """
    if name not in TIMETABLE:
        raise NotFound("job", name)
    with db.begin() as session:
        session.execute(update(JobRun).where(JobRun.name == name).values(started_at=None))
        audit.record(session, actor, at, "run", "job", label=name)


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
