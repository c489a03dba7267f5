"""The obligations of one document: entered by hand, or confirmed out of the deadlines in its text."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import documents, obligation_proposals, obligations
from registry.services.obligation_proposals import ProposedObligation
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.forms import FormRefused, show_on, status
from registry.web.obligations.blueprint import bp
from registry.web.obligations.forms import DeadlineForm, ObligationForm, offer_people
from registry.web.obligations.words import rule_in_words

Pair: TypeAlias = tuple[ProposedObligation, DeadlineForm]


@bp.route("/of/<int:document_id>/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_OBLIGATIONS)
def add(document_id: int) -> ResponseReturnValue:
    """Enter an obligation of a document by hand."""
    page = documents.get_document(db(), document_id, actor=actor())
    form = ObligationForm()
    offer_people(form)
    if form.validate_on_submit():
        try:
            obligations.create(db(), form.to_new(document_id), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã thêm nhiệm vụ."), "success")
            return redirect(url_for("documents.show", document_id=document_id, _anchor="obligations"))
    return render_template("obligations/new.html", form=form, row=page.row), status(form)


@bp.route("/of/<int:document_id>/deadlines", methods=["GET", "POST"])
@requires(Permission.MANAGE_OBLIGATIONS)
def deadlines(document_id: int) -> ResponseReturnValue:
    """Show the deadlines in a document's text; confirm them, corrected, or dismiss them."""
    page = documents.get_document(db(), document_id, actor=actor())
    found = obligation_proposals.proposed(db(), document_id, actor=actor())
    pairs = _pairs(found)
    fault = ""
    if request.method == "POST":
        chosen = [(one, form) for one, form in pairs if one.key in request.form.getlist("chosen")]
        answer = _dismiss if request.form.get("answer") == "dismiss" else _confirm
        try:
            return answer(document_id, chosen)
        except RegistryError as error:
            fault = say(error)
        except FormRefused as refusal:
            fault = str(refusal)
    rows = [(one, form, rule_in_words(one.new.rrule) if one.new.rrule else "",
             _around(page.text, one.new.start, one.new.end)) for one, form in pairs]
    return render_template("obligations/deadlines.html", rows=rows, row=page.row, fault=fault,
                           chosen=request.form.getlist("chosen")), 422 if fault else 200


def _dismiss(document_id: int, chosen: list[Pair]) -> ResponseReturnValue:
    _some(chosen)
    obligation_proposals.dismiss(db(), document_id, [one.key for one, _form in chosen], actor=actor(), at=now())
    flash(_("Đã bỏ qua %(n)s thời hạn.", n=len(chosen)), "success")
    return redirect(url_for(".deadlines", document_id=document_id))


def _confirm(document_id: int, chosen: list[Pair]) -> ResponseReturnValue:
    _some(chosen)
    wrong = [form for _one, form in chosen if not form.validate()]  # each is asked, so that each says what is wrong
    if wrong:
        raise FormRefused(_("Hãy sửa những chỗ được đánh dấu."))
    made = obligation_proposals.confirm(
        db(), document_id, [(one.key, replace(form.to_new(document_id), rrule=one.new.rrule)) for one, form in chosen],
        actor=actor(), at=now())
    flash(_("Đã ghi nhận %(n)s nhiệm vụ.", n=made), "success")
    return redirect(url_for("documents.show", document_id=document_id, _anchor="obligations"))


def _some(chosen: list[Pair]) -> None:
    if not chosen:
        raise FormRefused(_("Hãy đánh dấu những thời hạn cần ghi nhận hoặc bỏ qua."))


def _pairs(found: list[ProposedObligation]) -> list[Pair]:
    """Return each proposal with its form, as it was sent where it was.

    The page that was sent may be older than what is found now: it says which form belongs to which deadline.
    """
    sent = {key: place for place, _space, key in (one.partition(" ") for one in request.form.getlist("key"))}
    fresh = (f"n{at}" for at in range(len(found)))
    return [(one, _form(sent.get(one.key) or next(fresh), one, sent=one.key in sent)) for one in found]


def _form(place: str, one: ProposedObligation, *, sent: bool = False) -> DeadlineForm:
    new = one.new
    form = DeadlineForm(
        formdata=request.form if sent else None, prefix=f"{place}-", task=new.task, unit_id=new.unit_id,
        printed_on=new.printed_on, due_time=new.due_time, meta={"csrf": False})
    offer_people(form)
    return form


def _around(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """Return the words before a deadline, its own, and those after it."""
    if start is None or end is None:
        return "", "", ""
    return text[max(0, start - 160):start], text[start:end], text[end:end + 100]
