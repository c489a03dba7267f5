"""Links between documents as a person corrects them, and the list of what waits for a choice."""

from registry.web.citations.views import bp

__all__ = ["bp"]
