"""Registering, listing, reading and changing documents."""

from registry.web.documents import advice, chain, life, listing, not_implemented, register
from registry.web.documents.blueprint import bp

__all__ = ["advice", "bp", "chain", "life", "listing", "not_implemented", "register"]
