"""The chain of a document: what it carries out and rests on, what carries it out, as a list and as a picture."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from registry.domain.relations import RELATIONS_BY_CODE
from registry.domain.roles import Permission
from registry.services.chain import Chain, get_chain
from registry.web.access import requires
from registry.web.context import actor, db, today
from registry.web.documents.blueprint import bp
from registry.web.documents.chain_drawing import drawing

_COMPACT_LEVELS = 2
_COMPACT_MOST = 24


def compact(document_id: int) -> Chain:
    """Return the nearest part of the chain, for the page of the document."""
    return get_chain(db(), document_id, actor=actor(), on=today(), most=_COMPACT_MOST, deepest=_COMPACT_LEVELS)


@bp.get("/<int:document_id>/chain")
@requires(Permission.READ)
def chain(document_id: int) -> ResponseReturnValue:
    """Show the whole chain."""
    found = get_chain(db(), document_id, actor=actor(), on=today())
    return render_template("documents/chain.html", chain=found, one=found.document, relations=RELATIONS_BY_CODE,
                           drawing=drawing(found) if found.size else None)


@bp.get("/<int:document_id>/chain.svg")
@requires(Permission.READ)
def chain_picture(document_id: int) -> ResponseReturnValue:
    """Send the picture as a file; its links lead to this register."""
    found = get_chain(db(), document_id, actor=actor(), on=today())
    picture = render_template("documents/chain.svg", chain=found, relations=RELATIONS_BY_CODE,
                              drawing=drawing(found))
    return Response(picture, mimetype="image/svg+xml",
                    headers={"Content-Disposition": f'attachment; filename="chuoi-van-ban-{document_id}.svg"'})
