"""The page of one obligation."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.domain.obligations import TRANSITIONS, ObligationState
from registry.domain.roles import Permission
from registry.services import obligation_page
from registry.services.obligation_page import OneObligation
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.forms import Form
from registry.web.obligations.blueprint import bp
from registry.web.obligations.forms import (
    CompleteForm,
    DecisionForm,
    DueForm,
    ExtensionForm,
    NoteForm,
    ReasonForm,
    TransferForm,
    offer_people,
)
from registry.web.obligations.words import (
    ACTIONS,
    CYCLES,
    DECISIONS,
    STANDINGS,
    STATES,
    TONES,
    rule_in_words,
    told,
)

FORMS: dict[str, type[Form]] = {
    "note": NoteForm, "complete": CompleteForm, "extension": ExtensionForm, "transfer": TransferForm, "due": DueForm,
    "state": ReasonForm, "confirm": ReasonForm, "decide": DecisionForm,
}


@bp.get("/<int:occurrence_id>")
@requires(Permission.WORK_OBLIGATIONS)
def show(occurrence_id: int) -> ResponseReturnValue:
    """Show one obligation: who owes it by when, what happened, and what can be done."""
    return page(obligation_page.get_obligation(db(), occurrence_id, actor=actor(), now=now()))


def page(one: OneObligation, refused: str = "", form: Form | None = None) -> ResponseReturnValue:
    """Render the page; ``refused`` names the form that was sent, which comes back as it was filled."""
    forms: dict[str, Form] = {}
    for name, kind in FORMS.items():
        made = form if name == refused and form is not None else kind(
            formdata=None, version=str(one.row.version)) if kind is not DecisionForm else DecisionForm(formdata=None)
        if isinstance(made, TransferForm):
            offer_people(made)
        forms[name] = made
    further = [state for state in ObligationState
               if state in TRANSITIONS[one.row.state] and state not in {ObligationState.WAITING, ObligationState.DONE}]
    return render_template(
        "obligations/show.html", one=one, row=one.row, forms=forms, refused=refused, states=STATES,
        standings=STANDINGS, tones=TONES, actions=ACTIONS, decisions=DECISIONS, cycles=CYCLES, further=further, told=told,
        wanted_state=request.form.get("state", ""), rule=rule_in_words(one.rrule) if one.rrule else ""), 422 if refused else 200
