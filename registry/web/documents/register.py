"""Registering and changing a document."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import NotFound, NotPossible, RegistryError
from registry.domain.relations import RELATIONS
from registry.domain.roles import Permission
from registry.domain.values import Direction
from registry.domain.work_programme import OPEN
from registry.services import books, documents, organisations, planned_documents, registration
from registry.services import settings as office
from registry.services.planned_documents import PlannedRow
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.documents.blueprint import bp
from registry.web.documents.forms import REQUEST_ID, DocumentForm
from registry.web.documents.references import ReferenceRow
from registry.web.fields import read_id
from registry.web.files import drafts
from registry.web.forms import show_on, status
from registry.web.obligations.section import deadlines_waiting
from registry.web.trail import readable

DIRECTIONS = (Direction.OUTGOING, Direction.INCOMING, Direction.INTERNAL)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def register() -> ResponseReturnValue:
    """Enter one document; afterwards, an empty form for the next one of the series."""
    direction = _direction(request.values.get("direction"))
    form = DocumentForm()
    form.offer(direction)
    error: RegistryError | None = None
    faults = drafts.take_in(form) if form.is_submitted() else []
    if not faults and not drafts.is_only_about_files() and form.validate_on_submit():
        new = form.to_new_document(direction)
        if new is not None:
            try:
                done = registration.register_document(db(), new, actor=actor(), at=now())
            except RegistryError as refused:
                error = refused
                show_on(form, refused)
                if isinstance(refused, NotPossible) and refused.code == "plan_closed":
                    form.planned_id.data = ""  # saved once more, it is registered without the plan
            else:
                if new.planned_id is not None:
                    flash(_("Đã vào sổ; chương trình công tác đã ghi nhận văn bản này."), "success")
                    return redirect(url_for(".show", document_id=done.document_id))
                # What a series of entries has in common is kept for the next one.
                return redirect(url_for(
                    ".register", direction=direction, done=done.document_id, book_id=new.book_id,
                    kind_id=new.kind_id, issuer_id=new.issuer_id, symbol=new.symbol or None))
    elif not form.is_submitted():
        _prefill(form, direction)
    return _page(form, direction, error, faults), 422 if faults else status(form)


def _direction(text: str | None) -> Direction:
    return next((one for one in DIRECTIONS if one == text), Direction.OUTGOING)


def _prefill(form: DocumentForm, direction: Direction) -> None:
    """Fill what is likely: what the entry before had, the only book, the office's own issuer, today."""
    asked = request.args.get("draft", "")  # of a file that could not be read: it is filled in by hand
    form.request_id.data = asked if REQUEST_ID.fullmatch(asked) else str(uuid.uuid4())
    offered = [book for book in books.choices(db()) if book.direction == direction]
    form.book_id.data = read_id(request.args.get("book_id")) or (offered[0].id if len(offered) == 1 else None)
    form.kind_id.data = read_id(request.args.get("kind_id"))
    form.symbol.data = request.args.get("symbol", "")[:80]
    issuer_id = read_id(request.args.get("issuer_id"))
    if issuer_id is None and direction != Direction.INCOMING:
        issuer_id = office.get(db()).default_issuer_id
    body = organisations.get_choice(db(), issuer_id)
    if body is not None:
        form.issuer.data, form.issuer_id.data = body.name, str(body.id)
    if direction == Direction.INCOMING:
        form.received_on.data = today()
    else:
        form.issued_on.data = today()
    planned_id = read_id(request.args.get("planned_id"))
    if planned_id is not None and direction != Direction.INCOMING:
        _prefill_planned(form, planned_id)


def _prefill_planned(form: DocumentForm, planned_id: int) -> None:
    """Fill in what a planned document says of itself; saving the form then links the two."""
    plan = planned_documents.get_planned(db(), planned_id, actor=actor(), today=today()).row
    if plan.state not in OPEN:
        flash(_("Mục này của chương trình công tác không còn mở; văn bản sẽ đăng ký không kèm chương trình."), "warning")
        return
    form.planned_id.data = str(plan.id)
    form.kind_id.data, form.subject.data = plan.kind_id, plan.subject
    if plan.issuer_id is not None:
        form.issuer.data, form.issuer_id.data = plan.issuer, str(plan.issuer_id)
    fitting = [book for book in books.choices(db()) if book.direction == Direction.OUTGOING
               and (not book.kind_ids or plan.kind_id in book.kind_ids) and book.issuer_id in {None, plan.issuer_id}]
    if len(fitting) == 1:
        form.book_id.data = fitting[0].id
    if plan.directive_id is not None:
        form.reference_rows.append(ReferenceRow("implements", plan.directive, str(plan.directive_id)))


def _planned(form: DocumentForm) -> PlannedRow | None:
    """Return the planned document that the form carries out."""
    planned_id = read_id(form.planned_id.data)
    if planned_id is None:
        return None
    try:
        return planned_documents.get_planned(db(), planned_id, actor=actor(), today=today()).row
    except NotFound:
        return None


def _page(form: DocumentForm, direction: Direction, error: RegistryError | None, faults: Sequence[str]) -> str:
    done = _done(read_id(request.args.get("done")) if request.method == "GET" else None)
    return render_template(
        "documents/register.html", form=form, direction=direction, directions=DIRECTIONS, relations=RELATIONS,
        done=done, done_deadlines=deadlines_waiting(done.row.id) if done and done.text else 0,
        planned=_planned(form), **drafts.for_page(form, faults), **form.asks(error))


def _done(document_id: int | None) -> documents.DocumentPage | None:
    if document_id is None:
        return None
    try:
        return documents.get_document(db(), document_id, actor=actor())
    except RegistryError:
        return None


@bp.route("/<int:document_id>/edit", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def edit(document_id: int) -> ResponseReturnValue:
    """Change a document; what somebody else changed meanwhile is never overwritten."""
    page = documents.get_document(db(), document_id, actor=actor())
    direction = Direction(page.row.direction)
    form = DocumentForm()
    form.offer(direction)
    # What is no version is an old one: never a way around the check.
    version = read_id(request.form["version"]) or 0 if request.form.get("version") else page.version
    error: RegistryError | None = None
    if form.validate_on_submit():
        new = form.to_new_document(direction)
        if new is not None:
            try:
                registration.change_document(db(), document_id, version, new, actor=actor(), at=now())
            except RegistryError as refused:
                error = refused
                show_on(form, refused)
            else:
                flash(_("Đã lưu thay đổi."), "success")
                return redirect(url_for(".show", document_id=document_id))
    elif not form.is_submitted():
        form.show(page)
    meanwhile = readable(documents.get_history(db(), document_id, actor=actor()))[:1] if page.version != version else []
    return render_template(
        "documents/edit.html", form=form, page=page, direction=direction, relations=RELATIONS, version=version,
        meanwhile=meanwhile,
        **dict(form.asks(error), asks_insert_reason=False)), status(form)


