"""Reports: four of them on screen and as files, and the draft in which a person words the whole."""

from registry.web.reports import drafts, files, views
from registry.web.reports.blueprint import bp

__all__ = ["bp", "drafts", "files", "views"]
