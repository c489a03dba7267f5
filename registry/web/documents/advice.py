"""What the pages ask for while a person types: numbers, likenesses, issuing bodies, documents."""

from __future__ import annotations

from datetime import date

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue

from registry.domain.dates import print_short_date, read_date
from registry.domain.errors import BadDate
from registry.domain.roles import Permission
from registry.domain.values import Direction
from registry.messages import say
from registry.services import drafts, lookup, organisations
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.documents.blueprint import bp
from registry.web.fields import read_id

_LONGEST = 5000
_SUGGESTED = 10


@bp.get("/advice.json")
@requires(Permission.REGISTER)
def advice() -> ResponseReturnValue:
    """Say what the book would give, what the document may repeat, and what is odd about it."""
    args = request.args
    direction = args.get("direction", "")
    found = drafts.advise(db(), drafts.Draft(
        number=args.get("number", "")[:_LONGEST], subject=args.get("subject", "")[:_LONGEST],
        symbol=args.get("symbol", "")[:80], kind_id=_id("kind_id"), issuer_id=_id("issuer_id"),
        issued_on=_day("issued_on"), received_on=_day("received_on"),
        direction=Direction(direction) if direction in set(Direction) else Direction.OUTGOING,
        book_id=_id("book_id"), propose_book="propose_book" in args, except_id=_id("except_id")), actor=actor(), at=now())
    return jsonify(
        next_number=found.next_number, symbol=found.symbol, kind_id=found.kind_id, book_id=found.book_id,
        warnings=[say(warning) for warning in found.warnings],
        likenesses=[{
            "url": url_for(".show", document_id=one.document_id), "number": one.number or "",
            "on": print_short_date(one.issued_on) if one.issued_on else "", "subject": one.subject[:200],
            "exact": one.exact} for one in found.likenesses])


@bp.get("/issuers.json")
@requires(Permission.READ)
def issuers() -> ResponseReturnValue:
    """Return the issuing bodies that what is typed may mean."""
    found = organisations.suggest(db(), request.args.get("q", "")[:200], on=_day("on"), limit=_SUGGESTED)
    return jsonify([{"id": one.id, "value": one.name, "label": one.label} for one in found])


@bp.get("/numbers.json")
@requires(Permission.READ)
def numbers() -> ResponseReturnValue:
    """Return the documents whose number is, or begins like, what is typed."""
    typed = request.args.get("q", "")[:200]
    rows = lookup.find_by_number(db(), typed, actor=actor(), limit=_SUGGESTED)
    if rows is None:
        rows = lookup.find_by_subject(db(), typed, actor=actor(), limit=_SUGGESTED)
    return jsonify([{
        "id": row.id, "url": url_for(".show", document_id=row.id),
        "value": (row.number or row.subject[:80]) + (
            f" ngày {print_short_date(row.issued_on)}" if row.issued_on and row.number else ""),
        "label": " · ".join(part for part in (row.number or "", row.issuer or "", row.subject[:120]) if part),
    } for row in rows])


def _id(name: str) -> int | None:
    return read_id(request.args.get(name))


def _day(name: str) -> date | None:
    try:
        return read_date(request.args.get(name, "")[:60])
    except BadDate:
        return None
