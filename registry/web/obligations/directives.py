"""The directive (văn bản giao việc) that a list of obligations is narrowed to, chosen or typed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from flask import request
from flask_babel import gettext as _

from registry.domain.errors import BadDocumentNumber
from registry.domain.roles import Permission
from registry.services.documents import DocumentRow
from registry.services.lookup import find_by_number, find_exactly, find_row
from registry.services.obligation_lists import ObligationFilter
from registry.web.access import may
from registry.web.context import actor, db


def documents_here(wanted: ObligationFilter) -> tuple[ObligationFilter, list[str]]:
    """Narrow ``wanted`` to the document whose number was typed, unless one was chosen; return what is wrong with it."""
    typed = request.args.get("document", "")[:200].strip()
    if not typed:  # emptied by hand: then what was chosen before counts no more
        return (replace(wanted, document_id=None) if "document" in request.args else wanted), []
    if wanted.document_id is not None:
        return wanted, []
    found = _documents(typed) if may(Permission.READ) else []
    if len(found) == 1:
        return replace(wanted, document_id=found[0].id), []
    if not found:
        return wanted, [_("Không có văn bản nào mang số “%(typed)s”; bộ lọc này được bỏ qua.", typed=typed[:60])]
    return wanted, [_("Có %(n)s văn bản mang số “%(typed)s”: hãy gõ lại và chọn một trong các gợi ý.",
                      n=len(found), typed=typed[:60])]


def _documents(typed: str) -> list[DocumentRow]:
    """Return the documents of this very number, else those whose number begins like it."""
    with suppress(BadDocumentNumber):
        found = find_exactly(db(), typed, actor=actor())
        if found:
            return found
    return find_by_number(db(), typed, actor=actor()) or []


def document_here(wanted: ObligationFilter) -> DocumentRow | None:
    """Return the document that the list is narrowed to, if the person may see it."""
    return find_row(db(), wanted.document_id, actor=actor()) if wanted.document_id is not None else None
