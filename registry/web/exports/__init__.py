"""Files that lists and books are taken out as: answered at once, or behind a page that shows how far they are."""

from registry.services.exporting import Taken
from registry.web.exports.answering import BOOKS, answer, chosen_format, made_behind, offered, told, written
from registry.web.exports.views import bp

__all__ = ["BOOKS", "Taken", "answer", "bp", "chosen_format", "made_behind", "offered", "told", "written"]
