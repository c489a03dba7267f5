"""Searching by words."""

from __future__ import annotations

from flask import (
    Blueprint,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import exporting, search
from registry.web import context
from registry.web.access import requires
from registry.web.documents.tables import document_table
from registry.web.exports import answer, chosen_format, offered, told
from registry.web.search import requests
from registry.web.search.index_in_use import index_in_use

bp = Blueprint("search", __name__, url_prefix="/search")
_WHILE_TYPING = 8
_COLUMNS = ("date", "kind", "issuer", "subject", "signer", "field", "received", "entry", "recipients")


@bp.get("")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """Show a page of results; the address holds the whole search."""
    asked = requests.read(request.args)
    found = search.find(context.db(), index_in_use(), asked, actor=context.actor())
    return render_template(
        "search/index.html", found=found, write=requests.write, toggled=requests.toggled,
        notes=dict.fromkeys((*requests.notes(request.args, asked), *found.notes)),
        saved=search.saved(context.db(), context.account().id),
        files=offered(url_for(".export"), requests.write(asked, page=None)))


@bp.get("/typing")
@requires(Permission.READ)
def typing() -> ResponseReturnValue:
    """Return the first results while the person types, for the box in the header."""
    asked = search.SearchRequest(text=request.args.get("q", ""))
    if not asked.text.strip():
        return jsonify([])
    found = search.find(context.db(), index_in_use(), asked, actor=context.actor(), facets=(), typing=True,
                        size=_WHILE_TYPING, fragments=False)
    return jsonify([{
        "id": one.row.id, "url": url_for("documents.show", document_id=one.row.id),
        "value": one.row.number or one.row.subject[:80],
        "label": " · ".join(part for part in (one.row.number, one.row.issuer, one.row.subject[:140]) if part),
    } for one in found.results])


@bp.get("/export")
@requires(Permission.EXPORT)
def export() -> ResponseReturnValue:
    """Send all hits as a file, in the order of the search."""
    asked = requests.read(request.args)
    index = index_in_use()
    found = search.find(context.db(), index, asked, actor=context.actor(), facets=(), size=1, fragments=False)
    exporting.record(context.db(), "search", actor=context.actor(), at=context.now(), changes={"query": asked.text})
    table = document_table(
        _("Kết quả tìm kiếm"), search.all_hits(context.db(), index, asked, actor=context.actor()), _COLUMNS,
        told([asked.text] if asked.text else []))
    return answer(chosen_format(), table, name="ket-qua-tim-kiem", total=min(found.total, search.MOST_HITS))


@bp.post("/saved")
@requires(Permission.READ)
def save() -> ResponseReturnValue:
    """Keep this search under a name."""
    address = request.form.get("address", "")[:4000]
    try:
        search.save(context.db(), context.account().id, request.form.get("name", ""), address, at=context.now())
    except RegistryError as error:
        flash(say(error), "error")
    else:
        flash(_("Đã lưu tìm kiếm."), "success")
    return redirect(f"{url_for('.index')}?{search.tidy_address(address)}")


@bp.post("/saved/<int:saved_id>/forget")
@requires(Permission.READ)
def forget(saved_id: int) -> ResponseReturnValue:
    """Remove a saved search."""
    search.forget(context.db(), context.account().id, saved_id)
    flash(_("Đã bỏ tìm kiếm đã lưu."), "success")
    return redirect(url_for(".index"))
