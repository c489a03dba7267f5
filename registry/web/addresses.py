"""Filters that stand in an address: what cannot be read is said and left out, never an error page."""

from __future__ import annotations

from datetime import date

from flask import request
from flask_babel import gettext

from registry.domain.dates import read_date
from registry.domain.errors import BadDate
from registry.services import organisations
from registry.web.context import db
from registry.web.fields import read_id


def day_in_address(name: str, faults: list[str]) -> date | None:
    """Return the day, written as officials do, under ``name``; one that cannot be read becomes a sentence in ``faults``."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return read_date(text[:60])
    except BadDate:
        faults.append(gettext("Không đọc được ngày “%(text)s”; bộ lọc này được bỏ qua.", text=text[:30]))
        return None


def issuer_in_address(faults: list[str]) -> int | None:
    """Return the issuing body that the address names, by choice or as typed."""
    issuer_id = read_id(request.args.get("issuer_id", "").strip())
    typed = request.args.get("issuer", "")[:300].strip()
    chosen = organisations.get_choice(db(), issuer_id)
    if typed and (chosen is None or typed not in {chosen.name, chosen.label}):
        found = organisations.suggest(db(), typed, limit=1)
        issuer_id = found[0].id if found else None
        if not found:
            faults.append(gettext("Không có cơ quan nào như “%(name)s”.", name=typed[:60]))
    elif not typed:
        issuer_id = None
    return issuer_id
