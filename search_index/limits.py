"""Filters, ticked beside the results or typed as ``loai:KH`` → the values an engine compares."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from search_index import analysis
from search_index.plan import Abbreviations
from search_index.postings import Allowed
from search_index.query import FieldClause, date_range

# What is typed for a kind beside the first letters of its name.
_KIND_CODES = {
    "ttr": "to trinh", "ctr": "chuong trinh", "qyd": "quy dinh", "trs": "ban trich sao", "hp": "hien phap",
    "l": "luat", "pl": "phap lenh", "cv": "cong van", "tt": "thong tu",
}  # fmt: skip
_YEARS = re.compile(r"^(\d{4})(?:\s*[-.]{1,2}\s*(\d{4}))?$")


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits set beside the results; within one field any value does, all fields must hold.

    Values are facet values. ``access``: tokens of the person searching; None sees everything.
    """

    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    issuer_ids: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    directions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    access: frozenset[str] | None = None


def resolve(
    filters: Filters, clauses: Sequence[FieldClause], values_of: Callable[[str], list[str]], abbreviations: Abbreviations
) -> Allowed:
    """Return both kinds of limits as one; a typed value is looked for among the index's own values."""
    chosen = {
        "kind": filters.kinds, "issuer": filters.issuers, "issuer_id": tuple(map(str, filters.issuer_ids)),
        "direction": filters.directions, "field": filters.fields, "status": filters.statuses, "signer": filters.signers,
    }  # fmt: skip
    values = [(name, frozenset(wanted)) for name, wanted in chosen.items() if wanted]
    not_values: list[tuple[str, frozenset[str]]] = []
    years = [(year, year) for year in filters.years]
    first = filters.since.toordinal() if filters.since else None
    last = filters.until.toordinal() if filters.until else None
    numbers: list[str] = []
    typed: dict[str, set[str]] = {}
    for clause in clauses:
        if clause.name == "number":
            numbers.append(analysis.number_key(clause.value))
        elif clause.name == "year":
            years += _years(clause.value)
        elif clause.name in {"since", "until"}:
            span = date_range(clause.value)
            if span and clause.name == "since":
                first = max(first or 0, span[0].toordinal())
            elif span:
                last = min(last or span[1].toordinal(), span[1].toordinal())
        else:
            matching = _matching(clause.name, clause.value, values_of(clause.name), abbreviations)
            if clause.excluded:
                not_values.append((clause.name, frozenset(matching)))
            else:
                typed.setdefault(clause.name, set()).update(matching)
    values += [(name, frozenset(wanted)) for name, wanted in typed.items()]
    days = None if first is None and last is None else (first or 1, last or date.max.toordinal())
    return Allowed(tuple(values), tuple(not_values), tuple(years), days, tuple(numbers), filters.access)


def _years(value: str) -> list[tuple[int, int]]:
    found = _YEARS.match(value.strip())
    # What is no year is asked for all the same, and nothing has it.
    return [(int(found[1]), int(found[2] or found[1]))] if found else [(1, 0)]


def _matching(name: str, typed: str, known: Sequence[str], abbreviations: Abbreviations) -> list[str]:
    wanted = [analysis.folded(word) for word in analysis.words(typed)]
    if not wanted:
        return []
    if name == "kind":
        code = "".join(wanted)
        full = _KIND_CODES.get(code, "")
        return [value for value in known if _names_kind(_fold_words(value), wanted, code, full)]
    ways = [wanted, *_spelt_out(wanted, abbreviations)]
    found = []
    for value in known:
        have = set(_fold_words(value))
        if any(have.issuperset(way) for way in ways) or have.issuperset(_short(have, wanted, abbreviations)):
            found.append(value)
    return found


def _names_kind(name: list[str], wanted: list[str], code: str, full: str) -> bool:
    if full:
        return " ".join(name).startswith(full)
    initials = "".join(word[0] for word in name)
    return name[: len(wanted)] == wanted or initials == code or initials[:2] == code


def _fold_words(value: str) -> list[str]:
    return [analysis.folded(word) for word in analysis.words(value)]


def _spelt_out(wanted: list[str], abbreviations: Abbreviations) -> list[list[str]]:
    """Return the words with the first abbreviation among them spelt out: ubnd tinh → uy ban nhan dan tinh."""
    ways = []
    for at, word in enumerate(wanted):
        for long in abbreviations.get((word,), ())[:4]:
            ways.append([*wanted[:at], *map(analysis.folded, long), *wanted[at + 1 :]])
    return ways


def _short(have: set[str], wanted: list[str], abbreviations: Abbreviations) -> list[str]:
    """Return the wanted words with a long form replaced by the abbreviation, when the value has it."""
    for begin in range(len(wanted)):
        for end in range(len(wanted), begin + 1, -1):
            for short in abbreviations.get(tuple(wanted[begin:end]), ()):
                folded = [analysis.folded(word) for word in short]
                if have.issuperset(folded):
                    return [*wanted[:begin], *folded, *wanted[end:]]
    return wanted
