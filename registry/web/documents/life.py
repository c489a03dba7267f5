"""The page of one document, and its entry's own life: cancelled with a reason, restored."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField

from registry.domain.errors import RegistryError
from registry.domain.obligations import OPEN, ObligationState
from registry.domain.relations import RELATIONS_BY_CODE
from registry.domain.roles import Permission
from registry.services import (
    attachments,
    case_files,
    document_life,
    documents,
    obligation_lists,
    planned_documents,
    validity,
    waiting,
)
from registry.services.obligation_lists import ObligationFilter, Scope
from registry.services.open_work import OpenWork, count_open
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, config, db, now, today
from registry.web.documents.blueprint import bp
from registry.web.documents.chain import compact
from registry.web.fields import ChoiceField, TextField, read_id
from registry.web.forms import Form, show_on, status
from registry.web.obligations.section import of_page
from registry.web.signatures.section import shown
from registry.web.trail import readable

_SHOWN = 20
"""Open obligations that the page of cancelling names."""


class ReasonForm(Form):
    """Why an entry is cancelled or restored."""

    version = HiddenField()
    reason = TextField(lazy_gettext("Lý do"), longest=500)


class CancelForm(ReasonForm):
    """Why an entry is cancelled, and what becomes of the obligations that are still open."""

    open_work = ChoiceField(lazy_gettext("Xử lý các nhiệm vụ này"), choices=[
        ("", lazy_gettext("– chọn –")), (OpenWork.CANCEL.value, lazy_gettext("Hủy cùng văn bản")),
        (OpenWork.KEEP.value, lazy_gettext("Giữ lại, vẫn phải thực hiện và được nhắc"))])


@bp.get("/<int:document_id>")
@requires(Permission.READ)
def show(document_id: int) -> ResponseReturnValue:
    """Show the document, what it cites, what cites it, and its history."""
    page = documents.get_document(db(), document_id, actor=actor())
    files = attachments.of_document(db(), document_id, actor=actor())
    return render_template("documents/show.html", page=page, row=page.row, relations=RELATIONS_BY_CODE, chain=compact(document_id),
                           waiting=waiting.of_document(db(), document_id, actor=actor()), effects=labels.EFFECTS,
                           validity=validity.of_document(db(), document_id, actor=actor(), today=today()),
                           plan_states=labels.PLAN_STATES,
                           plans=planned_documents.of_document(db(), document_id, actor=actor(), today=today()),
                           case_files=case_files.of_document(db(), document_id, actor=actor()),
                           file_states=labels.FILE_STATES,
                           obligations=of_page(page), files=files, signatures=shown([one.file_id for one in files]),
                           roles=labels.FILE_ROLES, notes=labels.FILE_NOTES, most_upload=config().max_upload_mb,
                           history=readable(documents.get_history(db(), document_id, actor=actor())))


@bp.route("/<int:document_id>/cancel", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def cancel(document_id: int) -> ResponseReturnValue:
    """Ask for the reason, and what becomes of open obligations; then cancel the entry; its number stays used."""
    page = documents.get_document(db(), document_id, actor=actor())
    unfinished = ObligationFilter(scope=Scope.ALL, document_id=document_id, states=(*OPEN, ObligationState.PAUSED))
    open_work = obligation_lists.find_obligations(db(), unfinished, actor=actor(), now=now(), limit=_SHOWN)
    next_due = {row.obligation_id: row for row in reversed(open_work.rows)}  # a recurrence is named once
    form = CancelForm(version=str(page.version))
    count = count_open(db(), document_id)
    if not count:
        del form.open_work
    if form.validate_on_submit():
        decided = OpenWork(form.open_work.data) if count and form.open_work.data else None
        try:
            document_life.cancel(db(), document_id, _version(form, page), form.reason.data, open_work=decided,
                                 actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_cancelled(decided, count), "success")
            return redirect(url_for(".show", document_id=document_id))
    return render_template("documents/cancel.html", form=form, page=page, row=page.row, count=count,
                           open_work=list(reversed(next_due.values()))), status(form)


def _cancelled(decided: OpenWork | None, count: int) -> str:
    if decided == OpenWork.CANCEL:
        return _("Đã hủy văn bản cùng %(n)s nhiệm vụ; số của văn bản vẫn được giữ.", n=count)
    if decided == OpenWork.KEEP:
        return _("Đã hủy văn bản; số của nó vẫn được giữ. %(n)s nhiệm vụ được giữ lại và vẫn được nhắc.", n=count)
    return _("Đã hủy văn bản; số của nó vẫn được giữ.")


@bp.route("/<int:document_id>/restore", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def restore(document_id: int) -> ResponseReturnValue:
    """Ask, then put a cancelled entry back in force."""
    page = documents.get_document(db(), document_id, actor=actor())
    form = ReasonForm(version=str(page.version))
    if form.validate_on_submit():
        try:
            document_life.restore(db(), document_id, _version(form, page), form.reason.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã khôi phục văn bản."), "success")
            return redirect(url_for(".show", document_id=document_id))
    cancelled = ObligationFilter(scope=Scope.ALL, document_id=document_id, states=(ObligationState.CANCELLED,))
    return render_template(
        "documents/restore.html", form=form, page=page, row=page.row,
        cancelled=obligation_lists.find_obligations(db(), cancelled, actor=actor(), now=now(), limit=1).total), status(form)


def _version(form: ReasonForm, page: documents.DocumentPage) -> int:
    # What is no version is an old one: never a way around the check.
    return read_id(form.version.data or str(page.version)) or 0
