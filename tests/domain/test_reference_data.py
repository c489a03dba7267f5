"""The shipped lists of organisations, departments and fields hold together."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from registry.domain.issuer_symbols import (
    CENTRAL_BODIES,
    DEPARTMENTS,
    implied_issuer,
    known_symbol,
)
from registry.domain.issuers import name_key
from registry.domain.places import MERGED_PROVINCES, UNCHANGED_PROVINCES

DATA = Path(__file__).parents[2] / "registry" / "data"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ORGANISATIONS = rows("organisations.csv")
SUCCESSIONS = rows("successions.csv")
BY_CODE = {row["code"]: row for row in ORGANISATIONS}


def existed(row: dict[str, str], day: date) -> bool:
    begins = date.fromisoformat(row["valid_from"] or "0001-01-01")
    ends = date.fromisoformat(row["valid_to"] or "9999-12-31")
    return begins <= day <= ends


def successors(code: str) -> set[str]:
    return {row["successor"] for row in SUCCESSIONS if row["predecessor"] == code}


def predecessors(code: str) -> set[str]:
    return {row["predecessor"] for row in SUCCESSIONS if row["successor"] == code}


def test_codes_are_unique_and_rows_are_whole() -> None:
    assert len(BY_CODE) == len(ORGANISATIONS)
    for row in ORGANISATIONS:
        assert all(row[column] for column in ("code", "name", "short_name", "symbol")), row
        assert row["level"] in {"central", "province", "district", "commune", "party", "other"}, row
        assert not row["parent"] or row["parent"] in BY_CODE, row
        assert name_key(row["name"]), row


def test_dates_are_in_order() -> None:
    for row in ORGANISATIONS:
        if row["valid_from"] and row["valid_to"]:
            assert date.fromisoformat(row["valid_from"]) <= date.fromisoformat(row["valid_to"]), row


def test_a_change_says_where_it_comes_from() -> None:
    for row in ORGANISATIONS:
        assert row["basis"] or not (row["valid_from"] or row["valid_to"]), row
    assert all(row["basis"] for row in SUCCESSIONS)


def test_successions_join_bodies_that_met() -> None:
    assert len({(row["predecessor"], row["successor"]) for row in SUCCESSIONS}) == len(SUCCESSIONS)
    for row in SUCCESSIONS:
        old, new, on = BY_CODE[row["predecessor"]], BY_CODE[row["successor"]], date.fromisoformat(row["on"])
        assert row["kind"] in {"merged", "split", "renamed", "tasks"}, row
        assert existed(new, on), row
        assert existed(old, on - timedelta(days=1)), row
        if row["kind"] != "tasks":
            assert old["valid_to"] == (on - timedelta(days=1)).isoformat(), row


def test_each_dissolved_body_has_a_successor() -> None:
    for row in ORGANISATIONS:
        if row["valid_to"]:
            assert successors(row["code"]), row


def test_names_are_unique_in_each_period() -> None:
    by_name = defaultdict(list)
    for row in ORGANISATIONS:
        by_name[name_key(row["name"])].append(row)
    for same in by_name.values():
        spans = sorted((row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31") for row in same)
        for (_, ends), (begins, _) in pairwise(spans):
            assert ends < begins, same


@pytest.mark.parametrize("symbol", ["UBND", "HĐND", "TU"])
def test_there_were_63_provinces_and_are_34(symbol: str) -> None:
    of_provinces = [row for row in ORGANISATIONS if row["symbol"] == symbol and row["place"]]
    assert sum(existed(row, BEFORE) for row in of_provinces) == 63
    assert sum(existed(row, AFTER) for row in of_provinces) == 34
    assert sum(existed(row, BEFORE) and existed(row, AFTER) for row in of_provinces) == 11


def test_the_map_of_the_merger_is_whole() -> None:
    old = Counter(name for olds in MERGED_PROVINCES.values() for name in olds)
    assert len(old) == 52
    assert set(old.values()) == {1}
    assert len(MERGED_PROVINCES) == 23
    assert len(UNCHANGED_PROVINCES) == 11
    assert all(new in olds for new, olds in MERGED_PROVINCES.items())


def test_ninh_binh_before_and_after_the_merger_are_two() -> None:
    assert predecessors("ubnd-ninh-binh-2025") == {"ubnd-ha-nam", "ubnd-nam-dinh", "ubnd-ninh-binh"}
    assert BY_CODE["ubnd-ninh-binh"]["name"] == BY_CODE["ubnd-ninh-binh-2025"]["name"]


def test_hue_was_renamed_before_the_merger() -> None:
    assert successors("ubnd-thua-thien-hue") == {"ubnd-hue"}
    assert existed(BY_CODE["ubnd-hue"], BEFORE)
    assert existed(BY_CODE["ubnd-hue"], AFTER)


def test_the_department_of_the_demo_office_lives_on_in_ninh_binh() -> None:
    assert successors("stttt-ha-nam") >= {"skhcn-ha-nam-2025"}
    assert successors("skhcn-ha-nam-2025") == {"skhcn-ninh-binh-2025"}


def test_central_symbols_agree_with_the_names_in_the_list() -> None:
    named = {row["symbol"]: name_key(row["name"]) for row in ORGANISATIONS if row["level"] == "central"}
    for symbol, name in CENTRAL_BODIES.items():
        if symbol in named:
            assert named[symbol] == name_key(name)


def test_departments_agree_with_what_their_symbols_tell() -> None:
    departments = rows("departments.csv")
    symbols = {row["symbol"] for row in departments}
    assert len(symbols) == len(departments)
    assert set(DEPARTMENTS) == {symbol for symbol in symbols if symbol in DEPARTMENTS}
    for row in departments:
        assert known_symbol(row["symbol"]) == row["symbol"]
        assert implied_issuer([row["symbol"]], place="Hà Nam") == f"{row['name']} tỉnh Hà Nam"
        assert not row["successor"] or row["successor"] in symbols
        assert bool(row["successor"]) == bool(row["valid_to"])


def test_fields_are_listed_once() -> None:
    fields = rows("fields.csv")
    assert len({row["code"] for row in fields}) == len({row["name"] for row in fields}) == len(fields) >= 12
