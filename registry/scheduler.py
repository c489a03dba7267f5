"""The jobs and their times, each a single service call; APScheduler triggers, the database decides."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler

from registry.db import Sessions
from registry.services import jobs

log = logging.getLogger(__name__)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_EVERY_MINUTES = 5
# Before the office opens; a machine that was off then catches up when it is switched on.
NIGHTLY = {"forget_failures": time(3, 10), "check_trail": time(3, 20)}


def now() -> datetime:
    """Return the moment, in the time of Viet Nam."""
    return datetime.now(HANOI)


def last_planned(at: time, moment: datetime) -> datetime:
    """Return the latest planned moment of a nightly job that is not after ``moment``."""
    today = datetime.combine(moment.date(), at, tzinfo=HANOI)
    return today if today <= moment else today - timedelta(days=1)


def run_due(db: Sessions, *, holder: str, clock: Callable[[], datetime] = now) -> list[str]:
    """Run the jobs that are due and that no other worker has; return their names. One fault stops no other."""
    work: dict[str, Callable[[], None]] = {
        "forget_failures": lambda: jobs.forget_failures(db, clock()),
        "check_trail": lambda: jobs.check_trail(db),
    }
    ran = []
    for name, at in NIGHTLY.items():
        try:
            if jobs.run_once(db, name, last_planned(at, clock()), work[name], holder=holder, clock=clock):
                ran.append(name)
        except Exception:
            log.exception("job %s failed", name)
    return ran


def start(db: Sessions) -> BackgroundScheduler:
    """Start looking for due jobs every few minutes, in a thread."""
    holder = f"{socket.gethostname()[:60]}:{os.getpid()}"
    scheduler = BackgroundScheduler(timezone=HANOI)
    scheduler.add_job(run_due, "interval", minutes=_EVERY_MINUTES, args=[db], kwargs={"holder": holder},
                      next_run_time=now(), coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    return scheduler
