"""The pages on which people, lists and settings are kept in order; one blueprint per subject."""

from registry.web.admin import audit, books, lists, office, organisations, units, users

BLUEPRINTS = (
    users.bp, units.bp, organisations.bp, books.bp, lists.kinds_bp, lists.fields_bp, office.bp, audit.bp)

__all__ = ["BLUEPRINTS"]
