"""Registering from pasted text and from files: read, reviewed beside the source, confirmed."""

from registry.web.intake import batches, from_files
from registry.web.intake.views import bp

__all__ = ["batches", "bp", "from_files"]
