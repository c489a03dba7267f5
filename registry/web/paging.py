"""Addresses of the neighbouring pages of a list."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request


def here_with(**changes: object) -> str:
    """Return the address of this page with some arguments changed; None takes one out."""
    arguments = {name: value for name, value in request.args.items() if name not in changes}
    arguments |= {name: str(value) for name, value in changes.items() if value is not None}
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path
