"""The start page of each role and the health check."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.roles import Permission
from registry.printing import charts
from registry.services import backups, dashboards, document_lists, obligation_lists, obligation_numbers, users
from registry.services.document_lists import DocumentFilter
from registry.services.obligation_lists import ObligationFilter
from registry.web import labels
from registry.web.access import may, public, requires, signed_in
from registry.web.charts import picture
from registry.web.context import actor, db, now, today
from registry.web.home import figures
from registry.web.obligations.words import STANDINGS, STATES, TONES
from registry.web.search.index_in_use import index_in_use

bp = Blueprint("home", __name__)

_MOST_DUE, _NEWEST = 20, 8
_TO_DO = (ObligationState.NEW, ObligationState.WORKING)
_BEHIND = 200
"""Changes that an index may lie behind for a moment while many documents come in."""


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Show each role what waits for it; who owes and keeps nothing begins with the documents."""
    if may(Permission.WORK_OBLIGATIONS):
        return _office()
    if may(Permission.MANAGE_REMINDERS):
        return _system()
    return redirect(url_for("documents.index"))


def _office() -> str:
    """What is overdue or due this week, what waits for the role, the newest documents."""
    sunday = today() + timedelta(days=6 - today().weekday())
    page = obligation_lists.find_obligations(
        db(), ObligationFilter(states=_TO_DO, due_by=sunday), actor=actor(), now=now(), limit=_MOST_DUE)
    late = [row for row in page.rows if row.standing == Timeliness.OVERDUE]
    newest = document_lists.find_documents(db(), DocumentFilter(), actor=actor(), sort="registered", limit=_NEWEST)
    waiting = obligation_numbers.waiting_for(db(), actor=actor(), now=now())
    shown = figures.waiting_cards(waiting, manages=may(Permission.MANAGE_OBLIGATIONS))
    late_units: list[dashboards.LateUnit] = []
    months: list[dashboards.TrendMonth] = []
    if may(Permission.REGISTER):
        counted, reserved = dashboards.clerk(db(), actor=actor(), today=today())
        shown = [*figures.cards(counted, today()), *shown, *figures.reserved_cards(reserved)]
    elif may(Permission.MANAGE_OBLIGATIONS):
        counted, late_units = dashboards.leader(db(), actor=actor(), now=now())
        shown += figures.cards(counted, today())
        months = dashboards.trend(db(), now=now())
    shown += figures.cards(dashboards.official(db(), actor=actor(), today=today()), today())
    return render_template(
        "home/index.html", page=page, late=late, coming=[row for row in page.rows if row not in late], sunday=sunday,
        cards=shown, late_units=late_units, months=months if any(month.total for month in months) else [],
        newest=newest.rows, states=STATES, standings=STANDINGS, tones=TONES)


def _system() -> str:
    """Whether mails leave, jobs run, the index follows and backups are made."""
    counted, state = dashboards.administrator(db(), now=now())
    found = index_in_use()
    return render_template(
        "home/system.html", cards=figures.cards(counted, today()), state=state, jobs=labels.JOBS,
        backup=backups.state(db(), now()), has_index=found is not None,
        behind=max(state.changes - found.position, 0) if found is not None else 0, behind_much=_BEHIND)


@bp.get("/trend.svg")
@requires(Permission.MANAGE_OBLIGATIONS)
def trend() -> ResponseReturnValue:
    """Draw how what fell due in each of the last twelve months was carried out."""
    months = dashboards.trend(db(), now=now())
    return picture(charts.stacked_columns(
        [f"{month.month.month}/{month.month:%y}" for month in months],
        [(words, [getattr(month, name) for month in months]) for words, name in (
            (_("Hoàn thành đúng hạn"), "in_time"), (_("Hoàn thành quá hạn"), "late"),
            (_("Đang làm, trong hạn"), "in_term"), (_("Đang làm, quá hạn"), "overdue"))],
        nothing=_("Chưa có nhiệm vụ")))


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Answer 200 when the database answers; for the service manager and the load balancer."""
    users.any_exists(db())
    return jsonify(status="ok")
