"""How a page answers with a chart."""

from __future__ import annotations

from flask import Response


def picture(drawn: bytes) -> Response:
    """Answer with a chart of ``registry.printing.charts``; no cache keeps it."""
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})
