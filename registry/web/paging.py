"""Addresses of the neighbouring pages of a list."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

_PLACES = frozenset({"before", "after", "below", "page", "format"})


def here() -> str:
    """Return the query part of this address that makes the list, its filters and order, without the place in it."""
    return urlencode([(name, value) for name, value in request.args.items(multi=True)
                      if name not in _PLACES and value])


def here_with(**changes: object) -> str:
    """Return the address of this page with some arguments changed; None takes one out."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    arguments += [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path
