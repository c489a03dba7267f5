"""A person's own pages: signing in and out, the first run, password, language."""

from registry.web.accounts.views import bp, lead_to_first_run

__all__ = ["bp", "lead_to_first_run"]
