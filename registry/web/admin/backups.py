"""The backups: when the office was last backed up, where, how it went; and one more now."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Permission
from registry.messages import say
from registry.services import backups, jobs
from registry.web.access import requires
from registry.web.context import actor, config, db, now

bp = Blueprint("backups", __name__, url_prefix="/backups")

_JOB = "backup"


@bp.get("")
@requires(Permission.MANAGE_REMINDERS)
def index() -> ResponseReturnValue:
    """Show how the backups stand."""
    job = next(row for row in jobs.find_jobs(db(), now()) if row.name == _JOB)
    return render_template(
        "admin/backups.html", state=backups.state(db(), now()), job=job, folder=config().backups, keep=config().backups_kept,
        days=backups.TOO_OLD.days, say=say)


@bp.post("/run")
@requires(Permission.MANAGE_REMINDERS)
def run() -> ResponseReturnValue:
    """Let a backup be made by the next look of a worker."""
    jobs.ask_for(db(), _JOB, actor=actor(), at=now())
    flash(_("Sẽ sao lưu trong vòng một phút."), "success")
    return redirect(url_for(".index"))
