"""How templates print dates, moments and numbers."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from flask_babel import get_locale

from registry.domain.dates import print_short_date, weekday_name
from registry.domain.errors import RegistryError
from registry.domain.tables import Cell, cell_text
from registry.messages import say
from registry.web import labels
from registry.web.context import HANOI

_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date | None) -> str:
    """Print 05/02/2021; nothing for no date."""
    return print_short_date(value) if value else ""


def weekday(value: date | None) -> str:
    """Print "Thứ Hai", or "Monday" for those who read English."""
    if value is None:
        return ""
    return _ENGLISH_WEEKDAYS[value.weekday()] if str(get_locale()) == "en" else weekday_name(value)


def moment(value: datetime | None) -> str:
    """Print 05/02/2021 14:30 in the time of Viet Nam."""
    if value is None:
        return ""
    local = value.astimezone(HANOI)
    return f"{print_short_date(local.date())} {local:%H:%M}"


def count(value: int) -> str:
    """Print 1.000.000, or 1,000,000 in English."""
    text = f"{value:,}"
    return text if str(get_locale()) == "en" else text.replace(",", ".")


def direction_name(code: str) -> str:
    """Print the direction of a document or book in words."""
    return labels.label(labels.DIRECTIONS, code)


def sentence(error: RegistryError) -> str:
    """Return what a person reads for a fault."""
    return say(error)


def cell(value: Cell) -> str:
    """Print a cell of a table as it leaves the register."""
    return cell_text(value)


def install(app: Flask) -> None:
    """Make the filters known to the templates."""
    for each in (day, weekday, moment, count, direction_name, sentence, cell):
        # ``count`` is a Jinja filter of another meaning (length); ours is called ``figures``.
        app.add_template_filter(each, "figures" if each is count else each.__name__)
