"""A clerk in a process of their own: registers documents under a book's next number and says each that is in."""

from __future__ import annotations

import traceback
from datetime import date
from multiprocessing.connection import Connection

from registry.db import make_engine, make_sessions
from registry.domain.values import Direction
from registry.services.document_rows import NewDocument
from registry.services.registration import register_document
from tests.conftest import NOON
from tests.factories import CLERK


def register(url: str, clerk: int, count: int, book: int, kind: int, issuer: int, told: Connection) -> None:
    """Register ``count`` plans of one issuer; what goes wrong is said instead."""
    db = make_sessions(make_engine(url))
    try:
        for number in range(count):
            register_document(db, NewDocument(
                direction=Direction.OUTGOING, kind_id=kind, symbol="KH-UBND", issued_on=date(2021, 2, 4),
                issuer_id=issuer, book_id=book, subject=f"văn thư {clerk}, việc {number}"), actor=CLERK, at=NOON)
            told.send(number)
    except Exception:
        told.send(traceback.format_exc())
        raise
