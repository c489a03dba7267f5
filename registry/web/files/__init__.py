"""Files of documents: sent, shown, downloaded, replaced, removed."""

from registry.web.files import drafts, serving, views
from registry.web.files.blueprint import bp

__all__ = ["bp", "drafts", "serving", "views"]
