"""An office with people, documents and work that falls due; a real SMTP server beside it."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from registry.db import Sessions
from registry.mail.links import Links
from registry.mail.sender import FolderSender
from registry.models import Document, Message, Obligation, Occurrence, Reminder, Unit, User
from registry.services import reminders
from registry.services.reminder_delivery import Delivery, deliver
from registry.services.reminder_mails import Office
from tests.conftest import HANOI

OFFICE = Office(Links("https://so.hanam.gov.vn", "k" * 40), "so-van-ban@hanam.gov.vn")
LONG_AGO = datetime(2020, 12, 1, 9, 0, tzinfo=HANOI)


def moment(text: str) -> datetime:
    """``moment("2021-06-22T08:00")`` in Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


class Desk:
    """Adds people and work, and looks at what became of it."""

    def __init__(self, db: Sessions) -> None:
        self.db = db

    def add(self, row: Any) -> int:
        with self.db.begin() as session:
            session.add(row)
            session.flush()
            return int(row.id)

    def unit(self, name: str = "Phòng Tổng hợp") -> int:
        return self.add(Unit(name=name, name_key=name.casefold()))

    def person(self, name: str, *, unit_id: int | None = None, **changes: Any) -> int:
        given = {"username": name, "full_name": name, "email": f"{name}@hanam.gov.vn", "role": "official",
                 "unit_id": unit_id, "password_hash": "", "created_at": LONG_AGO}
        return self.add(User(**{**given, **changes}))

    def document(self, *, urgency: int = 0, **changes: Any) -> int:
        given = {"direction": "incoming", "number": "325/KH-UBND", "issued_on": date(2021, 5, 4),
                 "listed_on": date(2021, 5, 4), "subject": "ứng dụng công nghệ thông tin",
                 "subject_key": "ung dung cong nghe thong tin", "urgency": urgency, "created_at": LONG_AGO,
                 "updated_at": LONG_AGO}
        return self.add(Document(**{**given, **changes}))

    def work(self, user_id: int | None, due_on: date, *, task: str = "báo cáo kết quả thực hiện",
             unit_id: int | None = None, created_at: datetime = LONG_AGO, urgency: int = 0,
             due_time: time | None = None, words: str = "trước ngày 30/6/2021") -> int:
        document = self.document(urgency=urgency)
        obligation = self.add(Obligation(document_id=document, task=task, words=words, unit_id=unit_id,
                                         user_id=user_id, created_at=created_at))
        return self.add(Occurrence(obligation_id=obligation, planned_on=due_on, printed_on=due_on, due_on=due_on,
                                   due_time=due_time, unit_id=unit_id, user_id=user_id))

    def set(self, occurrence_id: int, **values: Any) -> None:
        with self.db.begin() as session:
            session.execute(update(Occurrence).where(Occurrence.id == occurrence_id).values(**values))

    def rules(self) -> list[tuple[int, str]]:
        """Who has which reminder, in the order of the rows."""
        with self.db() as session:
            return [(row.user_id, row.rule) for row in session.scalars(select(Reminder).order_by(Reminder.id))]

    def states(self) -> list[str]:
        with self.db() as session:
            return list(session.scalars(select(Reminder.state).order_by(Reminder.id)))

    def messages(self) -> list[Message]:
        with self.db() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def remind(self, sender: Any, at: datetime | str, *, holder: str = "a") -> Delivery:
        """Plan and deliver once."""
        now = moment(at) if isinstance(at, str) else at
        reminders.plan(self.db, now)
        return deliver(self.db, sender, OFFICE, clock=lambda: now, holder=holder)


def mails_in(folder: Path) -> list[Any]:
    """The mails that a folder sender has kept, by subject."""
    found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in folder.glob("*.eml")]
    return sorted(found, key=lambda mail: (mail["To"], mail["Subject"]))


def folder_sender(folder: Path) -> FolderSender:
    return FolderSender(folder / "mail")


class Post:
    """What an SMTP server does with what it is given: keeps it, unless told otherwise."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, bytes]] = []
        """(address, Message-ID, content), in the order of arrival."""
        self.connections = 0
        self.on_rcpt: Any = None
        self.on_data: Any = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd calls it so
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd calls it so
        answer = self.on_rcpt(address) if self.on_rcpt else None
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        answer = self.on_data(server, envelope) if self.on_data else None
        if answer is not None:
            if hasattr(answer, "__await__"):
                answer = await answer
            if answer:
                return answer
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append((envelope.rcpt_tos[0], mail["Message-ID"], envelope.content))
        return "250 OK"


@contextmanager
def smtp_server(post: Post, **options: Any) -> Iterator[str]:
    """A server on a free port; gives its address."""
    with socket.socket() as probe:  # the controller calls the port that it is given, so it must be a real one
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
