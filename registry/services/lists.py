"""The office's lists of document types (loại văn bản) and fields of work (lĩnh vực), as the administrator keeps them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NameTaken, NotFound
from registry.models import Document, Field, Kind
from registry.services import audit
from registry.services.actors import Actor
from search_index.text import fold_line, sort_key


@dataclass(frozen=True, slots=True)
class KindData:
    """What the administrator enters of a document type."""

    name: str
    name_en: str = ""
    abbreviation: str = ""
    position: int = 1000
    active: bool = True


@dataclass(frozen=True, slots=True)
class KindRow:
    """One document type as the list and the form show it."""

    id: int
    code: str
    name: str
    name_en: str
    abbreviation: str
    position: int
    active: bool


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of work as the list and the form show it."""

    id: int
    name: str
    active: bool
    documents: int


def find_kinds(db: Sessions) -> list[KindRow]:
    """Return all document types, also those not in use, in the order of forms."""
    with reading(db) as session:
        return [_kind_row(kind) for kind in session.scalars(select(Kind).order_by(Kind.position, Kind.id))]


def get_kind(db: Sessions, kind_id: int) -> KindRow:
    """Return one document type.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        return _kind_row(_kind(session, kind_id))


def _kind_row(kind: Kind) -> KindRow:
    return KindRow(kind.id, kind.code, kind.name, kind.name_en, kind.abbreviation, kind.position, kind.active)


def _kind(session: Session, kind_id: int) -> Kind:
    kind = session.get(Kind, kind_id)
    if kind is None:
        raise NotFound("kind", kind_id)
    return kind


def save_kind(db: Sessions, kind_id: int | None, data: KindData, *, actor: Actor, at: datetime) -> int:
    """Add a document type, or change the one given; return its id.

    Raises:
        NameTaken: another type is called so, whatever the tone marks.
        NotFound: there is none.
    """
    try:
        with db.begin() as session:
            kind = Kind(code=_free_code(session, data), name_key="") if kind_id is None else _kind(session, kind_id)
            before = {} if kind_id is None else {name: getattr(kind, name) for name in asdict(data)}
            for name, value in asdict(data).items():
                setattr(kind, name, value)
            kind.name_key = fold_line(data.name)
            session.add(kind)
            session.flush()
            _record(session, "kind", kind.id, kind.name, before, asdict(data), actor, at)
            return kind.id
    except IntegrityError as error:
        raise NameTaken(data.name) from error


def _free_code(session: Session, data: KindData) -> str:
    """Return a code for a new type: its abbreviation, numbered where another type has it already."""
    wanted = (data.abbreviation or "".join(word[0].upper() for word in fold_line(data.name).split()))[:15]
    taken = set(session.scalars(select(Kind.code)))
    code, step = wanted, 2
    while code in taken:
        code, step = f"{wanted}-{step}", step + 1
    return code


def find_fields(db: Sessions) -> list[FieldRow]:
    """Return all fields of work, also those not in use, with how many documents each has."""
    with reading(db) as session:
        used = {row.field_id: row.total for row in session.execute(
            select(Document.field_id, func.count().label("total")).where(Document.field_id.is_not(None))
            .group_by(Document.field_id))}
        rows = [FieldRow(row.id, row.name, row.active, used.get(row.id, 0)) for row in session.scalars(select(Field))]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def get_field(db: Sessions, field_id: int) -> FieldRow:
    """Return one field of work.

    Raises:
        NotFound: there is none.
    """
    with reading(db) as session:
        row = session.get(Field, field_id)
        if row is None:
            raise NotFound("field", field_id)
        return FieldRow(row.id, row.name, row.active, 0)


def save_field(db: Sessions, field_id: int | None, name: str, active: bool, *, actor: Actor, at: datetime) -> int:
    """Add a field of work, or change the one given; return its id.

    Raises:
        NameTaken: another field is called so, whatever the tone marks.
        NotFound: there is none.
    """
    try:
        with db.begin() as session:
            row = Field() if field_id is None else session.get(Field, field_id)
            if row is None:
                raise NotFound("field", field_id)
            before = {} if field_id is None else {"name": row.name, "active": row.active}
            row.name, row.name_key, row.active = name, fold_line(name), active
            session.add(row)
            session.flush()
            _record(session, "field", row.id, name, before, {"name": name, "active": active}, actor, at)
            return row.id
    except IntegrityError as error:
        raise NameTaken(name) from error


def _record(session: Session, what: str, row_id: int, label: str, before: dict[str, object],
            after: dict[str, object], actor: Actor, at: datetime) -> None:
    changes = audit.differences(before, after)
    if changes:
        audit.record(session, actor, at, "update" if before else "create", what, row_id, label=label,
                     changes=changes)
