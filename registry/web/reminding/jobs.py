"""The jobs: when each ran last, when it runs next, how it ended."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Permission
from registry.services import jobs
from registry.web import labels
from registry.web.access import requires
from registry.web.context import actor, db, now

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("")
@requires(Permission.MANAGE_REMINDERS)
def index() -> ResponseReturnValue:
    """Show every job."""
    return render_template("reminding/jobs.html", rows=jobs.find_jobs(db(), now()), names=labels.JOBS)


@bp.post("/<name>/run")
@requires(Permission.MANAGE_REMINDERS)
def run(name: str) -> ResponseReturnValue:
    """Let a job run now."""
    jobs.ask_for(db(), name, actor=actor(), at=now())
    flash(_("%(job)s sẽ chạy trong vòng một phút.", job=labels.label(labels.JOBS, name)), "success")
    return redirect(url_for(".index"))
