"""The blueprint that the pages of obligations share."""

from flask import Blueprint

bp = Blueprint("obligations", __name__, url_prefix="/obligations")
