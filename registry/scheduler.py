"""The jobs, each a single service call; APScheduler triggers, the database decides."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from config import Config
from registry.db import Sessions
from registry.files.store import FileStore
from registry.mail.sender import MailSender, MailServerDown, make_sender
from registry.services import backups, file_sweeping, jobs, occurrences, reminders, signatures
from registry.services.backups import Place
from registry.services.jobs import HANOI
from registry.services.reminder_delivery import deliver
from registry.services.reminder_mails import Office

log = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 60
_SIGNATURES_EACH_TIME = timedelta(minutes=2)


def now() -> datetime:
    """Return the moment, in the time of Viet Nam."""
    return datetime.now(HANOI)


def holder_name() -> str:
    """Return how this process is known to the others."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def run_due(db: Sessions, config: Config, *, holder: str, clock: Callable[[], datetime] = now,
            sender: MailSender | None = None) -> list[str]:
    """Run the jobs that are due and that no other worker has; return their names. One fault stops no other."""
    work: dict[str, Callable[[], object]] = {
        "spawn_occurrences": lambda: occurrences.spawn_occurrences(db, clock().astimezone(HANOI).date()),
        "plan_reminders": lambda: reminders.plan(db, clock()),
        "send_reminders": lambda: _send(db, config, sender or make_sender(config.smtp_url, config.mail_folder),
                                        clock, holder),
        "forget_failures": lambda: jobs.forget_failures(db, clock()),
        "sweep_files": lambda: file_sweeping.sweep(db, FileStore(config.files_folder), clock()),
        "check_signatures": lambda: signatures.check_waiting(
            db, FileStore(config.files_folder), clock=clock, longest=_SIGNATURES_EACH_TIME),
        "check_trail": lambda: jobs.check_trail(db),
        "backup": lambda: backups.make(db, FileStore(config.files_folder), Place.of(config), clock=clock),
    }
    ran = []
    for name, times in jobs.TIMETABLE.items():
        try:
            if jobs.run_once(db, name, times.last(clock()), work[name], holder=holder, clock=clock,
                             lease=times.lease):
                ran.append(name)
        except Exception:
            log.exception("job %s failed", name)
    return ran


def _send(db: Sessions, config: Config, sender: MailSender, clock: Callable[[], datetime], holder: str) -> None:
    done = deliver(db, sender, Office.of(config), clock=clock, holder=holder)
    if done.server_error:  # kept with the job, where the administrator sees why mails wait
        raise MailServerDown(done.server_error)


def start(db: Sessions, config: Config) -> BackgroundScheduler:
    """Start looking for due jobs every minute, in a thread."""
    scheduler = BackgroundScheduler(timezone=HANOI)
    scheduler.add_job(run_due, "interval", seconds=_SECONDS_BETWEEN_LOOKS, args=[db, config],
                      kwargs={"holder": holder_name()}, next_run_time=now(), coalesce=True, max_instances=1,
                      misfire_grace_time=None)
    scheduler.start()
    return scheduler
