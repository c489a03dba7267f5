"""The pages on which people, lists and settings are kept in order; one blueprint per subject."""

from registry.web.admin import abbreviations, audit, books, lists, office, organisations, units, users

BLUEPRINTS = (
    users.bp, units.bp, organisations.bp, books.bp, lists.kinds_bp, lists.fields_bp, abbreviations.bp, office.bp, audit.bp)

__all__ = ["BLUEPRINTS"]
