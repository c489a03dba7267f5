"""Import of files: sent, looked at, imported, told; and files of changes."""

from registry.web.imports import changes
from registry.web.imports.views import bp

BLUEPRINTS = (bp, changes.bp)

__all__ = ["BLUEPRINTS", "bp", "changes"]
