"""Whose document it is: the unit that the words "chuyển cho" or "đơn vị lưu" name."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from registry.domain.values import Direction
from registry.models import Document, Obligation, Unit, User
from search_index.text import fold_line

_BETWEEN = re.compile(r"[;,\n/]| và ")
_MOST_PARTS = 8


def set_unit(session: Session, document: Document) -> None:
    """Set the document's unit by its words; no unit where they name none of the office's."""
    words = document.handed_to if document.direction == Direction.INCOMING else document.archive_unit
    document.unit_id = named_unit(session, words) if document.direction != Direction.EXTERNAL else None


def count_anew(session: Session, document: Document) -> None:
    """Set what reports count a changed document by: its unit, and the day its work was given."""
    set_unit(session, document)
    session.execute(update(Obligation).where(Obligation.document_id == document.id).values(
        given_on=document.received_on or document.listed_on))


def named_unit(session: Session, words: str) -> int | None:
    """Return the first unit that ``words`` name, by its name, its symbol, or a person who belongs to it."""
    # The whole comes first: a unit's own name may hold a comma ("Phòng Thông tin, Báo chí").
    parts = [fold_line(words), *(fold_line(part) for part in _BETWEEN.split(words))]
    wanted = list(dict.fromkeys(part for part in parts if part))[:_MOST_PARTS + 1]
    if not wanted:
        return None
    names = _kept(session, "units_by_name", _units_by_name)
    found = next((names[part] for part in wanted if part in names), None)
    if found is not None:
        return found
    units = _kept(session, "units_by_person", _units_by_person)
    return next((units[part] for part in wanted if part in units), None)


def _kept(session: Session, name: str, read: Callable[[Session], dict[str, int]]) -> dict[str, int]:
    """Return what was read once for this transaction: an import asks for each of its documents."""
    transaction = session.get_transaction()
    held: tuple[object, dict[str, int]] = session.info.get(name, (None, {}))
    if transaction is None or held[0] is not transaction:
        held = session.info[name] = transaction, read(session)
    return held[1]


def _units_by_name(session: Session) -> dict[str, int]:
    names: dict[str, int] = {}
    for row in session.execute(select(Unit.id, Unit.name_key, Unit.symbol).where(
            Unit.closed_on.is_(None)).order_by(Unit.id)):
        names.setdefault(row.name_key, row.id)
        if row.symbol:
            names.setdefault(fold_line(row.symbol), row.id)
    return names


def _units_by_person(session: Session) -> dict[str, int]:
    units: dict[str, set[int]] = {}
    for name, unit_id in session.execute(
            select(User.full_name, User.unit_id).where(User.active, User.unit_id.is_not(None))):
        units.setdefault(fold_line(name), set()).update([unit_id] if unit_id else [])
    # Two of the same name in two units: nobody knows which is meant.
    return {name: min(found) for name, found in units.items() if len(found) == 1}


def adopt(session: Session, unit: Unit) -> None:
    """Give a new or renamed unit the documents whose words are its name and that are nobody's so far."""
    session.execute(
        update(Document).where(
            Document.unit_id.is_(None), Document.direction != Direction.EXTERNAL,
            or_((Document.direction == Direction.INCOMING) & (Document.handed_to == unit.name),
                (Document.direction != Direction.INCOMING) & (Document.archive_unit == unit.name)))
        .values(unit_id=unit.id).execution_options(synchronize_session=False))
