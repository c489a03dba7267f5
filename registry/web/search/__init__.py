"""The search page, its results while typing, and saved searches."""

from flask import Flask

from registry.web.search import filters, index_in_use
from registry.web.search.views import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """Give the application its place for the index, and the templates their filters."""
    index_in_use.install(app)
    filters.install(app)
