"""The blueprint that the modules of this package add their pages to."""

from flask import Blueprint

bp = Blueprint("books", __name__, url_prefix="/books")
