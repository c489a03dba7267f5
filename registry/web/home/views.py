"""The start page and the health check."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.services import users
from registry.web.access import public, signed_in
from registry.web.context import db

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Lead to the list of documents, where work begins."""
    if "documents.index" in current_app.view_functions:
        return redirect(url_for("documents.index"))
    return render_template("home/index.html")


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Answer 200 when the database answers; for the service manager and the load balancer."""
    users.any_exists(db())
    return jsonify(status="ok")
