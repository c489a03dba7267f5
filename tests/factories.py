"""Right in every field; a test names only what it is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from registry.db import Sessions
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.models import Kind, Organisation, RegisterBook
from registry.services.actors import Actor
from registry.services.document_rows import NewDocument
from registry.services.registration import register_document
from tests.conftest import NOON

CLERK = Actor(id=None, name="Văn thư", role=Role.CLERK, address="10.0.0.7")
LEADER = Actor(id=None, name="Lãnh đạo", role=Role.LEADER, address="10.0.0.8")
READER = Actor(id=None, name="Người tra cứu", role=Role.READER, address="10.0.0.9")


class Office:
    """An office with the shipped lists, its own books, and a way to register documents."""

    def __init__(self, db: Sessions) -> None:
        self.db = db
        with db() as session:
            self.kinds = {kind.code: kind.id for kind in session.scalars(select(Kind))}
            self.bodies = {body.code: body.id for body in session.scalars(select(Organisation)) if body.code}
        self.committee = self.bodies["ubnd-ha-nam"]
        with db.begin() as session:
            books = {
                "KH": RegisterBook(name="Sổ kế hoạch", direction="outgoing", issuer_id=self.committee),
                "QĐ": RegisterBook(name="Sổ quyết định QPPL", direction="outgoing", issuer_id=self.committee,
                                   with_year=True),
                "đến": RegisterBook(name="Sổ văn bản đến", direction="incoming"),
            }
            session.add_all(books.values())
            session.flush()
            self.books = {name: book.id for name, book in books.items()}

    def new_document(self, **changes: Any) -> NewDocument:
        """Return an outgoing plan of the provincial committee, with the changes named."""
        given: dict[str, Any] = {
            "direction": Direction.OUTGOING, "kind_id": self.kinds["KH"], "number": "325/KH-UBND",
            "issued_on": date(2021, 2, 4), "issuer_id": self.committee,
            "subject": "ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
        }
        return NewDocument(**{**given, **changes})

    def register(self, *, at: datetime = NOON, **changes: Any) -> int:
        """Register a document and return its id."""
        return register_document(self.db, self.new_document(**changes), actor=CLERK, at=at).document_id
