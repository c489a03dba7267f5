"""The start page and the health check."""

from registry.web.home.views import bp

__all__ = ["bp"]
