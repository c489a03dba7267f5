"""The pages on which people, lists and settings are kept in order; one blueprint per subject."""

from registry.web.admin import (
    abbreviations,
    audit,
    backups,
    books,
    laws,
    lists,
    office,
    organisations,
    trusted_roots,
    units,
    users,
    work_calendar,
)

BLUEPRINTS = (
    users.bp, units.bp, organisations.bp, books.bp, lists.kinds_bp, lists.fields_bp, abbreviations.bp, laws.bp,
    work_calendar.bp, trusted_roots.bp, backups.bp,
    office.bp, audit.bp)

__all__ = ["BLUEPRINTS"]
