"""A worker process of the fault tests: plans and delivers at each moment that it is told."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

from registry.db import make_engine, make_sessions
from registry.mail.sender import SmtpSender
from registry.services import reminders
from registry.services.reminder_delivery import deliver
from tests.services.reminding import OFFICE


def work(database: str, smtp: str, moments: Connection) -> None:
    """Plan and deliver until the other end hangs up, and say after each moment how many mails were sent."""
    db = make_sessions(make_engine(database))
    while True:
        try:
            now = moments.recv()
        except EOFError:
            return
        reminders.plan(db, now)
        done = deliver(db, SmtpSender(smtp), OFFICE, clock=lambda now=now: now, holder=f"worker:{os.getpid()}")
        moments.send(done.sent)
