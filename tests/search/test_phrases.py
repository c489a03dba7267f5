"""Phrases are looked up in the words in order: exactly, on both engines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from search_index import analysis, phrases
from search_index.highlight import has_phrases
from search_index.index import SearchIndex, create_index
from search_index.schema import IndexedDocument
from tests.search.conftest import doc

WORDS = ["kế", "hoạch", "thông", "tin", "báo", "cáo", "ủy", "ban"]


def random_documents(count: int) -> list[IndexedDocument]:
    chance = random.Random(17)
    return [doc(ident, " ".join(chance.choices(WORDS, k=chance.randint(0, 6))), number="", kind="", issuer="", field="", signer="",
                body=", ".join(chance.choices(WORDS, k=chance.randint(0, 40)))) for ident in range(1, count + 1)]


@pytest.fixture
def pile(engine: str, tmp_path: Path) -> SearchIndex:
    """Documents of so few words that nearly all have every pair of a phrase; in two pieces, some changed."""
    index = create_index(tmp_path / "index", engine)  # type: ignore[arg-type]
    documents = random_documents(300)
    index.put(documents[:150])
    index.put(documents[140:], removed=(3, 120))
    return index


def expected(words: tuple[str, ...]) -> set[int]:
    return {one.id for one in random_documents(300) if one.id not in {3, 120}
            and any(has_phrases(line, [words]) for line in (one.subject, one.body))}


def test_a_phrase_finds_who_has_it_and_nobody_else(pile: SearchIndex) -> None:
    chance = random.Random(4)
    for _ in range(40):
        words = tuple(chance.choices(WORDS, k=chance.randint(2, 4)))
        found = pile.search(f'"{" ".join(words)}"', size=400)
        assert set(found.ids) == expected(words)
        assert found.total == len(found.ids)
        assert not found.approximate


def test_a_phrase_survives_merging_and_is_right_when_excluded_or_one_of_two(pile: SearchIndex) -> None:
    pile.put(optimise=True)
    one, other = ("thông", "tin", "báo"), ("ủy", "ban", "kế")
    either = pile.search('"thông tin báo" OR "ủy ban kế"', size=400)
    assert set(either.ids) == expected(one) | expected(other)
    without = pile.search('"thông tin báo" -"ủy ban kế"', size=400)
    assert set(without.ids) == expected(one) - expected(other)


def test_no_phrase_goes_from_the_subject_into_the_text(index: SearchIndex) -> None:
    index.put([doc(50, "Kế hoạch mùa xuân", body="sang năm sau")])
    assert index.search('"xuân sang"').ids == ()
    assert index.search('"mùa xuân"').ids == (50,)
    assert index.search('"sang năm"').ids == (50,)


def test_beyond_the_bound_pairs_decide_and_texts_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = create_index(tmp_path / "index")
    index.put([doc(1, body="thông tin báo cáo"), doc(2, body="thông tin; tin báo")])
    assert index.search('"thông tin báo"').ids == (1,)
    monkeypatch.setattr(phrases, "MOST_WORDS", 1)
    unchecked = index.search('"thông tin báo"')
    assert set(unchecked.ids) == {1, 2}
    assert unchecked.approximate
    asked = index.search('"thông tin báo"', texts=lambda ids: {1: "thông tin báo cáo", 2: "thông tin; tin báo"})
    assert asked.ids == (1,)
    assert not asked.approximate


def test_no_word_has_the_code_of_a_line_break() -> None:
    codes = analysis.word_codes(" ".join(f"từ{n}" for n in range(200_000)))
    assert len(codes) == 200_000
    assert (codes != analysis.LINE_BREAK).all()
    assert len(analysis.word_codes("")) == 0
