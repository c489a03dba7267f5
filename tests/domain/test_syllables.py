"""Marks that OCR lost come back where official texts leave no doubt."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.syllables import SyllablePairs, bare, frequent_pairs, with_marks

PAIRS = SyllablePairs.of(["tổ chức! 420", "chức năng 12", "quốc gia", "định hướng", "chỉ định!", "từ ngày!", "báo cáo?"])


@pytest.mark.parametrize(("read", "meant"), [
    pytest.param("Tô chức", "Tổ chức", id="a certain pair"),
    pytest.param("TỎ CHỨC", "TỔ CHỨC", id="in capitals"),
    pytest.param("quôc gia", "quốc gia", id="a syllable that does not exist"),
    pytest.param("quốc già", "quốc gia", id="a syllable that no pair knows"),
    pytest.param("năng quốc hướng", "năng quốc hướng", id="no pair, no change"),
    pytest.param("định\nhướng", "định\nhướng", id="right as it is"),
    pytest.param("đồng chí Đinh Thị Thảo", "đồng chí Đinh Thị Thảo", id="a name"),
    pytest.param("số 17-NQ/TU ngày 31", "số 17-NQ/TU ngày 31", id="a symbol"),
    pytest.param("tô. chức", "tô. chức", id="not across a full stop"),
    pytest.param("bao cao", "bao cao", id="a pair that is frequent and not alone"),
])
def test_marks(read, meant):
    assert with_marks(read, PAIRS) == meant


def test_the_shipped_pairs_can_be_read_and_are_in_good_spelling():
    lines = resources.files("registry.data").joinpath("syllable_pairs.txt").read_text(encoding="utf-8").splitlines()
    pairs = SyllablePairs.of(lines)
    assert len(lines) > len(pairs.by_letters) > 15_000
    shares = {f"{one} {other}": share for one, other, share in frequent_pairs(lines)}
    assert shares["hành chính"] > shares["hành trình"] > 1
    assert with_marks("Tô chức chính quyên, quôc gia, bố sung", pairs) == "Tổ chức chính quyền, quốc gia, bổ sung"


@given(st.text(alphabet="tôTổchứcCHỨCquốgia Đ.\n/12", max_size=60))
def test_letters_stay_what_they_are_but_for_marks(text):
    assert bare(with_marks(text, PAIRS)) == bare(text)
    assert len(with_marks(text, PAIRS).split()) == len(text.split())
