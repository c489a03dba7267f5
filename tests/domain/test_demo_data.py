"""The demo office holds what the article about Hà Nam's first half of 2021 says, and no more."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.domain.issuer_symbols import implied_issuer
from registry.domain.issuers import name_key
from registry.domain.kinds import KINDS_BY_CODE
from registry.domain.numbers import DocumentNumber

DATA = Path(__file__).parents[2] / "registry" / "data"
DEMO: dict[str, Any] = json.loads((DATA / "demo.json").read_text(encoding="utf-8"))
ARTICLE = " ".join((DATA / "demo_article.txt").read_text(encoding="utf-8").split())
DOCUMENTS: list[dict[str, Any]] = DEMO["documents"]
REFERENCES = [(document, reference) for document in DOCUMENTS for reference in document["references"]]


def column(name: str, key: str) -> dict[str, dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def written(day: str) -> str:
    """A date as the article writes it: the month without a zero from March on."""
    on = date.fromisoformat(day)
    return f"{on.day:02}/{on.month:02}/{on.year}" if on.month < 3 else f"{on.day:02}/{on.month}/{on.year}"


def test_there_are_fifteen_documents_of_three_kinds() -> None:
    assert Counter(document["kind"] for document in DOCUMENTS) == {"Quyết định": 2, "Kế hoạch": 11, "Báo cáo": 2}
    assert len({document["id"] for document in DOCUMENTS}) == 15


def test_the_two_without_number_have_no_date_either() -> None:
    assert [place for place, document in enumerate(DOCUMENTS, 1) if document["number"] is None] == [14, 15]
    assert all((document["number"] is None) == (document["issued_on"] is None) for document in DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["id"])
def test_a_document_reads_as_in_the_article(document: dict[str, Any]) -> None:
    if document["number"] is None:
        assert f"{document['kind']} {document['subject']}" in ARTICLE
        return
    dated = f"{document['number']} ngày {written(document['issued_on'])}"
    assert any(f"{document['kind']} {so}{dated} {about}{document['subject']}." in ARTICLE
               for so in ("số ", "") for about in ("về ", "về việc ", ""))  # fmt: skip


@pytest.mark.parametrize(("document", "reference"), REFERENCES, ids=lambda part: part["number"] or part["id"])
def test_a_directive_reads_as_in_the_article(document: dict[str, Any], reference: dict[str, Any]) -> None:
    cited = f"{reference['kind']} số {reference['number']} ngày {written(reference['issued_on'])}"
    assert cited in document["subject"]
    assert reference["subject"] in document["subject"]
    assert f"của {reference['issuer_name']}" in document["subject"]


def test_the_directives_are_the_seven_the_article_cites() -> None:
    assert [(reference["number"], reference["relation"]) for _, reference in REFERENCES] == [
        ("60/2014/NĐ-CP", "reports_on"),
        ("25/2018/NĐ-CP", "reports_on"),
        ("21/QĐ-TTg", "implements"),
        ("135/QĐ-TTg", "implements"),
        ("72/2015/NĐ-CP", "reports_on"),
        ("175/QĐ-TTg", "implements"),
        ("12/CT-TTg", "implements"),
    ]


@pytest.mark.parametrize(
    "entry", [entry for entry in (*DOCUMENTS, *(reference for _, reference in REFERENCES)) if entry["number"]],
    ids=lambda entry: entry["number"])
def test_a_number_says_the_same_as_its_entry(entry: dict[str, Any]) -> None:
    number = DocumentNumber.parse(entry["number"])
    assert str(number) == entry["number"]
    assert KINDS_BY_CODE[entry["kind_code"]].name == entry["kind"]
    assert entry["kind_code"] in [kind.code for kind in number.kinds]
    assert number.year in (None, date.fromisoformat(entry["issued_on"]).year)
    issuer = implied_issuer(number.organ_groups, number.kind_group, place=DEMO["office"]["place"])
    assert issuer == entry["issuer_name"]


def test_books_are_of_known_kinds() -> None:
    for book in DEMO["books"]:
        assert set(book["kind_codes"]) <= set(KINDS_BY_CODE)
        assert book["year"] == 2021


def test_a_directive_is_older_than_what_cites_it() -> None:
    for document, reference in REFERENCES:
        assert document["issued_on"] is None or reference["issued_on"] < document["issued_on"]


def test_issuers_existed_on_the_day() -> None:
    organisations = column("organisations.csv", "code")
    named = DOCUMENTS + [reference for _, reference in REFERENCES]
    for entry in named:
        issuer = organisations[entry["issuer"]]
        assert name_key(issuer["name"]) == name_key(entry["issuer_name"])
        assert (entry["issued_on"] or "2021-06-30") <= (issuer["valid_to"] or "9999-12-31")
    office = organisations[DEMO["office"]["code"]]
    assert office["name"] == DEMO["office"]["name"]
    assert DEMO["office"]["registers_for"] in organisations


def test_books_units_and_fields_are_known() -> None:
    books = {book["code"]: book for book in DEMO["books"]}
    units = {unit["code"] for unit in DEMO["units"]}
    fields = column("fields.csv", "code")
    assert sum(book["direction"] == "incoming" for book in DEMO["books"]) == 1
    assert set(DEMO["fields"]) <= set(fields)
    assert len(DEMO["fields"]) >= 12
    for document in DOCUMENTS:
        assert document["unit"] in units
        assert document["field"] in fields
        assert (document["book"] is None) == (document["number"] is None)
        if document["book"]:
            assert document["kind_code"] in books[document["book"]]["kind_codes"]


def test_there_is_one_made_up_person_for_each_role_and_one_who_heads_the_officials_unit() -> None:
    roles = {user["login"]: user["role"] for user in DEMO["users"] if not user.get("heads_unit")}
    assert sorted(roles.values()) == ["administrator", "clerk", "leader", "official", "reader"]
    owing = next(user["unit"] for user in DEMO["users"] if user["login"] == "chuyenvien")
    assert [user["unit"] for user in DEMO["users"] if user.get("heads_unit")] == [owing]
    for user in DEMO["users"]:
        assert user["email"].endswith("@example.vn")
        assert "(mẫu)" in user["name"]
        assert user["unit"] in {unit["code"] for unit in DEMO["units"]}
