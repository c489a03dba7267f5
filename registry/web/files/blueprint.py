"""The blueprint that the modules of this package add their views to."""

from flask import Blueprint

bp = Blueprint("files", __name__, url_prefix="/files")
