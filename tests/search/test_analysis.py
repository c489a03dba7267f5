"""Words, folded words, pairs and number parts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import abbreviations, analysis

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệốồổỗộứừửữựýỳỷỹỵ ABCĐ/-.0123456789")


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("Kế hoạch, số 325.", ["kế", "hoạch", "số", "325"], id="signs are no words"),
    pytest.param("hoà uỷ thuỷ khoẻ", ["hòa", "ủy", "thủy", "khỏe"], id="one tone placement"),
    pytest.param("kỹ kĩ lý lí quy qui", ["kĩ", "kĩ", "lí", "lí", "qui", "qui"], id="one i after a consonant"),
    pytest.param("quý qui tay thủy ý", ["quí", "qui", "tay", "thủy", "ý"], id="near misses of i and y"),
    pytest.param(unicodedata.normalize("NFD", "Quyết định"), ["quyết", "định"], id="combining marks"),
    pytest.param("QÐ", ["qđ"], id="Icelandic eth"),
    pytest.param("an can may to in", ["an", "can", "may", "to", "in"], id="no stop words"),
])  # fmt: skip
def test_words_are_spelt_one_way(text: str, words: list[str]) -> None:
    assert analysis.words(text) == words


@pytest.mark.parametrize(("number", "prefixes"), [
    ("07/2019/TT-BTC", ["7", "7/2019", "7/2019/tt", "7/2019/tt-btc"]),
    ("1244 / QĐ-UBND", ["1244", "1244/qd", "1244/qd-ubnd"]),
    ("66.22/2026/NQ-CP", ["66", "66.22", "66.22/2026", "66.22/2026/nq", "66.22/2026/nq-cp"]),
    ("15", ["15"]),
    ("", []),
])  # fmt: skip
def test_a_number_is_found_by_its_beginnings(number: str, prefixes: list[str]) -> None:
    assert analysis.number_prefixes(number) == prefixes


def test_numbers_in_a_text_are_words_of_their_own() -> None:
    text = "theo 67/2013/NĐ- CP, 1244 / QĐ–UBND và 16/2015/TT-BVHTTDL; ngày 02/9/2015, tỷ lệ 1/3, 2021-2025"
    assert analysis.number_words(text) == ["67/2013/nd-cp", "1244/qd-ubnd", "16/2015/tt-bvhttdl"]


@given(st.text(max_size=200))
def test_any_text_gives_words_that_stay_as_they_are(text: str) -> None:
    words = analysis.words(text)
    assert all(word and " " not in word and len(word) <= analysis.LONGEST_WORD * 2 for word in words)
    counts = Counter(words)
    assert sum(analysis.fold_counts(counts).values()) == len(words)
    analysis.number_words(text)
    analysis.number_prefixes(text)


@given(VIETNAMESE)
def test_folding_and_spelling_agree(text: str) -> None:
    for word in analysis.words(text):
        assert analysis.words(word) == [word]
        for spelling in analysis.spellings(word):
            assert analysis.words(spelling) == [word]


@given(st.lists(st.sampled_from("kế hoạch chuyển đổi số an toàn".split()), max_size=30))  # noqa: SIM905
def test_every_pair_of_a_text_has_its_bucket(words: list[str]) -> None:
    buckets = analysis.pair_buckets(words)
    assert buckets == sorted(set(buckets))
    assert all(0 <= bucket < analysis.PAIR_BUCKETS for bucket in buckets)
    for left, right in pairwise(words):
        assert analysis.pair_bucket(left, right) in buckets


def test_abbreviations_are_found_both_ways_and_without_marks() -> None:
    table = abbreviations.seed()
    assert ("công", "nghệ", "thông", "tin") in table["cntt",]
    assert ("cntt",) in table["công", "nghệ", "thông", "tin"]
    assert table["qsdđ",] == table["qsdd",]
    assert ("kinh", "tế", "xã", "hội") in table["kt", "xh"]
    assert ("kinh", "tế", "xã", "hội") in table["ktxh",]
    own = abbreviations.table([("VPS", "Văn phòng Sở")])
    assert own["vps",] == (("văn", "phòng", "sở"),)
