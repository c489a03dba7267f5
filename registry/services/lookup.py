"""Looking a document up by number, or by a fragment of one, straight from the database.

Every query is answered by an index at any size: symbols are matched against the some thousand
that occur at all, ordinals by ranges, and nothing sorts more than a screenful.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import BadDocumentNumber
from registry.domain.numbers import DocumentNumber, NumberFragment, parse_fragment
from registry.models import Document, NumberSymbol
from registry.services.actors import Actor
from registry.services.documents import DocumentRow, rows_of, visible
from search_index.text import fold_line

LIMIT = 20
# "QĐ" alone fits hundreds of symbols; the first ones fill the screen.
_MOST_SYMBOLS = 60
_SUBJECTS_READ = 200_000
_LONGER_BY = (1, 2, 3)
"""A fragment "32" also finds 320-329, 3200-3299 and 32000-32999."""


def find_by_number(db: Sessions, typed: str, *, actor: Actor, limit: int = LIMIT) -> list[DocumentRow] | None:
    """Return the documents whose number is, or begins like, what was typed; best first, newest first.

    "325", "kh-ubnd 325", "21/qd-ttg", "qđ ttg 21" with or without tone marks. None says that this does
    not look like a number at all, so that the caller may search for words.
    """
    fragment = parse_fragment(typed)
    if fragment is None:
        return None
    with reading(db) as session:
        ids: list[int] = []
        for step in _steps(session, typed, fragment):
            room = limit - len(ids)
            if room <= 0:
                break
            query = select(Document.id).where(*step, visible(actor))
            if ids:
                query = query.where(Document.id.not_in(ids))
            ids.extend(session.scalars(query.order_by(*_order(fragment)).limit(room)))
        return rows_of(session, ids, actor)


def find_exactly(db: Sessions, number: str, *, actor: Actor, on: date | None = None,
                 limit: int = LIMIT) -> list[DocumentRow]:
    """Return the documents of this very number, newest first; with ``on``, those of that day.

    Raises:
        BadDocumentNumber: it cannot be read as a number.
    """
    query = select(Document.id).where(Document.number_key == DocumentNumber.parse(number).key, visible(actor))
    if on is not None:
        query = query.where(Document.issued_on == on)
    with reading(db) as session:
        return rows_of(session, session.scalars(
            query.order_by(Document.listed_on.desc(), Document.id.desc()).limit(limit)).all(), actor)


def find_row(db: Sessions, document_id: int, *, actor: Actor) -> DocumentRow | None:
    """Return one document as lists show it, None where there is none that ``actor`` may see."""
    with reading(db) as session:
        return next(iter(rows_of(session, [document_id], actor)), None)


def _order(fragment: NumberFragment) -> Sequence[Any]:
    if fragment.ordinal is None:
        return (Document.id.desc(),)
    return (Document.ordinal, Document.id.desc())


def _steps(session: Session, typed: str, fragment: NumberFragment) -> Iterable[list[ColumnElement[bool]]]:
    """Yield the conditions to try one after another: the number itself, its numeral, longer numerals."""
    with contextlib.suppress(BadDocumentNumber):  # a fragment is what the next steps are for
        yield [Document.number_key == DocumentNumber.parse(typed).key]
    symbols = _symbols(session, fragment.symbol)
    if symbols is not None and not symbols:
        return
    year = [Document.year == fragment.year] if fragment.year is not None else []
    if fragment.ordinal is None:
        for symbol in symbols or ():
            yield [Document.symbol_key == symbol, *year]
        return
    symbol_clause = [Document.symbol_key.in_(symbols)] if symbols is not None else []
    if fragment.year is not None:
        # A number that carries the year comes before one whose date happens to lie in it.
        begins = f"{fragment.ordinal}{fragment.suffix}/{fragment.year}/"
        yield [Document.ordinal == fragment.ordinal, Document.number_key.startswith(begins, autoescape=True),
               *symbol_clause]
    yield [Document.ordinal == fragment.ordinal, *symbol_clause, *year]
    if fragment.suffix or fragment.year is not None:
        return
    for digits in _LONGER_BY:
        low = fragment.ordinal * 10**digits
        yield [Document.ordinal.between(low, low + 10**digits - 1), *symbol_clause]


def _symbols(session: Session, parts: Sequence[str]) -> list[str] | None:
    """Return the symbols that hold every part, in any order, best first; None when no part was typed."""
    if not parts:
        return None
    query = select(NumberSymbol.symbol_key)
    for part in parts:
        query = query.where(NumberSymbol.symbol_key.contains(part, autoescape=True))
    found = [key for key in session.scalars(query.limit(2000)) if _fits(key, parts)]
    found.sort(key=lambda key: (key.split("-")[: len(parts)] != list(parts), len(key), key))
    return found[:_MOST_SYMBOLS]


def _fits(key: str, parts: Sequence[str]) -> bool:
    groups = key.split("-")
    for part in parts:
        match = next((group for group in groups if group.startswith(part)), None)
        if match is None:
            return False
        groups.remove(match)
    return True


def find_by_subject(db: Sessions, typed: str, *, actor: Actor, limit: int = LIMIT) -> list[DocumentRow]:
    """Return the newest documents whose subject has every word typed, however it is spelled.

    It reads subjects one by one and looks at the newest ones only: what stands in where there is no
    search index.
    """
    words = fold_line(typed[:200]).split()[:12]
    if not words:
        return []
    newest = select(Document.id, Document.subject_key).where(visible(actor)).order_by(
        Document.id.desc()).limit(_SUBJECTS_READ).subquery()
    query = select(newest.c.id).order_by(newest.c.id.desc()).limit(limit)
    for word in words:
        query = query.where(newest.c.subject_key.contains(word, autoescape=True))
    with reading(db) as session:
        return rows_of(session, session.scalars(query).all(), actor)
