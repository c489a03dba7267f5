"""Register books: the numbers of a year, reserved and voided ones."""

from registry.web.books.views import bp

__all__ = ["bp"]
