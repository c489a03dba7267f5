"""The blueprint that the pages of reports share."""

from flask import Blueprint

bp = Blueprint("reports", __name__, url_prefix="/reports")
