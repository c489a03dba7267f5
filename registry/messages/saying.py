"""One function says what is wrong; a module for each subject registers the sentences with it."""

from __future__ import annotations

from functools import singledispatch

from flask_babel import gettext as _

from registry.domain import errors

_LONGEST_QUOTE = 60


def quote(text: str) -> str:
    """Return what the person typed, short enough to stand in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


@singledispatch
def say(error: errors.RegistryError) -> str:
    """Return the sentence for ``error`` in the language of the person."""
    return _("Không thực hiện được; hãy kiểm tra lại những gì đã nhập.")
