"""Headers that every response carries: what a browser may load, and what it may keep."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_login import current_user

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"))


def install(app: Flask, *, secure: bool) -> None:
    """Add the headers to every response; over https also tell browsers to come back by https."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if not _is_static() and (current_user.is_authenticated or request.method == "POST"):
            # A shared computer's back button must not show the pages of who left.
            headers["Cache-Control"] = "no-store"
        return response


def _is_static() -> bool:
    return request.endpoint in {"static", "bootstrap.static"}
