"""Obligations: lists, one of them, those of a document, the month, the overview."""

from registry.web.obligations import bulk, changes, of_document, one, overview, views
from registry.web.obligations.blueprint import bp

__all__ = ["bp", "bulk", "changes", "of_document", "one", "overview", "views"]
