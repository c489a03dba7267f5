"""The blueprint that the pages of case files share."""

from flask import Blueprint

bp = Blueprint("case_files", __name__, url_prefix="/case-files")
