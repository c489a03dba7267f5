"""Reminders: the administrator's rules, outbox and jobs; each person's own wishes; answers by signed links."""

from registry.web.reminding import jobs, mine, outbox, replies

BLUEPRINTS = (outbox.bp, jobs.bp, mine.bp, replies.bp)

__all__ = ["BLUEPRINTS"]
