"""The pages speak two languages, wholly."""

from __future__ import annotations

from registry import i18n


def test_the_english_catalogue_is_complete_and_holds_nothing_else():
    assert i18n.faults() == [], "run: python -m registry.i18n extract, then translate what is empty"
