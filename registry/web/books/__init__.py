"""Register books: their numbers, and the books as they are printed."""

from registry.web.books import printing, views
from registry.web.books.blueprint import bp

__all__ = ["bp", "printing", "views"]
