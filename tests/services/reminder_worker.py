"""A worker process of the fault tests: plans and delivers at each moment that it reads from its standard input."""

from __future__ import annotations

import os
import sys
from datetime import datetime

from registry.db import make_engine, make_sessions
from registry.mail.sender import SmtpSender
from registry.services import reminders
from registry.services.reminder_delivery import deliver
from tests.services.reminding import OFFICE


def main(database: str, smtp: str) -> None:
    db = make_sessions(make_engine(database))
    print("ready", flush=True)
    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        reminders.plan(db, now)
        done = deliver(db, SmtpSender(smtp), OFFICE, clock=lambda now=now: now, holder=f"worker:{os.getpid()}")
        print(done.sent, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
