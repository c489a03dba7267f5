"""Registering, listing, reading and changing documents."""

from registry.web.documents import advice, life, listing, register
from registry.web.documents.blueprint import bp

__all__ = ["advice", "bp", "life", "listing", "register"]
