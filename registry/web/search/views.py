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

from registry.domain.dates import print_short_date
from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import search
from registry.web import context
from registry.web.access import requires
from registry.web.documents.tables import NAMES, cells, choose_columns, chosen_columns, document_table
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.search import requests
from registry.web.search.filters import value
from registry.web.search.index_in_use import index_in_use

bp = Blueprint("search", __name__, url_prefix="/search")
_WHILE_TYPING = 8
_USUAL = ("kind", "issuer", "date")
_ORDER = (*_USUAL, "signer", "field", "received", "entry", "recipients", "handed", "direction")
"""What a result may tell below its number and subject, in the order of the screen and of the file."""


@bp.get("")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """Show a page of results; the address holds the whole search."""
    asked = requests.read(request.args)
    if "columns" in request.args:
        choose_columns("search_columns")
        return redirect(f"{url_for('.index')}?{requests.write(asked)}")
    found = search.find(context.db(), index_in_use(), asked, actor=context.actor())
    return render_template(
        "search/index.html", found=found, write=requests.write, toggled=requests.toggled, columns=_columns(),
        column_names={code: NAMES[code] for code in _ORDER}, unnamed=_USUAL, cells=cells,
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
    """Send all hits as a file, with the columns and in the order of the page."""
    asked = requests.read(request.args)
    index = index_in_use()
    found = search.find(context.db(), index, asked, actor=context.actor(), facets=(), size=1, fragments=False)
    table = document_table(
        _("Kết quả tìm kiếm"), search.all_hits(context.db(), index, asked, actor=context.actor()),
        ["subject", *_columns()], told(_filtered_by(asked)))
    return answer(chosen_format(), table, name="ket-qua-tim-kiem", total=min(found.total, search.MOST_HITS),
                  taken=Taken("search", changes={"query": asked.text}))


def _columns() -> list[str]:
    return chosen_columns("search_columns", _USUAL, _ORDER)


def _filtered_by(asked: search.SearchRequest) -> list[str]:
    """Return the search in words, for the file."""
    return [words for words in (
        asked.text, *asked.kinds, *asked.issuers, *(_("năm %(year)s", year=year) for year in asked.years),
        *(_("%(name)s ký", name=name) for name in asked.signers), *(value(code, "direction") for code in asked.directions), *asked.fields,
        *(value(code, "status") for code in asked.statuses),
        _("từ ngày %(day)s", day=print_short_date(asked.since)) if asked.since else "",
        _("đến ngày %(day)s", day=print_short_date(asked.until)) if asked.until else "") if words]


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
