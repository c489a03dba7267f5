"""The blueprint that the pages of work programmes share."""

from flask import Blueprint

bp = Blueprint("programme", __name__, url_prefix="/programme")
