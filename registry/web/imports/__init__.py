"""Import of files: sent, looked at, imported, told."""

from registry.web.imports.views import bp

__all__ = ["bp"]
