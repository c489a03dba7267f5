"""The buttons of the links on a document's page, and the citations that wait in the whole office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.domain.dates import read_date
from registry.domain.errors import NotFound, RegistryError
from registry.domain.relations import RELATIONS_BY_CODE
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import link_care, validity, waiting
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.documents.references import ReferenceRow, read_rows, typed_rows
from registry.web.fields import read_id

bp = Blueprint("citations", __name__)


@bp.get("/citations/waiting")
@requires(Permission.REGISTER)
def index() -> ResponseReturnValue:
    """List what waits for a choice in all documents."""
    page = waiting.find(db(), actor=actor(), after=read_id(request.args.get("after")))
    return render_template("citations/waiting.html", page=page, relations=RELATIONS_BY_CODE)


@bp.post("/citations/waiting/<int:waiting_id>")
@requires(Permission.REGISTER)
def decide(waiting_id: int) -> ResponseReturnValue:
    """Choose what a citation means, enter it as a document not held, or leave it out."""
    back = url_for(".index") if request.form.get("from") == "list" else None
    try:
        document_id = link_care.decide(db(), waiting_id, request.form.get("choice", "")[:20], actor=actor(), at=now())
    except NotFound:
        flash(_("Viện dẫn này đã được xác định, hoặc văn bản được chọn không còn."), "warning")
        return redirect(back or url_for(".index"))
    except RegistryError as error:
        flash(say(error), "error")
        return redirect(back or url_for(".index"))
    flash(_("Đã xác định viện dẫn."), "success")
    return redirect(back or _page(document_id))


@bp.post("/documents/<int:document_id>/links")
@requires(Permission.REGISTER)
def add(document_id: int) -> ResponseReturnValue:
    """Add a link by hand."""
    rows = typed_rows(request.form)[:1]
    references = read_rows(rows)
    if not references:
        flash(rows[0].error if rows else _("Hãy nhập số, ký hiệu của văn bản được viện dẫn."), "error")
        return redirect(_page(document_id, typed=rows))
    try:
        linked = link_care.add(db(), document_id, references[0], actor=actor(), at=now())
    except NotFound:
        raise
    except RegistryError as error:
        flash(say(error), "error")
        return redirect(_page(document_id, typed=rows))
    flash(_("Đã thêm viện dẫn.") if linked else _("Số này có thể chỉ nhiều văn bản; hãy chọn bên dưới."),
          "success" if linked else "warning")
    return redirect(_page(document_id))


@bp.post("/documents/<int:document_id>/links/<int:citation_id>/confirm")
@requires(Permission.REGISTER)
def confirm(document_id: int, citation_id: int) -> ResponseReturnValue:
    """Confirm a link that was read."""
    return _done(link_care.confirm, document_id, citation_id, _("Đã xác nhận viện dẫn."))


@bp.post("/documents/<int:document_id>/links/<int:citation_id>/relation")
@requires(Permission.REGISTER)
def correct(document_id: int, citation_id: int) -> ResponseReturnValue:
    """Give a link the relation that is right."""
    link_care.correct(db(), document_id, citation_id, request.form.get("relation", "")[:30], actor=actor(), at=now())
    flash(_("Đã sửa quan hệ."), "success")
    return redirect(_page(document_id))


@bp.post("/documents/<int:document_id>/links/<int:citation_id>/remove")
@requires(Permission.REGISTER)
def remove(document_id: int, citation_id: int) -> ResponseReturnValue:
    """Remove a link."""
    return _done(link_care.dismiss, document_id, citation_id,
                 _("Đã bỏ viện dẫn; đọc lại toàn văn cũng không thêm lại."))


@bp.post("/documents/<int:document_id>/validity")
@requires(Permission.REGISTER)
def add_mark(document_id: int) -> ResponseReturnValue:
    """Mark a document's effect by hand."""
    try:
        typed = request.form.get("from_on", "")[:60].strip()
        from_on = read_date(typed) if typed else None
        validity.add(db(), document_id, request.form.get("effect", "")[:20], from_on,
                     request.form.get("note", "")[:4000], actor=actor(), at=now())
    except NotFound:
        raise
    except RegistryError as error:
        flash(say(error), "error")
        return redirect(_page(document_id, "validity"))
    flash(_("Đã ghi hiệu lực."), "success")
    return redirect(_page(document_id, "validity"))


@bp.post("/documents/<int:document_id>/validity/<int:mark_id>/confirm")
@requires(Permission.REGISTER)
def confirm_mark(document_id: int, mark_id: int) -> ResponseReturnValue:
    """Confirm what followed from a link."""
    return _done(validity.confirm, document_id, mark_id, _("Đã xác nhận hiệu lực."), "validity")


@bp.post("/documents/<int:document_id>/validity/<int:mark_id>/remove")
@requires(Permission.REGISTER)
def remove_mark(document_id: int, mark_id: int) -> ResponseReturnValue:
    """Remove a mark."""
    return _done(validity.dismiss, document_id, mark_id, _("Đã bỏ ghi nhận hiệu lực."), "validity")


def _done(service: Callable[..., Any], document_id: int, row_id: int, said: str, place: str = "links") -> Response:
    service(db(), document_id, row_id, actor=actor(), at=now())
    flash(said, "success")
    return redirect(_page(document_id, place))


def _page(document_id: int, place: str = "links", *, typed: Sequence[ReferenceRow] = ()) -> str:
    """Return the address of the document's page; ``typed`` stands in its form again."""
    row = typed[0] if typed else None
    return url_for("documents.show", document_id=document_id, _anchor=place, ref_relation=row.relation if row else None,
                   ref_number=row.number if row else None)
