"""Known laws and codes (luật, bộ luật, pháp lệnh): from a name and a date or year to the number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from registry.domain.law_list import LAW_LINES
from search_index.text import fold_line

_BETWEEN = r"[\s,-]{1,3}"


@dataclass(frozen=True, slots=True)
class Law:
    """One law: "Luật Đất đai", 31/2024/QH15, passed on 18/01/2024."""

    name: str
    number: str
    issued_on: date | None = None

    @property
    def year(self) -> int:
        """The year in the number, that of its passing."""
        return int(self.number.split("/")[1])

    @property
    def amends(self) -> bool:
        """Whether it is a law that amends others."""
        return "sua doi" in fold_line(self.name)[:30]


def law_key(name: str) -> str:
    """Return what two spellings of a law's name share: case, marks, commas and "và" make no difference."""
    words = re.sub(r"[^a-z0-9]+", " ", fold_line(name)).split()
    return " ".join(word for word in words if word != "va")


@dataclass(frozen=True)
class LawTable:
    """The laws that a reader of citations knows. Immutable: ``extended`` gives a larger one."""

    laws: tuple[Law, ...]

    @classmethod
    def read(cls, lines: str) -> LawTable:
        """Read a table of lines "name | number | date", the date in ISO form or left out.

        Raises:
            ValueError: a line has no name or number, or its date cannot be read.
        """
        laws = []
        for line in lines.splitlines():
            if not line.strip():
                continue
            name, number, *day = (part.strip() for part in line.split("|"))
            if not name or not re.fullmatch(r"\d+/\d{4}/\S+", number):
                raise ValueError(f"not a law: {line!r}")
            laws.append(Law(name, number, date.fromisoformat(day[0]) if day and day[0] else None))
        return cls(tuple(laws))

    def extended(self, more: Iterable[Law]) -> LawTable:
        """Return a table with ``more``; a law of a number already held replaces it."""
        return LawTable(tuple({law.number: law for law in (*self.laws, *more)}.values()))

    @cached_property
    def _numbers(self) -> dict[str, Law]:
        return {_number_key(law.number): law for law in self.laws}

    @cached_property
    def _names(self) -> dict[str, tuple[Law, ...]]:
        names: dict[str, tuple[Law, ...]] = {}
        for law in self.laws:
            names[law_key(law.name)] = (*names.get(law_key(law.name), ()), law)
        return names

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted({re.sub(r"[^a-z0-9]+", " ", fold_line(law.name)).strip() for law in self.laws},
                       key=len, reverse=True)
        grouped: dict[str, list[str]] = {}
        for name in names:  # by first word, so that an anchor tries few of the names
            first, _, rest = name.partition(" ")
            second, _, rest = rest.partition(" ")
            grouped.setdefault(rf"{first}\s{second}", []).append(rest.replace(" ", _BETWEEN))
        parts = []
        for start, rests in grouped.items():
            longer = "|".join(_BETWEEN + rest for rest in rests if rest) or "(?!)"
            parts.append(f"{start}(?:{longer}){'' if all(rests) else '?'}")
        return re.compile(rf"(?:{'|'.join(parts)})(?![a-z0-9])")

    def by_number(self, number: str) -> Law | None:
        """Return the law of that number; a leading zero and case make no difference."""
        return self._numbers.get(_number_key(number))

    def longest_name(self, bare: str, start: int) -> int:
        """Return the length of the longest known name that starts at ``start`` of bare text; 0 for none."""
        found = self._pattern.match(bare, start)
        return found.end() - start if found else 0

    def find(self, name: str, *, issued_on: date | None = None, year: int | None = None) -> Law | None:
        """Return the one law of that name and date or year; None where there is none or more than one."""
        laws = self._names.get(law_key(name), ())
        if issued_on is not None:
            exact = [law for law in laws if law.issued_on == issued_on]
            laws = tuple(exact) or tuple(law for law in laws if law.issued_on is None and law.year == issued_on.year)
        elif year is not None:
            laws = tuple(law for law in laws if law.year == year)
        return laws[0] if len(laws) == 1 else None


def _number_key(number: str) -> str:
    return fold_line(number).replace(" ", "").lstrip("0")


KNOWN_LAWS = LawTable.read(LAW_LINES)
