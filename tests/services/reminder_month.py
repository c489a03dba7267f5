"""A simulated month of an office, and what it must be told, computed here without the program's own rules.

19 April to 21 May 2021 holds the Hùng kings' day (21/4), 30/4, and 3/5 off in place of Saturday 1/5.
"""

from __future__ import annotations

import email
import email.policy
import random
import re
import time as time_module
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from sqlalchemy import insert, select

from registry.db import Sessions
from registry.models import Document, Message, Obligation, Occurrence, ReminderWish, Unit, User
from tests.conftest import HANOI
from tests.services import reminder_worker
from tests.services.processes import OwnProcess
from tests.services.reminding import LONG_AGO, Desk, Post

FIRST, LAST = date(2021, 4, 19), date(2021, 5, 21)
OFF = {date(2021, 4, 21), date(2021, 4, 30), date(2021, 5, 3)}
UNITS = 5
MORNINGS = tuple(time(8 + half // 2, 30 * (half % 2)) for half in range(8))
"""People want their mail at different hours: each is a round of its own."""
_TASK = re.compile(r"việc số (\d+)")


def worked(day: date) -> bool:
    return day.weekday() < 5 and day not in OFF


def count(after: date, up_to: date) -> int:
    """Working days after the one day up to and with the other."""
    return sum(worked(after + timedelta(days=n)) for n in range(1, (up_to - after).days + 1))


@dataclass
class Work:
    """One piece of work as the simulation knows it."""

    number: int
    owner: int
    unit: int
    due_on: date
    done_from: date | None = None
    moved: tuple[date, date] | None = None
    """From that day on, due on another."""

    def due(self, day: date) -> tuple[date, int]:
        if self.moved and day >= self.moved[0]:
            return self.moved[1], 2
        return self.due_on, 1

    def is_open(self, day: date) -> bool:
        return self.done_from is None or day < self.done_from


@dataclass
class Month:
    """The work, the people, and who is to be told what on which day."""

    works: list[Work]
    people: int
    heads: dict[int, int]
    leader: int
    days: list[date] = field(default_factory=list)

    def expected(self) -> dict[tuple[int, date], set[int]]:
        """``{(person, day): numbers of the work that their mails of that day tell}``."""
        told: dict[tuple[int, date], set[int]] = defaultdict(set)
        said: set[tuple[int, int, str, int]] = set()
        for day in self.days:
            for work in self.works:
                due, version = work.due(day)
                if not worked(day) or not work.is_open(day):
                    continue
                for person, rule in self._rules(work, due, day):
                    if (work.number, version, rule, person) not in said:
                        said.add((work.number, version, rule, person))
                        told[person, day].add(work.number)
        return dict(told)

    def _rules(self, work: Work, due: date, day: date) -> list[tuple[int, str]]:
        if due >= day:
            near = [days for days in (7, 3, 1, 0) if days >= count(day, due)]
            return [(work.owner, f"ahead {min(near)}")] if near else []
        late = count(due, day)
        rules = [(work.owner, f"late {late}")]
        if late >= 1 and self.heads[work.unit] != work.owner:
            rules.append((self.heads[work.unit], "head"))
        if late >= 5:
            rules.append((self.leader, "leader"))
        return rules


def build(db: Sessions, *, obligations: int, people: int, seed: int = 7, days: int | None = None,
          at_hours: bool = False) -> Month:
    """Fill an empty register and return what it holds; ``at_hours`` parts the people over ``MORNINGS``.

    ``days`` from ``FIRST`` on, without it up to ``LAST``; no holidays follow until autumn.
    """
    chance = random.Random(seed)
    every_day = [FIRST + timedelta(days=n) for n in range(days or (LAST - FIRST).days + 1)]
    leader = people
    units = {person: (person - 1) % UNITS + 1 for person in range(1, people)}
    heads = {unit: unit for unit in range(1, UNITS + 1)}
    works = []
    for number in range(1, obligations + 1):
        owner = chance.randint(1, people - 1)
        work = Work(number, owner, units[owner], FIRST + timedelta(days=chance.randint(-8, 45)))
        if chance.random() < 0.5:
            work.done_from = FIRST + timedelta(days=chance.randint(0, 32))
        elif chance.random() < 0.3:
            work.moved = (FIRST + timedelta(days=chance.randint(1, 30)), FIRST + timedelta(days=chance.randint(5, 45)))
        works.append(work)
    with db.begin() as session:
        session.execute(insert(Unit), [{"id": unit, "name": f"Phòng {unit}", "name_key": f"phong {unit}"}
                                       for unit in heads])
        session.execute(insert(User), [
            {"id": person, "username": f"n{person}", "full_name": f"Người {person}", "email": f"n{person}@x.vn",
             "role": "leader" if person == leader else "official", "unit_id": units.get(person),
             "heads_unit": heads.get(units.get(person, 0)) == person, "password_hash": "", "created_at": LONG_AGO}
            for person in range(1, people + 1)])
        if at_hours:
            session.execute(insert(ReminderWish), [
                {"user_id": person, "days_before": [7, 3, 1], "morning_at": MORNINGS[person % len(MORNINGS)]}
                for person in range(1, people + 1)])
        session.execute(insert(Document), [
            {"id": 1, "direction": "incoming", "number": "15/KH-UBND", "listed_on": date(2021, 2, 4), "subject": "x",
             "subject_key": "x", "created_at": LONG_AGO, "updated_at": LONG_AGO}])
        session.execute(insert(Obligation), [
            {"id": work.number, "document_id": 1, "task": f"việc số {work.number}", "created_at": LONG_AGO,
             "user_id": work.owner, "unit_id": work.unit} for work in works])
        session.execute(insert(Occurrence), [
            {"id": work.number, "obligation_id": work.number, "planned_on": work.due_on, "due_on": work.due_on,
             "user_id": work.owner, "unit_id": work.unit} for work in works])
    return Month(works, people, heads, leader, every_day)


def change_for(db: Sessions, month: Month, day: date) -> None:
    """Do in the register what happens before the office opens on ``day``."""
    desk = Desk(db)
    for work in month.works:
        if work.done_from == day:
            desk.set(work.number, state="done")
        if work.moved and work.moved[0] == day:
            desk.set(work.number, due_on=work.moved[1], due_version=2)


class Workers:
    """Processes that can be killed."""

    def __init__(self, database: str, smtp: str, count: int = 3) -> None:
        self._addresses = database, smtp
        self._processes = [self._start() for _ in range(count)]
        self._answers = [0] * count

    def _start(self) -> OwnProcess:
        return OwnProcess(reminder_worker.work, *self._addresses)

    def tell(self, at: datetime) -> None:
        """Let all of them plan and deliver."""
        for which, process in enumerate(self._processes):
            process.tell(at)
            self._answers[which] += 1

    def wait(self) -> None:
        """Wait until all have done so."""
        for which, process in enumerate(self._processes):
            for _ in range(self._answers[which]):
                process.hear()
            self._answers[which] = 0

    def kill(self, which: int) -> None:
        """Kill one with -9 and start another in its place; the others go on."""
        self._processes[which].kill()
        self._processes[which].close()
        self._processes[which], self._answers[which] = self._start(), 0

    def close(self) -> None:
        for process in self._processes:
            assert process.close() == 0


@dataclass
class Outcome:
    """What arrived, against what was to arrive."""

    lost: list[tuple[int, date, int]]
    unasked: list[tuple[int, date, int]]
    told_twice: list[tuple[int, date, int]]
    """Told on one day in two different mails."""
    second_copies: Counter[str]
    """Message-IDs that arrived more than once, with how many copies too many."""
    unmarked: list[str]
    """Second copies that are not recorded as possibly sent twice."""
    possibly_twice: int
    mails: int
    expected: int
    unfinished: int
    """Mails that are neither sent nor cancelled."""


def compare(db: Sessions, month: Month, post: Post) -> Outcome:
    """Hold the mails that the server took against what the month asks for."""
    seen: dict[tuple[int, date, int], set[str]] = defaultdict(set)
    copies: Counter[str] = Counter()
    for address, header_id, content in post.taken:
        copies[header_id] += 1
        mail = email.message_from_bytes(content, policy=email.policy.default)
        day = parsedate_to_datetime(mail["Date"]).astimezone(HANOI).date()
        person = int(address.partition("@")[0][1:])
        for number in _TASK.findall(mail.get_body(("plain",)).get_content()):
            seen[person, day, int(number)].add(header_id)
    expected = {(person, day, number) for (person, day), numbers in month.expected().items() for number in numbers}
    with db() as session:
        rows = session.scalars(select(Message)).all()
    marked = {row.header_id for row in rows if row.possibly_twice}
    second = Counter({header_id: times - 1 for header_id, times in copies.items() if times > 1})
    return Outcome(
        sorted(expected - set(seen)), sorted(set(seen) - expected),
        sorted(key for key, mails in seen.items() if len(mails) > 1), second, sorted(set(second) - marked),
        len(marked), len(post.taken), len(expected),
        sum(row.state not in {"sent", "cancelled"} for row in rows))


def run_day(db: Sessions, month: Month, day: date, workers: Workers) -> None:
    """Let the workers do one day, when everybody's morning has come."""
    change_for(db, month, day)
    workers.tell(datetime.combine(day, MORNINGS[-1], HANOI))
    workers.wait()


def run_day_with_kills(db: Sessions, month: Month, day: date, workers: Workers, chance: random.Random,
                       within: float) -> int:
    """Let the workers do one day hour by hour, one of them killed in each; return how many were killed.

    What a killed one left is taken up after its lease, at the latest in the last round.
    """
    change_for(db, month, day)
    for at in MORNINGS:
        workers.tell(datetime.combine(day, at, HANOI))
        time_module.sleep(chance.uniform(0, within))
        workers.kill(chance.randrange(3))
        workers.wait()
    for at in (time(12, 0), time(12, 15)):
        workers.tell(datetime.combine(day, at, HANOI))
        workers.wait()
    return len(MORNINGS)
