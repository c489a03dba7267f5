"""The start page and the health check."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.roles import Permission
from registry.services import documents, obligation_lists, obligation_numbers, users
from registry.services.documents import DocumentFilter
from registry.services.obligation_lists import ObligationFilter
from registry.web.access import may, public, signed_in
from registry.web.context import actor, db, now, today
from registry.web.obligations.words import STANDINGS, STATES, TONES

bp = Blueprint("home", __name__)

_MOST_DUE, _NEWEST = 20, 8
_TO_DO = (ObligationState.NEW, ObligationState.WORKING)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Show what is overdue or due this week, and the newest documents; who owes nothing begins with the documents."""
    if not may(Permission.WORK_OBLIGATIONS):
        return redirect(url_for("documents.index"))
    sunday = today() + timedelta(days=6 - today().weekday())
    page = obligation_lists.find_obligations(
        db(), ObligationFilter(states=_TO_DO, due_by=sunday), actor=actor(), now=now(), limit=_MOST_DUE)
    late = [row for row in page.rows if row.standing == Timeliness.OVERDUE]
    newest = documents.find_documents(db(), DocumentFilter(), actor=actor(), sort="registered", limit=_NEWEST)
    return render_template(
        "home/index.html", page=page, late=late, coming=[row for row in page.rows if row not in late], sunday=sunday,
        waiting=obligation_numbers.waiting_for(db(), actor=actor(), now=now()), newest=newest.rows, states=STATES,
        standings=STANDINGS, tones=TONES)


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Answer 200 when the database answers; for the service manager and the load balancer."""
    users.any_exists(db())
    return jsonify(status="ok")
