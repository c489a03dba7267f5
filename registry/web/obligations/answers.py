"""Files that the pages of obligations send."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, stream_with_context


def excel(body: Iterator[bytes], name: str) -> Response:
    """Return an Excel file to be saved under ``name``."""
    return Response(stream_with_context(body), headers={
        "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"})
