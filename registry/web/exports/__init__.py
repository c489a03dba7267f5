"""Files that lists and books are taken out as: answered at once, or behind a page that shows how far they are."""

from registry.web.exports.answering import answer, chosen_format, offered, told
from registry.web.exports.views import bp

__all__ = ["answer", "bp", "chosen_format", "offered", "told"]
