"""Registering from pasted text: pasted, reviewed beside its source, confirmed."""

from registry.web.intake.views import bp

__all__ = ["bp"]
